"""No command ends in a traceback, wherever it is started and whatever it is told to write to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from build_scripts.commands.main import main
from tests.helpers.collections_of import write_small_project
from tests.helpers.patience import PATIENCE
from tests.helpers.projects import ROOT


def every_command(group: click.Group = main, before: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Return the words that start each command."""
    found: list[tuple[str, ...]] = []
    context = click.Context(group)
    for name in group.list_commands(context):
        command, words = group.get_command(context, name), (*before, name)
        found += every_command(command, words) if isinstance(command, click.Group) else [words]
    return found


NEEDED = {
    ("add",): ["page.txt", "--draft", "{file}/draft"],
    ("build",): ["--into", "{file}/site"],
    ("explain",): ["--base", "{root}", "--into", "{file}/said.md"],
    ("diff-themes",): ["--base", "{root}"],
    ("ids",): [],
    ("receive",): ["{file}", "--into", "{file}/received"],
    ("watch", "reports"): ["--list", "http://127.0.0.1:9/", "--into", "{file}/notice"],
    ("watch", "addresses"): ["--before", "{file}/before.md", "--into", "{file}/notice"],
}
"""Command to options that lead to a place below a file, where nothing can be made."""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small project, and a file beside it."""
    (tmp_path / "file").write_text("words\n", "utf-8")
    (tmp_path / "page.txt").write_text("words\n", "utf-8")
    return write_small_project(tmp_path / "project")


@pytest.mark.parametrize("words", every_command(), ids=" ".join)
@pytest.mark.parametrize("place", ["a project", "a broken project"])
def test_every_command_in_a_hostile_place(words: tuple[str, ...], place: str, tree: Path) -> None:
    """With nowhere to write, or data that are a folder, each command ends in words and a status of its own."""
    if words == ("serve",):
        pytest.skip("it runs until it is ended: tests/commands/test_serve.py starts it")
    if words == ("build",) and place == "a project":
        pytest.skip("building takes a whole site: tests/commands/test_swap.py has its places")
    if place == "a broken project":
        (tree / "data/themes.yml").unlink()
        (tree / "data/themes.yml").mkdir()
    said = [each.format(file=tree.parent / "file", root=tree) for each in NEEDED.get(words, [])]
    result = CliRunner().invoke(main, ["--root", str(tree), *words, *said])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    assert result.exit_code in (0, 1, 2)
    assert "Traceback" not in result.output


def test_a_place_that_cannot_be_written_is_one_line(tree: Path) -> None:
    """What the system says of a place is told with the place."""
    said = ["explain", "--base", str(tree), "--into", str(tree.parent / "file/said.md")]
    result = CliRunner().invoke(main, ["--root", str(tree), *said])
    assert (result.exit_code, result.stderr) == (
        1,
        f"Error: {tree.parent / 'file/said.md'} cannot be read or written: Not a directory\n",
    )


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="signals of POSIX")
def test_ctrl_c_while_it_starts_says_nothing() -> None:
    """An interrupt as soon as the command has begun, long before its parts are loaded, leaves no traceback."""
    code = (
        "import os, signal, sys, build_scripts.__main__ as it\n"
        "real = it.signal.signal\n"
        "def then(number, handler):\n"
        "    real(number, handler)\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "it.signal.signal = then\n"
        "it.start()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (128 + signal.SIGINT, "", "")


def test_a_folder_that_is_gone_is_one_line(tmp_path: Path) -> None:
    """Whoever stands in a folder that somebody has removed is told that there is no project, and where to run it."""
    gone = tmp_path / "gone"
    gone.mkdir()
    code = (
        f"import os, sys; os.rmdir({str(gone)!r}); sys.path.insert(0, {str(ROOT)!r}); sys.argv = ['/x/evidence', 'ids']"
    )
    start = "; import build_scripts.__main__ as it; it.shutil.which = lambda name: None; it.start()"
    done = subprocess.run(
        [sys.executable, "-c", code + start], cwd=gone, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 2
    assert "run this at the project's root, or give --root" in done.stderr
    assert "Traceback" not in done.stderr
