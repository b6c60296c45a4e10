"""“Copy with reference” beside each paragraph: on its section's page, and wherever else it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.helpers.projects import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.site.conftest import OpenPage, Site

SECTION = "/reports/westminster-2024-11/equity/"
REFERENCE = (
    "Westminster City Council, CQC local authority assessment, 8 November 2024, "
    "quality statement ‘Equity in experience and outcomes’, score 3, "
)
SOURCE = "CQC’s page: https://www.cqc.org.uk/care-services/local-authority-assessment-reports/westminster-1124"
CREDIT = (
    "© Care Quality Commission. Contains public sector information licensed under the Open Government Licence v3.0."
)


def place(article: Locator) -> str:
    """Which paragraph of its section it is, as its link says it."""
    found = re.search(r"paragraph \d+ of 20", article.locator("a.permalink").inner_text().lower())
    assert found
    return found[0]


@pytest.mark.parametrize("address", [SECTION, "/themes/interpretation/", "/voices/leaders/equity/"])
def test_words_are_copied_with_their_reference(site: Site, new_page: OpenPage, address: str) -> None:
    """One key copies the exact words, whose they are in words, the permanent link, CQC's page and the credit."""
    watched = new_page(permissions=["clipboard-read", "clipboard-write"])
    page = watched.open(site.url(address))
    article = page.locator("article.passage", has=page.locator("a[data-id^=westminster]")).first
    link = article.locator("a.permalink").evaluate("it => it.href")
    reference = f"{REFERENCE}{place(article)}."
    article.get_by_role("button", name="Copy with reference").press("Enter")
    page.get_by_text("Copied, with its reference.").wait_for(state="attached")
    words, _, rest = page.evaluate("navigator.clipboard.readText()").partition("”\n\n")
    assert rest == f"{reference}\n{link}\n{SOURCE}\n{CREDIT}\n"
    published = (ROOT / "data/reports/westminster-2024-11/equity.txt").read_text("utf-8")
    assert f"\n{words.removeprefix('“')}\n" in published
    assert not watched.failures


def test_compared_words_are_copied_too(site: Site, new_page: OpenPage) -> None:
    """Where scripts put paragraphs side by side, each is copied with the reference of its own council."""
    watched = new_page(permissions=["clipboard-read", "clipboard-write"])
    page = watched.open(site.url("/compare/?authorities=camden,westminster&theme=interpretation"))
    article = page.get_by_role("region", name="Westminster", exact=True).locator("article.passage").last
    article.get_by_role("button", name="Copy with reference").press("Enter")
    page.get_by_text("Copied, with its reference.").wait_for(state="attached")
    copied = page.evaluate("navigator.clipboard.readText()")
    link = article.locator("a.permalink").evaluate("it => it.href")
    assert f"”\n\n{REFERENCE}{place(article)}.\n{link}\n{SOURCE}\n{CREDIT}" in copied
    assert page.locator(".compare-grid .copy").count() == page.locator(".compare-grid article").count()
    assert not watched.failures


def test_words_are_copied_though_their_section_does_not_come(site: Site, new_page: OpenPage) -> None:
    """Where CQC's address cannot be asked for, the words are copied without it, by hand if the browser refuses."""
    watched = new_page(permissions=["clipboard-read", "clipboard-write"])
    page = watched.open(site.url("/statements/equity/"))
    page.route("**/reports/**", lambda route: route.abort())
    button = page.locator("button.copy").first
    button.press("Enter")
    page.get_by_text("Copied, with its reference.").wait_for(state="attached")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(f"{CREDIT}\n")
    assert "CQC’s page" not in copied
    page.evaluate("void (navigator.clipboard.write = () => Promise.reject(new Error('refused')))")
    button.press("Enter")
    field = page.get_by_role("textbox", name="Paragraph and reference, to copy by hand")
    field.wait_for()
    assert field.input_value() == copied


def test_every_paragraph_can_be_copied(site: Site, new_page: OpenPage) -> None:
    """Each paragraph of a section has the button; without scripts there is none that would do nothing."""
    page = new_page().open(site.url(SECTION))
    page.locator("article.passage .copy").first.wait_for()
    assert page.locator("article.passage .copy").count() == page.locator("article.passage").count() == 20
    assert new_page(java_script_enabled=False).open(site.url(SECTION)).locator(".copy").count() == 0


def test_a_phone_shows_the_answer_first(site: Site, new_page: OpenPage) -> None:
    """Before anybody scrolls, a section shows score, first paragraph and its button; a theme its first paragraph."""
    for width, height in ((1440, 900), (390, 844)):
        for address in (SECTION, "/themes/interpretation/"):
            page = new_page(width, height, has_touch=width < 400, is_mobile=width < 400).open(site.url(address))
            for what in ("article.passage .copy", "article.passage > p"):
                page.locator(what).first.wait_for()
                assert page.locator(what).first.evaluate("it => it.getBoundingClientRect().top") < height, (what, width)
