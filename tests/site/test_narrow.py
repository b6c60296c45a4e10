"""Lists and tables on narrow screens: no word is broken, and rows of one list look alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.helpers.patience import painted

if TYPE_CHECKING:
    from tests.site.conftest import OpenPage, Site

BROKEN = """() => {
  const unseen = (it) =>
    it && (!it.checkVisibility() || getComputedStyle(it).clipPath !== "none" || unseen(it.parentElement))
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT)
  const found = []
  for (let text; (text = texts.nextNode()); ) {
    if (unseen(text.parentElement)) continue
    for (const { 0: word, index } of text.textContent.matchAll(/[\\p{L}\\p{N}]+/gu)) {
      const range = document.createRange()
      range.setStart(text, index)
      range.setEnd(text, index + word.length)
      if (new Set([...range.getClientRects()].map((it) => Math.round(it.top))).size > 1) found.push(word)
    }
  }
  return found
}"""
"""Words that stand in two lines, but for what is only heard."""
SPACED = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
    " p { margin-bottom: 2em !important }"
)
"""Text as a reader may space it out (WCAG 1.4.12)."""


@pytest.mark.parametrize(
    "address", ["/", "/authorities/camden/", "/reports/camden-2025-02/", "/statements/", "/statements/equity/"]
)
def test_no_word_is_broken_at_320_pixels(site: Site, new_page: OpenPage, address: str) -> None:
    """On the narrowest phone every word stands in one line, also where the reader spaces the text out."""
    page = new_page(320, 640).open(site.url(address))
    painted(page)
    assert page.evaluate(BROKEN) == []
    page.add_style_tag(content=SPACED)
    painted(page)
    assert page.evaluate(BROKEN) == []


def test_newest_reports_look_alike_on_a_phone(site: Site, new_page: OpenPage) -> None:
    """Each of the newest reports has its council in a line of its own, with rating and month below."""
    page = new_page(390, 844).open(site.url("/"))
    rows = page.locator(".newest > li").evaluate_all(
        "all => all.map((row) => [...row.children].map((it) => it.getBoundingClientRect()))"
    )
    assert len(rows) > 3
    for name, rating, month in rows:
        assert name["bottom"] <= rating["top"] + 1
        assert rating["top"] < month["bottom"]
        assert month["top"] < rating["bottom"]


@pytest.mark.parametrize("address", ["/", "/statements/equity/"])
def test_bars_are_long_enough_to_compare_at_320_pixels(site: Site, new_page: OpenPage, address: str) -> None:
    """On the narrowest phone the longest bar of a spread takes half of the screen or more, and none runs over."""
    page = new_page(320, 640).open(site.url(address))
    bars = page.locator(":is(.counted, .ratings) svg.bar rect").evaluate_all(
        "all => all.map((it) => it.getBoundingClientRect()).map(({ width, right }) => ({ width, right }))"
    )
    assert len(bars) == 4
    assert max(bar["width"] for bar in bars) > 160
    assert all(bar["right"] <= 320 for bar in bars)


def test_numbers_of_statements_stand_below_each_other(site: Site, new_page: OpenPage) -> None:
    """In the list of quality statements each score stands in one column, those of one statement in one line."""
    page = new_page(1280).open(site.url("/statements/"))
    columns = page.locator(".statements > li").evaluate_all(
        """all => all.map((row) =>
          [...row.querySelectorAll(".score")].map((it) => Math.round(it.getBoundingClientRect().x)))"""
    )
    lines = page.locator(".statements .counts").evaluate_all(
        """all => all.map((row) =>
          new Set([...row.querySelectorAll(".score")].map((it) => Math.round(it.getBoundingClientRect().y))).size)"""
    )
    assert set(lines) == {1}
    assert len(columns) == 9
    assert len(columns[0]) == 4
    assert all(row == columns[0] for row in columns)
