"""Which passages have which theme and voice: for filters and for counting facets.

Folder ``columns-<hash>/``, packed: ``<number>.bin`` for each group of themes, ``voices.bin`` for the voices. A file has
for each of its themes or voices, in the catalogue's order, how many passages have it (varint), and their numbers
(deltas). ``theme-<number>.bin`` has the same for one theme, and behind it how much each passage is about it (varints):
in how many places its words earn the theme, 0 for a tag in doubt. So a theme that is chosen,
or named in a query, loads one small file, and counting a list of the filters loads the one that it has.
"""

from __future__ import annotations

from collections.abc import Iterable

from build_scripts.model.collection import Collection
from build_scripts.search.documents import Document
from build_scripts.search.packing import deltas, varints

STRONGEST = 15
"""More places of a passage than this say no more about it."""


def column_files(collection: Collection, documents: Iterable[Document]) -> dict[str, bytes]:
    """Return the columns of each group of themes, of each theme and of the voices."""
    having: dict[str, list[int]] = {}
    strengths: dict[str, list[int]] = {}
    for number, document in enumerate(documents):
        for tag in (*document.tagged.themes, *document.tagged.voices):
            having.setdefault(tag.id, []).append(number)
            strengths.setdefault(tag.id, []).append(0 if tag.narrow else min(max(1, len(tag.matches)), STRONGEST))

    def columns(ids: Iterable[str]) -> bytes:
        numbers = [having.get(id, []) for id in ids]
        return b"".join(varints([len(each)]) + deltas(each) for each in numbers)

    vocabulary = collection.vocabulary
    files = {
        str(number): columns(theme.id for theme in vocabulary.themes if theme.group == group)
        for number, group in enumerate(vocabulary.groups)
    }
    files |= {
        f"theme-{number}": columns([theme.id]) + varints(strengths.get(theme.id, []))
        for number, theme in enumerate(vocabulary.themes)
    }
    return {**files, "voices": columns(voice.id for voice in vocabulary.voices)}
