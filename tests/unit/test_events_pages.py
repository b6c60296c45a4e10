"""Reports that CQC withdrew or regraded, and two assessments of one authority by different rules, on the pages."""

from __future__ import annotations

import json
from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser

from build_scripts.model.collection import Collection
from build_scripts.pages import render_pages
from build_scripts.pages.compare_data import compare_files
from build_scripts.pages.exports import export_files
from build_scripts.search import index_files
from tests.helpers.anytown import collection, evidence, report
from tests.helpers.events import SOURCE, regraded, two_versions, withdrawn
from tests.helpers.readers import mkdocs_html

OLD = report("anytown-2025-01", score=2)
GONE = withdrawn(OLD)
NEW = report("anytown-2026-05", score=3)
OTHER = report("othertown-2025-06", score=3)
OTHERS = evidence(OTHER, "equity", "A boat at a pier.", "A gull.")
NEWS = evidence(NEW, "equity", "A ferry and a gull.")
TEXT = evidence(GONE, "equity", "Sailors said that a ferry came.", "The log showed a gull.")


def pages(of: Collection) -> dict[str, bytes]:
    """Return every page."""
    return render_pages(of, "https://github.com/anytown/explorer")


def differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> set[str]:
    """Return the paths of what only one of the two has, or has otherwise."""
    return {path for path in {*one, *other} if one.get(path) != other.get(path)}


def read(page: bytes) -> LexborHTMLParser:
    """Return a page as a browser gets it."""
    return LexborHTMLParser(mkdocs_html(page.decode("utf-8").split("\n---\n", 1)[1]))


def words(tree: LexborHTMLParser, selector: str) -> list[str]:
    """Return the words of what a selector finds."""
    return [" ".join(node.text().split()) for node in tree.css(selector)]


def test_withdrawn_report_counts_nowhere() -> None:
    """With a withdrawn report every page is as without it, but for its own and those that name it as withdrawn."""
    here, without = pages(collection([TEXT, OTHERS, NEWS])), pages(collection([OTHERS, NEWS]))
    assert differing(here, without) == {
        "authorities/anytown/index.md",
        "reports/index.md",
        "reports/anytown-2025-01/index.md",
        "reports/anytown-2025-01/equity/index.md",
    }


def test_withdrawn_report_that_was_the_only_one() -> None:
    """Where no other report stands, the authority is one without a report, and lists say that it was withdrawn."""
    here, without = pages(collection([TEXT, OTHERS])), pages(collection([OTHERS]))
    lists = {"authorities/index.md", "regions/the-coast/index.md"}
    scores = {f"scores/{name}index.md" for name in ("", "the-coast/", "unitary/")}
    own = {
        "authorities/anytown/index.md",
        "reports/anytown-2025-01/index.md",
        "reports/anytown-2025-01/equity/index.md",
    }
    assert differing(here, without) == {"reports/index.md", *own, *lists, *scores}
    for path in lists:
        assert "Withdrawn by CQC" in here[path].decode("utf-8")
    for path in scores:
        assert words(read(here[path]), ".not-here li .aside") == ["report withdrawn by CQC"]
    page = read(here["authorities/anytown/index.md"])
    assert words(page, "p.lead") == ["CQC has withdrawn its report on Anytown, and no other one is here."]
    assert len(page.css(".notice.withdrawn")) == 1


def test_withdrawn_texts_are_neither_searched_nor_compared_but_keep_their_ids() -> None:
    """Search and comparison do not have them; the list of ids that links may lead to does."""
    here, without = collection([TEXT, OTHERS]), collection([OTHERS])
    assert index_files(here, {}) == index_files(without, {})
    compared = json.loads(compare_files(here)["compare/authorities.json"])["authorities"][0]
    assert (compared["report"], compared["withdrawn"]) == (None, True)
    assert differing(compare_files(here), compare_files(without)) == {"compare/authorities.json"}
    ids = export_files({}, here)["data/passage-ids.txt"].decode("utf-8").split()
    assert [id for id in ids if id.startswith("anytown")] == sorted(
        f"anytown-2025-01/equity/{each.passage.id}" for each in TEXT.passages
    )


def test_withdrawn_pages_say_so_at_their_top() -> None:
    """When, why, who says so, what that means, and where to read on; and a title that says it to the search engines."""
    here = pages(collection([TEXT, NEWS]))
    for path in ("reports/anytown-2025-01/index.md", "reports/anytown-2025-01/equity/index.md"):
        page = read(here[path])
        (said,) = words(page, ".notice.withdrawn")
        assert said.startswith(
            "CQC withdrew this report on 2 February 2026: to correct an error (source of this notice)."
        )
        assert "It counts in no figure, no rank and no search here." in said
        assert said.endswith("The report of May 2026 is the one that counts.")
        links = [node.attributes["href"] for node in page.css(".notice a")]
        assert links[0] == SOURCE
        assert str(links[1]).endswith("/anytown-2026-05/")
        assert "(withdrawn)" in here[path].decode("utf-8").split("---")[1]
        assert page.css_first("h1 ~ .notice ~ :is(.facts, .section-score)") is not None
    assert len(read(here["reports/anytown-2025-01/equity/index.md"]).css("article.passage")) == 2
    assert words(read(here["reports/index.md"]), "h2#withdrawn-by-cqc ~ ul li") == ["Anytown, January 2025"]
    assert (
        "CQC withdrew its report of January 2025 on 2 February 2026"
        in words(read(here["authorities/anytown/index.md"]), ".notice.withdrawn")[0]
    )


def test_regraded_report_counts_as_it_is_now() -> None:
    """Every page has the figures after the regrade; those of the report say both."""
    now = regraded(OLD, {"equity": 3, "learning": 4})
    plain = report("anytown-2025-01", rating=now.rating, percentage=now.percentage, scores=now.scores)
    here = pages(collection([evidence(now, "equity", "A ferry."), OTHERS]))
    as_if = pages(collection([evidence(plain, "equity", "A ferry."), OTHERS]))
    assert {path.split("/")[0] for path in differing(here, as_if)} == {"authorities", "reports", "scores"}
    assert "authorities/index.md" not in differing(here, as_if)
    page = read(here["reports/anytown-2025-01/index.md"])
    rows = [[" ".join(cell.text().split()) for cell in row.css("th, td")] for row in page.css("table.history tr")]
    assert rows == [
        ["What", "As published before", "Since then"],
        ["Rating", "Requires improvement", "Requires improvement"],
        ["Overall", "50%", "59%"],
        ["Equity in experience and outcomes", "2 Evidence shows some shortfalls", "3 Evidence shows a good standard"],
        [
            "Learning, improvement and innovation",
            "2 Evidence shows some shortfalls",
            "4 Evidence shows an exceptional standard",
        ],
    ]
    said = words(read(here["reports/anytown-2025-01/equity/index.md"]), ".notice")[0]
    assert said.startswith("CQC regraded this report on 14 May 2026: a review of its ratings (source of this notice).")
    assert "It had been Requires improvement, 50%, and became Requires improvement, 59%" in said
    assert "Equity in experience and outcomes went from 2 to 3" in said
    assert words(read(here["scores/index.md"]), ".matrix tbody .aside") == ["regraded"]


def test_reports_are_ranked_beside_those_of_the_same_rules() -> None:
    """An authority is ranked among those that were rated as it was; the others are named and not ranked."""
    new = report("anytown-2026-05", score=3, framework="second", rating="Requires improvement")
    third = report("thirdtown-2025-02", score=4)
    made = pages(collection([], more=[new, OTHER, third], vocabulary=two_versions()))
    scores = read(made["scores/index.md"])
    names = words(scores, ".matrix tr[data-type] th a")
    places = [node.attributes["data-england"] for node in scores.css(".matrix .place[data-england]")]
    assert dict(zip(names, places, strict=True)) == {"Anytown": "1 of 1", "Othertown": "2 of 2", "Thirdtown": "1 of 2"}
    assert words(scores, ".matrix th .aside") == ["rated under An invented second framework"]
    page = read(made["authorities/anytown/index.md"])
    said = " ".join(words(page, "p"))
    assert "2 councils were rated under another version of CQC’s framework and are not ranked here" in said
    assert words(page, "p.standing")[0].startswith("Good needs 2 more points: ")


def test_two_assessments_by_different_rules_stand_side_by_side() -> None:
    """The authority's page shows what changed statement by statement, where the rules differ, and both texts."""
    old = report("anytown-2024-05", score=2)
    new = report("anytown-2026-05", score=3, framework="second", rating="Requires improvement")
    both = [evidence(old, "equity", "A gull."), evidence(new, "equity", "A ferry.")]
    made = pages(collection(both, vocabulary=two_versions()))
    page = read(made["authorities/anytown/index.md"])
    row = next(row for row in page.css("table.history tbody tr") if "Equity" in row.text())
    assert [" ".join(cell.text().split()) for cell in row.css("td")] == [
        "2 Read Equity in experience and outcomes, May 2024",
        "3 Read Equity in experience and outcomes, May 2026",
        "+1",
    ]
    links = [node.attributes["href"] for node in row.css("td a")]
    assert links == ["../../reports/anytown-2024-05/equity/", "../../reports/anytown-2026-05/equity/"]
    assert "CQC rated the two under different rules" in " ".join(words(page, "p"))
    listed = [said for said in words(page, "li") if said.startswith("May ")]
    assert [said.split(": ")[0] for said in listed[:2]] == ["May 2024", "May 2026"]
    assert listed[1] == "May 2026: An invented second framework. It scores other evidence."
    rated = [
        " ".join(words(read(made[f"reports/{id}/index.md"]), "p")) for id in ("anytown-2024-05", "anytown-2026-05")
    ]
    assert "CQC rated it under an invented second framework." in rated[1]
    assert rated[0] != rated[1]
