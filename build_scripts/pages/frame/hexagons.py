"""Draw England as inline SVG: a hexagon for each council, which is a link, with a letter or number in it.

Pure functions from cells to ``Markup``. A hexagon's colour comes from its class (``hexagons.css``), so that both
schemes, print and forced colours have theirs; its sign says the same as the colour, its title says it in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from build_scripts.pages.frame.markdown import escape

WIDE, HIGH = 20, 17
"""From one hexagon to the next in a row, and from one row to the next, in the drawing's units."""

_SHAPE = "M0-11 9.5-5.5V5.5L0 11-9.5 5.5V-5.5z"
"""A hexagon that stands on a corner, around its middle."""


@dataclass(frozen=True, slots=True)
class Hexagon:
    """A council in the map."""

    cell: tuple[int, int]
    """Column from the west and row from the north, both from 0; rows of odd number stand half a cell further east."""
    href: str
    said: str
    """Its name and what the map shows of it, in words."""
    sign: str = ""
    """The letter or number in it; empty where there is nothing to show."""
    kind: str = ""
    """Class that gives the colour, without which it is an outline."""
    data: str = ""
    """What a script may show instead, told in ``data-shows``."""


def hexagon_map(hexagons: Sequence[Hexagon], label: str, rest: Iterable[tuple[int, int]] = ()) -> Markup:
    """Return the map of these councils; ``rest`` are the cells of others, which are drawn without words or links.

    ``label`` says in words what the map shows and where the same can be read. Links come in the order given.
    """
    others = [_middle(cell) for cell in rest]
    middles = [*(_middle(each.cell) for each in hexagons), *others]
    left, right = min(x for x, _ in middles) - 11, max(x for x, _ in middles) + 11
    top, bottom = min(y for _, y in middles) - 12, max(y for _, y in middles) + 12
    drawn = [
        Markup('<svg class="hexagons" viewBox="{} {} {} {}" role="group" aria-label="{}">').format(
            left, top, right - left, bottom - top, escape(label)
        ),
        Markup('<defs><path id="hexagon" d="{}"/></defs>').format(_SHAPE),
    ]
    if others:  # small marks, all in one path: most of England is not named on a council's page
        path = "".join(f"M{x} {y}h0" for x, y in others)
        drawn.append(Markup('<path class="rest" d="{}"/>').format(path))
    drawn += map(_drawn, hexagons)
    return Markup("").join([*drawn, Markup("</svg>")])


def _middle(cell: tuple[int, int]) -> tuple[int, int]:
    column, row = cell
    return WIDE * column + (WIDE // 2) * (row % 2), HIGH * row


def _drawn(hexagon: Hexagon) -> Markup:
    x, y = _middle(hexagon.cell)
    kind = f' class="{escape(hexagon.kind)}"' if hexagon.kind else ""
    data = f' data-shows="{escape(hexagon.data)}"' if hexagon.data else ""
    return Markup(  # noqa: S704 - made of our own words and numbers, and escaped
        f'<a href="{escape(hexagon.href)}"{kind}{data}><title>{escape(hexagon.said)}</title>'
        f'<use href="#hexagon" x="{x}" y="{y}"/><text x="{x}" y="{y + 4}">{escape(hexagon.sign)}</text></a>'
    )
