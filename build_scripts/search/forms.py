"""Words that share a stem and are not one word: universal and University, general and generous, import and important.

lunr's stems throw them together. Which passages have a word itself, in one of its forms, stands among the terms, for
each stem that words of several kinds have (``forms.js`` reads it). A **kind** of words is what is left without the
endings of plurals and verbs (``kind_of``): carer and carers are of one kind, care and caring of another.

Keys stand behind the stem's own, where no term can be: ``stem=kind`` has the passages with words of that kind, and
``stem!kind`` those with other words of the stem alone, where these are fewer. A stem that is the one kind of all its
words has none.
"""

from __future__ import annotations

import re
from array import array
from functools import cache

from build_scripts.search.postings import TEXT, Index, Posting
from build_scripts.search.words import term

_STEPS = tuple(
    (re.compile(ending), to)
    for ending, to in (
        (r"(?<=..)ies\Z", "y"),
        (r"(?<=..[^siu])s\Z", ""),
        (r"(?<=..[^c]ee)d\Z", ""),
        (r"(?<=[aeiouy])([^aeiouy]*)(?:ing|(?<!e)ed)\Z", r"\1"),
        (r"(?<=..)e\Z", ""),
        (r"([^aeiou])\1\Z", r"\1"),
        (r"y\Z", "i"),
    )
)
"""What is done to a word, one after the other: parties, carers, agreed, planning, care, plann, carry."""

_BEHIND = re.compile(r"(?<=.)[ !#=]")
"""What stands between a stem and the rest of a key; a stop word has a space before it."""


def stem_of(key: str) -> str:
    """Return the stem behind which a key stands, which for a term is itself; a name stands behind its first word's."""
    return _BEHIND.split(key, maxsplit=1)[0]


@cache
def kind_of(word: str) -> str:
    """Return a folded word without the endings of plurals and verbs; ``forms.js`` has the same."""
    for ending, to in _STEPS:
        word = ending.sub(to, word)
    return word


def form_postings(index: Index) -> dict[str, dict[str, Posting]]:
    """Return for each kind of words of a stem, by its key, the passages that have it or have others alone."""
    by_stem: dict[str, dict[str, set[int]]] = {}
    for word, documents in index.having.items():
        if stem := term(word):
            by_stem.setdefault(stem, {}).setdefault(kind_of(word), set()).update(documents)
    found: dict[str, dict[str, Posting]] = {}
    for stem, kinds in by_stem.items():
        if list(kinds) == [stem]:
            continue
        every = set().union(*kinds.values())
        for kind, having in kinds.items():
            few = 2 * len(having) <= len(every)
            documents = array("I", sorted(having if few else every - having))
            posting = Posting(documents, array("I", [1]) * len(documents))
            found[f"{stem}{'=' if few else '!'}{kind}"] = {TEXT: posting}
    return found
