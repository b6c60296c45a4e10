"""Find many phrases in a text, in time that grows with the text, whatever the phrases.

A phrase is a chain of choices with joints between them; a choice is words, word lists (choices again), and chains.
What a regular expression would find is found, in its order: the first alternative that leads to the end of the phrase
wins, a longer ending before a shorter one, a shorter gap before a longer one. But no state is tried twice: a choice at
a place of the text is looked at once for all phrases, and what failed there fails again without being tried. The tests
compare it with regular expressions.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from itertools import accumulate, pairwise
from typing import NamedTuple

from build_scripts.tagging.met import Met

_TOKENS = re.compile(r"(\w+|(?<!\w)[^\w \n])")
_SENTENCE_START = re.compile(r"(?:\A|(?<=\n)|(?<=[.!?] )|(?<=[.!?][\"')] ))")
_BEFORE_SENTENCE = re.compile(r"[.!?][\"')]? |\n")

_SENTENCE_END = re.compile(r"[.!?][\"')]*(?= [\"'(]*[A-Z])|\n")

_GAP_OPENS = re.compile(r"[,;:)\"']* ")
_QUOTES = ("(", '"', "'")
# A word inside a gap: anything that does not end the sentence as above.
_GAP_WORD = re.compile(r"(?![^ \n]*[.!?][\"')]*(?: [\"'(]*[A-Z]|\n|\Z))[^ \n]+ ")

DIGIT = r"\d"
"""What stands for any digit where words are looked up by their first letters."""


class Text:
    """A folded text, and what was found out about it so far."""

    def __init__(self, folded: str) -> None:
        self.folded = folded
        pieces = _TOKENS.split(folded)  # what stands between words, and words, by turns
        starts = [*accumulate(map(len, pieces))][::2]
        self.tokens = dict(zip(starts, map(str.lower, pieces[1::2]), strict=False))
        """Place to the word that starts there, in lower case, or to the sign that stands before one or alone: wherever
        a phrase may start."""
        self.ends: dict[tuple[Choice, int], tuple[int, ...]] = {}
        """(Choice, place) to where it can end."""
        self.places: dict[tuple[int, int], tuple[int, ...]] = {}
        """(Words of a gap, place where it opens) to where it can close."""
        self._after_words: dict[int, int] = {}

    def after_word(self, place: int) -> int:
        """Return where a word that a gap may hold ends with its space, or 0 where there is none."""
        known = self._after_words.get(place)
        if known is None:
            space = self.folded.find(" ", place)
            if self.folded[place:space].isalnum():  # as most are
                known = space + 1
            else:
                found = _GAP_WORD.match(self.folded, place)
                known = found.end() if found else 0
            self._after_words[place] = known
        return known

    @cached_property
    def parts(self) -> list[list[tuple[int, str]]]:
        """The places and words of each sentence, or line of a list: no gap reaches from one into the next."""
        words, places = [*self.tokens.items()], [*self.tokens]
        ends = [bisect_left(places, found.end()) for found in _SENTENCE_END.finditer(self.folded)]
        return [words[first:last] for first, last in pairwise((0, *ends, len(words)))]

    @cached_property
    def sentences(self) -> list[int]:
        """Where its sentences start, in order; a line of a list starts one too."""
        return [0, *(found.end() for found in _BEFORE_SENTENCE.finditer(self.folded))]

    def sentence_end(self, place: int) -> int:
        """Return where the sentence ends that this place stands in."""
        following = bisect_right(self.sentences, place)
        return self.sentences[following] if following < len(self.sentences) else len(self.folded)

    def starts_sentence(self, place: int) -> bool:
        """Return whether a sentence, or a line of a list, starts here."""
        return _SENTENCE_START.match(self.folded, place) is not None


@dataclass(frozen=True, slots=True)
class Opening:
    """The words of a text, in lower case, with which a part of a phrase can begin."""

    tokens: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    """Letters that open further such words, ``DIGIT`` for any digit."""

    @property
    def anywhere(self) -> bool:
        """Whether it can begin with whatever stands there."""
        return "" in self.prefixes

    @property
    def words(self) -> tuple[str, ...]:
        """The words and the letters that open words."""
        return (*self.tokens, *self.prefixes)

    def fits(self, token: str) -> bool:
        """Return whether the part may begin where this word does."""
        return (
            token in self.tokens
            or token.startswith(self.prefixes)
            or (DIGIT in self.prefixes and token[:1].isdecimal())
        )


ANYWHERE = Opening(prefixes=("",))


def joined(openings: Iterable[Opening]) -> Opening:
    """Return with what one of several parts can begin."""
    first, *others = dict.fromkeys(openings)
    if not others:
        return first
    prefixes = dict.fromkeys(prefix for each in (first, *others) for prefix in each.prefixes)
    return Opening(first.tokens.union(*(each.tokens for each in others)), tuple(prefixes))


@dataclass(frozen=True, eq=False)
class Word:
    """One word of a phrase with its endings, or a sign that stands for words."""

    pattern: str
    """Regular expression of the longest that it can be, with no letter after it; a group is what it can do without."""
    flags: re.RegexFlag = re.NOFLAG
    opening: Opening = ANYWHERE
    has_stop: bool = False
    """Whether it has a full stop or the like inside, so that it may look like the end of a sentence."""
    is_behind: bool = False
    """Whether the opening says all about how it begins, and the pattern is of what follows that."""

    def is_token(self, token: str) -> bool:
        """Return whether it is no more and no less than this word of a text, a possessive aside."""
        return self.is_behind and token in self.opening.tokens

    def ends(self, text: Text, place: int) -> tuple[int, ...]:
        """Return where it can end when it begins here, where its opening fits, the longest first."""
        start = place
        if self.is_behind:
            start += len(self.opening.prefixes[0] if self.opening.prefixes else text.tokens[place])
        found = self._compiled.match(text.folded, start)
        if found is None:
            return ()
        end = found.end()
        if not found.lastindex or found.start(1) == end:
            return (end,)
        return (end, *(at for at in range(end - 1, found.start(1) - 1, -1) if text.folded[at] in "'-"))

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        """The pattern, compiled when a text first has words in which this one can begin: most never have."""
        return _compiled(self.pattern, self.flags)


_compiled = cache(re.compile)


@dataclass(frozen=True, slots=True)
class Joint:
    """What stands between two choices: a space or hyphen, or a gap of words."""

    gap: int | None = None
    """How many words at the most, or None for a space or hyphen."""

    def places(self, text: Text, end: int) -> tuple[int, ...]:
        """Return where the next choice may begin after the last one has ended here, the nearest first."""
        if self.gap is None:
            return (end + 1,) if text.folded[end : end + 1] in (" ", "-") else ()
        known = text.places.get((self.gap, end))
        if known is None:
            known = text.places[self.gap, end] = tuple(self._behind_gap(text, end, self.gap))
        return known

    def _behind_gap(self, text: Text, end: int, most: int) -> list[int]:
        if text.folded.startswith(" ", end):
            place = end + 1
        else:
            opened = _GAP_OPENS.match(text.folded, end)
            place = opened.end() if opened else 0
        places: list[int] = []
        for _ in range(most + 1):
            if not place:
                break
            behind = place
            while text.folded[behind : behind + 1] in _QUOTES:
                behind += 1
            places += range(behind, place - 1, -1)
            place = text.after_word(place)
        return places


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """Choices one after another."""

    first: Choice
    rest: tuple[tuple[Joint, Choice], ...] = ()

    @property
    def has_stop(self) -> bool:
        """Whether one of its words has a full stop or the like inside."""
        return self.first.has_stop or any(choice.has_stop for _, choice in self.rest)

    @property
    def opening(self) -> Opening:
        """With what it can begin."""
        return self.first.opening

    def is_token(self, token: str) -> bool:
        """Return whether it is no more and no less than this word of a text, a possessive aside."""
        return not self.rest and self.first.is_token(token)

    def ends(self, text: Text, place: int) -> tuple[int, ...]:
        """Return where it can end when it begins here, in the order in which a regular expression would try."""
        ends = self.first.ends(text, place)
        if not ends or not self.rest:
            return ends
        found: dict[int, None] = {}
        self._onward(text, 0, ends, set(), found, False)
        return tuple(found)

    def first_end(self, text: Text, place: int, tried: set[tuple[int, int]]) -> int:
        """Return the first of them, 0 for none.

        ``tried`` are the states (number of a choice, place) that led to none; those that are tried now are added.
        """
        ends = self.first.ends(text, place)
        if not ends or not self.rest:
            return ends[0] if ends else 0
        found: dict[int, None] = {}
        self._onward(text, 0, ends, tried, found, True)
        return next(iter(found), 0)

    def _onward(
        self,
        text: Text,
        number: int,
        ends: Iterable[int],
        tried: set[tuple[int, int]],
        found: dict[int, None],
        first: bool,
    ) -> bool:
        """Note where it can end after these ends of what stands before its next choice, which has this number.

        Return whether that is enough, as it is when only the ``first`` is asked for.
        """
        joint, choice = self.rest[number]
        is_last = number + 1 == len(self.rest)
        for end in ends:
            if (number, end) in tried:
                continue
            tried.add((number, end))
            for place in joint.places(text, end):
                following = choice.ends(text, place)
                if following and is_last:
                    found.update(dict.fromkeys(following))
                    if first:
                        return True
                elif following and self._onward(text, number + 1, following, tried, found, first):
                    return True
        return False


@dataclass(slots=True, eq=False)
class Choice:
    """One position of a phrase, or one word list: any of its alternatives, the first first."""

    alternatives: tuple[Word | Chain | Choice, ...]
    opening: Opening = ANYWHERE
    """With what one of the alternatives can begin."""
    has_stop: bool = False
    """Whether one of its words has a full stop or the like inside."""
    _fitting: Met[_Fitting] = field(init=False)
    """Word of a text, or none (an empty one), to the alternatives that can begin with it."""

    def __post_init__(self) -> None:
        self.opening = joined(each.opening for each in self.alternatives)
        self.has_stop = any(each.has_stop for each in self.alternatives)
        self._fitting = Met(partial(_fitting, self.alternatives))

    def ends(self, text: Text, place: int) -> tuple[int, ...]:
        """Return where it can end when it begins here, each end once, those of the first alternative first."""
        token = text.tokens.get(place, "")
        fitting, is_token = self._fitting[token]
        if not fitting:
            return ()
        if is_token and text.folded[(end := place + len(token)) : end + 1] != "'":
            return (end,)
        known = text.ends.get((self, place))
        if known is None:
            ends = dict.fromkeys(end for each in fitting for end in each.ends(text, place))
            known = text.ends[self, place] = tuple(ends)
        return known

    def is_token(self, token: str) -> bool:
        """Return whether it is no more and no less than this word of a text, a possessive aside."""
        return self._fitting[token].is_token


class _Fitting(NamedTuple):
    """What of a choice can begin with a word of a text."""

    alternatives: tuple[Word | Chain | Choice, ...]
    is_token: bool
    """Whether each of them ends with it too, or with its possessive."""


def _fitting(alternatives: Sequence[Word | Chain | Choice], token: str) -> _Fitting:
    those = tuple(each for each in alternatives if each.opening.fits(token))
    return _Fitting(those, all(each.is_token(token) for each in those))


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """A phrase as it was written, and what finds it in a text."""

    text: str
    chain: Chain = field(repr=False)
    """Left out where a phrase is shown: its choices hold one another many times over, and would fill any memory."""
    opens_sentence: bool = False
    """Whether it is found only where a sentence starts."""

    def spans(self, text: Text, places: Iterable[int] | None = None) -> list[tuple[int, int]]:
        """Return where it starts and ends in a text, in order, none overlapping another.

        ``places`` are those where it may start, in order: wherever a word or sign does, if not given.
        """
        spans: list[tuple[int, int]] = []
        tried: set[tuple[int, int]] = set()
        behind = 0
        for place in text.tokens if places is None else places:
            if place < behind or (self.opens_sentence and not text.starts_sentence(place)):
                continue
            if end := self.chain.first_end(text, place, tried):
                spans.append((place, end))
                behind = end
                tried = set()  # what it holds now led to an end, or was not tried to its own
        return spans
