"""The evidence map and the pages that its cells open, each number recomputed from the passages themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pytest
from selectolax.lexbor import LexborHTMLParser

from build_scripts.model.collection import Collection
from build_scripts.model.evidence import Authority, Evidence
from build_scripts.pages.frame.site import Site
from build_scripts.pages.map import map_pages
from build_scripts.pages.on_statement import cell_pages
from build_scripts.pages.themes_and_voices import tag_pages
from build_scripts.text.passages import passage_id
from tests.helpers.anytown import ANYTOWN, OTHERTOWN, collection, evidence, report, theme, vocabulary
from tests.helpers.built_site import attribute, first, words
from tests.helpers.projects import real_run
from tests.helpers.readers import commonmark_html, front_matter, look, mkdocs_html
from tests.helpers.strategies import FRAMEWORK

STATEMENTS = [statement.id for statement in FRAMEWORK.statements]
HOSTILE = "O'Neill & <b> | {{ 1 }} [x](y)"


def made(of: Collection) -> dict[str, str]:
    """Path to Markdown of the maps, cell pages, themes and voices."""
    site = Site(of)
    return {path: data.decode() for kind in (map_pages, tag_pages, cell_pages) for path, data in kind(site)}


def html(page: str) -> LexborHTMLParser:
    """A page as MkDocs makes it."""
    return LexborHTMLParser(mkdocs_html(front_matter(page)[0]))


def shown_cells(page: str) -> dict[tuple[str, str], str]:
    """Theme and statement to the words of the cell, without which cell it is: that is for who hears a link alone."""
    table = first(html(page), "table.map")
    columns = [attribute(head, "id").removeprefix("on-") for head in table.css("thead th[id]")]
    return {
        (attribute(row, "id").removeprefix("theme-"), column): words(cell).partition(": ")[0]
        for row in table.css("tr[id]")
        for column, cell in zip(columns, row.css("td"), strict=True)
    }


def counted_cells(of: Collection, texts: Sequence[Evidence]) -> dict[tuple[str, str], str]:
    """The same, counted passage by passage."""
    found = {}
    for entry in of.vocabulary.themes:
        for statement in STATEMENTS:
            on_it = [text for text in texts if text.statement == statement]
            who = [
                text.report.authority
                for text in on_it
                for passage in text.passages
                if any(tag.id == entry.id for tag in passage.themes)
            ]
            said = f"{len(who)} paragraph{'s' * (len(who) != 1)} from {len(set(who))} council"
            said += "s" * (len(set(who)) != 1)
            found[entry.id, statement] = said if who else "not discussed" if on_it else "no section"
    return found


def parts(of: Collection) -> Iterator[tuple[str, list[Evidence]]]:
    """Path of each map that there must be, with its texts."""
    yield "map/index.md", list(of.evidence)
    for authority in of.vocabulary.authorities:
        for fact in ("region", "type"):
            value = getattr(authority, fact)
            texts = [text for text in of.evidence if getattr(of.authorities[text.report.authority], fact) == value]
            if texts:
                yield f"map/{re.sub('[^a-z]+', '-', value.lower())}/index.md", texts


def coast() -> Collection:
    """Two reports of one authority, a tie, a text that is silent, statements without text."""
    return collection(
        [
            evidence(report("anytown-2024-01", 2), "equity", "A pier and a boat.", "A pier.", "Nothing."),
            evidence(report("anytown-2025-01", 3), "equity", "Another pier."),
            evidence(report("othertown-2024-06", 3), "equity", "A ferry.", "One more pier."),
            evidence(report("othertown-2024-06", 3), "safeguarding", "A pier.", "Sand."),
        ],
        [report("thirdtown-2025-02", 4)],
    )


@pytest.fixture(scope="module")
def real() -> Collection:
    """The project's own collection."""
    found = real_run().collection
    assert found is not None
    return found


def test_every_cell_of_the_real_maps(real: Collection) -> None:
    """Each cell of each map says what counting passages, authorities and texts one by one gives."""
    pages = made(real)
    wanted = dict(parts(real))

    assert {path for path in pages if path.startswith("map/")} == wanted.keys()
    for path, texts in wanted.items():
        assert shown_cells(pages[path]) == counted_cells(real, texts), path


def test_links_of_the_map_are_told_apart() -> None:
    """Heard alone, each link says of which theme and quality statement its paragraphs are."""
    names = [words(link) for link in html(made(coast())["map/index.md"]).css("table.map td a")]

    assert "4 paragraphs from 2 councils: Piers, Equity" in names
    assert len(set(names)) == len(names) > 2


def test_every_cell_of_an_invented_map() -> None:
    """So does a collection in which an authority has two reports: they count as one authority."""
    of = coast()
    pages = made(of)
    cells = shown_cells(pages["map/index.md"])

    for path, texts in parts(of):
        assert shown_cells(pages[path]) == counted_cells(of, texts), path
    assert cells["piers", "equity"] == "4 paragraphs from 2 councils"
    assert cells["piers", "safeguarding"] == "1 paragraph from 1 council"
    assert cells["gulls", "equity"] == "not discussed"
    assert cells["gulls", "learning"] == "no section"
    assert shown_cells(pages["map/unitary/index.md"])["piers", "equity"] == "3 paragraphs from 1 council"
    assert shown_cells(pages["map/unitary/index.md"])["piers", "safeguarding"] == "no section"


def test_heads_and_sentence_say_what_the_map_rests_on() -> None:
    """Column heads say how many texts they rest on, the summary how many passages, texts, authorities and reports."""
    page = made(coast())["map/index.md"]
    heads = {head.attributes["id"]: words(first(head, ".number")) for head in html(page).css("thead th[id]")}
    text = look(mkdocs_html(front_matter(page)[0])).words

    assert heads == {
        f"on-{id}": {"equity": "3 sections", "safeguarding": "1 section"}.get(id, "no section") for id in STATEMENTS
    }
    assert "8 paragraphs in 4 sections from 2 councils; 3 councils have a report here, of 3 in" in text
    assert "3 of 4 themes are discussed." in text
    assert "No section yet on the other 7 statements" in text
    assert "Discussed: for example, 12 paragraphs from 5 councils. The longest bar of this map is 4 paragraphs." in text


def test_bars_are_shares_of_the_most() -> None:
    """The bar of a cell is as long as its passages are to those of the fullest cell, in twentieths."""
    links = html(made(coast())["map/index.md"]).css("table.map td a")
    bars = {words(link).partition(": ")[0]: link.attributes["class"] for link in links}

    assert bars["4 paragraphs from 2 councils"] == "part-20"
    assert bars["1 paragraph from 1 council"] == "part-5"
    assert bars["2 paragraphs from 2 councils"] == "part-10"


def test_kinds_of_cell_are_told_apart_without_colour() -> None:
    """Only a cell with passages has a link; the two blanks have a class of their own and different words."""
    for cell in html(made(coast())["map/index.md"]).css("table.map td"):
        kind = cell.attributes.get("class")
        assert (kind is None) == (cell.css_first("a") is not None)
        assert kind is None or words(cell) == {"silent": "not discussed", "missing": "no section"}[kind]


def test_parts_without_texts_are_named() -> None:
    """Regions and types with texts have a map that is linked; the others are named and have none."""
    pages = made(coast())
    text = look(mkdocs_html(front_matter(pages["map/index.md"])[0])).words

    assert {path for path in pages if path.startswith("map/")} == {
        "map/index.md",
        "map/the-coast/index.md",
        "map/unitary/index.md",
        "map/county/index.md",
    }
    assert "No section here yet from The Hills." in text
    assert "Unitary councils 2 sections" in text
    assert 'href="./" aria-current="page">Counties</a>' in pages["map/county/index.md"]
    assert "of 2 counties." in look(mkdocs_html(front_matter(pages["map/county/index.md"])[0])).words


def test_cells_open_their_passages() -> None:
    """Each cell with passages opens a page that lists these and no others; no other cell has a page."""
    of = coast()
    pages = made(of)
    for (id, statement), said in counted_cells(of, of.evidence).items():
        path = f"themes/{id}/{statement}/index.md"
        assert (path in pages) == (" from " in said), path
        if path not in pages:
            continue
        wanted = [
            f"/reports/{text.report.id}/{statement}/#{passage.passage.id}"
            for text in of.evidence
            if text.statement == statement
            for passage in text.passages
            if any(tag.id == id for tag in passage.themes)
        ]
        listed = [attribute(link, "href") for link in html(pages[path]).css("article .permalink")]
        assert sorted(listed) == sorted("../../.." + address for address in wanted)
        assert said in look(mkdocs_html(front_matter(pages[path])[0])).words
        assert front_matter(pages[path])[1]["search"] == {"exclude": True}


def test_cells_of_a_region_lead_to_its_passages() -> None:
    """On a region's map a cell leads to the place on the list that names the region's texts and their numbers."""
    pages = made(coast())
    link = first(html(pages["map/county/index.md"]), "#theme-piers td a")
    assert link.attributes["href"] == "../../themes/piers/equity/#county"
    page = html(pages["themes/piers/equity/index.md"])

    place = first(page, "#county")
    assert words(place) == "Counties 1 paragraph from 1 council Othertown 1"
    assert words(first(page, "#the-coast")).startswith(
        "The Coast 4 paragraphs from 2 councils Anytown, January 2025 1 Anytown, January 2024 2"
    )
    anchor = attribute(first(place, "li a"), "href")
    assert anchor == "#othertown-2024-06-equity"
    assert page.css_first(anchor) is not None


def test_places_lead_to_texts_whose_passages_are_not_in_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a cell has more passages than its page gives, its places lead to the others where they stand."""
    monkeypatch.setattr("build_scripts.pages.themes_and_voices.PASSAGES_SHOWN", 2)
    page = html(made(coast())["themes/piers/equity/index.md"])

    starts = {words(link): link.attributes["href"] for link in page.css("#the-coast li a")}
    first_pier = passage_id("A pier and a boat.")
    assert starts == {
        "Anytown, January 2025": "#anytown-2025-01-equity",
        "Anytown, January 2024": "#anytown-2024-01-equity",
        "Othertown": f"../../../reports/othertown-2024-06/equity/#{passage_id('One more pier.')}",
    }
    permalinks = [attribute(link, "href").rpartition("#")[2] for link in page.css("article .permalink")]
    assert permalinks == [passage_id("Another pier."), first_pier]
    assert page.css_first("#othertown-2024-06-equity") is None
    assert "The others are in the sections named below." in words(first(page, "body"))
    assert page.css_first('a[href="#where-these-paragraphs-are"]') is not None


def test_cells_of_a_voice() -> None:
    """A voice's page leads to its passages on each statement, each of which stands there; none has a map to lead to."""
    of = collection([evidence(report("anytown-2024-01"), "equity", "The sailors said: a pier.", "A pier.")])
    pages = made(of)
    voice = html(pages["voices/sailors/index.md"])
    cell = html(pages["voices/sailors/equity/index.md"])

    assert [attribute(link, "href") for link in voice.css("ul.cells a")] == ["equity/"]
    assert words(first(cell, ".lead")).endswith("report the voice sailors")
    assert [words(link) for link in cell.css("article mark")] == ["sailors said"]
    title = front_matter(pages["voices/sailors/equity/index.md"])[1]["title"]
    assert title == "Sailors (voice) in “Equity in experience and outcomes”"
    assert not [link for link in cell.css("main a, a") if "map/" in attribute(link, "href")]


def test_theme_pages_and_cells_lead_to_each_other() -> None:
    """A theme's page lists its nine cells as the map does; a cell's page leads back to theme, map and statement."""
    of = coast()
    pages = made(of)
    items = [words(item) for item in html(pages["themes/gulls/index.md"]).css("ul.cells li")]
    piers = html(pages["themes/piers/index.md"]).css("ul.cells a")
    back = {link.attributes["href"] for link in html(pages["themes/piers/equity/index.md"]).css("a")}

    assert items[STATEMENTS.index("equity")].endswith("not discussed in the 3 sections here")
    assert items[STATEMENTS.index("learning")].endswith("no section here yet")
    assert [link.attributes["href"] for link in piers] == ["equity/", "safeguarding/"]
    assert {"../", "../../../map/#theme-piers", "../../../statements/equity/", "../safeguarding/"} <= back


def test_blanks_of_a_cell_page() -> None:
    """A cell's page says how many sections discuss the theme, how many do not, and how many councils have none."""
    figures = html(made(coast())["themes/boats/equity/index.md"]).css(".coverage > div")

    assert [(words(first(it, "dt")), words(first(it, "dd"))) for it in figures] == [
        ("Discussed", "2 sections"),
        ("Section here, not discussed", "1 section"),
        ("No section here yet", "1 council"),
    ]


def test_hostile_names_show_as_words() -> None:
    """Labels, groups and names with markup in them show letter by letter, alike in both Markdown readers."""
    of_hills = Authority("thirdtown", HOSTILE, f"{HOSTILE} Council", "E00000003", "The Hills", "county")
    base = vocabulary((theme("piers", "pier", label=HOSTILE),), (), (ANYTOWN, OTHERTOWN, of_hills))
    words_of = type(base)(**{**{name: getattr(base, name) for name in base.__slots__}, "groups": {"sea": HOSTILE}})
    item = evidence(report("thirdtown-2025-01"), "equity", f"A pier: {HOSTILE}.", words=words_of)
    pages = made(collection([item], vocabulary=words_of))

    for path in ("map/index.md", "map/the-hills/index.md", "themes/piers/equity/index.md"):
        body, _ = front_matter(pages[path])
        one, other = look(mkdocs_html(body)), look(commonmark_html(body))
        assert HOSTILE in one.words
        assert one.words.replace(" ", "") == other.words.replace(" ", "")
        assert [name for name, _ in one.elements if name in ("script", "img")] == []
    table = first(html(pages["map/index.md"]), "table.map")
    assert [words(head) for head in table.css("tbody th")] == [HOSTILE, HOSTILE]


def test_map_without_texts() -> None:
    """A collection with scores only has one map, on which every cell says that there is no text."""
    pages = made(collection([], [report(), report("thirdtown-2025-02")]))

    assert [path for path in pages if path.startswith("map/")] == ["map/index.md"]
    assert set(shown_cells(pages["map/index.md"]).values()) == {"no section"}
    assert "0 paragraphs in 0 sections from 0 councils; 2 councils have a report" in " ".join(
        look(mkdocs_html(front_matter(pages["map/index.md"])[0])).words.split()
    )


def test_order_of_the_texts_does_not_matter() -> None:
    """The same texts in another order give the same maps and lists, byte for byte."""
    texts = coast().evidence
    one, other = (
        {
            path: page
            for path, page in made(collection(order)).items()
            if path.startswith("map/") or path.count("/") == 3
        }
        for order in (texts, texts[::-1])
    )

    assert len(one) > 4
    assert one == other
