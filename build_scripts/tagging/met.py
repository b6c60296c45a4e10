"""What is known of each word that texts have, found out when it is first met: words are few, and texts are many."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

MOST = 1 << 16
"""Of how many words it is remembered: those of all of England's reports. Of more it is found out each time."""

T = TypeVar("T")


class Met(dict[str, T]):
    """Word to what is known of it."""

    def __init__(self, find_out: Callable[[str], T]) -> None:
        self._find_out = find_out

    def __missing__(self, word: str) -> T:
        known = self._find_out(word)
        if len(self) < MOST:
            self[word] = known
        return known
