"""The part of an address by which a browser opens the very words of a passage: short, and of no other words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.model.evidence import Heading, Passage, StatementPage
from build_scripts.pages.very_words import FEWEST, LONGEST, text_directives
from build_scripts.text.passages import passage_id

COMMITMENT = "We tackle inequality wherever we find it."


def page(*texts: str, headings: Sequence[str] = ()) -> StatementPage:
    """Return a page with these passages; text with line breaks is a list; the last one stands under the headings."""
    passages = [
        Passage(
            f"{passage_id(text)}-{n}",
            text,
            n,
            len(headings) - 1 if headings and n == len(texts) else None,
            "\n" in text,
        )
        for n, text in enumerate(texts, 1)
    ]
    known = tuple(Heading(text, 8, known=False) for text in headings)
    return StatementPage("equity", None, 3, None, ("I am who I am.",), (COMMITMENT,), known, tuple(passages), ())


def directives(*texts: str) -> list[str]:
    """Return the directives of these passages, in order, as people read them."""
    return [unquote(each) for each in text_directives(page(*texts)).values()]


def test_short_words_are_asked_for_as_they_are() -> None:
    """A short paragraph is asked for whole, a long one by its shortest unique beginning and end."""
    assert directives("A lamp was lit.", "A path led from the pier to the day centre on the hill.") == [
        ":~:text=A lamp was lit.",
        ":~:text=A path led,hill.",
    ]


def test_beginning_grows_until_it_is_unique() -> None:
    """Words with which something else on the page begins, or which stand in the middle of it, are not enough."""
    shared = "People told us that the ferry came each day of the week"
    assert directives(
        f"{shared} and was late.", f"{shared}, always on time.", "So people told us of the lighthouse."
    ) == [
        ":~:text=People told us that the ferry came each day of the week and,late.",
        ":~:text=People told us that the ferry came each day of the week, always,time.",
        ":~:text=So people told us of the lighthouse.",
    ]


def test_words_that_only_the_passage_itself_repeats_are_unique() -> None:
    """A browser takes the first place, and that is where the passage begins."""
    sentence = "A path led from the pier to the day centre."
    assert directives(f"{sentence} {sentence}", "So a path was led.") == [
        ":~:text=A path led,led from the pier to the day centre.",
        ":~:text=So a path was led.",
    ]


def test_end_grows_until_it_stands_nowhere_between() -> None:
    """The end is the first place of its words after the beginning."""
    (found,) = directives(
        "The pier was long and the boat was old, so the council mended the pier and the old boat was old."
    )
    assert found == ":~:text=The pier was,old boat was old."


def test_list_is_marked_from_its_first_item_to_its_last() -> None:
    """Beginning and end stand in one item each."""
    assert directives("boats for all\nferries in winter\nlamps on the long pier") == [":~:text=boats for all,pier"]


def test_same_words_twice_are_told_apart_by_what_stands_before() -> None:
    """Of two equal passages each is led to by the end of the paragraph before it."""
    found = directives("Leaders knew the town.", "A lamp was lit.", "Staff knew the sea.", "A lamp was lit.")
    assert found[1] == ":~:text=town.-,A lamp was lit."
    assert found[3] == ":~:text=sea.-,A lamp was lit."


def test_long_words_that_are_equal_are_compared_to_a_limit() -> None:
    """Of long equal paragraphs the first is led to by so many words and its end, one that nothing tells apart not."""
    words = [f"boat{at}" for at in range(3 * LONGEST)]
    first, second, third = directives(*[" ".join(words)] * 3)
    assert first == f":~:text={' '.join(words[:LONGEST])},{words[-1]}"
    assert second == f":~:text={words[-1]}-,{' '.join(words[:FEWEST])},{words[-1]}"
    assert third == ""


def test_long_end_that_stands_there_twice_is_cut() -> None:
    """Where no end within the limit stands for the first time, it has as many words as the limit lets it have."""
    words = [f"boat{at}" for at in range(2 * LONGEST)]
    (found,) = directives(" ".join(["A pier", *words, *words]))
    assert found == f":~:text=A pier boat0,{' '.join(words[-LONGEST:])}"


def test_signs_of_the_directive_are_escaped() -> None:
    """A comma, a hyphen or an ampersand of the words is none of the directive."""
    (found,) = text_directives(page("Well-known, warm & dry.")).values()
    assert found == ":~:text=Well%2Dknown%2C%20warm%20%26%20dry."


def blocks_of(of: StatementPage) -> list[tuple[str, str]]:
    """Return the paragraphs and items as a browser has them, each with the id of its passage."""
    found = [(text, "") for text in (*of.expectations, *of.commitment, "Key findings")]
    for passage in of.passages:
        if passage.heading is not None:
            found.append((of.headings[passage.heading].text, ""))
        found += [(item, passage.id) for item in passage.items]
    return found


def marked(directive: str, blocks: Sequence[tuple[str, str]]) -> tuple[int, int, int, int]:
    """Return what a browser marks, by the words of the specification: block and letter of both ends."""
    parts = [unquote(part) for part in directive.removeprefix(":~:text=").replace("-,", "\0,").split(",")]
    prefix = parts.pop(0).removesuffix("\0") if "\0" in parts[0] else ""
    start, *end = parts

    def places(words: str, first: int, offset: int) -> list[tuple[int, int, int]]:
        sought = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", re.IGNORECASE)
        return [
            (number, found.start(), found.end())
            for number in range(first, len(blocks))
            for found in sought.finditer(blocks[number][0], offset if number == first else 0)
        ]

    for number, at, after in places(start, 0, 0):
        if prefix and not (
            at == 0 and re.search(rf"(?<!\w){re.escape(prefix)}\Z", blocks[number - 1][0], re.IGNORECASE)
        ):
            continue
        if not end:
            return number, at, number, after
        last = places(end[0], number, after)[0]
        return number, at, last[0], last[2]
    raise AssertionError(f"{directive} leads nowhere")


WORDS = st.lists(
    st.sampled_from(["the", "pier", "boat", "sea,", "day-centre", "Leaders", "knew.", "I", "am"]),
    min_size=1,
    max_size=14,
)
TEXTS = st.lists(WORDS.map(" ".join), min_size=1, max_size=3).map("\n".join)


@given(st.lists(TEXTS, min_size=1, max_size=5), st.sampled_from([(), ("The sea",), ("Leaders knew",)]))
def test_browser_marks_the_passage_and_nothing_else(texts: list[str], headings: Sequence[str]) -> None:
    """Whatever stands on a page, a directive leads from the first letter of its passage, and never beyond its last."""
    of = page(*texts, headings=headings)
    blocks = blocks_of(of)
    for id, directive in text_directives(of).items():
        if directive:
            own = [number for number, (_, passage) in enumerate(blocks) if passage == id]
            first, at, last, after = marked(directive, blocks)
            assert (first, at) == (own[0], 0)
            assert last in own
            passage = next(each for each in of.passages if each.id == id)
            if len(set(passage.items)) == len(passage.items) == 1:
                assert (last, after) == (own[-1], len(blocks[own[-1]][0]))


@pytest.mark.parametrize("text", ["– – –", "…"])
def test_words_that_no_browser_could_find_have_none(text: str) -> None:
    """Signs alone are nothing to look for."""
    assert directives(text) == [""]
