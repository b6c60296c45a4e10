"""Where a pattern stands next, for many places of a text: each letter is read once where they come in order."""

from __future__ import annotations

import re


class Ahead:
    """Finds where a pattern stands next, and remembers it for the places up to there."""

    def __init__(self, pattern: re.Pattern[str], folded: str) -> None:
        self._pattern, self._folded = pattern, folded
        self._asked, self._found = 0, -1

    def at(self, place: int) -> int:
        """Return the first place of it from here on; the end of the text where there is none."""
        if not self._asked <= place <= self._found:
            found = self._pattern.search(self._folded, place)
            self._asked, self._found = place, found.start() if found else len(self._folded)
        return self._found
