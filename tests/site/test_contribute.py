"""The ways from the built site to the project: from each passage, each missing text, and the pages on contributing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.helpers.built_site import BuiltSite

if TYPE_CHECKING:
    from tests.site.conftest import AxeInAllViews, OpenPage, Site

PROJECT = "https://github.com/anytown/explorer"
TEXT = "/reports/camden-2025-02/equity/"
THEME = "/themes/co-production/"


@pytest.fixture(scope="module")
def built(sub_site: Site) -> BuiltSite:
    """The site that knows its project."""
    return BuiltSite(sub_site.directory, sub_site.built_for)


def fields(address: str) -> dict[str, str]:
    """What an address of the project's form fills in."""
    parts = urlsplit(address)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{PROJECT}/issues/new"
    return {key: values[0] for key, values in parse_qs(parts.query, strict_parsing=True).items()}


def test_every_passage_can_be_reported(built: BuiltSite) -> None:
    """Wherever a passage stands whole, on any page, one link leads to a form that names just that passage."""
    passages = 0
    for address in built.pages:
        for node in built.nodes(address, "article.passage"):
            (link,) = node.css("a.problem")
            (place,) = node.css("a.permalink")
            assert fields(link.attributes["href"] or "")["passage"] == place.attributes["data-id"], address
            passages += 1
    assert passages > 200


def test_a_site_that_knows_no_project_leads_nowhere(built_site: Path) -> None:
    """Built without REPO_URL, no page leads to a form: sections lead to the guide, and guides say so first."""
    real = BuiltSite(built_site)
    assert {
        real.resolve(address, href) for address in real.pages for href in real.attributes(address, "a.problem", "href")
    } == {("/contribute/", "report-a-mistake")}
    assert not any(real.nodes(address, ".contact") for address in real.pages)
    assert not any("/issues/new" in href for address in real.pages for href in real.attributes(address, "a", "href"))
    for address in ("/contribute/form/", "/contribute/web-editor/"):
        assert real.texts(address, ".notice:first-child") == [
            "You cannot do this from here. This copy of the site does not know the address of its project, so it "
            "cannot open the form or the editor for you. You can add to this copy itself, with the command line."
        ]
        assert not real.nodes(address, ".opens")


@pytest.mark.parametrize(
    "address",
    ["/contribute/", "/contribute/form/", "/contribute/web-editor/", "/about/easy-read/", "/about/accessibility/"],
)
def test_one_way_needs_no_account(built: BuiltSite, address: str) -> None:
    """Where the publisher gave an address to write to, the guides name it."""
    assert built.attributes(address, ".contact a", "href") == ["mailto:evidence@example.org"]


def test_pages_on_contributing_open_what_they_explain(built: BuiltSite) -> None:
    """The page on the form opens the form; the page on the editor opens the folder of reports."""
    assert built.attributes("/contribute/form/", ".opens a", "href") == [
        f"{PROJECT}/issues/new?template=add-a-report.yml"
    ]
    assert built.attributes("/contribute/web-editor/", ".opens a", "href") == [f"{PROJECT}/new/main/data/reports"]


def test_missing_texts_lead_to_the_editor(built: BuiltSite) -> None:
    """Each missing text of a report leads to the editor, on the report's page and its authority's."""
    for address, where in (
        ("/reports/camden-2025-02/", "details.missing-texts a"),
        ("/authorities/camden/", "details.missing-texts a"),
    ):
        links = [href for href in built.attributes(address, where, "href") if "/new/main" in href]
        names = [parse_qs(urlsplit(href).query)["filename"][0] for href in links]
        assert len(names) == 8, address
        assert all(name.startswith("data/reports/camden-2025-02/") and name.endswith(".txt") for name in names)


@pytest.mark.parametrize("address", [TEXT, THEME])
def test_the_script_adds_words_and_page(sub_site: Site, new_page: OpenPage, address: str) -> None:
    """When the link is reached, by keyboard too, the form also gets the passage's first words and its page."""
    watched = new_page()
    page = watched.open(sub_site.url(address))
    article = page.locator("article.passage").first
    article.locator("a.problem").focus()
    found = fields(article.locator("a.problem").get_attribute("href") or "")
    words = " ".join(article.locator("p, li").first.inner_text().split())
    assert words.startswith(found["words"].removesuffix(" …"))
    assert 20 < len(found["words"]) <= 102
    assert found["page"] == article.locator("a.permalink").evaluate("it => it.href")
    assert found["page"].endswith(found["passage"].replace("/p-", "/#p-"))
    assert not watched.failures


@pytest.mark.parametrize("address", [TEXT, THEME])
def test_links_to_report_a_problem_are_told_apart(sub_site: Site, new_page: OpenPage, address: str) -> None:
    """Whoever hears only the links hears which paragraph each is about, by the words of the link to it."""
    page = new_page().open(sub_site.url(address))
    places = [f"Report a problem, p{each[1:]}" for each in page.locator(".passage .permalink").all_text_contents()]
    links = page.locator(".passage a.problem")
    expect(links).to_have_text(places)
    assert len(set(places)) == len(places) > 3


def test_compared_paragraphs_are_told_apart_by_name(sub_site: Site, new_page: OpenPage) -> None:
    """Side by side, each link to a paragraph or its form says which, of which council, on which quality statement."""
    page = new_page().open(sub_site.url("/compare/?authorities=camden,westminster&theme=interpretation"))
    for links in (page.locator(".compare-grid a.permalink"), page.locator(".compare-grid a.problem")):
        links.first.wait_for()
        names = links.all_text_contents()
        assert len(set(names)) == len(names) > 5
        assert all(name.endswith(": Equity in experience and outcomes") for name in names)
        assert {name.split(", ")[-1].split(":")[0] for name in names} == {"Camden", "Westminster"}


@pytest.mark.parametrize("address", [TEXT, THEME])
def test_the_link_works_without_scripts(sub_site: Site, new_page: OpenPage, address: str) -> None:
    """With scripts off the link is there and names the passage, on its text's page with its words."""
    page = new_page(java_script_enabled=False).open(sub_site.url(address))
    link = page.locator("article.passage a.problem").first
    assert link.is_visible()
    found = fields(link.get_attribute("href") or "")
    assert set(found) == {"template", "passage"} | ({"words"} if address == TEXT else set())


def test_compared_passages_can_be_reported(sub_site: Site, new_page: OpenPage) -> None:
    """On the comparison page, which scripts fill, each passage has the same link."""
    watched = new_page()
    page = watched.open(sub_site.url("/compare/?authorities=camden,westminster&theme=co-production"))
    page.locator("article.passage").first.wait_for()
    links = page.locator("article.passage a.problem")
    assert links.count() == page.locator("article.passage").count() > 0
    links.first.focus()
    assert set(fields(links.first.get_attribute("href") or "")) == {"template", "passage", "words", "page"}
    assert not watched.failures


@pytest.mark.parametrize("address", [TEXT, THEME, "/reports/camden-2025-02/", "/authorities/rutland/"])
def test_links_to_the_project_are_accessible(sub_site: Site, axe_in_all_views: AxeInAllViews, address: str) -> None:
    """Axe finds nothing on pages with these links, on a phone and on a laptop."""
    assert axe_in_all_views(sub_site.url(address)) == []
