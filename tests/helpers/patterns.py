"""The phrase language of ``data/themes.yml`` and ``data/voices.yml``: one phrase to one pattern.

A phrase is words with spaces between them, found without regard to case, at word boundaries, inside one
sentence. Its signs:

========== =====================================================================================
``word``   the word, its regular plural and its possessive
``word*``  the word with any ending; ``*`` is any one word, beside another (no more than 40 letters each)
``a/b``    either, in one position
``<name>`` any item of the named word list (``words`` in the file)
``...``    up to five words in between; ``...1`` to ``...9`` up to so many
``-``      a hyphen, a space or nothing; a space in a phrase is a space or a hyphen
``^``      before the first word: only at the start of a sentence
``=Word``  exactly these letters, no plural; words with two or more capitals keep their case too
``%``      a number with its percent sign, or with the word
========== =====================================================================================
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from build_scripts.text.letters import fold

GAP_WORDS = 5
"""How many words ``...`` stands for at the most."""


KEY_LENGTH = 3
"""How many first letters a phrase is looked up by before its pattern is tried (see ``Phrase.keys``)."""


_SENTENCE_START = r"(?:\A|(?<=\n)|(?<=[.!?] )|(?<=[.!?][\"')] ))"

# A word inside a gap: anything that does not end the sentence (a stop, then a capital or the end of the line).
_GAP_WORD = r"(?:(?![^ \n]*[.!?][\"')]*(?: [\"'(]*(?-i:[A-Z])|\n|\Z))[^ \n]+ )"

_LETTERS = r"[\w'-]"
"""What ``*`` stands for; bounded where it is used, or a text of nothing but hyphens would cost its length squared."""

_ALTERNATIVE = re.compile(r"(?P<exact>=?)(?P<word>(?!-)(?:(?!\.\.\.)[^*=<>/\s^])+)(?<!-)(?P<any>\*?)\Z")

_WORD_LIST = re.compile(r"<([a-z0-9-]+)>\Z")

_WORDS = re.compile(r"\w+")

_GAP = re.compile(r"\.\.\.([1-9]?)\Z")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as it was written, and what finds it in a folded text."""

    text: str
    pattern: re.Pattern[str]
    keys: frozenset[str]
    """First letters, lower case, of the words that it can begin with; empty when it can begin with any."""


class PhraseBook:
    """Many phrases, to be found in a text at once.

    Trying every phrase at every place costs minutes at national scale; so each is tried where its first letters stand.
    """

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._anywhere: dict[str, Phrase] = {}
        self._by_key: dict[str, dict[str, Phrase]] = defaultdict(dict)
        for phrase in phrases:
            for key in phrase.keys:
                self._by_key[key][phrase.text] = phrase
            if not phrase.keys:
                self._anywhere[phrase.text] = phrase

    def find(self, folded: str) -> Mapping[str, Sequence[tuple[int, int]]]:
        """Return where each phrase that a folded text has starts and ends there, in order, none overlapping itself."""
        starts: dict[str, list[int]] = defaultdict(list)
        for word in _WORDS.finditer(folded):
            letters = word[0][:KEY_LENGTH].lower()
            for length in range(1, len(letters) + 1):
                starts[letters[:length]].append(word.start())
        places: dict[str, set[int]] = defaultdict(set)
        tried: dict[str, Phrase] = {}
        for key in starts.keys() & self._by_key.keys():
            tried |= self._by_key[key]
            for text in self._by_key[key]:
                places[text].update(starts[key])
        spans = {text: _matches_at(folded, phrase.pattern, sorted(places[text])) for text, phrase in tried.items()}
        for text, phrase in self._anywhere.items():
            spans[text] = [found.span() for found in phrase.pattern.finditer(folded)]
        return {text: found for text, found in spans.items() if found}


def _matches_at(folded: str, pattern: re.Pattern[str], places: Iterable[int]) -> list[tuple[int, int]]:
    """Return the spans of the matches that begin at one of the places, in order, none overlapping."""
    spans: list[tuple[int, int]] = []
    for place in places:
        if (not spans or place >= spans[-1][1]) and (found := pattern.match(folded, place)):
            spans.append(found.span())
    return spans


def sentence_starts(folded: str) -> list[int]:
    """Return where the sentences of a folded text start, in order; a line of a list starts one too."""
    return [found.start() for found in re.finditer(_SENTENCE_START, folded)]


def compile_phrase(text: str, words: Mapping[str, Sequence[str]]) -> Phrase:
    """Return what finds the phrase; raise ``ValueError`` that says which part cannot be read."""
    pattern, keys = _sequence(text, words, ())
    if not _has_word(text, words):
        raise ValueError("a phrase of * alone finds everything")
    anchor = _SENTENCE_START if text.strip().startswith("^") else ""
    return Phrase(text, re.compile(anchor + r"(?<!\w)" + pattern + r"(?!\w)", re.IGNORECASE), keys)


def _sequence(text: str, words: Mapping[str, Sequence[str]], inside: tuple[str, ...]) -> tuple[str, frozenset[str]]:
    """Return the pattern of a whole phrase and the keys of its first position."""
    positions = fold(text).strip().removeprefix("^").split()
    if not positions:
        raise ValueError("an empty phrase finds nothing")
    gaps = [False, *(bool(_GAP.match(position)) for position in positions), False]
    if gaps[1] or gaps[-2] or (True, True) in pairwise(gaps):
        raise ValueError("a gap (...) must have a word on either side")
    parts: list[str] = []
    keys: frozenset[str] = frozenset()
    joint = ""
    for number, position in enumerate(positions):
        if gap := _GAP.match(position):
            joint = rf"[,;:)\"']* {_GAP_WORD}{{0,{int(gap[1] or GAP_WORDS)}}}?[(\"']*"
            continue
        pattern, position_keys = _position(position, words, inside)
        keys = position_keys if number == 0 else keys
        parts += [joint, pattern]
        joint = "[ -]"
    return "".join(parts), keys


def _has_word(text: str, words: Mapping[str, Sequence[str]]) -> bool:
    """Return whether a phrase that can be read has a position which not every word fills."""
    positions = (position.split("/") for position in fold(text).strip().removeprefix("^").split())
    return any(
        all(
            all(_has_word(item, words) for item in words[named[1]])
            if (named := _WORD_LIST.match(alternative))
            else alternative != "*" and not _GAP.match(alternative)
            for alternative in alternatives
        )
        for alternatives in positions
    )


def _position(text: str, words: Mapping[str, Sequence[str]], inside: tuple[str, ...]) -> tuple[str, frozenset[str]]:
    """Return the pattern and the keys of one position: alternatives between slashes."""
    patterns: list[str] = []
    keys: set[str] = set()
    unbounded = False
    for alternative in text.split("/"):
        if named := _WORD_LIST.match(alternative):
            for item in _word_list(named[1], words, inside):
                pattern, item_keys = _sequence(item, words, (*inside, named[1]))
                patterns.append(pattern)
                keys |= item_keys
                unbounded |= not item_keys
            continue
        pattern, key = _word(alternative)
        patterns.append(pattern)
        keys.add(key)
        unbounded |= not key
    pattern = patterns[0] if len(patterns) == 1 else f"(?:{'|'.join(patterns)})"
    return pattern, frozenset() if unbounded else frozenset(keys)


def _word_list(name: str, words: Mapping[str, Sequence[str]], inside: tuple[str, ...]) -> Sequence[str]:
    if name in inside:
        raise ValueError(f"the word list <{name}> is made of itself")
    if name not in words:
        raise ValueError(f"there is no word list <{name}>")
    if not words[name]:
        raise ValueError(f"the word list <{name}> is empty")
    if any(item.strip().startswith("^") for item in words[name]):
        raise ValueError(f"^ stands before a whole phrase, not in the word list <{name}>")
    return words[name]


def _word(text: str) -> tuple[str, str]:
    """Return the pattern of one word and its key."""
    if text == "*":
        return _LETTERS + "{1,40}", ""
    if text == "%":
        return r"\d{1,9}(?:[.,]\d{1,9})?(?: ?%| per[ -]?cent)", ""
    found = _ALTERNATIVE.match(text)
    if not found:
        raise ValueError(f"{text!r} is not a word, a word list or a gap")
    word = found["word"]
    pattern = "[ -]?".join(re.escape(part) for part in word.split("-"))
    if found["any"]:
        pattern += _LETTERS + "{0,40}"
    elif not found["exact"]:
        pattern = _with_plural(pattern)
    if found["exact"] or sum(letter.isupper() for letter in word) > 1:
        pattern = f"(?-i:{pattern})"
    return pattern, _key(word)


def _key(word: str) -> str:
    """Return the first letters that the word has in every text, lower case; none when no letter opens it."""
    first = word.split("-")[0]
    # The y of a short word may be the ies of its plural.
    letters = takewhile(lambda letter: letter.isalnum() or letter == "_", first.removesuffix("y")[:KEY_LENGTH])
    return "".join(letters).lower()


def _with_plural(pattern: str) -> str:
    """Return the pattern of a word with its regular plural and possessives."""
    if re.search(r"[^\WaeiouAEIOU\d_]y\Z", pattern):
        return pattern[:-1] + r"(?:y|ies)(?:'s|')?"
    if re.search(r"(?:s|x|z|ch|sh)\Z", pattern):
        return pattern + r"(?:es)?(?:'s|')?"
    if re.search(r"\w\Z", pattern):
        return pattern + r"s?(?:'s|')?"
    return pattern
