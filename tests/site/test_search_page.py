"""What the search page answers: words, phrases and quotations, its address, more results, and what it says of none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from playwright.sync_api import expect

from tests.helpers.search_page import addresses, answered, ask, count, facet

if TYPE_CHECKING:
    from tests.site.conftest import OpenPage, Site


SUFFIX = " - Care Evidence Explorer"


def test_counts_say_of_what_and_are_told_once(site: Site, new_page: OpenPage, texts: dict[str, str]) -> None:
    """The count names passages, authorities, and how small the collection is; it is announced once."""
    page = ask(new_page(), site, "?q=interpretation")
    said = page.locator("#search-count").inner_text()
    sections = {address.split("#")[0] for address in texts}
    councils = len({section.split("/")[2].rsplit("-", 2)[0] for section in sections})
    assert re.fullmatch(rf"\d+ paragraphs, from 2 of the {councils} councils with sections here \(of 153\)", said)
    assert (
        f"{len(texts)} paragraphs of {len(sections)} report sections can be searched so far."
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
    expect(page.locator("#search-sort")).to_have_value("relevance")
    expect(page.locator("#search-count")).to_have_text(re.compile(f"^{fewer} paragraphs?"))
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
    councils = heads.locator("a").all_inner_texts()
    assert councils == sorted(set(councils))
    assert {"Camden", "Westminster"} <= set(councils)
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


def test_what_is_left_out_is_said_to_be(site: Site, new_page: OpenPage) -> None:
    """Where nothing is found, a word that was left out is told with the passages that have it."""
    page = ask(new_page(), site, "?q=zebra+-people")
    line = page.locator("#search-understood").inner_text()
    assert re.search(r"“people”, which is left out, is in \d+ paragraphs", line)


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


def test_scores_by_themselves_lead_to_their_page(site: Site, new_page: OpenPage) -> None:
    """Who asks for the league table, or for scores as such, is led to their page; who asks for more is not."""
    for query, lines in (("league+table", 1), ("scores", 1), ("deprivation+scores", 0)):
        page = ask(new_page(), site, f"?q={query}")
        expect(page.locator('#search-understood a[href$="/scores/"]')).to_have_count(lines)


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
