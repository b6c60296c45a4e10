"""Charts: what they draw is what they are given, and nothing in them is markup but their own."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from build_scripts.pages.frame.charts import Band, bar, points_line, score_cells, totals_chart
from build_scripts.pages.frame.markdown import plain

BANDS = [Band("Poor", 9, 13), Band("Needs work", 14, 22), Band("Fine", 23, 31), Band("Best", 32, 36)]
HOSTILE = 'O\'Neill & <b>Sons</b>" onload="x'


def drawn(markup: str) -> list[ElementTree.Element]:
    """The elements of a chart or of cells, read as XML."""
    return list(ElementTree.fromstring(f"<all>{markup}</all>").iter())  # noqa: S314 - made here


def percent(value: str) -> float:
    assert value.endswith("%")
    return float(value[:-1])


@pytest.mark.parametrize(("part", "whole", "length"), [(0, 5, 0), (5, 5, 100), (1, 8, 12.5), (2, 3, 66.67), (0, 0, 0)])
def test_a_bar_is_as_long_as_its_share(part: int, whole: int, length: float) -> None:
    """A bar's length is its part of the whole; of nobody, nothing is drawn and nothing is divided by."""
    (rect,) = [each for each in drawn(bar(part, whole, 2)) if each.tag == "rect"]

    assert percent(rect.attrib["width"]) == length
    assert rect.attrib["class"] == "fill-2"
    assert 'aria-hidden="true"' in bar(part, whole)


def test_cells_count_and_frame_one() -> None:
    """There is a cell for each score, the lowest first, with its number; the own one says whose it is."""
    cells = [each for each in drawn(score_cells({4: 0, 3: 5, 2: 12, 1: 1}, 2, HOSTILE)) if each.tag == "td"]

    assert [cell.findtext("b") for cell in cells] == ["1", "12", "5", "0"]
    assert [cell.get("class") for cell in cells] == [None, "own", None, None]
    assert [percent(cell.find("svg/rect").attrib["width"]) for cell in cells] == pytest.approx(  # type: ignore[union-attr]
        [100 / 18, 1200 / 18, 500 / 18, 0], rel=1e-3
    )
    assert cells[1].findtext("span") == f", with {HOSTILE}"
    assert "own" not in score_cells({1: 0, 2: 1})


@given(st.dictionaries(st.integers(9, 36), st.integers(1, 40), min_size=1), st.data())
def test_a_chart_of_points_draws_each_number(counts: dict[int, int], data: st.DataObject) -> None:
    """Each sum has one bar in its place, as high as its number, which stands above it; nothing leaves the picture."""
    own = data.draw(st.sampled_from(sorted(counts)))
    elements = drawn(totals_chart(counts, BANDS, "A chart", own, "Anytown"))
    height = int(elements[1].attrib["height"])
    bars = [each for each in elements if each.get("class") == "others"]
    marks = [each.text for each in elements if each.get("class") == "count"]

    unit = int(bars[0].attrib["height"]) // counts[min(counts)]
    assert [int(each.attrib["height"]) for each in bars] == [unit * counts[total] for total in sorted(counts)]
    assert [percent(each.attrib["x"]) for each in bars] == pytest.approx(
        [100 * (total + 0.1 - 9) / 28 for total in sorted(counts)], abs=0.02
    )
    assert marks == [str(counts[total]) for total in sorted(counts)]
    assert len([each for each in elements if each.get("class") == "own"]) == 1
    assert f"Anytown: {own}" in [each.text for each in elements]
    for each in elements:
        for name in ("y", "y1", "y2"):
            assert 0 <= int(each.get(name, 0)) <= height
        for name in ("x", "x1", "x2"):
            assert 0 <= percent(each.get(name, "0%").replace("%", "") + "%") <= 100


@pytest.mark.parametrize(("number", "cuts"), [(1, 0), (40, 39), (41, 0), (1_000, 0)])
def test_a_bar_is_cut_into_pieces_while_they_can_be_counted(number: int, cuts: int) -> None:
    """Every authority is a piece of its bar, but for bars so high that nobody counts: a chart is never a long file."""
    chart = totals_chart({20: number}, BANDS, "A chart")
    assert chart.count('class="cut"') == cuts
    assert len(chart) < 5_000


def test_a_chart_names_its_ratings_and_where_they_start() -> None:
    """Every rating is named below its part of the axis, with the points that it starts at, and the most there are."""
    elements = drawn(totals_chart({20: 2}, BANDS, "A chart"))
    texts = {
        kind: [each.text for each in elements if kind in each.get("class", "").split()] for kind in ("name", "tick")
    }

    assert texts["name"] == ["Poor", "Needs", "work", "Fine", "Best"]
    assert texts["tick"] == ["9", "14", "23", "32", "36"]
    widths = [percent(each.attrib["width"]) for each in elements if "band" in each.get("class", "").split()]
    assert sum(widths) == pytest.approx(100, abs=0.05)


def test_without_an_own_sum_nothing_is_marked() -> None:
    """A chart for an authority that is not among the counted marks none, and says the same of the others."""
    chart = totals_chart({20: 2}, BANDS, "A chart")

    assert not re.search(r"own|mine|leader", chart)
    assert totals_chart({}, BANDS, "None")


@given(st.text(), st.booleans())
@example(HOSTILE, False)
@example('Bad"><script src=//x></script><i class="', True)
def test_names_are_words_and_nothing_else(name: str, is_line: bool) -> None:
    """A name of a council or a rating opens no element or attribute, whatever signs it has; it is shown in letters."""
    bands = [Band(name, 9, 20), *BANDS[2:]]
    chart = points_line(bands, 20, name, name) if is_line else totals_chart({20: 2}, bands, name, 20, name)
    elements = drawn(chart)

    assert {each.tag for each in elements} == {"all", "svg", "rect", "line", "text"}
    ours = {"class", "role", "aria-label", "height", "width", "x", "y", "x1", "x2", "y1", "y2"}
    assert {attribute for each in elements for attribute in each.attrib} <= ours
    assert elements[1].attrib["aria-label"] == plain(name)
    assert plain(name if is_line else f"{name}: 20") in [each.text or "" for each in elements if each.tag == "text"]
