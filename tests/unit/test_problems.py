"""How problems are shown, and what hostile words in them cannot do."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.model.problems import (
    MOST_COMPARED,
    Problem,
    closest,
    format_github,
    format_json,
    format_text,
    nearest,
    shown,
)

PLAIN = Problem("data/reports/anytown-2025-01/equity.txt", 3, "EV501", "the text has no line", "add the line")
HOSTILE = Problem("data/a,b:c%\n::error::x", 1, "EV204", "100%\r\n::stop-commands::x", "a\n##[error]b: c, d")


def test_text_is_two_lines() -> None:
    """A problem is a line that editors can jump to, and an indented line that says how to mend it."""
    assert format_text(PLAIN) == (
        "data/reports/anytown-2025-01/equity.txt:3: EV501 the text has no line\n    add the line"
    )


def test_text_does_not_steer_a_terminal() -> None:
    """Line ends, colours and turned writing in contributed names and words are shown as escapes."""
    problem = Problem("data/a\nb", 1, "EV103", "\x1b[31mred\u202eder", "mend\rit\xa0now")
    assert format_text(problem) == "data/a\\nb:1: EV103 \\x1b[31mred\\u202eder\n    mend\\rit\\xa0now"


def test_github_annotates_the_line() -> None:
    """For GitHub a problem is one workflow command with its file and line."""
    assert format_github(PLAIN) == (
        "::error file=data/reports/anytown-2025-01/equity.txt,line=3,title=EV501::the text has no line%0Aadd the line"
    )


def test_github_command_cannot_be_ended_by_words() -> None:
    """Signs that mean something in a workflow command are escaped as GitHub's own toolkit escapes them."""
    assert format_github(HOSTILE) == (
        "::error file=data/a%2Cb%3Ac%25%0A%3A%3Aerror%3A%3Ax,line=1,title=EV204"
        "::100%25%0D%0A::stop-commands::x%0Aa%0A##[error]b: c, d"
    )


@given(st.builds(Problem, st.text(), st.integers(), st.just("EV204"), st.text(), st.text()))
def test_github_reads_back_what_was_written(problem: Problem) -> None:
    """Whatever a problem says is one line, and the runner's way of reading it gives the same words back."""
    line = format_github(problem)

    assert "\n" not in line
    assert "\r" not in line
    found = re.fullmatch(r"::error file=([^,]*),line=(-?[0-9]+),title=(\w+)::(.*)", line, re.DOTALL)
    assert found
    path = unescape(found[1].replace("%3A", ":").replace("%2C", ","))
    assert (path, unescape(found[4])) == (problem.path, f"{problem.what}\n{problem.mend}")


def unescape(text: str) -> str:
    """Return what the runner makes of a value."""
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def test_json_is_one_line() -> None:
    """For programs a problem is one line of JSON with its five parts, hostile words included."""
    line = format_json(HOSTILE)
    assert "\n" not in line
    assert json.loads(line) == {
        "path": HOSTILE.path,
        "line": 1,
        "code": "EV204",
        "what": HOSTILE.what,
        "mend": HOSTILE.mend,
    }


def test_problems_sort_as_a_reader_goes_through_files() -> None:
    """Problems sort by path, then by line as a number."""
    given = [Problem("b", 1, "EV101", "", ""), Problem("a", 10, "EV101", "", ""), Problem("a", 9, "EV999", "", "")]
    assert [(problem.path, problem.line) for problem in sorted(given)] == [("a", 9), ("a", 10), ("b", 1)]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("good", "'good'"),
        ("it's", '"it\'s"'),
        ("a\x1bb", "'a\\x1bb'"),
        (7, "7"),
        (1.5, "1.5"),
        (True, "true"),
        (False, "false"),
        (None, "nothing"),
        ([1], "a list"),
        ({"a": 1}, "keys with values"),
        ("x" * 80, f"'{'x' * 80}'"),
        ("x" * 81, f"'{'x' * 80}'…"),
    ],
)
def test_values_are_shown_in_words(value: object, words: str) -> None:
    """A value is named so that somebody who does not program knows it again, and never at length."""
    assert shown(value) == words


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("equty", "equity"),
        ("Equity", "equity"),
        (" equity ", "equity"),
        ("GOVERNANCE", "governance"),
        ("nothing like it", None),
        ("", None),
        ("equity" * 20, None),
    ],
)
def test_slips_are_recognised(value: str, meant: str | None) -> None:
    """The allowed value that somebody must have meant is offered, whatever its capitals, and no far-fetched one."""
    allowed = ["equity", "governance"]
    assert closest(value, allowed) == meant
    assert nearest(value, allowed) == (f"did you mean {meant!r}? " if meant else "")


def test_a_slip_is_not_looked_for_among_very_many() -> None:
    """Comparing with thousands would take longer than everything else, so that nothing is offered there."""
    allowed = [f"equity-{number}" for number in range(MOST_COMPARED)]
    assert closest("equty-7", allowed) == "equity-7"
    assert closest("equty-7", [*allowed, "one more"]) is None
