"""Evidence to the files that a browser searches, each loaded when it is needed.

In: the collection, the pages made so far, and the guides. Out: path below ``docs/assets/search/`` to bytes.

``manifest.json`` has a fixed name, is plain JSON, and holds what a query needs before it can ask for its words;
``opening.json`` too, and answers nothing asked (``opening.py``). Every other file or folder has a hash of its content
in its name, and is gzip'd with a seal. Each module says what its files hold; bytes are as in ``packing.py``. The
manifest:

* ``format``: of these files. A page that was opened before a renewal may have scripts for another one, and says so;
* ``lunr``: version of lunr.js whose results the index gives; ``size``: how many passages;
* ``fields``: ``[name, boost]`` of each field; ``b``, ``k1``, ``average``, ``steps``: what scores are made with
  (``postings.py``);
* ``terms``: ``{folder, first}`` and ``places``: ``{folder, fields}`` (``shards.py``);
* ``texts``: ``{folder, each}`` (``texts.py``); ``columns``: ``{folder}`` (``columns.py``);
* ``catalogue``, ``figures``, ``districts``, ``words``, ``pages``: names of files (``catalogue.py``, ``figures.py``,
  ``districts.py``, ``lexicon.py``, ``pages.py``). Every query needs the first of these too, which comes while its words
  are looked up.

Beside them stands lunr.js as an ES module (``lunr_module.py``), which is made where scripts are joined.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lunr import __TARGET_JS_VERSION__ as LUNR_VERSION

from build_scripts.model.collection import Collection
from build_scripts.model.guides import Guide
from build_scripts.model.progress import UNSEEN, Progress
from build_scripts.search.catalogue import catalogue
from build_scripts.search.columns import column_files
from build_scripts.search.districts import district_postings, district_rows
from build_scripts.search.documents import FIELDS, PHRASE_FIELDS, Document, documents
from build_scripts.search.figures import figures
from build_scripts.search.forms import form_postings
from build_scripts.search.lexicon import lexicon
from build_scripts.search.names import name_postings
from build_scripts.search.opening import opening
from build_scripts.search.packing import json_bytes, named_file, named_folder
from build_scripts.search.pages import page_list
from build_scripts.search.postings import K1, STEPS, B, make_index
from build_scripts.search.shards import lengths, place_shards, term_shards
from build_scripts.search.texts import text_blocks

FORMAT = 6
"""One more whenever scripts of before cannot read the files; ``files.js`` has the same."""

FOLDER = "assets/search"
MANIFEST = "manifest.json"
OPENING = "opening.json"
LUNR = f"{FOLDER}/lunr.js"


def index_files(
    collection: Collection, site: Mapping[str, bytes], guides: Iterable[Guide] = (), progress: Progress = UNSEEN
) -> dict[str, bytes]:
    """Return path below ``docs/`` to bytes of every file of the index.

    ``site`` has the site's pages: path below ``docs/`` to bytes. ``guides`` are those of them that were written by
    hand. Raises ``ValueError`` as ``sealed`` does.
    """
    found = list(documents(collection))
    progress.begin("Making the search index", len(found))
    index = make_index(_told(found, progress), FIELDS, PHRASE_FIELDS)
    names = (name for theme in collection.vocabulary.themes for name in (theme.label, *theme.also))
    besides = {**name_postings(index, names), **form_postings(index), **district_postings(collection)}
    terms, shards = term_shards(index, besides)
    places, place_files = place_shards(index)
    each, blocks = text_blocks(collection, found)
    names_and_texts = {**catalogue(collection), "lengths": lengths(index), "places": places}
    files: dict[str, bytes] = {}

    def file(kind: str, data: bytes) -> str:
        name, packed = named_file(kind, data)
        files.update(packed)
        return name

    def folder(kind: str, parts: Mapping[str, bytes]) -> str:
        name, packed = named_folder(kind, parts)
        files.update(packed)
        return name

    manifest: dict[str, Any] = {
        "format": FORMAT,
        "lunr": LUNR_VERSION,
        "size": index.size,
        "fields": list(FIELDS.items()),
        "b": B,
        "k1": K1,
        "average": index.average,
        "steps": STEPS[: max(index.steps, default=0) + 1],
        "terms": {"folder": folder("terms", shards), "first": terms},
        "places": {"folder": folder("places", place_files), "fields": PHRASE_FIELDS},
        "texts": {"folder": folder("texts", blocks), "each": each},
        "columns": {"folder": folder("columns", column_files(collection, found))},
        "catalogue": file("catalogue", json_bytes(names_and_texts)),
        "figures": file("figures", figures(collection)),
        "districts": file("districts", json_bytes(district_rows(collection))),
        "words": file("words", lexicon(index)),
        "pages": file("pages", json_bytes(page_list(site, guides))),
    }
    files[MANIFEST] = json_bytes(manifest) + b"\n"
    build = f"{manifest['terms']['folder']} {manifest['texts']['folder']}"  # as `answers.js` tells builds apart
    files[OPENING] = json_bytes(opening(build, collection, found)) + b"\n"
    return {f"{FOLDER}/{name}": data for name, data in files.items()}


def _told(found: Iterable[Document], progress: Progress) -> Iterator[tuple[str, ...]]:
    """Yield the fields of each document, and tell of it."""
    for document in found:
        progress.step()
        yield document.fields
