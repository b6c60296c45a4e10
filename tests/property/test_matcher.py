"""No phrase takes for ever: the work of finding it grows with the text alone, however it is written.

Work is counted in calls of functions, which are the same on every machine.
"""

from __future__ import annotations

import cProfile
import random
from collections.abc import Callable
from functools import partial

import pytest

from build_scripts.tagging.book import PhraseBook
from build_scripts.tagging.matcher import Text
from build_scripts.tagging.phrases import DEEPEST, MOST_WORDS, PhraseReader

LISTS = {
    "any": ("aaaa", "a*", "* a", "a ...2 a", "a* ...3 a*"),
    "twice0": ("a", "a*"),
    "twice1": ("<twice0>", "<twice0> <twice0>"),
    "twice2": ("<twice1>", "<twice1> <twice1>"),
}
WORST = ("*", "*/*/*/*/*/*/*/*", "a*/aa/*/aa*", "aaaa", "a*", "a-a*", "<any>", "<twice2>", "<any>/<twice1>/*")
TEXTS = ("aaaa ", "aaaaaaaa-", "aaaa' ", "aaaa.) ", "aaaaaaaaaaaaaaaaaaa ", "aaaa, (aaaa ", "aaaa's aaaa-aaaa ")


def work(find: Callable[[], object]) -> int:
    """Return how many functions were called."""
    profile = cProfile.Profile(subcalls=False)
    profile.runcall(find)
    return sum(entry.callcount for entry in profile.getstats())


def a_bad_phrase(chance: random.Random) -> str:
    """Return a phrase of what costs most, of which all but the last word is found wherever it is looked for."""
    positions = ["a*"]
    for part in chance.choices(WORST, k=chance.choice((1, 2))):
        positions += [*chance.choice(((), ("...",), ("...9",))), part]
    return " ".join([*positions, "zzz"])


@pytest.mark.parametrize("seed", range(10))
def test_work_grows_with_the_text(seed: int) -> None:
    """A hundred phrases as bad as can be: twice the text is some twice the work, for each of them."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    reader = PhraseReader(LISTS)
    for _ in range(100):
        phrase, unit = reader.read(a_bad_phrase(chance)), chance.choice(TEXTS)
        once, twice = (work(partial(phrase.spans, Text(unit * length))) for length in (30, 60))
        assert twice <= 2.5 * once, (phrase.text, unit, once, twice)


@pytest.mark.parametrize("unit", ["s-", "s ", "s' ", "s.) ", "s"])
def test_no_phrase_takes_for_ever(unit: str) -> None:
    """Phrases that hung every check once are looked for in 30,000 letters before the test times out."""
    reader = PhraseReader({"any": ("s", "* s", "s* ...9 s")})
    phrases = [
        *(
            "the */*/*/*/*/*/*/*/*/*/*/* zzz",
            " ".join(["s*/ss/*/ss*"] * 8) + " zzz",
            "s* ... s* ... s* ... s* ... s* ... s* zzz",
        ),
        *("* * boat", "s* s* s* boat", "s* ... * ... boat", "<any> ...9 <any> ...9 boat"),
    ]

    assert PhraseBook(map(reader.read, phrases)).find(Text(unit * (30_000 // len(unit)))) == {}


def test_what_lists_share_is_made_once() -> None:
    """Lists that double at each level are read in work that grows with their lines."""
    small = {"l0": ("a", "b")}
    large = {**small, **{f"l{level}": (f"<l{level - 1}>", f"b/<l{level - 1}>") for level in range(1, DEEPEST)}}
    one = work(partial(PhraseReader(small).read, "<l0> c"))
    all_of_them = work(partial(PhraseReader(large).read, f"<l{DEEPEST - 1}> c"))

    assert all_of_them <= one * len(large) * 2


@pytest.mark.parametrize("levels", [DEEPEST + 1, 400])
def test_lists_that_stand_too_deep_are_told(levels: int) -> None:
    """Word lists inside one another have an end, in whatever order they are read."""
    words = {"l0": ("a",), **{f"l{level}": (f"<l{level - 1}>",) for level in range(1, levels)}}
    with pytest.raises(ValueError, match=f"word lists stand inside one another more than {DEEPEST} deep"):
        PhraseReader(words).read(f"<l{levels - 1}>")
    reader = PhraseReader(words)
    assert reader.read(f"<l{DEEPEST - 1}> b").text
    with pytest.raises(ValueError, match="more than"):
        reader.read(f"<l{DEEPEST}> b")


@pytest.mark.parametrize(
    ("phrase", "reach"),
    [
        (" ".join(["a"] * 101), 101),
        ("a ...9 " * 10 + "a", 101),
        ("<ten> <ten>", 200),
        ("<ten3> b", 1000),
    ],
)
def test_a_phrase_that_reaches_too_far_is_told(phrase: str, reach: int) -> None:
    """A phrase has an end, too: its words, its gaps and the longest items of its lists are counted."""
    lists = {"one": ("a " * 10,), "ten": ("<one> " * 10, "a"), "ten3": ("<one>", "<ten> " * 10)}
    with pytest.raises(ValueError, match=f"it can reach over {reach} words, and {MOST_WORDS}"):
        PhraseReader(lists).read(phrase)
