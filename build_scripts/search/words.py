"""Text to words and words to terms, the same as ``words.js`` and lunr.js do in the browser.

A **word** is what stands between spaces and punctuation, folded: lower case, accents gone, without an apostrophe
(``don’t`` is ``dont``) or the ``’s`` of a possessive (``carer’s`` is ``carer``). A number keeps its point and loses its
commas (``£1,200.50`` is ``1200.50``, ``57%`` is ``57``). Each word has a place, counted from 0.

Two words with one hyphen between them are found as they stand, apart and as one: ``co-production`` gives ``co`` and
``production``, and the **compound** ``coproduction`` at the place of the first.

A **term** is what the index knows a word by: its stem. Stop words have none.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, partial
from itertools import pairwise
from typing import NamedTuple

from lunr.stemmer import PorterStemmer
from lunr.stop_word_filter import WORDS as STOP_WORDS

# Inside a word may stand accents written apart from their letters, and soft hyphens.
_PART = r"[^\W_](?:[^\W_]|[\u0300-\u036f\u00ad])*"
_TOKEN = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?![0-9])"
    r"|[0-9]+\.[0-9]+"
    rf"|{_PART}(?:['‘’ʼ＇]{_PART})*"
)
_POSSESSIVE = re.compile(r"['‘’ʼ＇][sS]\Z")
_NUMBER = re.compile(r"[0-9][0-9,.]+\Z")
_NOT_LETTERS = re.compile(r"[\W_ʼ]+")
_HYPHEN = re.compile("[-\u2010\u2011]")

LONGEST = 64
"""Letters of a word that are looked at; longer ones are no words but addresses and accidents."""

# Letters that Unicode does not take apart, as people type them.
_SPELT = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ł": "l",
        "ﬀ": "ff",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
    }
)


class Token(NamedTuple):
    """A word of a text. ``text[start:end]`` is what was written."""

    word: str
    start: int
    end: int
    place: int
    compound: bool


_token = partial(tuple.__new__, Token)
"""Makes a token of a tuple, in half of the time that its own constructor takes: there are millions of them."""


def tokens(text: str) -> list[Token]:
    """Return the words of a text in order, each compound after its second part."""
    found: list[Token] = []
    first: Token | None = None  # of two parts that a hyphen joins
    parts = 1
    place = -1
    spans = [match.span() for match in _TOKEN.finditer(text)]
    hyphens = {match.start() for match in _HYPHEN.finditer(text)}
    joined = [end in hyphens and start - end == 1 for (_, end), (start, _) in pairwise(spans)]
    for (start, end), before, follows in zip(spans, [False, *joined], [*joined, False], strict=False):
        word = fold(text[start:end])
        if not word:
            continue
        place += 1
        token = _token((word, start, end, place, False))
        found.append(token)
        parts = parts + 1 if before else 1
        if parts == 2 and not follows and first and first.word[0].isalpha():
            found.append(Token((first.word + word)[:LONGEST], first.start, end, first.place, True))
        first = token if parts == 1 else None
    return found


def written(text: str) -> list[str] | None:
    """Return the words of a text as they are written, None where a hyphen may join two.

    Folded, those of which something is left are what ``tokens`` gives of most texts, in a fifth of the time.
    """
    return None if _HYPHEN.search(text) else _TOKEN.findall(text)


@cache
def fold(written: str) -> str:
    """Return a word as it is compared: lower case, without accents, apostrophes and the ``’s`` of a possessive."""
    if _NUMBER.match(written):
        return written.replace(",", "")[:LONGEST]
    plain = unicodedata.normalize("NFD", _POSSESSIVE.sub("", written)).lower().translate(_SPELT)
    return _NOT_LETTERS.sub("", plain)[:LONGEST]


class Stemmer(PorterStemmer):  # type: ignore[misc] # lunr.py has no types
    """lunr.py's stemmer, made equal to lunr.js's."""

    b: str
    """The word; what is behind ``k`` has been cut off."""
    k: int

    def step1ab(self) -> None:
        """Take off the endings of plurals, ``-ed`` and ``-ing``; in lunr.js a letter must stand before them."""
        if self.b in ("ies", "sses"):
            self.k -= 1
        elif self.b in ("eed", "eeds"):
            self.k = 0
        else:
            super().step1ab()

    def doublec(self, j: int) -> bool:
        """Return whether two equal consonants end at ``j``; a y is none in lunr.js."""
        return self.b[j] != "y" and bool(super().doublec(j))

    def step1c(self) -> None:
        """Turn a final y into i after a consonant that is not the first letter: ``/^(.+?[^aeiou])y$/`` in lunr.js.

        lunr.py asks for a vowel before it instead, and so stems ``pathway``, ``delay`` and ``pay`` otherwise.
        """
        if self.b[self.k] == "y" and self.k >= 2 and self.b[self.k - 1] not in "aeiou":
            self.b = self.b[: self.k] + "i" + self.b[self.k + 1 :]


_STEMMER = Stemmer()


@cache
def term(word: str) -> str | None:
    """Return the term of a folded word, None for a stop word."""
    return None if word in STOP_WORDS else stem(word)


def stem(word: str) -> str:
    """Return the stem of a folded word."""
    return str(_STEMMER.stem(word))
