"""What the engines are asked: words that stand together in some passages, so that every engine finds something."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Sequence

from benchmarks.national import COMMON
from build_scripts.model.collection import Collection

LENGTHS = (2, 1, 3, 2)
"""Words of the queries, in turn."""
LETTERS = 4
"""Fewest letters of a word: nobody looks for "by", and engines differ in what they leave out."""
WORDS = 600
"""Queries are made of so many of the commonest words: those cost an engine most, and fill a page of results."""
RESULTS = 10
TRIES = 5_000


def choose_queries(collection: Collection, count: int, seed: int) -> Sequence[str]:
    """Return different queries: ten passages or more hold all words of each, in a tiny collection at least one."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    passages = _passages(collection)
    common = dict(_frequencies(passages).most_common(WORDS))
    found: dict[str, None] = {}
    for attempt in range(TRIES):
        words = sorted(chance.choice(passages) & common.keys())
        length = LENGTHS[len(found) % len(LENGTHS)]
        if len(words) < length:
            continue
        query = chance.sample(words, length)
        if attempt > TRIES // 2 or sum(words_of.issuperset(query) for words_of in passages) >= RESULTS:
            found[" ".join(query)] = None
        if len(found) == count:
            return tuple(found)
    raise ValueError(f"no {count} queries could be made of {len(passages)} passages")


def commonest(collection: Collection, count: int = 3) -> str:
    """Return the words that stand in most passages, as a query."""
    return " ".join(word for word, _ in _frequencies(_passages(collection)).most_common(count))


def _passages(collection: Collection) -> list[frozenset[str]]:
    """Return the words of each passage that a reader might look for."""
    looked_for = re.compile(rf"[a-z]{{{LETTERS},}}")
    return [
        frozenset(looked_for.findall(passage.passage.text.lower())).difference(COMMON)
        for item in collection.evidence
        for passage in item.passages
    ]


def _frequencies(passages: Sequence[frozenset[str]]) -> Counter[str]:
    seen: Counter[str] = Counter()
    for words in passages:
        seen.update(sorted(words))
    return seen
