"""The passages themselves, in small blocks: what a result shows.

Folder ``texts-<hash>/``, file ``<number>.bin``, packed JSON: a list of passages, of which block *n* has those from
``each * n`` on (``each`` is in the manifest). A passage is ``[id, heading, 1 for a list or 0, [numbers of themes],
[numbers of voices], text, [words of themes]]``, its themes and voices numbered as in the table. The last are, for each
of its themes, the words that earned it, as they stand in the text, each once. Nothing here is escaped: whoever shows it
treats it as text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from build_scripts.model.collection import Collection
from build_scripts.search.documents import Document
from build_scripts.search.packing import json_bytes

SMALLEST_BLOCK = 3
"""Passages of a block: some 1.3 KB packed. Ten results, seldom of one block, load ten."""

MOST_BLOCKS = 12_000
"""Beyond 36,000 passages, not quite twice England's, blocks grow instead of becoming more: a host feels each file."""


def text_blocks(collection: Collection, documents: Sequence[Document]) -> tuple[int, dict[str, bytes]]:
    """Return how many passages a block has, and the blocks by number."""
    each = max(SMALLEST_BLOCK, -(-len(documents) // MOST_BLOCKS))
    themes = {theme.id: number for number, theme in enumerate(collection.vocabulary.themes)}
    voices = {voice.id: number for number, voice in enumerate(collection.vocabulary.voices)}

    def row(document: Document) -> list[Any]:
        tagged = document.tagged
        return [
            tagged.passage.id,
            document.heading,
            int(tagged.passage.is_list),
            [themes[tag.id] for tag in tagged.themes],
            [voices[tag.id] for tag in tagged.voices],
            tagged.passage.text,
            [tag.words(tagged.passage) for tag in tagged.themes],
        ]

    blocks = {
        str(start // each): json_bytes([row(document) for document in documents[start : start + each]])
        for start in range(0, len(documents), each)
    }
    return each, blocks
