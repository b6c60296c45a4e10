"""The checks as a whole: every code has its test, every problem of every file is told at once, and each once.

The words of single problems are tested in ``test_check_files.py``, ``test_check_words.py`` and
``test_check_texts.py``; EV107 and EV109, which only a disk can show, in ``test_read.py``.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from build_scripts.model.codes import CODES
from build_scripts.pipeline.run import Run
from tests.helpers.collections_of import (
    ANYTOWN,
    EQUITY,
    LABELS,
    OTHERSHIRE,
    SAFEGUARDING,
    TEXT,
    VALID,
    Edit,
    check,
    problems,
)
from tests.helpers.projects import ROOT

LEARNING = "data/reports/anytown-2025-01/learning.txt"
AWFUL = ROOT / "tests/golden/awful"
CODE = re.compile(r"\bEV[0-9]{3}\b")


def found(*edits: Edit) -> set[tuple[str, str]]:
    """Return path and code of each problem."""
    return {(problem.path, problem.code) for problem in check(*edits).problems}


def codes_with_tests() -> set[str]:
    """Return every code that a case or a test of reading names."""
    tests = [path.read_text("utf-8") for path in Path(__file__).parent.glob("test_check_*.py")]
    cases = {code for text in tests for code in re.findall(r'case\(\s*"(EV[0-9]{3})"', text)}
    others = (
        "commands/test_add.py",
        "commands/test_add_hostile.py",
        "commands/test_add_options.py",
        "commands/test_broken.py",
        "commands/test_collect.py",
        "commands/test_collect_changes.py",
        "commands/test_collect_faults.py",
        "commands/test_sources.py",
        "unit/test_address.py",
        "unit/test_guides.py",
        "unit/test_read.py",
        "unit/test_redirects.py",
    )
    return cases | {code for name in others for code in CODE.findall((ROOT / "tests" / name).read_text("utf-8"))}


@pytest.mark.parametrize("code", [code.code for code in CODES])
def test_code_has_a_test(code: str) -> None:
    """Every code of the list is shown by a test with its exact words."""
    assert code in codes_with_tests()


def test_codes_in_use_are_those_listed() -> None:
    """The scripts use every code of the list and no other."""
    files = [path for path in (ROOT / "build_scripts").rglob("*.py") if path.name != "codes.py"]
    used = {code for path in files for code in re.findall(r'"(EV[0-9]{3})"', path.read_text("utf-8"))}
    assert used == {code.code for code in CODES}


def test_codes_stand_once_and_in_order() -> None:
    """No code is listed twice, and the page that explains them can be read from top to bottom."""
    codes = [code.code for code in CODES]
    assert codes == sorted(set(codes))


def test_valid_collection_has_no_problem() -> None:
    """The collection that the tests break is well, so that each problem comes from the break."""
    run: Run = check()
    assert run.problems == ()
    assert [len(item.passages) for item in run.evidence] == [2, 1]
    assert run.accuracy is not None


def test_awful_report_gives_its_full_list() -> None:
    """A report with all mistakes at once is answered with all of them, in the order of files and lines.

    ``REWRITE_GOLDEN=1`` writes the list anew: then read it as a contributor would.
    """
    if os.environ.get("REWRITE_GOLDEN"):
        (AWFUL / "expected.txt").write_text(awful(), "utf-8")
    assert awful() == (AWFUL / "expected.txt").read_text("utf-8")


def awful() -> str:
    """Return what is said of the awful report, beside the valid one of Othershire."""
    own: list[Edit] = [(path, None, None) for path in (ANYTOWN, EQUITY, LABELS)]
    for file in sorted(AWFUL.iterdir()):
        if file.name != "expected.txt":
            own.append((f"data/reports/anytown-2025-01/{file.name}", None, file.read_bytes()))
    return f"{problems(*own)}\n"


@pytest.mark.parametrize("path", [path for path in VALID if path != "data/framework.yml"])
def test_problem_in_one_file_does_not_hide_those_of_others(path: str) -> None:
    """Whichever file cannot be read, every other broken file is named as well."""
    breaks: list[Edit] = [
        ("data/authorities.csv", "North East", "Nowhere"),
        ("data/themes.yml", "group: access\n    broader", "group: excess\n    broader"),
        ("data/voices.yml", "staff <said>", "staff <says>"),
        (ANYTOWN, "checked: one", "checked: on"),
        (EQUITY, "Score: 3\n", "Score: 7\n"),
        (OTHERSHIRE, "percentage: 75", "percentage: 76"),
        (SAFEGUARDING, "whom to call.", "whom to"),
        (LABELS, "2025-04-01", "2025-04-31"),
    ]
    edits: list[Edit] = [*(each for each in breaks if each[0] != path), (path, None, b"\xff")]
    assert {problem.path for problem in check(*edits).problems} == set(VALID) - {"data/framework.yml"}


def test_broken_framework_does_not_hide_what_needs_none() -> None:
    """Without the framework no text is understood, but all files are still read as such."""
    assert found(
        ("data/framework.yml", "areas:", "ares:"),
        (OTHERSHIRE, "percentage: 75", "percentage: lots"),
        (SAFEGUARDING, "whom to call", b"\xff"),
        ("data/themes.yml", "sign language", "no"),
        ("data/voices.yml", None, None),
        ("data/authorities.csv", "county", "country"),
        (LABELS, "words: Staff", "word: Staff"),
        ("data/notes.txt", None, "?"),
    ) == {
        ("data/framework.yml", "EV204"),
        (OTHERSHIRE, "EV206"),
        (SAFEGUARDING, "EV101"),
        ("data/themes.yml", "EV203"),
        ("data/voices.yml", "EV106"),
        ("data/authorities.csv", "EV207"),
        (LABELS, "EV204"),
        ("data/notes.txt", "EV103"),
    }


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([(ANYTOWN, "percentage: 75", 'percentage: "75"')], (ANYTOWN, "EV206")),
        ([(ANYTOWN, "percentage: 75", "percentage: 75.0")], (ANYTOWN, "EV206")),
        ([(ANYTOWN, "percentage: 75", "percentage: 0x4B")], (ANYTOWN, "EV206")),
        ([(ANYTOWN, "percentage: 75", f"percentage: {'9' * 5000}")], (ANYTOWN, "EV206")),
        ([(ANYTOWN, "percentage: 75", "percentage:")], (ANYTOWN, "EV206")),
        ([(ANYTOWN, "percentage: 75", "percentage: 24")], (ANYTOWN, "EV207")),
        ([(ANYTOWN, "one source", "no")], (ANYTOWN, "EV207")),
        ([(ANYTOWN, "  equity: 3", "  equity: yes")], (ANYTOWN, "EV206")),
        ([("data/themes.yml", None, None)], ("data/themes.yml", "EV106")),
        ([("data/voices.yml", "- id: staff", "- id: staf")], (LABELS, "EV303")),
        ([(EQUITY, None, b"\xff")], (EQUITY, "EV101")),
        ([(EQUITY, None, None), (LABELS, None, None), (ANYTOWN, "tag_corrections:", "x:")], (ANYTOWN, "EV204")),
        ([("data/authorities.csv", None, "slug\n")], ("data/authorities.csv", "EV209")),
        ([(OTHERSHIRE, None, b"\xff")], (OTHERSHIRE, "EV101")),
        ([("data/themes.yml", "sign language", "sign > language")], ("data/themes.yml", "EV306")),
        ([("data/themes.yml", "- interpreter\n", "- ..."), (ANYTOWN, "add", "remove")], ("data/themes.yml", "EV306")),
        ([(LEARNING, None, TEXT)], (LEARNING, "EV505")),
        ([(ANYTOWN, '"2025-01-10"', '"2025-01"'), (ANYTOWN, "2025-03-01", "2024-12-31")], (ANYTOWN, "EV307")),
        ([("data/framework.yml", "highest: 100", "highest: 99")], ("data/framework.yml", "EV309")),
    ],
)
def test_mistake_is_told_once(edits: list[Edit], expected: tuple[str, str]) -> None:
    """What only follows from a mistake is not told beside it, and nothing ends in a traceback."""
    told = [(problem.path, problem.code) for problem in check(*edits).problems]
    assert told == [expected]


def test_texts_without_passages_are_not_alike() -> None:
    """Two texts that lack their passages are each told so, and not as the same text twice."""
    last = "Unpaid carers told us that they knew whom to call.\n"
    other = VALID[SAFEGUARDING].replace(last, "").replace("Safeguarding", "Learning, improvement and innovation")
    learning = "data/reports/othershire-2025-02/learning.txt"
    told = found((SAFEGUARDING, last, None), (learning, None, other))
    assert told == {(SAFEGUARDING, "EV508"), (learning, "EV508")}


def test_month_of_publication_comes_before_its_days() -> None:
    """A text may be taken on any day of the month of publication, where the day is not known."""
    assert found((ANYTOWN, '"2025-01-10"', '"2025-01"'), (ANYTOWN, "2025-03-01", "2025-01-01")) == set()
