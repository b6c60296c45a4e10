"""Whose telling the words of a passage are: a voice counts for what it says itself, first hand."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter

from build_scripts.model.evidence import Match
from build_scripts.tagging.ahead import Ahead
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
    clause = Ahead(_CLAUSE, text.folded)
    told = {speech for inside in by_sentence.values() if len(inside) > 1 for speech in _told(text, inside, clause)}
    speeches = [
        (sentence, *speech) for sentence, inside in by_sentence.items() for speech in inside if speech not in told
    ]
    first = min((sentence for sentence, id, _ in speeches if id in named), default=None)
    if going_on := _going_on(text, first, named):
        speeches.append(going_on)
    figures: list[tuple[str, Match]] = []
    spoken = _Spoken(text, speeches if loose else ())
    for start, id, match in sorted(loose, key=itemgetter(0)):
        sentence = _sentence(text, start)
        if waiting[id][match.phrase]:
            if not spoken.is_another_before(sentence, id):
                speeches.append((sentence, id, match))
                spoken.note(*speeches[-1])
        elif not spoken.is_another_just_before(sentence, id):
            figures.append((id, match))
    own: dict[str, list[Match]] = defaultdict(list)
    for id, match in (*((id, match) for _, id, match in speeches), *figures):
        own[id].append(match)
    return own


class _Spoken:
    """Which voices have spoken where."""

    def __init__(self, text: Text, speeches: Iterable[tuple[int, str, Match]]) -> None:
        self._text = text
        self._first: dict[str, int] = {}
        self._by_sentence: dict[int, dict[str, list[Match]]] = defaultdict(lambda: defaultdict(list))
        self._accounts: dict[int, set[str]] = {}
        for speech in speeches:
            self.note(*speech)

    def note(self, sentence: int, id: str, match: Match) -> None:
        """Note that a voice speaks; nothing in the sentences before this one may be noted any more."""
        self._first[id] = min(sentence, self._first.get(id, sentence))
        self._by_sentence[sentence][id].append(match)

    def is_another_before(self, sentence: int, id: str) -> bool:
        """Return whether another voice has spoken in this sentence or before."""
        return any(first <= sentence for voice, first in self._first.items() if voice != id)

    def is_another_just_before(self, sentence: int, id: str) -> bool:
        """Return whether another voice speaks in this sentence, or gives an account in the one before."""
        if sentence - 1 not in self._accounts:
            self._accounts[sentence - 1] = {
                voice
                for voice, matches in self._by_sentence[sentence - 1].items()
                if any(_ACCOUNT.search(self._text.folded, match.start, match.end) for match in matches)
            }
        return bool((self._by_sentence[sentence].keys() | self._accounts[sentence - 1]) - {id})


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


def _told(text: Text, inside: Sequence[tuple[str, Match]], clause: Ahead) -> Iterator[tuple[str, Match]]:
    """Yield the matches that stand in a clause which another voice tells: “Staff said that people felt safe”.

    ``inside`` are the matches of all voices in a sentence. Of those before one, the last of another voice decides: a
    clause that ends behind it ends behind all others too.
    """
    by_end = sorted(inside, key=lambda speech: speech[1].end)
    ends = [match.end for _, match in by_end]
    other = [-1]  # the last one before each that is of another voice
    for at in range(1, len(by_end)):
        other.append(other[-1] if by_end[at][0] == by_end[at - 1][0] else at - 1)
    for id, match in sorted(inside, key=lambda speech: speech[1].start):
        teller = bisect_right(ends, match.start) - 1
        if teller >= 0 and by_end[teller][0] == id:
            teller = other[teller]
        if teller < 0:
            continue
        close = clause.at(ends[teller])
        if close >= match.start or not _CLAUSE.search(text.folded, close, match.start):
            yield id, match


def _going_on(text: Text, first: int | None, named: Mapping[str, Sequence[Phrase]]) -> tuple[int, str, Match] | None:
    """Return the sentence, voice and words of who goes on to speak: “Leaders met monthly. They told us …”.

    ``first`` is the first sentence in which somebody speaks: from there on it is theirs.
    """
    tokens = [*text.tokens]
    for before, start in pairwise(text.sentences[:first]):
        if going_on := _GOES_ON.match(text.folded, start):
            opening = bisect_left(tokens, before)
            places = [place for place in tokens[opening : opening + OPENING_WORDS] if place < start]
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
