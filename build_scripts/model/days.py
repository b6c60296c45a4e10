"""Days and months as they are written in data and options: ``2025-07-04`` and ``2025-07``, and in no other way.

And the names of months, for what is read.
"""

from __future__ import annotations

import re
from datetime import date

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""As CQC's pages write them."""

_MONTH = re.compile(r"20[0-9]{2}-(?:0[1-9]|1[0-2])\Z")
_DAY = re.compile(r"20[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])\Z")


def is_day(text: str) -> bool:
    """Return whether a text is a day of this century that the calendar has."""
    if not has_shape_of_day(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def has_shape_of_day(text: str) -> bool:
    """Return whether a text is written as a day is, be it in the calendar or not: ``2025-02-30`` is."""
    return bool(_DAY.match(text))


def is_month(text: str) -> bool:
    """Return whether a text is a month of this century."""
    return bool(_MONTH.match(text))


def is_within(one: str, other: str) -> bool:
    """Return whether two days or months can be the same day: a month fits each of its days."""
    return one.startswith(other) or other.startswith(one)
