"""Every word of the collection, for spelling and for patterns that begin with a wildcard; loaded only then.

``words-<hash>.bin``, packed: how many words (varint), the folded words front-coded, and in how many passages each
stands where a reader sees it (varints; none for a word of theme names alone). Stop words are left out; the terms are
the words' stems.
"""

from __future__ import annotations

from build_scripts.search.packing import front_coded, varints
from build_scripts.search.postings import Index


def lexicon(index: Index) -> bytes:
    """Return the words with their numbers of passages."""
    words = sorted(index.having)
    return varints([len(words)]) + front_coded(words) + varints(len(index.having[word]) for word in words)
