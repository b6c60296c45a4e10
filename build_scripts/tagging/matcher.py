"""Find many phrases in a text, in time that grows with the text, whatever the phrases.

A phrase is a chain of choices with joints between them; a choice is words, word lists (choices again), and chains.
What a regular expression would find is found, in its order: the first alternative that leads to the end of the phrase
wins, a longer ending before a shorter one, a shorter gap before a longer one. But no state is tried twice: a choice at
a place of the text is looked at once for all phrases, and what failed there fails again without being tried. The tests
compare it with regular expressions.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

_TOKENS = re.compile(r"\w+|(?<!\w)[^\w \n]")
_SENTENCE_START = re.compile(r"(?:\A|(?<=\n)|(?<=[.!?] )|(?<=[.!?][\"')] ))")
_BEFORE_SENTENCE = re.compile(r"[.!?][\"')]? |\n")

_SENTENCE_END = re.compile(r"[.!?][\"')]*(?= [\"'(]*[A-Z])|\n")

_GAP_OPENS = re.compile(r"[,;:)\"']* ")
_QUOTES = re.compile(r"[(\"']*")
# A word inside a gap: anything that does not end the sentence as above.
_GAP_WORD = re.compile(r"(?![^ \n]*[.!?][\"')]*(?: [\"'(]*[A-Z]|\n|\Z))[^ \n]+ ")

DIGIT = "0"
"""What stands for any digit where words are looked up by their first letters."""

RARE = 4
"""From how many letters on a word is rare enough to be looked for beside another."""
MOST_TOKENS = 1 << 16
"""Different words of texts of which a book remembers what can begin with them: those of all of England's reports."""


class Text:
    """A folded text, and what was found out about it so far."""

    def __init__(self, folded: str) -> None:
        self.folded = folded
        self.tokens = {found.start(): found[0].lower() for found in _TOKENS.finditer(folded)}
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
            found = _GAP_WORD.match(self.folded, place)
            known = self._after_words[place] = found.end() if found else 0
        return known

    @cached_property
    def parts(self) -> list[list[tuple[int, str]]]:
        """The places and words of each sentence, or line of a list: no gap reaches from one into the next."""
        parts: list[list[tuple[int, str]]] = [[]]
        ends = iter(self._sentence_ends())
        end = next(ends)
        for place, token in self.tokens.items():
            while place >= end:
                parts.append([])
                end = next(ends)
            parts[-1].append((place, token))
        return parts

    def _sentence_ends(self) -> Iterator[int]:
        yield from (found.end() for found in _SENTENCE_END.finditer(self.folded))
        yield len(self.folded) + 1

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


@dataclass(frozen=True, eq=False)
class Word:
    """One word of a phrase with its endings, or a sign that stands for words."""

    pattern: str
    """Regular expression of the longest that it can be, with no letter after it; a group is what it can do without."""
    flags: re.RegexFlag = re.NOFLAG
    tokens: frozenset[str] = frozenset()
    """The words of a text, in lower case, with which it can begin."""
    prefix: str = ""
    """Letters that open further such words, ``DIGIT`` for any digit; with neither of the two it can begin anywhere."""
    has_stop: bool = False
    """Whether it has a full stop or the like inside, so that it may look like the end of a sentence."""

    def ends(self, text: Text, place: int) -> tuple[int, ...]:
        """Return where it can end when it begins here, the longest first."""
        found = self._compiled.match(text.folded, place)
        if found is None:
            return ()
        end = found.end()
        if not found.lastindex or found.start(1) == end:
            return (end,)
        return (end, *(at for at in range(end - 1, found.start(1) - 1, -1) if text.folded[at] in "'-"))

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        """The pattern, compiled when a text first has words in which this one can begin: most never have."""
        return re.compile(self.pattern, self.flags)


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

    def _behind_gap(self, text: Text, end: int, most: int) -> Iterator[int]:
        opened = _GAP_OPENS.match(text.folded, end)
        place = opened.end() if opened else 0
        for _ in range(most + 1):
            if not place:
                return
            quotes = _QUOTES.match(text.folded, place)
            yield from range(quotes.end() if quotes else place, place - 1, -1)
            place = text.after_word(place)


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """Choices one after another."""

    first: Choice
    rest: tuple[tuple[Joint, Choice], ...] = ()

    @property
    def has_stop(self) -> bool:
        """Whether one of its words has a full stop or the like inside."""
        return self.first.has_stop or any(choice.has_stop for _, choice in self.rest)

    def ends(self, text: Text, place: int) -> tuple[int, ...]:
        """Return where it can end when it begins here, in the order in which a regular expression would try."""
        return tuple(dict.fromkeys(self.each_end(text, place, set())))

    def each_end(self, text: Text, place: int, tried: set[tuple[int, int]]) -> Iterable[int]:
        """Return the same; ``tried`` are the states (number of a choice, place) that led to all their ends already."""
        ends = self.first.ends(text, place)
        return self._each_end(text, ends, tried) if ends and self.rest else ends

    def _each_end(self, text: Text, ends: Iterable[int], tried: set[tuple[int, int]]) -> Iterator[int]:
        for end in ends:
            yield from self._onward(text, 0, end, tried)

    def _onward(self, text: Text, number: int, end: int, tried: set[tuple[int, int]]) -> Iterator[int]:
        if number == len(self.rest):
            yield end
            return
        if (number, end) in tried:
            return
        tried.add((number, end))
        joint, choice = self.rest[number]
        for place in joint.places(text, end):
            for next_end in choice.ends(text, place):
                yield from self._onward(text, number + 1, next_end, tried)


@dataclass(slots=True, eq=False)
class Choice:
    """One position of a phrase, or one word list: any of its alternatives, the first first."""

    alternatives: tuple[Word | Chain | Choice, ...]
    openings: frozenset[Word] = frozenset()
    """Every word with which one of the alternatives can begin."""
    has_stop: bool = False
    """Whether one of its words has a full stop or the like inside."""
    _fitting: dict[str, tuple[Word | Chain | Choice, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.openings = frozenset().union(*map(openings, self.alternatives))
        self.has_stop = any(each.has_stop for each in self.alternatives)

    @property
    def anywhere(self) -> bool:
        """Whether it can begin with whatever stands there."""
        return any(not (word.tokens or word.prefix) for word in self.openings)

    def ends(self, text: Text, place: int) -> tuple[int, ...]:
        """Return where it can end when it begins here, each end once, those of the first alternative first."""
        token = text.tokens.get(place, "")
        fitting = self._fitting.get(token)
        if fitting is None:
            fitting = self._that_fit(token)
        if not fitting:
            return ()
        known = text.ends.get((self, place))
        if known is None:
            found: dict[int, None] = {}
            for each in fitting:
                found.update(dict.fromkeys(each.ends(text, place)))
            known = text.ends[self, place] = tuple(found)
        return known

    def _that_fit(self, token: str) -> tuple[Word | Chain | Choice, ...]:
        """Return the alternatives that can begin with a word of the text, or where none begins (an empty one)."""
        fitting = tuple(each for each in self.alternatives if any(fits(word, token) for word in openings(each)))
        if len(self._fitting) < MOST_TOKENS:
            self._fitting[token] = fitting
        return fitting


def openings(part: Word | Chain | Choice) -> Collection[Word]:
    """Return every word with which a part of a phrase can begin."""
    if isinstance(part, Word):
        return (part,)
    return part.first.openings if isinstance(part, Chain) else part.openings


def fits(word: Word, token: str) -> bool:
    """Return whether a word of a phrase may begin where this word of a text does."""
    if token in word.tokens:
        return True
    if word.prefix:
        return token.startswith(word.prefix) or (word.prefix == DIGIT and token[:1].isdecimal())
    return not word.tokens


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
            for end in self.chain.each_end(text, place, tried):
                spans.append((place, end))
                behind = end
                tried = set()  # what it holds now led to an end, or was not tried to its own
                break
        return spans


class PhraseBook:
    """Many phrases, to be found in a text at once: each is tried only where all that it needs comes after."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._by_token: dict[str, list[Phrase | Choice]] = defaultdict(list)
        self._by_prefix: dict[str, list[Phrase | Choice]] = defaultdict(list)
        self._anywhere: list[Phrase] = []
        self._needs: dict[Phrase, frozenset[Choice]] = {}
        choices: dict[Choice, None] = {}
        for phrase in {phrase.text: phrase for phrase in phrases}.values():
            rest = () if phrase.chain.has_stop else phrase.chain.rest
            needed = dict.fromkeys(choice for _, choice in rest if not choice.anywhere)
            # Words such as "of" stand in most sentences: to look for them costs more than it saves.
            needed = dict.fromkeys(choice for choice in needed if _rareness(choice)[0] >= RARE) or needed
            self._needs[phrase] = frozenset(needed)
            choices.update(needed)
            if phrase.chain.first.anywhere:
                self._anywhere.append(phrase)
            else:
                self._enter(phrase, phrase.chain.first)
        for choice in choices:
            self._enter(choice, choice)
        self._longest = max(map(len, self._by_prefix), default=0)
        self._of_token = lru_cache(MOST_TOKENS)(self._look_up)

    def _enter(self, what: Phrase | Choice, choice: Choice) -> None:
        tokens = {token for word in choice.openings for token in word.tokens}
        prefixes = {word.prefix for word in choice.openings if word.prefix}
        for token in tokens:
            self._by_token[token].append(what)
        for prefix in prefixes:
            self._by_prefix[prefix].append(what)

    def _look_up(self, token: str) -> _Openings | None:
        """Return what can begin with a word of a text, None where nothing does, as with most words."""
        found = dict.fromkeys(self._by_token.get(token, ()))
        for length in range(1, min(len(token), self._longest) + 1):
            found.update(dict.fromkeys(self._by_prefix.get(token[:length], ())))
        if token[0].isdecimal():
            found.update(dict.fromkeys(self._by_prefix.get(DIGIT, ())))
        if not found:
            return None
        alone: list[Phrase] = []
        beside: dict[Choice, list[Phrase]] = defaultdict(list)
        for phrase in found:
            if isinstance(phrase, Phrase):
                needs = self._needs[phrase]
                if needs:
                    beside[max(needs, key=_rareness)].append(phrase)
                else:
                    alone.append(phrase)
        choices = frozenset(each for each in found if isinstance(each, Choice))
        return _Openings(tuple(alone), dict(beside), choices)

    def find(self, text: Text) -> Mapping[str, Sequence[tuple[int, int]]]:
        """Return where each phrase that a text has starts and ends there, in order, none overlapping itself."""
        starts: dict[Phrase, list[int]] = defaultdict(list)
        in_all: set[Choice] = set()
        for sentence in text.parts:
            behind: set[Choice] = set()
            known: set[str] = set()
            for place, token in reversed(sentence):
                openings = self._of_token(token)
                if openings is None:
                    continue
                for phrase in openings.alone:
                    starts[phrase].append(place)
                for choice in (openings.beside.keys() & behind) if openings.beside else ():
                    for phrase in openings.beside[choice]:
                        if self._needs[phrase] <= behind:
                            starts[phrase].append(place)
                if openings.choices and token not in known:
                    known.add(token)
                    behind |= openings.choices
            in_all |= behind
        found = {phrase.text: phrase.spans(text, sorted(places)) for phrase, places in starts.items()}
        for phrase in self._anywhere:
            if self._needs[phrase] <= in_all:
                found[phrase.text] = phrase.spans(text)
        return {phrase: spans for phrase, spans in found.items() if spans}


def _rareness(choice: Choice) -> tuple[int, int]:
    """Return what is greater the rarer the words are with which a choice can begin: long words are, and single ones."""
    shortest = min((len(each) for word in choice.openings for each in (*word.tokens, word.prefix) if each), default=0)
    return shortest, -len(choice.openings)


@dataclass(frozen=True, slots=True)
class _Openings:
    """What can begin with one word of a text."""

    alone: tuple[Phrase, ...]
    """Phrases of one position."""
    beside: Mapping[Choice, Sequence[Phrase]]
    """Other phrases, by one of the choices that they need beside this word."""
    choices: frozenset[Choice]
