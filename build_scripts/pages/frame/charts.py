"""Draw numbers as inline SVG: each chart stands beside a table or a sentence that says the same.

Pure functions from numbers to ``Markup``. Positions are shares of the width and letters have the page's own size, so
that a chart is as legible on a phone as on paper; colours come from classes (``charts.css``), so that both schemes and
print have theirs. No style attributes: a strict content security policy forbids them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from build_scripts.pages.frame.markdown import escape

_LABEL = 24
"""Height of the row that names the authority, in px."""
_TALLEST = 112
_UNIT = 16
"""Height of the tallest bar, and of one authority in a bar, at most, in px."""
_COUNTABLE = 40
"""Pieces of a bar that anybody would count; the highest bar of 81 reports has 16. Each costs a line on every page."""
_STACK = 22
"""Height of a bar of several scores, in px."""
_ROOM = 0.08
"""Share of such a bar that is wide enough for a digit on the narrowest phone."""
_AXIS = 58
"""Height of what stands below the bars, in px."""


@dataclass(frozen=True, slots=True)
class Band:
    """A rating on the axis of points."""

    name: str
    lowest: int
    highest: int
    """Both in points, included."""


def _share(part: float, whole: float) -> str:
    return f"{100 * part / whole:.4g}%"


def bar(part: int, whole: int, score: int | None = None) -> Markup:
    """Return a bar as long as ``part`` is of ``whole``, in the colour of a score where one is given.

    It is decoration for the number beside it, and hidden from those who do not see it.
    """
    kind = f' class="fill-{score:d}"' if score else ""
    length = _share(part, whole) if whole else "0%"
    return Markup(  # noqa: S704 - made of numbers only
        f'<svg class="bar" aria-hidden="true"><rect{kind} width="{length}" height="100%"/></svg>'
    )


def stack(counts: Mapping[int, int]) -> Markup:
    """Return one bar with a piece for each score that anybody has, lowest first, as long as its share of all.

    A piece has its score as a digit where there is room for one; the numbers stand beside the bar, which is hidden from
    those who do not see it.
    """
    whole = sum(counts.values())
    parts, before = [], 0
    for score in sorted(counts):
        number = counts[score]
        if not number:
            continue
        parts.append(_rect(f"fill-{score:d}", x=_share(before, whole), width=_share(number, whole), height="100%"))
        if number / whole >= _ROOM:
            parts.append(_text(f"on-{score:d}", _share(before + number / 2, whole), _STACK // 2 + 5, str(score)))
        before += number
    return Markup('<svg class="stack" aria-hidden="true" height="{}">{}</svg>').format(_STACK, Markup("").join(parts))


def score_cells(counts: Mapping[int, int], own: int | None = None, whose: str = "") -> Markup:
    """Return a table cell for each score, lowest first: how many have it, and their share of all as a bar.

    The cell of the score ``own`` has a frame, and says in words whose score it is: ``whose``.
    """
    whole = sum(counts.values())
    cells = []
    for score in sorted(counts):
        framed = ' class="own"' if score == own else ""
        said = f'<span class="visually-hidden">, with {escape(whose)}</span>' if framed else ""
        cells.append(f"<td{framed}><b>{counts[score]}</b>{said}{bar(counts[score], whole, score)}</td>")
    return Markup("".join(cells))  # noqa: S704 - made of our own words and numbers, and escaped


def totals_chart(
    counts: Mapping[int, int], bands: Sequence[Band], label: str, own: int | None = None, whose: str = ""
) -> Markup:
    """Return a chart of how many authorities have each sum of points, over the ratings that the sums give.

    ``bands`` are the ratings from the worst to the best, without a gap; ``label`` says what the chart shows and where
    the same numbers stand as text. ``own`` is the sum of the authority called ``whose``, one of those counted.
    """
    lowest, columns = bands[0].lowest, bands[-1].highest - bands[0].lowest + 1
    most = max(counts.values(), default=1)
    unit = max(4, min(_UNIT, _TALLEST // most))
    top = _LABEL + 16
    base = top + unit * most

    def left(total: float) -> str:
        return _share(total - lowest, columns)

    parts = [*_band_marks(bands, left, columns, base)]
    for total, number in sorted(counts.items()):
        if not number:
            continue
        at = {"x": left(total + 0.1), "width": _share(0.8, columns)}
        parts.append(_rect("others", y=base - unit * number, height=unit * number, **at))
        if total == own:
            parts.append(_rect("own", y=base - unit * number, height=unit, **at))
        parts.append(_text("count", left(total + 0.5), base - unit * number - 4, str(number)))
    if most <= _COUNTABLE:  # lines in the colour of the paper cut the bars into one piece an authority
        parts += [_line("cut", "0", "100%", base - unit * step, base - unit * step) for step in range(1, most)]
    if own is not None:
        parts += _own_mark(f"{whose}: {own}", (own + 0.5 - lowest) / columns, base - unit * counts[own] - 18)
    drawn = Markup("").join(parts)
    return Markup('<svg class="totals" role="img" aria-label="{}" height="{}">{}</svg>').format(
        escape(label), base + _AXIS, drawn
    )


def points_line(bands: Sequence[Band], own: int, words: str, label: str) -> Markup:
    """Return a line from the lowest sum of points to the highest with the ratings they give, and one's own on it.

    ``bands`` are the ratings from the worst to the best, without a gap; ``words`` stand at one's own sum, and ``label``
    says in words what the line shows.
    """
    lowest, columns = bands[0].lowest, bands[-1].highest - bands[0].lowest + 1
    base = _LABEL + 4
    drawn = [
        *_band_marks(bands, lambda total: _share(total - lowest, columns), columns, base),
        *_own_mark(words, (own + 0.5 - lowest) / columns, base + 9),
    ]
    return Markup('<svg class="totals line" role="img" aria-label="{}" height="{}">{}</svg>').format(
        escape(label), base + _AXIS, Markup("").join(drawn)
    )


def _own_mark(words: str, place: float, above_bar: int) -> list[Markup]:
    """Return the words above one's own bar, turned to where there is room, and the line down to it."""
    anchor = "start" if place < 0.4 else "end" if place > 0.6 else "middle"
    at = f"{100 * place:.4g}%"
    return [_text(f"mine {anchor}", at, 14, words), _line("leader", at, at, _LABEL - 6, max(_LABEL - 4, above_bar))]


def _band_marks(bands: Sequence[Band], left: Callable[[float], str], columns: int, base: int) -> list[Markup]:
    """Return the strip of ratings below the bars, with the points where each starts and its name in up to two lines."""
    parts = []
    for place, band in enumerate(bands):
        last = place == len(bands) - 1
        width = _share(band.highest - band.lowest + 1, columns)
        slug = band.name.lower().replace(" ", "-")
        parts.append(_rect(f"band band-{slug}", x=left(band.lowest), y=base + 1, width=width, height=7))
        if place:
            parts.append(_line("start", left(band.lowest), left(band.lowest), _LABEL, base + 12))
        anchor = "start" if place == 0 else "end" if last else "middle"
        middle = (band.lowest + band.highest + 1) / 2
        at = left(band.lowest) if place == 0 else "100%" if last else left(middle)
        for line, word in enumerate(band.name.split(" ", 1)):
            parts.append(_text(f"name {anchor}{' under' if line else ''}", at, base + 38 + 14 * line, word))
        parts.append(
            _text(f"tick {'start' if place == 0 else 'middle'}", left(band.lowest), base + 23, str(band.lowest))
        )
    parts.append(_text("tick end", "100%", base + 23, str(bands[-1].highest)))
    return parts


def _rect(kind: str, **at: int | str) -> Markup:
    attributes = "".join(f' {name}="{value}"' for name, value in at.items())
    return Markup(f'<rect class="{escape(kind)}"{attributes}/>')  # noqa: S704 - numbers, and words escaped


def _line(kind: str, x1: str, x2: str, y1: int, y2: int) -> Markup:
    return Markup(f'<line class="{escape(kind)}" x1="{x1}" x2="{x2}" y1="{y1}" y2="{y2}"/>')  # noqa: S704 - the same


def _text(kind: str, x: str, y: int, words: str) -> Markup:
    return Markup(f'<text class="{escape(kind)}" x="{x}" y="{y}">{escape(words)}</text>')  # noqa: S704 - the same
