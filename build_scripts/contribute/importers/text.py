"""Plain text in whatever encoding it was saved to text; HTML takes its letters from here too."""

from __future__ import annotations

import codecs
import re

from build_scripts.contribute.importers import UnreadableError
from build_scripts.model.evidence import Imported

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SAME = (
    *("ascii", "utf-8", "utf-16-le", "utf-16-be", "koi8-r", "koi8-u", "cp866", "cp874", "mac-roman", "mac-cyrillic"),
    *(f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
    *(f"cp{page}" for page in range(1250, 1259)),
    *("gb18030", "euc_jp", "iso2022_jp", "cp932", "cp949", "big5hkscs"),
)
_CODECS = dict(zip(_SAME, _SAME, strict=True)) | {
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "utf-16": "utf-16-le",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
"""Those of Python's encodings that browsers know (WHATWG, "Encoding"), to the one that they read each as."""
_CONTROLS = re.compile(r"[\0-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_BROKEN = 100
"""Bytes that are not UTF-8, from which a text is taken to be in another encoding as a whole."""
_NOT_TEXT = "save CQC's page as HTML, PDF, DOCX or text"


def import_text(data: bytes) -> Imported:
    """Return plain text; raise ``UnreadableError`` (EV702) where the bytes are none."""
    text, unsure = decode(data)
    return Imported("text", re.sub("\r\n?", "\n", text), unsure=unsure)


def web_codec(label: str) -> str:
    """Return Python's name of an encoding as browsers take it, of any name that Python knows it by; else empty."""
    try:
        return _CODECS.get(codecs.lookup(label).name, "")
    except (LookupError, ValueError):
        return ""


def as_said(data: bytes, label: str) -> bytes:
    """Return bytes as UTF-8, with its mark, where they fit the encoding that a mail or a site names beside them.

    Otherwise they are returned as they are: their own mark, or what they say of themselves, counts then.
    """
    codec = web_codec(label)
    if not codec or data.startswith(tuple(mark for mark, _ in _MARKS)):
        return data
    try:
        return codecs.BOM_UTF8 + data.decode(codec).encode("utf-8")
    except UnicodeDecodeError:
        return data


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
        what = "this is no text in UTF-8: it holds NUL characters"
        raise UnreadableError("EV702", what, f"save it as text in UTF-8, or {_NOT_TEXT}")
    try:
        return _checked(data.decode("utf-8")), ()
    except UnicodeDecodeError as error:
        if mixed := _mixed(data):
            return mixed
        codec = web_codec(declared)
        # A page that says that it is UTF-8 or UTF-16 is not: the former was tried, the latter has NUL characters.
        for encoding in (*([codec] if codec and not codec.startswith("utf") else []), "cp1252"):
            try:
                text = _checked(data.decode(encoding))
            except UnicodeDecodeError:
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


def _checked(text: str) -> str:
    if len(_CONTROLS.findall(text)) * 100 > len(text):
        raise UnreadableError("EV702", "this is no text: it is full of control characters", _NOT_TEXT)
    return text


def _around(data: bytes, place: int, encoding: str) -> str:
    """Return the words around a byte, for people to compare."""
    return " ".join(data[max(0, place - 20) : place + 20].decode(encoding, "replace").split())
