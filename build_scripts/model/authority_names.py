"""Which authorities a name can mean, as reports, pages and people write it."""

from __future__ import annotations

import re

from build_scripts.model.vocabulary import Vocabulary

_WORD = re.compile(r"[a-z0-9]+")


def authorities_named(title: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the slugs of the authorities that a title such as ``Westminster City Council`` can mean.

    Those whose name's words all stand in it; of ``South Gloucestershire``, not ``Gloucestershire`` too.
    """
    said = _words(title)
    held = {item.slug: _words(item.name) for item in vocabulary.authorities if _words(item.name) <= said}
    return tuple(slug for slug, words in held.items() if not any(words < other for other in held.values()))


def _words(name: str) -> frozenset[str]:
    return frozenset(_WORD.findall(name.lower().replace("&", " and ").replace("’", "'")))
