"""``evidence add``: what comes in from each kind of source, what it asks for, and that nothing is half-written."""

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
from click.testing import CliRunner, Result

import build_scripts.commands.add
import build_scripts.commands.sources
import build_scripts.disk.write
from build_scripts.commands.main import main
from tests.helpers.collections_of import OTHERSHIRE, write_small_project
from tests.helpers.documents import (
    PATHS,
    REPORT,
    SCORES,
    SITE,
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

SOURCE = f"{SITE}{REPORT}"
PLAIN = SOURCE.replace("https://www.", "http://")
FOLDER = "data/reports/anytown-2025-07"
EQUITY = as_html(statement_units("equity"), address=f"{SOURCE}/theme1/equity")


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the local site be asked without pauses."""
    monkeypatch.setattr(build_scripts.commands.sources, "PAUSE", 0)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small project: Othershire's report is in it; Anytown has none."""
    return write_small_project(tmp_path / "project")


def run(root: Path, *arguments: str, given: bytes | None = None) -> Result:
    """Run the command; a traceback is a failure of the test."""
    result = CliRunner().invoke(main, ["--root", str(root), "add", *arguments], input=given)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


def save(tree: Path, name: str, data: str | bytes) -> str:
    """Save a source beside the project and return its path."""
    file = tree.parent / name
    file.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return str(file)


def files(root: Path) -> dict[str, bytes]:
    """Return every file below data/, those with a dot included."""
    return {str(file.relative_to(root)): file.read_bytes() for file in (root / "data").rglob("*") if file.is_file()}


def new_report(tree: Path) -> None:
    """Put Anytown's report into the collection, without texts."""
    result = run(tree, save(tree, "summary.html", as_html(summary_units(), address=f"{SOURCE}/summary")))
    assert result.exit_code == 0, result.output


def check(tree: Path) -> None:
    """Assert that ``evidence check`` finds nothing."""
    result = CliRunner().invoke(main, ["--root", str(tree), "check"])
    assert result.exit_code == 0, result.output


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
        "score 3, 4 passages, 2 known headings",
        "voices: carers 1, staff 1",
        "passed over: “Published: 4 July 2025”",
        "“We use cookies to make this website work well.”",
    ):
        assert words in result.output
    check(tree)


def test_options_say_what_a_page_does_not(tree: Path) -> None:
    """Without a terminal, options give what a source does not say; nothing is asked."""
    new_report(tree)
    bare = [unit for unit in statement_units("equity") if unit[0] != "title" and "Published" not in unit[1]]
    bare = [unit for unit in bare if unit != ("heading", STATEMENTS["equity"].name)]
    page = save(tree, "page.html", as_html(bare))

    assert run(tree, page).exit_code == 2
    result = run(tree, page, "--authority", "anytown", "--published", "2025-07-04", "--statement", "equity")

    assert result.exit_code == 0, result.output
    assert (tree / FOLDER / "equity.txt").is_file()


@pytest.mark.parametrize("name", ["anytown", "Anytown", "Anytown City Council"])
def test_an_authority_may_be_named_by_slug_or_name(tree: Path, name: str) -> None:
    """The slug, the name, or a title that holds it: each is understood."""
    new_report(tree)
    bare = [unit for unit in statement_units("equity") if unit[0] != "title"]
    assert run(tree, save(tree, "page.html", as_html(bare)), "--authority", name).exit_code == 0


def test_the_only_report_is_taken_where_no_date_is_known(tree: Path) -> None:
    """Where no date is told and the authority has one report, the text goes there, and that is said."""
    new_report(tree)
    bare = [unit for unit in statement_units("equity") if "Published" not in unit[1]]
    result = run(tree, save(tree, "page.txt", as_text(bare)))
    assert result.exit_code == 0
    assert "please compare: no source says when it was published: taken for anytown-2025-07" in result.output


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


MEND = "    compare both with CQC's page and correct the wrong one\n"


@pytest.mark.parametrize(
    ("option", "given", "said"),
    [
        ("--published", "2025-07-14", "'2025-07-14', but report.yml says '2025-07-04'"),
        ("--source", "https://evil.example/x", f"'https://evil.example/x', but report.yml says '{SOURCE}'"),
        ("--source", f"{PLAIN}5", f"'{PLAIN}5', but report.yml says '{SOURCE}'"),
        ("--source", f"{SOURCE}{'-' * 90}5", f"'{SOURCE}{'-' * 90}5', but report.yml says '{SOURCE}'"),
        ("--score", "safeguarding=1", "'safeguarding=1', but report.yml says 'safeguarding=3'"),
    ],
)
def test_what_contradicts_the_report_stops(tree: Path, option: str, given: str, said: str) -> None:
    """A date, address or score given for a report that is here, and that is not so there, is a problem and not lost."""
    new_report(tree)
    before = files(tree)
    bare = [unit for unit in statement_units("equity") if "Published" not in unit[1]]
    result = run(tree, save(tree, "page.txt", as_text(bare)), option, given)
    assert result.exit_code == 1
    assert result.stdout == f"{option}:1: EV711 it says {said}\n{MEND}"
    assert files(tree) == before


def test_a_date_that_the_text_contradicts_stops(tree: Path) -> None:
    """A day or month given for a new report is compared with the date that its page has."""
    scores = [each for id, score in SCORES.items() if id != "equity" for each in ("--score", f"{id}={score}")]
    page = save(tree, "page.html", EQUITY)
    for given in ("2025-07-14", "2025-08"):
        result = run(tree, page, *scores, "--published", given)
        assert result.exit_code == 1
        assert result.stdout == f"--published:1: EV711 it says '{given}', but {page} says '2025-07-04'\n{MEND}"
    assert run(tree, page, *scores, "--published", "2025-07", "--dry-run").exit_code == 0


@pytest.mark.parametrize(
    ("option", "given"),
    [
        ("--published", "2025-07"),
        ("--published", "2025-07-04"),
        ("--source", f"{SOURCE}/"),
        ("--source", PLAIN),
        ("--source", f"{SOURCE}/theme1/equity?print=1#top"),
        ("--score", "safeguarding=3"),
    ],
)
def test_what_fits_the_report_is_taken(tree: Path, option: str, given: str) -> None:
    """A month that fits, the report's address however it is written, and a page's below it contradict nothing."""
    new_report(tree)
    result = run(tree, save(tree, "page.html", EQUITY), option, given)
    assert result.exit_code == 0, result.output


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


NEEDED = "an address that begins with https://www.cqc.org.uk/ is needed"
FOREIGN = "does not belong in the address of CQC's page"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Missing argument 'SOURCE...'"),
        (("x", "--statement", "fairness"), "--statement must be one of assessing-needs, "),
        (("x", "--score", "5"), "--score must be like 3 or equity=3, with a score from 1 to 4 (got '5')"),
        (("x", "--score", "fair=3"), "--statement must be one of "),
        (("x", "--score", "equity=2", "--score", "equity=3"), "--score gives equity two scores"),
        (("x", "--published", "July"), "--published must be a day or month such as 2025-07-04 or 2025-07 (got 'July')"),
        (("x", "--published", "2025-02-30"), "--published is 2025-02-30, and there is no such day"),
        (("x", "--retrieved", "today"), "--retrieved must be a day such as 2025-07-04 (got 'today')"),
        (("x", "--retrieved", "2026-02-30"), "--retrieved is 2026-02-30, and there is no such day"),
        (("x", "--retrieved", "2099-01-01"), "--retrieved is 2099-01-01, a day that is still to come"),
        (("x", "--source", "javascript:alert(1)"), f"--source: {NEEDED} (got 'javascript:alert(1)')"),
        (("x", "--source", "ftp://www.cqc.org.uk/a"), f"--source: {NEEDED} (got 'ftp://www.cqc.org.uk/a')"),
        (
            ("x", "--source", "https://www.cqc.org.uk/a b"),
            f"--source: a space {FOREIGN} (got 'https://www.cqc.org.uk/a b')",
        ),
        (("x", "--source", f'{SITE}/{"a" * 200}"b'), f"--source: “\"” {FOREIGN} (got '…{'a' * 78}\"b')"),
        (("x", "--source", f"{SITE}/{'a' * 200} b"), f"--source: a space {FOREIGN} (got '…{'a' * 78} b')"),
        (("x", "--published", f"2025-07-04{' ' * 90}x"), f"2025-07 (got '2025-07-04{' ' * 30}…{' ' * 39}x')"),
        (("x", "--retrieved", f"2025-07-04{' ' * 90}x"), f"{' ' * 39}x')"),
        (("x", "--score", f"equity=3{' ' * 90}5"), f"{' ' * 39}5')"),
        (("x", "--statement", f"equity{' ' * 90}x"), f"{' ' * 39}x')"),
        (("x", "--nonsense"), "No such option"),
    ],
)
def test_wrong_use(tree: Path, arguments: tuple[str, ...], words: str) -> None:
    """A wrong option is told in one line with status 2, and what is wrong with a long one is seen in it."""
    result = run(tree, *arguments)
    assert result.exit_code == 2
    assert words in result.stderr


def test_the_address_of_a_place_on_a_page_is_that_of_the_page(tree: Path) -> None:
    """Where a browser has added ``#content``, the address without it is written into report.yml."""
    scores = [each for id, score in SCORES.items() if id != "equity" for each in ("--score", f"{id}={score}")]
    page = save(tree, "page.html", as_html(statement_units("equity")))
    assert run(tree, page, *scores, "--source", f"{SOURCE}#content").exit_code == 0
    assert f'source: "{SOURCE}"\n' in (tree / FOLDER / "report.yml").read_text("utf-8")


def test_what_is_missing_is_told_with_its_option(tree: Path) -> None:
    """Without a terminal, each fact that is missing is named with the option that gives it, all at once."""
    page = save(tree, "page.html", as_html(statement_units("equity")[2:]))
    result = run(tree, page)
    assert result.exit_code == 2
    assert "the source names no authority: give --authority, e.g. --authority halton" in result.stderr

    result = run(tree, page, "--authority", "anytown")
    assert (
        "no source says when the report was published: give --published, e.g. --published 2025-07-04" in result.stderr
    )

    result = run(tree, page, "--authority", "anytown", "--published", "2025-07")
    assert result.exit_code == 2
    assert "the address of CQC's page of the report is not known" in result.stderr
    assert (
        "anytown-2025-07 is not in the collection, and a new report needs its nine scores: none was found for "
        "assessing-needs, healthier-lives, care-provision, partnerships, safe-pathways, safeguarding, governance, "
        "learning. Add the report's summary page or those pages as further sources, or name the scores: "
        "give --score, e.g. --score assessing-needs=3\n"
    ) in result.stderr
    assert not (tree / FOLDER).exists()


def test_all_nine_scores_may_be_given(tree: Path) -> None:
    """Scores given by option, once each, make a new report of one page."""
    scores = [each for id, score in SCORES.items() if id != "equity" for each in ("--score", f"{id}={score}")]
    result = run(tree, save(tree, "page.html", EQUITY), *scores)
    assert result.exit_code == 0, result.output
    check(tree)


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


def test_questions_on_a_terminal(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal, what could not be found is asked for, again after a wrong answer, and then the text is added."""
    new_report(tree)
    page = save(tree, "page.html", as_html(statement_units("equity")[1:]))
    answers = iter(["Nowhere", "Anytown"])
    monkeypatch.setattr(build_scripts.commands.add, "_somebody_is_there", lambda: True)
    monkeypatch.setattr("click.prompt", lambda *_, **__: next(answers))
    result = run(tree, page)
    assert result.exit_code == 0, result.output
    assert "--authority is 'Nowhere', which is no authority of data/authorities.csv" in result.stderr
    assert list(answers) == []


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
