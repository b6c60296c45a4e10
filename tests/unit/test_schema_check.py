"""What each rule of the schemas says when it is broken, in words for somebody who does not program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema
import pytest

from build_scripts.disk.read import read_schemas
from build_scripts.facts.schema_check import check_schema, read_document
from build_scripts.facts.yaml_text import read_yaml
from build_scripts.model.evidence import SourceFile
from build_scripts.model.problems import Problem
from tests.helpers.collections_of import ANYTOWN, GOLD, LABELS, REPORT, THEMES, VALID, VOICES

SCHEMAS = read_schemas()
KINDS = {
    "framework": "data/framework.yml",
    "themes": "data/themes.yml",
    "voices": "data/voices.yml",
    "report": ANYTOWN,
    "gold": LABELS,
}
RULES = {
    *("additionalProperties", "anyOf", "enum", "format", "maximum", "minItems", "minimum", "pattern"),
    *("propertyNames", "required", "type", "uniqueItems"),
}
"""The rules of JSON Schema that the schemas use, each of which has a case below."""
NOT_RULES = {"$schema", "$defs", "$ref", "title", "description", "properties", "items"}


def told(kind: str, text: str) -> list[str]:
    """Return line, code, what and mend of each problem of a text of this kind."""
    document, unread = read_yaml(SourceFile("a.yml", text.encode("utf-8")))
    assert document, unread
    problems = check_schema(document, SCHEMAS[kind])
    return [f"{each.line}: {each.code} {each.what} | {each.mend}" for each in problems]


def edited(text: str, old: str, new: str) -> str:
    """Return the text with its one ``old`` replaced."""
    assert text.count(old) == 1, old
    return text.replace(old, new)


@pytest.mark.parametrize("kind", KINDS)
def test_valid_files_pass(kind: str) -> None:
    """Files of each kind that are as they should be have no problem."""
    assert told(kind, VALID[KINDS[kind]]) == []


DAY = 'it holds the day on which you took it from CQC\'s page, quoted: "2026-11-21"'
ID = "it holds lower-case letters, digits and single hyphens, e.g. home-care"
RULE_CASES: dict[str, list[tuple[str, str, str]]] = {
    "additionalProperties": [
        (
            "report",
            edited(REPORT, "checked:", "chekced:"),
            "17: EV204 unknown key 'chekced' | did you mean 'checked'? the keys here are authority, published, rating,"
            " percentage, scores, framework, source, retrieved, checked, checked_by, checked_note, events, corrections,"
            " tag_corrections, pages",
        ),
        (
            "gold",
            edited(GOLD, "words: Staff", "quux: 1\n    words: Staff"),
            "5: EV204 unknown key 'quux' in item 1 of passages | the keys here are id, words, themes, mentions, voices,"
            " doubtful, note",
        ),
    ],
    "required": [
        (
            "report",
            edited(REPORT, "rating: Good\n", ""),
            "1: EV205 key 'rating' is missing | add a line “rating: …”, which holds Inadequate, Requires improvement,"
            " Good or Outstanding",
        ),
        (
            "themes",
            edited(THEMES, "    label: Interpretation\n", ""),
            "15: EV205 key 'label' is missing in item 2 of themes | add a line “label: …”, which holds one line of"
            " words",
        ),
    ],
    "anyOf": [
        (
            "report",
            edited(REPORT, "    add: [accessibility]\n", ""),
            "24: EV205 key 'add' or 'remove' is missing in item 1 of tag_corrections | add a line “add: …”, a line"
            " “remove: …”, or both",
        )
    ],
    "type": [
        (
            "report",
            "- a\n",
            "1: EV206 the file must be keys with values (got a list) | it holds the facts of one authority's"
            " assessment; each line a key, a colon, a space and the value",
        ),
        (
            "voices",
            "a:b",
            "1: EV206 the file must be keys with values (got 'a:b') | it holds whose evidence a passage reports and"
            " the phrases that show it; each line a key, a colon, a space and the value",
        ),
        (
            "report",
            edited(REPORT, "percentage: 75", "percentage: 75.0"),
            "4: EV206 percentage must be a whole number (got 75.0) | it holds a whole number from 25 to 100, as CQC"
            " prints it",
        ),
        (
            "report",
            edited(REPORT, "  equity: 3", "  equity: true"),
            "8: EV206 equity of scores must be a whole number (got true) | it holds a whole number from 1 to 4",
        ),
        (
            "report",
            edited(REPORT, '"2025-03-01"', "2025"),
            f"16: EV206 retrieved must be text (got 2025) | put it in double quotes: {DAY}",
        ),
        (
            "report",
            edited(REPORT, "rating: Good", "rating:"),
            "3: EV206 rating must be text (got nothing) | it holds Inadequate, Requires improvement, Good or"
            " Outstanding",
        ),
        (
            "themes",
            edited(THEMES, "related: [accessibility]", "related: accessibility"),
            "23: EV206 related of item 2 of themes must be a list (got 'accessibility') | it holds ids of neighbouring"
            " themes; each on a line of its own after a dash and a space",
        ),
        (
            "voices",
            edited(VOICES, "words:\n  said:\n    - told us\n    - said\n", "words: said\n"),
            "1: EV206 words must be keys with values (got 'said') | it holds named word lists that phrases use as"
            " <name>; each line a key, a colon, a space and the value",
        ),
    ],
    "enum": [
        (
            "report",
            edited(REPORT, "one source", "one sauce"),
            "17: EV207 checked must be one of one source, two sources, differs (got 'one sauce') | did you mean"
            " 'one source'? it holds how the figures were checked, e.g. two sources",
        )
    ],
    "minimum": [
        (
            "report",
            edited(REPORT, "percentage: 75", "percentage: 24"),
            "4: EV207 percentage must be 25 or more (got 24) | it holds a whole number from 25 to 100, as CQC prints"
            " it",
        )
    ],
    "maximum": [
        (
            "report",
            edited(REPORT, "percentage: 75", "percentage: 101"),
            "4: EV207 percentage must be 100 or less (got 101) | it holds a whole number from 25 to 100, as CQC"
            " prints it",
        )
    ],
    "minItems": [
        (
            "themes",
            edited(THEMES, "    phrases:\n      - accessible\n", "    phrases: []\n"),
            "13: EV207 phrases of item 1 of themes must be filled in (got a list) | it holds a list of phrases, a line"
            " each",
        )
    ],
    "uniqueItems": [
        (
            "voices",
            edited(VOICES, "      - staff <said>\n", "      - staff <said>\n      - team\n      - staff <said>\n"),
            "16: EV304 'staff <said>' stands twice in phrases of item 1 of voices, first in line 14 | remove one of"
            " the two",
        )
    ],
    "pattern": [
        (
            "report",
            edited(REPORT, "authority: anytown", "authority: Any Town"),
            "1: EV207 authority must be lower-case words joined by hyphens (got 'Any Town') | it holds slug of the"
            " authority in data/authorities.csv, e.g. camden",
        ),
        (
            "report",
            edited(REPORT, "anytown\npub", "|\n  anytown\npub"),
            "1: EV207 authority must be lower-case words joined by hyphens (got 'anytown\\n') | it holds slug of the"
            " authority in data/authorities.csv, e.g. camden",
        ),
        (
            "report",
            edited(REPORT, '"2025-01-10"', "“2025-01-10”"),
            "2: EV207 published must be a day or month such as 2024-11-08 or 2024-11 (got '“2025-01-10”') | use"
            ' straight quotes (") in place of curly ones; it holds a quoted date or month: "2024-11-08" or "2024-11"',
        ),
        (
            "report",
            edited(REPORT, '"https://www.cqc.org.uk/invented/anytown"', '"javascript:alert(1)"'),
            "15: EV207 source must be an address that begins with https://www.cqc.org.uk/ (got 'javascript:alert(1)') |"
            " it holds the whole address of CQC's own page of the report, e.g. https://www.cqc.org.uk/...",
        ),
        (
            "report",
            edited(REPORT, "p-d428ad00", "p-D428AD00"),
            "24: EV207 passage of item 1 of tag_corrections must be <statement>/p-<8 hex digits> (got"
            " 'equity/p-D428AD00') | it holds statement and passage id; "
            "of the address .../equity/#p-1a2b3c4d write equity/p-1a2b3c4d",
        ),
        (
            "gold",
            edited(GOLD, "Read by one person.", '" "'),
            "2: EV207 method must be filled in (got ' ') | it holds who labelled and how, in a sentence or two",
        ),
        (
            "themes",
            edited(THEMES, "label: Interpretation", 'label: "Interpretation "'),
            "16: EV207 label of item 2 of themes must be one line of words, without spaces around it (got"
            " 'Interpretation ') | it holds one line of words",
        ),
    ],
    "format": [
        (
            "report",
            edited(REPORT, '"2025-01-10"', '"2025-02-29"'),
            "2: EV207 published must be a day that the calendar has (got '2025-02-29') | it holds a quoted date or"
            ' month: "2024-11-08" or "2024-11"',
        ),
        (
            "report",
            edited(REPORT, "2025-03-01", "2025-04-31"),
            f"16: EV207 retrieved must be a day that the calendar has (got '2025-04-31') | {DAY}",
        ),
        (
            "report",
            edited(REPORT, "2025-03-01", "2025-13-01"),
            f"16: EV207 retrieved must be a day such as 2024-11-08 (got '2025-13-01') | {DAY}",
        ),
    ],
    "propertyNames": [
        (
            "voices",
            edited(VOICES, "  said:", "  Said it:"),
            f"2: EV207 a key in words must be lower-case words joined by hyphens (got 'Said it') | {ID}",
        )
    ],
}


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [pytest.param(*case, id=f"{rule}-{number}") for rule in RULE_CASES for number, case in enumerate(RULE_CASES[rule])],
)
def test_broken_rule_is_told(kind: str, text: str, expected: str) -> None:
    """Each broken rule is told once, on its line, with what is wrong and what belongs there."""
    assert told(kind, text) == [expected]


def test_month_alone_is_a_date_of_publication() -> None:
    """Where the day is not known, the month will do; where it is known, leap days are days."""
    assert told("report", edited(REPORT, '"2025-01-10"', '"2025-01"')) == []
    assert told("report", edited(REPORT, '"2025-01-10"', '"2024-02-29"')) == []


def test_slip_of_a_key_is_one_problem() -> None:
    """A misspelt key is told as unknown, and not as missing as well; another missing key still is."""
    text = edited(edited(REPORT, "published:", "Publishd:"), "rating: Good\n", "")
    assert [line.partition(" | ")[0] for line in told("report", text)] == [
        "1: EV205 key 'rating' is missing",
        "2: EV204 unknown key 'Publishd'",
    ]
    assert len(told("report", edited(REPORT, "    add: [", "    ad: ["))) == 1


def test_repeats_are_told_one_by_one() -> None:
    """Each repeated item of a list is told on its own line, however often it comes."""
    text = edited(THEMES, "      - sign language\n", "      - interpreter\n" * 2 + "      - sign language\n")
    assert [line.partition(" ")[0] for line in told("themes", text)] == ["26:", "27:"]
    flow = edited(REPORT, "[accessibility]", "[a, b, a, a]")
    assert len(told("report", flow)) == 1


def test_everything_is_told_at_once() -> None:
    """All broken rules of a file are told together, in the order of its lines."""
    text = 'authority: A\npublished: ""\nrating: 3\nscores: {equity: x}\nchecked: x\nextra: 1\n'
    codes = [line.split(" | ")[0][:12] for line in told("report", text)]
    assert codes == [
        *("1: EV205 key", "1: EV205 key", "1: EV207 aut"),
        *("2: EV207 pub", "3: EV206 rat", "4: EV206 equ", "5: EV207 che", "6: EV204 unk"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("percentage: 75", "percentage: 0x4B", ["EV206"]),
        ("one source", "no", ["EV207"]),
        ('"2025-03-01"', "2025-03-01", ["EV203"]),
        ('"2025-03-01"', "2025-02-30", ["EV207"]),
        ("harbour team", "7:30", ["EV203"]),
    ],
)
def test_trap_and_rule_are_one_problem(old: str, new: str, expected: list[str]) -> None:
    """A value that YAML misreads is told so; where quotes would not mend it, its rule is told in place of that."""
    source = SourceFile("a.yml", edited(REPORT, old, new).encode("utf-8"))
    document, problems = read_document(source, SCHEMAS["report"])
    assert [problem.code for problem in problems] == expected
    assert (document is None) == (expected != ["EV203"])


def test_unread_document_has_its_own_problem_only() -> None:
    """What is no YAML is not compared with any schema."""
    what = Problem("a.yml", 1, "EV102", "the file is empty", "fill it in or remove it")
    assert read_document(SourceFile("a.yml", b""), SCHEMAS["gold"]) == (None, (what,))


def parts(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield a schema and all schemas inside it, but not the choices of ``anyOf``, which have words of their own."""
    yield schema
    for key in ("properties", "$defs"):
        for each in schema.get(key, {}).values():
            yield from parts(each)
    for key in ("items", "additionalProperties", "propertyNames"):
        if isinstance(schema.get(key), Mapping):
            yield from parts(schema[key])


@pytest.mark.parametrize("kind", KINDS)
def test_schemas_have_words_for_every_rule(kind: str) -> None:
    """No schema has a rule without a case above, nor one that could be broken without words to mend it."""
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[kind])
    for part in parts(SCHEMAS[kind]):
        rules = set(part) - NOT_RULES
        assert rules <= RULES
        needs_words = rules & {"enum", "format", "maximum", "minItems", "minimum", "pattern"}
        assert not needs_words or part.get("description"), part
        blank = {"\\S"}
        assert part.get("pattern") in {None, *blank} or part.get("title"), part


def test_every_rule_has_a_case() -> None:
    """Every rule that a schema uses is shown broken, and no other."""
    used = {rule for kind in KINDS for part in parts(SCHEMAS[kind]) for rule in set(part) - NOT_RULES}
    assert used == RULES == set(RULE_CASES)
