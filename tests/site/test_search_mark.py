"""A passage's own page, opened from a search: its words are marked, and the page is honest where they are not there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.helpers.built_site import BuiltSite, words

if TYPE_CHECKING:
    from tests.site.conftest import OpenPage, Site

TEXT = "/reports/westminster-2024-11/equity/"
NOTE = ".marked-note"


@pytest.fixture(scope="module")
def passage(built_site: Path) -> tuple[str, str]:
    """Id and first paragraph of a passage that has the word interpretation."""
    for node in BuiltSite(built_site).nodes(TEXT, "article.passage"):
        first = node.css_first("p")
        if first and re.search(r"\binterpretation\b", words(first)):
            return node.attributes["id"] or "", words(first)
    raise AssertionError("no passage has the word")


def marked(page: Page) -> list[str]:
    """The words marked by the search."""
    return page.locator("mark.looked-for").all_inner_texts()


def test_words_are_marked_in_the_passage_only(site: Site, new_page: OpenPage, passage: tuple[str, str]) -> None:
    """Each word of the address is marked wherever it stands in the target passage, whole words, and nowhere else."""
    id, text = passage
    watched = new_page()
    page = watched.open(site.url(f"{TEXT}?mark=interpretation&mark=the#{id}"))
    page.locator(NOTE).wait_for()
    assert page.locator("mark.looked-for").count() == page.locator(f"#{id} mark.looked-for").count()
    found = [mark.lower() for mark in marked(page)]
    assert found == [word.lower() for word in re.findall(r"\b(?:interpretation|the)\b", text, re.IGNORECASE)]
    assert page.locator(f"#{id} > p:not({NOTE})").first.text_content().split() == text.split()  # type: ignore[union-attr]
    assert f"marked here: {len(found)} places" in page.locator(NOTE).inner_text()
    page.get_by_role("link", name="Remove the marks").click()
    page.wait_for_url(site.url(f"{TEXT}#{id}"))
    assert not marked(page)
    assert not watched.failures


def test_a_phrase_is_marked_as_one(site: Site, new_page: OpenPage, passage: tuple[str, str]) -> None:
    """Words that stand next to each other are one mark, whatever their quotes, case and white space."""
    id, text = passage
    phrase = " ".join(text.split()[1:4]).upper()
    page = new_page().open(site.url(f"{TEXT}?mark={phrase.replace(' ', '++')}#{id}"))
    page.locator(NOTE).wait_for()
    assert [" ".join(mark.upper().split()) for mark in marked(page)] == [phrase]


def test_words_that_do_not_stand_there_are_not_shown(site: Site, new_page: OpenPage, passage: tuple[str, str]) -> None:
    """Words that are not in the passage are not put into it, whatever they are, and the page says what that means."""
    id, _ = passage
    watched = new_page()
    page = watched.open(site.url(f"{TEXT}?mark=%3Cimg+src%3Dx+onerror%3Dwindow.hit%3D1%3E&mark=zebra&mark=(((#{id}"))
    page.locator(NOTE).wait_for()
    assert "do not stand in this paragraph" in page.locator(NOTE).inner_text()
    assert "zebra" not in page.locator("body").inner_text()
    assert not page.locator("main img").count()
    assert page.evaluate("window.hit") is None
    page = watched.open(site.url(f"{TEXT}?mark=people#p-00000000"))
    page.locator(NOTE).wait_for()
    assert "is not on this page" in page.locator(NOTE).inner_text()
    assert not watched.failures


@pytest.mark.parametrize("old", ["p-00000001", "p-00000002", "p-00000003"])
def test_a_link_to_an_old_id_marks_the_passage_that_has_its_words_now(
    reworded_site: Site, new_page: OpenPage, old: str
) -> None:
    """Whichever of several retired ids a link has, the passage around its anchor is marked, the note in sight."""
    watched = new_page(reduced_motion="reduce")
    page = watched.open(reworded_site.url(f"{TEXT}?mark=the&mark=and#{old}"))
    passage = page.locator("article.passage", has=page.locator(f"#{old}"))
    note = passage.locator(NOTE)
    note.wait_for()
    assert page.locator(NOTE).count() == 1
    assert page.locator("mark.looked-for").count() == passage.locator("mark.looked-for").count() > 0
    assert f"marked here: {len(marked(page))} places" in note.inner_text()
    expect(note).to_be_in_viewport(ratio=1)
    page.get_by_role("link", name="Remove the marks").click()
    page.wait_for_url(reworded_site.url(f"{TEXT}#{old}"))
    assert not watched.failures


def test_a_link_to_words_that_left_the_text_says_so(reworded_site: Site, new_page: OpenPage) -> None:
    """A retired id whose words are in no text has an anchor of its own on the page: there is nothing to mark."""
    page = new_page().open(reworded_site.url(f"{TEXT}?mark=the#p-00000004"))
    page.locator(NOTE).wait_for()
    assert "no longer in the section" in page.locator("#p-00000004").inner_text()
    assert "is not on this page" in page.locator(NOTE).inner_text()
    assert not marked(page)


def test_a_page_opened_plainly_is_left_as_it_is(site: Site, new_page: OpenPage, passage: tuple[str, str]) -> None:
    """Without words, or without a passage, nothing is marked, noted or loaded."""
    id, _ = passage
    watched = new_page()
    for address in (f"{TEXT}#{id}", f"{TEXT}?mark=people", f"{TEXT}?mark=#{id}", f"{TEXT}?mark=people#%E0%A4%A"):
        page = watched.open(site.url(address))
        page.wait_for_load_state("networkidle")
        assert not marked(page)
        assert not page.locator(NOTE).count()
    assert not watched.failures
