"""Tell what a hyphen at a line's end is: the word's own, or there only because the line ends.

A PDF does not say. What does, in this order: the sign itself, where a program cuts words with another than it has
inside lines; the same word elsewhere in the document; whether any word of it is cut; a list of English words. What none
of them tells is decided by what is likely, and told as a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

import symspellpy

_WORD = r"[^\W\d_]+(?:['’][^\W\d_]+)*"
_COMPOUND = re.compile(rf"{_WORD}(?:[-‐]{_WORD})*")
_LAST_PART = re.compile(rf"({_COMPOUND.pattern})([-‐\xad])\Z")
_LONGEST = 100
"""Letters of a word: what is longer is none."""
_HANGING = re.compile(r"(?:and|or|to)\s")
"""What follows a hyphen that stands for a later word: short- and long-term."""
_PREFIXES = frozenset(
    [
        *("anti", "co", "cross", "ex", "half", "high", "ill", "inter", "long", "low", "mid", "mini", "multi"),
        *("non", "off", "on", "one", "out", "over", "part", "post", "pre", "pro", "re", "self", "semi", "short"),
        *("sub", "two", "under", "well"),
    ]
)
"""Words that go before a hyphen of their own: co-production, long-term."""


class Hyphens:
    """The hyphens at the ends of a document's lines, and what was decided about them."""

    def __init__(self, lines: Sequence[str]) -> None:
        """Learn from the document's lines, in reading order, what its words and its hyphens are like."""
        self._seen = {_plain(word) for line in _unbroken(lines) for word in _COMPOUND.findall(line)}
        self._seen |= {part for word in self._seen if "-" in word for part in word.split("-")}
        # Programs that cut words set these where the font has them; hardly anyone types one inside a line.
        self._cutting = {sign for sign in "‐\xad" if not any(re.search(rf"\w{sign}\w", line) for line in lines)}
        cuts = [cut for line, following in pairwise(lines) if (cut := _cut(line, following))]
        self._has_sign = any(sign in self._cutting for _, sign, _ in cuts)
        parts = [(_plain(before), _plain(after)) for before, _, after in cuts]
        self._cuts_words = any(self._is_known(one + other) and not self._are_words(one, other) for one, other in parts)
        self.kept: list[str] = []
        self.taken_out: list[str] = []
        """Words as they were made, where nothing told whether a hyphen is their own."""

    def joined(self, line: str, following: str) -> str | None:
        """Return two lines as one where a hyphen ends the first, None where none does."""
        cut = _cut(line, following)
        if cut is None:
            return None
        before, sign, after = cut
        if sign not in self._cutting and _HANGING.match(following) and not self._is_known(_plain(before + after)):
            return f"{line} {following}"
        own, is_sure = self._judged(_plain(before), sign, _plain(after))
        if not is_sure:
            (self.kept if own else self.taken_out).append(f"{before}{sign if own else ''}{after}")
        return (line if own else line[:-1]) + following

    def unsure(self) -> tuple[str, ...]:
        """Return what to tell of hyphens that may be wrong."""
        told = {"taken out of": self.taken_out, "kept in": self.kept}
        return tuple(
            f"hyphens at the ends of lines were {done} {', '.join(dict.fromkeys(words))}"
            for done, words in told.items()
            if words
        )

    def _judged(self, before: str, sign: str, after: str) -> tuple[bool, bool]:
        """Return whether a hyphen is the word's own, and whether that is sure."""
        cut, whole = before + after in self._seen, f"{before}-{after}" in self._seen
        if sign in self._cutting:
            return whole and not cut, True
        if self._has_sign:
            return True, not cut
        if cut != whole:
            return whole, whole or self._cuts_words
        known, parts = self._is_known(before + after), self._are_words(before, after)
        if not self._cuts_words:
            return True, parts and not known
        return parts and not known, known and not parts

    def _are_words(self, before: str, after: str) -> bool:
        """Return whether the parts on both sides of a hyphen are words of their own."""
        last = before.rpartition("-")[2]
        return (last in _PREFIXES or self._is_known(last)) and self._is_known(after.partition("-")[0])

    def _is_known(self, word: str) -> bool:
        return word in self._seen or all(part in english() for part in word.split("-"))


def is_cut(line: str, following: str) -> bool:
    """Return whether a word, or a compound of words, begins at the end of a line and goes on in the next."""
    return _cut(line, following) is not None


def _cut(line: str, following: str) -> tuple[str, str, str] | None:
    """Return the word before the hyphen at a line's end, the hyphen, and the word after it; None where there is none.

    A word goes on in letters of the same kind: a name or a number does not.
    """
    last, first = _LAST_PART.search(line[-_LONGEST:]), _COMPOUND.match(following[:_LONGEST])
    if not last or not first or not (first[0][0].islower() or (last[1].isupper() and first[0].isupper())):
        return None
    return last[1], last[2], first[0]


def _plain(word: str) -> str:
    return word.casefold().replace("‐", "-")


def _unbroken(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines without the parts of words that hyphens at their ends leave."""
    broken = False
    for line in lines:
        start = _COMPOUND.match(line) if broken else None
        end = _LAST_PART.search(line[-_LONGEST:])
        broken = end is not None
        yield line[start.end() if start else 0 : len(line) - len(end[0]) if end else None]


@cache
def english() -> frozenset[str]:
    """Return some 80,000 English words, British spellings among them, in small letters."""
    text = (files(symspellpy) / "frequency_dictionary_en_82_765.txt").read_text("utf-8-sig")
    return frozenset(line.partition(" ")[0] for line in text.splitlines())
