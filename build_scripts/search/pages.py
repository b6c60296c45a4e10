"""Pages that are not passages: themes, authorities, statements, voices and reports, found by title and description,
and guides, whose sections are found by their own words.

``pages-<hash>.bin``, packed JSON: a list of ``[kind, title, address, description]``, by address. A section of a guide
has a fifth, the terms of its words (``words.py``), each once. They are so few that the browser looks through all of
them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from build_scripts.model.front_matter import front_matter, is_hidden, words_of
from build_scripts.model.guides import Guide
from build_scripts.search.words import term, tokens

_KINDS = {
    "themes": "theme",
    "authorities": "council",
    "regions": "region",
    "statements": "statement",
    "voices": "voice",
    "reports": "report",
}
"""First part of the address to the kind of what stands one below it; everything else is a guide."""


def page_list(pages: Mapping[str, bytes], guides: Iterable[Guide] = ()) -> list[list[str]]:
    """Return the pages of ``docs/`` (path to Markdown) that a search may show, guides in their sections.

    Texts, other pages below that of a theme or voice, and whatever says ``search: exclude`` are left out.
    """
    by_path = {guide.path: guide for guide in guides}
    made = {path: page for path, page in pages.items() if path not in by_path}
    sections = (row for guide in by_path.values() for row in _sections(guide))
    return sorted((*_listed(made), *sections), key=lambda row: row[2])


def _listed(pages: Mapping[str, bytes]) -> Iterator[list[str]]:
    for path, data in pages.items():
        parts = path.split("/")
        if not path.endswith(".md") or len(parts) > 3 or (len(parts) == 3 and parts[0] not in (*_KINDS, "about")):
            continue
        meta, _ = front_matter(data)
        title, description = words_of(meta, "title"), words_of(meta, "description")
        if title and description and not is_hidden(meta):
            kind = _KINDS.get(parts[0], "guide") if len(parts) == 3 else "guide"
            yield [kind, title, _address(path), description]


def _sections(guide: Guide) -> Iterator[list[str]]:
    """Yield a row for the beginning of a guide, and one for each of its headings."""
    if guide.hidden or not guide.title:
        return
    for section in guide.sections:
        terms = " ".join(sorted({found for token in tokens(section.words) if (found := term(token.word))}))
        title, description = guide.title, guide.description
        if section.anchor:
            title, description = f"{section.heading} ({title})", ""
        yield ["guide", title, _address(guide.path, section.anchor), description, terms]


def _address(path: str, anchor: str = "") -> str:
    """Return the address of a Markdown file, as MkDocs makes it, or of a place on its page."""
    folder, _, name = path.removesuffix(".md").rpartition("/")
    page = "/".join(filter(None, (folder, name if name != "index" else "")))
    return f"/{page}{'/' if page else ''}{f'#{anchor}' if anchor else ''}"
