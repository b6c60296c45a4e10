"""Districts of counties: read strictly, all or none, each in the county that cares for its adults."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from build_scripts.disk.read import read_sources
from build_scripts.facts.authorities import AUTHORITY_COLUMNS, read_authorities
from build_scripts.facts.districts import DISTRICTS, add_districts
from build_scripts.model.evidence import Authority, SourceFile
from tests.helpers.projects import ROOT

COUNCILS = [Authority(slug, slug.title(), slug.title(), "", "", "") for slug in ("anyshire", "othershire")]
WELL = "district,authority\nAnytown,anyshire\nOldshire,anyshire\nOldshire,othershire\n"


def added(text: str) -> tuple[list[tuple[str, ...]], list[str]]:
    """Return the districts of the two councils, and the problems as ``line code what: mend``."""
    authorities, problems = add_districts(COUNCILS, SourceFile(DISTRICTS, text.encode()))
    return [each.districts for each in authorities], [f"{p.line} {p.code} {p.what}: {p.mend}" for p in problems]


def test_a_council_has_its_districts() -> None:
    """One district is in one county; what was a county may be several councils now."""
    assert added(WELL) == ([("Anytown", "Oldshire"), ("Oldshire",)], [])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (WELL.replace("Anytown,any", "Anytown,ani"), "2 EV301 unknown authority 'anishire': did you mean"),
        (WELL.replace("Anytown", "Anytown "), "2 EV207 district must be one line without spaces around it (got"),
        (WELL.replace("Anytown", "othershire"), "2 EV304 'othershire' is a name of the authority 'othershire': remove"),
        (f"{WELL}Anytown,anyshire\n", "5 EV304 'Anytown,anyshire' stands in line 2 too: keep one of the two rows"),
        (WELL.replace("district", "town"), "1 EV209 the columns are 'town,authority'"),
    ],
)
def test_what_is_wrong_with_the_districts_is_said(text: str, problem: str) -> None:
    """A row that names nothing, or what is known, is told with its line, and then no council has districts."""
    districts, problems = added(text)
    assert districts == [(), ()]
    assert any(each.startswith(problem) for each in problems), problems


@pytest.mark.parametrize("end", ["\r\n", "\r"])
@pytest.mark.parametrize("text", [WELL, WELL.replace("Oldshire,other", "Old\xadshire,other"), f"{WELL}a,b,c\n"])
def test_lines_end_as_any_program_ends_them(end: str, text: str) -> None:
    """What a table says, and the lines where something is wrong with it, are the same whoever saved it."""
    assert added(text.replace("\n", end)) == added(text)


@pytest.mark.parametrize("letter", ["\r", "\n", "\t"])
def test_a_name_is_one_line_in_each_table(letter: str) -> None:
    """A council's name with an end of a line in it, or a tab, is no better than a district's."""
    row = f'anytown,"Any{letter}town",Anytown Council,E09000099,London,London borough,'
    table = SourceFile("data/authorities.csv", f"{','.join(AUTHORITY_COLUMNS)}\n{row}\n".encode())
    assert any("name must be one line without spaces" in each.what for each in read_authorities(table)[1])
    assert any("must be one line" in each for each in added(WELL.replace("Anytown", f'"Any{letter}town"'))[1])


def test_all_districts_of_england_are_there() -> None:
    """Each of the 21 county councils has its districts, 164 at the head of the file; no other has one of them."""
    sources, _ = read_sources(ROOT)
    authorities, _ = read_authorities(sources["data/authorities.csv"])
    known, problems = add_districts(authorities, sources[DISTRICTS])
    assert problems == ()
    counties = {each.slug for each in known if each.type == "county"}
    rows = list(csv.reader(sources[DISTRICTS].data.decode().splitlines()))[1:165]
    assert len({district for district, _ in rows}) == 164
    assert {authority for _, authority in rows} == counties
    assert len(counties) == 21
    assert min(Counter(authority for _, authority in rows).values()) == 5
    assert [each.slug for each in known if "Harrogate" in each.districts] == ["north-yorkshire"]
    assert [each.slug for each in known if "Cumbria" in each.districts] == ["cumberland", "westmorland-and-furness"]
    assert [each.slug for each in known if "St Ives" in each.districts] == ["cambridgeshire", "cornwall"]
