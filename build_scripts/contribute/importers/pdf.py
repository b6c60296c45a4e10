"""A PDF to text: words in reading order, a line for each paragraph, without running headers and page numbers.

PDFium, the reader in Chromium, tells the letters, their places and their order. The layout is undone in
``pdf_layout.py``.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as raw

from build_scripts.contribute.importers import UnreadableError
from build_scripts.contribute.importers.pdf_layout import Piece, lay_flat
from build_scripts.model.evidence import Imported

MOST_PAGES = 1_000
"""Some ten times CQC's own longest report."""
SPLIT = 1.4
"""How many times the letters' size a gap must be to be more than a space: a gutter, or the edge of a cell."""

_HYPHEN = "\x02"
"""What PDFium puts in place of a hyphen at a line's end, dropping the line's end."""


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
        pieces = list(_pieces(text.raw))
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


def _pieces(text: object) -> Iterator[Piece]:
    """Yield runs of letters that stand side by side, in the order in which the page has them."""
    box, matrix, tight = raw.FS_RECTF(), raw.FS_MATRIX(), [ctypes.c_double() for _ in range(4)]
    letters: list[str] = []
    left = right = bottom = size = weight = 0.0

    def piece() -> Piece | None:
        words = "".join(letters)
        letters.clear()
        hyphenated = words.endswith((_HYPHEN, "\xad"))
        words = words.replace(_HYPHEN, "-" if hyphenated else "").replace("\xad", "-" if hyphenated else "")
        return (
            Piece(" ".join(words.split()), left, right, bottom, size, weight > 550, hyphenated)
            if words.strip()
            else None
        )

    for place in range(raw.FPDFText_CountChars(text)):
        code = raw.FPDFText_GetUnicode(text, place)
        letter = chr(code) if 0 < code < 0xD800 or 0xDFFF < code <= 0x10FFFF else "\ufffd" if code else ""
        if letter in ("\r", "\n"):
            if found := piece():
                yield found
            continue
        if not letter:
            continue
        if letter.isspace() or raw.FPDFText_IsGenerated(text, place) == 1:
            if letters:
                letters.append(" ")
            continue
        if raw.FPDFText_GetLooseCharBox(text, place, box):
            start, end, base = box.left, box.right, box.bottom
        elif raw.FPDFText_GetCharBox(text, place, *tight):
            start, end, base = tight[0].value, tight[1].value, tight[2].value
        else:
            start, end, base = right, right, bottom
        own_size = raw.FPDFText_GetFontSize(text, place)
        if raw.FPDFText_GetMatrix(text, place, matrix):  # a page may be written at another scale, as Chromium's are
            own_size *= math.hypot(matrix.c, matrix.d)
        far = bool(letters) and (
            start - right > SPLIT * max(own_size, 1) or start < left or abs(base - bottom) > max(own_size, size)
        )
        if (far or (letters and letters[-1] == _HYPHEN)) and (found := piece()):
            yield found
        if not letters:
            left, bottom, size = start, base, own_size
            weight = raw.FPDFText_GetFontWeight(text, place)
        letters.append(letter)
        right = end
    if found := piece():
        yield found
