"""Numbers and days as the site and the commands write them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

PLURALS = {"theme or voice": "themes or voices"}
"""Nouns whose plural is not their singular and an s."""

SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
"""Numbers that a sentence has in letters."""


def long_date(value: str) -> str:
    """Return an ISO day or month in words: ``8 November 2024``, ``November 2024``."""
    if len(value) == 7:
        return f"{date.fromisoformat(value + '-01'):%B %Y}"
    day = date.fromisoformat(value)
    return f"{day.day} {day:%B %Y}"


def day_range(first: str, last: str) -> str:
    """Return the ISO days between which something was done: ``on 8 May 2024``, ``from 30 May to 8 June 2024``."""
    if first == last:
        return f"on {long_date(first)}"
    before, after = long_date(first).split(), long_date(last).split()
    shared = next((at for at in (1, 2) if before[at:] == after[at:]), 3)
    return f"from {' '.join(before[:shared])} to {' '.join(after)}"


def month(value: str) -> str:
    """Return the month of an ISO day or month in words: ``November 2024``."""
    return long_date(value[:7])


def share(value: float | None) -> str:
    """Return a share between 0 and 1 with two places, a dash where there is nothing to measure."""
    return "–" if value is None else f"{value:.2f}"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: ``1 passage``, ``1,204 passages``."""
    return f"{number:,} {noun if number == 1 else PLURALS.get(noun, noun + 's')}"


def in_letters(number: int) -> str:
    """Return a number as it stands inside a sentence: ``three``, ``12``."""
    return SMALL[number] if number < len(SMALL) else f"{number:,}"


def listed(words: Sequence[str]) -> str:
    """Return words joined as a sentence does: ``a, b and c``."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
