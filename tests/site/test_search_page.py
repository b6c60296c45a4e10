"""The search page as readers use it: words, filters, address, references, files, phone, paper, no scripts."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.helpers.axe import run_axe
from tests.helpers.built_site import BuiltSite, first, words

if TYPE_CHECKING:
    from tests.site.conftest import OpenPage, Site, Watched

SEARCH = "/search/"
SUFFIX = " - Care Evidence Explorer"
PHONE = 390


@pytest.fixture(scope="module")
def texts(built_site: Path) -> dict[str, str]:
    """Address of each passage to its words, as the text pages have them."""
    built = BuiltSite(built_site)
    return {
        f"{address}#{node.attributes['id']}": " ".join(words(part) for part in node.css("p, li") if is_published(part))
        for address in built.pages
        if re.fullmatch(r"/reports/[^/]+/[^/]+/", address)
        for node in built.nodes(address, "article.passage")
    }


def is_published(node: Any) -> bool:
    """Whether a paragraph or item of a passage is CQC's, not ours."""
    inside = node.parent
    while inside.tag != "article":
        if inside.tag == "footer":
            return False
        inside = inside.parent
    return "correction" not in (node.attributes.get("class") or "")


def ask(watched: Watched, site: Site, query: str) -> Page:
    """Open the page with a query string and wait for its answer."""
    page = watched.open(site.url(f"{SEARCH}{query}"))
    answered(page)
    return page


def answered(page: Page) -> None:
    """Wait until the page shows the answer to what its address asks, the numbers of the filters included."""
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
    """The numbers beside these values of a filter, which come after its choices."""
    rows.first.wait_for()
    for row in rows.all():
        expect(row.locator(".number")).to_have_text(re.compile(r"^[\d,]+ paragraphs?$"))
    return [int(text.split()[0].replace(",", "")) for text in rows.locator(".number").all_inner_texts()]


def group(page: Page, name: str) -> Any:
    """A group of themes in their filter, opened, with its numbers."""
    details = facet(page, "Theme").locator("details.facet-group").filter(has=page.get_by_text(name, exact=True))
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    details.locator("li:not([hidden]) .number").first.wait_for()
    return details


def test_finds_passages_with_their_words_marked(site: Site, new_page: OpenPage, texts: dict[str, str]) -> None:
    """A word is found in both reports, in every passage that has it, marked, each word of the passage as published."""
    watched = new_page()
    page = ask(watched, site, "?q=interpretation&related=no")
    found = addresses(page)
    with_word = {address for address, text in texts.items() if re.search(r"\binterpretation\b", text, re.IGNORECASE)}
    assert with_word <= set(found)
    assert {address.split("/")[2] for address in found} == {"camden-2025-02", "westminster-2024-11"}
    for address, hit in zip(found, page.locator(".hit").all(), strict=True):
        shown = hit.locator(":scope > p:not(.where, .hit-heading), :scope > ul > li").all_text_contents()
        assert " ".join(" ".join(shown).split()) == texts[address]
    marks = page.locator(".hit mark").all_inner_texts()
    assert {mark.lower() for mark in marks} >= {"interpretation"}
    assert all(mark.lower().startswith("interpret") for mark in marks)
    assert not watched.failures


def test_a_passage_stands_with_its_reference(site: Site, new_page: OpenPage, built_site: Path) -> None:
    """Each passage has authority, statement, heading, score with its label, date, themes, voices, and its place."""
    built = BuiltSite(built_site)
    page = ask(new_page(), site, "?q=interpretation&score=4")
    hit = page.locator(".hit").first
    title = hit.locator(".hit-title")
    assert re.match(r"Camden: Equity in experience and outcomes", title.inner_text())
    assert re.fullmatch(r"4\s+Evidence shows an exceptional standard", hit.locator(".score").inner_text())
    assert re.search(r"Published .*2025", hit.locator(".where").inner_text())
    address = addresses(page)[0]
    target, _, anchor = address.partition("#")
    article = built.nodes(target, f"#{anchor}")[0]
    chips = hit.locator(".chips a").evaluate_all("all => all.map((it) => [it.textContent, new URL(it.href).pathname])")
    assert [text for text, _ in chips] == [words(node) for node in article.css(".earned dt a")]
    assert all(built.holds(path) for _, path in chips)
    number = words(first(article, ".permalink")).partition(" ")[2]
    assert hit.locator(".permalink").text_content() == f"Camden, Paragraph {number}"
    assert page.locator("[aria-live], [role=status], [role=alert]").count() == 1


def test_counts_say_of_what_and_are_told_once(site: Site, new_page: OpenPage, texts: dict[str, str]) -> None:
    """The count names passages, authorities, and how small the collection is; it is announced once."""
    page = ask(new_page(), site, "?q=interpretation")
    said = page.locator("#search-count").inner_text()
    assert re.fullmatch(r"\d+ paragraphs, from 2 of the 2 councils with sections here \(of 153\)", said)
    reports = len({address.split("#")[0] for address in texts})
    assert (
        f"{len(texts)} paragraphs of {reports} report sections can be searched so far."
        in page.locator(".search").inner_text()
    )
    expect(page.locator("#finder-status")).not_to_be_empty()  # said after a pause, which is long on a busy machine
    page.evaluate(
        """() => {
          window.heard = []
          const status = document.getElementById("finder-status")
          new MutationObserver(() => status.textContent && window.heard.push(status.textContent))
            .observe(status, { childList: true, characterData: true, subtree: true })
        }"""
    )
    box = facet(page, "Score")
    # Both before the search can answer: on a busy machine it might between two clicks, and say so each time.
    box.evaluate(
        """box => {
          const boxes = [...box.querySelectorAll("[type=checkbox]")]
          for (const each of [boxes[0], boxes[boxes.length - 1]]) each.click()
        }"""
    )
    answered(page)
    expect(page.locator("#finder-status")).not_to_be_empty()
    heard = page.evaluate("window.heard")
    assert len(heard) == 1
    assert page.locator("#search-count").inner_text() in heard[0]


def test_address_title_and_back_follow_each_choice(site: Site, new_page: OpenPage) -> None:
    """Words, filters, order and groups are in the address and the title; Back undoes them, Forward does them again."""
    watched = new_page()
    page = ask(watched, site, "")
    everything = count(page)
    box = page.get_by_label("Words to look for")
    box.fill("people")
    box.press("Enter")
    page.wait_for_url(site.url("/search/?q=people"))
    answered(page)
    some = count(page)
    assert 0 < some < everything
    assert page.title() == f"people - Search the evidence{SUFFIX}"
    facet(page, "Score").get_by_role("checkbox", name=re.compile("^4")).check()
    page.wait_for_url(site.url("/search/?q=people&score=4"))
    answered(page)
    fewer = count(page)
    page.select_option("#search-sort", "authority")
    page.select_option("#search-group", "report")
    page.wait_for_url(site.url("/search/?q=people&score=4&sort=authority&group=report"))
    answered(page)
    assert page.locator(".hit-group").count() == 1
    assert page.locator(".hit-title").first.evaluate("it => it.tagName") == "H4"
    page.go_back()
    page.go_back()
    expect(page.locator("#search-count")).to_have_text(re.compile(f"^{fewer} paragraphs?"))
    assert page.locator("#search-sort").input_value() == "relevance"
    page.go_back()
    expect(page.locator("#search-count")).to_have_text(re.compile(f"^{some} paragraphs"))
    assert not facet(page, "Score").get_by_role("checkbox", name=re.compile("^4")).is_checked()
    page.go_back()
    expect(page.locator("#search-count")).to_have_text(re.compile(f"^{everything} paragraphs"))
    assert box.input_value() == ""
    assert page.title() == f"Search the evidence{SUFFIX}"
    page.go_forward()
    expect(page.locator("#search-count")).to_have_text(re.compile(f"^{some} paragraphs"))
    assert box.input_value() == "people"
    assert not watched.failures


def test_numbers_beside_the_filters_are_what_they_leave(site: Site, new_page: OpenPage) -> None:
    """Each value's number is how many passages it leaves; values of one filter are OR, filters are AND."""
    page = ask(new_page(), site, "?q=people")
    voices = facet(page, "Voice").locator("li:not([hidden])")
    first, second = numbers(voices)[:2]
    voices.first.get_by_role("checkbox").check()
    expect(page.locator("#search-count")).to_have_text(re.compile(rf"^{first} paragraphs?,"))
    expect(page.locator("#search-show-results")).to_have_text(re.compile(rf"^Show {first} paragraphs?$"))
    scores = facet(page, "Score").locator("li:not([hidden])")
    assert sum(numbers(scores)) == first
    voices.nth(1).get_by_role("checkbox").check()
    expect(page.locator("#search-chosen li").nth(2)).to_be_attached()
    answered(page)
    either = count(page)
    assert first <= either <= first + second
    scores.first.get_by_role("checkbox").check()
    expect(page.locator("#search-chosen li").nth(3)).to_be_attached()
    answered(page)
    assert count(page) <= either


def test_score_4_leaves_camden(site: Site, new_page: OpenPage) -> None:
    """Filtered by score 4, only Camden's passages stay, and every badge says 4."""
    page = ask(new_page(), site, "?q=interpretation&score=4")
    assert {address.split("/")[2] for address in addresses(page)} == {"camden-2025-02"}
    assert set(page.locator(".hit .score b").all_inner_texts()) == {"4"}


def test_a_theme_can_be_left_out(site: Site, new_page: OpenPage) -> None:
    """Theme and its opposite part all passages between them; one takes the place of the other, as a removable tag."""
    page = ask(new_page(), site, "")
    everything = count(page)
    row = group(page, "Access and communication").locator("li:not([hidden])").first
    label = row.locator("label span").first.evaluate("it => it.firstChild.textContent")
    row.get_by_role("checkbox").check()
    expect(page.locator("#search-count")).not_to_have_text(re.compile(f"^{everything} "))
    with_theme = count(page)
    leave_out = row.get_by_role("button", name=re.compile("^Not"))
    assert leave_out.get_attribute("aria-pressed") == "false"
    leave_out.click()
    expect(page.locator("#search-count")).to_have_text(re.compile(f"^{everything - with_theme} "))
    assert leave_out.get_attribute("aria-pressed") == "true"
    assert not row.get_by_role("checkbox").is_checked()
    assert "not-theme=" in page.url
    tags = page.locator("#search-chosen button")
    assert tags.count() == 1
    assert (tags.first.text_content() or "").startswith(f"Remove Not theme: {label}")


def test_chosen_filters_are_removed_one_by_one_or_all(site: Site, new_page: OpenPage) -> None:
    """Each filter is a button that removes it; the focus goes to the next one, then to the heading of the results."""
    page = ask(new_page(), site, "?voice=staff&score=4&year=2025")
    tags = page.locator("#search-chosen button")
    assert tags.count() == 4  # the last one clears all
    assert (tags.first.text_content() or "").startswith("Remove Voice: Staff")
    tags.first.press("Enter")
    page.wait_for_url(site.url("/search/?score=4&year=2025"))
    expect(tags).to_have_count(3)
    assert page.evaluate("document.activeElement.closest('#search-chosen') !== null")
    page.get_by_role("button", name="Clear all filters").press("Enter")
    page.wait_for_url(site.url("/search/"))
    expect(tags).to_have_count(0)
    assert page.evaluate("document.activeElement.id") == "search-count"


def test_values_that_the_collection_does_not_have_change_nothing(site: Site, new_page: OpenPage) -> None:
    """Unknown values of an address are named as such, can be removed, and do not stand in the way of results."""
    watched = new_page()
    page = ask(watched, site, "?q=people&theme=no-such-theme&score=9&sort=sideways&group=5&voice=%3Cb%3E&shown=x")
    plain = ask(new_page(), site, "?q=people")
    assert count(page) == count(plain) > 0
    tags = page.locator("#search-chosen button")
    assert "Theme: no-such-theme (there is none)" in tags.first.inner_text()
    assert "<b>" not in page.locator("#search-chosen").inner_text()
    page.get_by_role("button", name="Clear all filters").click()
    page.wait_for_url(re.compile(r"\?q=people$"))
    assert not watched.failures


def test_more_results_keep_place_and_focus(site: Site, new_page: OpenPage) -> None:
    """More results come after those in sight, the focus is on the first new one, and Back from it finds all again."""
    page = ask(new_page(), site, "")
    whole = count(page)
    before = addresses(page)
    assert len(before) == 10
    page.get_by_role("button", name="Show 10 more").press("Enter")
    expect(page.locator(".hit")).to_have_count(20)
    assert addresses(page)[:10] == before
    assert page.evaluate("[...document.querySelectorAll('.hit')].indexOf(document.activeElement.closest('.hit'))") == 10
    assert page.url == site.url("/search/?shown=20")
    page.click("#search-more-button")
    expect(page.locator(".hit")).to_have_count(whole)
    assert not page.locator("#search-more").is_visible()
    everything = addresses(page)
    assert len(set(everything)) == whole
    top = page.evaluate("scrollY")
    assert top > 0
    page.locator(".hit-title a").nth(15).click()
    page.wait_for_url("**/reports/**")
    page.go_back()
    expect(page.locator(".hit")).to_have_count(whole)
    assert addresses(page) == everything
    page.wait_for_function("scrollY > 0")


def test_groups_go_on_with_more_results(site: Site, new_page: OpenPage) -> None:
    """Grouped by authority, a group that goes on in the next results is not begun again."""
    page = ask(new_page(), site, "?group=authority")
    while page.locator("#search-more").is_visible():
        shown = page.locator(".hit").count()
        page.locator("#search-more-button").click()
        expect(page.locator(".hit").nth(shown)).to_be_attached()
    heads = page.locator(".hit-group")
    assert heads.locator("a").all_inner_texts() == ["Camden", "Westminster"] or heads.count() == 2
    for section in page.locator("#search-list > div").all():
        number = int(re.search(r"(\d+) paragraphs?", section.locator(".hit-group").inner_text())[1])  # type: ignore[index]
        assert section.locator(".hit").count() == number


def test_a_misspelt_word_brings_a_suggestion(site: Site, new_page: OpenPage) -> None:
    """A suggestion is offered, never taken silently; one action asks for it, and the focus is not lost."""
    page = ask(new_page(), site, "?q=langauge")
    assert page.locator("#finder-words").input_value() == "langauge"
    link = page.locator(".did-you-mean a")
    suggested = link.inner_text()
    assert suggested == "language"
    link.press("Enter")
    page.wait_for_url(site.url(f"/search/?q={suggested}"))
    answered(page)
    assert count(page) > 0
    assert page.locator("#finder-words").input_value() == suggested
    assert page.evaluate("document.activeElement !== document.body")


def test_a_word_in_no_passage_gets_no_suggestion_that_finds_nothing(site: Site, new_page: OpenPage) -> None:
    """Words that only themes' names have are not suggested: no passage has them."""
    page = ask(new_page(), site, "?q=delay&related=no")
    assert page.locator("#search-count").inner_text() == "No paragraph found"
    assert not page.locator(".did-you-mean").count()


def test_an_authority_without_text_leaves_nothing(site: Site, new_page: OpenPage) -> None:
    """A known authority that has no text in the collection is a filter like any other."""
    page = ask(new_page(), site, "?authority=leeds")
    assert page.locator("#search-count").inner_text() == "No paragraph found"
    expect(page.locator("#search-chosen button").first).to_contain_text("Council: Leeds")


def test_what_is_left_out_is_said_to_be(site: Site, new_page: OpenPage) -> None:
    """Where nothing is found, a word that was left out is told with the passages that have it."""
    page = ask(new_page(), site, "?q=zebra+-people")
    line = page.locator("#search-understood").inner_text()
    assert re.search(r"“people”, which is left out, is in \d+ paragraphs", line)


def test_filters_come_when_the_window_grows(site: Site, new_page: OpenPage) -> None:
    """Filters that come into sight with a wider window have their values and numbers."""
    page = ask(new_page(PHONE), site, "?q=people")
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(facet(page, "Score").get_by_role("checkbox").first).to_be_visible()


def test_related_words_are_listed_and_can_be_left_out(site: Site, new_page: OpenPage) -> None:
    """BSL finds British Sign Language, the page says so, and one control leaves related words out and takes them in."""
    page = ask(new_page(), site, "?q=BSL")
    assert "british sign language" in page.locator("#search-understood").inner_text().lower()
    with_related = count(page)
    assert with_related > 0
    page.get_by_role("button", name="Only my own words").press("Enter")
    page.wait_for_url(site.url("/search/?q=BSL&related=no"))
    again = page.get_by_role("button", name="Look for themes and abbreviations too")
    again.wait_for()
    assert count(page) <= with_related
    assert page.evaluate("document.activeElement.id") == "search-count"
    again.click()
    expect(page.locator("#search-count")).to_have_text(re.compile(f"^{with_related} "))


def test_the_query_language_does_what_the_page_says(site: Site, new_page: OpenPage, texts: dict[str, str]) -> None:
    """Phrases, exclusions, alternatives, beginnings of words, and words that lunr alone could not find."""

    def number(pattern: str) -> int:
        return sum(1 for text in texts.values() if re.search(pattern, text, re.IGNORECASE))

    watched = new_page()
    for query, least in {
        '"sign language"': number(r"\bsign language"),
        "talking mat*": number(r"talking mat"),
        "pathway": number(r"\bpathways?\b"),
        "delay": number(r"\bdelay(s|ed|ing)?\b"),
    }.items():
        page = ask(watched, site, f"?related=no&q={quote(query)}")
        assert count(page) >= least, query
    carers = ask(watched, site, "?related=no&q=carers")
    all_carers = count(carers)
    without = ask(watched, site, f"?related=no&q={quote('carers -unpaid')}")
    assert 0 < count(without) < all_carers
    assert not any("unpaid" in texts[address].lower() for address in addresses(without))


def test_any_of_the_words_is_said_to_be_so(site: Site, new_page: OpenPage) -> None:
    """Where no passage has all words, passages with any are shown, and the page and its live region say so."""
    page = ask(new_page(), site, "?related=no&q=interpretation+zebra")
    assert count(page) > 0
    said = "No paragraph has all of these words, so those with any of them are shown."
    assert said in page.locator("#search-understood").inner_text()
    assert "“zebra” is in no paragraph" in page.locator("#search-understood").inner_text()
    expect(page.locator("#finder-status")).to_contain_text("those with any are shown")


def test_nothing_found_says_what_to_change(site: Site, new_page: OpenPage) -> None:
    """Without results each word or filter that stands in the way can be removed, with how many passages come then."""
    page = ask(new_page(), site, "?q=interpretation&score=1")
    tags = page.locator("#search-chosen button")
    assert page.locator("#search-count").inner_text() == "No paragraph found" or tags.count() == 1
    page = ask(new_page(), site, "?q=%22interpretation+people%22+zebra&score=4")
    assert page.locator("#search-count").inner_text() == "No paragraph found"
    assert page.get_by_role("main").get_by_role("link", name="Themes", exact=True).first.is_visible()
    page = ask(new_page(), site, "?q=westminster&authority=camden&score=4")
    if not count(page):
        button = page.locator(".advice button").first
        left = int(re.search(r"(\d+) paragraphs?$", button.inner_text())[1])  # type: ignore[index]
        button.press("Enter")
        expect(page.locator("#search-count")).to_have_text(re.compile(f"^{left} paragraphs?"))
        assert page.evaluate("document.activeElement.id") == "search-count"


def test_a_quotation_that_is_nearly_there_says_what_differs(
    site: Site, new_page: OpenPage, texts: dict[str, str]
) -> None:
    """The nearest paragraph stands with the words that were typed and those that stand there, for eye and ear."""
    address, text = next((address, text) for address, text in texts.items() if re.match(r"(\w+ ){8}", text))
    own = text.split(" ")[:8]
    page = ask(new_page(), site, f"?q={quote(chr(34) + ' '.join([*own[:3], 'zebra', *own[4:]]) + chr(34))}")
    assert page.locator("#search-count").inner_text() == "No paragraph found"
    near = page.locator("#search-near")
    assert near.locator(".permalink").first.get_attribute("href") == site.url(address)
    said = f"What differs: {' '.join(own[:3])} you typed zebra, the text says {own[3]}, {' '.join(own[4:])}"
    assert near.locator(".differs").first.text_content() == said
    assert near.locator(".differs").first.locator("del, ins").count() == 2


HOSTILE = [
    "<script>window.hit = 1</script>",
    "<img src=x onerror=window.hit=1>",
    '"><svg onload=window.hit=1>',
    "javascript:window.hit=1",
    "${window.hit=1} {{window.hit=1}}",
    "score:<b>9</b> authority:../../etc field:x:y:z",
    '"unclosed (((( )) OR OR -- -',
    "* ** -* ~ ^ + +++ :",
    "\u202eevil \u0000 \ud83d\ude00 \u0301\u0301",
    "constructor __proto__ toString hasOwnProperty",
    "a" * 3000,
    "the and of",
    "-everything",
]


def test_hostile_words_do_nothing(site: Site, new_page: OpenPage) -> None:
    """No query makes markup, runs a script, breaks the page or leaves it without an answer."""
    watched = new_page()
    page = ask(watched, site, "")
    box = page.locator("#finder-words")
    for query in HOSTILE:
        box.fill(query.replace("\u0000", ""))
        box.press("Enter")
        answered(page)
        assert page.evaluate("window.hit") is None, query
        assert "did not work" not in page.locator("#search-count").inner_text(), query
        assert not page.locator("#search script, #search img, #search svg, #search b:not(.score b)").count(), query
    page = ask(watched, site, f"?q={quote(HOSTILE[1])}&theme={quote(HOSTILE[1])}&theme=__proto__&voice=constructor&%zz")
    assert page.evaluate("window.hit") is None
    assert not watched.failures


def test_neighbours_come_on_demand(site: Site, new_page: OpenPage, texts: dict[str, str]) -> None:
    """The passages before and after are shown when asked for, word by word, and the first and last say so."""
    page = ask(new_page(), site, "?q=interpretation")
    order = list(texts)
    for address, hit in list(zip(addresses(page), page.locator(".hit").all(), strict=True))[:3]:
        around = hit.locator(".hit-actions details")
        assert around.locator("p, li").count() == 0
        around.locator("summary").press("Enter")
        around.locator(".hit-around p").first.wait_for()
        place = order.index(address)
        shown = " ".join(around.locator(".hit-around").inner_text().split())
        page_of = address.split("#")[0]
        for other, none in ((place - 1, "first"), (place + 1, "last")):
            if 0 <= other < len(order) and order[other].split("#")[0] == page_of:
                assert texts[order[other]][:60] in shown
            else:
                assert f"This is the {none} paragraph of the section." in shown


def test_citation_has_exact_words_and_full_reference(site: Site, new_page: OpenPage, texts: dict[str, str]) -> None:
    """One action copies words, report, date, statement, score, permanent link and source, and says so."""
    watched = new_page(permissions=["clipboard-read", "clipboard-write"])
    page = ask(watched, site, "?q=interpretation&score=4")
    page.get_by_role("button", name=re.compile("^Copy with reference")).first.press("Enter")
    expect(page.locator("#finder-status")).to_have_text("Copied, with its reference.")
    copied = page.evaluate("navigator.clipboard.readText()")
    address = addresses(page)[0]
    assert texts[address] in " ".join(copied.replace("\n- ", " ").split())
    for part in ("London Borough of Camden, CQC local authority assessment, ", ", quality statement ‘", "’, score 4."):
        assert part in copied
    assert "camden-2025-02, " not in copied  # nobody is cited by a file's name
    assert site.url(address) in copied
    assert "https://www.cqc.org.uk/" in copied
    assert "© Care Quality Commission" in copied
    assert "mark=" not in copied


def test_citation_can_be_copied_by_hand(site: Site, new_page: OpenPage) -> None:
    """Where the browser refuses the clipboard, the same text stands selected in a named field."""
    watched = new_page()
    watched.page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))")
    page = ask(watched, site, "?q=interpretation&score=4")
    page.get_by_role("button", name=re.compile("^Copy with reference")).first.click()
    field = page.get_by_role("textbox", name="Paragraph and reference, to copy by hand")
    field.wait_for()
    assert "© Care Quality Commission" in field.input_value()
    assert field.evaluate(
        "it => it === document.activeElement && it.selectionEnd - it.selectionStart === it.value.length"
    )


def test_download_has_all_results_not_only_those_in_sight(
    site: Site, new_page: OpenPage, texts: dict[str, str], tmp_path: Path
) -> None:
    """The CSV has a row for each passage found, with its exact words and its permanent id."""
    page = ask(new_page(), site, "")
    with page.expect_download() as coming:
        page.get_by_role("button", name="Download all as CSV").click()
    file = tmp_path / "results.csv"
    coming.value.save_as(file)
    assert coming.value.suggested_filename == "care-evidence.csv"
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))
    assert len(rows) == len(texts) > page.locator(".hit").count()
    found = Counter(" ".join(row["text"].split()) for row in rows)
    assert found == Counter(texts.values())
    expect(page.locator("#search-csv-progress")).to_have_text("Saved")


def test_filters_can_be_narrowed_by_typing(site: Site, new_page: OpenPage) -> None:
    """Long lists of values have a box that narrows them, and a control for all of them; the choice stays in sight."""
    page = ask(new_page(), site, "")
    themes, people = facet(page, "Theme"), group(page, "People and communities")
    values = people.locator("li:not([hidden])")
    expect(values).to_have_count(10)
    people.get_by_role("button", name=re.compile("^Show all")).click()
    assert values.count() > 10
    people.get_by_role("button", name="Show fewer").click()
    values = themes.locator(".facet-group:not([hidden]) li:not([hidden])")
    narrow = themes.get_by_label("Narrow this list")
    narrow.fill("interpret")
    assert values.count() == 1
    assert "Interpretation" in values.first.inner_text()
    values.first.get_by_role("checkbox").check()
    page.wait_for_url(site.url("/search/?theme=interpretation"))
    expect(values.first.locator(".number")).to_have_text(re.compile(r"^\d+ paragraphs?$"))
    narrow.fill("zzz")
    assert values.count() == 0
    assert "None is called that." in themes.inner_text()
    narrow.fill("")
    assert values.filter(has_text="Interpretation").get_by_role("checkbox").first.is_checked()


def test_a_list_of_themes_is_only_fetched_when_it_is_opened(site: Site, new_page: OpenPage) -> None:
    """Filters fetch no numbers of themes and voices; a list that is opened, or has a chosen theme, does."""
    watched = new_page()
    page = ask(watched, site, "?q=people")
    expect(facet(page, "Score").locator("li .number").first).to_have_text(re.compile(r"^\d+ paragraph"))

    def fetched() -> list[str]:
        return [url.rpartition("/")[2] for url in watched.requests if "/columns-" in url]

    assert facet(page, "Theme").get_attribute("open") is not None
    assert not fetched()
    group(page, "Workforce")
    assert fetched() == ["3.bin"]
    watched.requests.clear()
    page = ask(watched, site, "?q=people&theme=workforce")
    assert facet(page, "Theme").locator(".facet-group[open] > summary").all_inner_texts() == ["Workforce"]
    group(page, "Workforce")
    assert set(fetched()) <= {"3.bin", "theme-35.bin"}


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


def test_a_quality_statement_without_a_section_is_said_to_have_none(site: Site, new_page: OpenPage) -> None:
    """The box of a quality statement and the count name it where no section on it is here."""
    page = ask(new_page(), site, "?q=quality+statement+8")
    name = page.locator(".named h2 a").inner_text()
    expect(page.locator(".named")).to_contain_text(f"No section on {name} is here yet.")
    expect(page.locator("#search-count")).to_have_text(f"No section on {name} is here yet")


def test_a_themes_box_agrees_with_the_count(site: Site, new_page: OpenPage) -> None:
    """Paragraphs that are about a theme and those that only name it make up the count; a listener is told too."""
    page = ask(new_page(), site, "?q=unpaid+carers")
    told = re.search(
        r"(\d+) paragraphs? from .* about it\. (\d+) more names? it\.", page.locator(".named").inner_text()
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
        ("Cumbria", "The councils of what was Cumbria are Cumberland and Westmorland and Furness."),
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


def test_filters_on_a_phone(site: Site, new_page: OpenPage) -> None:
    """On a phone the filters open in place behind one button that says how many are chosen, and give the focus back."""
    page = ask(new_page(PHONE, 844, has_touch=True, is_mobile=True), site, "?q=people")
    panel, button = page.locator("#search-filters"), page.locator("#search-filters-button")
    assert not panel.is_visible()
    assert button.inner_text() == "Filters"
    button.click()
    assert button.get_attribute("aria-expanded") == "true"
    facet(page, "Score").get_by_role("checkbox", name=re.compile("^4")).check()
    expect(button).to_have_text("Filters (1 chosen)")
    page.wait_for_url(re.compile("score=4"))
    answered(page)
    show = page.get_by_role("button", name=re.compile(r"^Show \d+ paragraphs?$"))
    expect(show).to_have_text(f"Show {count(page)} paragraphs")
    show.click()
    assert not panel.is_visible()
    assert page.evaluate("document.activeElement.id") == "search-count"
    button.click()
    page.keyboard.press("Escape")
    assert not panel.is_visible()
    assert page.evaluate("document.activeElement.id") == "search-filters-button"


def test_targets_are_large_enough_for_fingers(site: Site, new_page: OpenPage) -> None:
    """On a touch screen every control of the page is 44 px high, links inside sentences apart."""
    page = ask(new_page(PHONE, has_touch=True, is_mobile=True), site, "?q=BSL&voice=staff&score=4")
    if not count(page):
        page = ask(new_page(PHONE, has_touch=True, is_mobile=True), site, "?q=people&voice=staff")
    page.click("#search-filters-button")
    page.evaluate("for (const it of document.querySelectorAll('details.facet')) it.open = true")
    small = page.evaluate(
        """() => [...document.querySelectorAll(
          "#search :is(button, select, summary, label, .chip, .permalink, .hit-title a, input[type=search])"
        )].filter((it) => it.checkVisibility() && !it.closest("p") && it.getAttribute("for") === null)
          .map((it) => [it.outerHTML.slice(0, 120), it.getBoundingClientRect().height])
          .filter(([, height]) => height < 43.5)"""
    )
    assert not small, small


def test_nothing_is_cut_off_at_320_pixels(site: Site, new_page: OpenPage) -> None:
    """At 320 px nothing scrolls sideways: results, open filters, help, long words of a query."""
    page = ask(new_page(320), site, f"?q=interpretation+{'longword' * 12}&theme=interpretation&theme={'x' * 40}")
    page.click("#search-filters-button")
    page.evaluate("for (const it of document.querySelectorAll('details')) it.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


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


WATCH_SHIFTS = """window.shifts = 0
new PerformanceObserver((list) => { for (const each of list.getEntries()) window.shifts += each.value })
  .observe({ type: "layout-shift", buffered: true })"""


@pytest.mark.parametrize(("width", "height", "screens"), [(390, 844, 1.5), (1440, 900, 1.0)])
def test_an_answer_begins_in_sight_and_moves_nothing(
    site: Site, new_page: OpenPage, width: int, height: int, screens: float
) -> None:
    """The first paragraph begins within the first screen, below a council's box too; what comes late has its room."""
    watched = new_page(width, height)
    watched.page.add_init_script(WATCH_SHIFTS)
    for query in ("camden", "interpretation"):
        page = ask(watched, site, f"?q={query}")
        page.locator("#search-pages a").first.wait_for()
        if width > PHONE:
            expect(facet(page, "Score").locator("li .number").first).to_be_visible()
        top = page.locator(".hit").first.evaluate("it => it.getBoundingClientRect().top + scrollY")
        assert top < screens * height, query
        assert page.evaluate("shifts") < 0.02, query


@pytest.mark.parametrize("width", [360, 1280])
def test_every_state_is_clean_for_axe(site: Site, new_page: OpenPage, width: int) -> None:
    """No state violates WCAG 2.2 A or AA for axe: results, everything open, nothing found, trouble."""
    watched = new_page(width, color_scheme="light", reduced_motion="reduce")

    def both(page: Page, state: str) -> list[str]:
        return [f"{state} {line}" for line in run_axe(page)]

    page = ask(watched, site, "?q=camden+langauge+bsl&theme=interpretation&not-theme=workforce")
    found = both(page, "results")
    found += both(ask(watched, site, "?q=leeds+interpretor"), "named")
    page = ask(watched, site, "?group=authority")
    if width == 360:
        page.click("#search-filters-button")
    page.evaluate("for (const it of document.querySelectorAll('details')) it.open = true")
    page.locator(".hit-around p").first.wait_for()
    found += both(page, "all open")
    found += both(ask(watched, site, "?q=%22zebra+crossing%22&score=4"), "nothing")
    page.route("**/assets/search/**", lambda route: route.abort())
    page = ask(watched, site, "?q=people")
    assert "did not work" in page.locator("#search-count").inner_text()
    found += both(page, "trouble")
    assert not found, "\n".join(found)


def test_paper_has_the_passages_and_what_was_asked(site: Site, new_page: OpenPage) -> None:
    """A print has words, references, the query and its address, and nothing to press."""
    page = ask(new_page(), site, "?q=interpretation&score=4")
    page.emulate_media(media="print")
    for part in (
        ".finder",
        ".search-help",
        "#search-filters",
        "#search-tools",
        "#search-chosen",
        ".hit-actions button",
    ):
        assert not page.locator(part).first.is_visible(), part
    paper = page.locator("#search-paper")
    assert paper.is_visible()
    assert "Looked for: interpretation. Filters: Score 4: " in paper.inner_text()
    assert page.url in paper.inner_text()
    assert page.locator(".hit").first.is_visible()
    place = page.locator(".hit .permalink").first.evaluate("it => getComputedStyle(it, '::after').content")
    assert "camden-2025-02/equity/p-" in place


def test_without_scripts_the_page_leads_to_the_other_ways(site: Site, new_page: OpenPage) -> None:
    """Without scripts there is no box that would do nothing, but a way to every kind of page."""
    page = new_page(java_script_enabled=False).open(site.url(f"{SEARCH}?q=interpretation"))
    assert page.get_by_text("Searching needs scripts").is_visible()
    for part in (".finder", "#search", ".search-filters-button"):
        assert not page.locator(part).first.is_visible(), part
    for name, address in (("theme", "themes"), ("council", "authorities"), ("quality statement", "statements")):
        link = page.locator(".needs-scripts").get_by_role("link", name=name, exact=True)
        assert link.get_attribute("href") == f"../{address}/"


def test_works_below_a_path(sub_site: Site, new_page: OpenPage) -> None:
    """Below a path the search answers, every link leads into the site, and nothing else is asked for."""
    watched = new_page()
    page = ask(watched, sub_site, "?q=interpretation")
    assert count(page) > 0
    page.locator(".hit-title a").first.click()
    page.wait_for_url(re.compile(re.escape(sub_site.url("/reports/")) + r".*\?mark=.*#p-"))
    expect(page.locator("mark.looked-for").first).to_be_visible()
    assert all(url.startswith((sub_site.base, "blob:")) for url in watched.requests)
    assert not watched.failures
