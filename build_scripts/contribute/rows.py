"""Rows of tables as items of a list, which readers, passages and search all know."""

from __future__ import annotations

import re
from collections.abc import Sequence

BETWEEN = " | "
"""What stands between the cells of a row."""
_MARKER = re.compile(r"(?:[•◦‣⁃▪▫■□●○∙·–o*-]|\(?(?:[0-9]{1,3}|[a-z]|[ivx]{1,4})[.)])\Z", re.IGNORECASE)


def as_items(lines: Sequence[str]) -> tuple[list[str], int]:
    """Return the lines with each row of a table, its cells parted by tabs, as an item; and how many rows there were.

    A bullet or number with a tab behind it opens an item already. Blank lines between rows go: the list is one.
    """
    made: list[str] = []
    rows = 0
    after_row = False
    for line in lines:
        cells = [cell.strip() for cell in line.split("\t") if cell.strip()]
        is_row = len(cells) > 1 and not _MARKER.match(cells[0])
        if is_row:
            while made and not made[-1] and after_row:
                made.pop()
            made.append(f"• {BETWEEN.join(cells)}")
            rows += 1
        else:
            made.append(" ".join(cells) if len(cells) > 1 else line)
        after_row = is_row or (after_row and not line.strip())
    return made, rows
