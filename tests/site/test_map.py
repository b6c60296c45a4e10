"""The evidence map in a browser: heads that stay, cells that open, three kinds of blank, keyboard, phone, paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.helpers.built_site import BuiltSite
from tests.helpers.patience import eventually, painted
from tests.site.test_access import overflow

if TYPE_CHECKING:
    from tests.site.conftest import AxeInAllViews, OpenPage, Site

ADDRESSES = ["/map/", "/map/london/", "/map/london-borough/", "/themes/accessibility/equity/"]
WIDE = 1280
TABLET = 800
PHONE = 360
SCHEMES = ["light", "dark"]

# What stands at a place inside the map's frame: in sight, and not under something else.
TOP = """(it) => {
  const box = it.getBoundingClientRect()
  const found = document.elementFromPoint(box.right - 8, box.bottom - 8)
  return found !== null && it.contains(found)
}"""


@pytest.mark.parametrize("address", ADDRESSES)
def test_clean_for_axe(site: Site, axe_in_all_views: AxeInAllViews, address: str) -> None:
    """No page of the map violates WCAG 2.2 A or AA as far as axe can tell, light and dark, narrow and wide."""
    found = axe_in_all_views(site.url(address))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("address", ADDRESSES)
def test_same_without_scripts(site: Site, new_page: OpenPage, address: str) -> None:
    """With scripts off every page of the map shows the same words, but for buttons."""
    with_scripts = new_page(WIDE).open(site.url(address))
    with_scripts.evaluate("document.querySelectorAll('.md-content button').forEach((it) => it.remove())")
    page = new_page(WIDE, java_script_enabled=False).open(site.url(address))
    assert page.locator(".md-content").inner_text().split() == with_scripts.locator(".md-content").inner_text().split()


@pytest.mark.parametrize("width", [320, PHONE, 800, 1000, WIDE])
@pytest.mark.parametrize("address", ADDRESSES)
def test_page_itself_never_scrolls_sideways(site: Site, new_page: OpenPage, address: str, width: int) -> None:
    """The map may be wider than its frame, the page never than the screen."""
    page = new_page(width).open(site.url(address))
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_phone_shows_one_statement_at_a_time(site: Site, new_page: OpenPage, *, scripts: bool) -> None:
    """At 320 px themes and one column fit, at first the one with most sections; another is chosen by its name."""
    page = new_page(320, java_script_enabled=scripts).open(site.url("/map/"))
    heads = page.locator("table.map thead th").filter(visible=True)
    assert [head.split("\n")[0] for head in heads.all_inner_texts()] == ["Theme", "Equity"]
    assert not overflow(page)
    cells = page.locator("table.map td").filter(visible=True)
    assert cells.count() == page.locator("table.map tbody th[scope=row]").count()
    page.get_by_label("Safeguarding").check()
    assert heads.nth(1).inner_text().startswith("Safeguarding")
    assert page.locator("table.map td:not(.missing)").filter(visible=True).count() == 0


def test_heads_stay_on_a_tablet(site: Site, new_page: OpenPage) -> None:
    """Scrolled both ways in its frame, the map keeps the heads of columns and rows in sight, on top, and aligned."""
    page = new_page(TABLET, 740, reduced_motion="reduce").open(site.url("/map/"))
    frame = page.locator(".map-scroll")
    frame.evaluate("it => it.scrollIntoView({ behavior: 'instant' })")
    frame.evaluate("it => it.scrollTo({ left: 220, top: 700, behavior: 'instant' })")
    assert frame.evaluate("it => it.scrollLeft === 220 && it.scrollTop === 700")
    assert page.locator("#on-equity").evaluate(TOP)
    row = page.locator("table.map tbody th[scope=row]").nth(14)
    assert row.evaluate(TOP)
    edges = page.evaluate(
        """() => {
          const frame = document.querySelector(".map-scroll").getBoundingClientRect()
          const head = document.querySelector("#on-equity").getBoundingClientRect()
          const row = document.querySelectorAll("table.map tbody th[scope=row]")[14].getBoundingClientRect()
          return [head.top - frame.top, row.left - frame.left, frame.width - row.width, frame.bottom - innerHeight]
        }"""
    )
    assert [abs(edge) < 1.5 for edge in edges[:2]] == [True, True]
    assert edges[2] > 1.5 * page.locator("#on-equity").evaluate("it => it.offsetWidth")
    assert edges[3] <= 0, "the frame is higher than the screen"


def test_heads_stay_on_a_laptop(site: Site, new_page: OpenPage) -> None:
    """Where the map fits, the page scrolls and the heads of the columns stay at its top."""
    page = new_page(WIDE, 800, reduced_motion="reduce").open(site.url("/map/"))
    painted(page)  # whether it scrolls is known when it is
    page.evaluate("scrollTo({ top: 2000, behavior: 'instant' })")
    assert abs(page.locator("#on-equity").evaluate("it => it.getBoundingClientRect().top")) < 1.5
    assert page.locator("#on-equity").evaluate(TOP)
    assert page.locator(".map-scroll").get_attribute("tabindex") is None


@pytest.mark.parametrize("scheme", SCHEMES)
def test_three_kinds_are_told_apart_without_colour(site: Site, new_page: OpenPage, scheme: str) -> None:
    """Number over a bar, ring, hatched question mark: each kind has a sign, a ground and hidden words of its own."""
    page = new_page(WIDE, color_scheme=scheme).open(site.url("/map/"))
    kinds = page.evaluate(
        """() => ["td:not([class]) a", "td.silent", "td.missing"].map((which) => {
          const it = document.querySelector(`table.map ${which}`)
          const sign = getComputedStyle(it, "::before").content.split("/")[0].trim()
          return { sign, ground: getComputedStyle(it).backgroundImage.split("(")[0], words: it.textContent.trim() }
        })"""
    )
    assert [kind["sign"] for kind in kinds] == ["none", '"○"', '"?"']
    assert [kind["ground"] for kind in kinds] == ["linear-gradient", "none", "repeating-linear-gradient"]
    assert kinds[0]["words"].split()[1] in ("paragraph", "paragraphs")
    assert [kind["words"] for kind in kinds[1:]] == ["not discussed", "no section"]


def test_map_by_keyboard(site: Site, new_page: OpenPage) -> None:
    """On a tablet the frame is a stop that arrows scroll; cells are stops that show in full, and Enter opens them."""
    page = new_page(TABLET, 740, reduced_motion="reduce").open(site.url("/map/"))
    frame = page.locator(".map-scroll")
    frame.focus()
    assert frame.evaluate("it => it.matches(':focus-visible') && getComputedStyle(it).outlineStyle !== 'none'")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.map-scroll').scrollLeft > 0")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('table.map td a')"):
            break
        stop = page.evaluate("document.activeElement.closest('table.map') !== null")
        assert stop, "Tab left the map before it came to a cell"
    shown = page.evaluate(
        """() => {
          const it = document.activeElement.getBoundingClientRect()
          const frame = document.querySelector(".map-scroll").getBoundingClientRect()
          const head = document.querySelector("#on-equity").getBoundingClientRect()
          const row = document.activeElement.closest("tr").querySelector("th").getBoundingClientRect()
          return it.left >= row.right - 1 && it.right <= frame.right + 1
            && it.top >= head.bottom - 1 && it.bottom <= frame.bottom + 1
        }"""
    )
    assert shown, "the focused cell is under a head or outside of the frame"
    page.keyboard.press("Enter")
    page.wait_for_url("**/themes/*/equity/")
    assert page.locator("article.passage").count() > 0


def test_cell_of_a_region_opens_at_the_region(site: Site, new_page: OpenPage) -> None:
    """A cell of London's map opens the list at London, whose texts lead to their passages; Back returns."""
    page = new_page(WIDE, reduced_motion="reduce").open(site.url("/map/london/"))
    page.locator("#theme-accessibility td a").click()
    page.wait_for_url(site.url("/themes/accessibility/equity/#london"))
    expect(page.locator("#london:target")).to_be_in_viewport()
    page.locator("#london li a").first.click()
    page.wait_for_url("**/themes/accessibility/equity/#*-equity")
    expect(page.locator(".where:target")).to_be_in_viewport()
    page.go_back()
    page.go_back()
    page.wait_for_url(site.url("/map/london/"))


def test_column_is_reached_from_the_summary(site: Site, new_page: OpenPage) -> None:
    """On a tablet, with scripts off too, a hint above it leads to the columns that have texts."""
    page = new_page(TABLET, 740, java_script_enabled=False).open(site.url("/map/"))
    page.locator(".map-hint a[href='#on-equity']").click()

    def is_in_sight() -> bool:
        box, frame = page.locator("#on-equity").bounding_box(), page.locator(".map-scroll").bounding_box()
        assert box is not None
        assert frame is not None
        return frame["x"] <= box["x"] <= frame["x"] + frame["width"] - box["width"] + 1

    eventually(is_in_sight)  # the way there may be smooth


def test_targets_on_a_touch_screen(site: Site, new_page: OpenPage) -> None:
    """On a touch screen each cell that opens something is at least 44 px high and wide."""
    page = new_page(PHONE, has_touch=True, is_mobile=True).open(site.url("/map/"))
    small = page.evaluate(
        """() => [...document.querySelectorAll("table.map td a, .map-parts a, .cells a")]
          .map((it) => [it.outerHTML, it.getBoundingClientRect()])
          .filter(([html, box]) => box.height < 44 || (html.includes("--part") && box.width < 44))
          .map(([html]) => html.slice(0, 90))"""
    )
    assert not small, small


def test_map_prints_whole(site: Site, new_page: OpenPage) -> None:
    """On paper nothing of the map is in a frame that scrolls, and no head covers a row."""
    page = new_page(718).open(site.url("/map/"))
    page.emulate_media(media="print")
    frame = page.locator(".map-scroll").evaluate(
        "it => [getComputedStyle(it).overflowX, it.scrollWidth <= it.clientWidth + 1]"
    )
    assert frame == ["visible", True]
    assert page.locator("#on-equity").evaluate("it => getComputedStyle(it).position") == "static"


def test_every_cell_leads_to_a_page_with_as_many_passages(invented_site: Path) -> None:
    """With all nine statements there, what a cell opens lists as many passages as the cell says."""
    built = BuiltSite(invented_site)
    for address in [page for page in built.pages if page.startswith("/map/")]:
        for link in built.nodes(address, "table.map td a"):
            target, anchor = built.resolve(address, link.attributes["href"] or "") or ("", "")
            said = int(" ".join((link.text() or "").split()).split(" ")[0])
            assert built.holds(target)
            if anchor:
                found = [place.text().split()[-1] for place in built.nodes(target, f"#{anchor} > .number")]
                assert found
                assert f"{said} paragraph" in built.texts(target, f"#{anchor} > .number")[0]
            else:
                lists = [target, *(page for page in built.pages if page.startswith(target) and page != target)]
                assert sum(len(built.nodes(page, "article.passage")) for page in lists) == said
