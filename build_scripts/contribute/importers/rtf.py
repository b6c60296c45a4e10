"""Rich text (RTF) to text: its words and signs become HTML, which ``html.py`` reads.

By Microsoft's “Rich Text Format Specification”, version 1.9.1, as far as words go. Headers, footers, comments and
hidden words are left out and told; a note stands below the paragraph that it belongs to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from html import escape, unescape

from build_scripts.contribute.importers import UnreadableError
from build_scripts.contribute.importers.fields import equation_words
from build_scripts.contribute.importers.html import import_html
from build_scripts.model.evidence import Imported

MOST_GROUPS = 2_000
"""Groups inside each other: Word writes some ten."""

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?[0-9]{1,10})?[ ]?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    r"|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)",
    re.DOTALL,
)
_SIGNS = dict(
    (
        *(("emdash", "—"), ("endash", "–"), ("lquote", "‘"), ("rquote", "’"), ("ldblquote", "“"), ("rdblquote", "”")),
        *(("bullet", "•"), ("emspace", " "), ("enspace", " "), ("qmspace", " "), ("tab", " "), ("line", "<br>")),
        ("lbr", "<br>"),
    )
)
_AROUND = frozenset(["header", "headerf", "headerl", "headerr", "footer", "footerf", "footerl", "footerr"])
_ASIDE = frozenset([*_AROUND, "annotation"])
_NEVER = frozenset(
    [
        *("fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "listtable", "listoverridetable"),
        *("generator", "themedata", "datastore", "xmlnstbl", "rsidtbl", "filetbl", "revtbl", "bkmkstart", "bkmkend"),
        *("atnid", "atnauthor", "atntime", "atnref", "atrfstart", "atrfend", "nonshppict", "ftnsep", "ftnsepc"),
        *("ftncn", "aftnsep", "aftnsepc", "aftncn", "pntxta", "pntxtb", "sp", "latentstyles", "mmathPr", "xe", "tc"),
    ]
)
"""Destinations that hold no words of the text."""
_SHOWN = frozenset(["shpinst", "shptxt", "listtext", "pntext", "footnote", "annotation", "fldrslt", "shppict"])
"""Destinations that hold words though they are marked as ones that may be skipped."""
_CODE_PAGES = {161: "cp1253", 162: "cp1254", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 238: "cp1250"}
_SYMBOL = 2


@dataclass(slots=True)
class _State:
    """What counts inside a group."""

    target: str = "text"
    """``text``, ``note``, ``aside``, ``field`` or ``never``."""
    hidden: bool = False
    deleted: bool = False
    raised: bool = False
    skip: int = 1
    font: int = -1
    starred: bool = False


@dataclass(slots=True)
class _Made:
    """What was made so far."""

    parts: dict[str, list[str]] = field(
        default_factory=lambda: {name: [] for name in ("text", "note", "aside", "hidden", "field")}
    )
    rows: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)
    number: int = 0
    in_table: bool = False

    def end_paragraph(self) -> None:
        words = "".join(self.parts["text"])
        self.parts["text"].clear()
        if self.in_table:
            self.cells.append(f"{words}<br>" if words.strip() else "")
            return
        self.rows += [f"<p>{words}</p>" if words.strip() else "", *self.notes]
        self.notes.clear()

    def end_row(self) -> None:
        """End a row of a table; words below its last cell are a cell more."""
        *cells, rest = "".join([*self.cells, *self.parts["text"]]).split("\t")
        cells += [rest] if rest.strip() else []
        self.cells.clear()
        self.parts["text"].clear()
        self.rows.append(f"<table><tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr></table>")
        self.rows += self.notes
        self.notes.clear()


@dataclass(slots=True)
class _Letters:
    """Reads letters: those of a code page, and those that have a number, behind which others stand for old programs."""

    sets: dict[int, int]
    """Character set of each font that names one."""
    page: str = "cp1252"
    """The document's code page."""
    font: int = -1
    to_skip: int = 0
    """How many letters are to come yet that only stand for one that has a number."""

    def numbered(self, number: int, skip: int) -> str:
        self.to_skip = skip
        return chr(number % 0x10000)

    def coded(self, code: int) -> str:
        if self.to_skip:
            self.to_skip -= 1
            return ""
        return _letter(code, self.sets.get(self.font, 0), self.page)

    def plain(self, text: str) -> str:
        wanted = text[self.to_skip :]
        self.to_skip = max(0, self.to_skip - len(text))
        return wanted


def import_rtf(data: bytes) -> Imported:
    """Return the words of rich text; raise ``UnreadableError`` (EV704, EV705) where it has none or is damaged."""
    text = data.decode("latin-1")
    made = _read(text)
    page = _whole("".join(made.rows))
    document = import_html(b"\xef\xbb\xbf" + page.encode())
    if not document.text.strip():
        raise UnreadableError("EV704", "it holds no words", "a picture has no text: use CQC's page or its PDF")
    hidden = "".join(made.parts["hidden"])
    aside = [re.sub("<[^>]*>", " ", _whole(words)) for words in (*made.aside, hidden)]
    told = tuple(dict.fromkeys(line for words in aside if (line := " ".join(words.split()))))
    unsure = (*dict.fromkeys(map(_whole, made.unsure)), *document.unsure)
    return replace(document, kind="rtf", dropped=(*told, *document.dropped), unsure=unsure)


def _whole(text: str) -> str:
    """Return a text whose letters beyond U+FFFF are whole: RTF writes two halves, as UTF-16. A half alone is U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _read(text: str) -> _Made:
    """Return what the text makes; raise ``UnreadableError`` (EV705) where its groups do not close."""
    made, letters = _Made(), _Letters(_fonts(text))
    stack: list[_State] = []
    state = _State()
    for token in _TOKEN.finditer(text):
        if brace := token["brace"]:
            letters.to_skip = 0
            if brace == "{":
                stack.append(state)
                state = replace(state, starred=False)
                if len(stack) > MOST_GROUPS:
                    break
            elif stack:
                ended, state = state, stack.pop()
                _close(made, ended, state)
            continue
        words = ""
        if word := token["word"]:
            number = int(token["number"]) if token["number"] else None
            if word == "u" and number is not None:
                words = escape(letters.numbered(number, state.skip))
            elif word == "ansicpg" and number:
                letters.page = f"cp{number}"
            elif word == "bin" and number:
                break
            else:
                words = _control(made, state, word, number)
                letters.font, letters.to_skip = state.font, 0
        elif token["hex"]:
            words = escape(letters.coded(int(token["hex"], 16)))
        elif sign := token["sign"]:
            words = {"~": "\xa0", "_": "\u2011", "-": "", "*": "", "\n": "\n", "\r": "\n"}.get(sign, escape(sign))
            if sign == "*":
                state.starred = True
            elif sign in "\r\n":
                made.end_paragraph()
        elif token["text"]:
            words = escape(letters.plain(token["text"]))
        _put(made, state, words)
    if stack or len(text) < 10:
        what = "it is damaged: it breaks off, so words may be missing"
        raise UnreadableError("EV705", what, "save it again from Word or LibreOffice")
    made.end_paragraph()
    if made.cells:  # a table whose last row has no end
        made.end_row()
    return made


def _fonts(text: str) -> dict[int, int]:
    """Return the character set of each font that names one."""
    start = text.find("{\\fonttbl")
    table = text[start : start + 200_000] if start >= 0 else ""
    return {
        int(font): int(kind) for font, kind in re.findall(r"\\f([0-9]{1,5})[^{}]{0,60}?\\fcharset([0-9]{1,3})", table)
    }


def _letter(code: int, charset: int, page: str) -> str:
    if charset == _SYMBOL:
        return chr(0xF000 + code)
    for name in (_CODE_PAGES.get(charset, page), "cp1252", "latin-1"):
        try:
            return bytes([code]).decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return "\ufffd"


def _put(made: _Made, state: _State, words: str) -> None:
    if not words or state.target == "never" or state.deleted:
        return
    if state.hidden:
        made.parts["hidden"].append(words)
        return
    if state.raised and state.target == "text" and words.strip():
        words = f"<sup>{words}</sup>"
    made.parts[state.target].append(words)


def _close(made: _Made, ended: _State, outer: _State) -> None:
    """Take what a group for a note, a header or a comment holds, when it ends."""
    if ended.target == outer.target:
        return
    words = "".join(made.parts.get(ended.target, []))
    if ended.target == "note":
        made.notes.append(f"<p>[{made.number}] {words}</p>")
    elif ended.target == "aside":
        made.aside.append(words)
    elif ended.target == "field" and (shown := equation_words(words)):
        _put(made, outer, shown)
        made.unsure.append(f"an equation was read as “{unescape(shown)}”")
    if ended.target in ("note", "aside", "field"):
        made.parts[ended.target].clear()


def _control(made: _Made, state: _State, word: str, number: int | None) -> str:
    """Do what a control word asks for; return the sign that it stands for, if any."""
    is_on = number != 0
    match word:
        case "par" | "sect" | "page" | "column":
            if state.target == "text":
                made.end_paragraph()
            return "" if state.target == "text" else " "
        case "cell" | "nestcell" if state.target == "text":
            made.cells.append("".join(made.parts["text"]).removesuffix("<br>") + "\t")
            made.parts["text"].clear()
        case "row" | "nestrow" if state.target == "text":
            made.end_row()
            made.in_table = False
        case "intbl":
            made.in_table = True
        case "pard":
            made.in_table = False
        case "v":
            state.hidden = is_on
        case "deleted":
            state.deleted = is_on
        case "super":
            state.raised = is_on
        case "nosupersub":
            state.raised = False
        case "plain":
            state.hidden = state.deleted = state.raised = False
        case "up":
            state.raised = bool(number)
        case "uc":
            state.skip = number or 0
        case "f":
            state.font = -1 if number is None else number
        case "chftn" if state.target == "text":
            made.number += 1
            return f"[{made.number}]"
        case "footnote":
            state.target, state.starred = "note", False
        case _:
            return _destination(state, word)
    return ""


def _destination(state: _State, word: str) -> str:
    if word in _ASIDE:
        state.target = "aside"
    elif word == "fldinst" and state.target != "never":
        state.target = "field"
    elif word in _NEVER or (state.starred and word not in _SHOWN):
        state.target = "never"
    state.starred = False
    return _SIGNS.get(word, "")
