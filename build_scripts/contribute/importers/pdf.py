"""A PDF to text: words in reading order, a line for each paragraph, without running headers and page numbers.

PDFium, the reader in Chromium, tells the letters, their places and their order. The layout is undone in
``pdf_layout.py``.
"""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as raw

from build_scripts.contribute.importers import UnreadableError
from build_scripts.contribute.importers.pdf_damage import damage_of, is_endless
from build_scripts.contribute.importers.pdf_layout import lay_flat
from build_scripts.contribute.importers.pdf_letters import UNKNOWN, Letters, letters_of
from build_scripts.contribute.importers.pdf_rows import Piece
from build_scripts.contribute.importers.pdf_tags import Tags, are_believed, lay_tagged, tags_of
from build_scripts.model.evidence import Imported
from build_scripts.model.problems import quoted

MOST_PAGES = 1_000
"""Some ten times CQC's own longest report."""
MOST_NOTES = 5_000
PICTURE = 0.5
"""Share of a page that a picture covers where the page is one of text, scanned."""

_MIXED = re.compile("[A-Za-z][\u2e80-\ud7af\uf900-\ufaff]|[\u2e80-\ud7af\uf900-\ufaff][A-Za-z]")
"""Letters of East Asia right beside English ones: what fonts say of ligatures when a program garbled it."""
_COMMENTS = frozenset(
    [raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_HIGHLIGHT, raw.FPDF_ANNOT_UNDERLINE, raw.FPDF_ANNOT_STRIKEOUT]
)
_FILLED_IN = frozenset([raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP])
"""Kinds of notes that a page shows as words of its own: fields of a form, words typed onto it."""


@dataclass(slots=True)
class _Read:
    """What the pages hold."""

    pages: list[tuple[list[Piece], Tags | None]] = field(default_factory=list)
    wordless: list[int] = field(default_factory=list)
    scanned: list[int] = field(default_factory=list)
    askew: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    filled_in: list[int] = field(default_factory=list)


def import_pdf(data: bytes) -> Imported:
    """Return the words of a PDF, in the order of its tags where it has them.

    Raises ``UnreadableError``: EV704 where it is locked, where pages are pictures of text or letters have no meaning,
    EV703 for too many pages, EV705 where it is damaged.
    """
    if is_endless(data):
        raise _damaged()
    try:
        document = pypdfium2.PdfDocument(data)
        if document.get_formtype():
            document.init_forms()
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).casefold():
            mend = "open it with its password and print it to a new PDF, or use CQC's page"
            raise UnreadableError("EV704", "it is locked with a password", mend) from None
        raise _damaged() from None
    if len(document) > MOST_PAGES:
        what = f"it has {len(document):,} pages; at most {MOST_PAGES:,} are read"
        raise UnreadableError("EV703", what, "keep the pages of one report")
    read = _Read()
    for number in range(len(document)):
        _read_page(document, number, read)
    _refuse_pictures(read)
    rows, dropped, unsure = (
        lay_tagged(read.pages) if are_believed(read.pages) else lay_flat([pieces for pieces, _ in read.pages])
    )
    notes = [*unsure, *([damage] if (damage := damage_of(data)) else [])]
    if read.wordless:
        notes.append(f"no words on page {_numbers(read.wordless)}: perhaps a picture of text")
    if read.filled_in:
        notes.append(f"fields or typed notes on page {_numbers(read.filled_in)} were read as words of the page")
    title = document.get_metadata_dict().get("Title", "")
    dropped = tuple(dict.fromkeys((*dropped, *read.askew, *read.comments)))
    return Imported("pdf", "\n".join(rows), dropped, tuple(notes), title=" ".join(str(title).split()))


def _numbers(pages: list[int]) -> str:
    return ", ".join(map(str, pages[:10]))


def _read_page(document: pypdfium2.PdfDocument, number: int, read: _Read) -> None:
    """Add what a page holds; raise ``UnreadableError`` (EV704) where its letters have no meaning."""
    try:
        page = document[number]
        kinds = _notes(page, read)
        drawn = len(_letters(page).pieces) if kinds & _FILLED_IN else -1
        if kinds & _FILLED_IN and raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS:
            page.close()
            page = document[number]
            read.filled_in.append(number + 1)
        text = page.get_textpage()
    except pypdfium2.PdfiumError:
        raise _damaged() from None
    tags = tags_of(page.raw)
    letters = letters_of(page.raw, text.raw, tags.mark if tags else None)
    if drawn >= 0:
        letters.pieces = _in_place(letters.pieces[:drawn], letters.pieces[drawn:])
    for place, piece in enumerate(letters.pieces):
        if UNKNOWN in piece.text or _MIXED.search(piece.text):
            around = letters.pieces[max(0, place - 1) : place + 2]
            words = " ".join(each.text for each in around) if len(piece.text) < 20 else piece.text
            what = f"letters on page {number + 1} have no meaning that a program can tell, in {quoted(words)}"
            mend = "use CQC's page, or print the document to a new PDF from the program that made it"
            raise UnreadableError("EV704", what, mend)
    read.pages.append((letters.pieces, tags))
    read.askew += letters.askew
    if not letters.pieces:
        read.wordless.append(number + 1)
        if _is_scan(page):
            read.scanned.append(number + 1)


def _notes(page: pypdfium2.PdfPage, read: _Read) -> set[int]:
    """Return the kinds of notes of a page, and take the words of comments, which are none of the text."""
    kinds: set[int] = set()
    for number in range(min(raw.FPDFPage_GetAnnotCount(page.raw), MOST_NOTES)):
        note = raw.FPDFPage_GetAnnot(page.raw, number)
        kind = raw.FPDFAnnot_GetSubtype(note)
        kinds.add(kind)
        if kind in _COMMENTS:
            size = raw.FPDFAnnot_GetStringValue(note, b"Contents", None, 0)
            words = (ctypes.c_ushort * (size // 2 + 1))()
            raw.FPDFAnnot_GetStringValue(note, b"Contents", words, size)
            said = bytes(words)[:size].decode("utf-16-le", "replace").rstrip("\0")
            read.comments += [" ".join(said.split())] if said.strip() else []
        raw.FPDFPage_CloseAnnot(note)
    return kinds


def _letters(page: pypdfium2.PdfPage) -> Letters:
    return letters_of(page.raw, page.get_textpage().raw, None)


def _in_place(pieces: list[Piece], added: list[Piece]) -> list[Piece]:
    """Return the pieces of a page with those of fields and typed notes, which come last, where they stand on it."""
    made = list(pieces)
    for piece in added:
        below = (place for place, each in enumerate(made) if each.base < piece.base - 0.3 * piece.size)
        made.insert(next(below, len(made)), piece)
    return made


def _is_scan(page: pypdfium2.PdfPage) -> bool:
    """Return whether a picture covers most of a page."""
    width, height = page.get_size()
    for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, low, right, high = drawn.get_bounds()
        if (right - left) * (high - low) > PICTURE * width * height:
            return True
    return False


def _refuse_pictures(read: _Read) -> None:
    """Raise ``UnreadableError`` (EV704) where pages, or a page among others, are pictures of text."""
    mend = "use CQC's own page or document, or let a program recognise its text (OCR) and compare every word"
    if not any(pieces for pieces, _ in read.pages):
        raise UnreadableError("EV704", "it holds no words, only pictures of pages (a scan)", mend)
    among = [number for number in read.scanned if 1 < number < len(read.pages)]
    if among:
        what = f"page {_numbers(among)} is a picture among pages of text (a scan), so its words cannot be read"
        raise UnreadableError("EV704", what, f"leave the page out if it holds no text, or {mend}")


def _damaged() -> UnreadableError:
    return UnreadableError("EV705", "it is damaged: it cannot be read as a PDF", "download or print it again")
