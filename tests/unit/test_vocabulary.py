"""The controlled words and the authorities: how they are made from their files, and the framework's arithmetic."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from build_scripts.facts.authorities import AUTHORITY_REGIONS, read_authorities
from build_scripts.facts.framework import check_framework, has_rating_rule, make_framework
from build_scripts.facts.yaml_text import Document, read_yaml
from build_scripts.model.evidence import Authority, SourceFile
from build_scripts.model.problems import shown
from build_scripts.model.vocabulary import AUTHORITY_TYPES, RatingBand, Theme, Vocabulary, Voice
from tests.helpers.collections_of import AUTHORITIES, VALID, check, line_of
from tests.helpers.projects import ROOT


def document(path: str, text: str | None = None) -> Document:
    """Return a file of the valid collection, or another text in its place, as YAML."""
    found, problems = read_yaml(SourceFile(path, (text or VALID[path]).encode("utf-8")))
    assert found
    assert problems == ()
    return found


ROW = "othershire,Othershire,Othershire County Council,E00000002,South West"
ALSO = "Others; Overland"
FRAMEWORK = make_framework(document("data/framework.yml"))


def vocabulary() -> Vocabulary:
    """Return the vocabulary of the valid collection."""
    found = check().vocabulary
    assert found
    return found


def test_framework_has_all_of_its_file() -> None:
    """Nine statements in four areas, four scores and four ratings come out of the file as they stand there."""
    assert [statement.number for statement in FRAMEWORK.statements] == list(range(1, 10))
    assert list(FRAMEWORK.areas) == ["working-with-people", "providing-support", "ensuring-safety", "leadership"]
    assert {statement.area for statement in FRAMEWORK.statements} == set(FRAMEWORK.areas)
    assert list(FRAMEWORK.score_labels) == [1, 2, 3, 4]
    assert [band.name for band in FRAMEWORK.ratings] == ["Inadequate", "Requires improvement", "Good", "Outstanding"]
    (equity,) = (statement for statement in FRAMEWORK.statements if statement.id == "equity")
    assert (equity.number, equity.name) == (3, "Equity in experience and outcomes")
    assert "Inclusion and accessibility arrangements" in equity.headings
    assert "Equity in experiences and outcomes" in equity.wordings
    assert FRAMEWORK.findings_lines[0] == "Key findings for this quality statement"


@pytest.mark.parametrize(
    ("total", "percentage", "rating"),
    [
        (9, 25, "Inadequate"),
        (13, 37, "Inadequate"),
        (14, 39, "Requires improvement"),
        (18, 50, "Requires improvement"),
        (22, 62, "Requires improvement"),  # 61.1, rounded up
        (23, 64, "Good"),
        (27, 75, "Good"),
        (31, 87, "Good"),
        (32, 89, "Outstanding"),
        (36, 100, "Outstanding"),
    ],
)
def test_rating_follows_from_scores(total: int, percentage: int, rating: str) -> None:
    """The scores' share of 36 is rounded up, and the bands give the rating, as CQC explains it."""
    assert FRAMEWORK.percentage_of(total) == percentage
    assert FRAMEWORK.rating(percentage) == rating


def test_every_possible_sum_has_a_rating() -> None:
    """There is a rating for every percentage that nine scores can give, and none below."""
    assert has_rating_rule(FRAMEWORK)
    for total in range(9, 37):
        assert FRAMEWORK.rating(-(-100 * total // 36))
    with pytest.raises(ValueError, match="no rating covers 24%"):
        FRAMEWORK.rating(24)


@pytest.mark.parametrize(
    "bands",
    [
        [("Low", 26, 62), ("High", 63, 100)],
        [("Low", 25, 62), ("High", 64, 100)],
        [("Low", 25, 63), ("High", 63, 100)],
        [("Low", 25, 62), ("High", 63, 99)],
        [("Low", 62, 25), ("High", 63, 100)],
    ],
)
def test_bands_with_gap_or_overlap_are_no_rule(bands: list[tuple[str, int, int]]) -> None:
    """A gap or an overlap anywhere from 25 to 100 is told once, and no report is rated by such bands."""
    framework = replace(FRAMEWORK, ratings=tuple(RatingBand(*band) for band in bands))
    assert not has_rating_rule(framework)
    found = check_framework(document("data/framework.yml"), framework)
    assert [problem.code for problem in found] == ["EV309"]


@pytest.mark.parametrize(
    ("first", "old", "new", "words"),
    [
        ("number: 6", "number: 7", "number: 6", "number 6 in statements"),
        ("id: equity", "id: safeguarding", "id: equity", "id 'equity' in statements"),
        ("{id: providing-", "{id: leadership,", "{id: providing-support,", "id 'providing-support' in areas"),
        ("{score: 3,", "{score: 4,", "{score: 3,", "score 3 in scores"),
        ("{name: Inad", "{name: Good,", "{name: Inadequate,", "name 'Inadequate' in ratings"),
    ],
)
def test_repeats_in_the_framework_are_told(first: str, old: str, new: str, words: str) -> None:
    """What stands twice in the framework is told on its second line, with the first."""
    text = VALID["data/framework.yml"]
    assert text.count(old) == 1
    broken = document("data/framework.yml", text.replace(old, new))
    found = {(problem.line, problem.what) for problem in check_framework(broken, make_framework(broken))}
    assert (line_of(old), f"{words} is that of line {line_of(first)} too") in found


def test_entries_have_all_of_their_files() -> None:
    """Themes and voices come out with their phrases, links and lines."""
    (theme,) = (theme for theme in vocabulary().themes if theme.id == "interpretation")
    assert theme == Theme(
        id="interpretation",
        label="Interpretation",
        plain="Some plain words.",
        definition="Interpreting between languages.",
        counts="Somebody says so.",
        does_not_count="Nobody says so.",
        also=(),
        phrases=("interpreter", "sign language"),
        exclusions=("interpreter of dreams",),
        path="data/themes.yml",
        line=15,
        broader=("accessibility",),
        phrase_lines={"interpreter": 25, "sign language": 26, "interpreter of dreams": 28},
        group="access",
        related=("accessibility",),
    )
    (voice,) = (voice for voice in vocabulary().voices if voice.id == "staff")
    assert isinstance(voice, Voice)
    assert (voice.phrases, voice.line) == (("staff <said>",), 7)
    assert vocabulary().voice_words == {"said": ("told us", "said")}
    assert vocabulary().groups == {"access": "Access"}
    assert "Anytown" in [authority.name for authority in vocabulary().authorities]


@pytest.mark.parametrize("path", ["data/themes.yml", "data/voices.yml", "data/authorities.csv"])
def test_words_that_cannot_be_read_are_empty(path: str) -> None:
    """Where one file cannot be read, its own words are empty and those of the others are there."""
    found = check((path, None, b"\xff")).vocabulary
    assert found
    filled = {
        "data/themes.yml": bool(found.themes),
        "data/voices.yml": bool(found.voices),
        "data/authorities.csv": bool(found.authorities),
    }
    assert filled == {name: name != path for name in filled}


@pytest.mark.parametrize(
    ("links", "circles"),
    [
        ({"a": ["b"], "b": ["c"], "c": []}, []),
        ({"a": ["b"], "b": ["a"]}, ["'a' is broader than itself: a > b > a"]),
        ({"a": ["b"], "b": ["c"], "c": ["a"]}, ["'a' is broader than itself: a > b > c > a"]),
        ({"x": ["a"], "a": ["b"], "b": ["a"]}, ["'a' is broader than itself: a > b > a"]),
        (
            {"a": ["b"], "b": ["a"], "c": ["d"], "d": ["c"]},
            ["'a' is broader than itself: a > b > a", "'c' is broader than itself: c > d > c"],
        ),
        ({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}, []),
    ],
)
def test_circles_of_broader_themes_are_told_once(links: dict[str, list[str]], circles: list[str]) -> None:
    """A theme that is broader than itself is told once for each circle; two ways to one theme are no circle."""
    same = "plain: P, definition: D, counts: C, does-not-count: X, group: g, phrases: [p]"
    themes = "groups:\n  - {id: g, label: G}\nthemes:\n" + "".join(
        f"  - {{id: {id}, label: L{id}, {same}, broader: [{', '.join(broader)}]}}\n" for id, broader in links.items()
    )
    found = check(("data/themes.yml", None, themes)).problems
    assert [problem.what for problem in found if problem.code == "EV309"] == circles


def authorities(text: str) -> tuple[tuple[Authority, ...], list[str]]:
    """Return the authorities of a CSV text, and line, code and words of each problem."""
    found, problems = read_authorities(SourceFile("a.csv", text.encode("utf-8")))
    return found, [f"{problem.line}: {problem.code} {problem.what}" for problem in problems]


def test_real_authorities(root: Path) -> None:
    """All 153 authorities are there, in nine regions and of four types."""
    path = "data/authorities.csv"
    found, problems = read_authorities(SourceFile(path, (root / path).read_bytes()))
    assert problems == ()
    assert len(found) == 153
    assert {authority.region for authority in found} == set(AUTHORITY_REGIONS)
    assert {authority.type for authority in found} == set(AUTHORITY_TYPES)


@pytest.mark.parametrize(
    ("slug", "full_name"),
    [
        ("westminster", "Westminster City Council"),
        ("camden", "London Borough of Camden"),
        ("kent", "Kent County Council"),
        ("kensington-and-chelsea", "Royal Borough of Kensington and Chelsea"),
        ("kingston-upon-hull", "Hull City Council"),
        ("county-durham", "Durham County Council"),
        ("isles-of-scilly", "Council of the Isles of Scilly"),
        ("city-of-london", "City of London Corporation"),
        ("milton-keynes", "Milton Keynes City Council"),
    ],
)
def test_councils_have_their_own_official_names(root: Path, slug: str, full_name: str) -> None:
    """A council is cited by the name that it has, which no rule makes of its short name."""
    path = "data/authorities.csv"
    found, _ = read_authorities(SourceFile(path, (root / path).read_bytes()))
    assert {authority.slug: authority.full_name for authority in found}[slug] == full_name


def test_full_names_fit_their_kind(root: Path) -> None:
    """Each says that it is a council, a borough or the City's corporation; counties are county councils."""
    path = "data/authorities.csv"
    found, _ = read_authorities(SourceFile(path, (root / path).read_bytes()))
    kinds = ("Council", "London Borough of ", "Royal Borough of ", "City of London Corporation")
    assert [each.full_name for each in found if not any(kind in each.full_name for kind in kinds)] == []
    counties = [each for each in found if each.type == "county"]
    assert {each.full_name for each in counties} == {f"{each.name} County Council" for each in counties}


@pytest.mark.parametrize("text", [AUTHORITIES, f"\ufeff{AUTHORITIES}", AUTHORITIES.replace("\n", "\r\n")])
def test_authorities_are_read(text: str) -> None:
    """A table as any spreadsheet saves it is read, byte order mark and Windows line ends included."""
    found, problems = authorities(text)
    assert problems == []
    assert found[1] == Authority(
        *("othershire", "Othershire", "Othershire County Council", "E00000002", "South West", "county"),
        ("Others", "Overland"),
    )


def test_quoted_commas_are_read() -> None:
    """A name with a comma stands in double quotes."""
    found, problems = authorities(AUTHORITIES.replace("Othershire,", '"Othershire, Isle of",'))
    assert problems == []
    assert found[1].name == "Othershire, Isle of"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("slug,name", "slug;name", ["1: EV209 the columns are 'slug;name,full_name,ons_code,region,type,also'"]),
        ("othershire,", "\nothershire,", ["3: EV209 the line is empty"]),
        ("county", "", [f"3: EV209 the row {shown(f'{ROW},,{ALSO}')} does not fill the 7 columns"]),
        ("county", "county,", [f"3: EV209 the row {shown(f'{ROW},county,,{ALSO}')} does not fill the 7 columns"]),
        ("Anytown,A", '"Any"town,A', ["2: EV209 the row that begins here cannot be read (',' expected after '\"')"]),
        ("Anytown,A", '"Any\ntown",A', ["2: EV207 name must be one line without spaces around it (got 'Any\\ntown')"]),
        ("Anytown,A", " Anytown,A", ["2: EV207 name must be one line without spaces around it (got ' Anytown')"]),
        (
            "Anytown Council",
            "Anytown Council ",
            ["2: EV207 full_name must be one line without spaces around it (got 'Anytown Council ')"],
        ),
        ("Othershire County Council", "Anytown Council", ["3: EV304 'Anytown Council' stands in line 2 too"]),
        ("anytown", "any town", ["2: EV207 slug must be lower-case words joined by hyphens (got 'any town')"]),
        ("E00000001", "e00000001", ["2: EV207 ons_code must be E and eight digits, e.g. E09000007 (got 'e00000001')"]),
        ("E00000002", "E00000001", ["3: EV304 'E00000001' stands in line 2 too"]),
        ("Others;", "Anytown;", ["3: EV304 'Anytown' stands in line 2 too"]),
        ("Others;", ";", ["3: EV207 also must be names with a semicolon between two (got '; Overland')"]),
        ("Anytown,A", "Any\u200btown,A", ["2: EV108 zero width space (U+200B)"]),
        (
            "North East,unitary",
            "Nowhere,town",
            [
                "2: EV207 region must be one of East Midlands, East of England, London, North East, North West,"
                " South East, South West, West Midlands, Yorkshire and The Humber (got 'Nowhere')",
                "2: EV207 type must be one of london-borough, metropolitan-borough, county, unitary (got 'town')",
            ],
        ),
    ],
)
def test_wrong_rows_are_told(old: str, new: str, told: list[str]) -> None:
    """Each wrong row is told with its line, a row of several lines with its first; then no authority is used."""
    assert AUTHORITIES.count(old) == 1
    assert authorities(AUTHORITIES.replace(old, new)) == ((), told)


def test_related_themes_name_each_other() -> None:
    """In the project's own themes ``related`` goes both ways, as their file says, and never beside ``broader``."""
    themes = yaml.safe_load((ROOT / "data/themes.yml").read_text(encoding="utf-8"))["themes"]
    pairs = {(theme["id"], other) for theme in themes for other in theme.get("related", ())}
    links = {(theme["id"], other) for theme in themes for other in theme.get("broader", ())}
    assert pairs
    assert pairs == {(other, id) for id, other in pairs}
    assert not pairs & links
