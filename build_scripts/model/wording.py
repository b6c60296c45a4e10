"""Numbers and days as the site and the commands write them."""

from __future__ import annotations

from datetime import date

PLURALS = {"authority": "authorities", "theme or voice": "themes or voices"}
"""Nouns whose plural is not their singular and an s."""


def long_date(value: str) -> str:
    """Return an ISO day or month in words: ``8 November 2024``, ``November 2024``."""
    if len(value) == 7:
        return f"{date.fromisoformat(value + '-01'):%B %Y}"
    day = date.fromisoformat(value)
    return f"{day.day} {day:%B %Y}"


def month(value: str) -> str:
    """Return the month of an ISO day or month in words: ``November 2024``."""
    return long_date(value[:7])


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: ``1 passage``, ``1,204 passages``."""
    return f"{number:,} {noun if number == 1 else PLURALS.get(noun, noun + 's')}"
