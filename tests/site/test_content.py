"""What the built site says of the two real reports, word for word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.helpers.built_site import BuiltSite, first, words

ROOT = Path(__file__).parents[2]
WESTMINSTER = "/reports/westminster-2024-11/equity/"
CAMDEN = "/reports/camden-2025-02/equity/"
FINDINGS = "Key findings for this quality statement"
CQC = "https://www.cqc.org.uk/care-services/local-authority-assessment-reports/"


@pytest.fixture(scope="module")
def built(built_site: Path) -> BuiltSite:
    return BuiltSite(built_site)


def published(report: str) -> tuple[str, str]:
    """Return what a seed's text says before and after the line that opens the key findings, without its last line."""
    text = (ROOT / "data" / "reports" / report / "equity.txt").read_text("utf-8-sig")
    head, _, findings = text.partition(FINDINGS)
    return head, findings.replace("© Care Quality Commission", "")


@pytest.mark.parametrize(("address", "report"), [(WESTMINSTER, "westminster-2024-11"), (CAMDEN, "camden-2025-02")])
def test_every_word_of_the_findings_is_shown(built: BuiltSite, address: str, report: str) -> None:
    """Every word of the key findings stands once, in order, letter by letter, on the text's page."""
    _, findings = published(report)

    nodes = built.nodes(address, ".md-content h3, article.passage > p, article.passage > ul > li")
    shown = " ".join(words(node) for node in nodes)

    assert len(findings.split()) > 500
    assert shown.split() == findings.split()
    for sign in "‘’“”'–£&":
        assert shown.count(sign) == findings.count(sign)


@pytest.mark.parametrize(("address", "report"), [(WESTMINSTER, "westminster-2024-11"), (CAMDEN, "camden-2025-02")])
def test_every_word_above_the_findings_is_shown(built: BuiltSite, address: str, report: str) -> None:
    """So are the expectations and the commitment, each in its own part, and nothing else stands in these."""
    head, _ = published(report)
    above, _, commitment = head.partition("The local authority commitment")
    _, _, expectations = above.partition("What people expect")

    assert " ".join(built.texts(address, "blockquote.expectations")) == " ".join(expectations.split())
    assert " ".join(built.texts(address, "blockquote.commitment")) == " ".join(commitment.split())


def test_westminster(built: BuiltSite) -> None:
    """Westminster's page has 20 passages, no sub-heading, score 3 and its label."""
    assert len(built.nodes(WESTMINSTER, "article.passage")) == 20
    assert built.nodes(WESTMINSTER, ".md-content h3") == []
    assert built.texts(WESTMINSTER, ".section-score .score") == ["3 Evidence shows a good standard"]
    assert built.texts(WESTMINSTER, "h1") == ["Westminster: equity in experience and outcomes"]


def test_camden(built: BuiltSite) -> None:
    """Camden's page has 7 passages under 2 sub-headings, score 4 and its label."""
    assert len(built.nodes(CAMDEN, "article.passage")) == 7
    assert built.texts(CAMDEN, ".md-content h3") == [
        "Understanding and reducing barriers to care and support and reducing inequalities",
        "Inclusion and accessibility arrangements",
    ]
    assert built.texts(CAMDEN, ".section-score .score") == ["4 Evidence shows an exceptional standard"]
    # A passage stands under its heading: five in the order of the page, then the second heading, then two.
    kinds = [node.tag for node in built.nodes(CAMDEN, ".md-content h3, article.passage")]
    assert kinds == ["h3", *["article"] * 5, "h3", *["article"] * 2]


@pytest.mark.parametrize("theme", ["accessibility", "interpretation", "workforce"])
def test_theme_lists_both_reports(built: BuiltSite, theme: str) -> None:
    """Pages of themes bring the two reports together: the higher score first, each passage with its words marked."""
    address = f"/themes/{theme}/"
    linked = [link.partition("#")[0] for link in built.links_of(address, "article.passage a.permalink")]

    assert set(linked) == {CAMDEN, WESTMINSTER}
    assert linked == sorted(linked), "score 4 before score 3"
    assert [text for text in built.texts(address, ".md-content h2") if text.startswith("Score")] == [
        "Score 4: evidence shows an exceptional standard",
        "Score 3: evidence shows a good standard",
    ]
    assert all(node.css("mark") for node in built.nodes(address, "article.passage"))


def test_scores_are_words_too(built: BuiltSite) -> None:
    """Wherever a score stands, its figure is text; where it stands in full, so is what it means. Never colour alone."""
    labels = {
        "1": "Evidence shows significant shortfalls",
        "2": "Evidence shows some shortfalls",
        "3": "Evidence shows a good standard",
        "4": "Evidence shows an exceptional standard",
    }
    seen = 0
    for address in built.pages:
        for node in built.nodes(address, ".score"):
            figure, _, label = words(node).partition(" ")
            assert label in (labels[figure], re.sub("^Evidence shows (an? )?", "", labels[figure]), ""), address
            assert f"score-{figure}" in (node.attributes["class"] or "").split()
            seen += bool(label)
    assert seen > 40
    rows = built.texts("/reports/camden-2025-02/", "table.nine .score")
    assert [row[0] for row in rows] == list("334344344")
    assert all(labels[row[0]].endswith(row[2:]) and row[2:] for row in rows)


def test_source_is_named_wherever_cqc_speaks(built: BuiltSite) -> None:
    """Each page with CQC's words or figures says whose they are and leads, at once or by its texts, to CQC's page."""
    quoting = [page for page in built.pages if built.nodes(page, "article.passage, blockquote, .score, .rating")]
    assert len(quoting) > 60
    for address in quoting:
        assert "© Care Quality Commission" in built.trees[address].body.text(), address  # type: ignore[union-attr]
    for address in built.pages:
        if built.nodes(address, "article.passage"):
            assert any("© Care Quality Commission" in text for text in built.texts(address, "p.source")), address


@pytest.mark.parametrize(
    ("page", "source"),
    [
        (WESTMINSTER, "westminster"),
        ("/reports/westminster-2024-11/", "westminster"),
        ("/authorities/westminster/", "westminster"),
        (CAMDEN, "camden"),
        ("/reports/camden-2025-02/", "camden"),
        ("/authorities/camden/", "camden"),
    ],
)
def test_report_leads_to_its_source(built: BuiltSite, page: str, source: str) -> None:
    """A report's pages link to the page of CQC that they were taken from."""
    report = next((ROOT / "data" / "reports").glob(f"{source}-*/report.yml")).read_text("utf-8")
    found = re.search(r'^source: "(.+)"$', report, re.MULTILINE)
    assert found
    assert found[1].startswith(CQC)
    assert found[1] in built.attributes(page, ".md-content a", "href")


def test_silence_and_absence_are_told_apart(built: BuiltSite) -> None:
    """What a text does not discuss and what is not in the collection have words of their own, and different counts."""
    figures = dict(
        zip(
            built.texts("/themes/interpretation/", "dl.coverage dt"),
            built.texts("/themes/interpretation/", "dl.coverage dd"),
            strict=True,
        )
    )
    reports = len(list((ROOT / "data" / "reports").glob("*/report.yml")))
    texts = len(list((ROOT / "data" / "reports").glob("*/*.txt")))
    discussed, silent, missing = (int(words.split()[0].replace(",", "")) for words in figures.values())
    assert list(figures) == ["Discussed", "Section here, not discussed", "Section not here yet"]
    assert discussed >= 2
    assert (discussed + silent, missing) == (texts, reports * 9 - texts)
    assert built.texts("/reports/camden-2025-02/", ".missing-texts summary") == ["8 of 9 sections not added yet"]
    assert not re.search(r"\bnot discussed\b", first(built.trees["/authorities/leeds/"], ".md-content").text())
