"""What a reader gets with a paragraph that was found: its words and place, what stands beside it, citation, file."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.helpers.built_site import BuiltSite, first, words
from tests.helpers.search_page import addresses, ask

if TYPE_CHECKING:
    from tests.site.conftest import OpenPage, Site


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
    whose = ", Camden: Equity in experience and outcomes"
    assert hit.locator(".permalink").text_content() == f"Paragraph {number}{whose}"
    place = f"paragraph {number.split()[0]}{whose}"
    assert hit.locator("button.copy").text_content() == f"Copy with reference: {place}"
    assert hit.locator(".hit-actions summary").text_content() == f"Before and after {place}"
    assert page.locator("[aria-live], [role=status], [role=alert]").count() == 1


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
    """One action copies words, report, date, statement, score, paragraph, permanent link and source, and says so."""
    watched = new_page(permissions=["clipboard-read", "clipboard-write"])
    page = ask(watched, site, "?q=interpretation&score=4")
    page.get_by_role("button", name=re.compile("^Copy with reference")).first.press("Enter")
    expect(page.locator("#finder-status")).to_have_text("Copied, with its reference.")
    copied = page.evaluate("navigator.clipboard.readText()")
    address = addresses(page)[0]
    assert texts[address] in " ".join(copied.replace("\n- ", " ").split())
    for part in ("London Borough of Camden, CQC local authority assessment, ", ", quality statement ‘", "’, score 4, "):
        assert part in copied
    assert re.search(r", paragraph \d+ of 7\.\n", copied)
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
    """The CSV has a row for each passage found, with its exact words, in the columns that the page on data explains."""
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
    explained = BuiltSite(site.directory).texts("/data/", "[aria-label$='search’s file'] tbody th")
    assert list(rows[0]) == explained
    expect(page.locator("#search-csv-progress")).to_have_text("Saved")
