"""Authorities' pages: where scores put one, among whom, what changed, and what is not known."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from build_scripts.model.collection import Collection
from build_scripts.model.evidence import Authority, Evidence, Report
from build_scripts.model.standing import standing
from build_scripts.model.wording import long_date
from build_scripts.pages import render_pages
from build_scripts.pages.briefing import change
from build_scripts.pages.comparisons import change as changed
from build_scripts.pages.comparisons import groups_of, ordinal, similar
from build_scripts.review.cqc_list import LIST
from tests.helpers.anytown import collection, evidence, report, theme, vocabulary
from tests.helpers.built_site import attribute, first
from tests.helpers.readers import front_matter, mkdocs_html
from tests.helpers.strategies import FRAMEWORK

HOSTILE = "O'Neill & <b>"
COUNTIES = tuple(
    Authority(slug, name, f"{name} Council", f"E0000010{number}", region, "county")
    for number, (slug, name, region) in enumerate(
        [
            ("aldshire", "Aldshire", "The Coast"),
            ("bredshire", "Bredshire", "The Coast"),
            ("cadshire", HOSTILE, "The Hills"),
            ("dunshire", "Dunshire", "The Hills"),
            ("elmshire", "Elmshire", "The Hills"),
        ]
    )
)
BOROUGH = Authority("edge", "Edge", "Edge Council", "E00000200", "The Coast", "unitary")


def scored(id: str, *scores: int, **more: object) -> Report:
    """A report with these nine scores."""
    percentage = FRAMEWORK.percentage_of(sum(scores))
    ids = [statement.id for statement in FRAMEWORK.statements]
    values: dict[str, Any] = {"percentage": percentage, "rating": FRAMEWORK.rating(percentage), **more}
    return report(id, scores=dict(zip(ids, scores, strict=True)), **values)


REPORTS = (
    scored("aldshire-2025-01", 2, 2, 3, 2, 2, 2, 2, 2, 3),  # 20
    scored("bredshire-2025-02", 3, 3, 3, 2, 2, 2, 2, 2, 1),  # 20: a tie
    scored("cadshire-2024-05", 2, 2, 2, 2, 2, 2, 2, 2, 2),  # 18: an older report
    scored("cadshire-2025-09", 3, 3, 3, 3, 3, 2, 2, 2, 2),  # 23: just Good
    scored("dunshire-2025-03", 3, 3, 3, 3, 2, 2, 2, 2, 2),  # 22: one below Good
    scored("edge-2025-04", 4, 4, 4, 4, 4, 4, 3, 3, 2),  # 32
)


def places(*texts: Evidence, reports: tuple[Report, ...] = REPORTS, **more: Any) -> Collection:
    words = vocabulary(authorities=(*COUNTIES, BOROUGH))
    return collection(texts, reports, vocabulary=words, **more)


@pytest.fixture(scope="module")
def pages() -> dict[str, bytes]:
    return render_pages(places())


def html(pages: dict[str, bytes], path: str) -> LexborHTMLParser:
    """A page as MkDocs makes it."""
    return LexborHTMLParser(mkdocs_html(front_matter(pages[path].decode())[0]))


def of(pages: dict[str, bytes], slug: str) -> LexborHTMLParser:
    return html(pages, f"authorities/{slug}/index.md")


def said(node: LexborHTMLParser | LexborNode | None) -> str:
    assert node
    return " ".join(node.text().split())


def texts(tree: LexborHTMLParser, selector: str) -> list[str]:
    return [said(node) for node in tree.css(selector)]


@pytest.mark.parametrize(
    ("scores", "headline", "ways", "fall"),
    [
        (
            (2, 2, 3, 2, 2, 2, 2, 2, 3),
            "Good needs 3 more points: three 2s raised to 3.",
            [
                "three 2s raised to 3",
                "two 2s raised to 3 and one 3 raised to 4",
                "one 2 raised to 3 and two 3s raised to 4",
                "one 2 raised to 3 and one 2 raised to 4",
                "one 2 raised to 4 and one 3 raised to 4",
            ],
            "",
        ),
        (
            (3, 3, 3, 3, 2, 2, 2, 2, 2),
            "Good needs 1 more point: one 2 raised to 3.",
            ["one 2 raised to 3", "one 3 raised to 4"],
            "",
        ),
        (
            (4, 4, 4, 4, 4, 2, 2, 2, 1),
            "Outstanding needs 5 more points: one 1 raised to 3 and three 2s raised to 3.",
            None,
            "",
        ),
        (
            (3, 3, 3, 3, 3, 2, 2, 2, 2),
            "Outstanding needs 9 more points: four 2s raised to 3 and five 3s raised to 4.",
            None,
            "1 point fewer would mean Requires improvement.",
        ),
        ((4,) * 9, "Outstanding is the highest rating. 5 points fewer would mean Good.", [], ""),
        ((1,) * 9, "Requires improvement needs 5 more points: five 1s raised to 2.", None, ""),
    ],
)
def test_what_would_change_the_rating(
    scores: tuple[int, ...], headline: str, ways: list[str] | None, fall: str
) -> None:
    """The points to the next rating are said with every way to gain them, and a fall that is one point away."""
    assessed = scored("aldshire-2025-01", *scores)
    found = change(assessed, standing(assessed.scores, FRAMEWORK), FRAMEWORK)

    assert (found.headline, found.fall) == (headline, fall)
    assert ways is None or list(found.ways) == ways


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


def test_who_scores_one_point_higher() -> None:
    """For each statement below 4, lowest first, the same type comes first, with its section where that is here."""
    made = places(evidence(REPORTS[4], "assessing-needs", "A pier."))
    page = of(render_pages(made), "aldshire")

    rows = {said(first(row, "th")): [said(cell) for cell in row.css("td")] for row in page.css("table.routes tbody tr")}
    assert len(rows) == 9
    assert rows["Assessing needs"] == ["2 to 3", f"Counties: Dunshire, Bredshire, {HOSTILE}."]
    assert rows["Governance, management and sustainability"] == ["2 to 3", "Others in The Coast: Edge."]
    assert rows["Equity in experience and outcomes"] == ["3 to 4", "Others in The Coast: Edge."]
    assert rows["Learning, improvement and innovation"] == ["3 to 4", "None here scores 4 yet."]
    assert [attribute(it, "href") for it in page.css("table.routes a:has(b)")] == [
        "../../reports/dunshire-2025-03/assessing-needs/"
    ]
    assert "The same type of council first. A name in bold leads" in said(page)


def test_no_name_is_said_to_be_bold_where_none_is(pages: dict[str, bytes]) -> None:
    """Where no section of those with the higher score is here, nothing is said of names in bold."""
    page = of(pages, "aldshire")

    assert len(page.css("table.routes")) == 1
    assert not page.css("table.routes b")
    assert "in bold" not in said(page)
    assert "in bold" not in said(html(pages, "statements/equity/index.md"))


def test_the_map_of_a_council_has_its_key() -> None:
    """Below the map stands what its letters, empty hexagons, edge and dots mean."""
    everyone = [replace(each, cell=(number, 0)) for number, each in enumerate((*COUNTIES, BOROUGH))]
    made = collection((), REPORTS, vocabulary=vocabulary(authorities=everyone))
    page = of(render_pages(made), "aldshire")

    assert texts(page, ".hexagon-key li") == [
        *("O Outstanding", "G Good", "R Requires improvement", "I Inadequate", "no report here yet"),
        *("this council", "other types"),
    ]
    assert len(page.css(".england a.own")) == len(page.css(".england path.rest")) == 1


def test_a_row_names_four_and_counts_the_others() -> None:
    """More than four with the higher score are counted, and the statement's page has them all."""
    many = tuple(
        Authority(f"n{n}", f"Newshire {n}", f"Newshire {n}", f"E0000020{n}", "The Coast", "county") for n in range(7)
    )
    reports = (scored("n0-2025-01", *[2] * 9), *(scored(f"n{n}-2025-01", *[3] * 9) for n in range(1, 7)))
    pages = render_pages(collection((), reports, vocabulary=vocabulary(authorities=many)))
    page = of(pages, "n0")

    row = page.css("table.routes tbody tr")[0]
    assert said(row.css("td")[1]).startswith("Counties: Newshire 1, Newshire 2, Newshire 3, Newshire 4 and 2 more")
    link = attribute(row.css("a")[-1], "href")
    assert link == "../../statements/assessing-needs/#scored-3"
    assert len(html(pages, "statements/assessing-needs/index.md").css("#scored-3")) == 1


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (112, "112th"),
    ],
)
def test_ordinal(number: int, words: str) -> None:
    """A place is written as it is spoken."""
    assert ordinal(number) == words


def test_equal_points_share_a_place(pages: dict[str, bytes]) -> None:
    """A tie is said to be one, the place after it is not skipped over, and the denominator is named."""
    among = {
        slug: texts(of(pages, slug), "p.among")[0].partition(". ")[0] for slug in ("aldshire", "bredshire", "dunshire")
    }

    shared = "is joint 3rd of the 4 counties here by points, on the same points as 1 other"
    assert among["aldshire"] == f"Aldshire {shared}"
    assert among["bredshire"] == f"Bredshire {shared}"
    assert among["dunshire"] == "Dunshire is 2nd of the 4 counties here by points"


def test_its_type_comes_first_then_region_then_england(pages: dict[str, bytes]) -> None:
    """Type, region and England are one step away, in this order, and work without scripts; all name their numbers."""
    page = of(pages, "aldshire")

    assert texts(page, "details.wider > summary") == [
        "Beside other counties: 4 of 5 here",
        "Beside councils in The Coast: 3 of 3 here",
        "Beside councils in England: 5 of 6 here",
    ]
    assert (
        "4 of 5 counties have a report here: 1 Good, 3 Requires improvement. All scores of counties"
        in texts(page, "p.among")[0]
    )
    links = [node.attributes["href"] for node in page.css("p.among a")]
    assert links == ["../../scores/county/", "../../scores/the-coast/", "../../scores/"]


def test_scores_stand_in_the_spread_of_their_like(pages: dict[str, bytes]) -> None:
    """Each statement's row counts its like by score, frames the own one, and says how many are above and below."""
    page = of(pages, "aldshire")
    table = page.css("table.spread")[0]
    newest = {each.authority: each for each in REPORTS if each.authority != "edge"}.values()

    rows = table.css("tbody tr")
    assert len(rows) == len(FRAMEWORK.statements)
    for row, statement in zip(rows, FRAMEWORK.statements, strict=True):
        scores = [each.scores[statement.id] for each in newest]
        own = REPORTS[0].scores[statement.id]
        cells = [cell for cell in row.css("td") if cell.css("svg")]
        assert [said(cell.css_first("b")) for cell in cells] == [str(scores.count(value)) for value in (1, 2, 3, 4)]
        assert ["own" in (cell.attributes.get("class") or "") for cell in cells] == [own == n for n in (1, 2, 3, 4)]
        assert said(row.css_first("td.others")) == (
            f"{sum(each > own for each in scores)} higher, {scores.count(own) - 1} the same, "
            f"{sum(each < own for each in scores)} lower"
        )


def test_the_table_says_what_the_chart_draws(pages: dict[str, bytes]) -> None:
    """Sums of points stand in a table with how many have each and who, and the chart has the same numbers."""
    page = of(pages, "bredshire")

    rows = [[said(cell) for cell in row.css("th, td")] for row in page.css("table.points")[0].css("tbody tr")]
    assert rows == [
        ["23", "64%", "Good", "1", HOSTILE],
        ["22", "62%", "Requires improvement", "1", "Dunshire"],
        ["20", "56%", "Requires improvement", "2", "Aldshire, Bredshire"],
    ]
    chart = page.css(".chart svg.totals")[0]
    assert [said(node) for node in chart.css("text.count")] == ["2", "1", "1"]
    assert "Bredshire: 20" in said(chart)


def test_missing_ones_are_named_and_not_counted(pages: dict[str, bytes]) -> None:
    """Who is not in the collection is named and counted as missing, and has no score or place anywhere."""
    page = of(pages, "aldshire")

    missing = page.css("details.missing")
    assert [said(each.css_first("summary")) for each in missing] == [
        "Without a report here, not counted: 1 of 5 counties",
    ]
    assert said(missing[0].css_first("p")) == "Elmshire"
    assert "Elmshire" not in " ".join(texts(page, "table"))


def test_an_authority_without_a_report_shows_its_like(pages: dict[str, bytes]) -> None:
    """It says that no report is in the collection, not that there is none, and shows its like without itself."""
    page = of(pages, "elmshire")
    words = said(page)

    assert "No report here yet We do not have a report on Elmshire. CQC may have published one: look among its" in words
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


def test_a_group_of_nobody_says_so() -> None:
    """Where no report of a type or region is in the collection, nothing is drawn."""
    page = of(render_pages(places(reports=REPORTS[-1:])), "elmshire")

    assert [text.partition(" have")[0] for text in texts(page, "p.among")] == [
        "0 of 5 counties",
        "0 of 3 councils in The Hills",
        "1 of 6 councils in England has a report here: 1 Outstanding. All scores of councils in England",
    ]
    assert len(page.css("svg.totals")) == 1


def test_the_only_one_of_its_kind(pages: dict[str, bytes]) -> None:
    """One alone is not called first of one, and has no others to stand beside."""
    page = of(pages, "edge")

    assert texts(page, "p.among")[0].startswith("Edge is the only one here. 1 of 1 unitary council has a report here")
    assert page.css("table.spread")[0].css(".others") == []
    assert page.css("ul.compare-with") == []


def test_a_region_of_one_type_is_not_shown_twice() -> None:
    """Where type and region have the same members, as in London, the second is left out and the page says why."""
    hills = tuple(replace(each, region="The Hills") for each in COUNTIES)
    words = vocabulary(authorities=(*hills, BOROUGH))
    made = collection((), REPORTS, vocabulary=words)

    assert [group.id for group in groups_of(made, hills[0])] == ["type", "england"]
    page = of(render_pages(made), "aldshire")
    assert "All councils in The Hills are counties, so its region is the same group." in said(page)


def test_similar_are_of_the_type_then_the_region_then_near() -> None:
    """Only assessed authorities of the same type are offered; the own region comes first, then the nearest sum."""
    aldshire = COUNTIES[0]

    found = [(each.slug, why) for each, why in similar(places(), aldshire)]
    assert found == [
        ("bredshire", "County, same region"),
        ("dunshire", "County, The Hills"),
        ("cadshire", "County, The Hills"),
    ]


def test_links_to_compare(pages: dict[str, bytes]) -> None:
    """Each similar authority, and all together, are a link away; the address names them."""
    links = [node.attributes["href"] for node in of(pages, "aldshire").css("ul.compare-with a")]

    assert links == [
        "../../compare/?authorities=aldshire,bredshire",
        "../../compare/?authorities=aldshire,dunshire",
        "../../compare/?authorities=aldshire,cadshire",
        "../../compare/?authorities=aldshire,bredshire,dunshire,cadshire",
    ]


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
        "2 themes not discussed in these sections",
        "7 of 9 sections not added yet",
    ]
    assert texts(page, "details.blank-silent li") == ["Boats", "Ferries"]
    assert texts(page, "details.missing-texts li") == [
        statement.name for statement in FRAMEWORK.statements if statement.id not in ("equity", "learning")
    ]
    links = [node.attributes["href"] for node in page.css("table.nine td a")]
    assert links == ["../../reports/aldshire-2025-01/equity/", "../../reports/aldshire-2025-01/learning/"]


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
