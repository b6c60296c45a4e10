"""Files that the site offers beside its pages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def export_files(schemas: Mapping[str, Mapping[str, Any]]) -> dict[str, bytes]:
    """Return path below ``docs/`` to bytes: the JSON Schemas of the data files, as ``check`` uses them."""
    return {
        f"data/schemas/{name}.schema.json": (json.dumps(schema, indent=2) + "\n").encode("utf-8")
        for name, schema in schemas.items()
    }
