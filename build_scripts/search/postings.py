"""The inverted index: which term stands in which fields of which documents, how often and where.

It is the index that lunr.py's ``Builder`` would build over the same documents, held in half of its memory: the same
order of terms, and all that its formula (lunr.py 0.8, ``builder.py`` and ``idf.py``; Okapi BM25) makes scores of. The
browser makes them; the tests prove them equal to lunr's. One thing is ours: lengths are rounded before scores are made,
as Lucene does it, since exact ones would be a third of what a first query loads; and only the length of the text
counts, that of a label or name says nothing.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TypeVar

from build_scripts.search.words import term, tokens

TEXT = "text"
"""The field whose length counts."""
THEMES = "themes"
"""The field of theme names, which are not among the words of a passage."""

B = 0.75
"""How much it counts, from 0 to 1: lunr's default."""

_STEPS = [0, 1, 2]
while _STEPS[-1] < 1_000_000:
    _STEPS.append(_STEPS[-1] * 3 // 2)
STEPS = tuple(_STEPS)
"""What lengths are rounded down to: each step is half as long again as the one before."""

K1 = 1.2
"""How soon more of the same word stops counting: lunr's default."""


@dataclass(slots=True)
class Posting:
    """One term in one field."""

    documents: array[int] = field(default_factory=lambda: array("I"))
    """Numbers of the documents, rising."""
    counts: array[int] = field(default_factory=lambda: array("I"))
    """How often it stands in each."""


@dataclass(slots=True)
class Places:
    """Where one word stands in one field: for each document how often, and all places one after another."""

    documents: array[int] = field(default_factory=lambda: array("I"))
    counts: array[int] = field(default_factory=lambda: array("I"))
    places: array[int] = field(default_factory=lambda: array("I"))


_Entry = TypeVar("_Entry", Posting, Places)


@dataclass(slots=True)
class Index:
    """Everything that is known of the words of a collection."""

    fields: Mapping[str, float]
    """Field to its boost."""
    phrase_fields: tuple[str, ...]
    size: int = 0
    """How many documents there are."""
    order: dict[str, int] = field(default_factory=dict)
    """Term to its number, in order of first appearance: lunr sums scores in this order."""
    postings: dict[str, dict[str, Posting]] = field(default_factory=dict)
    """Term to field to posting, only where it stands."""
    places: dict[str, dict[str, Places]] = field(default_factory=dict)
    """Term, or stop word after a space (the stop word *us* is not the stem of *use*), to phrase field to places."""
    steps: bytearray = field(default_factory=bytearray)
    """For each document the length of its text: an index into ``STEPS``."""
    words: Counter[str] = field(default_factory=Counter)
    """Folded word, stop words aside, to how many documents have it where a reader sees it: not among theme names."""

    @property
    def average(self) -> float:
        """The average rounded length of the texts."""
        return sum(STEPS[step] for step in self.steps) / self.size if self.size else 0.0


def make_index(
    documents: Iterable[Sequence[str]], fields: Mapping[str, float], phrase_fields: tuple[str, ...] = ()
) -> Index:
    """Return the index of documents, each the texts of its fields in the order of ``fields``."""
    index = Index(fields, phrase_fields)
    analyse_again = cache(_analyse)
    for number, texts in enumerate(documents):
        index.size = number + 1
        seen: set[str] = set()
        for name, text in zip(fields, texts, strict=True):
            # A passage's own text is seldom there twice; headings, names and labels are on hundreds of passages.
            found = _analyse(text) if name == TEXT else analyse_again(text)
            if name == TEXT:
                index.steps.append(bisect_right(STEPS, sum(found.counts.values())) - 1)
            for each, count in found.counts.items():
                index.order.setdefault(each, len(index.order))
                posting = _in(index.postings, each, name, Posting)
                posting.documents.append(number)
                posting.counts.append(count)
            if name in phrase_fields:
                for each, places in found.places.items():
                    where = _in(index.places, each, name, Places)
                    where.documents.append(number)
                    where.counts.append(len(places))
                    where.places.extend(places)
            if name == THEMES:
                index.words.update(dict.fromkeys(found.words, 0))
            else:
                seen |= found.words
        index.words.update(seen)
    return index


def _in(entries: dict[str, dict[str, _Entry]], each: str, name: str, make: type[_Entry]) -> _Entry:
    """Return what stands under a term and a field, made where there is none yet."""
    by_field = entries.get(each)
    if by_field is None:
        by_field = entries[each] = {}
    entry = by_field.get(name)
    if entry is None:
        entry = by_field[name] = make()
    return entry


@dataclass(frozen=True, slots=True)
class _Analysis:
    counts: Mapping[str, int]
    """Term to how often, in order of appearance."""
    places: Mapping[str, Sequence[int]]
    """Term, or stop word after a space, to its places; a compound has none."""
    words: frozenset[str]


def _analyse(text: str) -> _Analysis:
    places: dict[str, list[int]] = {}
    words: list[str] = []
    terms: list[str] = []
    for word, _, _, place, compound in tokens(text):
        found = term(word)
        if found is not None:
            terms.append(found)
            words.append(word)
        if not compound:
            places.setdefault(f" {word}" if found is None else found, []).append(place)
    return _Analysis(Counter(terms), places, frozenset(words))
