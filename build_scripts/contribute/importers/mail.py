"""A mail to text: its page or its plain words, as the sender wrote them; who sent it is left out.

The standard library undoes what mail does to letters (quoted-printable, base64) and takes its parts apart.
"""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email.errors import MessageError
from email.message import EmailMessage

from build_scripts.contribute.importers import UnreadableError
from build_scripts.contribute.importers.html import import_html
from build_scripts.contribute.importers.text import as_said, import_text
from build_scripts.model.evidence import ATTACHED, Imported
from build_scripts.model.problems import quoted

MOST_PARTS = 500
"""Parts of a mail or a saved page: pictures, styles, frames."""
_SHOWN = ("From", "To", "Subject", "Date")


@contextmanager
def damage_told() -> Iterator[None]:
    """Raise ``UnreadableError`` (EV705) in place of what the library's reader of headers raises for broken ones."""
    try:
        yield
    except (IndexError, KeyError, TypeError, AttributeError, ValueError):
        raise UnreadableError("EV705", "it is damaged: its headers cannot be read", "save it again") from None


def parts_of(data: bytes) -> tuple[EmailMessage, list[EmailMessage]]:
    """Return a message and its parts that hold something; raise ``UnreadableError`` (EV705) for far too many."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        parts = [part for part in message.walk() if not part.is_multipart()]
    except RecursionError:
        message, parts = EmailMessage(), [EmailMessage()] * (MOST_PARTS + 1)
    if len(parts) > MOST_PARTS:
        what = f"it has more than {MOST_PARTS} parts: it may be made to exhaust computers"
        raise UnreadableError("EV705", what, "save CQC's page again and add the file")
    return message, parts


def page_of(part: EmailMessage) -> Imported:
    """Return the words of a part that is a page or plain text."""
    data = part.get_payload(decode=True)
    data = data if isinstance(data, bytes) else b""
    data = as_said(data, part.get_content_charset() or "utf-8")
    return import_html(data) if part.get_content_type() == "text/html" else import_text(data)


def import_mail(data: bytes) -> Imported:
    """Return the words of a mail, those of its page where it has one.

    Raises ``UnreadableError``: EV704 where it holds no words, EV705 where it is damaged or made to exhaust.
    """
    with damage_told():
        return _read(data)


def _read(data: bytes) -> Imported:
    data = data.partition(b"\n")[2] if data.startswith(b"From ") else data
    message, parts = parts_of(data)
    files = [part for part in parts if part.get_filename() or part.get_content_disposition() == "attachment"]
    bodies = [part for part in parts if part not in files]
    pages = [part for part in bodies if part.get_content_type() == "text/html"]
    pages = pages or [part for part in bodies if part.get_content_maintype() == "text"]
    read = [document for part in pages if (document := page_of(part)).text.strip()]
    names = [part.get_filename() or part.get_content_type() for part in files]
    if not read:
        also = f": only {', '.join(names[:5])}" if names else ""
        raise UnreadableError("EV704", f"this mail holds no words{also}", "save what is attached to it, and add that")
    headers = tuple(f"{name}: {words}" for name in _SHOWN if (words := _header(message, name)))
    attached = tuple(f"{quoted(name)} {ATTACHED}: save it and add it" for name in names)
    return replace(
        read[0],
        kind="mail",
        text="\n\n".join(each.text for each in read),
        dropped=(*headers, *(row for each in read for row in each.dropped)),
        unsure=(*attached, *(note for each in read for note in each.unsure)),
    )


def _header(message: EmailMessage, name: str) -> str:
    """Return a line of the head, as it stands where Python breaks on it: on an address that ends with @, say."""
    try:
        return str(message[name] or "")
    except (AttributeError, LookupError, TypeError, ValueError, MessageError):
        return next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")
