"""A public address to text: fetched politely, within limits, from the one site that was named; read as its kind."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from build_scripts.contribute.importers import UnreadableError, importer
from build_scripts.contribute.importers.fetching import LONGEST_WAIT, OPEN, fetch, joined, status_words
from build_scripts.contribute.importers.kinds import kind_of
from build_scripts.contribute.importers.text import as_said
from build_scripts.model.evidence import Imported


def import_address(data: bytes) -> Imported:
    """Return what the document at an address holds, its links as whole addresses.

    Raises ``UnreadableError``: EV706 where there is no good answer, EV703 where it is too large, and those of its kind.
    """
    reply = fetch(data.decode("utf-8", "replace").strip())
    if reply.status != HTTPStatus.OK:
        later = f" and asks to wait {reply.wait:,.0f} seconds" if reply.wait > LONGEST_WAIT else ""
        raise UnreadableError("EV706", f"the site answered {status_words(reply.status)}{later}", OPEN)
    body = as_declared(reply.body, reply.charset)
    if kind_of(body) == "zip":
        raise UnreadableError("EV702", "this is a packed file (ZIP)", "download it, and add the file")
    return published_at(importer(kind_of(body))(body), reply.address)


def as_declared(body: bytes, charset: str) -> bytes:
    """Return a page in UTF-8 where its site says what its letters are in: that counts before what the page says."""
    return as_said(body, charset) if charset and kind_of(body) == "html" else body


def published_at(document: Imported, address: str) -> Imported:
    """Return a document with the address that it came from, and its links as whole addresses."""
    links = tuple((joined(address, link), words) for link, words in document.links)
    return replace(document, address=address, links=links)
