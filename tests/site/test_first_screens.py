"""What a page is for stands on its first screen, on a laptop and on a phone, in a font that the test brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pypdfium2 import PdfDocument

from tests.helpers.fonts import font_face

if TYPE_CHECKING:
    from tests.site.conftest import OpenPage, Site

FIRST = {
    "/": (".hero .finder__input", ".hexagon-key li:last-child"),
    "/authorities/kent/": (
        ".verdict .rating",
        ".verdict a[href^=http]",
        "svg.line",
        ".standing",
        ".nine tr:last-child",
    ),
    "/authorities/norfolk/": (".nine tr:last-child",),
    "/authorities/leeds/": ("h2", ".md-content a[href*=cqc]"),
    "/statements/equity/": (".ratings li:last-child", ".front h2 + p"),
    "/statements/learning/": (".ratings li:last-child", ".front h2 + p"),
}
"""Address to what must be in sight before anybody scrolls."""
BEGUN = {"/": (".rated .england", ".finding .passage > header + *")}
"""Address to what a laptop shows the first 100 pixels of, at least."""


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)], ids=["laptop", "phone"])
def test_the_answer_is_in_sight(site: Site, new_page: OpenPage, size: tuple[int, int]) -> None:
    """Nothing of what a page is for is below the first screen, and nothing is wider than it."""
    page = new_page(*size).page
    late = []
    for address, wanted in FIRST.items():
        page.goto(site.url(address))
        page.add_style_tag(content=f"{font_face('arimo')} :root {{ --sans: Brought; --serif: Brought }}")
        page.evaluate("document.fonts.ready")
        for selector in wanted:
            box = page.locator(selector).first.bounding_box()
            if not box or box["y"] + box["height"] > size[1] or box["x"] + box["width"] > size[0]:
                late.append(f"{address} {selector} {box}")
        for selector in BEGUN.get(address, ()) if size[0] > 1000 else ():
            box = page.locator(selector).first.bounding_box()
            if not box or box["y"] + 100 > size[1]:
                late.append(f"{address} {selector} {box}")
    assert late == []


@pytest.mark.parametrize("slug", ["camden", "norfolk", "kent", "york"])
def test_a_council_prints_on_two_sides(site: Site, new_page: OpenPage, slug: str) -> None:
    """A council's page is a paper for a committee: two sides of A4, whatever is folded on the screen."""
    page = new_page().open(site.url(f"/authorities/{slug}/"))
    page.add_style_tag(content=f"{font_face('arimo')} :root {{ --sans: Brought; --serif: Brought }}")
    page.evaluate("document.fonts.ready")

    assert len(PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))) <= 2


def test_five_sections_and_the_pages_of_one(site: Site, new_page: OpenPage) -> None:
    """The header has five sections; on a page of one, its pages stand below, the one shown as current."""
    page = new_page(1280, java_script_enabled=False).open(site.url("/compare/"))

    sections = page.locator("#site-menu a")
    assert sections.all_inner_texts() == ["Search", "Themes", "Councils", "Scores", "About"]
    inside = page.get_by_role("navigation", name="In this section").get_by_role("link")
    assert inside.all_inner_texts() == ["All scores", "Quality statements", "Compare", "Evidence map"]
    current = page.locator(".masthead [aria-current]")
    assert [(it.inner_text(), it.get_attribute("aria-current")) for it in current.all()] == [
        ("Scores", "true"),
        ("Compare", "page"),
    ]
    page.goto(site.url("/authorities/kent/"))
    assert page.locator("#site-menu [aria-current]").inner_text() == "Councils"
    page.goto(site.url("/"))
    assert page.locator(".section-menu").count() == 0
