"""Places of councils in the map of England: read strictly, all or none, and drawn where they are."""

from __future__ import annotations

import re

import pytest

from build_scripts.disk.read import read_sources
from build_scripts.facts.authorities import read_authorities
from build_scripts.facts.tiles import TILES, place_authorities
from build_scripts.model.evidence import Authority, SourceFile
from build_scripts.pages.frame.hexagons import Hexagon, hexagon_map
from tests.helpers.projects import ROOT

COUNCILS = [Authority(slug, slug.title(), slug.title(), "", "", "") for slug in ("anytown", "othershire")]
WELL = "authority,column,row\nanytown,3,4\nothershire,3,5\n"


def placed(text: str) -> tuple[list[tuple[int, int] | None], list[str]]:
    """Return the places of the two councils, and the problems as ``line code what: mend``."""
    authorities, problems = place_authorities(COUNCILS, SourceFile(TILES, text.encode()))
    said = [f"{each.line} {each.code} {each.what}: {each.mend}" for each in problems]
    return [each.cell for each in authorities], said


def test_each_council_has_its_place() -> None:
    """Column and row are read for each council of the table."""
    assert placed(WELL) == ([(3, 4), (3, 5)], [])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (WELL.replace("anytown", "anytwon"), "2 EV301 unknown authority 'anytwon': did you mean 'anytown'? use a slug"),
        (
            WELL.replace("3,4", "3,-4"),
            "2 EV207 column and row must be whole numbers below 100 (got '3,-4'): count",
        ),
        (WELL.replace("3,4", f"{'9' * 5000},4"), "2 EV207 column and row must be whole numbers below 100 (got"),
        (WELL.replace("3,4", "3,400"), "2 EV207 column and row must be whole numbers below 100 (got '3,400')"),
        (WELL.replace("3,5", "3,4"), "3 EV304 the place 3,4 stands in line 2 too: keep one of the two rows"),
        (f"{WELL}anytown,1,1\n", "4 EV304 'anytown' stands in line 2 too: keep one of the two rows"),
        (
            WELL.partition("other")[0],
            "1 EV205 no row for 'othershire': add its column and row, in a place",
        ),
        (WELL.replace("row", "line"), "1 EV209 the columns are 'authority,column,line'"),
    ],
)
def test_what_is_wrong_with_the_places_is_said(text: str, problem: str) -> None:
    """A row that cannot be drawn, or is missing, is told with its line, and then no council has a place."""
    cells, problems = placed(text)
    assert cells == [None, None]
    assert any(each.startswith(problem) for each in problems), problems


def test_all_of_england_is_in_the_map() -> None:
    """Each of the 153 councils has a place of its own."""
    sources, _ = read_sources(ROOT)
    authorities, _ = read_authorities(sources["data/authorities.csv"])
    placed_ones, problems = place_authorities(authorities, sources[TILES])
    assert problems == ()
    assert len({each.cell for each in placed_ones}) == len(placed_ones) == 153


def test_a_hexagon_is_a_link_with_a_name_and_a_sign() -> None:
    """Words are escaped; the drawing has room around every hexagon; odd rows stand further east."""
    hostile = Hexagon((0, 0), "../anytown/", 'Any"town & <b>: Good', "G", "s3", "333")
    svg = str(hexagon_map([hostile, Hexagon((0, 1), "../b/", "B: no report here yet")], "A <map>", [(2, 2)]))

    assert '<svg class="hexagons" viewBox="-11 -12 62 58" role="group" aria-label="A &#60;map&#62;">' in svg
    assert "<title>Any&#34;town &#38; &#60;b&#62;: Good</title>" in svg
    assert re.search(r'<a href="[^"]+" class="s3" data-shows="333">', svg)
    assert '<use href="#hexagon" x="10" y="17"/><text x="10" y="21"></text>' in svg
    assert '<path class="rest" d="M40 34h0"/>' in svg
    assert "style=" not in svg
