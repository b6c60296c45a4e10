"""Draw the rooms and a text's way through them, from the imports themselves: ``docs/assets/images/rooms.svg``.

``make drawing`` writes it; a test says when it has grown old.
"""

from __future__ import annotations

import ast
import re
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping
from html import escape
from itertools import groupby

from tools.rooms import FLOORS, PACKAGE, imports, room_of

DRAWING = PACKAGE.parent / "docs" / "assets" / "images" / "rooms.svg"

WIDTH, BOX, GAP, LEFT, HEIGHT = 760, 136, 11, 18, 112
"""Pixels: the whole, a room, between two rooms, the margin, a room's height."""
TOPS = {"commands": 18, "pipeline": 104, 2: 268, 1: 430, "model": 590}
"""Upper edges of the bars and of the two floors of boxes."""
LEGEND = "Circles: a text’s way. Arrows: imports from the floor below. Every room imports model/."
ORDER = {
    2: ("contribute", "review", "tagging", "check", "pages"),
    1: ("contribute/importers", "disk", "facts", "text", "search"),
}
"""Floor to its rooms from left to right, so that few lines cross."""


def rooms_used() -> Mapping[str, frozenset[str]]:
    """Return each room with the rooms that it imports from."""
    found: dict[str, set[str]] = {room: set() for floor in FLOORS for room in floor}
    for file in PACKAGE.rglob("*.py"):
        own = room_of(".".join(file.relative_to(PACKAGE.parent).with_suffix("").parts))
        if own in found:
            found[own] |= {room_of(name) for _, name in imports(ast.parse(file.read_text("utf-8")))} & found.keys()
    return {room: frozenset(used - {room}) for room, used in found.items()}


def stages() -> tuple[tuple[str, str], ...]:
    """Return the pipeline's stages in order, each with the room that it calls most: ``("parse texts", "text")``."""
    files = sorted((PACKAGE / "pipeline").glob("*.py"))
    body = [node for file in files for node in ast.parse(file.read_text("utf-8")).body]
    home = {
        name.asname or name.name: room_of(node.module)
        for node in body
        if isinstance(node, ast.ImportFrom) and node.module
        for name in node.names
    }
    functions = {node.name: node for node in body if isinstance(node, ast.FunctionDef)}
    lists = {
        node.target.id: node.value
        for node in body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value
    }
    passed = ("", "model", "pipeline")
    found = []
    for name in _listed("STAGES", lists):
        called = Counter(home[word] for word in _names(functions[name]) if home.get(word, "") not in passed)
        found.append((name.replace("_", " "), called.most_common(1)[0][0]))
    return tuple(found)


def _listed(name: str, lists: Mapping[str, ast.expr]) -> Iterator[str]:
    """Yield the functions that a literal list names, those of lists inside it included."""
    found = lists[name]
    for node in found.elts if isinstance(found, ast.Tuple) else ():
        inner = node.value if isinstance(node, ast.Starred) else node
        if isinstance(inner, ast.Name) and inner.id in lists:
            yield from _listed(inner.id, lists)
        elif isinstance(inner, ast.Name):
            yield inner.id


def _names(function: ast.FunctionDef) -> Iterator[str]:
    return (node.id for statement in function.body for node in ast.walk(statement) if isinstance(node, ast.Name))


def way() -> tuple[str, ...]:
    """Return the rooms in the order in which a text comes through them: read, understood, shown, written."""
    return ("disk", *(room for room, _ in groupby(room for _, room in stages())), "disk")


def sentence(room: str) -> str:
    """Return what a room's own docstring says that it is, in one sentence without code marks."""
    file = PACKAGE / f"{room}.py"
    source = file if file.is_file() else PACKAGE / room / "__init__.py"
    said = ast.get_docstring(ast.parse(source.read_text("utf-8"))) or ""
    return re.split(r"\.(?:\s|\Z)", said.replace("`", "").replace("\n", " "), maxsplit=1)[0]


def draw() -> str:
    """Return the drawing as SVG."""
    used, steps, path = rooms_used(), stages(), way()
    numbers: dict[str, list[int]] = {}
    for number, room in enumerate(path, 1):
        numbers.setdefault(room, []).append(number)
    parts = [
        *_lines(used),
        *_bar("commands"),
        *_pipeline(steps),
        *_bar("model"),
    ]
    for floor, names in ORDER.items():
        for place, room in enumerate(names):
            parts += _room(room, LEFT + place * (BOX + GAP), TOPS[floor], BOX, numbers)
    parts.append(f'<text class="small" x="{LEFT + 2}" y="{TOPS["model"] - 20}">{escape(LEGEND)}</text>')
    said = "The rooms of build_scripts on their floors, and a text’s way through them: " + ", ".join(
        f"{number} {room}" for number, room in enumerate(path, 1)
    )
    return _SVG.format(width=WIDTH, height=TOPS["model"] + 86, title=escape(said), body="\n".join(parts))


def _lines(used: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Yield a line for each import from the upper floor of boxes to the lower one."""
    for at, room in enumerate(ORDER[2]):
        for other in sorted(used[room] & set(ORDER[1])):
            x, y = LEFT + at * (BOX + GAP) + BOX // 2, TOPS[2] + HEIGHT
            to = LEFT + ORDER[1].index(other) * (BOX + GAP) + BOX // 2
            yield f'<path class="line" d="M{x} {y}L{to} {TOPS[1] - 7}" marker-end="url(#arrow)"/>'


def _bar(room: str) -> Iterator[str]:
    height = 68
    yield f'<rect class="bar" x="{LEFT}" y="{TOPS[room]}" width="{WIDTH - 2 * LEFT}" height="{height}" rx="6"/>'
    yield f'<text class="name" x="{LEFT + 14}" y="{TOPS[room] + 27}">{room}/</text>'
    yield f'<text x="{LEFT + 14}" y="{TOPS[room] + 49}">{escape(sentence(room))}</text>'


def _pipeline(steps: tuple[tuple[str, str], ...]) -> Iterator[str]:
    """Yield the bar of the pipeline with its stages in order, in two rows."""
    top, half = TOPS["pipeline"], -(-len(steps) // 2)
    yield f'<rect class="bar" x="{LEFT}" y="{top}" width="{WIDTH - 2 * LEFT}" height="134" rx="6"/>'
    yield f'<text class="name" x="{LEFT + 14}" y="{top + 27}">pipeline/</text>'
    said = f"{sentence('pipeline')}, each with the room that it calls most"
    yield f'<text x="{LEFT + 104}" y="{top + 27}">{escape(said)}</text>'
    for place, (stage, room) in enumerate(steps):
        x, y = LEFT + 14 + place % half * (BOX + GAP), top + 52 + place // half * 42
        yield f'<text class="stage" x="{x}" y="{y}">{place + 1}. {escape(stage)}</text>'
        yield f'<text class="small" x="{x}" y="{y + 17}">→ {escape(room)}</text>'


def _room(room: str, x: int, y: int, width: int, numbers: Mapping[str, list[int]]) -> Iterator[str]:
    file = PACKAGE / f"{room}.py"
    label = f"{room}.py" if file.is_file() else f"{room.removeprefix('contribute/')}/"
    yield f'<rect class="room" x="{x}" y="{y}" width="{width}" height="{HEIGHT}" rx="6"/>'
    yield f'<text class="name" x="{x + 11}" y="{y + 23}">{label}</text>'
    for place, number in enumerate(reversed(numbers.get(room, []))):
        centre = x + width - 16 - 24 * place
        yield f'<circle class="step" cx="{centre}" cy="{y + 18}" r="10"/>'
        yield f'<text class="number" x="{centre}" y="{y + 22}">{number}</text>'
    for line, words in enumerate(textwrap.wrap(sentence(room), 19)[:5]):
        yield f'<text class="small" x="{x + 11}" y="{y + 43 + 14 * line}">{escape(words)}</text>'


_SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-labelledby="title">
<title id="title">{title}</title>
<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path \
d="M0 0L8 4L0 8z" fill="#5a6b78"/></marker></defs>
<style>
text {{ font: 13px system-ui, sans-serif; fill: #1b2a33 }}
.name {{ font-size: 16px; font-weight: 600 }}
.small {{ font-size: 11.5px; fill: #43535e }}
.stage {{ font-size: 13px; font-weight: 600 }}
.bar {{ fill: #e8eef2; stroke: #8b9aa5 }}
.room {{ fill: #ffffff; stroke: #5a6b78 }}
.line {{ fill: none; stroke: #5a6b78; stroke-width: 1.4 }}
.step {{ fill: #14506e }}
.number {{ font-size: 12px; font-weight: 600; fill: #ffffff; text-anchor: middle }}
</style>
<rect width="{width}" height="{height}" fill="#f7f9fa" rx="8"/>
{body}
</svg>
"""


def main() -> None:
    """Write the drawing."""
    DRAWING.write_text(draw(), "utf-8")
    print(f"The drawing is in {DRAWING.relative_to(PACKAGE.parent)}")


if __name__ == "__main__":
    main()
