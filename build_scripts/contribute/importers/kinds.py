"""Tell by its first bytes what kind of document something is, whatever its name says."""

from __future__ import annotations

import re

from build_scripts.contribute.importers import UnreadableError

_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*|<\?xml[^>]*\?>\s*)*<(?:!doctype html|html|head|body|title|meta|main|article|h1|div|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (
        b"\xd0\xcf\x11\xe0",
        "a document of an old Word, or one with a password",
        "open it in Word or LibreOffice and save it as .docx, without a password",
    ),
    (b"{\\rtf", "rich text (RTF)", "open it in Word or LibreOffice and save it as .docx"),
    (b"\x89PNG", "a picture", "a picture has no text: use CQC's page or its PDF"),
    (b"\xff\xd8\xff", "a picture", "a picture has no text: use CQC's page or its PDF"),
    (b"GIF8", "a picture", "a picture has no text: use CQC's page or its PDF"),
    (b"\x1f\x8b", "a packed file (gzip)", "unpack it first"),
    (b"Rar!", "a packed file (RAR)", "unpack it first"),
    (b"7z\xbc\xaf", "a packed file (7z)", "unpack it first"),
    (b"\x7fELF", "a program", "use CQC's page, saved as HTML, PDF, DOCX or text"),
    (b"MZ", "a program", "use CQC's page, saved as HTML, PDF, DOCX or text"),
)
_WEB_ARCHIVE = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*multipart/related", re.IGNORECASE)


def kind_of(data: bytes) -> str:
    """Return ``text``, ``html``, ``pdf`` or ``docx``; raise ``UnreadableError`` (EV702, EV704) for what is none."""
    if not data.strip():
        raise UnreadableError("EV704", "there is nothing in it", "save CQC's page or document again")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "docx"
    for start, what, mend in _OTHERS:
        # "MZ" alone could open a word.
        if data.startswith(start) and (start != b"MZ" or b"\0" in data[:64]):
            raise UnreadableError("EV702", f"this is {what}", mend)
    head = data[:4096]
    if _WEB_ARCHIVE.match(head.replace(b"\r", b"")):
        mend = "save the page as “Webpage, HTML only”"
        raise UnreadableError("EV702", "this is a web archive (MHTML)", mend)
    for mark in _MARKS:
        if head.startswith(mark):
            head = head.removeprefix(mark).replace(b"\0", b"")
    return "html" if _HTML.match(head) else "text"
