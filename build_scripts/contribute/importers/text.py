"""Plain text in whatever encoding it was saved to text; HTML takes its letters from here too."""

from __future__ import annotations

import codecs
import re

from build_scripts.contribute.importers import UnreadableError
from build_scripts.model.evidence import Imported

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CONTROLS = re.compile(r"[\0-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_BROKEN = 100
"""Bytes that are not UTF-8, from which a text is taken to be in another encoding as a whole."""
_NOT_TEXT = "save CQC's page as HTML, PDF, DOCX or text"


def import_text(data: bytes) -> Imported:
    """Return plain text; raise ``UnreadableError`` (EV702) where the bytes are none."""
    text, unsure = decode(data)
    return Imported("text", re.sub("\r\n?", "\n", text), unsure=unsure)


def decode(data: bytes, declared: str = "") -> tuple[str, tuple[str, ...]]:
    """Return the text that the bytes are, and what is unsure about its letters.

    A byte order mark counts first, then UTF-8 where the bytes fit it, then what the document declares, then
    Windows-1252, which old programs write. Other encodings are never guessed: a wrong guess garbles words.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return _checked(data.removeprefix(mark).decode(encoding)), ()
            except UnicodeDecodeError:
                raise UnreadableError("EV702", f"the text is broken: it is not {encoding}", _NOT_TEXT) from None
    if b"\0" in data:
        raise UnreadableError("EV702", "this is no text: it has zero bytes", _NOT_TEXT)
    try:
        return _checked(data.decode("utf-8")), ()
    except UnicodeDecodeError as error:
        if mixed := _mixed(data):
            return mixed
        for encoding in (_known(declared), "cp1252"):
            try:
                text = _checked(data.decode(encoding))
            except (UnicodeDecodeError, LookupError):  # the latter for Python's encodings that are none of text
                continue
            words = _around(data, error.start, encoding)
            name = {"cp1252": "Windows-1252"}.get(encoding, encoding)
            return text, (f"it is not UTF-8 and was read as {name}: compare “{words}” with CQC's page",)
    start = next(place for place in _broken(data))
    line = len(re.split(b"\r\n|\r|\n", data[:start]))
    words = _around(data, start, "ascii")
    what = f"byte 0x{data[start]:02x} in line {line}, in “{words}”, is a letter neither in UTF-8 nor in Windows-1252"
    raise UnreadableError("EV702", what, "put the right letter there, or save CQC's page again")


def _broken(data: bytes) -> list[int]:
    """Return the places of bytes that are not UTF-8, the first hundred of them."""
    places: list[int] = []
    start = 0
    while start < len(data) and len(places) < _MOST_BROKEN:
        try:
            data[start:].decode("utf-8")
            break
        except UnicodeDecodeError as error:
            places.append(start + error.start)
            start += error.end
    return places


def _mixed(data: bytes) -> tuple[str, tuple[str, ...]] | None:
    """Return UTF-8 in which single letters are in Windows-1252, as two programs leave it; None for anything else.

    It is such where more letters beyond ASCII are UTF-8 than not, and each of the others stands between ASCII ones.
    """
    places = _broken(data)
    good = len(data.decode("utf-8", "ignore").encode("ascii", "ignore"))
    others = len(data.decode("utf-8", "ignore")) - good
    alone = all(
        data[place : place + 1].decode("cp1252", "ignore")
        and (data[place - 1 : place].isascii() and data[place + 1 : place + 2].isascii())
        for place in places
    )
    if not alone or len(places) >= _MOST_BROKEN or len(places) >= others:
        return None
    mended = bytearray()
    last = 0
    notes = []
    for place in places:
        letter = data[place : place + 1].decode("cp1252")
        mended += data[last:place] + letter.encode("utf-8")
        last = place + 1
        words = _around(data, place, "utf-8").replace("\ufffd", letter)
        notes.append(f"byte 0x{data[place]:02x} is not UTF-8 and was read as “{letter}” in “{words}”")
    return _checked((mended + data[last:]).decode("utf-8")), tuple(notes[:5])


def _known(declared: str) -> str:
    """Return Python's name of a declared encoding as browsers take it, Windows-1252 where it is none of text."""
    try:
        name = codecs.lookup(declared).name
    except (LookupError, ValueError):
        return "cp1252"
    # As browsers do (WHATWG, "Encoding"): the C1 controls of Latin-1 are never meant.
    return "cp1252" if name in ("iso8859-1", "ascii", "utf-8") else name


def _checked(text: str) -> str:
    if len(_CONTROLS.findall(text)) * 100 > len(text):
        raise UnreadableError("EV702", "this is no text: it is full of control characters", _NOT_TEXT)
    return text


def _around(data: bytes, place: int, encoding: str) -> str:
    """Return the words around a byte, for people to compare."""
    return " ".join(data[max(0, place - 20) : place + 20].decode(encoding, "replace").split())
