"""Authorities side by side, as readers use them: figures, passages, what is blank, choosing by keyboard, and Back."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from playwright.sync_api import expect

from tests.helpers.built_site import BuiltSite, attribute
from tests.helpers.compare_page import CHOSEN, COMPARE, FOUR, INDEX, PAIR, add, choose_by_letters, chosen, ready
from tests.helpers.patience import painted

if TYPE_CHECKING:
    from tests.site.conftest import OpenPage, Site


SUFFIX = " - Care Evidence Explorer"


def newest(root: Path, slug: str) -> dict[str, Any] | None:
    """The newest report.yml of an authority, None when there is none."""
    files = sorted((root / "data/reports").glob(f"{slug}-20*/report.yml"))
    found = yaml.safe_load(files[-1].read_text("utf-8")) if files else None
    assert found is None or isinstance(found, dict)
    return found


@pytest.fixture(scope="module")
def unassessed(root: Path) -> str:
    """An authority without a report."""
    rows = (root / "data/authorities.csv").read_text("utf-8").splitlines()[1:]
    return next(slug for slug in (row.split(",")[0] for row in rows) if not newest(root, slug))


def test_table_has_the_figures_of_the_data(site: Site, new_page: OpenPage, root: Path, unassessed: str) -> None:
    """Rating, percentage, sum, nine scores, what is highest and how far apart are as report.yml gives them."""
    slugs = ["kent", "camden", unassessed, "brent"]
    page = ready(new_page(), site.url(f"/compare/?authorities={','.join(slugs)}"))
    facts = [report for slug in slugs if (report := newest(root, slug))]
    page.locator("#compare-table td").first.wait_for()
    rows = page.locator("#compare-table tbody tr").all()
    assert len(rows) == 4 + 9

    cells = [row.locator("td:not(.no-report)").all_inner_texts() for row in rows]
    assert cells[1][:3] == [each["rating"] for each in facts]
    assert [text.split("%")[0] for text in cells[2][:3]] == [str(each["percentage"]) for each in facts]
    sums = [sum(each["scores"].values()) for each in facts]
    assert [text.split("of")[0].strip() for text in cells[3][:3]] == [str(value) for value in sums]
    for place, id in enumerate(facts[0]["scores"]):
        values = [each["scores"][id] for each in facts]
        for value, text in zip(values, cells[4 + place], strict=False):
            assert re.findall(r"\d", text) == [str(value)]
            differ = len(set(values)) > 1
            assert ("highest" in text, "lowest" in text) == (
                differ and value == max(values),
                differ and value == min(values),
            )
        apart = max(values) - min(values)
        assert cells[4 + place][3] == (f"{apart} point{'s' if apart > 1 else ''}" if apart else "none")
    gap = page.locator("#compare-table .no-report")
    assert gap.count() == 1
    assert "No report here yet" in gap.inner_text()
    heads = page.locator("#compare-table thead th").all_inner_texts()
    place = gap.evaluate("it => it.getBoundingClientRect().left")
    assert place == pytest.approx(page.locator("#compare-table thead th").nth(3).bounding_box()["x"], abs=2)  # type: ignore[index]
    assert (heads[0], heads[-1]) == ("Measure", "Difference")


@pytest.mark.parametrize("chosen", ["kent,camden,norfolk,westminster", "bath-and-north-east-somerset,westminster"])
def test_authorities_fit_a_phone(site: Site, new_page: OpenPage, chosen: str) -> None:
    """At 360 px the scores of up to four authorities need no scrolling sideways, and no word runs out of its cell."""
    page = ready(new_page(360), site.url(f"/compare/?authorities={chosen}"))
    page.locator("#compare-table td").first.wait_for()
    assert page.locator(".scroll:has(#compare-table)").evaluate("it => it.scrollWidth <= it.clientWidth")
    cells = "[...document.querySelectorAll('#compare-table :is(th, td)')]"
    assert page.evaluate(f"{cells}.every((it) => it.scrollWidth <= it.clientWidth)")


def test_passages_have_their_exact_words_and_links(site: Site, new_page: OpenPage, built_site: Path) -> None:
    """A statement's passages stand in columns, every one, word for word as on the text page that each links."""
    built = BuiltSite(built_site)
    page = ready(new_page(), site.url(FOUR))
    page.locator(".compare-grid article").first.wait_for()
    for name, address in (
        ("Camden", "/reports/camden-2025-02/equity/"),
        ("Westminster", "/reports/westminster-2024-11/equity/"),
    ):
        column = page.get_by_role("region", name=name, exact=True)
        shown = {}
        for article in column.locator("article").all():
            link = article.locator("a.permalink").get_attribute("href") or ""
            words = article.locator(":scope > p:not(.compare-heading), li").all_text_contents()
            shown[link.removeprefix(site.base.rstrip("/"))] = [" ".join(each.split()) for each in words]
        expected = {
            f"{address}#{node.attributes['id']}": [
                " ".join(part.text().split())
                for part in node.css("p:not(.correction), li")
                if part.parent and part.parent.tag != "footer" and "chips" not in attribute(part.parent, "class")
            ]
            for node in built.nodes(address, "article.passage")
        }
        assert shown == expected
        assert list(shown) == list(expected)
    kent = page.get_by_role("region", name="Kent", exact=True)
    assert "Section not here yet" in kent.inner_text()
    assert kent.get_by_role("link", name="Add one of Kent").get_attribute("href") == "../contribute/"


def test_kinds_of_blank_are_told_apart(site: Site, new_page: OpenPage, unassessed: str) -> None:
    """Discussed, text not discussing it, no text, and no report differ in words and in what they look like."""
    index = json.loads((site.directory / "compare/authorities.json").read_text("utf-8"))
    passages = json.loads((site.directory / "compare/camden.json").read_text("utf-8"))["passages"]
    silent = next(id for id in index["themes"] if not any(id in each["themes"] for each in passages))
    page = ready(new_page(), site.url(f"/compare/?authorities=camden,kent,{unassessed}&theme={silent}"))
    page.locator(".compare-grid").wait_for()
    columns = page.locator(".compare-grid > section").all_inner_texts()

    assert "0 paragraphs in 0 sections; 1 of the 9 sections is here." in columns[0]
    assert "Section here, not discussed: 1 statement" in columns[0]
    assert "Section not here yet: 8 statements" in columns[0]
    assert "Section not here yet: none of the nine" in columns[1]
    assert "not discussed" not in columns[1]
    assert "No report here yet" in columns[2]
    assert page.locator(".blank-silent").evaluate("it => getComputedStyle(it).backgroundImage") == "none"
    for missing in page.locator(".compare-grid .blank-missing").all():
        assert "gradient" in missing.evaluate("it => getComputedStyle(it).backgroundImage")


def test_choosing_by_keyboard_and_back(site: Site, new_page: OpenPage) -> None:
    """Type-ahead and Enter add, address and title follow, focus stays, it is announced, and Back undoes each choice."""
    watched = new_page()
    page = ready(watched, site.url(COMPARE))
    title = page.title()
    choice, status = page.locator("#compare-authority"), page.locator("#compare-status")
    assert choice.evaluate("it => it.labels[0].innerText") == "Council to add"
    assert choice.evaluate("it => it.checkValidity()")
    page.get_by_role("button", name="Add", exact=True).press("Enter")
    assert status.inner_text() == "Choose a council first."
    for letters, slug in (("Camd", "camden"), ("Westm", "westminster")):
        choose_by_letters(page, letters, slug)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(rf"\?authorities=(camden,)?{slug}$"))
        assert page.evaluate("document.activeElement.innerText") == "Add"
    assert chosen(page) == ["Camden", "Westminster"]
    assert status.get_attribute("role") == "status"
    assert status.inner_text() == "Westminster added: 2 of at most 4."
    assert page.title() == f"Camden and Westminster compared{SUFFIX}"
    assert not [url for url in watched.requests if re.search(r"compare/(?!authorities)\w+\.json", url)]

    page.select_option("#compare-topic", "theme:interpretation")
    page.get_by_role("button", name="Show paragraphs").press("Enter")
    page.locator(".compare-grid article").first.wait_for()
    assert page.url == site.url(PAIR)
    assert page.title() == f"Camden and Westminster compared: Interpretation and translation{SUFFIX}"
    expect(status).to_have_text(
        re.compile(r"Paragraphs on Interpretation and translation: Camden \d+, Westminster \d+\.")
    )
    assert page.evaluate("document.activeElement.innerText") == "Show paragraphs"

    page.go_back()
    expect(page.locator(".compare-grid")).to_have_count(0)
    expect(page.locator("#compare-topic")).to_have_value("")
    names = page.locator(CHOSEN)
    page.go_back()
    expect(names).to_have_text(["Camden"])
    page.go_back()
    expect(names).to_have_count(0)
    expect(page).to_have_title(title)
    page.go_forward()
    expect(names).to_have_text(["Camden"])
    assert not watched.failures


def test_removing_keeps_the_focus(site: Site, new_page: OpenPage) -> None:
    """After Remove the focus is on the next one's button, and after the last one's on the list of councils."""
    page = ready(new_page(), site.url(PAIR))
    page.get_by_role("button", name="Remove Camden").press("Enter")
    assert chosen(page) == ["Westminster"]
    assert page.url == site.url("/compare/?authorities=westminster&theme=interpretation")
    assert page.evaluate("document.activeElement.textContent") == "Remove Westminster"
    page.keyboard.press("Enter")
    assert chosen(page) == []
    assert page.evaluate("document.activeElement.id") == "compare-authority"


def test_fifth_is_refused(site: Site, new_page: OpenPage) -> None:
    """A fifth authority changes nothing but one line that says why."""
    page = ready(new_page(), site.url(FOUR))
    add(page, "brent")
    expect(page.locator("#compare-status")).to_have_text("Four is the most: remove one before adding Brent.")
    assert page.url == site.url(FOUR)
    assert len(chosen(page)) == 4


def test_similar_ones_come_first_and_say_why(site: Site, new_page: OpenPage, root: Path) -> None:
    """Offers are of the first one's type, same region before others, with a report; the list has the same order."""
    with (root / "data/authorities.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    facts = {row["slug"]: (row["type"], row["region"]) for row in rows}
    slug = "blackpool"
    page = ready(new_page(), site.url(f"/compare/?authorities={slug}"))
    box = page.locator("#compare-similar")
    reasons = [text.split("(")[0].strip() for text in box.locator("p").all_inner_texts()]
    assert reasons == [
        "Same type: Unitary council; same region: North West",
        "Same type: Unitary council; other regions",
    ]
    near, far = box.locator("ul").all()
    names = {row["slug"]: row["name"] for row in rows}
    alike = {names[each] for each in facts if facts[each] == facts[slug] and each != slug and newest(root, each)}
    assert {each.removeprefix("Add ") for each in near.locator("button").all_text_contents()} == alike
    others = {names[each] for each in facts if facts[each][0] == facts[slug][0] and facts[each][1] != facts[slug][1]}
    offered = {each.removeprefix("Add ") for each in far.locator("button").all_text_contents()}
    assert offered <= others
    assert len(alike) + len(offered) == 8
    assert page.locator("#compare-authority optgroup").first.get_attribute("label") == reasons[0]

    own, scores = newest(root, slug), {name: newest(root, each) for each, name in names.items()}
    assert own is not None
    for group in (near, far):
        order = []
        for button in group.locator("button").all_text_contents():
            name = button.removeprefix("Add ")
            found = scores[name]
            assert found is not None
            order.append((abs(sum(found["scores"].values()) - sum(own["scores"].values())), name))
        assert order == sorted(order)
    assert all("nearest in points first" in text for text in box.locator("p").all_inner_texts())

    near.locator("button").first.press("Enter")
    assert len(chosen(page)) == 2
    assert page.evaluate("document.activeElement.matches('.compare-offer')")
    assert page.locator("#compare-likeness").inner_text() == (
        "Like with like: same type: Unitary council; same region: North West."
    )
    add(page, "kent")
    expect(page.locator("#compare-likeness")).to_have_text(re.compile("^Not like with like: different types: "))


def test_earlier_report_is_named(site: Site, new_page: OpenPage) -> None:
    """Where the newest report is not the only one, its column says so, and links the authority's history."""
    index = json.loads((site.directory / "compare/authorities.json").read_text("utf-8"))
    next(each for each in index["authorities"] if each["slug"] == "camden")["report"]["earlier"] = 1
    page = new_page().page
    page.route(INDEX, lambda route: route.fulfill(json=index))
    page.goto(site.url(PAIR))
    link = page.get_by_role("link", name="an earlier one is in the collection")
    link.wait_for()
    assert link.evaluate("it => it.closest('section').ariaLabel") == "Camden"
    link.click()
    page.wait_for_url(site.url("/authorities/camden/"))


def test_leap_inside_the_page_changes_nothing(site: Site, new_page: OpenPage) -> None:
    """A link to a part of the page, such as the skip link, leaves the comparison as it stands."""
    page = ready(new_page(), site.url(PAIR))
    page.locator(".compare-grid article").first.wait_for()
    page.evaluate(
        """() => new Promise((done) => {
          document.querySelector(".compare-grid").dataset.same = "yes"
          addEventListener("hashchange", done, { once: true })
          location.hash = "content"
        })"""
    )
    painted(page)
    assert page.locator(".compare-grid").get_attribute("data-same") == "yes"
