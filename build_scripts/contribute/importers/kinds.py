"""Tell by its first bytes what kind of document something is, whatever its name says."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile

from build_scripts.contribute.importers import UnreadableError

_TAGS = (
    "address|article|aside|blockquote|body|center|dd|details|div|dl|dt|fieldset|figure|footer|form|h[1-6]|head|header"
    "|hr|html|iframe|li|link|main|meta|nav|ol|p|pre|script|section|style|table|tbody|td|th|thead|title|tr|ul"
)
_BEFORE = r"\s*+(?>(?:<!--.*?-->|<\?xml[^>]*\?>)\s*)*"
"""Comments and the like that may stand above a page; what was once taken is not tried again in other ways."""
_HTML = re.compile(
    rf"{_BEFORE}<(?:!doctype html|(?:{_TAGS})(?=[\s>/]))".encode(),
    re.IGNORECASE | re.DOTALL,
)
_CLOSING = re.compile(rb"</(?:p|div|h[1-6]|li|ul|section|td|tr)>", re.IGNORECASE)
_WHOLE = re.compile(rf"{_BEFORE}<(?:!doctype|html|head|body)\b".encode(), re.IGNORECASE | re.DOTALL)
_HEADED = re.compile(rb"^ {0,3}#{1,6} +\S", re.MULTILINE)
"""A heading in Markdown, which may have pieces of HTML in it."""
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_PICTURE = ("a picture", "a picture has no text: use CQC's page or its PDF")
_PACKED = "unpack it first, and add the pages in it"
_PAGE = "use CQC's page, saved as HTML, PDF, DOCX or text"
_EXPORT = "save or export it from its own program as PDF or DOCX"
_LINK = ("a link to a page and not the page", "open it, and give the address of the page, or save the page")
_OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (b"[InternetShortcut]", *_LINK),
    (b"[Desktop Entry]", *_LINK),
    (b"L\0\0\0\x01\x14\x02\0", *_LINK),
    (
        b"\xd0\xcf\x11\xe0",
        "a document of an old Word, a mail of Outlook (.msg), or one with a password",
        "open it in its own program and save it as .docx or PDF, without a password",
    ),
    (b"\x89PNG", *_PICTURE),
    (b"\xff\xd8\xff", *_PICTURE),
    (b"GIF8", *_PICTURE),
    (b"II*\0", *_PICTURE),
    (b"MM\0*", *_PICTURE),
    (b"BM", *_PICTURE),
    (b"AT&TFORM", "a scan (DjVu)", "use CQC's page or its PDF"),
    (b"PK\x05\x06", "a packed file (ZIP) with nothing in it", "add the pages themselves"),
    (b"\x1f\x8b", "a packed file (gzip)", _PACKED),
    (b"BZh", "a packed file (bzip2)", _PACKED),
    (b"\xfd7zXZ", "a packed file (xz)", _PACKED),
    (b"Rar!", "a packed file (RAR)", _PACKED),
    (b"7z\xbc\xaf", "a packed file (7z)", _PACKED),
    (b"\x7fELF", "a program", _PAGE),
    (b"MZ", "a program", _PAGE),
    (b"SQLite format 3", "a data base", _PAGE),
    (b"%!PS", "a PostScript file", "print or convert it to PDF"),
)
_SHORT = (b"MZ", b"BM", b"BZh")
"""Beginnings that could open a word."""
_HEADERS = re.compile(rb"(?:From [^\n]*\n)?(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}")
_MAIL = re.compile(rb"^(?:mime-version|received|message-id|content-type|return-path|subject):", re.IGNORECASE | re.M)
_FROM = re.compile(rb"^(?:from|date|mime-version|content-type|return-path):", re.IGNORECASE | re.MULTILINE)
_RELATED = re.compile(rb"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_MARKDOWN = re.compile(r"^ {0,3}#{1,6} +\S|\*\*\S[^*\n]{0,200}\*\*|\[[^\]\n]{1,200}\]\((?:https?:|/|#)", re.MULTILINE)
_MARKED: tuple[tuple[re.Pattern[str], int, str, str], ...] = (
    (re.compile(r"^={1,6} \S", re.MULTILINE), 2, "AsciiDoc", "convert it to HTML, Markdown or DOCX"),
    (re.compile(r"^#\+[a-z_]+:", re.IGNORECASE | re.M), 2, "an Org file", "export it as HTML or Markdown"),
    (re.compile(r"^\\(?:documentclass|begin\{document\})", re.M), 1, "a TeX file", "make a PDF of it"),
    (re.compile(r"^\.\. [a-z-]+::", re.M), 1, "reStructuredText", "convert it to HTML, Markdown or DOCX"),
    (re.compile(r"\A\s*<\?xml"), 1, "XML of a kind that is not read", _PAGE),
)
"""Kinds of marked text: what stands in them at least so often, the name, and what to do."""
_FEWEST_ROWS = 3
_FEWEST_CELLS = 3
"""Lines and values of a line from which on text that is alike in every line is a table."""
_ARCHIVES: tuple[tuple[str, str, str], ...] = (
    ("xl/", "a workbook of Excel", "use CQC's page, or save its text as DOCX or text"),
    ("ppt/", "a presentation", "use CQC's page, or save its text as DOCX or text"),
    ("META-INF/container.xml", "an e-book (EPUB)", "use CQC's page, saved as HTML or PDF"),
    ("Index/Document.iwa", "a document of Pages or another iWork program", _EXPORT),
    ("Index.zip", "a document of Pages or another iWork program", _EXPORT),
)


def kind_of(data: bytes) -> str:
    """Return the name of the importer that reads it, or ``zip`` for a packed file that may hold several documents.

    Raises ``UnreadableError`` (EV702, EV704) for what is none, with its name where it has one.
    """
    if not data.strip():
        raise UnreadableError("EV704", "there is nothing in it", "save CQC's page or document again")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _packed(data)
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(b"bplist00"):
        return "webarchive"
    _refuse_others(data)
    head = data[:8192].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if headers := _HEADERS.match(head):
        said = headers[0]
        if _RELATED.search(said):
            return "mhtml"
        if _MAIL.search(said) and _FROM.search(said):
            return "mail"
    for mark in _MARKS:
        if head.startswith(mark):
            head = head.removeprefix(mark).replace(b"\0", b"")
    if b"<!DOCTYPE plist" in head[:400] and b"WebMainResource" in data:
        return "webarchive"
    if b"<!DOCTYPE plist" in head[:400] and b"<key>URL</key>" in head:
        raise UnreadableError("EV702", f"this is {_LINK[0]}", _LINK[1])
    is_marked = len(_HEADED.findall(head)) > 1 and not _WHOLE.match(head)
    if not is_marked and (_HTML.match(head) or len(_CLOSING.findall(head)) > 2):
        return "html"
    return _text_kind(data)


def _refuse_others(data: bytes) -> None:
    """Raise EV702 with its name for a document of a kind that holds no words, or none that are read."""
    for start, what, mend in _OTHERS:
        if data.startswith(start) and (start not in _SHORT or b"\0" in data[:64]):
            raise UnreadableError("EV702", f"this is {what}", mend)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        raise UnreadableError("EV702", f"this is {_PICTURE[0]}", _PICTURE[1])
    if data[4:8] == b"ftyp":
        film = "a picture or film"
        raise UnreadableError("EV702", f"this is {film}", _PICTURE[1])


def _packed(data: bytes) -> str:
    """Return the kind of a ZIP file, which many programs' documents are."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()[:10_000]
            mimetype = b""
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                mimetype = archive.read("mimetype").strip()
    except Exception:  # zipfile lets go of a dozen kinds for broken bytes; the importer tells of the damage
        return "docx" if b"word/" in data[:4096] else "zip"
    if mimetype.startswith(b"application/vnd.oasis.opendocument."):
        kind = mimetype.rpartition(b".")[2].decode("ascii", "replace").removesuffix("-template")
        if kind in ("text", "text-web", "text-master"):
            return "odt"
        raise UnreadableError("EV702", f"this is an OpenDocument file of another kind ({kind[:20]})", _EXPORT)
    if any(name.startswith("word/") for name in names):
        return "docx"
    for start, what, mend in _ARCHIVES:
        if any(name.startswith(start) for name in names):
            raise UnreadableError("EV702", f"this is {what}", mend)
    return "zip"


def _text_kind(data: bytes) -> str:
    """Return ``markdown`` or ``text``; raise EV702 for the kinds of marked text that are neither."""
    text = data[:200_000].decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    if text.lstrip("\ufeff \n\t")[:1] in ("{", "["):
        try:
            is_json = isinstance(json.loads(data.decode("utf-8-sig")), dict | list)
        except (ValueError, RecursionError):
            is_json = False
        if is_json:
            raise UnreadableError("EV702", "this is data (JSON)", _PAGE)
    for pattern, least, what, mend in _MARKED:
        if len(pattern.findall(text)) >= least:
            raise UnreadableError("EV702", f"this is {what}", mend)
    if any(_is_table(text.removeprefix("\ufeff"), sign) for sign in ",;"):
        raise UnreadableError("EV702", "this is a table (CSV)", _PAGE)
    return "markdown" if _MARKDOWN.search(text) else "text"


def _is_table(text: str, sign: str) -> bool:
    """Return whether every line has the same number of values, at least three, with this sign between them."""
    try:
        rows = [row for row in csv.reader(io.StringIO(text), delimiter=sign, strict=True) if row]
    except csv.Error:
        return False
    return len(rows) >= _FEWEST_ROWS and len(rows[0]) >= _FEWEST_CELLS and len({len(row) for row in rows}) == 1
