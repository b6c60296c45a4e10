"""The state of the files that a site is made from: what a server looks at to know that something changed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from build_scripts.disk.read import FOLDERS
from build_scripts.disk.write import generated_paths

WATCHED = (*FOLDERS, "build_scripts", "docs", "overrides")
"""Folders that pages, search and site are made from; beside them stands mkdocs.yml."""

State = tuple[int, int, int]
"""A file's number on the disk, time of change in nanoseconds and size, which tell one state of it from another."""

States = Mapping[str, State]
"""Path to the file's state."""


def inputs(root: Path) -> States:
    """Return the state of every file that the site is made from, by its path below ``root``.

    What a build itself wrote is none of them; names that begin with a dot, and what Python keeps for itself, are passed
    over.
    """
    generated = {f"docs/{path}" for path in generated_paths(root / "docs")}
    paths = {"mkdocs.yml"}
    for watched in WATCHED:
        for place, folders, names in os.walk(root / watched):
            folders[:] = [name for name in folders if not name.startswith(".") and name != "__pycache__"]
            folder = Path(place).relative_to(root).as_posix()
            paths |= {f"{folder}/{name}" for name in names if not name.startswith(".")} - generated
    found = ((path, state_of(root / path)) for path in paths)
    return {path: state for path, state in found if state}


def state_of(file: str | Path) -> State | None:
    """Return the state of a file, None where there is none: it may have been taken away just now."""
    try:
        state = os.stat(file)  # noqa: PTH116 - asked of thousands of files, some of them given as text
    except OSError:
        return None
    return state.st_ino, state.st_mtime_ns, state.st_size


def differing(one: States, other: States) -> set[str]:
    """Return the paths of files that were changed, added or taken away between two states."""
    return {path for path in one.keys() | other.keys() if one.get(path) != other.get(path)}
