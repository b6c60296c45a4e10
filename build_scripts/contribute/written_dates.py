"""Read a day or month as people write them: ``2025-07-04``, ``4 July 2025``, ``04/07/2025``, ``July 2025``."""

from __future__ import annotations

import re
from datetime import datetime

from dateutil.parser import parse

from build_scripts.model.days import is_day, is_month

_YEAR_FIRST = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})(?:-(?P<day>[0-9]{1,2}))?\Z")
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ,./-]{1,39}\Z")
_LABEL = re.compile(r"(?:report )?published(?: on)?[\s:–-]+", re.IGNORECASE)
_YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")

_SAID = re.compile(
    rf"^[ \t]*{_LABEL.pattern}(?P<date>[0-9]{{1,2}}(?:st|nd|rd|th)? [A-Za-z]{{3,9}} 20[0-9]{{2}}"
    r"|[0-9]{1,2}/[0-9]{1,2}/20[0-9]{2}|20[0-9]{2}-[0-9]{1,2}-[0-9]{1,2})[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)

# What is missing in a date is taken from these: where the two differ, it was not written.
_ONE, _OTHER = datetime(2004, 1, 1), datetime(2008, 2, 2)  # noqa: DTZ001 - days as written have no time zone


def read_date(given: str) -> str:
    """Return a day or month in ISO form; empty for what is neither, or lies in another century.

    What begins with the year is ISO or nothing, since dateutil alone reads 2025-07-04 as 7 April when days come first.
    All else is read with the day first, as in Britain. What CQC's page writes before the day may stand there.
    """
    label = _LABEL.match(given)
    given = given[label.end() :] if label else given
    if given[:4].isdecimal():
        found = _YEAR_FIRST.match(given)
        parts = [part.zfill(2) for part in found.groups() if part] if found else []
        written = "-".join(parts)
        return written if is_day(written) or is_month(written) else ""
    year = _YEAR.search(given)
    if not (year and _PLAIN.match(given)):
        return ""
    try:
        one, other = (parse(given, dayfirst=True, ignoretz=True, default=default) for default in (_ONE, _OTHER))
    except (ValueError, OverflowError):
        return ""
    if one.time() != _ONE.time() or (one.year, one.month) != (other.year, other.month):
        return ""
    written = one.date().isoformat()
    written = written if one.day == other.day else written[:7]
    return written if written.startswith(year[0]) else ""


def no_such_day(text: str) -> str:
    """Return the first date of a line such as ``Published: 31 February 2025`` that no calendar has, or nothing."""
    return next((found["date"] for found in _SAID.finditer(text) if not read_date(found["date"])), "")
