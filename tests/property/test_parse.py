"""Properties of reading a statement page: nothing is lost, layout does not matter, nothing makes it fail."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.model.evidence import SourceFile, StatementPage
from build_scripts.model.problems import Problem
from build_scripts.text.passages import passage_id
from build_scripts.text.statement_page import parse_statement_page
from tests.helpers.examples import examples
from tests.helpers.strategies import FRAMEWORK, STATEMENTS, Layout, Page, fitted, items, lay_out, layouts, pages, said

PATH = "data/reports/anytown-2025-01/equity.txt"
NARROW = Layout(width=80, blank_lines=False)
HEAD = "Safeguarding\nScore: 3\nThe local authority commitment\nWe act.\nKey findings\n"


def parse(data: bytes) -> tuple[StatementPage, tuple[Problem, ...]]:
    page, problems = parse_statement_page(SourceFile(PATH, data), FRAMEWORK)
    assert page is not None
    return page, problems


def words(*texts: str | None) -> list[str]:
    return [word for text in texts if text for word in text.split()]


def told(page: StatementPage) -> Iterator[str]:
    """Yield the headings and passages in the order of the page."""
    shown = 0
    for passage in page.passages:
        under = 0 if passage.heading is None else passage.heading + 1
        yield from (heading.text for heading in page.headings[shown:under])
        shown = max(shown, under)
        yield passage.text
    yield from (heading.text for heading in page.headings[shown:])


@st.composite
def laid_out_pages(draw: st.DrawFn) -> tuple[Page, Layout]:
    page = draw(pages())
    layout = draw(layouts(page))
    return fitted(page, layout, NARROW), layout


@given(laid_out_pages())
@examples(150)
def test_nothing_is_lost(drawn: tuple[Page, Layout]) -> None:
    """Every word of a page stands once, in order, in what was parsed, and only boilerplate is dropped."""
    page, layout = drawn

    parsed, problems = parse(lay_out(page, layout))

    findings = [
        said(text, layout)
        for block in page.blocks
        for text in (items(block, layout) if block.kind == "list" else block.texts)
    ]
    assert problems == ()
    assert words(*findings) == words(*told(parsed))
    assert words(*(said(text, layout) for text in page.expectations)) == words(*parsed.expectations)
    assert words(*(said(text, layout) for text in page.commitment)) == words(*parsed.commitment)
    assert words(*layout.navigation, *layout.furniture, *layout.footers) == words(
        *(text for _, text in parsed.boilerplate)
    )
    assert (page.authority, page.score) == (parsed.authority_name, parsed.score)
    assert (page.statement if layout.name else None) == parsed.statement
    assert (FRAMEWORK.score_labels[page.score] in (parsed.score_label or "")) == bool(layout.label)


@given(laid_out_pages())
@examples(150)
def test_the_parts_are_what_they_were(drawn: tuple[Page, Layout]) -> None:
    """Headings, paragraphs and lists come out as such, each passage under its heading, in every layout."""
    page, layout = drawn

    parsed, _ = parse(lay_out(page, layout))

    expected: list[tuple[str, bool, int | None]] = []
    headings: list[str] = []
    for block in page.blocks:
        if block.kind == "heading":
            headings.append(block.texts[0])
            continue
        text = "\n".join(items(block, layout)) if block.kind == "list" else block.texts[0]
        expected.append((said(text, layout), block.kind == "list", len(headings) - 1 if headings else None))
    assert headings == [heading.text for heading in parsed.headings]
    assert expected == [(passage.text, passage.is_list, passage.heading) for passage in parsed.passages]
    assert tuple(said(text, layout) for text in page.expectations) == parsed.expectations
    assert tuple(said(text, layout) for text in page.commitment) == parsed.commitment


@given(laid_out_pages())
@examples(150)
def test_layout_does_not_change_an_id(drawn: tuple[Page, Layout]) -> None:
    """Wrapping, quotes, blank lines and characters that nobody sees change no passage's link."""
    page, layout = drawn
    plain = Layout(name=STATEMENTS[page.statement].name, bullet=layout.bullet)

    ids = [passage.id for passage in parse(lay_out(page, plain))[0].passages]

    narrow = replace(NARROW, name=plain.name, bullet=layout.bullet)
    for other in (layout, narrow, replace(narrow, blank_lines=True), replace(plain, hidden="\xad")):
        assert ids == [passage.id for passage in parse(lay_out(page, other))[0].passages]


@given(laid_out_pages())
@examples(50)
def test_ids_are_unique_in_their_page(drawn: tuple[Page, Layout]) -> None:
    """No two passages of a page have one id, and each is made of the passage's own words."""
    parsed, _ = parse(lay_out(*drawn))

    ids = [passage.id for passage in parsed.passages]

    assert len(ids) == len(set(ids))
    assert all(passage.id.startswith(passage_id(passage.text)) for passage in parsed.passages)


# Left out: controls that stand for letters or break lines (see clean.py).
VISIBLE = st.characters(exclude_characters="\v\f\u2028\u2029" + "".join(map(chr, range(0x80, 0xA0))))
LINES = st.lists(
    st.one_of(
        st.text(VISIBLE, max_size=60),
        st.sampled_from(
            ["", "Downloads", "• item", "-", "•", "1. one", "2. two", "Areas were:", "Making safeguarding personal"]
        ),
        st.sampled_from(
            ["© Care Quality Commission", "Next", "Assessing needs", "What people expect", "Key findings", "A van."]
        ),
        st.sampled_from(
            ["half a sentence of a wrapped line that goes on", "Staff agreed.", "short- and", "Score: 2", "\xad"]
        ),
    )
)


@given(LINES)
@examples(300)
def test_every_letter_of_any_findings_is_kept(lines: list[str]) -> None:
    """Whatever stands under the key findings stands in a heading, a passage or the boilerplate, in order."""
    lines = [line for line in lines if not re.match(r"\W*o(?:\W|\Z)", line)]  # "o" is a bullet
    parsed, _ = parse((HEAD + "\n".join(lines)).encode("utf-8", "replace"))

    def letters(text: str) -> str:
        return re.sub(r"[\W_]", "", text.encode("utf-8", "replace").decode())

    rows = [letters(row) for row in re.split("\r\n|\r|\n", HEAD + "\n".join(lines))]
    for number, text in parsed.boilerplate:
        # A bullet of its own and the row below it are one line.
        place = next(place for place in range(number - 1, len(rows)) if rows[place] or not letters(text))
        assert rows[place] == letters(text)
        rows[place] = ""
    assert "".join(rows[5:]) == letters("".join(told(parsed)))


@given(
    st.one_of(
        st.binary(), st.text().map(str.encode), LINES.map(lambda lines: "\n".join(lines).encode("utf-8", "replace"))
    )
)
@examples(500)
def test_no_bytes_make_it_fail(data: bytes) -> None:
    """Any bytes give a page or problems, never an exception."""
    page, problems = parse_statement_page(SourceFile(PATH, data), FRAMEWORK)

    assert page is not None or problems


JUNK = {
    "one line": "word " * 200_000,
    "one word": HEAD + "x" * 1_000_000,
    "no sentence end": "a line that never comes to its end and goes on\n" * 20_000,
    "above the parts": "Anytown says\n" * 80_000,
    "colons": HEAD + "and so on:\n" * 90_000,
    "bullets": HEAD + "•\n" * 250_000,
    "headings": HEAD + "A Heading\n" * 100_000,
    "dashes": HEAD + "- " * 500_000,
    "blank lines": "\n" * 1_000_000,
    "soft hyphens": HEAD + "\xad" * 500_000,
}


@pytest.mark.parametrize("text", JUNK.values(), ids=JUNK.keys())
def test_a_megabyte_of_junk_takes_seconds(text: str) -> None:
    """Time grows with the length of a text, not with its square, which would be minutes."""
    part = max(processor_seconds(text[: len(text) // 8]), 0.05)

    assert processor_seconds(text) < 3 * 8 * part  # its square would be 8 * 8


def processor_seconds(text: str) -> float:
    """Return how long reading a text takes, other programs' time left out."""
    started = time.process_time()
    parse_statement_page(SourceFile(PATH, text.encode()), FRAMEWORK)
    return time.process_time() - started
