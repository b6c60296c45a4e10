"""Whatever is contributed, the work of it grows with its size; what is larger than any contribution is refused.

Work is counted in calls of functions and lines run, which are the same on every machine; ``make bench ARGS=growth``
has the seconds.
"""

from __future__ import annotations

import math
import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from benchmarks.growing import KINDS
from benchmarks.growth import MOST
from build_scripts.disk import read
from build_scripts.disk.read import read_sources
from build_scripts.facts import csv_text
from build_scripts.facts.authorities import MOST_AUTHORITIES
from build_scripts.facts.schema_check import MOST_TOLD
from build_scripts.facts.yaml_text import MOST_VALUES
from build_scripts.model.problems import format_text
from build_scripts.tagging.phrases import MOST_ALTERNATIVES
from build_scripts.text.clean import MOST_LINES
from tests.helpers.collections_of import ANYTOWN, AUTHORITIES, EQUITY, REPORT, TEXT, VALID, Edit, check
from tests.helpers.counting import counted


def power(first: int, second: int, third: int) -> float:
    """Return the exponent of the growth over three sizes, each twice the one before; what is fixed falls out."""
    return math.log2((third - second) / (second - first))


@pytest.fixture(scope="module")
def beside() -> Iterator[ProcessPoolExecutor]:
    """A process for counting: measuring coverage puts lines in between here, and takes them out once they ran."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        yield pool


@pytest.mark.parametrize("name", KINDS)
def test_work_grows_with_the_size(name: str, beside: ProcessPoolExecutor) -> None:
    """Twice as much is twice the work, whatever comes on top in any case."""
    small, twice, four_times = beside.submit(counted, name).result()
    assert power(small, twice, four_times) <= MOST


def test_a_square_would_be_seen() -> None:
    """The measure tells a square from a line, whatever fixed work comes on top."""
    assert power(*(1_000 + size * size for size in (10, 20, 40))) == 2
    assert power(*(1_000 + size for size in (10, 20, 40))) == 1


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (
            "text",
            f"{EQUITY}:1: EV107 the text has more than 5,000 lines\n    paste the text of one statement page only",
        ),
        ("keys", "EV107 the file has more than 20,000 keys and values\n    remove what does not belong there"),
        (
            "one line of keys",
            "EV107 the file has more than 20,000 keys and values\n    remove what does not belong there",
        ),
        ("authorities", "EV107 the file has more than 1,000 rows\n    remove the rows that do not belong there"),
        ("alternatives", "101 alternatives stand in one place, and 100 is the most"),
    ],
)
def test_what_is_larger_than_any_contribution_is_refused(kind: str, said: str) -> None:
    """One line says what is too large; nothing beyond the limit is read."""
    rows = "".join(f"t-{at},T {at},T {at} Council,E{at:08d},London,county,\n" for at in range(MOST_AUTHORITIES))
    edits: dict[str, Edit] = {
        "text": (EQUITY, None, TEXT + "Staff told us that it was open.\n" * MOST_LINES),
        "keys": (ANYTOWN, None, REPORT + "a: 1\n" * MOST_VALUES),
        "one line of keys": (ANYTOWN, None, REPORT + f"a: [{'1,' * MOST_VALUES}]"),
        "authorities": ("data/authorities.csv", None, AUTHORITIES + rows),
        "alternatives": ("data/themes.yml", "sign language", "/".join(["sign"] * (MOST_ALTERNATIVES + 1))),
    }
    shown = [format_text(problem) for problem in check(edits[kind]).problems]
    assert len(shown) == 1
    assert said in shown[0]


def test_just_so_many_rows_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many rows as the limit says are read, and one more is not."""
    rows = "".join(f"othershire-2025-02/safeguarding/p-{at:08x},,gone,2026-01-01\n" for at in range(4))
    table: Edit = ("data/redirects.csv", None, f"retired,successor,reason,date\n{rows}")
    monkeypatch.setattr(csv_text.read_rows, "__defaults__", ((), 4))
    assert check(table).problems == ()
    monkeypatch.setattr(csv_text.read_rows, "__defaults__", ((), 3))
    assert [problem.what for problem in check(table).problems] == ["the file has more than 3 rows"]


def test_unknown_keys_are_told_up_to_a_number() -> None:
    """Many unknown keys are told one by one at first, and the rest in a line with their number."""
    keys = "".join(f"mine{at}: 1\n" for at in range(MOST_TOLD + 5))
    told = [problem.what for problem in check((ANYTOWN, None, REPORT + keys)).problems]
    assert len(told) == MOST_TOLD + 1
    assert "unknown key 'mine0'" in told
    assert "5 more unknown keys" in told


@pytest.mark.parametrize(("limit", "value"), [("MOST_FILES", len(VALID)), ("MOST_BYTES", 1_000)])
def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int) -> None:
    """Where there are more files or bytes than any collection has, one line says so and nothing is taken in."""
    for path, text in VALID.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    sources, problems = read_sources(tmp_path)
    assert (len(sources), problems) == (len(VALID), ())

    monkeypatch.setattr(read, limit, value)
    sources, problems = read_sources(tmp_path)

    assert sources == {}
    assert [problem.code for problem in problems] == ["EV107"]
