"""A folder takes another's place when it is complete, and not before."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from build_scripts.disk import swap
from build_scripts.disk.generator import why_not_place
from build_scripts.disk.swap import replacing
from tests.helpers.projects import ROOT

KILLED = """
import os, pathlib, signal, sys
from build_scripts.disk.swap import replacing
with replacing(pathlib.Path(sys.argv[1])) as staged:
    (staged.folder / "a").write_text("2")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(params=["in one step", "in two"])
def place(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a folder is to stand, on a system that has the one step and on one that has not."""
    if request.param == "in two":
        monkeypatch.setattr(swap, "_exchange", lambda _one, _other: False)
    return tmp_path / "below" / "site"


def held(place: Path) -> dict[str, str]:
    """Return what the folder holds, path to words; nothing else may lie beside it."""
    assert [each.name for each in place.parent.iterdir()] == [place.name]
    return {file.relative_to(place).as_posix(): file.read_text() for file in place.rglob("*") if file.is_file()}


def fill(place: Path, **files: str) -> None:
    """Put a folder with these files at the place."""
    with replacing(place) as staged:
        for name, words in files.items():
            (staged.folder / name).write_text(words)


def test_the_new_takes_the_place_of_the_old(place: Path) -> None:
    """Where nothing stood, or another folder did, the new one stands, and what only the old one held is gone."""
    fill(place, a="1", b="1")
    assert held(place) == {"a": "1", "b": "1"}
    fill(place, a="2", c="2")
    assert held(place) == {"a": "2", "c": "2"}


def test_nothing_changes_before_all_is_there(place: Path) -> None:
    """While a folder is filled the old one stands; when that fails it stays, and nothing is left beside it."""
    fill(place, a="1")

    def half() -> None:
        with replacing(place) as staged:
            (staged.folder / "a").write_text("2")
            assert (place / "a").read_text() == "1"
            raise RuntimeError("half done")

    with pytest.raises(RuntimeError, match="half done"):
        half()
    assert held(place) == {"a": "1"}


def test_what_a_killed_run_left_is_cleared(place: Path) -> None:
    """A run that is killed leaves the old folder, and the next one takes away what it had begun."""
    fill(place, a="1")
    done = subprocess.run([sys.executable, "-c", KILLED, str(place)], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    assert (place / "a").read_text() == "1"
    assert len(list(place.parent.iterdir())) == 2

    fill(place, a="3")
    assert held(place) == {"a": "3"}


def test_two_runs_leave_one_another_alone(place: Path) -> None:
    """A folder that another run is filling is not cleared away; the one that is complete last stands."""
    with replacing(place) as slow:
        (slow.folder / "a").write_text("slow")
        fill(place, a="quick")
        assert (place / "a").read_text() == "quick"
    assert held(place) == {"a": "slow"}


@pytest.mark.parametrize("step", ["open", "flock"])
def test_a_run_that_begins_at_the_same_time_takes_nothing_away(
    place: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """A folder that another run clears away before it is locked, or opened, is made again."""
    at = {"open": os, "flock": fcntl}[step]
    real = getattr(at, step)

    def interrupted(*arguments: object) -> object:
        monkeypatch.setattr(at, step, real)
        swap._clear(place)
        return real(*arguments)

    place.parent.mkdir()
    monkeypatch.setattr(at, step, interrupted)
    fill(place, a="1")
    assert held(place) == {"a": "1"}


def test_a_place_that_cannot_be_swapped_keeps_what_it_holds(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the new folder cannot be moved, the old one stands as before."""
    fill(place, a="1")
    move = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if target == place and (self / "a").read_text() == "2":
            raise OSError(16, "Device or resource busy")
        return move(self, target)

    def refuse_both(_one: Path, _other: Path) -> bool:
        raise OSError(16, "Device or resource busy")

    monkeypatch.setattr(Path, "rename", refuse)
    if swap._exchange(place, place):
        monkeypatch.setattr(swap, "_exchange", refuse_both)
    with pytest.raises(OSError, match="busy"):
        fill(place, a="2")
    assert held(place) == {"a": "1"}


def test_one_step_is_had_where_these_tests_run(tmp_path: Path) -> None:
    """On Linux and macOS two folders change places in one step, so that no moment is without one."""
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    assert swap._exchange(tmp_path / "one", tmp_path / "other")
    assert (tmp_path / "one" / "other").is_file()
    with pytest.raises(FileNotFoundError):
        swap._exchange(tmp_path / "one", tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("holds", "at", "reason"),
    [
        ((), "site", ""),
        ((), "new/site", ""),
        (("site/index.html", "site/404.html", "site/a/index.html"), "site", ""),
        (("site/letters.odt",), "site", "is a folder with something else than a site in it"),
        (("site/index.html", "site/404.html", "site/.git"), "site", "holds .git, which is no part of a site"),
        (("site",), "site", "is a file"),
        ((), "project", "is a folder of the project itself"),
        ((), ".", "is a folder of the project itself"),
        ((), "project/docs/site", "is a folder of the project itself"),
        ((), "project/data", "is a folder of the project itself"),
    ],
)
def test_a_site_takes_no_other_things_place(tmp_path: Path, holds: tuple[str, ...], at: str, reason: str) -> None:
    """A build is the end of all that its folder held, so that must be nothing or a site."""
    (tmp_path / "project/docs").mkdir(parents=True)
    for path in holds:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    assert why_not_place(tmp_path / at, tmp_path / "project") == reason
