"""Who may import whom in build_scripts, and what a stage may not do, read from the source itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "build_scripts"

# A module imports from lines above its own, never from its own line or below. A folder counts as one module.
LAYERS = (
    ("model", "problems"),  # what travels: these know nothing of ours
    ("read", "write", "serve", "importers"),  # edges: they know only what travels
    ("phrases", "yamltext", "github"),
    ("vocabulary", "schemas", "clean", "csvtext"),
    ("paragraphs", "reports", "authorities", "scores", "forms", "listing"),
    ("header", "passages"),
    ("parse", "tag", "check"),
    ("accuracy", "redirects"),
    ("collection",),
    ("changes", "successors"),
    ("recognise",),
    ("draft",),
    ("render", "explain"),
    ("index", "export"),
    ("pipeline",),
    ("upkeep",),  # commands of their own
    ("add", "receive", "watch"),
    ("cli",),
    ("__main__",),
)

# The only modules that touch the disk, the screen, the clock, the environment or another program.
EDGES = {"read", "write", "serve", "importers", "upkeep", "add", "receive", "watch", "cli", "__main__"}

# What all other modules may import besides ours: nothing here reaches outside of the program.
PURE_IMPORTS = {
    *("__future__", "abc", "array", "base64", "bisect", "collections", "csv", "dataclasses", "datetime", "difflib"),
    *("enum", "fractions", "functools", "gzip", "hashlib", "heapq", "html", "io", "itertools", "json", "math"),
    *("operator", "posixpath", "re", "statistics", "string", "struct", "textwrap", "types", "typing", "unicodedata"),
    *("urllib.parse", "zlib"),
    *("jinja2", "jsonschema", "lunr", "markdown_it", "markupsafe", "yaml"),
}
IMPURE_CALLS = {"breakpoint", "eval", "exec", "exit", "input", "open", "print", "quit", "__import__"}
IMPURE_METHODS = {
    *("now", "today", "utcnow"),  # of datetime and date: the clock
    *("open", "read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "glob", "rglob"),  # of Path: the disk
}

LEVEL = {module: level for level, modules in enumerate(LAYERS) for module in modules}
FILES = sorted(PACKAGE.rglob("*.py"))


def module_of(file: Path) -> str:
    """The module that a file belongs to: ``render`` for all of ``render/``."""
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and full name of everything that is imported."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: write imports in full, from build_scripts on"
            if node.module == "build_scripts":
                yield from ((node.lineno, f"build_scripts.{name.name}") for name in node.names)
            else:
                yield node.lineno, node.module or ""


def ours(name: str) -> str | None:
    """The module of ours that an import names; None for the package itself and for what is not ours."""
    parts = name.split(".")
    return parts[1] if parts[0] == "build_scripts" and len(parts) > 1 and parts[1] in LEVEL else None


def each_file() -> pytest.MarkDecorator:
    """One case for each source file but the package's own ``__init__.py``, which holds the version only."""
    files = [file for file in FILES if file != PACKAGE / "__init__.py"]
    return pytest.mark.parametrize("file", files, ids=[str(file.relative_to(PACKAGE)) for file in files])


@each_file()
def test_module_has_a_layer(file: Path) -> None:
    """Every module stands in the table of layers, so that a new one is placed on purpose."""
    module = module_of(file)
    assert module in LEVEL, f"add {module!r} to LAYERS in tests/house/test_layers.py, on the line where it belongs"


@each_file()
def test_imports_point_up(file: Path) -> None:
    """A module imports only from earlier layers."""
    module = module_of(file)
    wrong = [
        f"{file.name}:{line}: {module} may not import {other} (LAYERS in tests/house/test_layers.py)"
        for line, name in imports(ast.parse(file.read_text("utf-8")))
        if (other := ours(name)) and other != module and LEVEL[other] >= LEVEL.get(module, 0)
    ]
    assert not wrong, "\n".join(wrong)


@each_file()
def test_stages_do_not_import_edges(file: Path) -> None:
    """What computes knows nothing of what reads, writes or serves."""
    if module_of(file) in EDGES:
        return
    wrong = [
        f"{file.name}:{line}: {name} is an edge; only edges import it"
        for line, name in imports(ast.parse(file.read_text("utf-8")))
        if ours(name) in EDGES
    ]
    assert not wrong, "\n".join(wrong)


@each_file()
def test_stages_are_pure(file: Path) -> None:
    """A stage never prints, opens files, reads the clock or the environment, or starts a program."""
    if module_of(file) in EDGES:
        return
    wrong = [f"{file.name}:{line}: {what}" for line, what in impurities(ast.parse(file.read_text("utf-8")))]
    assert not wrong, "\n".join([*wrong, "do this in an edge (cli.py, read.py, write.py, serve.py) and pass the value"])


def impurities(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and description of everything that reaches outside of the program."""
    for line, name in imports(tree):
        allowed = name in PURE_IMPORTS or name.partition(".")[0] in PURE_IMPORTS | {"build_scripts"}
        if not allowed:
            yield line, f"imports {name} (if that is harmless, add it to PURE_IMPORTS in tests/house/test_layers.py)"
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id in IMPURE_CALLS:
            yield node.lineno, f"calls {node.func.id}()"
        elif isinstance(node.func, ast.Attribute) and node.func.attr in IMPURE_METHODS:
            yield node.lineno, f"calls .{node.func.attr}()"


@pytest.mark.parametrize(
    "source",
    [
        "print('x')",
        "open('x')",
        "import os",
        "import subprocess",
        "from time import time",
        "from pathlib import Path",
        "path.read_text()",
        "datetime.now()",
    ],
)
def test_impurity_is_seen(source: str) -> None:
    """The reader of sources sees each way out of the program."""
    assert list(impurities(ast.parse(source)))


def test_table_names_each_module_once() -> None:
    """No module stands on two lines of the table."""
    names = [module for modules in LAYERS for module in modules]
    assert len(names) == len(set(names))
