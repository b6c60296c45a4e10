"""The address of CQC's page of a report, as contributors give it: read, or told what is wrong with it and where."""

from __future__ import annotations

import re

from build_scripts.model.problems import around, named_letter

CQC = "https://www.cqc.org.uk/"
"""How the address of a report's source begins: what pages link as CQC's own is on CQC's site."""

LONGEST = 300
"""Characters: three times as many as the longest address of a report has."""

_WEB = re.compile(r"https?://[a-z0-9.-]+(?::[0-9]+)?(?:[/?]|\Z)", re.IGNORECASE)
_SITE = re.compile(r"\A(?:https?://)?(?:www\.)?cqc\.org\.uk/", re.IGNORECASE)
_FOREIGN = re.compile(r"[^A-Za-z0-9._~:/?#@!$&'()*+,;=%-]")
"""What no address holds, and report.schema.json does not take: addresses are ASCII, without spaces and quotes."""
_FOREIGN_TO_CQC = re.compile(r"[^A-Za-z0-9._~%/:-]")
"""What no address of CQC's report pages holds."""


def without_place(address: str) -> str:
    """Return an address without what leads to a place on its page, as ``#content`` does: the page is the same."""
    return address.partition("#")[0].strip()


def as_kept(address: str) -> str:
    """Return the address of a page of CQC's without what browsers and mails put to it: a place, a query, brackets.

    What leads to CQC's site begins as ``CQC`` does then, however much of that was left out.
    """
    bare = without_place(address.strip().strip("<>")).partition("?")[0]
    return _SITE.sub(CQC, bare)


def wrong_with_address(address: str) -> tuple[str, str]:
    """Return what keeps an address from being opened, and the piece of it that shows it; both empty where nothing does.

    Whether it is CQC's is for the check to say.
    """
    return _wrong(address, _WEB, _FOREIGN)


def wrong_with_cqc_address(address: str) -> tuple[str, str]:
    """Return what keeps an address from being one of CQC's report pages, and the piece of it that shows it."""
    return _wrong(address, re.compile(re.escape(CQC)), _FOREIGN_TO_CQC)


def _wrong(address: str, beginning: re.Pattern[str], foreign: re.Pattern[str]) -> tuple[str, str]:
    if not beginning.match(address):
        return f"an address that begins with {CQC} is needed", around(address, 0)
    if found := foreign.search(address):
        return f"{named_letter(found[0])} does not belong in the address of CQC's page", around(address, found.start())
    if len(address) > LONGEST:
        return f"it has {len(address):,} characters; at most {LONGEST} are read", around(address, len(address))
    return "", ""
