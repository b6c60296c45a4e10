"""Every page kind can be read and used by everyone: WCAG 2.2 A and AA, keyboard, no scripts, small screens.

axe finds what a machine can; the walks below find what it cannot: focus that goes where nothing is seen, a menu that no
key opens, shortcuts that speech input would set off.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.helpers.axe import run_axe
from tests.helpers.heard import heard, missing, run_on
from tests.helpers.patience import eventually, painted

if TYPE_CHECKING:
    from tests.site.conftest import AxeInAllViews, OpenPage, Site, Watched

# One address for each kind of page, as the seeds make them.
ADDRESSES = [
    "/",
    "/themes/",
    "/themes/accessibility/",
    "/authorities/",
    "/authorities/camden/",
    "/statements/",
    "/statements/equity/",
    "/voices/",
    "/voices/staff/",
    "/regions/london/",
    "/reports/",
    "/reports/camden-2025-02/",
    "/reports/camden-2025-02/equity/",
    "/data/",
    "/contribute/",
    "/contribute/form/",
    "/about/",
    "/about/accessibility/",
    "/about/methodology/",
    "/about/design/",
    "/404.html",
]
TEXT = "/reports/camden-2025-02/equity/"
WIDTHS = [360, 1280]
WIDE = 1280
PHONE = 360
SPACED = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
    " p { margin-bottom: 2em !important }"
)
"""Text as a reader may space it out (WCAG 1.4.12)."""
PUT = "(it) => { (globalThis.put ??= document.head.appendChild(document.createElement('style'))).textContent = it }"
"""Puts a style into a page, in the place of the one before."""
TWICE = "`html { font-size: ${2 * parseFloat(getComputedStyle(document.documentElement).fontSize)}px !important }`"


def overflow(page: Page) -> list[str]:
    """Return what reaches beyond the right edge of the screen, outside of regions that scroll by themselves."""
    found: list[str] = page.evaluate(
        """() => {
          const edge = document.documentElement.clientWidth
          const scrolls = (it) => it && it !== document.body
            && (["auto", "scroll"].includes(getComputedStyle(it).overflowX) || scrolls(it.parentElement))
          const wide = [...document.body.querySelectorAll("*")].filter((it) =>
            it.checkVisibility() && it.getBoundingClientRect().right > edge + 1
            && !it.closest(".visually-hidden") && !scrolls(it.parentElement))
          if (document.documentElement.scrollWidth > edge) wide.push(document.documentElement)
          return wide.map((it) => `${it.tagName} ${it.className}: ${it.getBoundingClientRect().right} > ${edge}`)
        }"""
    )
    return found


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_kind_is_clean_for_axe(site: Site, axe_in_all_views: AxeInAllViews, address: str) -> None:
    """No page kind violates WCAG 2.2 A or AA as far as axe can tell, light and dark, on a phone and on a laptop."""
    found = axe_in_all_views(site.url(address))
    assert not found, "\n".join(found)


def test_axe_finds_the_one_text_that_is_too_faint(site: Site, new_page: OpenPage) -> None:
    """Of many texts alike axe looks at few, and yet sees one that is fainter by itself or by what is behind it.

    A text that is disabled, or of a single letter, which axe passes over, does not speak for the others.
    """
    page = new_page(WIDE, color_scheme="light").open(site.url("/404.html"))
    words = [f"Words {letter}" for letter in "abcdefgh"]
    faint = "background: #fff; color: #bbb; border: 0"
    texts = [
        *(f"<p {'style=color:#bbb' * (text == words[3])}>{text} by itself</p>" for text in words),
        *(f"<div {'style=background:#555' * (text == words[3])}><p>{text} behind</p></div>" for text in words),
        *(f'<p style="{faint}">{text}</p>' for text in ("x", *words, "y")),
        *(f'<p><button style="{faint}" {how}>Button</button></p>' for how in ("disabled", "", "disabled")),
    ]
    page.evaluate("(html) => { document.querySelector('main').innerHTML = html }", "<h1>Faint</h1>" + "".join(texts))
    found = [line.partition("Fix")[0] for line in run_axe(page) if line.startswith("light: color-contrast")]
    expected = ["Words d by itself", "Words d behind", "Words a<", "Words h<", "Button"]
    assert [[text in line for line in found].count(True) for text in expected] == [1] * 5
    assert len(found) == 5


@pytest.mark.parametrize("width", WIDTHS)
def test_open_parts_are_clean_for_axe(site: Site, new_page: OpenPage, width: int) -> None:
    """Nor does a page with the menu and every disclosure open, light and dark."""
    page = new_page(width, color_scheme="light", reduced_motion="reduce").open(site.url(TEXT))
    page.evaluate("for (const it of document.querySelectorAll('details')) it.open = true")
    if width == PHONE:
        page.click(".menu-button")
    found = run_axe(page)
    assert not found, "\n".join(found)


def test_menu_on_a_phone_by_keyboard(site: Site, new_page: OpenPage) -> None:
    """On a phone the menu is opened by Enter, walked by Tab, closed by Escape, and the focus returns to its button."""
    page = new_page(PHONE).open(site.url("/"))
    button, menu = page.locator(".menu-button"), page.locator("#site-menu")
    assert button.get_attribute("aria-expanded") == "false"
    assert not menu.is_visible()
    button.focus()
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    assert menu.is_visible()
    links = menu.locator("a")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('#site-menu') !== null"):
            break
    assert page.evaluate("document.activeElement.textContent") == links.first.text_content()
    page.keyboard.press("Escape")
    assert not menu.is_visible()
    assert page.evaluate("document.activeElement.matches('.menu-button')")
    page.keyboard.press("Space")
    links.filter(has_text="Councils").press("Enter")
    page.wait_for_url(site.url("/authorities/"))


@pytest.mark.parametrize("address", ["/", TEXT, "/404.html"])
def test_skip_link_comes_first_and_leads_past_the_header(site: Site, new_page: OpenPage, address: str) -> None:
    """The first Tab shows a skip link, and after it the next Tab is in the page's own text."""
    page = new_page(WIDE, reduced_motion="reduce").open(site.url(address))
    page.keyboard.press("Tab")
    first = page.locator(":focus")
    assert "Skip" in first.inner_text()
    assert first.evaluate("it => it.getBoundingClientRect().top >= 0 && getComputedStyle(it).opacity > 0")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("#"))
    painted(page)  # only then does Tab go on from there
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("key", ["n", "p", ",", ".", "f", "s", "/"])
def test_no_single_key_does_anything(site: Site, new_page: OpenPage, key: str) -> None:
    """No key alone leaves the page or goes to the search box, so dictation cannot set it off (WCAG 2.1.4)."""
    page = new_page(WIDE).open(site.url("/authorities/"))
    page.keyboard.press(key)
    page.wait_for_timeout(200)
    assert page.url == site.url("/authorities/")
    assert page.evaluate("document.activeElement === document.body")


@pytest.mark.parametrize("width", WIDTHS)
def test_focus_is_always_seen(site: Site, new_page: OpenPage, width: int) -> None:
    """Tab stops only at what is shown, marks it with a ring, and comes to every link of the page."""
    page = new_page(width, reduced_motion="reduce").open(site.url(TEXT))
    seen = 0
    for _ in range(600):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => {
              const it = document.activeElement
              if (it === document.body) return null
              const box = it.getBoundingClientRect(), style = getComputedStyle(it)
              const shown = it.checkVisibility({ opacityProperty: true, visibilityProperty: true })
                && box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight
                && box.right > 0 && box.left < innerWidth
              const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
              return { what: it.outerHTML.slice(0, 120), shown, ring }
            }"""
        )
        if stop is None:
            break
        seen += 1
        assert stop["shown"], f"focus where nothing is shown: {stop['what']}"
        assert stop["ring"], f"no ring: {stop['what']}"
    shown = page.evaluate(
        "[...document.querySelectorAll('a[href], button, summary, input')]"
        ".filter((it) => it.checkVisibility() && it.type !== 'checkbox').length"
    )
    assert seen >= shown - 1


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_reads_in_full_without_scripts(site: Site, new_page: OpenPage, address: str) -> None:
    """With scripts off a page shows the same text, and no control that would do nothing.

    With scripts it asks its own site only, all answers are 200, and no script complains.
    """
    # The search box and the buttons to copy are such controls; scripts make the buttons, and name links to forms.
    hide = "document.querySelectorAll('.md-content :is(.finder, .copy, .problem span)').forEach((it) => it.remove())"
    read = f"{hide}, document.querySelector('.md-content').innerText"
    watched = new_page(WIDE)
    with_scripts = watched.open(site.url(address)).evaluate(read)
    assert_asks_its_own(watched, site)
    page = new_page(WIDE, java_script_enabled=False).open(site.url(address))
    assert page.locator(".md-content").inner_text().split() == with_scripts.split()
    for control in (".finder", ".menu-button", ".scheme-button"):
        assert not page.locator(control).is_visible()


def assert_asks_its_own(watched: Watched, served: Site) -> None:
    """See that a page asked for something, of its own site only, and that nothing was wrong."""
    assert [url for url in watched.requests if not url.startswith((served.base, "data:"))] == []
    assert watched.failures == []
    assert len(watched.requests) > 1


@pytest.mark.parametrize("width", WIDTHS)
def test_site_is_walked_without_scripts(site: Site, new_page: OpenPage, width: int) -> None:
    """With scripts off the menu is in sight and leads on, from the header and from the footer."""
    page = new_page(width, java_script_enabled=False).open(site.url(TEXT))
    page.locator("#site-menu").get_by_role("link", name="Themes").click()
    page.wait_for_url(site.url("/themes/"))
    page.get_by_role("contentinfo").get_by_role("link", name="Whose voice").click()
    page.wait_for_url(site.url("/voices/"))
    page.get_by_role("banner").get_by_role("link", name="council", exact=True).click()
    page.wait_for_url(site.url("/authorities/"))


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_cut_off_at_320_pixels(site: Site, new_page: OpenPage, address: str) -> None:
    """At 320 px, which is 400 % zoom of a laptop, nothing scrolls sideways but wide tables and code by themselves.

    Nor when a reader spaces the text out as WCAG 1.4.12 allows.
    """
    page = new_page(320).open(site.url(address))
    painted(page)
    found = overflow(page)
    page.add_style_tag(content=SPACED)
    painted(page)  # tables that are too wide now become regions that scroll
    found += [f"spaced out: {line}" for line in overflow(page)]
    assert not found, "\n".join(found)


def test_targets_are_large_enough_for_fingers(site: Site, new_page: OpenPage) -> None:
    """On a touch screen of any kind of page whatever is pressed, links inside sentences apart, is 44 px high."""
    watched = new_page(PHONE, has_touch=True, is_mobile=True, reduced_motion="reduce")
    small: dict[str, list[str]] = {}
    for address in [*ADDRESSES[:-1], "/scores/", "/map/", "/themes/accessibility/equity/"]:
        page = watched.open(site.url(address))
        page.click(".menu-button")
        found = page.evaluate(
            """() => [...document.querySelectorAll("a[href], button, input, select, summary")].filter((it) => {
              if (!it.checkVisibility() || it.closest("svg") || /checkbox|radio/.test(it.type)) return false
              const around = it.closest("p, li, dd, td, figcaption, caption")
              const more = around && around.innerText.trim().length > it.innerText.trim().length + 3
              const inside = more && getComputedStyle(it).display === "inline"
              return !inside && it.getBoundingClientRect().height < 43.5
            }).map((it) => it.outerHTML.slice(0, 100))"""
        )
        if found:
            small[address] = found
    assert small == {}


def test_councils_are_in_sight_but_on_a_phone(site: Site, new_page: OpenPage) -> None:
    """Without scripts too a wide screen lists every council; a phone lists those of a region that is opened."""
    page = new_page(WIDE, java_script_enabled=False).open(site.url("/authorities/"))
    councils = page.locator(".newest > li > a:visible")
    assert councils.count() == 153

    page.set_viewport_size({"width": PHONE, "height": 800})
    tall = page.locator("main").bounding_box()
    page.get_by_text("East Midlands: 10 councils, 5 with a report here").click()
    taller = page.locator("main").bounding_box()
    assert tall is not None
    assert taller is not None
    assert tall["height"] < 2000
    assert taller["height"] > tall["height"] + 10 * 20


def test_reports_are_in_sight_but_on_a_phone(site: Site, new_page: OpenPage) -> None:
    """Without scripts too a wide screen lists every report below its year; a phone those of the newest year."""
    page = new_page(WIDE, java_script_enabled=False).open(site.url("/reports/"))
    reports = len(list((Path(__file__).parents[2] / "data" / "reports").glob("*/report.yml")))
    newest = page.locator(".newest").first.locator("li").count()
    assert page.locator(".newest > li > a:visible").count() == reports
    wide = page.locator("main").bounding_box()
    page.set_viewport_size({"width": PHONE, "height": 800})
    narrow = page.locator("main").bounding_box()
    assert wide is not None
    assert narrow is not None
    assert wide["height"] > reports * 25
    assert narrow["height"] < 700 + newest * 100


OPENED = """() => [...document.querySelectorAll("[hidden=until-found]")]
  .filter((it) => it.firstElementChild.checkVisibility())
  .map((it) => it.previousElementSibling.previousElementSibling.id)"""
"""Headings below which what a phone folds is in sight."""


@pytest.mark.parametrize("scripts", [True, False])
def test_an_address_opens_what_a_phone_folds(site: Site, new_page: OpenPage, *, scripts: bool) -> None:
    """Who comes to the address of a heading, or follows a link to it, sees what is folded below it, and no more."""
    page = new_page(PHONE, java_script_enabled=scripts).open(site.url("/authorities/#london"))
    fold = page.locator(".fold", has_text="London: 33 councils")
    expect(fold).to_be_in_viewport()
    expect(page.get_by_role("link", name="Barking and Dagenham", exact=True)).to_be_in_viewport()
    assert page.evaluate(OPENED) == ["london"]

    page.get_by_text("On this page").click()
    page.get_by_role("link", name="South West", exact=True).click()
    expect(page.get_by_role("link", name="Bath and North East Somerset", exact=True)).to_be_in_viewport()
    assert page.evaluate(OPENED)[-1] == "south-west"

    page = new_page(PHONE, java_script_enabled=scripts).open(site.url("/themes/#workforce"))
    expect(page.get_by_role("heading", name="Workforce")).to_be_in_viewport()
    eventually(lambda: page.evaluate(OPENED) == ["workforce"])


CRAMPED = """() => [...document.querySelectorAll(".section-menu a, .finder__input")].filter((it) => {
  const { right, width } = it.getBoundingClientRect()
  const room = it.matches("input") ? 8 * parseFloat(getComputedStyle(it).fontSize) : 0
  return it.checkVisibility() && (right > innerWidth || width < room)
}).map((it) => `out of sight, or no room for words: ${it.outerHTML.slice(0, 80)}`)"""
"""Links of the second line that one would have to scroll to, and search boxes that show too little of what is typed."""


def test_text_spaced_out_or_twice_as_large_fits(site: Site, new_page: OpenPage) -> None:
    """Text spaced out as WCAG 1.4.12 allows, or twice as large (1.4.4), makes no kind of page wider than its screen.

    Nor does it hide a link of the line below the menu, or leave the search box without room for some words.
    """
    watched = new_page(WIDE)
    wide: dict[str, list[str]] = {}
    for address in [*ADDRESSES, "/authorities/norfolk/", "/scores/", "/map/"]:
        page = watched.open(site.url(address))
        page.evaluate(PUT, SPACED)
        painted(page)  # a table that no longer fits is found a frame later
        wide[f"{address} spaced out"] = overflow(page)
        page.evaluate(PUT, "")
        page.evaluate(PUT, page.evaluate(TWICE))
        for width in (WIDE, 390):
            page.set_viewport_size({"width": width, "height": 800})
            painted(page)
            wide[f"{address} twice as large at {width}"] = [*overflow(page), *page.evaluate(CRAMPED)]
        page.set_viewport_size({"width": WIDE, "height": 800})
    assert {what: found for what, found in wide.items() if found} == {}


def test_forced_colours_keep_what_bars_say(site: Site, new_page: OpenPage) -> None:
    """In colours of the reader's own, bars of the map are as long as before, and three kinds of cell look unlike."""
    page = new_page(WIDE, forced_colors="active").open(site.url("/map/"))
    long, short = (page.locator(f"#theme-{theme} td a").first for theme in ("accessibility", "advocacy"))
    looks = []
    for bar in (long, short):
        bar.evaluate("it => { it.textContent = '' }")
        box = bar.bounding_box()
        assert box is not None
        foot = {"x": box["x"], "y": box["y"] + box["height"] - 4, "width": box["width"], "height": 3}
        looks.append(page.screenshot(clip=foot, full_page=True))  # type: ignore[arg-type]
    assert looks[0] != looks[1]
    kinds = [page.locator(f"table.map td{kind}").first for kind in (":not([class])", ".silent", ".missing")]
    assert len({kind.screenshot() for kind in kinds}) == 3

    page.goto(site.url("/"))
    assert page.locator(".hero").evaluate("it => getComputedStyle(it).borderImageSource") == "none"


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_comes_from_elsewhere_below_a_path(sub_site: Site, new_page: OpenPage, address: str) -> None:
    """Below a path too, a page asks its own site only, all answers are 200, no script complains."""
    watched = new_page(WIDE)
    watched.open(sub_site.url(address)).wait_for_load_state("networkidle")
    assert_asks_its_own(watched, sub_site)


def test_missing_page_leads_on_from_any_depth(sub_site: Site, new_page: OpenPage) -> None:
    """A wrong address below a path shows the 404 page with its styles, and its links lead into the site."""
    watched = new_page(WIDE)
    page = watched.open(sub_site.url("/reports/nowhere-2020-01/nothing/"))
    assert page.locator("h1").inner_text() == "Page not found"
    assert [line for line in watched.failures if "nowhere-2020-01" not in line and "404 (Not Found)" not in line] == []
    assert page.locator(".masthead").evaluate("it => getComputedStyle(it).backgroundColor") != "rgba(0, 0, 0, 0)"
    page.get_by_role("main").get_by_role("link", name="Themes").click()
    page.wait_for_url(sub_site.url("/themes/"))
    assert urlsplit(page.url).path == "/care-evidence/themes/"


def test_words_that_are_only_heard_stand_apart(site: Site, new_page: OpenPage) -> None:
    """Some screen readers put together what they find: “2025 report on Barnet” is not read as “2025report”."""
    said = run_on(new_page().open(site.url("/regions/london/")))
    for words in ("64%, London borough", "2025 report on Barnet", "8, England 47", "Workforce 8 paragraphs"):
        assert words in said, words


def test_a_screen_reader_is_given_what_the_statement_says(site: Site, new_page: OpenPage, root: Path) -> None:
    """The lines in the accessibility statement are heard on the pages that they are of, in this order."""
    statement = (root / "docs/about/accessibility.md").read_text("utf-8")
    told = re.findall(r"^```text\n(.*?)^```$", statement, re.MULTILINE | re.DOTALL)
    watched = new_page()
    for address, lines in zip(("/", "/authorities/kent/", "/search/?q=interpretation"), told, strict=True):
        page = watched.open(site.url(address))
        if "?q=" in address:
            page.locator(".hit").first.wait_for()
            page.locator("#search-facets summary").first.wait_for()  # filters come after what was found
        said = heard(page)
        assert missing(said, lines.splitlines()) == [], address
        assert missing(said, [*reversed(lines.splitlines())]) != [], address
