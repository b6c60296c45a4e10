"""Sources that contradict one another, a contributor or the collection: nothing is chosen in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from build_scripts.commands.main import main
from tests.helpers.collections_of import write_small_project
from tests.helpers.documents import PATHS, REPORT, SCORES, SITE, as_html, as_text, statement_units, summary_units

SOURCE = f"{SITE}{REPORT}"
FOLDER = "data/reports/anytown-2025-07"
SUMMARY = as_text(summary_units())
EQUITY = as_text(statement_units("equity"))
GIVEN = ["--source", SOURCE, *(each for id, score in SCORES.items() for each in ("--score", f"{id}={score}"))]
DECIDE = "    compare both with CQC's page; --published says which of the two is right\n"
MEND = "    compare both with CQC's page and correct the wrong one\n"


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project without a report of Anytown's; sources are named from the folder beside it."""
    monkeypatch.chdir(tmp_path)
    return write_small_project(tmp_path / "project")


def add(tree: Path, sources: dict[str, str], *options: str) -> Result:
    """Add sources by name; a traceback is a failure of the test."""
    for name, words in sources.items():
        (tree.parent / name).write_text(words, "utf-8")
    result = CliRunner().invoke(main, ["--root", str(tree), "add", *sources, *options])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


def known(tree: Path) -> None:
    """Put the report into the collection, without texts."""
    assert add(tree, {"summary.txt": SUMMARY}, "--source", SOURCE).exit_code == 0


def on(text: str, date: str) -> str:
    """The text with another date of publication."""
    return text.replace("4 July 2025", date)


def test_two_days_are_told(tree: Path) -> None:
    """Two sources with two days: neither is taken; a day that one of them has decides, and the other is told."""
    sources = {"a.txt": EQUITY, "b.txt": on(SUMMARY, "18 July 2025")}
    result = add(tree, sources, *GIVEN)
    assert result.exit_code == 1
    assert result.stdout == f"b.txt:1: EV711 it says '2025-07-18', but a.txt says '2025-07-04'\n{DECIDE}"
    decided = add(tree, sources, *GIVEN, "--published", "2025-07-18")
    assert decided.exit_code == 0, decided.output
    assert "please compare: a.txt says that it was published 2025-07-04; 2025-07-18 is taken" in decided.stdout
    assert 'published: "2025-07-18"' in (tree / FOLDER / "report.yml").read_text("utf-8")


@pytest.mark.parametrize("date", ["18 July 2025", "4 August 2025"])
def test_a_text_that_contradicts_itself_is_told(tree: Path, date: str) -> None:
    """Two days or months in one text are told like those of two."""
    words = EQUITY.replace("Published: 4 July 2025", f"Published: 4 July 2025\n\nPublished: {date}")
    result = add(tree, {"a.txt": words}, *GIVEN)
    assert result.exit_code == 1
    assert "a.txt:1: EV711 it says '2025-0" in result.stdout
    assert "but another line of it says '2025-07-04'" in result.stdout


def test_a_month_fits_its_days(tree: Path) -> None:
    """A source that says the month alone contradicts none that says a day of it, and the day is taken."""
    result = add(tree, {"a.txt": on(EQUITY, "July 2025"), "b.txt": SUMMARY}, *GIVEN)
    assert result.exit_code == 0, result.output
    assert 'published: "2025-07-04"' in (tree / FOLDER / "report.yml").read_text("utf-8")


def test_a_day_that_the_collection_has_not_is_told(tree: Path) -> None:
    """A source is compared with the report that is here, and a day that is given may say that the report is right."""
    known(tree)
    sources = {"a.txt": on(EQUITY, "18 July 2025")}
    result = add(tree, sources)
    assert result.exit_code == 1
    assert result.stdout == f"a.txt:1: EV711 it says '2025-07-18', but report.yml says '2025-07-04'\n{DECIDE}"
    result = add(tree, sources, "--published", "2025-07-18")
    assert result.stdout == f"--published:1: EV711 it says '2025-07-18', but report.yml says '2025-07-04'\n{MEND}"
    # With a date that neither has, both are told; those who say the same, once.
    assert add(tree, sources, "--published", "2025-07-09").stdout.count("--published:1: EV711") == 2
    result = add(tree, {"a.txt": EQUITY}, "--published", "2025-07-09")
    assert result.stdout == (
        f"--published:1: EV711 it says '2025-07-09', but report.yml and a.txt say '2025-07-04'\n{MEND}"
    )


def test_an_authority_that_no_source_names_is_told(tree: Path) -> None:
    """An authority that is given is compared with the one that each source names, scores alone included."""
    result = add(tree, {"a.txt": SUMMARY}, "--source", SOURCE, "--authority", "othershire")
    assert result.exit_code == 1
    assert result.stdout == f"--authority:1: EV711 it says 'Othershire', but a.txt says 'Anytown'\n{MEND}"


def test_two_scores_in_one_source_are_told(tree: Path) -> None:
    """A summary that gives one statement two scores is told, and not read as the first of them."""
    words = SUMMARY.replace(
        "Equity in experience and outcomes\n\nScore: 3", "Equity in experience and outcomes\n\nScore: 2"
    )
    result = add(tree, {"a.txt": f"{words}\n{SUMMARY}"}, "--source", SOURCE)
    assert result.exit_code == 1
    assert result.stdout == f"a.txt:1: EV403 it gives equity the score 3, but a.txt gives 2\n{MEND}"


def test_a_score_that_the_collection_has_not_is_told(tree: Path) -> None:
    """The scores of a summary are compared with those of the report that is here, not only those of texts."""
    known(tree)
    words = SUMMARY.replace("Safeguarding\n\nScore: 3", "Safeguarding\n\nScore: 2")
    result = add(tree, {"a.txt": words, "b.txt": EQUITY})
    assert result.exit_code == 1
    assert result.stdout == f"a.txt:1: EV403 it gives safeguarding the score 2, but report.yml gives 3\n{MEND}"


@pytest.mark.parametrize("is_known", [False, True])
def test_another_rating_or_percentage_is_told(tree: Path, is_known: bool) -> None:
    """Figures that are not those of the report are notes: for a new report, and for one that is here."""
    if is_known:
        known(tree)
    words = SUMMARY.replace("Good", "Requires improvement").replace("64%", "46%")
    result = add(tree, {"a.txt": SUMMARY, "b.txt": words, "c.txt": EQUITY}, "--source", SOURCE)
    assert result.exit_code == 0, result.output
    note = "please compare: b.txt has Requires improvement and 46% too; report.yml has Good and 64%"
    assert note in result.stdout
    assert "a.txt has" not in result.stdout


@pytest.mark.parametrize(
    ("address", "note"),
    [
        (SOURCE.replace("0725", "0126"), "names the month 2026-01, but the report was published 2025-07-04"),
        (SOURCE.replace("anytown", "othershire"), "names othershire, but the report is anytown's"),
    ],
)
def test_an_address_of_another_report_is_told(tree: Path, address: str, note: str) -> None:
    """The month and authority that an address names are compared with those of the report."""
    result = add(tree, {"a.html": as_html(summary_units(), address=address)})
    assert f"please compare: the address of a.html {note}" in result.stdout
    other = add(tree, {"b.txt": SUMMARY, "c.txt": EQUITY}, "--source", address, "--dry-run")
    assert f"please compare: the address of --source {note}" in other.stdout or "EV711" in other.stdout


def test_addresses_of_two_reports_are_told(tree: Path) -> None:
    """Pages that were saved from two reports are not taken for one in silence."""
    pages = {
        f"{name}.html": as_html(statement_units(id), address=f"{SITE}/reports/{name}-0725/{PATHS[id]}")
        for name, id in (("anytowncc", "equity"), ("anytownbc", "safeguarding"))
    }
    result = add(tree, pages, *GIVEN)
    assert result.exit_code == 0, result.output
    note = (
        "please compare: the addresses of anytowncc.html and anytownbc.html and --source are those of different reports"
    )
    assert note in result.stdout


def test_sources_that_agree_bring_no_doubt(tree: Path) -> None:
    """A whole report from its own pages has nothing to compare."""
    pages = {f"{id}.html": as_html(statement_units(id), address=f"{SOURCE}/{path}") for id, path in PATHS.items()}
    pages["summary.html"] = as_html(summary_units(), address=f"{SOURCE}/summary")
    result = add(tree, pages)
    assert result.exit_code == 0, result.output
    assert "please compare" not in result.stdout
