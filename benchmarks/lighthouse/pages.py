"""Which pages of a built site are measured, and the server that sends them as GitHub Pages would."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.search.server import Server

KINDS = {
    "home": "index.html",
    "a council, the most": "authorities/*/index.html",
    "a council, the least": "authorities/*/index.html",
    "a report": "reports/*/index.html",
    "a section": "reports/*/*/index.html",
    "a theme": "themes/*/index.html",
    "all themes": "themes/index.html",
    "a voice": "voices/*/index.html",
    "a quality statement": "statements/*/index.html",
    "all scores": "scores/index.html",
    "compare": "compare/index.html",
    "compare, two chosen": "compare/index.html",
    "all councils": "authorities/index.html",
    "a region": "regions/*/index.html",
    "the evidence map": "map/index.html",
    "search": "search/index.html",
    "search, with results": "search/index.html",
    "a guide": "contribute/index.html",
    "about": "about/index.html",
    "no such page": "404.html",
}
"""Page kind to where its pages lie in a built site; of many pages the one with the most bytes is measured."""

LEAST = "a council, the least"
ASKED = {
    "compare, two chosen": "?authorities=camden,westminster&theme=interpretation",
    "search, with results": "?q=interpretation",
}


@dataclass(frozen=True)
class Measured:
    """A page to measure: its kind and its address below the site's root, ``/`` for home."""

    kind: str
    address: str


def chosen_pages(site: Path) -> Iterator[Measured]:
    """Yield one page of each kind, that with the most bytes. Raises ``ValueError`` where a kind has no page."""
    for kind, pattern in KINDS.items():
        found = sorted(site.glob(pattern), key=lambda file: (file.stat().st_size, file))
        if not found:
            raise ValueError(f"{site}: no page of the kind {kind!r} ({pattern})")
        path = found[0 if kind == LEAST else -1].relative_to(site).as_posix()
        yield Measured(kind, f"/{path.removesuffix('index.html')}{ASKED.get(kind, '')}")


class PageServer(Server):
    """Serves a built site: a folder by its page, and 404.html for whatever is missing."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.headers = {"cache-control": "max-age=600"}  # so that a browser need not ask for one file twice

    def answer(self, path: str) -> tuple[list[tuple[str, str]], bytes]:
        """Return headers and body of the answer to a request for a path."""
        path = urlsplit(path).path
        headers, body = super().answer(f"{path}index.html" if path.endswith("/") else path)
        if dict(headers)[":status"] == "404":
            headers, body = super().answer("/404.html")
            headers = [(name, "404" if name == ":status" else value) for name, value in headers]
        return headers, body
