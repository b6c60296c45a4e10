"""What is wrong with names and rules: unknown ids, repeats, contradictions. One case or more for each code."""

from __future__ import annotations

import pytest

from tests.helpers.collections_of import ANYTOWN, LABELS, OTHERSHIRE, SAFEGUARDING, TEXT, Edit, case, line_of, problems

# The framework is the real one, so its lines may move.
RATINGS, SCORES = line_of("ratings:"), line_of("scores:")

_PAGE = """\
  address: "https://www.cqc.org.uk/invented/anytown/theme1/equity"
    retrieved: "2025-03-01"
    sha256: "0000000000000000000000000000000000000000000000000000000000000000"
"""

CASES = (
    case(
        "EV302",
        "page of an unknown statement",
        [(ANYTOWN, "checked: one source\n", f"checked: one source\npages:\n  eqity:\n  {_PAGE}")],
        f"{ANYTOWN}:19: EV302 unknown statement 'eqity' in pages",
        (
            "did you mean 'equity'? the statements are assessing-needs, healthier-lives, equity, "
            "care-provision, partnerships, safe-pathways, safeguarding, governance, learning"
        ),
    ),
    case(
        "EV307",
        "page retrieved too early",
        [
            (
                ANYTOWN,
                "checked: one source\n",
                f"checked: one source\npages:\n  equity:\n  {_PAGE.replace('2025-03-01', '2025-01-01')}",
            )
        ],
        f"{ANYTOWN}:21: EV307 retrieved is '2025-01-01', which is before published, '2025-01-10'",
        "correct the one that is wrong",
    ),
    case(
        "EV301",
        "unknown authority",
        [(ANYTOWN, "authority: anytown", "authority: anytwon")],
        f"{ANYTOWN}:1: EV301 unknown authority 'anytwon'",
        "did you mean 'anytown'? use a slug of data/authorities.csv",
    ),
    case(
        "EV302",
        "unknown statement",
        [(ANYTOWN, "  equity: 3", "  equality: 3")],
        f"{ANYTOWN}:8: EV302 unknown statement 'equality' in scores",
        (
            "did you mean 'equity'? the statements are assessing-needs, healthier-lives, equity, "
            "care-provision, partnerships, safe-pathways, safeguarding, governance, learning"
        ),
    ),
    case(
        "EV302",
        "unknown statement of a correction",
        [(ANYTOWN, "statement: equity", "statement: eqity")],
        f"{ANYTOWN}:19: EV302 unknown statement 'eqity' in a correction",
        (
            "did you mean 'equity'? the statements are assessing-needs, healthier-lives, equity, "
            "care-provision, partnerships, safe-pathways, safeguarding, governance, learning"
        ),
    ),
    case(
        "EV303",
        "unknown tag of a correction",
        [(ANYTOWN, "[accessibility]", "[acessibility]")],
        f"{ANYTOWN}:25: EV303 unknown theme or voice 'acessibility'",
        "did you mean 'accessibility'? use an id of data/themes.yml or data/voices.yml",
    ),
    case(
        "EV303",
        "unknown related theme",
        [("data/themes.yml", "related: [accessibility]", "related: [interpretation]")],
        ("data/themes.yml:23: EV303 'interpretation' names 'interpretation' as related, which is not another theme"),
        "name a theme of this file",
    ),
    case(
        "EV303",
        "unknown broader theme",
        [("data/themes.yml", "broader: [accessibility]", "broader: [access]")],
        "data/themes.yml:22: EV303 'interpretation' names 'access' as broader, which is not another theme",
        "did you mean 'accessibility'? name a theme of this file",
    ),
    case(
        "EV303",
        "unknown label",
        [(LABELS, "[interpretation]", "[interpretations]")],
        f"{LABELS}:4: EV303 unknown theme 'interpretations'",
        "did you mean 'interpretation'? use an id of data/themes.yml or data/voices.yml",
    ),
    case(
        "EV304",
        "repeated item",
        [("data/themes.yml", "      - sign language\n", "      - sign language\n      - interpreter\n")],
        ("data/themes.yml:27: EV304 'interpreter' stands twice in phrases of item 2 of themes, first in line 25"),
        "remove one of the two",
    ),
    case(
        "EV304",
        "weak and not weak",
        [("data/themes.yml", "      - sign language\n", "      - sign language\n    weak:\n      - interpreter\n")],
        (
            "data/themes.yml:28: EV304 'interpreter' of 'interpretation' is in phrases and in weak, "
            "where it changes nothing"
        ),
        "remove one of the two",
    ),
    case(
        "EV304",
        "repeated id",
        [("data/themes.yml", "id: interpretation", "id: accessibility")],
        "data/themes.yml:15: EV304 id 'accessibility' in themes is that of line 6 too",
        "give it another, or remove one of the two",
    ),
    case(
        "EV304",
        "shared id",
        [("data/voices.yml", "id: carers", "id: interpretation")],
        ("data/voices.yml:15: EV304 id 'interpretation' is that of the theme in line 15 of data/themes.yml too"),
        "give one of the two another id",
    ),
    case(
        "EV304",
        "repeated authority",
        [("data/authorities.csv", "othershire,Othershire", "anytown,Anytown")],
        "data/authorities.csv:3: EV304 'anytown' and 'Anytown' stand in line 2 too",
        "keep one of the two rows",
    ),
    case(
        "EV304",
        "repeated source",
        [(OTHERSHIRE, "invented/othershire", "invented/anytown/")],
        f"{OTHERSHIRE}:15: EV304 source is that of data/reports/anytown-2025-01/report.yml too",
        "write the address of this report's page, or remove one of the two reports",
    ),
    case(
        "EV304",
        "repeated text",
        [("data/reports/othershire-2025-02/equity.txt", None, TEXT.partition("\n")[2])],
        (
            "data/reports/othershire-2025-02/equity.txt:1: EV304 the same paragraphs stand in "
            "data/reports/anytown-2025-01/equity.txt"
        ),
        "paste the text that belongs here, or remove the file",
    ),
    case(
        "EV304",
        "repeated correction",
        [
            (
                ANYTOWN,
                "tag_corrections:",
                "  - statement: equity\n    match: harbor team\n    value: harbour\n    why: again\ntag_corrections:",
            )
        ],
        f"{ANYTOWN}:23: EV304 'harbor team' is corrected in line 19 too",
        "make one correction of the two",
    ),
    case(
        "EV304",
        "repeated label",
        [(LABELS, "p-d428ad00", "p-3ee45653")],
        f"{LABELS}:8: EV304 paragraph 'p-3ee45653' stands twice",
        "keep one of them",
    ),
    case(
        "EV304",
        "repeated wording",
        [("data/framework.yml", "name: Safeguarding\n", "name: assessing needs\n"), (SAFEGUARDING, None, None)],
        (
            f"data/framework.yml:{line_of('name: Safeguarding')}: EV304 'assessing needs' of 'safeguarding' is a name"
            " of 'assessing-needs' already"
        ),
        "remove one of the two",
    ),
    case(
        "EV305",
        "folder of another authority",
        [(OTHERSHIRE, "authority: othershire", "authority: anytown"), (SAFEGUARDING, None, None)],
        f"{OTHERSHIRE}:1: EV305 the folder is named after 'othershire' but authority is 'anytown'",
        "correct authority, or rename the folder to anytown-2025-02",
    ),
    case(
        "EV305",
        "folder of another month",
        [(OTHERSHIRE, "2025-02-10", "2025-01-10")],
        f"{OTHERSHIRE}:2: EV305 the folder is named after '2025-02' but published is '2025-01-10'",
        "correct published, or rename the folder to othershire-2025-01",
    ),
    case(
        "EV306",
        "broken phrase",
        [("data/themes.yml", "- interpreter of dreams", "- ... of dreams")],
        (
            "data/themes.yml:28: EV306 phrase '... of dreams' of 'interpretation': a gap (...) must have a "
            "word on either side"
        ),
        "see “How a rule is written” in docs/contribute/themes.md",
    ),
    case(
        "EV306",
        "unknown word list",
        [("data/voices.yml", "staff <said>", "staff <says>")],
        "data/voices.yml:14: EV306 phrase 'staff <says>' of 'staff': there is no word list <says>",
        "see “How a rule is written” in docs/contribute/themes.md",
    ),
    case(
        "EV306",
        "broken word",
        [("data/voices.yml", "- told us", "- told >us")],
        ("data/voices.yml:3: EV306 item 'told >us' of the word list <said>: '>us' is not a word, a word list or a gap"),
        "see “How a rule is written” in docs/contribute/themes.md",
    ),
    case(
        "EV306",
        "circular words",
        [("data/voices.yml", "- told us", "- <said>")],
        "data/voices.yml:3: EV306 word list <said>: the word list <said> is made of itself",
        "see “How a rule is written” in docs/contribute/themes.md",
    ),
    case(
        "EV307",
        "dates in wrong order",
        [(ANYTOWN, "2025-03-01", "2025-01-09")],
        f"{ANYTOWN}:16: EV307 retrieved is '2025-01-09', which is before published, '2025-01-10'",
        "correct the one that is wrong",
    ),
    case(
        "EV308",
        "unknown area",
        [
            (
                "data/framework.yml",
                "area: ensuring-safety\n    headings:\n      - Safeguarding",
                "area: ensuring-safty\n    headings:\n      - Safeguarding",
            )
        ],
        (
            f"data/framework.yml:{line_of('- Safeguarding systems') - 2}: EV308 'safeguarding' is in area"
            " 'ensuring-safty', which is not in areas"
        ),
        (
            "did you mean 'ensuring-safety'? the areas are working-with-people, providing-support, "
            "ensuring-safety, leadership"
        ),
    ),
    case(
        "EV308",
        "unknown group",
        [
            (
                "data/themes.yml",
                "group: access\n    phrases:\n      - accessible",
                "group: acces\n    phrases:\n      - accessible",
            )
        ],
        "data/themes.yml:12: EV308 'accessibility' is in group 'acces', which is not in groups",
        "did you mean 'access'? the groups are access",
    ),
    case(
        "EV309",
        "gap between bands",
        [("data/framework.yml", "lowest: 63", "lowest: 65")],
        f"data/framework.yml:{RATINGS}: EV309 no rating covers 63%",
        "let the bands cover each percentage from 25 to 100 once",
    ),
    case(
        "EV309",
        "overlapping bands",
        [("data/framework.yml", "highest: 87", "highest: 88")],
        f"data/framework.yml:{RATINGS}: EV309 Good and Outstanding both cover 88%",
        "let the bands cover each percentage from 25 to 100 once",
    ),
    case(
        "EV309",
        "missing score label",
        [("data/framework.yml", "  - {score: 4, label: Evidence shows an exceptional standard}\n", None)],
        f"data/framework.yml:{SCORES}: EV309 no label for score 4",
        "CQC's scores are 1, 2, 3 and 4: add a line for each",
    ),
    case(
        "EV309",
        "circle of themes",
        [("data/themes.yml", "label: Accessibility\n", "label: Accessibility\n    broader: [interpretation]\n")],
        (
            "data/themes.yml:8: EV309 'accessibility' is broader than itself: accessibility > interpretation "
            "> accessibility"
        ),
        "remove the wrong id from broader of one of them",
    ),
)


@pytest.mark.parametrize(("edits", "expected"), CASES)
def test_problem(edits: list[Edit], expected: str) -> None:
    """The one mistake is told in these words, and nothing that only follows from it is."""
    assert problems(*edits) == expected
