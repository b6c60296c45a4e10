"""What follows from scores: distances, shared places, spreads; and the pages of scores, recomputed from the data."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import product
from math import ceil
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from build_scripts.model.evidence import Authority, Report
from build_scripts.model.standing import Rank, Step, lowest_totals, rank, spread, standing, ways
from build_scripts.model.wording import long_date, month
from build_scripts.pages import render_pages
from build_scripts.pages.scores import place_text, short_month
from tests.helpers.anytown import ANYTOWN, OTHERTOWN, THIRDTOWN, collection, report, vocabulary
from tests.helpers.projects import ROOT, real_run
from tests.helpers.readers import front_matter, mkdocs_html
from tests.helpers.strategies import FRAMEWORK

HOSTILE = Authority("hostile", "O'Neill & <b>*Bold*</b> | `x`", "O'Neill Council", "E00000004", "The Hills", "county")
IDS = [statement.id for statement in FRAMEWORK.statements]


def scored(*scores: int) -> dict[str, int]:
    """Return nine scores by statement."""
    return dict(zip(IDS, scores, strict=True))


def report_of(id: str, *scores: int) -> Report:
    """Return a report with these scores, its rating and percentage by CQC's rule."""
    percentage = ceil(100 * sum(scores) / 36)
    return report(id, scores=scored(*scores), percentage=percentage, rating=FRAMEWORK.rating(percentage))


def test_ratings_start_where_cqc_says() -> None:
    """Outstanding starts at a sum of 32, Good at 23, Requires improvement at 14, Inadequate at 9: best first."""
    expected = [("Outstanding", 32), ("Good", 23), ("Requires improvement", 14), ("Inadequate", 9)]
    assert list(lowest_totals(FRAMEWORK).items()) == expected


def test_kents_scores_are_three_points_below_good() -> None:
    """A sum of 20 is 56%, Requires improvement, 3 below Good and 7 above Inadequate."""
    where = standing(scored(2, 2, 3, 2, 2, 2, 2, 2, 3), FRAMEWORK)
    assert (where.total, where.most, where.percentage, where.rating) == (20, 36, 56, "Requires improvement")
    assert where.up == Step("Good", 3)
    assert where.down == Step("Inadequate", 7)


def test_one_point_lies_between_22_and_good() -> None:
    """A sum of 22 is 62% and one point below Good; 23 is one point above Requires improvement."""
    below = standing(scored(2, 2, 3, 3, 3, 2, 2, 2, 3), FRAMEWORK)
    assert (below.percentage, below.up) == (62, Step("Good", 1))
    above = standing(scored(3, 2, 3, 3, 3, 2, 2, 2, 3), FRAMEWORK)
    assert (above.percentage, above.down) == (64, Step("Requires improvement", 1))


@pytest.mark.parametrize(("score", "up", "down"), [(4, False, True), (1, True, False)])
def test_ends_have_nothing_beyond(score: int, up: bool, down: bool) -> None:
    """From the best rating there is no step up, from the worst none down."""
    where = standing(scored(*[score] * 9), FRAMEWORK)
    assert (where.up is not None, where.down is not None) == (up, down)


@given(st.lists(st.integers(1, 4), min_size=9, max_size=9))
def test_steps_lead_exactly_to_the_next_rating(scores: list[int]) -> None:
    """As many points as a step says reach the other rating, one fewer does not; percentages are rounded up."""
    where = standing(scored(*scores), FRAMEWORK)

    def rating_at(total: int) -> str:
        percentage = ceil(100 * total / 36)
        return "Outstanding" if percentage >= 88 else "Good" if percentage >= 63 else "Requires improvement"

    total = sum(scores)
    assert where.percentage == ceil(100 * total / 36)
    assert where.rating == (rating_at(total) if where.percentage >= 39 else "Inadequate")
    if where.up:
        assert rating_at(total + where.up.points) == where.up.rating
        assert where.up.points == 1 or standing_rating(total + where.up.points - 1) == where.rating
    if where.down:
        assert standing_rating(total - where.down.points) == where.down.rating
        assert standing_rating(total - where.down.points + 1) == where.rating


@given(st.lists(st.integers(1, 4), min_size=1, max_size=5), st.integers(1, 6))
def test_ways_are_all_ways(scores: list[int], points: int) -> None:
    """Every way to gain so many points is named once, as trying every score on every statement finds them."""
    raised = [after for after in product(*(range(score, 5) for score in scores)) if sum(after) == sum(scores) + points]
    wanted = {tuple(sorted(pair for pair in zip(scores, after, strict=True) if pair[0] < pair[1])) for after in raised}

    found = ways(scores, points, 4)

    named = [tuple(sorted((it.before, it.after) for it in way for _ in range(it.number))) for way in found]
    assert len(set(named)) == len(named)
    assert set(named) == wanted
    largest = [max(it.after - it.before for it in way) for way in found]
    assert largest == sorted(largest)


def standing_rating(total: int) -> str:
    """Return the rating of a sum, by the bands as CQC prints them."""
    percentage = ceil(100 * total / 36)
    bands = {"Outstanding": 88, "Good": 63, "Requires improvement": 39, "Inadequate": 25}
    return next(name for name, lowest in bands.items() if percentage >= lowest)


@given(st.lists(st.integers(9, 36), min_size=1, max_size=40))
def test_equal_values_share_a_place(values: list[int]) -> None:
    """Equal values have one place, the best is 1, and the place after a tie skips those who share it."""
    ordered = sorted(values, reverse=True)
    for value in values:
        place = rank(value, values)
        assert place == Rank(ordered.index(value) + 1, values.count(value), len(values))


def test_places_are_printed_with_what_they_are_of() -> None:
    """A shared place has a sign, and every place says of how many."""
    assert place_text(Rank(34, 16, 78)) == "=34 of 78"
    assert place_text(Rank(1, 1, 7)) == "1 of 7"


def test_months_are_cut_to_three_letters() -> None:
    """A day and a month alike give the month's short name and the year."""
    assert [short_month(value) for value in ("2025-05-23", "2025-05", "2024-09-01")] == [
        "May 2025",
        "May 2025",
        "Sep 2024",
    ]


def test_spread_names_every_score() -> None:
    """A score that nobody has is counted as 0, and the highest comes first."""
    assert list(spread([2, 3, 3], FRAMEWORK).items()) == [(4, 0), (3, 2), (2, 1), (1, 0)]


def page(pages: dict[str, bytes], address: str) -> LexborHTMLParser:
    """Return a page as MkDocs would make it."""
    body, _ = front_matter(pages[f"{address.strip('/')}/index.md"].decode())
    return LexborHTMLParser(mkdocs_html(body))


def said(node: LexborNode | None) -> str:
    """Return the words of an element."""
    assert node is not None
    return " ".join(node.text().split())


def row(tree: LexborHTMLParser, name: str) -> list[str]:
    """Return the words of an authority's cells in the matrix, its name first."""
    for node in tree.css("table.matrix tbody tr[data-type]"):
        if said(node.css_first("th a")) == name:
            return [said(cell) for cell in node.css("th, td")]
    raise AssertionError(name)


def invented() -> dict[str, bytes]:
    """Return the pages of a collection with a tie, an authority with two reports, one with none, a hostile name."""
    tied = Authority("fourthtown", "Fourthtown", "Fourthtown Council", "E00000005", "The Coast", "county")
    reports = [
        report_of("anytown-2023-05", 1, 1, 1, 1, 1, 1, 1, 1, 1),
        report_of("anytown-2025-01", 4, 4, 4, 4, 4, 4, 4, 4, 3),
        report_of("othertown-2025-01", 2, 2, 3, 2, 2, 2, 2, 2, 3),
        report_of("fourthtown-2025-01", 3, 2, 2, 2, 2, 2, 2, 3, 2),
        report_of("hostile-2025-01", 2, 2, 2, 2, 2, 2, 2, 2, 2),
    ]
    authorities = (ANYTOWN, OTHERTOWN, THIRDTOWN, HOSTILE, tied)
    return render_pages(collection([], reports, vocabulary=vocabulary(authorities=authorities)))


def test_ties_share_one_place_on_every_page() -> None:
    """Two with the same sum have one place with a sign, the next place is skipped, and the type comes first."""
    tree = page(invented(), "/scores/")
    assert row(tree, "Othertown")[5] == row(tree, "Fourthtown")[5] == "=1 of 3"
    assert row(tree, HOSTILE.name)[5] == "3 of 3"
    assert row(tree, "Anytown")[5] == "1 of 1"
    coast = page(invented(), "/scores/the-coast/")
    assert row(coast, "Anytown")[5] == "1 of 3"
    assert row(coast, "Othertown")[5] == row(coast, "Fourthtown")[5] == "=2 of 3"


def test_newest_of_two_reports_counts_and_is_noted() -> None:
    """An authority with two reports stands once, by its newer one, and its row says that there are two."""
    tree = page(invented(), "/scores/unitary/")
    cells = row(tree, "Anytown")
    assert cells[0] == "Anytown newest of 2 reports"
    assert cells[1:5] == ["35", "98%", "Outstanding", "top"]
    assert len(tree.css("table.matrix tbody tr[data-type]")) == 1


def test_hostile_names_are_words() -> None:
    """A name with signs of HTML and Markdown stands letter by letter, in the matrix and nowhere as markup."""
    tree = page(invented(), "/scores/county/")
    assert row(tree, HOSTILE.name)[0] == HOSTILE.name
    assert not tree.css("table.matrix tbody th b, table.matrix th em, table.matrix th code")


def test_missing_authorities_are_named_and_never_scored() -> None:
    """An authority without a report is in the list of those, in no row, and in no count."""
    tree = page(invented(), "/scores/")
    assert [said(node) for node in tree.css(".not-here li")] == ["Thirdtown"]
    assert "Thirdtown" not in said(tree.css_first("table.matrix"))
    assert said(tree.css_first(".lead")).startswith("4 of 5 councils have a report here: 3 Requires improvement")
    assert said(tree.css_first(".not-here summary")) == "1 council has no report here"


def test_page_of_a_group_without_reports_says_so() -> None:
    """A region of which nothing is in the collection has a page without a matrix, and names its authorities."""
    tree = page(render_pages(collection([], [report()])), "/scores/the-hills/")
    assert said(tree.css_first(".lead")).startswith(
        "0 of 1 council in The Hills have a report here. The 1 is named below"
    )
    assert not tree.css("table.matrix")
    assert [said(node) for node in tree.css(".not-here li")] == ["Thirdtown"]


@pytest.fixture(scope="module")
def pages() -> dict[str, bytes]:
    """The pages of the real collection."""
    return dict(real_run().files)


@pytest.fixture(scope="module")
def facts() -> dict[str, dict[str, Any]]:
    """Slug to the newest report of each authority, read from the data files themselves, with its type and region."""
    with (ROOT / "data" / "authorities.csv").open(encoding="utf-8", newline="") as file:
        places = {line["slug"]: line for line in csv.DictReader(file)}
    found: dict[str, dict[str, Any]] = {}
    for path in sorted((ROOT / "data" / "reports").glob("*/report.yml")):
        item = yaml.safe_load(path.read_text("utf-8"))
        if item["published"] > found.get(item["authority"], {"published": ""})["published"]:
            found[item["authority"]] = item | places[item["authority"]]
    return found


def test_every_row_is_what_the_files_say(pages: dict[str, bytes], facts: dict[str, dict[str, Any]]) -> None:
    """Sum, percentage, rating, place and nine scores of all authorities, recomputed from the YAML files."""
    tree = page(pages, "/scores/")
    assert len(tree.css("table.matrix tbody tr[data-type]")) == len(facts)
    for item in facts.values():
        total = sum(item["scores"].values())
        like = [sum(each["scores"].values()) for each in facts.values() if each["type"] == item["type"]]
        sign = "=" if like.count(total) > 1 else ""
        cells = row(tree, item["name"])
        assert cells[1:4] == [str(total), f"{ceil(100 * total / 36)}%", item["rating"]]
        assert cells[5] == f"{sign}{1 + sum(other > total for other in like)} of {len(like)}"
        assert cells[6:15] == [str(item["scores"][id]) for id in IDS]
        assert cells[16] == item["region"]


def test_collection_as_a_whole(pages: dict[str, bytes], facts: dict[str, dict[str, Any]]) -> None:
    """The page counts ratings, names all who are not in the collection, and counts each score of each statement."""
    tree = page(pages, "/scores/")
    ratings = Counter(item["rating"] for item in facts.values())
    best_first = ["Outstanding", "Good", "Requires improvement", "Inadequate"]
    ordered = sorted(ratings, key=lambda name: (-ratings[name], best_first.index(name)))
    counted = ", ".join(f"{ratings[name]} {name}" for name in ordered)
    missing = 153 - len(facts)
    assert said(tree.css_first(".lead")) == (
        f"{len(facts)} of 153 councils have a report here: {counted}. The other {missing} are named below."
    )
    published, copied = (
        max(item["published"] for item in facts.values()),
        max(item["retrieved"] for item in facts.values()),
    )
    as_of = said(tree.css_first(".lead + .summary")).partition(". ")[0]
    assert as_of.startswith(f"Figures: CQC’s reports published up to {month(published)}, copied ")
    assert as_of.endswith(long_date(copied))
    assert len(tree.css(".not-here li")) == missing
    for score in (4, 3, 2, 1):
        cells = tree.css(f"table.matrix tfoot tr[data-score='{score}'] td.slim")
        expected = [sum(item["scores"][id] == score for item in facts.values()) for id in IDS]
        assert [int(said(cell)) for cell in cells] == expected


def test_known_facts(pages: dict[str, bytes]) -> None:
    """Kent, Brent and County Durham stand as CQC rated them, and how far from Good they are."""
    tree = page(pages, "/scores/")
    assert row(tree, "Kent")[1:5] == ["20", "56%", "Requires improvement", "3 to Good"]
    assert row(tree, "Brent")[2:5] == ["62%", "Requires improvement", "1 to Good"]
    assert row(tree, "County Durham")[2:4] == ["67%", "Good"]


@pytest.mark.parametrize(("address", "key", "value"), [("county", "type", "county"), ("london", "region", "London")])
def test_page_of_a_group_has_that_group(
    pages: dict[str, bytes], facts: dict[str, dict[str, Any]], address: str, key: str, value: str
) -> None:
    """The page of a type or region lists its authorities and no others, most points first, then by name."""
    tree = page(pages, f"/scores/{address}/")
    expected = sorted((-sum(item["scores"].values()), item["name"]) for item in facts.values() if item[key] == value)
    assert [said(node) for node in tree.css("table.matrix tbody tr[data-type] th a")] == [name for _, name in expected]
