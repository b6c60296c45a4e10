"""Where scores put an authority, on its page: what would change its rating, among whom it stands, who is like it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from build_scripts.model.evidence import Authority
from build_scripts.model.standing import standing
from build_scripts.pages import render_pages
from build_scripts.pages.briefing import change, scores_say
from build_scripts.pages.comparisons import groups_of, ordinal, similar
from tests.helpers.anytown import collection, evidence, vocabulary
from tests.helpers.built_site import attribute, first
from tests.helpers.counties import BOROUGH, COUNTIES, HOSTILE, REPORTS, html, of, places, said, scored, texts
from tests.helpers.strategies import FRAMEWORK


@pytest.fixture(scope="module")
def pages() -> dict[str, bytes]:
    """Path to what is rendered of these places."""
    return render_pages(places())


@pytest.mark.parametrize(
    ("scores", "words"),
    [
        ((1, 1, 1, 1, 2, 2, 2, 2, 2), "Of its nine scores, five are 2 and four are 1."),
        ((4, 3, 3, 2, 2, 3, 2, 2, 1), "Of its nine scores, one is 4, three are 3, four are 2 and one is 1."),
        ((2,) * 9, "All nine of its scores are 2."),
    ],
)
def test_scores_in_words(scores: tuple[int, ...], words: str) -> None:
    """Before any number is seen it is said which scores there are, and which is best."""
    told = scores_say(scored("anytown-2025-01", *scores), FRAMEWORK)
    assert told == f"Scores go from 1 to 4, and 4 is the best. {words}"


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
