"""Hold the answers of the search against what was judged, and sum up."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

from benchmarks.search.judged.queries import ANYTHING, NOTHING, PASSAGE, Card, Query
from benchmarks.search.judged.worth import ABOUT, Place, worths

AT = 10
"""Passages of an answer that count: those of its first page."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the search answered."""

    cards: tuple[Card, ...] | None
    """None where the engine has no cards at all."""
    passages: tuple[str, ...]
    """Global ids of the first ten as a reader meets them: near matches that are told apart come last."""
    found: bool
    """Whether any passage is said to be found: near matches are not, nor all passages where nothing was looked for."""
    suggestion: str | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an answer does: True, False, or None where that cannot be judged on this collection."""

    query: Query
    first: bool | None
    """Whether what stands first is what should."""
    passage: bool | None
    """Whether the first passage is about it."""
    gain: float | None
    """nDCG at 10: 1 where no other ten passages, in no other order, would be worth more."""
    faults: tuple[str, ...]
    """What must not happen and did, a few words each."""


def judge(query: Query, answer: Answer, places: Mapping[str, Place], judged: bool) -> Verdict:
    """Return how an answer does; ``places`` are all passages by their ids, ``judged`` as ``worths`` has it."""
    worth = worths(query, places, judged)
    passage = None
    if any(value >= ABOUT for value in worth.values()):
        passage = bool(answer.passages) and worth.get(answer.passages[0], 0) >= ABOUT
    gain = ndcg([worth.get(id, 0) for id in answer.passages], worth.values()) if worth else None
    return Verdict(query, _first(query, answer, passage), passage, gain, tuple(_faults(query, answer, places)))


def _first(query: Query, answer: Answer, passage: bool | None) -> bool | None:
    """Whether the answer's first card, or where it has none its first passage, is one that the query allows."""
    if not query.first:
        return None
    if answer.cards:
        return answer.cards[0] in query.first
    if ANYTHING in query.first:
        return True
    if NOTHING in query.first:
        return not answer.found
    return passage if PASSAGE in query.first else False


def _faults(query: Query, answer: Answer, places: Mapping[str, Place]) -> Iterable[str]:
    if answer.suggestion is not None and answer.suggestion.casefold() not in map(str.casefold, query.suggestions):
        yield f"suggests {answer.suggestion!r}"
    for kind, id in query.wrong:
        if (kind, id) in (answer.cards or ()):
            yield f"shows the {kind} {id}"
    council = query.within.get("authority")
    others = {places[id].facets["authority"] for id in answer.passages} - {council}
    if council and others:
        yield f"passages of {', '.join(sorted(others))}"


def ndcg(gains: Sequence[int], all_gains: Iterable[int]) -> float:
    """Return the normalized discounted cumulative gain of the first ten: 2^gain - 1, over log2 of the place and one.

    Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques" (2002), with the gains of Burges et al.
    (2005). ``all_gains`` are those of all passages; at least one is above 0.
    """
    return _dcg(gains) / _dcg(sorted(all_gains, reverse=True))


def _dcg(gains: Sequence[int]) -> float:
    return math.fsum((2**gain - 1) / math.log2(place + 2) for place, gain in enumerate(gains[:AT]))


@dataclass(frozen=True, slots=True)
class Figures:
    """Parts of the queries, 0 to 1, for which the search does what was judged right."""

    names: float
    """Names whose first place is right."""
    others: float
    passage: float
    """Queries whose first passage is about it."""
    gain: float
    """Mean nDCG at 10."""
    sound: float
    """Queries of which nothing happened that must not."""
    counts: tuple[int, int, int, int, int]
    """Of how many queries each of these is."""


def sum_up(verdicts: Sequence[Verdict]) -> Figures:
    """Return the figures of some verdicts; those that could not be judged count nowhere."""
    parts: tuple[list[float], ...] = (
        [each.first for each in verdicts if each.first is not None and each.query.kind == "name"],
        [each.first for each in verdicts if each.first is not None and each.query.kind == "other"],
        [each.passage for each in verdicts if each.passage is not None],
        [each.gain for each in verdicts if each.gain is not None],
        [not each.faults for each in verdicts],
    )
    names, others, passage, gain, sound = (mean(part) if part else math.nan for part in parts)
    names_of, others_of, passage_of, gain_of, sound_of = map(len, parts)
    return Figures(names, others, passage, gain, sound, (names_of, others_of, passage_of, gain_of, sound_of))
