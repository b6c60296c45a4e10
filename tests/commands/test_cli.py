"""The command ``evidence``: exit statuses, what goes where, and an answer in words whatever the files hold."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from build_scripts import __version__
from build_scripts.commands.main import main
from tests.helpers.collections_of import VALID
from tests.helpers.projects import ROOT, write_few
from tests.helpers.serving import free_port

COMMANDS = ("add", "build", "check", "collect", "diff-themes", "explain", "ids", "receive", "serve", "watch")
REPORT = "data/reports/camden-2025-02/report.yml"
TEXT = "data/reports/camden-2025-02/equity.txt"
GOLD = "tests/gold/camden-2025-02/equity.yml"
ALL_KINDS = (
    *("data/framework.yml", "data/themes.yml", "data/voices.yml", "data/authorities.csv"),
    *(REPORT, TEXT, GOLD),
)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of real data, those of a few authorities, that a test may break."""
    (tmp_path / "docs").mkdir()
    return write_few(tmp_path)


def run(root: Path, *arguments: str) -> Result:
    """Run the command and return its result; a traceback is a failure of the test."""
    result = CliRunner().invoke(main, ["--root", str(root), *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


def edit(tree: Path, path: str, old: str, new: str) -> None:
    """Replace the words that stand first in a file of the tree."""
    text = (tree / path).read_text("utf-8")
    assert old in text, old
    (tree / path).write_text(text.replace(old, new, 1), "utf-8")


def test_a_site_needs_no_package_of_adding(tree: Path) -> None:
    """Where only what builds a site is installed commands that add explain themselves, and data are checked."""
    without = "mammoth", "protego", "pypdfium2", "selectolax", "symspellpy"
    code = f"import sys; sys.modules.update(dict.fromkeys({without!r})); from build_scripts.commands.main import main"
    for words in (["add", "--help"], ["collect", "--help"], ["receive", "--help"], ["watch", "--help"], ["check"]):
        done = subprocess.run(
            [sys.executable, "-c", f"{code}; main({['--root', str(tree), *words]!r})"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr


def test_all_is_well_in_one_line(tree: Path) -> None:
    """Data without problems give one summary line, nothing else, and status 0."""
    result = run(tree, "check")
    assert result.exit_code == 0
    assert re.fullmatch(r"All is well: [0-9]+ reports, [0-9]+ texts, [0-9]+ paragraphs, [0-9]+ themes\n", result.stdout)
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        ("data/framework.yml", "area: leadership", "area: leaders", "EV308 'governance' is in area 'leaders'"),
        ("data/themes.yml", "group: access\n", "group: acces\n", "EV308 'accessibility' is in group 'acces'"),
        ("data/voices.yml", "label: ", "lable: ", "EV204 unknown key 'lable' in item 1 of voices"),
        ("data/authorities.csv", ",London,", ",Londn,", "EV207 region must be one of "),
        (REPORT, "percentage: 89", "percentage: 88", "EV405 percentage is 88 but the nine scores add up to 32 of 36"),
        (TEXT, "Score: 4", "Score: 5", "EV503 score '5' is not one of 1, 2, 3, 4"),
        (GOLD, "p-", "q-", "EV207 id of item 1 of passages must be p-<8 hex digits>"),
    ],
)
def test_broken_copy_of_each_kind_of_file(tree: Path, path: str, old: str, new: str, expected: str) -> None:
    """A mistake in any kind of file is told with its path, its line and how to mend it, and gives status 1."""
    line = (tree / path).read_text("utf-8").partition(old)[0].count("\n") + 1
    edit(tree, path, old, new)
    result = run(tree, "check")

    first, second = result.stdout.splitlines()
    assert first.startswith(f"{path}:{line}: {expected}")
    assert second.startswith("    ")
    assert result.stderr == "1 problem in 1 file\n"
    assert result.exit_code == 1


def test_every_broken_file_is_told_at_once(tree: Path) -> None:
    """All broken files are told in one run, in the order of their paths."""
    for path in ALL_KINDS:
        if path != "data/framework.yml":
            (tree / path).write_bytes(b"\xff")
    result = run(tree, "check")
    told = [line.split(":")[0] for line in result.stdout.splitlines() if not line.startswith(" ")]
    assert told == sorted({*ALL_KINDS} - {"data/framework.yml"})
    assert result.stderr == "6 problems in 6 files\n"


def test_link_and_too_large_a_file(tree: Path) -> None:
    """A link and a file of millions of bytes are told and not read; nothing is told twice because of them."""
    (tree / REPORT).rename(tree / "elsewhere.yml")
    (tree / REPORT).symlink_to(tree / "elsewhere.yml")
    (tree / "data/reports/westminster-2024-11/equity.txt").write_bytes(b"word " * 500_000)
    result = run(tree, "check")
    assert result.exit_code == 1
    assert [line[:90] for line in result.stdout.splitlines() if not line.startswith(" ")] == [
        f"{REPORT}:1: EV109 the file is a link",
        "data/reports/westminster-2024-11/equity.txt:1: EV107 the file has 2,500,000 bytes; at most",
    ]


@pytest.mark.parametrize("keep_folder", [True, False])
def test_no_reports_is_a_failure(tree: Path, keep_folder: bool) -> None:
    """A run that found nothing to check does not pass."""
    shutil.rmtree(tree / "data/reports")
    shutil.rmtree(tree / "tests/gold")
    if keep_folder:
        (tree / "data/reports").mkdir()
    result = run(tree, "check")
    assert result.exit_code == 1
    assert result.stdout == "data/reports:1: EV105 no reports found\n    add one: docs/contribute/index.md says how\n"


HOSTILE = (
    b"",
    b"\0",
    b"\xff\xfea\0:\0",
    b"[" * 50_000,
    b"- " * 5_000,
    b"a: &a [*a, *a]\n",
    b"!!python/object/apply:os.system ['true']\n",
    b'"\\UFFFFFFFF"',
    b'a: "\\ud800"\n"\\ud800": 1\n',
    b"a: " + b"9" * 5_000,
    b"::error::x\n\x1b[31m\r\n",
    b'"' * 999,
    "“".encode() * 999,
    b"? {a: b}\n: c\n",
    b"null",
)


@pytest.mark.parametrize("path", VALID)
def test_hostile_bytes_get_an_answer(tmp_path: Path, path: str) -> None:
    """Whatever a file holds, the answer is problems in words with status 1, never a traceback."""
    for each, text in {**VALID, "docs/index.md": ""}.items():
        (tmp_path / each).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / each).write_text(text, "utf-8")
    assert run(tmp_path, "check").exit_code == 0
    for number, data in enumerate(HOSTILE):
        (tmp_path / path).write_bytes(data)
        result = run(tmp_path, "check", "--verbose", "--format", ("text", "github", "json")[number % 3])
        assert result.exit_code == 1, data[:20]
        assert path in result.stdout
        assert "Traceback" not in result.output
        assert "\x1b" not in result.output


def test_github_format(tree: Path) -> None:
    """Each problem is one workflow command, and nothing else is written where the runner reads."""
    edit(tree, REPORT, "checked: two sources", 'checked: "%0A::error::"')
    result = run(tree, "check", "--format", "github", "--verbose")
    assert result.exit_code == 1
    assert result.stdout == (
        f"::error file={REPORT},line=17,title=EV207::checked must be one of one source, two sources, differs"
        " (got '%250A::error::')%0Ait holds how the figures were checked, e.g. two sources\n"
    )


def test_json_format(tree: Path) -> None:
    """Standard output holds a line of JSON for each problem and nothing else; words for people go to the other."""
    assert run(tree, "check", "--format", "json").stdout == ""
    assert run(tree, "check", "--format", "json").stderr.startswith("All is well: ")
    edit(tree, TEXT, "Score: 4", "Score: 3")
    edit(tree, REPORT, "rating: Outstanding", "rating: Superb")
    result = run(tree, "check", "--format", "json", "--verbose")
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(each["path"], each["code"]) for each in told] == [(TEXT, "EV403"), (TEXT, "EV504"), (REPORT, "EV207")]
    assert all(set(each) == {"path", "line", "code", "what", "mend"} for each in told)
    assert f"{TEXT}: score 3" in result.stderr


def test_verbose_lists_what_was_understood(tree: Path) -> None:
    """With --verbose each text is listed with its score, headings, dropped lines, and the tags of each passage."""
    lines = run(tree, "check", "--verbose").stdout.splitlines()
    start = lines.index(f"{TEXT}: score 4, 7 paragraphs")
    own = [line for line in lines[start + 1 :] if line.startswith("    line ")][:20]
    headings = [line for line in own if ": heading, known: " in line]
    assert [line.split(": heading, known: ")[1] for line in headings] == [
        "Understanding and reducing barriers to care and support and reducing inequalities",
        "Inclusion and accessibility arrangements",
    ]
    passages = [line for line in own if re.match(r"    line [0-9]+: p-[0-9a-f]{8}: [a-z]", line)]
    assert len(passages) >= 7
    assert lines[-1].startswith("All is well: ")
    assert "westminster-2024-11/equity.txt: score 3, 20 paragraphs" in "\n".join(lines)


def test_verbose_tells_shape_from_knowledge(tree: Path) -> None:
    """A heading that no list knows is marked as recognised by its shape; a dropped line is shown."""
    edit(tree, TEXT, "Inclusion and accessibility arrangements", "Voices of the harbour quarter")
    edit(tree, TEXT, "Score: 4", "Downloads\nScore: 4")
    output = run(tree, "check", "--verbose").stdout
    assert ": heading, by its shape: Voices of the harbour quarter" in output
    assert ": dropped: Downloads" in output


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example(root: Path, command: str) -> None:
    """Every command explains itself, with an example of its use."""
    for option in ("--help", "-h"):
        result = run(root, command, option)
        assert result.exit_code == 0
        assert re.search(rf"Example: evidence {command}\b", result.stdout)


def test_help_lists_every_command() -> None:
    """The command itself has help with an example, lists all its commands, and knows its version."""
    assert main.list_commands(click.Context(main)) == sorted(COMMANDS)
    result = CliRunner().invoke(main, ["--help"])
    assert result.exit_code == 0
    assert "Example: evidence check" in result.stdout
    assert all(re.search(rf"^  {command} +\S", result.stdout, re.MULTILINE) for command in COMMANDS)
    assert CliRunner().invoke(main, ["--version"]).stdout == f"evidence, version {__version__}\n"


def test_list_of_commands_has_the_first_sentence_of_each() -> None:
    """The list of all commands says of each what its own help begins with, and loads none of them to know it."""
    with pytest.MonkeyPatch.context() as without:
        without.setattr("build_scripts.commands.main.import_module", lambda name: pytest.fail(f"{name} was loaded"))
        listed = " ".join(CliRunner().invoke(main, ["--help"], catch_exceptions=False).stdout.split())
    for name in COMMANDS:
        command = main.get_command(click.Context(main), name)
        assert command is not None
        first = " ".join((command.help or "").split("\n\n")[0].split())
        assert f" {name} {first}" in listed


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["chekc"], "No such command"),
        (["check", "--fromat", "json"], "No such option"),
        (["check", "--format", "xml"], "'xml' is not one of 'text', 'github', 'json'"),
        (["check", "extra"], "unexpected extra argument"),
        (["serve", "--port", "x"], "'x' is not a valid integer"),
        (["serve", "--port", "0"], "0 is not in the range"),
    ],
)
def test_wrong_use(tree: Path, arguments: list[str], words: str) -> None:
    """Wrong use is told on standard error, and gives status 2."""
    result = run(tree, *arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert result.stdout == ""


def test_wrong_root(tmp_path: Path, tree: Path) -> None:
    """A root that is not there, or is not this project's, is wrong use, and it is said what to do."""
    missing = run(tmp_path / "nowhere", "check")
    assert missing.exit_code == 2
    assert "does not exist" in missing.stderr
    shutil.rmtree(tree / "data")
    empty = run(tree, "check")
    assert empty.exit_code == 2
    assert "has no folder 'data': run this at the project's root, or give --root" in empty.stderr
    file = run(tree / "docs/file", "check")
    assert file.exit_code == 2


@pytest.mark.parametrize("command", ["build", "serve"])
def test_nothing_is_written_when_something_is_wrong(tree: Path, command: str) -> None:
    """With problems in the data no page is made and no server started: status 1 and the problems."""
    edit(tree, REPORT, "rating: Outstanding", "rating: Superb")
    port = ["--port", str(free_port())] if command == "serve" else []
    done = process(tree, command, *port)
    assert done.returncode == 1
    assert f"{REPORT}:3: EV207 rating must be one of " in done.stdout
    assert list((tree / "docs").iterdir()) == []


def process(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a program of its own, without a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "build_scripts", *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_exit_statuses_of_the_program(tree: Path) -> None:
    """Run as a program at the project's root: 0 when well, 1 with problems, 2 for wrong use."""
    assert process(tree, "check").returncode == 0
    edit(tree, TEXT, "Score: 4", "Skore: 4")
    wrong = process(tree, "check")
    assert (wrong.returncode, wrong.stdout.count(TEXT)) == (1, wrong.stdout.count("\n    "))
    assert "Traceback" not in wrong.stderr
    assert process(tree / "docs", "check").returncode == 2
    assert process(tree, "check", "--nonsense").returncode == 2


def test_screen_without_curly_quotes(tree: Path) -> None:
    """Where a screen cannot show a sign, an escape stands in its place, and the check goes on."""
    edit(tree, TEXT, "Score: 4\n", "")
    done = process(tree, "check", PYTHONIOENCODING="latin-1")
    assert done.returncode == 1
    assert "EV501 the text has no line like \\u201cScore: 3\\u201d" in done.stdout
    assert "Traceback" not in done.stderr


def test_reader_that_leaves_early(tree: Path) -> None:
    """Output that nobody reads to its end, as with ``head``, is no traceback."""
    command = f'"{sys.executable}" -m build_scripts check --verbose | head -n 1'
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(["sh", "-c", command], cwd=tree, env=environment, capture_output=True, text=True, check=False)
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""
