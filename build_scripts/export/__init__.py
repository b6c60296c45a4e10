"""Files that the site offers beside its pages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from build_scripts.collection import Collection
from build_scripts.export.compare import compare_files


def export_files(schemas: Mapping[str, Mapping[str, Any]], collection: Collection) -> dict[str, bytes]:
    """Return path below ``docs/`` to bytes: the JSON Schemas, as ``check`` uses them, and what pages load."""
    of_schemas = {
        f"data/schemas/{name}.schema.json": (json.dumps(schema, indent=2) + "\n").encode("utf-8")
        for name, schema in schemas.items()
    }
    return of_schemas | compare_files(collection)
