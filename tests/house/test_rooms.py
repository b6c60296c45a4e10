"""The rule of the house: only ``disk/``, ``contribute/importers/`` and ``commands/`` touch the world; a room imports
from floors below its own. Read from the source itself.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.drawing import DRAWING, draw, way
from tools.rooms import FLOORS, PACKAGE, WORLDLY, imports, room_of

# What all other rooms may import besides ours: nothing here reaches outside of the program.
PURE_IMPORTS = {
    *("__future__", "abc", "array", "base64", "bisect", "collections", "contextlib", "csv", "dataclasses", "datetime"),
    *("difflib", "enum", "fractions", "functools", "gzip", "hashlib", "heapq", "html", "io", "itertools", "json"),
    *("math", "operator", "posixpath", "re", "statistics", "string", "struct", "textwrap", "types", "typing"),
    *("unicodedata", "urllib.parse", "zlib"),
    *("dateutil.parser", "jinja2", "jsonschema", "lunr", "markdown", "markdown_it", "markupsafe", "yaml"),
}
IMPURE_CALLS = {"breakpoint", "eval", "exec", "exit", "input", "open", "print", "quit", "__import__"}
IMPURE_METHODS = {
    *("now", "today", "utcnow"),  # of datetime and date: the clock
    *("open", "read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "glob", "rglob"),  # of Path: the disk
}

FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
FILES = sorted(file for file in PACKAGE.rglob("*.py") if file != PACKAGE / "__init__.py")


def each_file() -> pytest.MarkDecorator:
    """One case for each source file but the package's own ``__init__.py``, which holds the version only."""
    return pytest.mark.parametrize("file", FILES, ids=[str(file.relative_to(PACKAGE)) for file in FILES])


def module_name(file: Path) -> str:
    """The name by which a file is imported."""
    return ".".join(file.relative_to(PACKAGE.parent).with_suffix("").parts)


@each_file()
def test_file_lies_in_a_room(file: Path) -> None:
    """Every file lies in a room that the house has, so that a new room is built on purpose."""
    assert room_of(module_name(file)) in FLOOR, "put it into a room, or add the room to FLOORS in tools/rooms.py"


@each_file()
def test_imports_come_from_below(file: Path) -> None:
    """A room imports from floors below its own, and nothing from a neighbour on its floor."""
    room = room_of(module_name(file))
    wrong = [
        f"{file.name}:{line}: {room} may not import {other} (FLOORS in tools/rooms.py)"
        for line, name in imports(ast.parse(file.read_text("utf-8")))
        if (other := room_of(name)) and other != room and FLOOR.get(other, -1) >= FLOOR[room]
    ]
    assert not wrong, "\n".join(wrong)


@each_file()
def test_only_three_rooms_touch_the_world(file: Path) -> None:
    """In any other room nothing prints, opens files, reads the clock or the environment, or starts a program."""
    if room_of(module_name(file)) in WORLDLY:
        return
    wrong = [f"{file.name}:{line}: {what}" for line, what in impurities(ast.parse(file.read_text("utf-8")))]
    assert not wrong, "\n".join([*wrong, f"do this in {', '.join(sorted(WORLDLY))} and pass the value"])


def impurities(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and description of everything that reaches outside of the program."""
    for line, name in imports(tree):
        if room_of(name) in WORLDLY:
            yield line, f"imports {name}, which touches the world"
        elif not (name in PURE_IMPORTS or name.partition(".")[0] in PURE_IMPORTS | {PACKAGE.name}):
            yield line, f"imports {name} (if that is harmless, add it to PURE_IMPORTS in tests/house/test_rooms.py)"
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
        "from build_scripts.disk.read import read_sources",
        "path.read_text()",
        "datetime.now()",
    ],
)
def test_impurity_is_seen(source: str) -> None:
    """The reader of sources sees each way out of the program."""
    assert list(impurities(ast.parse(source)))


@pytest.mark.parametrize("room", [room for rooms in FLOORS for room in rooms if (PACKAGE / room).is_dir()])
def test_room_says_what_goes_in_and_out(room: str) -> None:
    """Each room's own docstring says what the room is for, what comes in and what goes out."""
    said = ast.get_docstring(ast.parse((PACKAGE / room / "__init__.py").read_text("utf-8"))) or ""
    assert said.splitlines()[0].endswith((".", ":")), said
    assert room == "commands" or ("In: " in said and "Out: " in said), said


def test_rooms_are_named_once() -> None:
    """No room stands on two floors, and each one of the table is there."""
    names = [room for rooms in FLOORS for room in rooms]
    assert len(names) == len(set(names))
    assert all((PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").is_file() for name in names)


def test_drawing_is_of_these_rooms() -> None:
    """The drawing on the design page is the one that the imports of today make; it shows each room and every step."""
    drawn = draw()
    assert DRAWING.read_text("utf-8") == drawn, "run 'make drawing'"
    for rooms in FLOORS[:-1]:
        for room in rooms:
            name = f"{room}.py" if (PACKAGE / f"{room}.py").is_file() else f"{room.removeprefix('contribute/')}/"
            assert f">{name}<" in drawn
    assert way()[0] == way()[-1] == "disk"
    assert all(f">{number}<" in drawn for number in range(1, len(way()) + 1))
