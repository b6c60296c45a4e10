"""The search page as a test asks it and reads it, each thing when it is there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from tests.site.conftest import Site, Watched


SEARCH = "/search/"
PHONE = 390


def ask(watched: Watched, site: Site, query: str) -> Page:
    """Open the page with a query string and wait for its answer."""
    page = watched.open(site.url(f"{SEARCH}{query}"))
    answered(page)
    return page


def answered(page: Page) -> None:
    """Wait until the page shows the answer to what its address asks; what comes after it is waited for by itself."""
    expect(page.locator("#search-count")).not_to_have_text("Paragraphs")
    expect(page.locator("#search-results")).not_to_have_attribute("aria-busy", "true")


def count(page: Page) -> int:
    """How many passages the page says were found."""
    found = re.match(r"([\d,]+) paragraph", page.locator("#search-count").inner_text())
    return int(found[1].replace(",", "")) if found else 0


def addresses(page: Page) -> list[str]:
    """Where the passages in sight are, in order: ``/reports/…/#p-…``."""
    links = page.locator(".hit .permalink").evaluate_all("all => all.map((it) => it.href)")
    return ["/" + link.split("/", 3)[3] for link in links]


def facet(page: Page, name: str) -> Any:
    """A filter, opened, with its choices, which come after the answer."""
    details = page.locator("details.facet").filter(has=page.get_by_text(name, exact=True))
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    details.get_by_role("checkbox", include_hidden=True).first.wait_for(state="attached")
    return details


def numbers(rows: Any) -> list[int]:
    """The numbers beside these values of a filter, which come after its choices and take those with none out."""
    rows.first.wait_for()
    expect(rows.filter(has=rows.page.locator(".number:empty"))).to_have_count(0)
    return [int(text.split()[0].replace(",", "")) for text in rows.locator(".number").all_inner_texts()]


def filters_settled(page: Page) -> None:
    """Wait until every value of the filters that is in sight has its number."""
    values = page.locator("#search-facets li")
    values.first.wait_for(state="attached")
    expect(values.filter(visible=True, has=page.locator(".number:empty"))).to_have_count(0)


def group(page: Page, name: str) -> Any:
    """A group of themes in their filter, opened, with its numbers."""
    details = facet(page, "Theme").locator("details.facet-group").filter(has=page.get_by_text(name, exact=True))
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    details.locator("li:not([hidden]) .number").first.wait_for()
    return details
