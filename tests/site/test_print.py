"""Every kind of page on paper: short, whole, with heads on each page of a table, and nothing to press."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pytest
from playwright.sync_api import Browser

from tests.site.conftest import patient_page

if TYPE_CHECKING:
    from tests.site.conftest import Site

COUNCILS = ("/authorities/norfolk/", "/authorities/camden/")
TABLES = {
    "/scores/": ("Council", "Place in", "Per cent", "Region"),
    "/map/": ("Theme", "Safeguarding", "Governance"),
}
"""Tables of several pages to words of their heads."""
ADDRESSES = [
    *COUNCILS,
    *TABLES,
    "/",
    "/themes/accessibility/",
    "/voices/staff/",
    "/statements/equity/",
    "/regions/london/",
    "/reports/camden-2025-02/",
    "/reports/camden-2025-02/equity/",
    "/compare/?authorities=camden,westminster",
    "/about/methodology/",
]
MOST_BYTES = 1_000_000
PRESSED = re.compile(
    r"Skip to content|Menu\b|Back to top|Copy with reference|Report a problem|Why this label|Why these labels"
    r"|What CQC asks|What people expect|Clear all|Remove\b|\d+ more with score"
)
"""Words of what is there to be pressed: links past the text, buttons, folded parts."""

Printed = Callable[[str], list[str]]


@pytest.fixture(scope="module")
def printed(site: Site, browser: Browser) -> Iterator[Printed]:
    """Prints an address on A4, once, and returns the words of each page, in one line."""
    page = patient_page(browser)

    @cache
    def pages(address: str) -> list[str]:
        page.goto(site.url(address))
        if "compare" in address:
            page.locator(".compare-table td").first.wait_for()
        data = page.pdf(format="A4", prefer_css_page_size=True)
        assert len(data) < MOST_BYTES, f"{address}: {len(data)} bytes"
        with pdfium.PdfDocument(data) as document:
            return [" ".join(sheet.get_textpage().get_text_range().split()) for sheet in document]

    yield pages
    page.close()


@pytest.mark.parametrize("address", COUNCILS)
def test_a_council_is_printed_on_two_sides(printed: Printed, address: str) -> None:
    """One sheet of paper holds a council's page, with all nine scores."""
    pages = printed(address)
    assert len(pages) <= 2
    assert "Learning, improvement and innovation" in pages[0]


@pytest.mark.parametrize("address", TABLES)
def test_heads_of_tables_stand_on_each_page(printed: Printed, site: Site, address: str) -> None:
    """Whichever page a row has come to, what its columns mean stands above it."""
    html = (site.directory / address.strip("/") / "index.html").read_text("utf-8")
    (table,) = re.findall(r'<table class="(?:matrix|map)".*?</table>', html, re.DOTALL)
    rows = re.findall(r'<th scope="row"><a [^>]*>([^<]+)<', table)
    body = [page for page in printed(address) if sum(name in page for name in rows) > 5]
    assert len(body) > 1
    for page in body:
        letters = "".join(page.split())  # where letters are wide a name is parted
        assert [word for word in TABLES[address] if "".join(word.split()) not in letters] == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_paper_has_nothing_to_press(printed: Printed, address: str) -> None:
    """No header, menu, button or folded part is printed, whose page it was and whose words is said at the end."""
    pages = printed(address)
    assert PRESSED.findall(" ".join(pages)) == []
    assert "Open Government Licence" in pages[-1]
    assert f"1 of {len(pages)}" in pages[0]


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("/statements/equity/", r'<li><a href="../../authorities/[^"]+">([^<]+)<'),
        ("/authorities/", r'<li><a href="[^"/]+/">([^<]+)<'),
    ],
)
def test_lists_of_names_are_printed_whole(printed: Printed, site: Site, address: str, names: str) -> None:
    """Councils that a screen shows only when a list is opened are on paper too."""
    html = (site.directory / address.strip("/") / "index.html").read_text("utf-8")
    found = set(re.findall(names, html))
    assert len(found) > 70
    paper = " ".join(printed(address))
    assert {name for name in found if name not in paper} == set()
