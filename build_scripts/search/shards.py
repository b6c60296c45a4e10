"""The index as shards: runs of sorted terms, cut so that a query loads little more than its own terms.

Folder ``terms-<hash>/``, file ``<number>.bin``, packed. Inside, all varints but the words:

* how many terms, the terms front-coded, their numbers in lunr's order of summing, the bytes of each posting;
* then the postings. A posting has for each field how many documents; for each field the documents as deltas; for each
  field how many of them have the term more than once, at which places of that list (deltas), and how often.
* Names of several words (``names.py``) stand among the terms, their words apart by spaces, and forms of words
  (``forms.py``) and districts (``districts.py``) behind their stems: in the same shard, since who asks for a stem asks
  for these.

Folder ``places-<hash>/`` is the same for phrases: where each word stands in the fields in which phrases can be asked
for. Stop words are there too, after a space. Inside: how many words, the words front-coded, the bytes of each; then for
each word and each phrase field what a posting has, and then, document by document, the places as deltas.

Where each shard begins is told by the shortest beginning of its first word that comes after all words of the shard
before. These stand one after another, as ``_directory`` says: those of terms in the manifest, since nothing can be
looked up without them, those of places in the catalogue.

The catalogue's ``lengths`` has a sign a document, from ``0`` on: the length of its text, an index into the manifest's
``steps``.

Scores are not stored. The browser works them out from these by the formula of ``postings.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate, groupby
from operator import sub

from build_scripts.search.forms import stem_of
from build_scripts.search.packing import cut, deltas, front_coded, varints
from build_scripts.search.postings import Index, Places, Posting

TERMS_TARGET = 2_000
"""Bytes of a packed shard of postings. Smaller is better for a query, but each costs the manifest three bytes."""

PLACES_TARGET = 4_000
"""The same for places, which are only loaded for phrases."""

_NO_POSTING = Posting()
_NO_PLACES = Places()
_NO_REPEATS = varints([0])


def term_shards(index: Index, besides: Mapping[str, Mapping[str, Posting]]) -> tuple[str, dict[str, bytes]]:
    """Return where each shard of postings begins, and the shards by number; ``besides`` stand among the terms."""
    postings = {**index.postings, **besides}
    names = sorted(postings)
    bodies = [_posting([postings[name].get(at, _NO_POSTING) for at in index.fields]) for name in names]

    def numbers(run: Iterable[int]) -> bytes:
        return varints(index.order.get(names[at], 0) for at in run)

    return _shards(names, bodies, numbers, TERMS_TARGET)


def place_shards(index: Index) -> tuple[str, dict[str, bytes]]:
    """Return where each shard of places begins, and the shards by number."""
    names = sorted(index.places)
    bodies = [_places([index.places[name].get(at, _NO_PLACES) for at in index.phrase_fields]) for name in names]
    return _shards(names, bodies, lambda _run: b"", PLACES_TARGET)


def lengths(index: Index) -> str:
    """Return the lengths of the documents' texts, each as one sign."""
    return "".join(chr(ord("0") + step) for step in index.steps)


def _shards(
    names: Sequence[str], bodies: Sequence[bytes], numbers: Callable[[Iterable[int]], bytes], target: int
) -> tuple[str, dict[str, bytes]]:
    kin = [list(group) for _, group in groupby(range(len(names)), lambda at: stem_of(names[at]))]
    pieces = (b"".join(names[at].encode("utf-8") + bodies[at] for at in group) for group in kin)
    runs = [range(kin[run[0]][0], kin[run[-1]][-1] + 1) for run in cut(list(pieces), target)]
    shards = {}
    for number, run in enumerate(runs):
        head = varints([len(run)]) + front_coded(names[at] for at in run) + numbers(run)
        sizes = varints(len(bodies[at]) for at in run)
        shards[str(number)] = head + sizes + b"".join(bodies[at] for at in run)
    return _directory(_parting(names[run[0] - 1] if run[0] else "", names[run[0]]) for run in runs), shards


def _directory(beginnings: Iterable[str]) -> str:
    """Return the beginnings one after another: a capital letter for how many letters of the one before, then the rest.

    No term has a capital letter: ``A`` is none, ``B`` is one, up to ``Z``. Letters beyond U+FFFF, of which JavaScript
    counts two for one, are never among those of the one before.
    """
    parts = []
    before = ""
    for word in beginnings:
        shared = 0
        while shared < min(len(word), len(before), 25) and word[shared] == before[shared] <= "\uffff":
            shared += 1
        parts.append(chr(ord("A") + shared) + word[shared:])
        before = word
    return "".join(parts)


def _parting(before: str, first: str) -> str:
    """Return the shortest beginning of ``first`` that is greater than ``before``."""
    shared = 0
    while first[shared : shared + 1] == before[shared : shared + 1] != "":
        shared += 1
    return first[: shared + 1]


def _posting(by_field: Sequence[Posting] | Sequence[Places]) -> bytes:
    return b"".join(
        (
            varints(len(each.documents) for each in by_field),
            *(deltas(each.documents) for each in by_field),
            *(_repeats(each.counts) for each in by_field),
        )
    )


def _repeats(counts: Sequence[int]) -> bytes:
    if max(counts, default=1) == 1:  # most words stand once in a text
        return _NO_REPEATS
    at = [place for place, count in enumerate(counts) if count > 1]
    return varints([len(at)]) + deltas(at) + varints(counts[place] for place in at)


def _places(by_field: Sequence[Places]) -> bytes:
    return _posting(by_field) + b"".join(_distances(each) for each in by_field)


def _distances(where: Places) -> bytes:
    """Return the places in each document as deltas, one document after another."""
    before = [0, *where.places]
    for start in accumulate(where.counts):
        before[start] = 0
    return varints(map(sub, where.places, before))
