"""``evidence add``: what comes in from each kind of source, and that nothing is half-written."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import build_scripts.commands.sources
import build_scripts.disk.write
from build_scripts.commands.states import understand
from tests.helpers.adding import EQUITY, FOLDER, SOURCE, check, files, new_report, run, save
from tests.helpers.collections_of import LABELS, OTHERSHIRE, write_small_project
from tests.helpers.documents import (
    PATHS,
    REPORT,
    SCORES,
    as_docx,
    as_html,
    as_pdf,
    as_text,
    links_page,
    statement_units,
    summary_units,
)
from tests.helpers.patience import PATIENCE, eventually
from tests.helpers.served import Answer, Served, serving
from tests.helpers.strategies import STATEMENTS


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the local site be asked without pauses."""
    monkeypatch.setattr(build_scripts.commands.sources, "PAUSE", 0)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small project: Othershire's report is in it; Anytown has none."""
    return write_small_project(tmp_path / "project")


def assert_whole(tree: Path) -> None:
    """Assert that the invented report is there with its nine texts and scores, and passes the check."""
    report = yaml.safe_load((tree / FOLDER / "report.yml").read_text("utf-8"))
    assert report["authority"] == "anytown"
    assert report["published"] == "2025-07-04"
    assert (report["rating"], report["percentage"]) == ("Good", 64)
    assert report["scores"] == SCORES
    assert report["source"] == SOURCE
    assert sorted(path.name for path in (tree / FOLDER).iterdir()) == sorted(
        ["report.yml", *(f"{id}.txt" for id in PATHS)]
    )
    check(tree)


@pytest.fixture
def site() -> Iterator[Served]:
    """The invented report in CQC's layout: a page that links nine statement pages and a summary."""
    answers = {f"{REPORT}/{path}": Answer(as_html(statement_units(id)).encode()) for id, path in PATHS.items()}
    answers[f"{REPORT}/summary"] = Answer(as_html(summary_units()).encode())
    names = {STATEMENTS[id].name: f"{REPORT}/{path}" for id, path in PATHS.items()}
    links = {"Summary": f"{REPORT}/summary", **names, "Next page: Equity": "/elsewhere", "Contact": "/contact"}
    answers[REPORT] = Answer(links_page(links).encode())
    with serving(answers) as served:
        yield served


def test_nine_pages_of_a_site_come_in_by_one_address(tree: Path, site: Served) -> None:
    """The address of a report brings its summary and nine statement pages, each asked for once and by name."""
    result = run(tree, f"{site.base}{REPORT}", "--source", SOURCE)

    assert result.exit_code == 0, result.output
    assert_whole(tree)
    assert sorted(site.asked) == sorted([REPORT, f"{REPORT}/summary", *(f"{REPORT}/{path}" for path in PATHS.values())])
    assert len(site.agents) == 1
    assert re.match(r"care-evidence-explorer/\S+ \(", site.agents.pop())


def test_nine_addresses_in_one_call(tree: Path, site: Served) -> None:
    """The addresses of the nine statement pages make a new report: its scores are theirs."""
    result = run(tree, *(f"{site.base}{REPORT}/{path}" for path in PATHS.values()), "--source", SOURCE)

    assert result.exit_code == 0, result.output
    assert_whole(tree)
    assert "please compare: rating Good and 64% follow from the nine scores" in result.output


@pytest.mark.parametrize("columns", [1, 2])
def test_a_whole_report_in_one_pdf_becomes_nine_texts(tree: Path, columns: int) -> None:
    """A PDF of the whole report gives nine texts and report.yml; its summary is told of and not kept."""
    data = as_pdf([summary_units(), *map(statement_units, PATHS)], columns=columns)
    result = run(tree, save(tree, "whole.pdf", data), "--source", SOURCE)

    assert result.exit_code == 0, result.output
    assert_whole(tree)
    assert "People in Anytown liked the pier" in result.output
    assert "“Local authority assessment of the invented Anytown”" in result.output


def test_a_whole_report_in_one_word_document_becomes_nine_texts(tree: Path) -> None:
    """A DOCX of the whole report gives nine texts and report.yml."""
    units = [*summary_units(), *(unit for id in PATHS for unit in statement_units(id))]
    result = run(tree, save(tree, "whole.docx", as_docx(units)), "--source", SOURCE)

    assert result.exit_code == 0, result.output
    assert_whole(tree)


def test_a_whole_report_in_one_text_on_standard_input(tree: Path) -> None:
    """Plain text on standard input is read as it would be from a file."""
    units = [*summary_units(), *(unit for id in PATHS for unit in statement_units(id))]
    result = run(tree, "-", "--source", SOURCE, given=as_text(units).encode())

    assert result.exit_code == 0, result.output
    assert_whole(tree)


def test_every_kind_gives_the_same_passages(tree: Path) -> None:
    """One page as HTML, DOCX, PDF and text has the same words, so a second kind of it has nothing to add."""
    new_report(tree)
    units = statement_units("equity")
    assert run(tree, save(tree, "equity.html", EQUITY)).exit_code == 0
    before = files(tree)
    for name, data in {"a.docx": as_docx(units), "a.pdf": as_pdf([units]), "a.txt": as_text(units).encode()}.items():
        result = run(tree, save(tree, name, data))
        assert result.exit_code == 0, result.output
        assert "Nothing to do: the very same text is in the collection already" in result.output
    assert files(tree) == before


def test_one_page_comes_to_a_report_that_is_there(tree: Path) -> None:
    """A saved page is added to its report by what it says itself; report.yml stays as it is, byte for byte."""
    new_report(tree)
    before = files(tree)
    result = run(tree, save(tree, "page.html", EQUITY))

    assert result.exit_code == 0, result.output
    after = files(tree)
    assert {path for path in after if after[path] != before.get(path)} == {f"{FOLDER}/equity.txt"}
    assert result.output.splitlines()[-1] == f"Written: {FOLDER}/equity.txt"
    for words in (
        "anytown-2025-07: Anytown, published 2025-07-04",
        "report.yml (kept): Good, 64%, scores assessing-needs 2, ",
        "equity.txt (new), from ",
        "score 3, 4 paragraphs, 2 known headings",
        "voices: carers 1, staff 1",
        "passed over: “Published: 4 July 2025”",
        "“We use cookies to make this website work well.”",
    ):
        assert words in result.output
    check(tree)


def test_a_score_that_stands_elsewhere_is_written_into_the_text(tree: Path) -> None:
    """Where a report has its scores in a table and not on the pages, each text gets its line, and that is said."""
    units = [*summary_units()]
    for id in PATHS:
        units += [unit for unit in statement_units(id) if not re.match(r"Score: |[1-4] - ", unit[1])]
    result = run(tree, save(tree, "whole.docx", as_docx(units)), "--source", SOURCE)

    assert result.exit_code == 0, result.output
    assert_whole(tree)
    lines = (tree / FOLDER / "equity.txt").read_text("utf-8").split("\n")
    assert "Score: 3" in lines
    assert (
        "please compare: equity.txt: the line “Score: 3” was added; the page had its score elsewhere" in result.output
    )


def test_a_report_without_source_gets_it_with_its_first_text(tree: Path) -> None:
    """A report.yml that has no source, as some have, gets the line that a text needs; nothing else in it changes."""
    new_report(tree)
    path = tree / FOLDER / "report.yml"
    without = "".join(line for line in path.read_text("utf-8").splitlines(True) if not line.startswith("source"))
    path.write_text(without, "utf-8")
    bare = save(tree, "page.html", as_html(statement_units("equity")))

    asked = run(tree, bare)
    assert asked.exit_code == 2
    assert "the address of CQC's page of the report is not known" in asked.output
    assert run(tree, bare, "--source", SOURCE).exit_code == 0
    lines = path.read_text("utf-8").splitlines(True)
    assert "".join(line for line in lines if not line.startswith("source")) == without
    assert f'source: "{SOURCE}"\n' in lines
    check(tree)


def test_another_text_is_replaced_only_on_purpose(tree: Path) -> None:
    """A different text of the same statement is refused without --replace, and taken with it."""
    new_report(tree)
    page = save(tree, "page.html", EQUITY)
    assert run(tree, page).exit_code == 0
    before = files(tree)
    other = save(tree, "other.html", EQUITY.replace("Nobody was turned away.", "Two were turned away."))

    refused = run(tree, other)
    assert refused.exit_code == 1
    assert f"{other}:1: EV710 {FOLDER}/equity.txt is another text of this statement" in refused.output
    assert files(tree) == before
    assert run(tree, other, "--replace", "--dry-run").exit_code == 0
    assert files(tree) == before
    assert run(tree, other, "--replace").exit_code == 0
    assert "Two were turned away." in (tree / FOLDER / "equity.txt").read_text("utf-8")


def test_what_another_text_brings_about_elsewhere_is_told(tree: Path) -> None:
    """A text is replaced though somebody labelled a passage of the old one; that, and lost links, are named."""
    new_report(tree)
    assert run(tree, save(tree, "page.html", EQUITY)).exit_code == 0
    words = "Nobody was turned away."
    passages = (each for item in understand(tree).evidence for each in item.passages)
    id = next(each.passage.id for each in passages if words in each.passage.text)
    labels = tree / LABELS.replace("anytown-2025-01", "anytown-2025-07")
    labels.parent.mkdir(parents=True)
    label = f"  - id: {id}\n    words: {words}\n    themes: []\n    voices: []\n"
    labels.write_text(f'labelled: "2025-08-01"\nmethod: Read by one person.\npassages:\n{label}', "utf-8")
    check(tree)

    result = run(tree, save(tree, "other.html", EQUITY.replace(words, "Two were turned away.")), "--replace")

    assert result.exit_code == 0, result.output
    assert "equity.txt (replaced), from" in result.output
    assert "1 paragraph is gone: make explain BASE=… proposes its line for data/redirects.csv" in result.output
    told = result.output.partition("To be mended too:\n")[2]
    assert told.startswith(f"tests/gold/anytown-2025-07/equity.yml:4: EV602 no paragraph '{id}'")
    assert "Two were turned away." in (tree / FOLDER / "equity.txt").read_text("utf-8")


def test_what_does_not_pass_the_check_is_not_written(tree: Path) -> None:
    """A text that disagrees with report.yml is told with the line that it would have, and nothing is written."""
    new_report(tree)
    before = files(tree)
    page = save(tree, "page.txt", as_text(statement_units("equity", score=2)))
    result = run(tree, page)
    assert result.exit_code == 1
    assert result.stdout == (
        f"{FOLDER}/equity.txt:7: EV403 the text says score 2 but report.yml says 3\n"
        "    compare both with CQC's page and correct the wrong one\n"
        "    it would be the line: Score: 2\n"
    )
    assert "1 problem; nothing was written" in result.stderr
    assert files(tree) == before


def test_problems_that_were_there_before_do_not_stand_in_the_way(tree: Path) -> None:
    """A problem of another report keeps nobody from adding theirs."""
    new_report(tree)
    (tree / OTHERSHIRE).write_text((tree / OTHERSHIRE).read_text("utf-8").replace("rating: Good", "rating: Gud"))
    assert run(tree, save(tree, "page.html", EQUITY)).exit_code == 0


def test_a_failure_while_writing_leaves_nothing(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk is full in the middle of nine files, none of them is there afterwards."""
    before = files(tree)
    write = build_scripts.disk.write._write
    written: list[Path] = []

    def full(file: Path, data: bytes) -> None:
        if len(written) == 4:
            raise OSError(28, "No space left on device")
        write(file, data)
        written.append(file)

    monkeypatch.setattr(build_scripts.disk.write, "_write", full)
    whole = as_text([unit for id in PATHS for unit in statement_units(id)])
    result = run(tree, "-", "--source", SOURCE, given=whole.encode())

    assert result.exit_code == 1
    assert "data/reports/ cannot be written: No space left on device" in result.stderr
    assert len(written) == 4
    assert files(tree) == before


def test_interrupted_while_it_reads(tree: Path) -> None:
    """Ctrl-C while a slow site answers ends it in a moment, without a traceback, and nothing is written."""
    before = files(tree)
    slow = Answer(b"x" * 100, pieces=100, pause=10)
    with serving({"/slow": slow}) as site:
        command = [sys.executable, "-m", "build_scripts", "--root", str(tree), "add", f"{site.base}/slow"]
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
        process = subprocess.Popen(
            command,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            # A program that a shell started in the background, as these tests may be, is deaf to Ctrl-C.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )
        eventually(lambda: site.asked)
        os.killpg(process.pid, signal.SIGINT)
        output, error = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert b"Traceback" not in output + error
    assert b"Aborted!" in error
    assert files(tree) == before


def test_a_link_in_the_way_is_never_followed(tree: Path, tmp_path: Path) -> None:
    """Where a report's folder is a link that leads elsewhere, nothing is written through it."""
    new_report(tree)
    outside = tmp_path / "outside"
    (tree / FOLDER).rename(outside)
    (tree / FOLDER).symlink_to(outside)
    before = sorted(outside.iterdir())
    result = run(tree, save(tree, "page.html", EQUITY))
    assert result.exit_code != 0
    assert sorted(outside.iterdir()) == before


def test_libraries_that_are_missing_are_told_in_one_line(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where only the site's own libraries are installed, text is read, and for the rest one line says what to run."""
    new_report(tree)
    fake = tree.parent / "selectolax.py"
    fake.write_text("raise ModuleNotFoundError('none', name='selectolax')", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tree.parent))
    result = run(tree, save(tree, "page.html", EQUITY))
    assert result.exit_code == 2
    what = "this kind of source needs a library that is not installed (selectolax)"
    assert f'{what}: run make add FILE="…", which installs it' in result.stderr
    assert run(tree, save(tree, "page.txt", as_text(statement_units("equity")))).exit_code == 0
