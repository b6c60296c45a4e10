"""What is wrong with files as such: names, bytes, YAML, CSV. One case or more for each code, with its exact words."""

from __future__ import annotations

import pytest

from tests.helpers.collections_of import (
    ANYTOWN,
    EQUITY,
    GOLD,
    OTHERSHIRE,
    REPORT,
    TEXT,
    THEMES,
    VALID,
    Edit,
    case,
    problems,
)

CASES = (
    case(
        "EV101",
        "garbled text",
        [(EQUITY, "There was", "Thereâ€™s")],
        f"{EQUITY}:12: EV101 “Thereâ€™s” was read in the wrong encoding before it was saved",
        "copy the text again from CQC's page and save it as UTF-8",
    ),
    case(
        "EV101",
        "garbled report",
        [(ANYTOWN, "misspelt", "misspelt\ufffd")],
        f"{ANYTOWN}:22: EV101 “misspelt\ufffd” has lost a letter",
        "type the words around it again and save the file as UTF-8",
    ),
    case(
        "EV101",
        "not utf8 text",
        [(EQUITY, "harbor team", b"caf\xe9")],
        f"{EQUITY}:10: EV101 byte 0xe9 is not UTF-8",
        ("save the file again with the encoding UTF-8 and check the letter there, often a curly quote or dash"),
    ),
    case(
        "EV101",
        "not utf8 facts",
        [(ANYTOWN, "one source", b"\x93one source\x94")],
        f"{ANYTOWN}:17: EV101 byte 0x93 is not UTF-8",
        "save the file with the encoding UTF-8",
    ),
    case(
        "EV101",
        "not utf8 csv",
        [("data/authorities.csv", None, b"slug,name\n\xff")],
        "data/authorities.csv:2: EV101 byte 0xff is not UTF-8",
        "save the file with the encoding UTF-8",
    ),
    case(
        "EV102",
        "empty text",
        [(EQUITY, None, "  \n")],
        f"{EQUITY}:1: EV102 the file holds no words",
        "paste the text of the statement page, or delete the file: a report may have scores and no text",
    ),
    case(
        "EV102",
        "empty facts",
        [(OTHERSHIRE, None, "# nothing yet\n")],
        f"{OTHERSHIRE}:1: EV102 the file is empty",
        "fill it in or remove it",
    ),
    case(
        "EV102",
        "empty csv",
        [("data/authorities.csv", None, "")],
        "data/authorities.csv:1: EV102 the file is empty",
        "the first line must be slug,name,full_name,ons_code,region,type,also",
    ),
    case(
        "EV102",
        "csv without rows",
        [("data/authorities.csv", None, "slug,name,full_name,ons_code,region,type,also\n")],
        "data/authorities.csv:1: EV102 the file lists no authority",
        "add a row for each, under the first line",
    ),
    case(
        "EV103",
        "text with a wrong name",
        [("data/reports/othershire-2025-02/Equity.txt", None, TEXT)],
        "data/reports/othershire-2025-02/Equity.txt:1: EV103 unexpected file 'Equity.txt'",
        "rename it to equity.txt",
    ),
    case(
        "EV103",
        "facts with a wrong ending",
        [(ANYTOWN, None, None), ("data/reports/anytown-2025-01/report.yaml", None, REPORT)],
        "data/reports/anytown-2025-01/report.yaml:1: EV103 unexpected file 'report.yaml'",
        "rename it to report.yml",
    ),
    case(
        "EV103",
        "unknown file",
        [("data/reports/anytown-2025-01/notes.text", None, "x")],
        "data/reports/anytown-2025-01/notes.text:1: EV103 unexpected file 'notes.text'",
        (
            "a text is named after its statement: assessing-needs.txt, healthier-lives.txt, equity.txt, "
            "care-provision.txt, partnerships.txt, safe-pathways.txt, safeguarding.txt, governance.txt, "
            "learning.txt"
        ),
    ),
    case(
        "EV103",
        "document beside texts",
        [("data/reports/anytown-2025-01/equity.docx", None, "x")],
        "data/reports/anytown-2025-01/equity.docx:1: EV103 unexpected file 'equity.docx'",
        "take its text with make add FILE=…, and remove it",
    ),
    *(
        case(
            "EV103",
            f"copy {name}",
            [(f"data/reports/anytown-2025-01/{name}", None, TEXT)],
            f"data/reports/anytown-2025-01/{name}:1: EV103 unexpected file '{name}'",
            "remove it: it is a copy that a program keeps",
        )
        for name in ("equity.txt~", "equity.txt.bak")
    ),
    case(
        "EV103",
        "file in a nested folder",
        [("data/reports/anytown-2025-01/texts/learning.txt", None, "x")],
        ("data/reports/anytown-2025-01/texts/learning.txt:1: EV103 a file in a folder inside the report's folder"),
        "move it into data/reports/anytown-2025-01/, or remove it",
    ),
    case(
        "EV103",
        "file beside reports",
        [("data/reports/equity.txt", None, TEXT)],
        "data/reports/equity.txt:1: EV103 a file outside any report's folder",
        "put it into the folder of its report, data/reports/<authority>-<YYYY-MM>/",
    ),
    case(
        "EV103",
        "words with a wrong ending",
        [("data/themes.yml", None, None), ("data/themes.yaml", None, THEMES)],
        "data/themes.yaml:1: EV103 unexpected file 'themes.yaml'",
        "rename it to themes.yml",
    ),
    case(
        "EV103",
        "unknown file of data",
        [("data/notes.txt", None, "x")],
        "data/notes.txt:1: EV103 unexpected file 'notes.txt'",
        "data/ holds framework.yml, themes.yml, voices.yml, authorities.csv, tiles.csv, districts.csv, weights.csv, "
        "redirects.csv and the folder reports",
    ),
    case(
        "EV103",
        "labels outside a report",
        [("tests/gold/equity.yml", None, GOLD)],
        "tests/gold/equity.yml:1: EV103 this is not the name of a file of labels",
        "name it tests/gold/<report>/<statement>.yml, or remove it",
    ),
    case(
        "EV104",
        "folder name",
        [
            (
                "data/reports/Anytown/report.yml",
                None,
                VALID[ANYTOWN].replace("invented/anytown", "invented/other").partition("corrections")[0],
            )
        ],
        "data/reports/Anytown:1: EV104 the folder 'Anytown' is not named <authority>-<YYYY-MM>",
        "name it after the authority's slug and the month, e.g. camden-2025-02",
    ),
    case(
        "EV104",
        "folder of folders",
        [("data/reports/2025/anytown-2025-03/report.yml", None, REPORT)],
        "data/reports/2025:1: EV104 the folder '2025' holds folders but no report",
        "move each report's folder straight into data/reports/",
    ),
    case(
        "EV105",
        "no reports",
        [*((path, None, None) for path in VALID if path.startswith(("data/reports/", "tests/gold/")))],
        "data/reports:1: EV105 no reports found",
        "add one: docs/contribute/index.md says how",
    ),
    case(
        "EV106",
        "missing words",
        [("data/voices.yml", None, None)],
        "data/voices.yml:1: EV106 the file is missing",
        "put it back: nothing can be checked without it",
    ),
    case(
        "EV106",
        "missing facts",
        [(OTHERSHIRE, None, None)],
        f"{OTHERSHIRE}:1: EV106 the file is missing",
        "add it; docs/contribute/index.md shows what it holds",
    ),
    case(
        "EV108",
        "unusual space",
        [(ANYTOWN, "one source", "one\u00a0source")],
        f"{ANYTOWN}:17: EV108 no-break space (U+00A0)",
        "put a plain space in its place",
    ),
    case(
        "EV108",
        "unusual characters often",
        [
            ("data/themes.yml", "Access\n", "Acc\u200bess\n"),
            ("data/themes.yml", "label: Interpretation", "label: Inter\u200bpretation"),
        ],
        "data/themes.yml:3: EV108 zero width space (U+200B), here and in 1 more line",
        "delete it, or type what is around it again",
    ),
    case(
        "EV108",
        "unusual escape",
        [(ANYTOWN, "harbour team", '"harbour\\u0000 team"')],
        f"{ANYTOWN}:21: EV108 control character (U+0000)",
        "delete it, or type what is around it again",
    ),
    case(
        "EV201",
        "tab",
        [(ANYTOWN, "  equity: 3", "\tequity: 3")],
        f"{ANYTOWN}:8: EV201 a tab stands here",
        "use spaces in its place",
    ),
    case(
        "EV201",
        "colon",
        [(ANYTOWN, "misspelt in", "misspelt: in")],
        (
            f"{ANYTOWN}:22: EV201 a colon with a space after it stands in the middle of a value, or the line "
            "begins too far to the right"
        ),
        "put the whole value in double quotes, or begin the line below the first letter of the line above",
    ),
    case(
        "EV201",
        "unclosed",
        [(ANYTOWN, '2025-03-01"', "2025-03-01")],
        f"{ANYTOWN}:16: EV201 the quotation mark that opens here is never closed",
        "close it",
    ),
    case(
        "EV202",
        "key twice",
        [(ANYTOWN, "  learning: 3", "  learning: 3\n  equity: 4")],
        f"{ANYTOWN}:15: EV202 key 'equity' stands twice, first in line 8",
        "keep the one that is right",
    ),
    case(
        "EV203",
        "unquoted date",
        [(ANYTOWN, '"2025-01-10"', "2025-01-10")],
        f"{ANYTOWN}:2: EV203 without quotes YAML reads '2025-01-10' as a date, not as the text you see",
        'write "2025-01-10"',
    ),
    case(
        "EV203",
        "unquoted no",
        [("data/themes.yml", "sign language", "no")],
        ("data/themes.yml:26: EV203 without quotes YAML reads 'no' as true or false, not as the text you see"),
        'write "no"',
    ),
    case(
        "EV203",
        "unquoted hash",
        [(ANYTOWN, "harbour team", "harbour team #1")],
        f"{ANYTOWN}:21: EV203 YAML drops everything from # on: only 'harbour team' is read",
        "put the whole value in double quotes, or the comment on a line of its own",
    ),
    case(
        "EV204",
        "unknown key",
        [(ANYTOWN, "published:", "publishd:")],
        f"{ANYTOWN}:2: EV204 unknown key 'publishd'",
        (
            "did you mean 'published'? the keys here are authority, published, rating, percentage, scores, "
            "framework, source, retrieved, checked, checked_by, checked_note, events, corrections, tag_corrections, "
            "pages"
        ),
    ),
    case(
        "EV205",
        "missing key",
        [(ANYTOWN, "checked: one source\n", None)],
        f"{ANYTOWN}:1: EV205 key 'checked' is missing",
        "add a line “checked: …”, which holds how the figures were checked, e.g. two sources",
    ),
    case(
        "EV205",
        "missing choice",
        [(ANYTOWN, "    add: [accessibility]\n", None)],
        f"{ANYTOWN}:24: EV205 key 'add' or 'remove' is missing in item 1 of tag_corrections",
        "add a line “add: …”, a line “remove: …”, or both",
    ),
    case(
        "EV206",
        "wrong type",
        [(ANYTOWN, "percentage: 75", "percentage: 75%")],
        f"{ANYTOWN}:4: EV206 percentage must be a whole number (got '75%')",
        "it holds a whole number from 25 to 100, as CQC prints it",
    ),
    case(
        "EV206",
        "number for text",
        [(ANYTOWN, "harbour team", "7")],
        f"{ANYTOWN}:21: EV206 value of item 1 of corrections must be text (got 7)",
        "put it in double quotes: it holds what they should be read as",
    ),
    case(
        "EV206",
        "list for key",
        [(ANYTOWN, "checked: one source", "checked: one source\n? [a]\n: b")],
        f"{ANYTOWN}:18: EV206 a key must be text, not a list or keys with values",
        "write a plain word before the colon",
    ),
    case(
        "EV207",
        "not allowed",
        [(ANYTOWN, "one source", "one sorce")],
        f"{ANYTOWN}:17: EV207 checked must be one of one source, two sources, differs (got 'one sorce')",
        "did you mean 'one source'? it holds how the figures were checked, e.g. two sources",
    ),
    case(
        "EV207",
        "curly quotes",
        [(ANYTOWN, '"2025-03-01"', "“2025-03-01”")],
        f"{ANYTOWN}:16: EV207 retrieved must be a day such as 2024-11-08 (got '“2025-03-01”')",
        (
            'use straight quotes (") in place of curly ones; it holds the day on which you took it from '
            'CQC\'s page, quoted: "2026-11-21"'
        ),
    ),
    case(
        "EV207",
        "no such day",
        [(ANYTOWN, "2025-03-01", "2025-02-31")],
        f"{ANYTOWN}:16: EV207 retrieved must be a day that the calendar has (got '2025-02-31')",
        'it holds the day on which you took it from CQC\'s page, quoted: "2026-11-21"',
    ),
    case(
        "EV207",
        "unknown rating",
        [(ANYTOWN, "rating: Good", "rating: good")],
        (f"{ANYTOWN}:3: EV207 rating must be one of Inadequate, Requires improvement, Good, Outstanding (got 'good')"),
        "did you mean 'Good'? write the rating as CQC's page shows it",
    ),
    case(
        "EV207",
        "unknown region",
        [("data/authorities.csv", "North East", "North-East")],
        (
            "data/authorities.csv:2: EV207 region must be one of East Midlands, East of England, London, "
            "North East, North West, South East, South West, West Midlands, Yorkshire and The Humber (got "
            "'North-East')"
        ),
        "did you mean 'North East'? write it exactly so",
    ),
    case(
        "EV207",
        "unknown type",
        [("data/authorities.csv", "unitary", "Unitary")],
        (
            "data/authorities.csv:2: EV207 type must be one of london-borough, metropolitan-borough, county, "
            "unitary (got 'Unitary')"
        ),
        "did you mean 'unitary'? write it exactly so",
    ),
    case(
        "EV207",
        "bad code",
        [("data/authorities.csv", "E00000001", "E0001")],
        "data/authorities.csv:2: EV207 ons_code must be E and eight digits, e.g. E09000007 (got 'E0001')",
        "remove spaces and signs that do not belong there",
    ),
    case(
        "EV208",
        "anchor",
        [(ANYTOWN, '"2025-01-10"', '&day "2025-01-10"')],
        f"{ANYTOWN}:2: EV208 YAML takes '&day' for an instruction, not for text",
        "put the whole value in double quotes",
    ),
    case(
        "EV208",
        "tag",
        [(ANYTOWN, "one source", "!!python/object:os.system one source")],
        f"{ANYTOWN}:17: EV208 YAML takes '!!python/object:os.system' for an instruction, not for text",
        "put the whole value in double quotes",
    ),
    case(
        "EV208",
        "second document",
        [(ANYTOWN, "corrections:\n  - s", "---\ncorrections:\n  - s")],
        f"{ANYTOWN}:18: EV208 a second document begins here",
        "remove the line of three dashes",
    ),
    case(
        "EV209",
        "csv columns",
        [("data/authorities.csv", "slug,name", "slug;name")],
        "data/authorities.csv:1: EV209 the columns are 'slug;name,full_name,ons_code,region,type,also'",
        "the first line must be slug,name,full_name,ons_code,region,type,also",
    ),
    case(
        "EV209",
        "csv row",
        [("data/authorities.csv", "Othershire,", "Othershire, Isle of,")],
        (
            "data/authorities.csv:3: EV209 the row 'othershire,Othershire, Isle of,Othershire County Council,"
            "E00000002,South West,co'… does not fill the 7 columns"
        ),
        "write 7 columns, as the first line has them; put a value with a comma in double quotes",
    ),
    case(
        "EV209",
        "csv quote",
        [("data/authorities.csv", "Anytown,", '"Anytown,')],
        "data/authorities.csv:2: EV209 the row that begins here cannot be read (unexpected end of data)",
        "a value with a comma or a quote stands in double quotes, a quote in it is doubled",
    ),
)


@pytest.mark.parametrize(("edits", "expected"), CASES)
def test_problem(edits: list[Edit], expected: str) -> None:
    """The one mistake is told in these words, and nothing that only follows from it is."""
    assert problems(*edits) == expected
