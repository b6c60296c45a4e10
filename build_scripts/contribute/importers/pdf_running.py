"""Find what pages of a document repeat at head and foot: running headers, the name of a section, page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, takewhile

from build_scripts.contribute.importers.pdf_rows import Row

MOST_PEELED = 3
"""Rows of a running header or footer."""
REPEATED = 0.4
"""On which share of all pages a row must stand to be a running one: every other page has its own in a book."""
RUNNING_SIZE = 1.15
"""How many times the size of most letters those of a running row are at the most: a page's own title is larger."""
LEADING = 1.3
"""How many times the usual distance of lines another distance must be to part paragraphs."""
MOST_BAND = 4
"""Lines of a header or footer in which the name of a section stands beside the document's."""
LONGEST_BAND = 30
"""Words of such a header or footer."""
COMMON = 3
"""Words with which such headers or footers begin, or end, on several pages."""

_SENTENCE = re.compile(r"\w+\W+\w+\W+\w+\W+\w+[.!?][\"'’”)\]]*\Z")
"""Four words and a full stop: no running row ends so."""
_PAGE_NUMBER = re.compile(r"(?:page\s*)?[0-9ivxlc]{1,5}(?:\s*(?:of|/|\|)\s*[0-9]{1,5})?\Z", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]+")
_CLOCK = re.compile(
    r"(?:[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4},?\s+)?\b[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\s*[AP]M\b)?",
    re.IGNORECASE,
)
"""A time of day, after its date or alone."""
_PRINTED = re.compile(
    r"\A[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{2,4}, [0-9]{1,2}:[0-9]{2}(?:\s?[AP]M)?(?:\s|\Z)|\A(?:https?|file)://\S+\s+[0-9]+/[0-9]+\Z",
    re.IGNORECASE,
)
"""What browsers print around a page: the hour, its address, its number."""
_OF_PAGES = re.compile(r"page\s*(?P<page>[0-9]{1,5})(?:\s*(?:of|/)\s*(?P<pages>[0-9]{1,5}))?\Z", re.IGNORECASE)


def without_running(pages: list[list[Row]]) -> tuple[list[list[Row]], list[str]]:
    """Return the pages without the rows at their head and foot that other pages have in the same place."""
    dropped: list[str] = []
    filled = [page for page in pages if page]
    least = max(min(3, len(filled)), 2, REPEATED * len(filled))
    letters: Counter[float] = Counter()
    for page in filled:
        for row in page:
            letters[round(row.size)] += len(row.text)
    largest = RUNNING_SIZE * max(letters, key=lambda size: letters[size], default=0)
    for at_head in (True, False):
        for _ in range(MOST_PEELED):
            outer = {id(page): _apart(page, at_head) for page in pages if page}
            counts: Counter[tuple[str, int]] = Counter()
            for page in pages:
                for row in outer.get(id(page), ()):
                    # A place between two of the grid's is counted with both.
                    texts, place = _running_texts(row, len(pages)), int(row.base // 6)
                    counts.update({(text, place + shift) for text in texts for shift in (0, 1)})
            peeled = False
            for page in pages:
                for row in outer.get(id(page), ()):
                    texts, place = _running_texts(row, len(pages)), int(row.base // 6)
                    often = max(counts[text, place + shift] for text in texts for shift in (0, 1)) >= least
                    if often and row.size <= largest and not _SENTENCE.search(row.text):
                        dropped.append(row.text)
                        page[:] = [each for each in page if each is not row]
                        peeled = True
            if not peeled:
                break
    for number, page in enumerate(pages):
        bases = [row.base for row in page]
        for row in list(page):
            said = _OF_PAGES.match(row.text)
            is_number = said and int(said["page"]) == number + 1
            if said and said["pages"]:
                is_number = is_number and int(said["pages"]) == len(pages)
            else:  # "Page 1", which words of a text may say as well, but for those at the head or foot of page 1
                is_number = is_number and row.base in (min(bases), max(bases))
            if is_number or (_PRINTED.search(row.text) and row.size < largest / RUNNING_SIZE):
                dropped.append(row.text)
                page.remove(row)
    return pages, [*dropped, *_without_bands(pages, largest / RUNNING_SIZE)]


def _apart(page: Sequence[Row], at_head: bool) -> list[Row]:
    """Return all that stands at the height of the page's first, or last, row, where that is apart from the rest."""
    height = (max if at_head else min)(row.base for row in page)
    outer = [row for row in page if abs(row.base - height) < 2]
    rest = [row for row in page if abs(row.base - height) >= 2]
    if not rest:
        return outer
    distances = [abs(one.base - other.base) for one, other in pairwise(rest) if abs(one.base - other.base) >= 2]
    nearest = min(rest, key=lambda row: abs(row.base - height))
    usual = min([*sorted(distances)[len(distances) // 4 :][:1], 2 * nearest.size])
    alike = abs(nearest.size - outer[0].size) < 0.6 and nearest.bold == outer[0].bold
    return [] if alike and abs(nearest.base - height) <= LEADING * usual else outer


def _running_texts(row: Row, pages: int) -> set[str]:
    """Return the row's words as they are, with its page number made the same on every page, and with the time as well.

    All of them, since a number of a page may also stand in what is the same on all: the hour at which it was printed.
    And a browser writes the time of each page, so that the last ones may have another minute.
    """
    if _PAGE_NUMBER.match(row.text):
        return {"#"}
    changing = {str(row.page + 1), str(pages)}

    def numbered(text: str) -> str:
        return _NUMBER.sub(lambda found: "#" if found[0] in changing else found[0], text)

    return {row.text, numbered(row.text), numbered(_CLOCK.sub(":", row.text))}


def _band(page: Sequence[Row], at_head: bool) -> list[Row]:
    """Return the lines at the head or foot of a page that a wide gap parts from the rest, smaller than it."""
    rows = sorted(page, key=lambda row: -row.base if at_head else row.base)
    for number, (row, following) in enumerate(pairwise(rows), 1):
        if abs(row.base - following.base) > 2 * max(row.size, 1):
            band = rows[:number]
            words = " ".join(each.text for each in band).split()
            is_one = len({round(each.base) for each in band}) <= MOST_BAND and len(words) <= LONGEST_BAND
            return band if is_one and not any(_SENTENCE.search(each.text) for each in band) else []
    return []


def _without_bands(pages: list[list[Row]], usual: float) -> list[str]:
    """Take out headers or footers that say the same on several pages, but for the name of a section of the document.

    That name stands in the document as a heading: so words that happen to stand alone at a page's foot are none.
    """
    headings = " ".join(row.text for page in pages for row in page if row.size > 1.1 * usual)
    dropped: list[str] = []
    for at_head in (True, False):
        bands = {number: band for number, page in enumerate(pages) if (band := _band(page, at_head))}
        small = {number: band for number, band in bands.items() if max(row.size for row in band) <= 1.02 * usual}
        for backwards in (False, True):
            words = {number: _words(pages[number], band)[:: -1 if backwards else 1] for number, band in small.items()}
            for opening in {tuple(each[:COMMON]) for each in words.values() if len(each) >= COMMON}:
                alike = {number: each for number, each in words.items() if tuple(each[:COMMON]) == opening}
                common = len(list(takewhile(lambda same: len(set(same)) == 1, zip(*alike.values(), strict=False))))
                rests = [each[common:][:: -1 if backwards else 1] for each in alike.values()]
                named = [" ".join(rest) for rest in rests if rest]
                if len(alike) < 2 or not named or not all(name in headings for name in named):
                    continue
                for number in alike:
                    dropped += [row.text for row in small[number]]
                    taken = set(map(id, small.pop(number)))
                    pages[number][:] = [row for row in pages[number] if id(row) not in taken]
    return dropped


def _words(page: Sequence[Row], band: Sequence[Row]) -> list[str]:
    """Return the words of a band, in the order in which the page has them."""
    taken = set(map(id, band))
    return [word for row in page if id(row) in taken for word in row.text.split()]
