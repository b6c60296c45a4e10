"""What is weighed of a passage: its words, beginnings of words and pairs of words, and what the rules found in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from build_scripts.model.evidence import Match
from build_scripts.search.words import term
from build_scripts.tagging.matcher import MOST_TOKENS, Text

BEGINNING = 5
"""Letters of a beginning: longer stems share one with their relatives (``accessible``, ``accessing``)."""
NUMBER = "0"
"""What stands for every number."""

Found = Mapping[str, tuple[Sequence[Match], Sequence[Match], frozenset[str]]]
"""Theme to what its rule found: all matches, those of them that do not name it in passing, and its weak phrases."""


def features_of(
    text: Text, found: Found, passing: Sequence[tuple[int, int]], statement: str
) -> dict[str, tuple[int, int]]:
    """Return what a passage has, each with the place (start, end) where that stands first.

    :param passing: the stretches that name things in passing; words there are features of their own (``listed word``)
    :param statement: id of the quality statement that the text is on
    :returns: features as ``data/weights.csv`` names them; the place is (0, 0) for what is no words of the passage
    """
    features: dict[str, tuple[int, int]] = {}
    for part in reversed(text.parts):
        features.update(_words(part, passing))
    for theme, (matches, told, weak) in found.items():
        kind = "passing phrase"
        if told:
            kind = "weak phrase" if all(match.phrase in weak for match in told) else "phrase"
        features[f"{kind} {theme}"] = (0, 0)
        if len(matches) > 1:
            features[f"two phrases {theme}"] = (0, 0)
    features[f"statement {statement}"] = (0, 0)
    return features


def _words(
    part: Sequence[tuple[int, str]], passing: Sequence[tuple[int, int]]
) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the words of a sentence, last first, so that of equal ones the first place stays."""
    after, after_end = "", 0
    near = [(start, stop) for start, stop in passing if part and start <= part[-1][0] and part[0][0] < stop]
    for place, token in reversed(part):
        known = _word(token)
        if known is None:
            continue
        stem, word, beginning = known
        end = place + len(token)
        listed = "listed " if near and any(start <= place < stop for start, stop in near) else ""
        yield listed + word, (place, end)
        if beginning:
            yield listed + beginning, (place, end)
        if after:
            yield f"{listed}pair {stem} {after}", (place, after_end)
        after, after_end = stem, end


@lru_cache(MOST_TOKENS)
def _word(token: str) -> tuple[str, str, str] | None:
    """Return the stem of a word, and the names of its features; None for a sign and for words that say nothing."""
    if not token[0].isalnum():
        return None
    stem = NUMBER if token[0].isdigit() else term(token)
    if stem is None or (len(stem) == 1 and stem != NUMBER):
        return None
    return stem, f"word {stem}", f"beginning {stem[:BEGINNING]}" if len(stem) > BEGINNING else ""
