"""Properties of tagging: matches say where their words are, looking up changes nothing, no text takes for ever."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.facts.yaml_text import read_yaml
from build_scripts.model.evidence import Match, Passage, SourceFile
from build_scripts.model.vocabulary import Theme, Vocabulary
from build_scripts.tagging.rules import Rules, compile_rules
from build_scripts.tagging.tags import tag_passages
from build_scripts.text.letters import fold
from tests.helpers.anytown import theme, vocabulary, voice
from tests.helpers.patterns import compile_pattern
from tests.helpers.projects import ROOT

Made = TypeVar("Made")

LISTS = {"said": ("told us", "said"), "mood": ("well", "<said> so"), "any": ("* way", "boat")}
WORDS = (
    "boat",
    "boats",
    "ferry",
    "ferries",
    "sky",
    "skies",
    "co-op",
    "coop",
    "it's",
    "A&E",
    "£5",
    "said",
    "told",
    "us",
    "way",
)
ODD = (
    "57%",
    "7 per cent",
    "ſaid",
    "Boat",
    "ferrıes",
    "İt's",
    "S\u212aY",
    "é",
    "“boat”",
    "boat’s",
    ",",
    ". ",
    "! B",
    "\n",
    "-",
    " ",
    "...",
    "_",
    "ß",
)
TEXTS = st.lists(st.sampled_from((*WORDS, *ODD, *(" ",) * 12)), max_size=40).map("".join)

CHOICES = (
    "boat",
    "ferry",
    "sky",
    "s*",
    "*",
    "co-op",
    "it's",
    "A&E",
    "£5",
    "=Boat",
    "<said>",
    "<mood>",
    "<any>",
    "%",
    "us",
)
POSITIONS = st.lists(st.sampled_from(CHOICES), min_size=1, max_size=2).map("/".join)
NO_WORD = {"...", "...2", "*", *(each for word in CHOICES for each in (f"*/{word}", f"{word}/*"))}
"""Positions that any word fills, and gaps: a phrase of these alone is refused."""
PHRASES = (
    st.tuples(
        st.sampled_from(("", "^")),
        POSITIONS,
        st.lists(st.tuples(st.sampled_from((" ", " ... ", " ...2 ")), POSITIONS).map("".join), max_size=2).map("".join),
    )
    .map("".join)
    .filter(lambda phrase: not set(phrase.removeprefix("^").split()) <= NO_WORD)
)


def spans(phrases: tuple[str, ...], text: str) -> set[tuple[int, int]]:
    """Where the phrases stand, every pattern tried on the whole text."""
    patterns = [compile_pattern(phrase, LISTS) for phrase in phrases]
    return {match.span() for pattern in patterns for match in pattern.finditer(fold(text))}


def naive(entry: Theme, text: str) -> list[tuple[int, int]]:
    """What earns the theme, found without looking anything up."""
    excluded = spans(entry.exclusions, text)

    def counted(phrases: tuple[str, ...]) -> set[tuple[int, int]]:
        return {
            span
            for span in spans(phrases, text)
            if not any(span[0] < end and start < span[1] for start, end in excluded)
        }

    strong, weak = counted(entry.phrases), counted(entry.weak)
    ends = [match.end() for match in re.finditer(r"[.!?][\"')]? |\n", fold(text))]
    if not strong and len({sum(end <= start for end in ends) for start, _ in weak}) < 2:
        return []
    found = strong | weak
    inside = {a for a in found for b in found if a != b and b[0] <= a[0] and a[1] <= b[1]}
    return sorted(found - inside)


@given(
    TEXTS,
    st.lists(PHRASES, min_size=1, max_size=4, unique=True),
    st.lists(PHRASES, max_size=2),
    st.integers(0, 4),
)
def test_looking_up_changes_nothing(text: str, phrases: list[str], exclusions: list[str], strong: int) -> None:
    """Trying only phrases whose first letters occur finds what trying every one finds; weak ones need two sentences."""
    entry = theme("boats", *phrases[:strong], weak=tuple(phrases[strong:]), exclusions=tuple(exclusions))
    rules, problems = compile_rules(vocabulary((entry,), (), words=LISTS))

    (tagged,) = tag_passages([Passage("p-00000001", text, 1)], rules)

    assert problems == ()
    found = [(match.start, match.end) for tag in tagged.themes for match in tag.matches]
    assert found == naive(entry, text)


@given(TEXTS, st.lists(PHRASES, min_size=1, max_size=4))
def test_matches_slice_the_words(text: str, phrases: list[str]) -> None:
    """A match is a place in the text as published: never empty, whole words, found again by its own phrase."""
    rules, _ = compile_rules(vocabulary((theme("boats", *phrases),), (), words=LISTS))

    (tagged,) = tag_passages([Passage("p-00000001", text, 1)], rules)

    matches = [match for tag in tagged.themes for match in tag.matches]
    assert matches == sorted(matches, key=lambda match: match.start)
    for match in matches:
        words = text[match.start : match.end]
        assert 0 <= match.start < match.end <= len(text)
        assert words == words.strip()
        assert "\n" not in words
        assert not _is_word(text[match.start - 1 : match.start])
        assert not _is_word(text[match.end : match.end + 1])
        assert match.phrase in phrases
        assert compile_pattern(match.phrase.removeprefix("^"), LISTS).fullmatch(fold(words))


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def the_vocabulary() -> Vocabulary:
    """The project's own themes and voices, without authorities."""
    entries: dict[str, Any] = {}
    for name in ("themes", "voices"):
        path = f"data/{name}.yml"
        document, _ = read_yaml(SourceFile(path, (ROOT / path).read_bytes()))
        assert document is not None
        entries[name] = document.value

    def made(name: str, make: Callable[..., Made]) -> tuple[Made, ...]:
        return tuple(
            make(
                item["id"],
                *item["phrases"],
                weak=tuple(item.get("weak", ())),
                exclusions=tuple(item.get("not", ())),
            )
            for item in entries[name][name]
        )

    words = {word: tuple(items) for entry in entries.values() for word, items in entry.get("words", {}).items()}
    return vocabulary(made("themes", theme), made("voices", voice), words=words)


@pytest.fixture(scope="module")
def rules() -> Rules:
    made, problems = compile_rules(the_vocabulary())
    assert problems == ()
    return made


@pytest.mark.parametrize(
    "text",
    [
        "people " * 15_000,
        "people-" * 15_000,
        "people," * 15_000,
        "a-" * 50_000,
        "'" * 100_000,
        "-" * 100_000,
        "a" * 100_000,
        "." * 100_000,
        ".)" * 50_000,
        "people .)" + ".)" * 50_000 + " told us",
        "staff said people told us leaders felt " * 2_500,
        "people\n" * 15_000,
        "people (" * 12_000,
    ],
    ids=lambda text: f"{text[:12]!r}",
)
def test_no_text_takes_for_ever(rules: Rules, text: str) -> None:
    """100,000 letters of the worst kinds are tagged with every rule of the project before the test times out."""
    (tagged,) = tag_passages([Passage("p-00000001", text, 1)], rules)

    assert all(isinstance(match, Match) for tag in tagged.themes for match in tag.matches)
