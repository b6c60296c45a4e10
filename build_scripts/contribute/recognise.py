"""Find in imported documents what belongs to a report: statement pages, scores, rating, authority, date, address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from build_scripts.contribute.fixed_lines import closing_lines, is_page_number, mend_fixed_lines
from build_scripts.contribute.rows import as_items
from build_scripts.contribute.score_lists import found_scores
from build_scripts.contribute.signs import mend_signs
from build_scripts.contribute.source_address import LONGEST
from build_scripts.model.authority_names import authorities_named
from build_scripts.model.days import MONTHS, is_day
from build_scripts.model.evidence import Imported, SourceFile
from build_scripts.model.vocabulary import Framework, Vocabulary
from build_scripts.model.wording import counted
from build_scripts.text.clean import clean_lines, without_unseen
from build_scripts.text.header import (
    HEADER_LINES,
    Boilerplate,
    Header,
    is_title,
    named_statement,
    read_header,
    statement_names,
)
from build_scripts.text.letters import fold_name

HEAD_LINES = 60
"""Lines at the top of a page in which its authority may be named."""

STRAY_LENGTH = 100
"""Characters: a longer line above a page's parts is no navigation, and is kept for the check to tell of."""


_SCORE = re.compile(
    r"(?:overall |quality statement )?score\s*+[:–—-]?\s*+(?P<score>[1-4])(?:\s*+[-–—:]\s.{1,60})?\Z", re.IGNORECASE
)

_PERCENTAGE = re.compile(
    r"(?:.{0,80}?\b(?:score|rating)\b.{0,60}?[:\s])(?P<percentage>[0-9]{2,3})\s?%\Z"
    r"|overall score\s*:\s*(?P<bare>[0-9]{2,3})\Z",
    re.IGNORECASE,
)

_PUBLISHED = re.compile(
    r"(?:report |date )?(?:first )?published(?: on)?\s*[:–—-]?\s*(?:(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?\s+)?"
    rf"(?P<month>{'|'.join(MONTHS)})\s+(?P<year>20[0-9]{{2}})\Z",
    re.IGNORECASE,
)

_ADDRESS = re.compile(
    r"(?P<report>.*/(?P<slug>[a-z0-9][a-z0-9-]*?)-(?P<month>0[1-9]|1[0-2])(?P<year>2[0-9]))(?:/.*|-theme[0-9]?.*|-summary.*|-overall.*)?\Z",
    re.IGNORECASE,
)

_LINE_ENDS = re.compile("[\n\v\f\x1c-\x1e\x85\u2028\u2029]")
"""What ends a line in one program or another; nothing of it is a space inside one."""

_TITLE_PARTS = re.compile(r"\s*[|:]\s*|\s+[-–—]\s+")


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A statement page as it stood in a document."""

    source: str
    """Name of the document."""
    statement: str | None
    score: int | None
    lines: tuple[str, ...]
    left_out: tuple[str, ...]
    """Lines that were left out above its parts, because they are no line of a statement page."""
    score_line: int | None = None
    """Where in ``lines`` a line with the score belongs, None where the page has one."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one document holds."""

    document: Imported
    pages: tuple[FoundPage, ...]
    scores: tuple[tuple[str, int], ...]
    """Statement and score, as a summary or a table gives them; a statement twice where it has two scores."""
    ratings: tuple[str, ...]
    percentages: tuple[int, ...]
    authorities: tuple[str, ...]
    """Slugs of the authorities that it names where a report names its own, the surest first."""
    named: str
    """What it calls its authority, where that is none that is known; empty otherwise."""
    dates: tuple[str, ...]
    """ISO days or months on which it says that it was published, each once: several where it contradicts itself."""
    address: str
    """Address of the report, without the part that leads to one of its pages; empty when not known."""
    rest: tuple[str, ...]
    """The lines that belong to no statement page and gave no score."""
    unsure: tuple[str, ...] = ()
    """What was concluded about its lines, a sentence each."""


def recognise(document: Imported, vocabulary: Vocabulary) -> Found:
    """Return what the document holds of a report."""
    framework = vocabulary.framework
    lines, unsure = mend_signs(_lines(document.text, framework))
    lines, mended = mend_fixed_lines(lines, framework)
    numbers = [line.strip() for line in lines if is_page_number(line)]
    lines = [line for line in lines if not is_page_number(line)]
    spans = _page_spans(lines, framework)
    outside = _outside(lines, spans)
    pages, rows = _pages(document.name, [lines[start:end] for start, end in spans], framework)
    scores, used = found_scores(outside, framework, {page.statement: page.score for page in pages})
    names = _authority_names(document, lines, spans, framework)
    authorities = _authorities(names, document, vocabulary)
    return Found(
        document=document,
        pages=pages,
        scores=scores,
        ratings=tuple(dict.fromkeys(_ratings(outside, framework))),
        percentages=tuple(dict.fromkeys(_percentages(outside))),
        authorities=authorities,
        named="" if authorities or not names else names[0],
        dates=tuple(dict.fromkeys(_dates(lines))),
        address=report_address(document.address),
        rest=(*numbers, *(line.strip() for line in outside if line.strip() and line.strip() not in used)),
        unsure=(*unsure, *mended, *rows),
    )


def report_address(address: str) -> str:
    """Return the address of a report, of the address of any of its pages: ``…/halton-0725/theme1/equity``."""
    found = _parts(address)
    return found["report"] if found else _bare(address)


def address_month(address: str) -> str:
    """Return the month that an address of CQC's names, ``2025-07`` of ``halton-0725``, empty where it names none."""
    found = _parts(address)
    return f"20{found['year']}-{found['month']}" if found else ""


def address_slug(address: str) -> str:
    """Return what an address of CQC's calls the authority, ``halton`` of ``halton-0725``: often its slug, and in no
    other case; empty where it names none."""
    found = _parts(report_address(address))
    return found["slug"] if found else ""


def _bare(address: str) -> str:
    return address.partition("#")[0].partition("?")[0].rstrip("/")


def _parts(address: str) -> re.Match[str] | None:
    """Return what the address of a report, or of a page of it, consists of; None for any other, and for a longer one
    than can be given: each of its parts would be tried as the report's."""
    bare = _bare(address)
    return _ADDRESS.match(bare) if len(bare) <= LONGEST else None


def statement_links(document: Imported, framework: Framework) -> tuple[str, ...]:
    """Return the addresses of a report's statement and summary pages that a page of the report links, each once."""
    names = {fold_name(name): id for name, id in statement_names(framework).items()}
    report = report_address(document.address)
    found: dict[str, str] = {}
    for address, words in document.links:
        bare = address.partition("#")[0]
        label = re.sub(r"^(?:next|previous)(?: page)?\W*", "", words, flags=re.IGNORECASE)
        wanted = named_statement(label, names) or (
            "summary" if fold_name(label) in ("summary", "overall summary") else None
        )
        below = report_address(bare) == report or bare.startswith((f"{report}/", f"{report}-"))
        if bare and wanted and below:
            found.setdefault(wanted, bare)
    return tuple(found.values())


def _lines(text: str, framework: Framework) -> list[str]:
    """Return the lines; where a page's name and score are cells of a table above its parts, a line for each."""
    names = {fold_name(name): id for name, id in statement_names(framework).items()}
    openings = _opening_lines(framework, decisive=False)
    rows = [line.rstrip() for line in _LINE_ENDS.split(without_unseen(text))]
    lines: list[str] = []
    for number, row in enumerate(rows):
        cells = [cell for cell in row.split("\t") if cell.strip()] if len(row) <= STRAY_LENGTH * 2 else [row]
        if len(cells) > 1 and any(named_statement(cell, names) or _SCORE.match(cell.strip()) for cell in cells):
            below = [line for line in rows[number + 1 : number + 1 + 2 * HEADER_LINES] if line][:HEADER_LINES]
            if any(len(line) <= STRAY_LENGTH and fold_name(line) in openings for line in below):
                lines += cells
                continue
        lines.append(row)
    return lines


def _opening_lines(framework: Framework, *, decisive: bool) -> frozenset[str]:
    """Return the fixed lines of a statement page; the decisive ones only a statement page has."""
    lines = (*framework.commitment_lines, *framework.findings_lines)
    return frozenset(map(fold_name, lines if decisive else (*lines, *framework.expectations_lines)))


def _page_spans(lines: Sequence[str], framework: Framework) -> list[tuple[int, int]]:
    """Return where each statement page of a document begins and ends.

    A page begins with the name of its statement, a score or a fixed line not far below; in a list of scores too a
    score follows the name, but no commitment or findings before the next name.
    """
    names = {fold_name(name): id for name, id in statement_names(framework).items()}
    openings, decisive = _opening_lines(framework, decisive=False), _opening_lines(framework, decisive=True)
    filled = [(index, line) for index, line in enumerate(lines) if line.strip()]
    folded = [fold_name(line) if len(line) <= STRAY_LENGTH else "" for _, line in filled]
    named: list[int] = []
    for place, (_, line) in enumerate(filled):
        below = range(place + 1, min(place + 1 + HEADER_LINES, len(filled)))
        opens = any(folded[other] in openings or _SCORE.match(filled[other][1].strip()) for other in below)
        if opens and len(line) <= STRAY_LENGTH and named_statement(line, names):
            named.append(place)
    starts = [
        place
        for place, following in pairwise([*named, len(filled)])
        if any(name in decisive for name in folded[place:following])
    ]
    if not starts:
        return [(0, len(lines))] if any(name in decisive for name in folded) else []
    boilerplate = Boilerplate(framework)
    if len(starts) == 1 and not any(_is_paragraph(line) for _, line in filled[: starts[0]]):
        return [(0, len(lines))]
    begins = [filled[_with_title(filled, place, boilerplate)][0] for place in starts]
    return list(pairwise([*begins, len(lines)]))


def _is_paragraph(line: str) -> bool:
    return len(line) > STRAY_LENGTH


def _with_title(filled: Sequence[tuple[int, str]], place: int, boilerplate: Boilerplate) -> int:
    """Return where a page begins that has its title, date or area above the statement's name."""
    while place:
        text = filled[place - 1][1].strip()
        ends_other = boilerplate.is_copyright(text) or fold_name(text).startswith(("next", "previous", "back to"))
        if ends_other or not (is_title(text) or boilerplate.matches(text)):
            break
        place -= 1
    return place


def _outside(lines: Sequence[str], spans: Sequence[tuple[int, int]]) -> list[str]:
    inside = {index for start, end in spans for index in range(start, end)}
    return [line for index, line in enumerate(lines) if index not in inside]


def _pages(
    source: str, spans: Iterable[Sequence[str]], framework: Framework
) -> tuple[tuple[FoundPage, ...], tuple[str, ...]]:
    """Return the statement pages, rows of tables in them made items of lists, and a sentence on each that has any."""
    pages: list[FoundPage] = []
    notes: list[str] = []
    openings = _opening_lines(framework, decisive=False)
    for span in spans:
        first = next((n for n, line in enumerate(span) if len(line) <= STRAY_LENGTH and fold_name(line) in openings), 0)
        below, number = as_items(span[first:])
        page = _page(source, [*span[:first], *below], framework)
        pages.append(page)
        if number:
            notes.append(f"{page.statement or 'the text'}: {counted(number, 'row')} of a table became items of a list")
    return tuple(pages), tuple(notes)


def _page(source: str, lines: Sequence[str], framework: Framework) -> FoundPage:
    """Return a statement page without the short lines above its parts that no statement page has."""
    header = _header(source, lines, framework)
    # While the statement is not known, one of them may be its name, misspelt.
    strays = {line.number - 1 for line in header.unknown if header.statement and len(line.text) <= STRAY_LENGTH}
    strays |= set(closing_lines(lines))
    kept = _trimmed([line for number, line in enumerate(lines) if number not in strays])
    left_out = tuple(lines[number].strip() for number in sorted(strays) if lines[number].strip())
    place = None if header.scores else _score_line(kept, header.statement, framework)
    return FoundPage(source, header.statement, header.score, kept, left_out, place)


def _header(source: str, lines: Sequence[str], framework: Framework) -> Header:
    """Return what the lines above the first fixed line say."""
    openings = _opening_lines(framework, decisive=False)
    folded = (fold_name(line) if len(line) <= STRAY_LENGTH else "" for line in lines)
    first = next((number for number, name in enumerate(folded) if name in openings), len(lines))
    above, _ = clean_lines(SourceFile(source, "\n".join(lines[:first]).encode("utf-8", "replace")))
    return read_header(above, framework)


def _score_line(lines: Sequence[str], statement: str | None, framework: Framework) -> int:
    """Return the place below the statement's name, or the first where the page does not name it."""
    names = {fold_name(name): id for name, id in statement_names(framework).items()}
    named = (
        number
        for number, line in enumerate(lines)
        if len(line) <= STRAY_LENGTH and named_statement(line, names) == statement
    )
    return next(named, -1) + 1 if statement else 0


def _trimmed(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the lines without blank ones at the ends, and never two blank ones together."""
    kept: list[str] = []
    for line in lines:
        if line.strip() or (kept and kept[-1]):
            kept.append(line if line.strip() else "")
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)


def _ratings(lines: Iterable[str], framework: Framework) -> Iterator[str]:
    bands = {band.name.casefold(): band.name for band in framework.ratings}
    says = re.compile(
        rf"(?:.{{0,80}}\brating\b.{{0,80}}?\b)?(?P<rating>{'|'.join(map(re.escape, bands))})\W*\Z", re.IGNORECASE
    )
    for line in lines:
        if found := says.match(line.strip()):
            yield bands[found["rating"].casefold()]


def _percentages(lines: Iterable[str]) -> Iterator[int]:
    for line in lines:
        if found := _PERCENTAGE.match(line.strip()):
            yield int(found["percentage"] or found["bare"])


def _dates(lines: Iterable[str]) -> Iterator[str]:
    """Yield the days and months that lines such as ``Published: 4 July 2025`` name, where the calendar has them."""
    for line in lines:
        found = _PUBLISHED.match(line.strip()) if len(line) <= STRAY_LENGTH else None
        if not found:
            continue
        month = f"{found['year']}-{MONTHS.index(found['month'].capitalize()) + 1:02}"
        if not found["day"]:
            yield month
        elif is_day(day := f"{month}-{int(found['day']):02}"):
            yield day


def _authority_names(
    document: Imported, lines: Sequence[str], spans: Sequence[tuple[int, int]], framework: Framework
) -> list[str]:
    """Return what the titles of the pages, or of the document, call the authority."""
    heads = [lines[start : min(end, start + HEAD_LINES)] for start, end in spans] or [lines[:HEAD_LINES]]
    headers = [_header(document.name, head, framework) for head in heads]
    titles = [line.strip() for line in lines if len(line) <= STRAY_LENGTH * 2 and is_title(line.strip())]
    # A browser's title has the names of the page and of the site beside it.
    is_own = "local authority assessment" in document.title.casefold()
    own = [document.title, *_TITLE_PARTS.split(document.title)] if is_own else []
    return [header.authority for header in headers if header.authority] + titles + own


def _authorities(names: Iterable[str], document: Imported, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the authorities that the names can mean, or else the one that the address names."""
    found = tuple(dict.fromkeys(slug for name in names for slug in authorities_named(name, vocabulary.authorities)))
    return found or authorities_named(address_slug(document.address), vocabulary.authorities)
