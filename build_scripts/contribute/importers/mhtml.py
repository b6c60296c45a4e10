"""A page saved as “Webpage, single file” (MHTML), as Chrome, Edge and Word offer it, to text: ``html.py`` reads it."""

from __future__ import annotations

from dataclasses import replace

from build_scripts.contribute.importers import UnreadableError
from build_scripts.contribute.importers.mail import damage_told, page_of, parts_of
from build_scripts.model.evidence import Imported


def import_mhtml(data: bytes) -> Imported:
    """Return the words of the page; those of frames in it follow.

    Raises ``UnreadableError``: EV704 where it holds no page, EV705 where it is damaged or made to exhaust.
    """
    with damage_told():
        return _read(data)


def _read(data: bytes) -> Imported:
    message, parts = parts_of(data)
    pages = [part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    pages = pages or [part for part in parts if part.get_content_type() == "text/plain"]
    if not pages:
        raise UnreadableError(
            "EV704", "it holds no page: it broke off, perhaps", "save the page again and add the file"
        )
    start = str(message.get_param("start") or "").strip("<>")
    pages.sort(key=lambda part: str(part["Content-ID"] or "").strip("<> ") != start)
    first, *others = [page_of(part) for part in pages]
    frames = [each for each in others if each.text.strip()]
    address = str(message["Snapshot-Content-Location"] or pages[0]["Content-Location"] or "").strip()
    unsure = ("it has frames: their words were put below those of the page",) if frames else ()
    return replace(
        first,
        kind="mhtml",
        text="\n\n".join(each.text for each in (first, *frames)),
        dropped=(*first.dropped, *(row for each in others for row in each.dropped)),
        unsure=(*first.unsure, *unsure),
        address=first.address or (address if address.startswith(("http://", "https://")) else ""),
    )
