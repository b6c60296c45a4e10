"""The letters of a PDF's page: what each says, where it stands, which of them belong together.

PDFium tells signs and places. Words that are set at an angle to the rest, such as a watermark, are told apart, and so
are letters of which no program can say what they mean.
"""

from __future__ import annotations

import ctypes
import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

import pypdfium2.raw as raw

from build_scripts.contribute.importers.pdf_rows import Piece

SPLIT = 1.4
"""How many times the letters' size a gap must be to be more than a space: a gutter, or the edge of a cell."""
SEEN = 0.07
"""How many times the letters' size a space is wide at the least; soft hyphens inside lines, blank too, are not."""
RAISED = 0.9
"""How many times the size of the letters before it that of a note's number is at the most."""
UNKNOWN = "\ufffd"
"""What stands for a letter of which no program can say what it means."""

_HYPHEN = "\x02"
"""What PDFium puts in place of a hyphen at a line's end, dropping the line's end."""
_SOFT = "\xad"
_NOTE = re.compile(r"[0-9]{1,3}(?:[,–-][0-9]{1,3}){0,5}\Z|[*†‡]{1,3}\Z|[ivx]{1,5}\Z")

Blanks = Mapping[int, list[float]]
"""Height on the page, in whole points, to the places of spaces from the left."""
Mark = Callable[[object], int]
"""A drawn text to the number of the block that the document's tags put it into, -1 where they name none."""


@dataclass(slots=True)
class Letters:
    """What a page's letters say."""

    pieces: list[Piece] = field(default_factory=list)
    askew: list[str] = field(default_factory=list)
    """Words at an angle to the others, such as a watermark."""


@dataclass(slots=True)
class _Letter:
    """A letter, or a space between two, and where it stands."""

    sign: str
    left: float
    right: float
    base: float
    size: float
    weight: int
    mark: int = -1


def letters_of(page: object, text: object, mark: Mark | None) -> Letters:
    """Return the pieces of a page: runs of letters side by side, in the order in which the page has them."""
    quarter = _quarter(text)
    blanks = _blanks(page, quarter)
    found = Letters()
    run: list[_Letter] = []
    for letter in _letters(text, blanks, quarter, mark, found.askew):
        if not letter or (run and (run[-1].sign == _HYPHEN or _is_apart(run[0], run[-1], letter))):
            found.pieces += _piece(run)
            run = []
        if letter and (run or letter.sign != " "):
            run.append(letter)
    found.pieces += _piece(run)
    found.askew = [" ".join(words.split()) for words in "".join(found.askew).split("\n") if words.strip()]
    return found


def _angle(text: object, place: int) -> float:
    """Return by how much a letter is turned, against the clock; PDFium counts with it. It is no number where it is
    drawn with sizes that are none, as damage makes them.
    """
    return -float(raw.FPDFText_GetCharAngle(text, place))


def _quarter(text: object) -> int:
    """Return by how many quarters of a circle most of a page's letters are turned."""
    number = raw.FPDFText_CountChars(text)
    step = max(1, number // 500)
    turns: Counter[int] = Counter()
    for place in range(0, number, step):
        if raw.FPDFText_GetUnicode(text, place) > 32 and math.isfinite(angle := _angle(text, place)):
            turns[round(angle / (math.pi / 2)) % 4] += 1
    return turns.most_common(1)[0][0] if turns else 0


def _along(quarter: int, left: float, low: float, right: float, high: float) -> tuple[float, float]:
    """Return where a box begins and ends along the lines of a page that is turned."""
    return ((left, right), (low, high), (-right, -left), (-high, -low))[quarter]


def _height(quarter: int, across: float, up: float) -> float:
    """Return how high a place is above the foot of a page that is turned."""
    return (up, -across, -up, across)[quarter]


def _is_level(angle: float, quarter: int) -> bool:
    away = (angle - quarter * math.pi / 2) % (2 * math.pi)
    return min(away, 2 * math.pi - away) < 0.1


class _Places:
    """Tells where the letters of a page stand, along its lines and up from its foot, however the page is turned."""

    def __init__(self, text: object, quarter: int) -> None:
        """Get ready to ask PDFium, which writes each answer to the same place."""
        self.text, self.quarter = text, quarter
        self._box, self._matrix, self._tight = raw.FS_RECTF(), raw.FS_MATRIX(), [ctypes.c_double() for _ in range(4)]
        self._across, self._up = ctypes.c_double(), ctypes.c_double()

    def origin(self, place: int) -> tuple[float, float]:
        """Return where a letter starts, and the height of its base."""
        raw.FPDFText_GetCharOrigin(self.text, place, self._across, self._up)
        across, up = self._across.value, self._up.value
        return _along(self.quarter, across, up, across, up)[0], _height(self.quarter, across, up)

    def sides(self, place: int, start: float) -> tuple[float, float]:
        """Return where a letter's box begins and ends; ``start`` twice where PDFium knows of none."""
        box, tight = self._box, self._tight
        if raw.FPDFText_GetLooseCharBox(self.text, place, box):
            return _along(self.quarter, box.left, box.bottom, box.right, box.top)
        if raw.FPDFText_GetCharBox(self.text, place, *tight):
            return _along(self.quarter, tight[0].value, tight[2].value, tight[1].value, tight[3].value)
        return start, start

    def size(self, place: int) -> float:
        """Return the size of a letter; a page may be written at another scale, as Chromium's are."""
        size = float(raw.FPDFText_GetFontSize(self.text, place))
        scaled = raw.FPDFText_GetMatrix(self.text, place, self._matrix)
        return size * math.hypot(self._matrix.c, self._matrix.d) if scaled else size


def _letters(
    text: object, blanks: Blanks, quarter: int, mark: Mark | None, askew: list[str]
) -> Iterator[_Letter | None]:
    """Yield the letters and spaces of a page, None where PDFium ends a line."""
    places = _Places(text, quarter)
    last: _Letter | None = None
    glyph = (0.0, 0.0)
    for place, code in _codes(text):
        sign = _sign(code)
        if sign in ("\r", "\n"):
            last = None
            if askew and askew[-1] != "\n":
                askew.append("\n")
            yield None
            continue
        if sign.isspace() or raw.FPDFText_IsGenerated(text, place) == 1:
            if last:
                yield replace(last, sign=" ", left=last.right)
            continue
        if not _is_level(_angle(text, place), quarter):
            askew.append(sign)
            continue
        start, base = places.origin(place)
        left, right = places.sides(place, start)
        if sign == _SOFT and last and glyph == (start, base):
            last.right = right  # one of the letters of a ligature, and nothing to see
            continue
        size = places.size(place)
        if not math.isfinite(left + right + base + start + size):
            askew.append(sign)
            continue
        if sign == UNKNOWN and right - left < 0.05 * size:  # nothing to see
            continue
        least = SEEN * size
        if last and left - last.right > least and _is_blank(blanks, glyph[0], start - least, base):
            yield replace(last, sign=" ", left=last.right)
        glyph = (start, base)
        weight = raw.FPDFText_GetFontWeight(text, place)
        last = _Letter(sign, left, right, base, size, weight, _marked(text, place, mark))
        yield last


def _codes(text: object) -> Iterator[tuple[int, int]]:
    """Yield the place and the code of each letter; of one beyond U+FFFF, which has two halves, the second's place."""
    high = 0
    for place in range(raw.FPDFText_CountChars(text)):
        code = raw.FPDFText_GetUnicode(text, place)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        yield place, code


def _sign(code: int) -> str:
    """Return the sign of a code, that of the unknown where it is none."""
    if code in (0, 0xFFFE, 0xFFFF) or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return UNKNOWN
    if not code & 0xFF and _is_letter(code >> 8):  # Ghostscript turns the two bytes of letters in ligatures round
        return chr(code >> 8)
    return chr(code)


def _is_letter(code: int) -> bool:
    return 0x41 <= code <= 0x5A or 0x61 <= code <= 0x7A


def _marked(text: object, place: int, mark: Mark | None) -> int:
    return -1 if mark is None else mark(raw.FPDFText_GetTextObject(text, place))


def _blanks(page: object, quarter: int) -> Blanks:
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
        left, low, right, high = (edge.value for edge in edges)
        start, end = _along(quarter, left, low, right, high)
        if not end - start < 0.01 or not raw.FPDFPageObj_GetMatrix(drawn, matrix):
            continue
        place = _along(quarter, matrix.e, matrix.f, matrix.e, matrix.f)[0]
        if math.isfinite(matrix.e + matrix.f):
            for height in (0, 1):  # one between two of the grid's is found from both
                blanks[math.floor(_height(quarter, matrix.e, matrix.f)) + height].append(place)
    return {height: sorted(places) for height, places in blanks.items()}


def _is_blank(blanks: Blanks, start: float, end: float, base: float) -> bool:
    """Return whether a space begins between two places."""
    places = blanks.get(round(base), [])
    following = bisect_right(places, start)
    return following < len(places) and places[following] < end


def _is_apart(first: _Letter, last: _Letter, letter: _Letter) -> bool:
    """Return whether a letter stands elsewhere than right after the last of a run."""
    far = letter.left - last.right > SPLIT * max(letter.size, 1) or letter.left < first.left
    return far or abs(letter.base - first.base) > max(first.size, letter.size) or letter.mark != last.mark


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
    signs = _with_notes(letters)
    words = "".join(" " * space + sign for space, sign in zip([False, *spaces], signs, strict=True))
    start, end = letters[0], letters[-1]
    first = letters[spaces.index(True)] if True in spaces else end
    width = first.right - start.left
    bold = start.weight > 550
    text = words.replace(_HYPHEN, "-")
    size = max(letter.size for letter in letters)
    yield Piece(text, start.left, end.right, start.base, size, bold, width, usual, start.mark)


def _with_notes(letters: Sequence[_Letter]) -> list[str]:
    """Return the signs of letters, the number of a note, which stands high and small, in brackets."""
    signs = [letter.sign for letter in letters]
    place = 1
    while place < len(letters):
        before = letters[place - 1]
        end = place
        while end < len(letters) and _is_raised(before, letters[end]):
            end += 1
        if end > place and _NOTE.match("".join(signs[place:end])):
            signs[place] = f"[{signs[place]}"
            signs[end - 1] = f"{signs[end - 1]}]"
        place = max(end, place + 1)
    return signs


def _is_raised(before: _Letter, letter: _Letter) -> bool:
    return letter.size <= RAISED * before.size and letter.base > before.base + 0.15 * before.size
