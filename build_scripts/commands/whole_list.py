"""Read CQC's list of reports, page after page."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from build_scripts.contribute.recognise import report_address
from build_scripts.review.cqc_list import ImpossibleListError, Listed, listed_reports

MOST_PAGES = 50
"""Pages of the list at the most: ten times what 153 authorities need."""


def whole_list(start: str, links_of: Callable[[str], Iterable[tuple[str, str]]]) -> tuple[Listed, ...]:
    """Return the reports on all pages of the list, each once; the page of a summary stands for its report.

    ``start`` is the list's address; ``links_of`` asks for a page and returns its links, (whole address, words).
    Raises ``ImpossibleListError`` where the list does not end, and whatever ``links_of`` raises.
    """
    pages = [start]
    found: dict[str, Listed] = {}
    for page in pages:
        reports, further = listed_reports(start, links_of(page))
        for each in reports:
            found.setdefault(report_address(each.address), each)
        pages += [each for each in further if each not in pages]
        if len(pages) > MOST_PAGES:
            raise ImpossibleListError(f"it goes on for more than {MOST_PAGES} pages")
    return tuple(found.values())
