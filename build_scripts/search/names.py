"""Names of several words, looked up when the index is made: related words are asked for with most queries.

``British Sign Language`` as a phrase would load the places of three words; as an entry among the terms it loads one
small file. Its key is that of its words' places, with spaces between, so that no term has it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate

from build_scripts.search.postings import Index, Places, Posting
from build_scripts.search.words import term, tokens


def name_postings(index: Index, names: Iterable[str]) -> dict[str, dict[str, Posting]]:
    """Return for each name of several words, by its key, in which documents it stands in each phrase field."""
    found: dict[str, dict[str, Posting]] = {}
    rows: dict[tuple[str, str], Mapping[int, array[int]]] = {}
    for name in names:
        words = [term(each.word) or f" {each.word}" for each in tokens(name) if not each.compound]
        if len(words) < 2:
            continue
        by_field = found.setdefault(" ".join(words), {})
        for field in index.phrase_fields:
            if field in by_field:
                continue
            posting = Posting()
            for document in _documents(words, field, index, rows):
                posting.documents.append(document)
                posting.counts.append(1)
            by_field[field] = posting
    return found


def _documents(
    words: list[str], field: str, index: Index, rows: dict[tuple[str, str], Mapping[int, array[int]]]
) -> Iterator[int]:
    """Yield the documents, rising, in whose field the words stand next to one another."""
    for word in words:
        if (word, field) not in rows:
            rows[word, field] = _by_document(index.places.get(word, {}).get(field, Places()))
    rarest = min(words, key=lambda word: len(rows[word, field]))
    for document in rows[rarest, field]:
        here = [rows[word, field].get(document) for word in words]
        if all(here):
            starts = (frozenset(place - step for place in each or ()) for step, each in enumerate(here))
            if frozenset.intersection(*starts):
                yield document


def _by_document(places: Places) -> Mapping[int, array[int]]:
    ends = list(accumulate(places.counts))
    starts = [0, *ends]
    return {document: places.places[starts[at] : ends[at]] for at, document in enumerate(places.documents)}
