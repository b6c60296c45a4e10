"""What is weighed of a passage, for its themes and for its voices: words, pairs of words, and what the rules found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from build_scripts.model.evidence import Match
from build_scripts.search.words import term
from build_scripts.tagging.matcher import Text
from build_scripts.tagging.met import Met
from build_scripts.tagging.spans import Span, overlapping

BEGINNING = 5
"""Letters of a beginning: longer stems share one with their relatives (``accessible``, ``accessing``)."""
NUMBER = "0"
"""What stands for every number."""

Found = Mapping[str, tuple[Sequence[Match], Sequence[Match], frozenset[str]]]
"""Theme to what its rule found: all matches, those of them that do not name it in passing, and its weak phrases."""


class _Word(NamedTuple):
    """A word of a passage, and what its features are called."""

    stem: str
    own: tuple[str, ...]
    """The word itself and its beginning, as far as they are asked for."""
    pair: Callable[[str], str | None] | None
    """The stem that follows to what the two are called, or to None; None where no pair with this word is asked for."""


class _NamesOfWords:
    """What words are called: after a kind of theirs, by what stands for a word.

    :param kind: what the names of features begin with (``listed``), or nothing
    :param stem: gives what stands for a word, or None where it says nothing
    """

    def __init__(self, kind: str, stem: Callable[[str], str | None], wanted: Collection[str] | None) -> None:
        self._kind = f"{kind} " if kind else ""
        self._stem = stem
        self._wanted = wanted
        self._pairs: dict[str, dict[str, str]] = defaultdict(dict)
        for name in wanted or ():
            if name.startswith(opening := f"{self._kind}pair "):
                first, _, after = name.removeprefix(opening).partition(" ")
                self._pairs[first][after] = name

    def of(self, token: str) -> _Word | None:
        """Return the names of a word of a passage; None for one that says nothing."""
        stem = self._stem(token)
        if stem is None:
            return None
        own = [f"{self._kind}word {stem}"]
        if len(stem) > BEGINNING and self._stem is _content:
            own.append(f"{self._kind}beginning {stem[:BEGINNING]}")
        if self._wanted is None:
            return _Word(stem, tuple(own), f"{self._kind}pair {stem} ".__add__)
        pairs = self._pairs.get(stem)
        return _Word(stem, tuple(name for name in own if name in self._wanted), pairs.get if pairs else None)


def _content(token: str) -> str | None:
    """Return a word without its ending; None for a sign and for words that are in every text."""
    if not token[0].isalnum():
        return None
    stem = NUMBER if token[0].isdigit() else term(token)
    return None if stem is None or (len(stem) == 1 and stem != NUMBER) else stem


def _as_written(token: str) -> str:
    """Return a word as it is written: who tells what hangs on the little words."""
    return NUMBER if token[0].isdigit() else token


class Names:
    """What the words of passages are called as features, so that each word is looked at once and not in each passage.

    :param wanted: the only features of words that are asked for, those that weigh something; None for all
    """

    def __init__(self, wanted: Collection[str] | None = None) -> None:
        self.plain = Met(_NamesOfWords("", _content, wanted).of)
        self.listed = Met(_NamesOfWords("listed", _content, wanted).of)
        """Those of words that stand where things are named in passing."""
        self.written = Met(_NamesOfWords("written", _as_written, wanted).of)
        """Those that are weighed for voices."""


EVERY = Names()
"""The names of all features."""


def features_of(
    text: Text, found: Found, passing: Sequence[Span], statement: str, names: Names = EVERY
) -> dict[str, tuple[int, int]]:
    """Return what a passage has, each with the place (start, end) where that stands first.

    :param passing: the stretches that name things in passing, ``merged``; words there are features of their own
        (``listed word``)
    :param statement: id of the quality statement that the text is on
    :param names: those of the words' features that are asked for
    :returns: features as ``data/weights.csv`` names them; the place is (0, 0) for what is no words of the passage
    """
    features: dict[str, tuple[int, int]] = {}
    for part in reversed(text.parts):
        _note(features, part, names.plain, names.listed, passing)
    for theme, (matches, told, weak) in found.items():
        kind = "passing phrase"
        if told:
            kind = "weak phrase" if all(match.phrase in weak for match in told) else "phrase"
        features[f"{kind} {theme}"] = (0, 0)
        if len(matches) > 1:
            features[f"two phrases {theme}"] = (0, 0)
    features[f"statement {statement}"] = (0, 0)
    return features


def features_of_voices(text: Text, told: Mapping[str, str], names: Names = EVERY) -> dict[str, tuple[int, int]]:
    """Return what is weighed of a passage for its voices, each with its place as :func:`features_of` gives them.

    :param told: voice to what its rule makes of the passage: it ``speaks``, is an ``object`` of what is said, or is
        only ``named``
    """
    features: dict[str, tuple[int, int]] = {}
    for part in reversed(text.parts):
        _note(features, part, names.written)
    features.update((f"{how} {voice}", (0, 0)) for voice, how in told.items())
    if not set(told.values()) - {"named"}:
        features["speaks nobody"] = (0, 0)
    return features


def _note(
    features: dict[str, tuple[int, int]],
    part: Sequence[tuple[int, str]],
    plain: Met[_Word | None],
    listed: Met[_Word | None] | None = None,
    passing: Sequence[Span] = (),
) -> None:
    """Note the words of a sentence, last first, so that of equal ones the first place stays.

    Those in a stretch of ``passing`` are ``listed``, all others ``plain``.
    """
    near = [*overlapping(passing, part[0][0], part[-1][0] + 1)] if passing and part else []
    after, after_place, after_token = "", 0, ""
    for place, token in reversed(part):
        while near and place < near[-1][0]:
            near.pop()
        names = listed if near and listed is not None and place < near[-1][1] else plain
        word = names[token]
        if word is None:
            continue
        stem, own, pair = word
        for name in own:
            features[name] = place, place + len(token)
        if pair and after and (both := pair(after)):
            features[both] = place, after_place + len(after_token)
        after, after_place, after_token = stem, place, token
