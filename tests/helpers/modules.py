"""The browser's modules, and which of them names which."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SCRIPTS = "docs/assets/javascripts"

DOORS = {("every-page/site.js", "search/page/box.js"), ("search/page/client.js", "search/engine/start.js")}
"""The two ways into another room: from one module to one other, by ``import()``, when somebody needs it."""

_COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", re.DOTALL)
_NAMED = re.compile(r"""\b(?:from|import)\s*(\()?\s*["']([^"']+)["']""")


@dataclass(frozen=True)
class Import:
    """One place where a module names another."""

    module: str
    """Path below the folder of the scripts."""
    target: str
    """The same of the other; what is elsewhere begins with ``../``, or has no folder."""
    late: bool
    """Whether it is only asked for when it is needed, by ``import()``."""
    type_only: bool
    """Whether a comment names it, for its types."""


def imports(module: str, text: str) -> Iterator[Import]:
    """Yield what a module imports, and of what it takes the types."""
    code = _COMMENT.sub("", text)
    for part, type_only in ((code, False), ("\n".join(_COMMENT.findall(text)), True)):
        for called, written in _NAMED.findall(part):
            inside = written.startswith(".")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(module), written)) if inside else written
            yield Import(module, target, bool(called) and not type_only, type_only)


def code_of(text: str) -> str:
    """Return a module without its comments."""
    return _COMMENT.sub("", text)


def all_modules(root: Path) -> dict[str, str]:
    """Return each module of a project, path below the folder of the scripts to its text."""
    folder = root / SCRIPTS
    return {file.relative_to(folder).as_posix(): file.read_text("utf-8") for file in sorted(folder.rglob("*.js"))}
