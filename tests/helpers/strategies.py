"""Hypothesis strategies: invented statement pages in every layout in which such pages were seen.

A page is drawn twice over: what it says (``Page``) and how it is laid out (``Layout``), so that a test can lay the same
words out in two ways. All names and findings are invented; only the fixed lines and statement names are CQC's.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from hypothesis import strategies as st

from build_scripts.facts.framework import make_framework
from build_scripts.facts.yaml_text import read_yaml
from build_scripts.model.evidence import SourceFile
from build_scripts.model.vocabulary import Framework
from tests.helpers.projects import ROOT

SAYINGS = (
    "the harbour team in Anytown told us",
    "people waited 12 weeks for a first visit",
    "short- and long-term plans were in place",
    "seldom-heard groups joined the co-production board",
    "leaders’ views of the ‘Open Door’ scheme were mixed",
    "staff said “we go to where people are”",
    "partners – such as the lighthouse trust – agreed",
    "carers had a break of 2 hours (or 3 in summer)",
    "the register (2023-2025) held 1.5 entries a person",
    "nobody was turned away from the pier café",
)
SHAPES = ("Voices of the harbour quarter", "Visits and waiting", "2 years of the Open Door scheme", "Help at the pier")
AUTHORITIES = ("Anytown City Council", "London Borough of Anytown", "Anytown, Othertown and Thirdtown Council")
NAVIGATION = ("Downloads", "Local authority assessment reports", "Theme 1: How Anytown City Council works with people")
DATES = ("Published: 8 November 2024", "Page last updated: 28 February 2025", "Published 8 November 2024")
FOOTERS = (
    "© Care Quality Commission",
    "© Care Quality Commission 2025",
    "Page last updated: 3 March 2025",
    "Back to top",
)
PLACES = ("Home", "Care services")
"""Sub-headings that the navigation of CQC's site names too."""
FURNITURE = ("Downloads", "Print this page", "Page last updated: 3 March 2025", "Next page")
BULLETS = ("• ", "•\t", "- ", "* ", "– ", "o ", "1")
BELOW = ("Previous", "Assessing needs", "Next care provision", "Help with this site")


@dataclass(frozen=True)
class Block:
    """A heading, paragraph or list of an invented page."""

    kind: str
    texts: tuple[str, ...]
    """One text, or the items of a list."""


@dataclass(frozen=True)
class Page:
    """What an invented statement page says."""

    statement: str
    authority: str | None
    score: int
    expectations: tuple[str, ...]
    commitment: tuple[str, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Layout:
    """How a page is laid out."""

    name: str | None = None
    """The wording of the statement's name, None to leave it out."""
    navigation: tuple[str, ...] = ()
    furniture: tuple[str, ...] = ()
    """Lines of the page around it that stand among the findings, above any block that is no list."""
    footers: tuple[str, ...] = ()
    score: str = "Score: {score}"
    label: str = "{score} - {label}"
    blank_lines: bool = True
    width: int | None = None
    """Columns to wrap at, None for a line a paragraph."""
    ragged: bool = False
    """Whether wrapped lines vary in length, as a PDF's do."""
    bullet: str = "• "
    """What opens an item; ``1`` numbers them, nothing leaves them bare."""
    straight: bool = False
    newline: str = "\n"
    byte_order_mark: bool = False
    hidden: str = ""
    """A character without width, put into the words."""
    space: str = " "
    """What stands for every seventh space."""


def framework() -> Framework:
    """Return the project's own framework."""
    path = ROOT / "data" / "framework.yml"
    document, problems = read_yaml(SourceFile("data/framework.yml", path.read_bytes()))
    assert document is not None
    assert not problems
    return make_framework(document)


FRAMEWORK = framework()
STATEMENTS = {statement.id: statement for statement in FRAMEWORK.statements}


def sentences(least: int, most: int) -> st.SearchStrategy[str]:
    """Return paragraphs of so many invented sentences."""
    return st.lists(st.lists(st.sampled_from(SAYINGS), min_size=1, max_size=3), min_size=least, max_size=most).map(
        lambda drawn: " ".join(
            f"{', and '.join(sayings)}."[:1].upper() + f"{', and '.join(sayings)}."[1:] for sayings in drawn
        )
    )


@st.composite
def _sections(draw: st.DrawFn, statement: str) -> list[Block]:
    """Return perhaps a heading, then paragraphs and lists; a list stands under a heading or what announces it."""
    blocks: list[Block] = []
    known = STATEMENTS[statement].headings
    if draw(st.booleans()):
        blocks.append(Block("heading", (draw(st.sampled_from((*known, *SHAPES, *PLACES))),)))
        if draw(st.integers(0, 3)) == 0:
            blocks.append(_listed(draw))
    for _ in range(draw(st.integers(1, 3))):
        blocks.append(Block("paragraph", (draw(sentences(1, 5)),)))
        if draw(st.integers(0, 3)) == 0:
            blocks[-1] = Block("paragraph", (blocks[-1].texts[0] + " This was seen in the following:",))
            blocks.append(_listed(draw))
    return blocks


def _listed(draw: st.DrawFn) -> Block:
    return Block("list", tuple(draw(st.lists(st.sampled_from(SAYINGS), min_size=2, max_size=4))))


@st.composite
def pages(draw: st.DrawFn) -> Page:
    """Return what an invented page says."""
    statement = draw(st.sampled_from([item.id for item in FRAMEWORK.statements]))
    sections = draw(st.lists(_sections(statement), min_size=1, max_size=3))
    blocks = [block for section in sections for block in section]
    if blocks[-1].kind == "list":
        blocks.append(Block("paragraph", (draw(sentences(1, 2)),)))
    expecting = draw(
        st.lists(sentences(1, 2).map(lambda text: f"I can say that {text[:1].lower()}{text[1:]}"), max_size=2)
    )
    return Page(
        statement=statement,
        authority=draw(st.sampled_from((None, *AUTHORITIES))),
        score=draw(st.integers(1, 4)),
        expectations=tuple(expecting),
        commitment=(
            "We listen to people, to carers and to staff, then " * 5 + "we act.",
            *draw(st.lists(sentences(1, 3), max_size=1)),
        ),
        blocks=tuple(blocks),
    )


def _has_list_under_heading(page: Page) -> bool:
    """Return whether a list stands where nothing but its bullets tells it from paragraphs."""
    return any((above.kind, block.kind) == ("heading", "list") for above, block in pairwise(page.blocks))


@st.composite
def layouts(draw: st.DrawFn, page: Page) -> Layout:
    """Return a layout for the page."""
    statement = STATEMENTS[page.statement]
    inadequate = ("{score} - Inadequate: {label}",) if page.score == 1 else ()
    return Layout(
        name=draw(st.sampled_from((None, statement.name, statement.name.upper(), *statement.wordings))),
        navigation=tuple(draw(st.lists(st.sampled_from((*NAVIGATION, *DATES)), max_size=3, unique=True))),
        furniture=tuple(draw(st.lists(st.sampled_from(FURNITURE), max_size=2, unique=True))),
        footers=(
            *draw(st.lists(st.sampled_from(FOOTERS), max_size=2, unique=True)),
            *draw(st.sampled_from(((), (FOOTERS[0], *BELOW)))),
        ),
        score=draw(
            st.sampled_from(("Score: {score}", "Score:{score}", "Score {score}", "score: {score}", "Score:\n{score}"))
        ),
        label=draw(
            st.sampled_from(("{score} - {label}", "{score} – {label}", "{score}: {label}", "{label}", "", *inadequate))
        ),
        blank_lines=draw(st.booleans()),
        width=draw(st.sampled_from((None, None, 66, 80, 95))),
        ragged=draw(st.booleans()),
        bullet=draw(st.sampled_from(BULLETS if _has_list_under_heading(page) else (*BULLETS, ""))),
        straight=draw(st.booleans()),
        newline=draw(st.sampled_from(("\n", "\r\n", "\r"))),
        byte_order_mark=draw(st.booleans()),
        hidden=draw(st.sampled_from(("", "\u200b", "\xad", "\ufeff", "\u202e"))),
        space=draw(st.sampled_from((" ", "\xa0", "\u2009", "\t", "  ", "\x85"))),
    )


def said(text: str, layout: Layout) -> str:
    """Return the text with the quotes and dashes that the layout has."""
    return text.translate(str.maketrans("‘’“”", "''\"\"")) if layout.straight else text


def items(block: Block, layout: Layout) -> list[str]:
    """Return a list's items as the parsed list is to have them: numbers are words, bullets are not."""
    return [f"{number}. {text}" if layout.bullet == "1" else text for number, text in enumerate(block.texts, 1)]


def lay_out(page: Page, layout: Layout) -> bytes:
    """Return the bytes of the page in this layout."""
    statement = STATEMENTS[page.statement]
    title = [f"{page.authority}: local authority assessment"] if page.authority else []
    label = layout.label.format(score=page.score, label=FRAMEWORK.score_labels[page.score])
    name = [layout.name] if layout.name else []
    units = [
        *title,
        *layout.navigation,
        *name,
        *layout.score.format(score=page.score).split("\n"),
        *([label] if label else []),
    ]
    if page.expectations:
        units += [*FRAMEWORK.expectations_lines[:1], *page.expectations]
    units += [*FRAMEWORK.commitment_lines[:1], *page.commitment, *FRAMEWORK.findings_lines[:1]]
    furniture = list(layout.furniture)
    above = None
    for block in page.blocks:
        # Beside furniture, “Home” is a doubt that only a person can settle.
        if furniture and block.kind != "list" and not {block.texts[0], above} & set(PLACES):
            units.append(furniture.pop(0))
        above = block.texts[0]
        opening = "" if layout.bullet == "1" else layout.bullet
        units += [opening + text for text in items(block, layout)] if block.kind == "list" else block.texts
    assert statement.id == page.statement
    rows = [
        row
        for unit in [*units, *furniture, *layout.footers]
        for row in (*_wrap(unit, layout), *([""] if layout.blank_lines else []))
    ]
    text = layout.newline.join(_disguise(said(row, layout), layout) for row in rows) + layout.newline
    return ("\ufeff" if layout.byte_order_mark else "").encode() + text.encode()


def fitted(page: Page, *layouts: Layout) -> Page:
    """Return the page with paragraphs lengthened until their last lines are short ones in all layouts.

    Without blank lines nothing but a short last line tells where a paragraph ends.
    """
    widths = [(layout, layout.width) for layout in layouts if layout.width and not layout.blank_lines]

    def fit(text: str) -> str:
        # With room for a bullet and without.
        while any(
            len(_wrap(opening + text, layout)[-1]) > width / 2
            for layout, width in widths
            for opening in ("", "- ", "1. ")
        ):
            text = re.sub(r"[.:]?\Z", r" too\g<0>", text, count=1)
        return text

    return replace(
        page,
        expectations=tuple(map(fit, page.expectations)),
        commitment=tuple(map(fit, page.commitment)),
        blocks=tuple(
            block if block.kind == "heading" else replace(block, texts=tuple(map(fit, block.texts)))
            for block in page.blocks
        ),
    )


def _wrap(text: str, layout: Layout) -> list[str]:
    """Return the text in lines."""
    return list(_cut(text, layout)) if layout.width and len(text) > layout.width / 2 else [text]


def _cut(text: str, layout: Layout) -> Iterator[str]:
    """Yield lines of the layout's width, each a little shorter than the width in turn where they are ragged."""
    assert layout.width is not None
    rest, turn = text, 0
    while rest:
        width = layout.width - (0, 5, 2, 7, 3)[turn % 5] * layout.ragged
        row = textwrap.wrap(rest, width, expand_tabs=False, replace_whitespace=False)[0]
        yield row
        rest, turn = rest[len(row) :].lstrip(" "), turn + 1


def _disguise(row: str, layout: Layout) -> str:
    """Return the row with characters in it that nobody sees."""
    words = row.split(" ")
    spaced = "".join(word + (layout.space if number % 7 == 3 else " ") for number, word in enumerate(words)).rstrip(" ")
    if not layout.hidden:
        return spaced
    shown = [
        letter + (layout.hidden if letter.isalpha() and following.isalpha() and number % 11 == 5 else "")
        for number, (letter, following) in enumerate(zip_longest(spaced, spaced[1:], fillvalue=" "))
    ]
    return "".join(shown)
