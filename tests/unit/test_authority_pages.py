"""Authorities' pages: what answers first, what changed, themes, how figures were checked, and what is not known."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from build_scripts.model.wording import long_date
from build_scripts.pages import render_pages
from build_scripts.pages.comparisons import change as changed
from build_scripts.review.cqc_list import LIST
from tests.helpers.anytown import collection, evidence, theme, vocabulary
from tests.helpers.built_site import attribute, first
from tests.helpers.counties import BOROUGH, COUNTIES, HOSTILE, REPORTS, html, of, places, said, texts
from tests.helpers.readers import front_matter
from tests.helpers.strategies import FRAMEWORK


@pytest.fixture(scope="module")
def pages() -> dict[str, bytes]:
    """Path to what is rendered of these places."""
    return render_pages(places())


def test_a_council_page_answers_first(pages: dict[str, bytes]) -> None:
    """Rating, percentage, day and CQC's page, then points, nine scores in words and the way up, all but the last two
    before any heading; the ONS code is left to the data."""
    page = of(pages, "aldshire")

    assert texts(page, "dl.verdict dd") == [
        "Requires improvement 56%",
        long_date(REPORTS[0].published),
        "County",
        "The Coast",
        "CQC’s report on Aldshire",
    ]
    assert attribute(first(page, "svg.line"), "aria-label") == "20 of 36 points: Requires improvement"
    assert texts(page, "p.standing") == ["Good needs 3 more points: three 2s raised to 3."]
    words = {2: "2 some shortfalls", 3: "3 good standard"}
    assert texts(page, "table.nine .score") == [words[score] for score in REPORTS[0].scores.values()]
    assert "E0000" not in said(page)


def test_the_map_of_a_council_has_its_key() -> None:
    """Above the map stands whose ratings it shows, below it what its letters, empty hexagons, edge and dots mean."""
    everyone = [replace(each, cell=(number, 0)) for number, each in enumerate((*COUNTIES, BOROUGH))]
    made = collection((), REPORTS, vocabulary=vocabulary(authorities=everyone))
    page = of(render_pages(made), "aldshire")

    assert texts(page, ".england > .summary") == ["Counties by rating"]
    assert texts(page, ".hexagon-key li") == [
        *("O Outstanding", "G Good", "R Requires improvement", "I Inadequate", "no report here yet"),
        *("this council", "other types"),
    ]
    assert len(page.css(".england a.own")) == len(page.css(".england path.rest")) == 1


def test_an_authority_without_a_report_shows_its_like(pages: dict[str, bytes]) -> None:
    """It says that no report is in the collection, not that there is none, and shows its like without itself."""
    page = of(pages, "elmshire")
    words = said(page)

    assert "CQC’s report on how well Elmshire helps adults who need care is not here yet." in words
    assert (
        "Where to look for it CQC may have published it: look in CQC’s list of reports. If it is there, you can"
        in words
    )
    assert "Scores of other counties: 4 of 5 here 4 of 5 counties have a report here: 1 Good, 3 Requires" in words
    assert texts(page, "p.standing") == []
    assert page.css("td.own, svg .own, svg.line, table.nine, table.routes") == []
    assert texts(page, "ul.compare-with li") == [
        "Dunshire Requires improvement 62% County, same region",
        f"{HOSTILE} Good 64% County, same region",
        "Aldshire Requires improvement 56% County, The Coast",
    ]
    assert "not discussed" not in words
    assert "Elmshire is" not in words
    first = page.css("table.spread")[0].css("tbody tr")[0]
    assert [said(cell) for cell in first.css("td")] == ["0", "1", "3", "0"]


def test_history_of_two_reports(pages: dict[str, bytes]) -> None:
    """Two reports stand side by side, score by score, with the change and a word on CQC's method."""
    page = of(pages, "cadshire")
    rows = [
        [said(cell) for cell in row.css("th, td")] for row in page.css("table.history tbody tr, table.history tfoot tr")
    ]
    older, newer = REPORTS[2], REPORTS[3]

    for row, statement in zip(rows, FRAMEWORK.statements, strict=False):
        was, now = older.scores[statement.id], newer.scores[statement.id]
        assert row == [statement.name, str(was), str(now), "no change" if was == now else f"+{now - was}"]
    assert rows[9:] == [
        ["Points of 36", "18, 50%", "23, 64%", "+5"],
        ["Rating", "Requires improvement", "Good", "changed"],
    ]
    summary = "What changed since May 2024: +5 in points, Requires improvement to Good"
    assert f"{summary} CQC’s method changed during this period" in said(page)
    assert said(page.css_first("p.standing")).startswith("Outstanding needs 9 more points")
    assert [node.attributes["href"] for node in page.css("table.history thead a")] == [
        "../../reports/cadshire-2024-05/",
        "../../reports/cadshire-2025-09/",
    ]
    assert "What changed" not in said(of(pages, "aldshire"))


@pytest.mark.parametrize(("points", "words"), [(2, "+2"), (-1, "−1"), (0, "no change")])
def test_change(points: int, words: str) -> None:
    """A change has its sign; none is said in words."""
    assert changed(points) == words


def test_names_with_signs_of_markup(pages: dict[str, bytes]) -> None:
    """A name that looks like markup is shown letter by letter wherever it stands, its chart included."""
    page = of(pages, "cadshire")

    assert texts(page, "h1") == [HOSTILE]
    assert f"{HOSTILE}: 23" in texts(page, ".chart svg.totals text")
    assert all(
        "<b>" not in (node.attributes.get("aria-label") or "").replace(HOSTILE, "") for node in page.css("[aria-label]")
    )
    assert f"{HOSTILE} is 1st of the 4 counties" in said(page)
    assert f"Aldshire and {HOSTILE}" in texts(of(pages, "aldshire"), "ul.compare-with a")
    body, _ = front_matter(pages["authorities/cadshire/index.md"].decode())
    assert "<b>" not in re.sub(r"<b>[\w& '#;]*</b>", "", body)
    assert "O'Neill" in body


def test_themes_in_three_kinds() -> None:
    """Discussed, not discussed, and section not added are three numbers, each with words of its own."""
    of_report = REPORTS[0]
    words = vocabulary(authorities=(*COUNTIES, BOROUGH))
    made = places(
        evidence(of_report, "equity", "A pier.", "Piers and gulls.", words=words),
        evidence(of_report, "learning", "Nothing.", words=words),
    )

    page = of(render_pages(made), "aldshire")
    assert "How many paragraphs discuss each theme, in 2 of 9 sections" in said(page)
    assert texts(page, "ul.themes li") == ["Piers 2", "Gulls 1"]
    assert texts(page, "details.folded > summary")[1:3] == [
        "2 themes that are not a subject of these sections",
        "7 of 9 sections not added yet",
    ]
    assert texts(page, "details.blank-silent li") == ["Boats", "Ferries"]
    assert texts(page, "details.missing-texts li") == [
        statement.name for statement in FRAMEWORK.statements if statement.id not in ("equity", "learning")
    ]
    links = [node.attributes["href"] for node in page.css("table.nine td a")]
    assert links == ["../../reports/aldshire-2025-01/equity/", "../../reports/aldshire-2025-01/learning/"]
    # A name leads where “Read” does; where no section is here, to what the statement is about.
    named = {attribute(node, "href") for node in page.css("table.nine th a")}
    assert {address for address in named if not address.startswith("../../statements/")} == set(links)


def test_without_texts_nothing_is_said_of_themes(pages: dict[str, bytes]) -> None:
    """An authority with scores only has one kind of blank: its sections are not added yet."""
    page = of(pages, "aldshire")

    assert texts(page, "details.missing-texts > summary") == ["9 of 9 sections not added yet"]
    assert "not discussed" not in said(page)


def test_texts_of_two_reports_are_told_apart() -> None:
    """Where an authority has two reports, each text is named with its month."""
    words = vocabulary(authorities=(*COUNTIES, BOROUGH))
    made = places(*(evidence(each, "equity", "A pier.", words=words) for each in REPORTS[2:4]))

    page = of(render_pages(made), "cadshire")

    assert "in 2 of 18 sections:" in said(page)
    name = "Equity in experience and outcomes"
    assert f"sections: equity{name[6:]}, September 2025, equity{name[6:]}, May 2024." in said(page)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (
            {"checked": "two sources"},
            "The scores are the same in two sources (the second is not recorded here); copied from CQC on 21 November",
        ),
        (
            {"checked": "one source", "source": ""},
            "taken from one source, whose address is not recorded here; copied from the source on 21 November 2026. "
            "The address of CQC’s own page is not recorded here yet.",
        ),
        (
            {"checked": "one source"},
            "The scores were taken from one source; copied from CQC on 21 November 2026.",
        ),
        (
            {"checked": "one source", "checked_by": "https://example.org/press"},
            "The scores were taken from one source (the source); copied from CQC",
        ),
        (
            {"checked": "two sources", "source": "", "checked_by": "https://example.org/press"},
            "The scores are the same in two sources (the second source); copied from the source on",
        ),
        (
            {"checked": "differs"},
            "A second source, a press release, differs in one score; the score kept is that of CQC’s report pages;",
        ),
        (
            {"checked": "one source", "source": "", "checked_by": "https://example.org/press"},
            "The scores were taken from one source (the source); copied from the source on",
        ),
        (
            {"checked": "one source", "source": "", "checked_by": "https://www.cqc.org.uk/press-release/aldshire"},
            "The scores were taken from one source (the source); copied from CQC on",
        ),
        (
            {"checked": "one source", "source": "", "checked_note": "In words; its address is not recorded here"},
            "In words; its address is not recorded here; copied from the source on",
        ),
        ({"checked_by": "https://example.org/press"}, "two sources (the second source); copied from CQC"),
        (
            {"checked": "differs", "checked_note": "Two tell it otherwise: one a pier, one a boat."},
            "Two tell it otherwise: one a pier, one a boat; copied from CQC on 21 November 2026.",
        ),
        (
            {"checked": "differs", "checked_note": "In words", "source": "", "checked_by": "https://example.org/press"},
            "In words (the source); copied from the source on",
        ),
    ],
)
def test_how_figures_were_checked(more: dict[str, Any], words: str) -> None:
    """Authority, report and text say alike how figures were checked, link what with, and what is missing."""
    assessed = replace(REPORTS[0], **more)
    pages = render_pages(places(evidence(assessed, "equity", "A pier."), reports=(assessed,)))
    page = of(pages, "aldshire")

    for made in (page, html(pages, "reports/aldshire-2025-01/index.md")):
        assert words in said(made)
    own = html(pages, "reports/aldshire-2025-01/equity/index.md")
    assert words.partition("; copied from")[0].removesuffix(";") in said(own)
    for made in (page, html(pages, "reports/aldshire-2025-01/index.md"), own):
        hrefs = [node.attributes["href"] for node in made.css("a")]
        assert (more.get("checked_by") in hrefs) == ("checked_by" in more)
        assert ("https://example.org/aldshire-2025-01" in hrefs) == ("source" not in more)
        assert ("The address of CQC’s own page is not recorded here yet." in said(made)) == ("source" in more)
        assert "" not in hrefs
    if "source" in more:
        source = page.css("dl.facts dd")[-1]
        assert source.text() == "CQC’s list of reports (this one’s address is not recorded here yet)"
        assert attribute(first(source, "a"), "href") == LIST


def test_front_matter(pages: dict[str, bytes]) -> None:
    """An assessed authority's front matter has its rating, percentage and day; another's has none of these."""
    _, meta = front_matter(pages["authorities/cadshire/index.md"].decode())
    _, bare = front_matter(pages["authorities/elmshire/index.md"].decode())

    assert (meta["rating"], meta["percentage"], meta["published"]) == ("Good", 64, "2025-09-09")
    assert meta["title"] == HOSTILE
    assert not {"rating", "percentage", "published"} & set(bare)


def test_regions_count_what_they_have(pages: dict[str, bytes]) -> None:
    """A region's page names its authorities, each with its newest report or as missing."""
    page = html(pages, "regions/the-hills/index.md")

    assert texts(page, "p.lead") == ["2 of 3 councils have a report here."]
    assert texts(page, "ul.newest > li") == [
        "Dunshire Requires improvement 62%, County, March 2025 report on Dunshire",
        "Elmshire No report here yet, County",
        f"{HOSTILE} Good 64%, County, September 2025 report on {HOSTILE}",
    ]


def test_a_theme_with_its_own_label_is_linked() -> None:
    """Themes that a section discusses lead to their pages."""
    words = vocabulary((theme("piers", "pier", label="Piers & <i>"),), (), authorities=(*COUNTIES, BOROUGH))
    made = collection([evidence(REPORTS[0], "equity", "A pier.", words=words)], REPORTS, vocabulary=words)

    page = of(render_pages(made), "aldshire")

    assert texts(page, "ul.themes a") == ["Piers & <i> 1"]
    assert attribute(first(page, "ul.themes a"), "href") == "../../themes/piers/"
