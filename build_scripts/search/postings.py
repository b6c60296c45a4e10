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

from lunr.stop_word_filter import WORDS as STOP_WORDS

from build_scripts.search.words import fold, term, tokens, written

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
    words = _Words()
    readers = {name: _Reader(words, index.order, is_prose=name in phrase_fields) for name in fields}
    for number, texts in enumerate(documents):
        index.size = number + 1
        for name, text in zip(fields, texts, strict=True):
            length = readers[name].read(number, text, is_seen=name != THEMES)
            if name == TEXT:
                index.steps.append(bisect_right(STEPS, length) - 1)
    index.having = {word: each.having for word, each in words.items() if word not in STOP_WORDS}
    for name, reader in readers.items():
        for key, met in reader.met.items():
            if met.is_term:
                index.postings.setdefault(key, {})[name] = met.posting()
            if reader.is_prose and met.documents:
                index.places.setdefault(key, {})[name] = Places(met.documents, met.counts, met.places)
    return index


@dataclass(slots=True)
class _Word:
    """A folded word."""

    key: str
    """Its term; a stop word has none, and stands after a space."""
    having: array[int] = field(default_factory=lambda: array("I"))
    """The documents that have it where a reader sees it."""
    last: int = -1
    """The last of them."""


class _Words(dict[str, _Word]):
    """Every folded word so far."""

    def __missing__(self, word: str) -> _Word:
        self[word] = made = _Word(term(word) or f" {word}")
        return made


@dataclass(slots=True)
class _Met:
    """Where a key was met in a field so far."""

    is_term: bool
    documents: array[int] = field(default_factory=lambda: array("I"))
    counts: array[int] = field(default_factory=lambda: array("I"))
    places: array[int] = field(default_factory=lambda: array("I"))
    last: int = -1
    """The last of the documents."""
    compounds: list[int] = field(default_factory=list)
    """A document for each compound that was met: it counts, and has no place."""

    def posting(self) -> Posting:
        """Return in which documents the term stands, and how often, as part of a compound or by itself."""
        if not self.compounds:
            return Posting(self.documents, self.counts)
        often = Counter(dict(zip(self.documents, self.counts, strict=True)))
        often.update(self.compounds)
        documents = sorted(often)
        return Posting(array("I", documents), array("I", (often[document] for document in documents)))


_Step = tuple[_Word, _Met, bool]
"""A word of a text, its key in the field, whether it is a compound."""


class _Reader:
    """Reads one field of all documents, one after another: word by word, since there are millions of them."""

    def __init__(self, words: _Words, order: dict[str, int], *, is_prose: bool) -> None:
        self.words = words
        self.order = order
        """Term to its number: what is met first, in whichever field, has the lowest."""
        self.is_prose = is_prose
        """Whether places are kept. Its texts are seldom there twice; labels and names are on hundreds of passages."""
        self.met: dict[str, _Met] = {}
        self.known: dict[str, _Step | None] = {}
        """A word as it is written, to its step; None where nothing is left of it."""
        self.again: dict[str, list[_Step]] = {}
        """A label or name to its steps."""

    def read(self, number: int, text: str, *, is_seen: bool) -> int:
        """Take in a document's text, and return how many terms it has."""
        place = length = 0
        for word, met, is_compound in self._steps(text) if self.is_prose else self._labels(text):
            if is_seen and word.last != number:
                word.last = number
                word.having.append(number)
            length += met.is_term
            if is_compound:
                met.compounds.append(number)
                continue
            if met.last != number:
                met.last = number
                met.documents.append(number)
                met.counts.append(1)
            else:
                met.counts[-1] += 1
            met.places.append(place)
            place += 1
        return length

    def _labels(self, text: str) -> list[_Step]:
        found: list[_Step] = []
        for label in text.split(BETWEEN_LABELS):
            if label not in self.again:
                self.again[label] = self._steps(label)
            found += self.again[label]
        return found

    def _steps(self, text: str) -> list[_Step]:
        plain = written(text)
        if plain is None:
            return [self._step(token.word, is_compound=token.compound) for token in tokens(text)]
        known = self.known
        for each in plain:
            if each not in known:
                word = fold(each)
                known[each] = self._step(word, is_compound=False) if word else None
        return [step for each in plain if (step := known[each])]

    def _step(self, word: str, *, is_compound: bool) -> _Step:
        found = self.words[word]
        met = self.met.get(found.key)
        if met is None:
            met = self.met[found.key] = _Met(found.key[0] != " ")
            if met.is_term and found.key not in self.order:
                self.order[found.key] = len(self.order)
        return found, met, is_compound
