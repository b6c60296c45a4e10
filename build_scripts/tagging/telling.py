"""Whose telling the words of a passage are: a voice counts for what it says itself, first hand."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from operator import itemgetter

from build_scripts.model.evidence import Match
from build_scripts.tagging.matcher import Phrase, Text

OPENING_WORDS = 3
"""Among how many words at the beginning of a sentence the one must be whom it is about."""

_GOES_ON = re.compile(
    r"(?:They|Others|Some|Several|Many|Most|Both|One|Another|Few|A few)(?: of them)?"
    r"(?: (?:also|all|both|had|have|could|did|would|not|yet|still|each|then)){0,3}"
    r" (?:told us|tell us|said|felt|thought|believed|described|explained|spoke|praised|valued|liked|agreed|reported"
    r"|raised|wanted|recalled|hoped)\b"
)
"""How a sentence goes on with what those whom the one before was about have to tell."""
_ACCOUNT = re.compile("told|tell|said|say|explained|described|spoke|reported|feedback|heard|gave")
"""What says that a voice gives an account, which may go on in the next sentence: a feeling or a belief does not."""
_CLAUSE = re.compile(r'[;:"]|,? (?:but|while|whereas|although|though)\b|, (?:and|yet|which|who)\b')
"""Where what a voice tells may end before its sentence does."""

_PART = ("some", "most", "all", "many", "one", "two", "three", "both", "none", "each", "few", "half", "several", "any")
"""What may stand before “of” with those who speak: “all of the people said”."""
_BEHIND = re.compile(
    rf"\b(?:{''.join(f'(?<!{part} )' for part in _PART)}of|for|by|to|with|what|from|than|on|more|at|between|among"
    r"|about|as|into|sent|after|over|until|behind|like|without)"
    r"(?: (?:the|a|an|its|their|these|some|other|all|our|his|her|own|two|three))* $",
    re.IGNORECASE,
)
"""What stands before those who do not do what the sentence tells: “He was fond of the staff, he told us”."""
_LIST = re.compile(r", .*\b(?:and|or) ")
"""A comma between names that tell something together: “Staff, leaders and partners said”."""
_BEFORE = 40
"""How many letters before a match are looked at for it."""


def first_hand(
    text: Text,
    found: Mapping[str, Sequence[Match]],
    waiting: Mapping[str, Mapping[str, bool]],
    named: Mapping[str, Sequence[Phrase]],
) -> dict[str, list[Match]]:
    """Return, by voice, the matches that are its own telling.

    ``found`` are the matches of each voice. ``waiting`` has for each voice the phrases that count only where no other
    voice has spoken, to whether one anywhere before takes theirs from them; otherwise only one in their sentence does,
    or one that gives an account in the sentence before. A figure, which waits for the latter, takes nothing from
    anybody. ``named`` has what those who speak are called.
    """
    loose: list[tuple[int, str, Match]] = []
    by_sentence: dict[int, list[tuple[str, Match]]] = defaultdict(list)
    for id, matches in found.items():
        for match in matches:
            if match.phrase in waiting[id]:
                loose.append((match.start, id, match))
            else:
                by_sentence[_sentence(text, match.start)].append((id, match))
    speeches = [
        (sentence, id, match)
        for sentence, inside in by_sentence.items()
        for id, match in inside
        if len(inside) == 1 or not _is_told(text, id, match, inside)
    ]
    first = min((sentence for sentence, id, _ in speeches if id in named), default=None)
    if going_on := _going_on(text, first, named):
        speeches.append(going_on)
    figures: list[tuple[str, Match]] = []
    for start, id, match in sorted(loose, key=itemgetter(0)):
        sentence = _sentence(text, start)
        reaches_back = waiting[id][match.phrase]
        since = 1 if reaches_back else sentence - 1
        if any(
            since <= other <= sentence
            and (reaches_back or other == sentence or _ACCOUNT.search(text.folded, told.start, told.end))
            for other, voice, told in speeches
            if voice != id
        ):
            continue
        if reaches_back:
            speeches.append((sentence, id, match))
        else:
            figures.append((id, match))
    own: dict[str, list[Match]] = defaultdict(list)
    for id, match in (*((id, match) for _, id, match in speeches), *figures):
        own[id].append(match)
    return own


def is_object(text: Text, match: Match) -> bool:
    """Return whether those who seem to speak are hardly the subject.

    They follow a preposition (“fond of the staff, he told us”), or one comma, which is not that of a list of names,
    parts them from the verb. “We met with staff who told us” makes them the subject of their own clause.
    """
    words = text.folded[match.start : match.end]
    if " who " in words:
        return False
    if words.count(", ") == 1 and not _LIST.search(words):
        return True
    return _BEHIND.search(text.folded[max(0, match.start - _BEFORE) : match.start]) is not None


def _is_told(text: Text, id: str, match: Match, inside: Sequence[tuple[str, Match]]) -> bool:
    """Return whether a match stands in a clause that another voice tells: “Staff said that people felt safe”.

    ``inside`` are the matches of all voices in its sentence.
    """
    return any(
        other.end <= match.start and teller != id and not _CLAUSE.search(text.folded, other.end, match.start)
        for teller, other in inside
    )


def _going_on(text: Text, first: int | None, named: Mapping[str, Sequence[Phrase]]) -> tuple[int, str, Match] | None:
    """Return the sentence, voice and words of who goes on to speak: “Leaders met monthly. They told us …”.

    ``first`` is the first sentence in which somebody speaks: from there on it is theirs.
    """
    for before, start in pairwise(text.sentences[:first]):
        if going_on := _GOES_ON.match(text.folded, start):
            places = sorted(place for place in text.tokens if before <= place < start)[:OPENING_WORDS]
            subjects = [
                (*span, id)
                for id, phrases in named.items()
                for phrase in phrases
                for span in phrase.spans(text, places)
            ]
            if subjects:
                _, _, id = min(subjects, key=lambda subject: (subject[0], -subject[1]))
                return _sentence(text, start), id, Match(*going_on.span(), going_on[0])
    return None


def _sentence(text: Text, place: int) -> int:
    """Return the number of the sentence that this place stands in, from 1."""
    return bisect_right(text.sentences, place)
