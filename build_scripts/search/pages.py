"""Pages that are not passages: themes, authorities, statements, voices, reports and guides, found by title and
description.

``pages-<hash>.bin``, packed JSON: a list of ``[kind, title, address, description]``, by address. They are so few that
the browser looks through all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

_KINDS = {
    "themes": "theme",
    "authorities": "authority",
    "regions": "region",
    "statements": "statement",
    "voices": "voice",
    "reports": "report",
}
"""First part of the address to the kind of what stands one below it; everything else is a guide."""


def page_list(pages: Mapping[str, bytes]) -> list[list[str]]:
    """Return the pages of ``docs/`` (path to Markdown) that a search may show.

    Texts, further pages of long lists and whatever says ``search: exclude`` are left out.
    """
    return sorted(_listed(pages), key=lambda row: row[2])


def _listed(pages: Mapping[str, bytes]) -> Iterator[list[str]]:
    for path, data in pages.items():
        parts = path.split("/")
        if not path.endswith(".md") or len(parts) > 3 or (len(parts) == 3 and parts[0] not in (*_KINDS, "about")):
            continue
        meta = front_matter(data)
        title, description = meta.get("title"), meta.get("description")
        if isinstance(title, str) and isinstance(description, str) and not _excluded(meta):
            kind = _KINDS.get(parts[0], "guide") if len(parts) == 3 else "guide"
            yield [kind, title, _address(path), description]


def front_matter(page: bytes) -> Mapping[str, Any]:
    """Return what stands between the first two lines of dashes, nothing where it is no YAML mapping."""
    text = page.decode("utf-8", "replace")
    if not text.startswith("---\n"):
        return {}
    try:
        meta = yaml.load(text[4:].partition("\n---")[0], yaml.CSafeLoader)
    except yaml.YAMLError:
        return {}
    return meta if isinstance(meta, dict) else {}


def _excluded(meta: Mapping[str, Any]) -> bool:
    search = meta.get("search")
    return isinstance(search, dict) and bool(search.get("exclude"))


def _address(path: str) -> str:
    """Return the address of a Markdown file, as MkDocs makes it."""
    stem = path.removesuffix(".md")
    return "/" + (stem.removesuffix("index") if stem.endswith("index") else f"{stem}/")
