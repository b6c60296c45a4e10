"""Authorities' and statements' pages of the real site: every figure anew from the data, and pages for everyone."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.helpers.built_site import BuiltSite, words

if TYPE_CHECKING:
    from tests.site.conftest import AxeInAllViews, OpenPage, Site

DATA = Path(__file__).parents[2] / "data"
STARTS = {"Inadequate": 9, "Requires improvement": 14, "Good": 23, "Outstanding": 32}
"""The smallest sum of nine scores that gives each rating."""

Facts = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def built(built_site: Path) -> BuiltSite:
    return BuiltSite(built_site)


@pytest.fixture(scope="module")
def authorities() -> Facts:
    """Slug to the authority's row, and under ``scores`` those of its newest report."""
    with (DATA / "authorities.csv").open(encoding="utf-8", newline="") as file:
        found: Facts = {row["slug"]: {**row} for row in csv.DictReader(file)}
    reports = [yaml.safe_load(file.read_text("utf-8")) for file in (DATA / "reports").glob("*/report.yml")]
    for report in sorted(reports, key=lambda each: str(each["published"])):
        found[report["authority"]]["scores"] = report["scores"]
    return found


def assessed(authorities: Facts, **like: str) -> dict[str, dict[str, int]]:
    """Slug to scores of those in the collection that are alike in these columns."""
    return {
        slug: each["scores"]
        for slug, each in authorities.items()
        if "scores" in each and all(each[column] == value for column, value in like.items())
    }


def rating(total: int) -> str:
    return [name for name, start in STARTS.items() if start <= total][-1]


@pytest.mark.parametrize(
    ("slug", "rating", "standing", "points"),
    [
        ("kent", "Requires improvement 56%", "Good needs 3 more points: three 2s raised to 3.", 20),
        ("brent", "Requires improvement 62%", "Good needs 1 more point: one 2 raised to 3.", 22),
        ("camden", "Outstanding 89%", "Outstanding is the highest rating. 1 point fewer would mean Good.", 32),
    ],
)
def test_known_standings(built: BuiltSite, slug: str, rating: str, standing: str, points: int) -> None:
    """Kent, Brent and Camden stand where the published figures put them."""
    address = f"/authorities/{slug}/"

    assert built.texts(address, "dl.verdict dd")[0] == rating
    assert built.texts(address, "p.standing") == [standing]
    assert f"{points} of 36 points" in words(built.nodes(address, "svg.line")[0])


def test_every_way_up(built: BuiltSite, authorities: Facts) -> None:
    """Each assessed council's ways to the next rating add up to the points it needs; no other council has any."""
    names = list(STARTS)
    letters = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    for slug in authorities:
        address = f"/authorities/{slug}/"
        found = built.texts(address, "p.standing")
        scores = authorities[slug].get("scores")
        if not scores:
            assert found == []
            continue
        total = sum(scores.values())
        place = names.index(rating(total))
        if place == 3:
            assert found[0].startswith("Outstanding is the highest rating.")
            continue
        gap = STARTS[names[place + 1]] - total
        start = f"{names[place + 1]} needs {gap} more point{'s' * (gap > 1)}: "
        assert found[0].startswith(start), slug
        first = found[0].removeprefix(start).removesuffix(".")
        ways = built.texts(address, ".ways li") or [first]
        assert ways[0] == first
        for way in ways:
            rises = re.findall(r"(\w+) ([123])s? raised to ([234])", way)
            assert sum(letters.index(n) * (int(after) - int(before)) for n, before, after in rises) == gap, (slug, way)


def test_who_scores_one_point_higher(built: BuiltSite, authorities: Facts) -> None:
    """Councils that a page names as one point higher on a statement have that score, and are named in their group."""
    for slug, facts in authorities.items():
        rows = built.nodes(f"/authorities/{slug}/", "table.routes tbody tr")
        scores = facts.get("scores", {})
        names = built.texts(f"/authorities/{slug}/", "table.nine tbody th .long")
        of = dict(zip(names, scores, strict=True))
        assert len(rows) == sum(score < 4 for score in scores.values())
        for row in rows:
            statement = of[words(row.css("th")[0])]
            linked = [link.attributes["href"] or "" for link in row.css("td a")]
            higher = {other for link in linked if "/authorities/" in link for other in [link.split("/")[-2]]}
            for other in higher:
                assert authorities[other]["scores"][statement] == scores[statement] + 1, (slug, other)
            alike = assessed(authorities, type=facts["type"])
            some = any(each[statement] == scores[statement] + 1 for each in alike.values())
            assert some == any(authorities[other]["type"] == facts["type"] for other in higher) or not higher, slug


def test_every_spread(built: BuiltSite, authorities: Facts) -> None:
    """Each authority's nine scores stand in the true spread of its type, its region and England, its own framed."""
    for slug, facts in authorities.items():
        address = f"/authorities/{slug}/"
        groups = [assessed(authorities, type=facts["type"]), assessed(authorities, region=facts["region"])]
        if facts["type"] == "london-borough":
            groups.pop()  # all London boroughs are in London, and nobody else is
        tables = built.nodes(address, "table.spread")
        assert len(tables) == len(groups) + 1, slug
        for table, group in zip(tables, [*groups, assessed(authorities)], strict=True):
            for row, statement in zip(table.css("tbody tr"), next(iter(group.values())), strict=True):
                scores = [each[statement] for each in group.values()]
                cells = [cell for cell in row.css("td") if cell.css("svg")]
                assert [words(cell.css("b")[0]) for cell in cells] == [str(scores.count(n)) for n in (1, 2, 3, 4)], slug
                framed = [place for place, cell in enumerate(cells, 1) if cell.attributes.get("class") == "own"]
                assert framed == ([facts["scores"][statement]] if "scores" in facts else []), slug


def test_every_place(built: BuiltSite, authorities: Facts) -> None:
    """Equal points share a place, which says how many share it and of how many; who is not assessed has none."""
    for slug, facts in authorities.items():
        first = built.texts(f"/authorities/{slug}/", "p.among")[0]
        if "scores" not in facts:
            assert facts["name"] not in first.partition(" here")[0]
            continue
        totals = [sum(scores.values()) for scores in assessed(authorities, type=facts["type"]).values()]
        own = sum(facts["scores"].values())
        place, others = 1 + sum(each > own for each in totals), totals.count(own) - 1
        joint = "joint " if others else ""
        assert first.startswith(f"{facts['name']} is {joint}{place}"), slug
        assert f" of the {len(totals)} " in first
        assert (f"on the same points as {others} other" in first) == bool(others)


def test_every_chart_has_its_table(built: BuiltSite, authorities: Facts) -> None:
    """The bars of a chart of points and the table below it have the same, true numbers."""
    for slug, facts in authorities.items():
        group = assessed(authorities, type=facts["type"])
        counts = Counter(sum(scores.values()) for scores in group.values())
        figure = built.nodes(f"/authorities/{slug}/", "figure.chart")[0]
        assert [words(node) for node in figure.css("text.count")] == [str(counts[total]) for total in sorted(counts)]
        rows = [[words(cell) for cell in row.css("th, td")] for row in figure.css("tbody tr")]
        assert [(int(row[0]), int(row[3])) for row in rows] == sorted(counts.items(), reverse=True), slug
        assert all(row[2] == rating(int(row[0])) for row in rows)
        names = ", ".join(row[4] for row in rows).split(", ")
        assert sorted(names) == sorted(authorities[other]["name"] for other in group)


def test_missing_authorities_are_named(built: BuiltSite, authorities: Facts) -> None:
    """All of a type that are not in the collection are named as missing, and none of them has a place."""
    for slug in ("kent", "leeds", "city-of-london", "isles-of-scilly", "york"):
        kind = authorities[slug]["type"]
        missing = [each["name"] for each in authorities.values() if each["type"] == kind and "scores" not in each]
        found = built.nodes(f"/authorities/{slug}/", "details.missing")[0]
        assert f"{len(missing)} of " in words(found.css("summary")[0])
        assert sorted(words(found.css("p")[0]).split(", ")) == sorted(missing)


def test_spread_of_every_statement(built: BuiltSite, authorities: Facts) -> None:
    """A statement's page counts the scores of all, of each type and of each region, and names who has which."""
    everyone = assessed(authorities)
    for statement in everyone["kent"]:
        address = f"/statements/{statement}/"
        counts = Counter(scores[statement] for scores in everyone.values())
        rows = [text.split() for text in built.texts(address, "ul.ratings li")]
        assert [(int(row[0]), int(row[-2])) for row in rows] == [(score, counts[score]) for score in (4, 3, 2, 1)]

        shown: list[list[str]] = []
        for row in built.nodes(address, "table.spread tbody tr:not(.area)"):
            shown.append([words(cell.css("b")[0]) if cell.css("b") else words(cell) for cell in row.css("td")])
        values: list[dict[str, str]] = [{}]
        values += [{"type": kind} for kind in ("london-borough", "metropolitan-borough", "county", "unitary")]
        values += [{"region": name} for name in sorted({each["region"] for each in authorities.values()})]
        assert len(shown) == len(values)
        for cells, like in zip(shown, values, strict=True):
            group = [scores[statement] for scores in assessed(authorities, **like).values()]
            of = sum(all(each[key] == value for key, value in like.items()) for each in authorities.values())
            good = f"{sum(score >= 3 for score in group)} of {len(group)}"
            assert cells == [f"{len(group)} of {of}", *(str(group.count(n)) for n in (1, 2, 3, 4)), good]

        for score, number in counts.items():
            named = built.texts(address, f"#scored-{score} li")
            assert len(named) == number
            assert named == sorted(authorities[slug]["name"] for slug, of in everyone.items() if of[statement] == score)


def test_themes_by_score_are_those_of_the_texts(built: BuiltSite) -> None:
    """On equity, each theme has as many passages in the texts scored 4 and 3 as these texts show with it."""
    columns = {4: "/reports/camden-2025-02/equity/", 3: "/reports/westminster-2024-11/equity/"}
    chips = {
        score: Counter(
            words(name)
            for article in built.nodes(column, "article.passage")
            for name in article.css(".earned dt")
            if not words(name).endswith("(voice)")
        )
        for score, column in columns.items()
    }
    page = "/statements/equity/"
    table = built.nodes(page, "table.by-score")[0]
    rows = [[words(cell) for cell in row.css("th, td")] for row in table.css("tbody tr")]

    assert {row[0] for row in rows} == set(chips[4]) | set(chips[3])
    for name, four, three, *rest in rows:
        for score, cell in ((4, four), (3, three)):
            number = chips[score][name]
            assert cell == (f"{number} in 1 of 1" if number else "in none of 1"), name
        assert rest == ["No section here"] * 2
    found = [[each.partition(" in ")[0] for each in text.split("; ")] for text in built.texts(page, "dl.contrast dd")]
    assert set(found[0]) <= set(chips[4]) - set(chips[3])
    assert set(found[1]) <= set(chips[3]) - set(chips[4])


def test_a_statement_without_texts_says_so(built: BuiltSite) -> None:
    """Where no text is in the collection, nothing is claimed of what scores say."""
    page = "/statements/learning/"

    assert "Nothing can be told yet: no section on this statement is here" in words(built.nodes(page, ".md-content")[0])
    assert built.nodes(page, "table.by-score") == []


ADDRESSES = [
    "/authorities/kent/",
    "/authorities/westminster/",
    "/authorities/leeds/",
    "/authorities/bournemouth-christchurch-and-poole/",
    "/authorities/york/",
    "/statements/equity/",
    "/statements/learning/",
]
OPEN = "for (const it of document.querySelectorAll('main details')) it.open = true"


@pytest.mark.parametrize("address", ADDRESSES)
def test_clean_for_axe_with_everything_open(site: Site, axe_in_all_views: AxeInAllViews, address: str) -> None:
    """With every disclosure open, axe finds nothing, light and dark, on a phone and on a laptop."""
    found = axe_in_all_views(site.url(address), opened=True)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("address", ADDRESSES)
def test_fits_the_smallest_phone(site: Site, new_page: OpenPage, address: str, scripts: bool) -> None:
    """At 320 px only tables that scroll by themselves are wider than the screen, and no words in a chart overlap."""
    page = new_page(320, java_script_enabled=scripts).open(site.url(address))
    if scripts:
        page.evaluate(OPEN)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide == 0
    overlaps = page.evaluate(
        """() => [...document.querySelectorAll("svg.totals")].flatMap((chart) => {
          const edge = document.documentElement.clientWidth
          const seen = [...chart.querySelectorAll("text")].filter((it) => it.getClientRects().length)
          const boxes = seen.map((it) => [it.textContent, it.getBoundingClientRect()])
          const cut = boxes.filter(([, box]) => box.left < 0 || box.right > edge).map(([text]) => `cut: ${text}`)
          return cut.concat(boxes.flatMap(([text, a], at) => boxes.slice(at + 1)
            .filter(([, b]) => a.left < b.right && b.left < a.right && a.top + 3 < b.bottom && b.top + 3 < a.bottom)
            .map(([other]) => `${text} over ${other}`)))
        })"""
    )
    assert overlaps == []


def test_wider_groups_open_by_keyboard_and_without_scripts(site: Site, new_page: OpenPage) -> None:
    """Region and England are one key away, also where scripts are off."""
    page = new_page(1280, java_script_enabled=False).open(site.url("/authorities/kent/"))
    summary = page.locator("details.wider > summary").first
    table = page.locator("details.wider table.spread").first
    assert not table.is_visible()
    summary.focus()
    page.keyboard.press("Enter")
    assert table.is_visible()
