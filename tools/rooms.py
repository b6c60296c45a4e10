"""The rooms of ``build_scripts/``: which there are, on which floor each lies, who imports whom.

``tests/house/test_rooms.py`` holds the code to it, and ``tools/drawing.py`` draws it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "build_scripts"

FLOORS = (
    ("model",),  # what travels between the rooms
    ("facts", "text", "search", "disk", "contribute/importers"),  # each turns one kind of thing into values, or back
    ("tagging", "contribute", "review", "pages", "check"),  # what is made of these values
    ("pipeline",),  # the stages in order
    ("commands",),  # the doors
    ("__main__",),
)
"""From the ground up: a room imports from floors below its own. ``check`` is a room of one file."""

WORLDLY = frozenset({"disk", "contribute/importers", "commands", "__main__"})
"""The only rooms that touch the disk, the screen, the clock, the environment, the network or another program."""


def room_of(module: str) -> str:
    """Return the room that a module lies in: ``pages`` for ``build_scripts.pages.frame.site``.

    It is empty for the package itself and for whatever is not ours.
    """
    parts = module.split(".")
    if parts[0] != PACKAGE.name or len(parts) == 1:
        return ""
    inner = "/".join(parts[1:3])
    return inner if any(inner in rooms for rooms in FLOORS) else parts[1]


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield line and full name of every module that is imported; raise ``ValueError`` for a relative import."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                raise ValueError(f"line {node.lineno}: write imports in full, from {PACKAGE.name} on")
            if node.module == PACKAGE.name:
                yield from ((node.lineno, f"{PACKAGE.name}.{name.name}") for name in node.names)
            else:
                yield node.lineno, node.module or ""
