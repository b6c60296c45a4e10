"""lunr.py's own whole index over the documents of ours: what our shards are compared with.

``python -m tests.helpers.whole_index shards|whole <scale> <folder>`` writes the one or the other for an invented
collection, so that both can be made at the same time.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from lunr.builder import Builder
from lunr.pipeline import Pipeline
from lunr.token import Token

from benchmarks.national import invent_collection, learn_vocabulary
from build_scripts.search import FOLDER, index_files
from build_scripts.search.documents import FIELDS, documents
from build_scripts.search.postings import K1, STEPS, TEXT
from build_scripts.search.words import term, tokens

LUNR = Path(str(resources.files("mkdocs") / "contrib/search/templates/search/lunr.js"))
"""lunr.js as it comes."""


def whole_index(texts_of: Iterable[Iterable[str]]) -> dict[str, Any]:
    """Return what ``lunr.Index.load`` reads: the index of documents, each the texts of its fields, by number.

    Words and their terms are ours, as is the rounding of lengths; everything else is done by lunr.py's ``Builder``.
    """
    builder = Builder()
    builder.k1(K1)
    builder.ref("id")
    builder.pipeline.add(_known)
    builder.search_pipeline = Pipeline.load(["stopWordFilter", "stemmer"])
    for name, boost in FIELDS.items():
        builder.field(name, boost)
    words: dict[str, list[str]] = {}
    for number, texts in enumerate(texts_of):
        fields = {}
        for name, text in zip(FIELDS, texts, strict=True):
            found = [token.word for token in tokens(text)] if name == TEXT else words.get(text)
            if found is None:
                found = words[text] = [token.word for token in tokens(text)]
            fields[name] = found
        builder.add({"id": str(number), **fields})
    for place, length in builder.field_lengths.items():
        text = place.startswith(f"{TEXT}/")
        builder.field_lengths[place] = max(step for step in STEPS[:40] if step <= length) if text else 1
    index: Mapping[str, Any] = builder.build().serialize()
    return dict(index)


def _known(token: Token, *_: object) -> Token | None:
    """Do what lunr's stop word filter and stemmer do, with our stemmer, each word once."""
    found = term(str(token))
    return None if found is None else Token(found, token.metadata)


_known.label = "known"  # type: ignore[attr-defined] # what lunr.py calls it by


def write_index(files: Mapping[str, bytes], folder: Path) -> None:
    """Write the files of an index into a folder, as they lie below ``docs/assets/search/``."""
    for path, data in files.items():
        file = folder / Path(path).relative_to(FOLDER)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def main(what: str, scale: str, folder: str) -> None:
    """Write the shards, or the whole index as ``whole.json``."""
    collection = invent_collection(learn_vocabulary(), float(scale))
    if what == "shards":
        write_index(index_files(collection, {}), Path(folder))
    else:
        whole = whole_index(document.fields for document in documents(collection))
        Path(folder, "whole.json").write_text(json.dumps(whole), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
