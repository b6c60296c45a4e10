"""Whose telling the words of a passage are: a voice counts for what it says itself, first hand."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from operator import itemgetter

from build_scripts.model.evidence import Match
from build_scripts.tagging.matcher import Text

_CLAUSE = re.compile(r'[;:"]|,? (?:but|while|whereas|although|though)\b|, (?:and|yet|which|who)\b')
"""Where what a voice tells may end before its sentence does."""


def first_hand(
    text: Text, found: Mapping[str, Sequence[Match]], waiting: Mapping[str, Mapping[str, bool]]
) -> dict[str, list[Match]]:
    """Return, by voice, the matches that are its own telling.

    ``found`` are the matches of each voice. ``waiting`` has for each voice the phrases that count only where no other
    voice has spoken, to whether one anywhere before takes theirs from them; otherwise only one in their sentence does,
    or in the sentence before.
    """
    spoken: dict[str, list[Match]] = defaultdict(list)
    loose: list[tuple[int, str, Match]] = []
    for id, matches in found.items():
        for match in matches:
            if match.phrase in waiting[id]:
                loose.append((match.start, id, match))
            else:
                spoken[id].append(match)
    spoken = _without_second_hand(text, spoken)
    for start, id, match in sorted(loose, key=itemgetter(0)):
        sentence = _sentence(text, start)
        first = 1 if waiting[id][match.phrase] else sentence - 1
        others = (other.start for voice, matches in spoken.items() if voice != id for other in matches)
        if not any(first <= _sentence(text, other) <= sentence for other in others):
            spoken[id].append(match)
    return spoken


def _without_second_hand(text: Text, spoken: Mapping[str, Sequence[Match]]) -> dict[str, list[Match]]:
    """Return the matches without those in a clause that another voice tells: “Staff said that people felt safe”."""
    tellings = sorted((match.end, id) for id, matches in spoken.items() for match in matches)

    def is_told(id: str, match: Match) -> bool:
        sentence = _sentence(text, match.start)
        return any(
            teller != id
            and end <= match.start
            and _sentence(text, end - 1) == sentence
            and not _CLAUSE.search(text.folded, end, match.start)
            for end, teller in tellings
        )

    kept = {id: [match for match in matches if not is_told(id, match)] for id, matches in spoken.items()}
    return defaultdict(list, {id: matches for id, matches in kept.items() if matches})


def _sentence(text: Text, place: int) -> int:
    """Return the number of the sentence that this place stands in, from 1."""
    return bisect_right(text.sentences, place)
