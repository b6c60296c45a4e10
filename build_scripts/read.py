"""Read contributed files from disk. The only module that does, beside the command line's own edges."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from build_scripts.model import SourceFile
from build_scripts.problems import Problem

LARGEST = 2_000_000
"""Bytes: some 200 times the longest statement page that CQC has published."""

FOLDERS = ("data", "tests/gold")
"""Where contributed files lie, below the project's root."""

SCHEMAS = ("framework", "themes", "voices", "report", "gold")


def read_sources(root: Path) -> tuple[dict[str, SourceFile], tuple[Problem, ...]]:
    """Return every contributed file below ``root`` by its path, with problems EV107 for those not read."""
    sources: dict[str, SourceFile] = {}
    problems: list[Problem] = []
    for folder in FOLDERS:
        for file in sorted((root / folder).rglob("*")):
            path = file.relative_to(root).as_posix()
            if file.is_symlink():
                problems.append(Problem(path, 1, "EV107", "the file is a link", "put the file itself there"))
            elif file.is_file() and not file.name.startswith("."):
                size = file.stat().st_size
                if size > LARGEST:
                    what = f"the file has {size:,} bytes; at most {LARGEST:,} are read"
                    mend = "paste the text of one statement page only"
                    problems.append(Problem(path, 1, "EV107", what, mend))
                else:
                    sources[path] = SourceFile(path, file.read_bytes())
    return sources, tuple(problems)


def read_schemas() -> Mapping[str, Mapping[str, Any]]:
    """Return the JSON Schemas of the YAML files by name."""
    folder = resources.files("build_scripts") / "schemas"
    return {name: json.loads((folder / f"{name}.schema.json").read_text("utf-8")) for name in SCHEMAS}
