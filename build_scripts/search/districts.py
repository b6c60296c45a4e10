"""Districts, towns and areas of ``data/districts.csv``: known by the words of a query.

They have no end, and hardly any query names one, so the catalogue does not have them. Each stands among the terms
behind the stem of the word that it begins with, as ``stem#Name``: who asks for the word has loaded it. In place of
documents it has numbers of authorities in the catalogue. A name of two parts stands behind the second too: Crewe and
Nantwich.

``districts-<hash>.bin``, packed JSON, has them all: a row ``[name, [numbers]]`` each, by name. It is loaded for slips
of the keys, for suggestions, and for ``council:norwich``.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator

from build_scripts.model.collection import Collection
from build_scripts.search.catalogue import authorities_in_order
from build_scripts.search.postings import TEXT, Posting
from build_scripts.search.words import term, tokens

_ALSO = {"st": "saint"}
"""What is typed for the first word of a name; ``names-list.js`` takes one for the other."""


def district_rows(collection: Collection) -> list[tuple[str, list[int]]]:
    """Return each district by its name, with the numbers of its authorities."""
    numbers: dict[str, list[int]] = {}
    for number, authority in enumerate(authorities_in_order(collection)):
        for district in authority.districts:
            numbers.setdefault(district, []).append(number)
    return sorted(numbers.items())


def district_postings(collection: Collection) -> dict[str, dict[str, Posting]]:
    """Return for each district, by its keys, the numbers of its authorities as those of documents."""
    found: dict[str, dict[str, Posting]] = {}
    for name, numbers in district_rows(collection):
        posting = Posting(array("I", numbers), array("I", [1]) * len(numbers))
        found |= {f"{stem}#{name}": {TEXT: posting} for stem in _stems(name)}
    return found


def _stems(name: str) -> Iterator[str]:
    """Yield the stems of the words with which the name and each of its parts begin; common words do not count."""
    for part in name.split(" and "):
        words = [each.word for each in tokens(part) if not each.compound]
        first = next((word for word in words if term(word)), "")
        yield from filter(None, (term(first), term(_ALSO.get(first, ""))))
