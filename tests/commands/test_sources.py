"""What ``evidence add`` is given: files with any name, folders, packed files; and when nothing is to be done."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from subprocess import CalledProcessError

import pytest
from click.testing import CliRunner, Result

import build_scripts.commands.add as adding
import build_scripts.commands.sources as sources
from build_scripts.commands.main import main
from build_scripts.contribute.importers import importer
from build_scripts.disk.write import alone
from build_scripts.model.problems import printable
from tests.helpers.collections_of import write_small_project
from tests.helpers.documents import PATHS, REPORT, SITE, as_html, as_mhtml, as_text, statement_units, summary_units
from tests.helpers.makefile import called_with

SOURCE = f"{SITE}{REPORT}"
SUMMARY = as_html(summary_units(), address=f"{SOURCE}/summary").encode()
PAGES = {f"{id}.html": as_html(statement_units(id), address=f"{SOURCE}/{path}").encode() for id, path in PATHS.items()}
REST = {"style.css": b"p { color: red }", "logo.png": b"\x89PNG\r\n\x1a\n"}


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read documents here: that each has a process of its own is shown elsewhere."""
    monkeypatch.setattr(sources, "import_apart", lambda kind, data: importer(kind)(data))


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small project without a report of Anytown's."""
    return write_small_project(tmp_path / "project")


def add(tree: Path, *arguments: object) -> Result:
    """Run the command; a traceback is a failure of the test."""
    result = CliRunner().invoke(main, ["--root", str(tree), "add", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


def zipped(files: dict[str, bytes]) -> bytes:
    """Return a ZIP of files."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


@pytest.mark.parametrize("packed", [False, True])
def test_a_folder_or_zip_of_saved_pages_is_a_report(tree: Path, packed: bool) -> None:
    """Nine pages and a summary in a folder, or packed, are added in one call; what is none of them is named."""
    files = {"summary.html": SUMMARY, **PAGES, **REST, ".hidden": b"x"}
    place = tree.parent / ("pages.zip" if packed else "pages")
    if packed:
        place.write_bytes(zipped({**files, "__MACOSX/._a": b"x", "a_files/b.html": b"x"}))
    else:
        place.mkdir()
        (place / "a_files").mkdir()
        for name, data in files.items():
            (place / name).write_bytes(data)
    result = add(tree, place)
    assert result.exit_code == 0, result.output
    assert len(list((tree / "data/reports/anytown-2025-07").iterdir())) == 10
    assert f"Passed over: {place}/logo.png: this is a picture" in result.stderr
    assert f"Passed over: {place}/style.css: nothing in it is the text" in result.stderr
    told = [line.partition(": ")[0] for line in result.stderr.splitlines() if line.startswith("Reading")]
    assert told == [f"Reading {number} of 12" for number in range(1, 13)]


@pytest.mark.parametrize(
    ("limit", "most", "said"),
    [
        ("MOST_FILES", 2, "it holds 3 files; at most 2 are read"),
        ("LARGEST_PACKED", 8, "unpacked it would be far larger than any report: it may be made to exhaust computers"),
    ],
)
def test_a_packed_file_of_too_much_is_told(
    tree: Path, monkeypatch: pytest.MonkeyPatch, limit: str, most: int, said: str
) -> None:
    """Too many files, or too much in them: each is told for what it is, and nobody is asked to unpack it."""
    monkeypatch.setattr(sources, limit, most)
    place = tree.parent / "many.zip"
    place.write_bytes(zipped(dict.fromkeys(("a", "b", "c"), b"xxx")))
    result = add(tree, place)
    assert result.stdout == f"{place}:1: EV703 {said}\n    use CQC's page, or pack only the report's pages\n"
    assert "Reading" not in result.stderr


def test_a_score_without_its_text_is_not_passed_over(tree: Path) -> None:
    """One page among nine whose text is not known keeps the others waiting: it is told."""
    cut = as_text(statement_units("equity")).partition("What people expect")[0].encode()
    (tree.parent / "pages.zip").write_bytes(zipped({**PAGES, "equity.html": cut}))
    result = add(tree, tree.parent / "pages.zip", "--source", SOURCE)
    assert result.exit_code == 1
    assert result.stdout.startswith(
        f"{tree.parent}/pages.zip/equity.html:1: EV714 it has the score of equity (3), and no line by which its "
        "text is known\n    put the line “Key findings for this quality statement” above the key findings, as CQC's "
        "page has it, or take the page again, whole\n"
    )


def test_nothing_to_do_means_the_very_same_text(tree: Path) -> None:
    """A text that is here is nothing to do; a summary whose scores are here is no text, and that is said."""
    for name, data in {"summary.html": SUMMARY, "equity.html": PAGES["equity.html"]}.items():
        (tree.parent / name).write_bytes(data)
    assert add(tree, tree.parent / "summary.html", tree.parent / "equity.html").exit_code == 0
    again = add(tree, tree.parent / "summary.html", tree.parent / "equity.html")
    assert (again.exit_code, again.stdout.splitlines()[-1]) == (
        0,
        "Nothing to do: the very same text is in the collection already",
    )
    lone = add(tree, tree.parent / "summary.html")
    assert lone.exit_code == 1
    assert "EV714 it has scores only, which anytown-2025-07 has already, and no text" in lone.stdout


def test_two_runs_at_once_do_not_overwrite_each_other(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another run wrote after this one had read the collection is told, and stays."""
    (tree.parent / "summary.html").write_bytes(SUMMARY)
    place = tree / "data/reports/anytown-2025-07/report.yml"
    real = alone

    def other(folder: Path) -> object:
        place.parent.mkdir()
        place.write_bytes(b"another's\n")
        return real(folder)

    monkeypatch.setattr(adding, "alone", other)
    result = add(tree, tree.parent / "summary.html")
    assert result.exit_code == 1
    assert "report.yml:1: EV710 another run wrote this file while this one was reading its sources" in result.stdout
    assert place.read_bytes() == b"another's\n"


def test_a_report_with_problems_of_its_own_is_told_as_that(tree: Path) -> None:
    """A report.yml that cannot be read stops what is added to it, with what is wrong with it."""
    (tree.parent / "summary.html").write_bytes(SUMMARY)
    (tree.parent / "equity.html").write_bytes(PAGES["equity.html"])
    assert add(tree, tree.parent / "summary.html").exit_code == 0
    place = tree / "data/reports/anytown-2025-07/report.yml"
    place.write_text(place.read_text("utf-8") + "colour: blue\n", "utf-8")
    result = add(tree, tree.parent / "equity.html")
    assert result.exit_code == 1
    assert "report.yml:18: EV204" in result.stdout


def test_broken_authorities_are_not_an_unknown_authority(tree: Path) -> None:
    """A list of authorities that cannot be read is told, and no report is said to be of nobody."""
    (tree.parent / "equity.html").write_bytes(PAGES["equity.html"])
    (tree / "data/authorities.csv").write_text("slug,name\nanytown,Anytown\n", "utf-8")
    result = add(tree, tree.parent / "equity.html")
    assert result.exit_code == 1
    assert "data/authorities.csv:1:" in result.stdout


HARD_NAMES = (
    "Equity - Care Quality Commission.html",
    'Carer\'s “page” & "more"; $HOME $$(HOME) ${PATH}.mhtml',
    "$(shell touch hit) `touch hit` ;touch hit.html",
    "-.html",
    "a #1 100% b=c d:=e * ? [f] ~.html",
    "two\nlines\t.html",
    "żółw ☕.html",
    "ends in \\",
)
"""Names that make, or a shell, would read as something else."""


@pytest.mark.parametrize("name", HARD_NAMES)
def test_make_add_takes_any_name(name: str, tmp_path: Path) -> None:
    """A name reaches the command as it is: neither make nor a shell reads a sign in it, or runs what it says."""
    assert called_with(tmp_path, "add", f"FILE={name}") == ["add", "--", name]
    assert not (tmp_path / "hit").exists()


def test_make_hands_on_what_else_it_is_given(tmp_path: Path) -> None:
    """A folder's name comes as it is; ARGS are words as one types them behind a command."""
    given = called_with(tmp_path, "check", "BASE=it's $b", "ARGS=--root 'a $b'")
    assert given == ["check", "--base", "it's $b", "--root", "a $b"]
    assert called_with(tmp_path, "explain", "BASE=$(shell touch hit)") == ["explain", "--base", "$(shell touch hit)"]
    assert called_with(tmp_path, "serve", "PORT=$1") == ["serve", "--port", "$1"]
    assert called_with(tmp_path, "site", "GENERATOR=$1") == ["build", "--generator", "$1"]
    assert not (tmp_path / "hit").exists()


@pytest.mark.parametrize(
    ("target", "said"),
    [("add", 'error: give FILE="saved page.html", or ARGS='), ("explain", "error: give BASE=../before, a folder")],
)
def test_make_without_what_it_needs_says_how_to_give_it(target: str, said: str, tmp_path: Path) -> None:
    """A bare target names the words that make takes, not those of the command below it; ARGS alone are handed on."""
    with pytest.raises(CalledProcessError) as error:
        called_with(tmp_path, target)
    assert error.value.stderr.decode().startswith(said)
    assert called_with(tmp_path, target, "ARGS=--help") == [target, "--help"]


def test_files_with_hard_names_are_added(tree: Path) -> None:
    """What is called so is read, and its name is shown on a line of its own."""
    (tree.parent / "summary.html").write_bytes(SUMMARY)
    assert add(tree, tree.parent / "summary.html").exit_code == 0
    for name in HARD_NAMES:
        file = tree.parent / name
        file.write_bytes(PAGES["equity.html"])
        result = add(tree, "--dry-run", "--", file)
        assert result.exit_code == 0, result.output
        assert f"from {printable(str(file))}" in result.stdout
        assert "\n" not in printable(str(file))


def test_a_page_of_chrome_in_one_file_is_added_by_its_own_name(tree: Path) -> None:
    """“Webpage, single file”, as Chrome names it, is read, with the address that it brings."""
    (tree.parent / "summary.html").write_bytes(SUMMARY)
    name = tree.parent / "Equity in experience and outcomes - Care Quality Commission.mhtml"
    name.write_bytes(as_mhtml(as_html(statement_units("equity"))))
    result = add(tree, tree.parent / "summary.html", name)
    assert result.exit_code == 0, result.output
    assert (tree / "data/reports/anytown-2025-07/equity.txt").exists()
