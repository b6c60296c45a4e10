"""From the bytes of a contributed text to lines of clean words, before anything is read into them.

Nothing visible is lost: white space of every kind becomes one plain space, and only what has no shape of its own is
dropped (zero-width characters, soft hyphens, direction marks, control characters, what steers a terminal).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from build_scripts.model.evidence import SourceFile
from build_scripts.model.problems import Problem, garbled

MOST_LINES = 5_000
"""Lines of a text: more than a hundred times those of the longest statement page, some twenty times where a PDF cut
it."""

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_SOFT_HYPHEN = "\xad"
_LINE_BREAKS = re.compile("[\v\f\u2028\u2029]")
_WORDS = re.compile(r"[^\W_]")
_STEERING = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b\r\n]*(?:\x07|\x1b\\))")
"""What steers a terminal, its letters included (ECMA-48): control sequences, operating system commands."""
_NO_WIDTH = (
    *range(0x09),
    *range(0x0E, 0x1C),
    *range(0x7F, 0x85),
    *range(0x86, 0xA0),
    0x34F,
    0x61C,
    0x180E,
    *range(0x200B, 0x2010),  # zero-width space and joiners, direction marks
    *range(0x202A, 0x202F),  # direction embeddings and overrides
    *range(0x2060, 0x2070),  # word joiner, direction isolates
    0xFEFF,  # byte order mark
    *range(0xFFF9, 0xFFFC),
    0xFFFE,
    0xFFFF,
    *range(0xE0000, 0xE0080),  # tags
)
# Text written as Windows-1252 and read as Latin-1 has quotes and dashes among these controls: read as they were meant.
# U+0085 stays out: it is Unicode's "next line", and a space in its place joins no words.
_MENDED = {code: bytes([code]).decode("cp1252", "ignore") for code in (*range(0x80, 0x85), *range(0x86, 0xA0))}
_TABLE: dict[int, str | None] = {**dict.fromkeys(_NO_WIDTH), **_MENDED}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a contributed text that holds something, clean."""

    number: int
    """Its line in the file, as an editor counts."""
    text: str
    """Never empty; white space is single spaces."""
    after_blank: bool = False
    """True when a blank line, or the start of the file, stands before it."""
    hyphenated: bool = False
    """True when a soft hyphen ends it, so that its last word may go on in the next line."""


def without_unseen(text: str) -> str:
    """Return the text without what has no shape of its own, soft hyphens excepted: they may end a line."""
    return _STEERING.sub("", text).translate(_TABLE)


def clean_lines(source: SourceFile) -> tuple[tuple[Line, ...], tuple[Problem, ...]]:
    """Return the lines that hold something, and what is wrong with them.

    There are none where bytes are not UTF-8 (EV101), no words stand (EV102) or there are too many lines (EV107);
    garbled letters (EV101) hide nothing.
    """
    try:
        text = source.data.decode("utf-8")
    except UnicodeDecodeError as error:
        return (), (_not_utf8(source, error.start),)
    lines: list[Line] = []
    after_blank = True
    rows = re.split("\r\n|\r|\n", without_unseen(text))
    if len(rows) + len(_LINE_BREAKS.findall(text)) > MOST_LINES + 1:
        mend = "paste the text of one statement page only"
        return (), (Problem(source.path, 1, "EV107", f"the text has more than {MOST_LINES:,} lines", mend),)
    for number, row in enumerate(rows, 1):
        for part in _LINE_BREAKS.split(row):
            words = " ".join(part.replace(_SOFT_HYPHEN, "").split())
            if words:
                lines.append(Line(number, words, after_blank, part.rstrip().endswith(_SOFT_HYPHEN)))
            after_blank = not words
    if not any(_WORDS.search(line.text) for line in lines):
        mend = "paste the text of the statement page, or delete the file: a report may have scores and no text"
        return (), (Problem(source.path, 1, "EV102", "the file holds no words", mend),)
    return tuple(lines), garbled(source.path, rows, "copy the text again from CQC's page and save it as UTF-8")


def _not_utf8(source: SourceFile, start: int) -> Problem:
    line = len(re.split(b"\r\n|\r|\n", source.data[:start]))
    what = f"byte 0x{source.data[start]:02x} is not UTF-8"
    mend = "save the file again with the encoding UTF-8 and check the letter there, often a curly quote or dash"
    if source.data.startswith(_UTF16_MARKS):
        what, mend = f"{what}: the file is UTF-16", "save the file again with the encoding UTF-8"
    return Problem(source.path, line, "EV101", what, mend)
