"""The matrix of scores in a browser: sorted, narrowed, shared by its address; with a keyboard, on a phone, on paper."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from playwright.sync_api import Page, expect

from tests.helpers.patience import eventually, painted
from tests.site.test_access import PHONE, WIDE, WIDTHS, overflow

if TYPE_CHECKING:
    from tests.site.conftest import AxeInAllViews, OpenPage, Site

ROOT = Path(__file__).parents[2]
ASSESSED = len({report.name.rsplit("-", 2)[0] for report in (ROOT / "data" / "reports").iterdir()})
"""How many councils have a report."""
ADDRESSES = ["/scores/", "/scores/county/", "/scores/south-east/"]
SHOWN = "[...document.querySelectorAll('table.matrix tbody:not([hidden]) tr[data-type][hidden=until-found] th a')]"
NAMES = f"{SHOWN}.map((it) => it.textContent)"


def without_report() -> str:
    """Return a council that has no report, and whose name no other one has in its own."""
    with (ROOT / "data" / "authorities.csv").open(encoding="utf-8", newline="") as lines:
        councils = {row["name"]: row["slug"] for row in csv.DictReader(lines)}
    assessed = {report.name.rsplit("-", 2)[0] for report in (ROOT / "data" / "reports").iterdir()}
    return next(
        name
        for name, slug in councils.items()
        if slug not in assessed and sum(name.lower() in other.lower() for other in councils) == 1
    )


def names(page: Page) -> list[str]:
    """Return the names of the authorities that the matrix shows, in order."""
    found: list[str] = page.evaluate(NAMES)
    return found


def query(page: Page) -> dict[str, list[str]]:
    """Return what the address says was chosen."""
    return parse_qs(urlsplit(page.url).query)


def head(page: Page, column: str) -> Any:
    """Return the button of a column's head."""
    return page.locator(f"th[data-column='{column}'] button")


@pytest.fixture(scope="module")
def reports() -> dict[str, dict[str, Any]]:
    """Name of the folder to what each ``report.yml`` says."""
    found = (ROOT / "data" / "reports").glob("*/report.yml")
    return {path.parent.name: yaml.safe_load(path.read_text("utf-8")) for path in found}


@pytest.fixture
def matrix(site: Site, new_page: OpenPage) -> Iterator[Page]:
    """The page of all scores on a laptop; no script complains while it is used."""
    watched = new_page(WIDE, reduced_motion="reduce")
    yield watched.open(site.url("/scores/"))
    assert not watched.failures


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_are_clean_for_axe(site: Site, axe_in_all_views: AxeInAllViews, address: str) -> None:
    """No page of scores violates WCAG 2.2 A or AA as far as axe can tell, in every view, with all of it open."""
    found = axe_in_all_views(site.url(address), opened=True)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("width", [320, 800, WIDE])
def test_only_the_matrix_scrolls_sideways(site: Site, new_page: OpenPage, address: str, width: int) -> None:
    """The page never scrolls sideways; on a tablet the matrix does, inside a named region that has the focus."""
    page = new_page(width).open(site.url(address))
    painted(page)  # whether it scrolls is known when it is
    assert not overflow(page)
    frame = page.locator(".matrix-scroll")
    if width == 800:
        assert frame.get_attribute("tabindex") == "0"
        assert frame.get_attribute("role") == "region"
        assert frame.get_attribute("aria-label") == "Scores by council"
    else:
        assert frame.get_attribute("tabindex") is None


@pytest.mark.parametrize("scripts", [True, False])
def test_a_phone_shows_each_row_whole(site: Site, new_page: OpenPage, *, scripts: bool) -> None:
    """At 320 px a row is a card: all 17 facts on the screen at once, scores below their heads, still rows and cells.
    The cards of each type are folded, with or without scripts, until they are asked for."""
    page = new_page(320, java_script_enabled=scripts, has_touch=True, is_mobile=True).open(site.url("/scores/"))
    folds = page.locator("table.matrix .fold > summary")
    assert folds.count() == 4
    assert page.evaluate("document.documentElement.scrollHeight") < 6_500
    for each in folds.all():
        each.click()
    row = page.locator("table.matrix tbody tr", has_text="Wiltshire")
    cells = row.locator("th, td").filter(visible=True)
    assert cells.count() == 17
    for cell in cells.all():
        box = cell.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
    assert row.locator("td").filter(visible=True).all_inner_texts()[:3] == ["24", "67%", "Good"]
    box = row.bounding_box()
    assert box is not None
    assert 80 < box["height"] < 150
    under = "it => Math.round(it.getBoundingClientRect().left)"
    assert row.locator("td.slim").last.evaluate(under) == page.locator("[data-column=learning]").evaluate(under)
    session = page.context.new_cdp_session(page)
    roles = [node["role"]["value"] for node in session.send("Accessibility.getFullAXTree")["nodes"] if "role" in node]
    assert roles.count("row") > 85
    assert roles.count("rowheader") > 85
    assert roles.count("columnheader") >= 16


def test_words_that_are_looked_for_open_what_is_folded(site: Site, new_page: OpenPage) -> None:
    """On a phone a search within the page, here by the address's text fragment, finds and unfolds what is folded."""
    for address, words, found in (("/scores/", "Wiltshire", "tr"), ("/themes/", "Accessible%20information", "ul")):
        page = new_page(390).open(site.url(f"{address}#:~:text={words}"))
        fold = page.locator("details.fold[open]").first
        fold.wait_for()
        assert page.locator(".fold[open]").count() == 1
        it = page.locator(f"{found}[hidden=until-found]", has_text=words.replace("%20", " ")).last
        expect(it).to_be_in_viewport()
        fold.locator("summary").click()
        assert page.locator(".fold[open]").count() == 0
        assert not it.evaluate("it => it.checkVisibility({ contentVisibilityAuto: true }) && it.offsetHeight > 0")


def test_what_was_unfolded_stays_so_when_rows_are_arranged_anew(site: Site, new_page: OpenPage) -> None:
    """On a phone all types are open while only some councils are chosen, then those again that a reader opened."""
    page = new_page(390, has_touch=True, is_mobile=True).open(site.url("/scores/"))
    folds, opened = page.locator("table.matrix .fold"), page.locator("table.matrix .fold[open]")
    folds.nth(1).locator("summary").click()
    expect(opened).to_have_count(1)
    field = page.get_by_label("Council", exact=True)
    field.fill("kent")
    expect(opened).to_have_count(4)
    field.fill("")
    expect(opened).to_have_count(1)
    expect(folds.nth(1)).to_have_attribute("open", "")
    folds.nth(1).locator("summary").click()
    expect(opened).to_have_count(0)
    field.fill("kent")
    expect(opened).to_have_count(4)
    field.fill("")
    expect(opened).to_have_count(0)


def test_table_is_complete_without_scripts(site: Site, new_page: OpenPage, reports: dict[str, Any]) -> None:
    """With scripts off every row is there, no control is, and links lead to each type and each region."""
    page = new_page(WIDE, java_script_enabled=False).open(site.url("/scores/"))
    assert page.locator("table.matrix tbody tr[data-type]").count() == len({it["authority"] for it in reports.values()})
    assert not page.locator(".md-content").locator("button, input, select").count()
    assert page.locator(".tally a").count() == 4 + 9
    page.locator(".tally").get_by_role("link", name="Counties").click()
    page.wait_for_url(site.url("/scores/county/"))


def test_each_type_is_sorted_by_itself(matrix: Page) -> None:
    """A press on a head sorts inside each type, the best first; another turns it round; the head says how."""
    points = "[...document.querySelectorAll('table.matrix tbody')].map((body) =>"
    points += "[...body.querySelectorAll('[data-type] td:nth-child(2)')].map((it) => Number(it.textContent)))"
    expect(head(matrix, "points").locator("..")).to_have_attribute("aria-sort", "descending")
    before: list[list[int]] = matrix.evaluate(points)
    assert len(before) == 4
    assert before == [sorted(group, reverse=True) for group in before]
    head(matrix, "points").click()
    expect(head(matrix, "points").locator("..")).to_have_attribute("aria-sort", "ascending")
    assert matrix.evaluate(points) == [sorted(group) for group in before]
    assert matrix.locator("[aria-sort]").count() == 1
    assert query(matrix) == {"sort": ["points"]}
    assert "Points of 36, lowest first, each type by itself" in matrix.get_by_role("status").last.inner_text()


@pytest.mark.parametrize(
    "column", ["authority", "percentage", "rating", "next", "place", "equity", "region", "published"]
)
def test_every_column_sorts_both_ways(matrix: Page, column: str) -> None:
    """Each head sorts by what its column shows, first one way, then the other, and loses no row."""
    everyone = sorted(names(matrix))
    for way in ("first", "second"):
        head(matrix, column).click()
        values = matrix.evaluate(
            f"""[...document.querySelectorAll("table.matrix tbody")].map((body) =>
              [...body.querySelectorAll("tr[data-type]")].map((row) => {{
                const cell = row.cells[document.querySelector("th[data-column='{column}']").cellIndex]
                return cell.dataset.value ?? (cell.querySelector("a") ?? cell).textContent.replace("=", "")
              }}))"""
        )
        sort = head(matrix, column).locator("..").get_attribute("aria-sort")
        for group in values:
            numbers = [value.split(" ")[0].rstrip("%") for value in group]
            key = int if column not in ("authority", "region", "published") else str.casefold
            plain = numbers if key is int else group
            assert [key(it) for it in plain] == sorted((key(it) for it in plain), reverse=sort == "descending"), way
    assert sorted(names(matrix)) == everyone


def test_choices_narrow_the_rows_and_name_what_they_are_of(matrix: Page, reports: dict[str, Any]) -> None:
    """A region and a rating leave those that have both; the counts, the foot and the address follow."""
    good = sum(item["rating"] == "Good" for item in reports.values())
    matrix.get_by_label("Rating", exact=True).select_option("good")
    assert len(names(matrix)) == good
    matrix.get_by_label("Region", exact=True).select_option("london")
    shown = names(matrix)
    assert 0 < len(shown) < good
    assert query(matrix) == {"rating": ["good"], "region": ["london"]}
    status = matrix.get_by_role("status").last.inner_text()
    assert status.startswith(f"Showing {len(shown)} councils rated Good, of the {len(reports)} here.")
    assert "Not here, and so not shown: 16." in status
    assert matrix.locator("tfoot .of-shown").inner_text() == f"of the {len(shown)} shown"
    counts = matrix.locator("tfoot td.slim").all_inner_texts()
    assert sum(map(int, counts)) == 9 * len(shown)
    group = matrix.locator("tbody:not([hidden]) .of-group").all_inner_texts()
    assert group == [f"London boroughs: {len(shown)} of the 17 here"]
    option = matrix.get_by_label("Rating", exact=True).locator("option[value=good]").inner_text()
    assert option == f"Good ({len(shown)} of {good})"


def test_authority_is_found_by_its_name(matrix: Page) -> None:
    """Letters narrow the rows; an authority that is not in the collection is named, and nothing is made up for it."""
    field = matrix.get_by_label("Council", exact=True)
    field.press_sequentially("kent")
    expect(matrix.get_by_role("status").last).to_contain_text(f"Showing 1 of the {ASSESSED} here")
    assert names(matrix) == ["Kent"]
    assert query(matrix) == {"name": ["kent"]}
    missing = without_report()
    field.fill(missing)
    expect(matrix.get_by_role("status").last).to_contain_text(f"None of the {ASSESSED}")
    assert names(matrix) == []
    expect(matrix.locator("table.matrix tfoot")).to_be_hidden()  # there is nothing to count
    assert f"Not here, and so not shown: {missing}." in matrix.get_by_role("status").last.inner_text()
    matrix.get_by_role("button", name="Clear choices").click()
    assert len(names(matrix)) == ASSESSED
    assert urlsplit(matrix.url).query == ""
    assert field.input_value() == ""


def test_address_holds_the_view_and_back_returns(site: Site, matrix: Page) -> None:
    """What was chosen is in the address, which shows the same when opened; Back and Forward walk the choices."""
    matrix.get_by_label("Type", exact=True).select_option("county")
    head(matrix, "equity").click()
    view, address = names(matrix), matrix.url
    assert query(matrix) == {"type": ["county"], "sort": ["-equity"]}
    matrix.go_back()
    eventually(lambda: names(matrix) != view)
    assert query(matrix) == {"type": ["county"]}
    matrix.go_back()
    eventually(lambda: len(names(matrix)) == ASSESSED)
    expect(matrix.get_by_label("Type", exact=True)).to_have_value("")
    matrix.go_forward()
    matrix.go_forward()
    eventually(lambda: names(matrix) == view)
    matrix.goto(site.url("/themes/"))
    matrix.goto(address)
    assert names(matrix) == view
    assert matrix.get_by_label("Type", exact=True).input_value() == "county"


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["laptop", "phone"])
def test_a_rating_on_the_home_page_leads_to_its_councils(site: Site, new_page: OpenPage, size: int) -> None:
    """Who follows a rating sees at once what is chosen, how many councils have it, and which."""
    page = new_page(size, reduced_motion="reduce").open(site.url("/"))
    page.get_by_role("link", name="Inadequate", exact=True).click()
    status = page.get_by_role("status").last
    expect(status).to_contain_text(re.compile(rf"Showing \d+ councils rated Inadequate, of the {ASSESSED} here\."))
    expect(status).to_be_in_viewport()
    expect(page.locator(".matrix-choices")).to_be_in_viewport(ratio=1)
    assert len(names(page)) == int(status.inner_text().split()[1])


WRONG = {
    "?region=nowhere": "region=nowhere",
    "?region=nowhere&sort=x": "region=nowhere, sort=x",
    "?sort=-nothing": "sort=-nothing",
    "?by=luck": "by=luck",
    "?rating=<b>": "rating",
    "?by=constructor": "by=constructor",
}


@pytest.mark.parametrize("wrong", WRONG)
def test_wrong_address_shows_everything(site: Site, new_page: OpenPage, wrong: str) -> None:
    """What an address says and no one can choose is passed over and named, in words that look like ids only."""
    watched = new_page(WIDE)
    page = watched.open(site.url(f"/scores/{wrong}"))
    assert len(names(page)) == ASSESSED
    assert not watched.failures
    status = page.get_by_role("status").last
    expect(status).to_contain_text(f"Left out of this address: {WRONG[wrong]}.")
    page.get_by_label("Rating", exact=True).select_option("good")
    expect(status).not_to_contain_text("Left out")


def test_places_follow_what_is_compared(matrix: Page) -> None:
    """Places are among the same type until a reader asks for region or England, and always say of how many."""
    place = (
        "document.querySelector('table.matrix a[href$=\"/kent/\"]').closest('tr').querySelector('.place').textContent"
    )
    assert matrix.evaluate(place) == "=10 of 14"
    matrix.get_by_label("Compare within").select_option("region")
    assert matrix.evaluate(place) == "12 of 12"
    assert head(matrix, "place").inner_text().split() == ["Place", "in", "region"]
    assert matrix.locator("table.matrix tbody").count() == 9
    matrix.get_by_label("Compare within").select_option("england")
    assert str(matrix.evaluate(place)).endswith(f" of {ASSESSED}")
    assert matrix.locator("table.matrix tbody").count() == 1
    expect(matrix.locator("td.of-type").first).to_be_visible()


def test_keyboard_walks_the_matrix(matrix: Page) -> None:
    """Tab goes from the choices through every head to the first authority; Enter and Space sort; the focus stays."""
    matrix.get_by_role("button", name="Clear choices").focus()
    walked = []
    for _ in range(30):
        matrix.keyboard.press("Tab")
        walked.append(matrix.evaluate("document.activeElement.closest('th')?.dataset.column ?? ''"))
        if matrix.evaluate("document.activeElement.matches('tbody a')"):
            break
    heads = matrix.evaluate(
        "[...document.querySelectorAll('.matrix thead th')].filter((it) => it.checkVisibility())"
        ".map((it) => it.dataset.column)"
    )
    assert [column for column in walked if column] == heads
    assert len(heads) == 17
    head(matrix, "safeguarding").focus()
    for key, sort in (("Enter", "descending"), ("Space", "ascending")):
        matrix.keyboard.press(key)
        assert matrix.evaluate("document.activeElement.closest('th').getAttribute('aria-sort')") == sort


@pytest.mark.parametrize("width", WIDTHS)
def test_head_and_names_stay_in_sight(site: Site, new_page: OpenPage, width: int) -> None:
    """After scrolling down and sideways the statement's head and the authority's name are still seen."""
    page = new_page(width).open(site.url("/scores/"))
    for fold in page.locator(".fold > summary").filter(visible=True).all():
        fold.click()
    cell = page.locator("table.matrix tbody tr", has_text="Wiltshire").locator("td.slim").last
    cell.scroll_into_view_if_needed()
    page.mouse.wheel(0, 0)
    seen = page.evaluate(
        """() => {
          const inside = (it) => {
            const box = it.getBoundingClientRect()
            const at = document.elementFromPoint(box.left + box.width / 2, Math.max(box.top, 0) + 8)
            return it.contains(at)
          }
          const row = [...document.querySelectorAll("tbody tr")].find((it) => it.textContent.includes("Wiltshire"))
          return [inside(document.querySelector("th[data-column=learning]")), inside(row.cells[0])]
        }"""
    )
    assert seen == [True, True]


def test_controls_are_large_enough_for_fingers(site: Site, new_page: OpenPage) -> None:
    """On a touch screen every choice and every head that sorts is at least 44 px high."""
    page = new_page(PHONE, has_touch=True, is_mobile=True).open(site.url("/scores/"))
    small = page.evaluate(
        """() => [...document.querySelectorAll(".md-content :is(button, input, select, summary)")]
          .filter((it) => it.checkVisibility())
          .map((it) => [it.textContent, it.getBoundingClientRect().width, it.getBoundingClientRect().height])
          .filter(([, width, height]) => height < 44 || width < 24)"""
    )
    assert not small, small


def test_paper_has_every_row_and_no_controls(matrix: Page) -> None:
    """In print the whole table is there, nothing is cut off or scrolls, and the choices are left out."""
    matrix.emulate_media(media="print")
    assert not matrix.locator(".matrix-choices").is_visible()
    style = matrix.locator(".matrix-scroll").evaluate(
        "it => [getComputedStyle(it).overflowY, getComputedStyle(it).maxHeight]"
    )
    assert style == ["visible", "none"]
    assert len(names(matrix)) == ASSESSED
