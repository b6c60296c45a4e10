"""What the search page says of a council, a place, a theme or a statement that is named, and of other pages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.helpers.built_site import BuiltSite
from tests.helpers.search_page import answered, ask, count

if TYPE_CHECKING:
    from tests.site.conftest import OpenPage, Site


def test_other_pages_stand_in_a_group_of_their_own(site: Site, new_page: OpenPage, built_site: Path) -> None:
    """What is named stands first; other pages that are found stand apart, and all links lead on."""
    built = BuiltSite(built_site)
    page = ask(new_page(), site, "?q=camden")
    card = page.get_by_role("region", name="Council: Camden")
    assert re.search(r"Outstanding\s+89%", card.inner_text())
    assert [node.inner_text() for node in card.locator(".named-scores b").all()] == list("334344344")
    page.locator("#search-pages a").first.wait_for()
    local = page.locator("#search-pages a, .named a:not([href*='cqc.org.uk'])")
    links = local.evaluate_all("all => all.map((it) => new URL(it.href).pathname)")
    assert links.count("/authorities/camden/") == 2, "in the card alone: its name, and what is here"
    assert all(built.holds(link) for link in links)


def test_a_council_in_the_words_filters_and_can_be_taken_off(site: Site, new_page: OpenPage) -> None:
    """A council with nothing here brings nothing of others but apart, is said to filter, and can be taken off."""
    page = ask(new_page(), site, "?q=leeds+interpreters")
    assert page.locator("#search-count").inner_text() == "No section of Leeds is here yet"
    assert page.get_by_role("heading", name="From other councils").is_visible()
    assert not page.locator("#search-list .hit").count()
    page.get_by_role("button", name="take this off (Leeds)").click()
    page.wait_for_url(site.url("/search/?q=interpreters"))
    answered(page)
    assert count(page) > 1
    assert not page.locator("#search-near .hit").count() or not page.get_by_role("heading", name="From other").count()


def test_a_report_without_an_address_is_looked_for_in_the_list(site: Site, new_page: OpenPage) -> None:
    """Where no address of the report is known, the link says that it leads to CQC's list; else to the report."""
    for query, label, ends in (
        ("Kirklees", "Look for it among CQC’s reports", "/local-authority-assessment-reports"),
        ("York", "Read the whole report on CQC’s site", "/york-1225"),
    ):
        link = ask(new_page(), site, f"?q={query}").locator(".named a[href*='cqc.org.uk']")
        assert link.inner_text() == label
        assert (link.get_attribute("href") or "").endswith(ends)


def test_what_is_named_without_a_section_is_said_to_have_none(site: Site, new_page: OpenPage) -> None:
    """That no section on a statement, or of a rating's or a region's councils, is here is said once, with its year."""
    page = new_page()
    for query, of in (
        ("quality+statement+8", "on Governance, management and sustainability"),
        ("inadequate", "of a council rated Inadequate"),
        ("yorkshire", "of a council in Yorkshire and The Humber"),
        ("north+east", "of a council in the North East"),
        ("midlands", "of a council in the East Midlands or the West Midlands"),
        ("good+councils+in+yorkshire", "of a council rated Good in Yorkshire and The Humber"),
        ("outstanding+councils+2024", "from 2024 of a council rated Outstanding"),
        ("leeds+vs+bradford", "of Leeds or Bradford"),
    ):
        asked = ask(page, site, f"?q={query}")
        assert asked.locator(".named").is_visible()
        shown = asked.locator("#search-results")  # a moment later those who hear the page are told the same
        expect(shown.get_by_text(f"No section {of} is here yet")).to_have_count(1)
        assert "such a council" not in asked.locator("#search").inner_text()


def test_of_what_a_section_is_here_it_is_not_said_that_none_is(site: Site, new_page: OpenPage) -> None:
    """Where a section of one council or rating is here, and none of another, only the other is said to have none."""
    page = new_page()
    asked = ask(page, site, "?q=leeds+vs+camden+housing")
    assert asked.locator("#search-count").inner_text() == "No paragraph found"
    asked = ask(page, site, "?q=councils+rated+good+or+outstanding+in+2025")
    assert count(asked) == 7
    assert "No section from 2025 of a council rated Good is here yet." in asked.locator(".named").inner_text()


def test_a_themes_box_agrees_with_the_count(site: Site, new_page: OpenPage) -> None:
    """Paragraphs that are about a theme and those that only name it make up the count; a listener is told too."""
    page = ask(new_page(), site, "?q=unpaid+carers")
    told = re.search(
        r"(\d+) paragraphs? from .* about it\. (\d+) more names? it or ha(?:s|ve) your words apart\.",
        page.locator(".named").inner_text(),
    )
    assert told
    assert int(told[1]) + int(told[2]) == count(page)
    page = ask(new_page(), site, "?q=hospital+discharge+delays")
    expect(page.locator(".named")).to_contain_text("No paragraph here is about it yet.")
    expect(page.locator("#finder-status")).to_contain_text(
        "Theme: Hospital discharge. No paragraph here is about it yet."
    )


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("Norwich", "Norwich is in Norfolk, whose council is responsible for adult social care there."),
        ("Cumbria", "the council responsible for adult social care is Cumberland or Westmorland and Furness"),
    ],
)
def test_a_district_is_said_to_be_in_its_county(site: Site, new_page: OpenPage, query: str, said: str) -> None:
    """Who names a district, or a county that was abolished, is told whose adult social care it is."""
    page = ask(new_page(), site, f"?q={query}")
    expect(page.locator(".named")).to_contain_text(said)


def test_a_guide_is_found_by_its_own_text(site: Site, new_page: OpenPage) -> None:
    """Words that stand in a guide alone lead to the section that has them."""
    watched = new_page()
    page = ask(watched, site, "?q=append+redirects.csv")
    page.locator("#search-pages").get_by_role("link", name="CQC changed a section (Contribute)").click()
    page.wait_for_url(site.url("/contribute/#cqc-changed-its-text"))
    assert "data/redirects.csv" in page.locator("article").inner_text()
    expect(page.get_by_role("heading", name="CQC changed a section")).to_be_in_viewport()
    assert watched.failures == []


def test_a_page_that_is_found_is_named_whole_in_large_letters(site: Site, new_page: OpenPage) -> None:
    """In letters twice as large the line of other pages is not cut short on a phone; otherwise it is one line."""
    page = ask(new_page(390), site, "?q=how+themes+are+written")
    line = page.locator("#search-pages > p")
    expect(line).to_contain_text("How themes are written")
    height = "it => it.offsetHeight / parseFloat(getComputedStyle(it).lineHeight)"
    assert round(line.evaluate(height)) == 1
    page.add_style_tag(content="html { font-size: 200% !important }")
    assert round(line.evaluate(height)) > 1
    assert line.evaluate("it => it.scrollWidth <= it.clientWidth")


def test_several_councils_can_be_compared_from_their_cards(site: Site, new_page: OpenPage) -> None:
    """Those with a report; of one alone, or where no other has one, there is nothing to compare."""
    page = new_page()
    asked = ask(page, site, "?q=camden+or+westminster+or+hackney")
    way = asked.get_by_role("link", name="Compare Camden and Westminster")
    expect(way).to_have_attribute("href", re.compile(r"/compare/\?authorities=camden,westminster$"))
    for query in ("camden", "camden+hackney"):
        asked = ask(page, site, f"?q={query}")
        expect(asked.locator(".named")).to_be_visible()
        expect(asked.get_by_role("link", name=re.compile("^Compare "))).to_have_count(0)


def test_a_voice_without_a_paragraph_is_said_to_have_none(site: Site, new_page: OpenPage) -> None:
    """A voice is whose words a paragraph reports, and not what it is about."""
    page = ask(new_page(), site, "?q=unpaid+carers+told+us")
    expect(page.locator(".named")).to_contain_text("No paragraph here has this voice yet.")
