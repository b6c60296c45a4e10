"""Files that the site offers beside its pages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from build_scripts.model.collection import Collection
from build_scripts.pages.compare_data import compare_files
from build_scripts.pages.tables import table_files


def export_files(schemas: Mapping[str, Mapping[str, Any]], collection: Collection) -> dict[str, bytes]:
    """Return path below ``docs/`` to bytes: the JSON Schemas that ``check`` uses, what pages load, tables, all ids."""
    of_schemas = {
        f"data/schemas/{name}.schema.json": (json.dumps(schema, indent=2) + "\n").encode("utf-8")
        for name, schema in schemas.items()
    }
    ids = {"data/passage-ids.txt": _passage_ids(collection)}
    return of_schemas | compare_files(collection) | table_files(collection) | ids


def _passage_ids(collection: Collection) -> bytes:
    """Return every id that a link may lead to, one a line: what ``evidence check --base`` reads."""
    texts = collection.by_text.values()  # those withdrawn too: links to them are kept
    ids = {finding.id for text in texts for finding in text} | {each.retired for each in collection.redirects}
    return "".join(f"{id}\n" for id in sorted(ids)).encode("utf-8")
