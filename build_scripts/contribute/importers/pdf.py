"""A PDF to text: words in reading order, a line for each paragraph, without running headers and page numbers.

PDFium, the reader in Chromium, tells the letters, their places and their order. The layout is undone in
``pdf_layout.py``.
"""

from __future__ import annotations

import ctypes
import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import pypdfium2
import pypdfium2.raw as raw

from build_scripts.contribute.importers import UnreadableError
from build_scripts.contribute.importers.pdf_layout import Piece, lay_flat
from build_scripts.model.evidence import Imported

MOST_PAGES = 1_000
"""Some ten times CQC's own longest report."""
SPLIT = 1.4
"""How many times the letters' size a gap must be to be more than a space: a gutter, or the edge of a cell."""
SEEN = 0.07
"""How many times the letters' size a space is wide at the least; soft hyphens inside lines, blank too, are not."""

_HYPHEN = "\x02"
"""What PDFium puts in place of a hyphen at a line's end, dropping the line's end."""
_SOFT = "\xad"

Blanks = Mapping[int, list[float]]
"""Height on the page, in whole points, to the places of spaces from the left."""


def import_pdf(data: bytes) -> Imported:
    """Return the words of a PDF.

    Raises ``UnreadableError``: EV704 where it is locked or a scan, EV705 where it is damaged.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).casefold():
            mend = "open it with its password and print it to a new PDF, or use CQC's page"
            raise UnreadableError("EV704", "it is locked with a password", mend) from None
        raise _damaged() from None
    if len(document) > MOST_PAGES:
        what = f"it has {len(document):,} pages; at most {MOST_PAGES:,} are read"
        raise UnreadableError("EV703", what, "keep the pages of one report")
    pages: list[list[Piece]] = []
    wordless: list[int] = []
    unknown = 0
    for number in range(len(document)):
        try:
            page = document[number]
            text = page.get_textpage()
        except pypdfium2.PdfiumError:
            raise _damaged() from None
        pieces = list(_pieces(text.raw, _blanks(page.raw)))
        unknown += sum(piece.text.count("\ufffd") for piece in pieces)
        pages.append(pieces)
        if not pieces:
            wordless.append(number + 1)
    if not any(pages):
        mend = "use CQC's own page or document, or let a program recognise its text (OCR) and compare every word"
        raise UnreadableError("EV704", "it holds no words, only pictures of pages (a scan)", mend)
    rows, dropped, unsure = lay_flat(pages)
    notes = [*unsure]
    if wordless:
        notes.append(f"no words on page {', '.join(map(str, wordless[:10]))}: perhaps a picture of text")
    if unknown:
        notes.append(f"{unknown} letters could not be told: they are shown as \ufffd")
    title = document.get_metadata_dict().get("Title", "")
    return Imported("pdf", "\n".join(rows), dropped, tuple(notes), title=" ".join(str(title).split()))


def _damaged() -> UnreadableError:
    return UnreadableError("EV705", "it is damaged: it cannot be read as a PDF", "download or print it again")


@dataclass(slots=True)
class _Letter:
    """A letter, or a space between two, and where it stands."""

    sign: str
    left: float
    right: float
    base: float
    size: float
    weight: int


def _pieces(text: object, blanks: Blanks) -> Iterator[Piece]:
    """Yield runs of letters that stand side by side, in the order in which the page has them."""
    run: list[_Letter] = []
    for letter in _letters(text, blanks):
        if not letter or (run and (run[-1].sign == _HYPHEN or _is_apart(run[0], run[-1], letter))):
            yield from _piece(run)
            run = []
        if letter and (run or letter.sign != " "):
            run.append(letter)
    yield from _piece(run)


def _letters(text: object, blanks: Blanks) -> Iterator[_Letter | None]:
    """Yield the letters and spaces of a page, None where PDFium ends a line."""
    box, matrix, tight = raw.FS_RECTF(), raw.FS_MATRIX(), [ctypes.c_double() for _ in range(4)]
    across, up = ctypes.c_double(), ctypes.c_double()
    last: _Letter | None = None
    glyph = (0.0, 0.0)
    for place in range(raw.FPDFText_CountChars(text)):
        code = raw.FPDFText_GetUnicode(text, place)
        sign = chr(code) if 0 < code < 0xD800 or 0xDFFF < code <= 0x10FFFF else "\ufffd" if code else ""
        if not sign:
            continue
        if sign in ("\r", "\n"):
            last = None
            yield None
            continue
        if sign.isspace() or raw.FPDFText_IsGenerated(text, place) == 1:
            if last:
                yield replace(last, sign=" ", left=last.right)
            continue
        raw.FPDFText_GetCharOrigin(text, place, across, up)
        if raw.FPDFText_GetLooseCharBox(text, place, box):
            left, right = box.left, box.right
        elif raw.FPDFText_GetCharBox(text, place, *tight):
            left, right = tight[0].value, tight[1].value
        else:
            left = right = across.value
        if sign == _SOFT and last and glyph == (across.value, up.value):
            last.right = right  # one of the letters of a ligature, and nothing to see
            continue
        size = raw.FPDFText_GetFontSize(text, place)
        if raw.FPDFText_GetMatrix(text, place, matrix):  # a page may be written at another scale, as Chromium's are
            size *= math.hypot(matrix.c, matrix.d)
        least = SEEN * size
        if last and left - last.right > least and _is_blank(blanks, glyph[0], across.value - least, up.value):
            yield replace(last, sign=" ", left=last.right)
        glyph = (across.value, up.value)
        last = _Letter(sign, left, right, up.value, size, raw.FPDFText_GetFontWeight(text, place))
        yield last


def _blanks(page: object) -> Blanks:
    """Return where a page has spaces, or soft hyphens, that are drawn by themselves, as Chromium draws every letter.

    PDFium leaves them out and guesses spaces from the gaps between letters, which kerning makes too narrow in some
    fonts.
    """
    edges, matrix = [ctypes.c_float() for _ in range(4)], raw.FS_MATRIX()
    blanks: dict[int, list[float]] = defaultdict(list)
    for number in range(raw.FPDFPage_CountObjects(page)):
        drawn = raw.FPDFPage_GetObject(page, number)
        if raw.FPDFPageObj_GetType(drawn) != raw.FPDF_PAGEOBJ_TEXT or not raw.FPDFPageObj_GetBounds(drawn, *edges):
            continue
        if edges[2].value - edges[0].value < 0.01 and raw.FPDFPageObj_GetMatrix(drawn, matrix):
            for height in (0, 1):  # one between two of the grid's is found from both
                blanks[math.floor(matrix.f) + height].append(matrix.e)
    return {height: sorted(places) for height, places in blanks.items()}


def _is_blank(blanks: Blanks, start: float, end: float, base: float) -> bool:
    """Return whether a space begins between two places."""
    places = blanks.get(round(base), [])
    following = bisect_right(places, start)
    return following < len(places) and places[following] < end


def _is_apart(first: _Letter, last: _Letter, letter: _Letter) -> bool:
    """Return whether a letter stands elsewhere than right after the last of a run."""
    far = letter.left - last.right > SPLIT * max(letter.size, 1) or letter.left < first.left
    return far or abs(letter.base - first.base) > max(first.size, letter.size)


def _piece(run: Sequence[_Letter]) -> Iterator[Piece]:
    """Yield what a run of letters says, nothing where it has none."""
    while run and run[-1].sign == " ":
        run = run[:-1]
    if not run:
        return
    letters = [letter for letter in run if letter.sign != " "]
    spaces = [last.sign == " " for last, letter in pairwise(run) if letter.sign != " "]
    gaps = [two.left - one.right for one, two in pairwise(letters)]
    usual = median([gap for gap, is_space in zip(gaps, spaces, strict=True) if is_space] or [0.0])
    words = "".join(" " * space + letter.sign for space, letter in zip([False, *spaces], letters, strict=True))
    start, end = letters[0], letters[-1]
    first = letters[spaces.index(True)] if True in spaces else end
    width = first.right - start.left
    bold = start.weight > 550
    yield Piece(words.replace(_HYPHEN, "-"), start.left, end.right, start.base, start.size, bold, width, usual)
