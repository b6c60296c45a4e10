"""A page saved by Safari as a web archive to text: a property list whose main part ``html.py`` reads."""

from __future__ import annotations

import plistlib
from dataclasses import replace

from build_scripts.contribute.importers import UnreadableError
from build_scripts.contribute.importers.html import import_html
from build_scripts.contribute.importers.text import as_said, import_text
from build_scripts.model.evidence import Imported


def import_webarchive(data: bytes) -> Imported:
    """Return the words of the archived page; raise ``UnreadableError`` (EV702, EV705) where it is none, or damaged."""
    try:
        archive = plistlib.loads(data)
    except Exception:  # plistlib lets go of many kinds for broken bytes
        raise UnreadableError("EV705", "it is damaged: it cannot be read as a web archive", "save it again") from None
    main = archive.get("WebMainResource") if isinstance(archive, dict) else None
    page = main.get("WebResourceData") if isinstance(main, dict) else None
    if not isinstance(main, dict) or not isinstance(page, bytes):
        mend = "use CQC's page, saved as HTML, PDF, DOCX or text"
        raise UnreadableError("EV702", "this is a property list, and no web archive", mend)
    page = as_said(page, str(main.get("WebResourceTextEncodingName") or "utf-8"))
    plain = str(main.get("WebResourceMIMEType")) == "text/plain"
    document = import_text(page) if plain else import_html(page)
    address = str(main.get("WebResourceURL") or "")
    address = address if address.startswith(("http://", "https://")) else ""
    return replace(document, kind="webarchive", address=document.address or address)
