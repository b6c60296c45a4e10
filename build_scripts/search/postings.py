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
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TypeVar

from lunr.stop_word_filter import WORDS as STOP_WORDS

from build_scripts.search.words import term, tokens, words

TEXT = "text"
"""The field whose length counts."""
THEMES = "themes"
"""The field of theme names, which are not among the words of a passage."""
BETWEEN_LABELS = ". "
"""Stands between the labels and names of a field; no word goes across it."""

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
    having: dict[str, array[int]] = field(default_factory=dict)
    """Folded word, stop words aside, to the documents that have it where a reader sees it: not among theme names."""

    @property
    def average(self) -> float:
        """The average rounded length of the texts."""
        return sum(STEPS[step] for step in self.steps) / self.size if self.size else 0.0


def make_index(
    documents: Iterable[Sequence[str]], fields: Mapping[str, float], phrase_fields: tuple[str, ...] = ()
) -> Index:
    """Return the index of documents, each the texts of its fields in the order of ``fields``."""
    index = Index(fields, phrase_fields)
    postings: dict[str, dict[str, Posting]] = {name: defaultdict(Posting) for name in fields}
    places: dict[str, dict[str, Places]] = {name: defaultdict(Places) for name in phrase_fields}
    of_themes: set[str] = set()
    having: dict[str, array[int]] = defaultdict(lambda: array("I"))
    # A passage's own text is seldom there twice; headings, names and labels are on hundreds of passages.
    again = cache(_analyse)
    for number, texts in enumerate(documents):
        index.size = number + 1
        seen: set[str] = set()
        for name, text in zip(fields, texts, strict=True):
            if name in places:
                found = _analyse(text) if name == TEXT else again(text)
            else:
                found = _one_after_another([again(part) for part in text.split(BETWEEN_LABELS)])
            if name == TEXT:
                index.steps.append(bisect_right(STEPS, sum(found.counts.values())) - 1)
            for each, count in found.counts.items():
                if each not in index.order:
                    index.order[each] = len(index.order)
                posting = postings[name][each]
                posting.documents.append(number)
                posting.counts.append(count)
            for each, at in found.places.items() if name in places else ():
                where = places[name][each]
                where.documents.append(number)
                where.counts.append(len(at))
                where.places.extend(at)
            (of_themes if name == THEMES else seen).update(found.words)
        for word in seen:
            having[word].append(number)
    index.having = {**dict.fromkeys(of_themes, array("I")), **having}
    index.postings, index.places = _by_term(postings), _by_term(places)
    return index


def _by_term(by_field: Mapping[str, Mapping[str, _Entry]]) -> dict[str, dict[str, _Entry]]:
    """Return field to term to entry as term to field to entry."""
    found: dict[str, dict[str, _Entry]] = {}
    for name, entries in by_field.items():
        for each, entry in entries.items():
            found.setdefault(each, {})[name] = entry
    return found


@dataclass(frozen=True, slots=True)
class _Analysis:
    counts: Mapping[str, int]
    """Term to how often, in order of appearance."""
    places: Mapping[str, Sequence[int]]
    """Term, or stop word after a space, to its places; a compound has none."""
    words: frozenset[str]


def _analyse(text: str) -> _Analysis:
    places: dict[str, list[int]] = {}
    plain = words(text)
    if plain is not None:
        for place, word in enumerate(plain):
            places.setdefault(_key(word), []).append(place)
        counts = {key: len(at) for key, at in places.items() if key[0] != " "}
        return _Analysis(counts, places, frozenset(plain) - STOP_WORDS)
    found = tokens(text)
    for token in found:
        if not token.compound:
            places.setdefault(_key(token.word), []).append(token.place)
    terms = Counter(term for token in found if (term := _key(token.word))[0] != " ")
    return _Analysis(terms, places, frozenset(token.word for token in found) - STOP_WORDS)


def _one_after_another(parts: Sequence[_Analysis]) -> _Analysis:
    """Return what stands in a text of these parts; its places are not asked for."""
    if len(parts) == 1:
        return parts[0]
    counts: dict[str, int] = {}
    for part in parts:
        for each, count in part.counts.items():
            counts[each] = counts.get(each, 0) + count
    return _Analysis(counts, {}, frozenset().union(*(part.words for part in parts)))


@cache
def _key(word: str) -> str:
    """Return the term of a word; a stop word has none, and stands after a space."""
    return term(word) or f" {word}"
