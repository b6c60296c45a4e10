"""A build and an addition are whole or not there: after kills, full disks and faults stands what stood before."""

from __future__ import annotations

import hashlib
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from build_scripts.disk.generator import GENERATORS
from tests.helpers.documents import REPORT, SCORES, SITE, statement_units, summary_units
from tests.helpers.projects import copy_few

ENVIRONMENT = {**os.environ, "SITE_URL": "", "REPO_URL": ""}
KILLS = pytest.mark.parametrize("kills", [3, pytest.param(50, marks=pytest.mark.soak)])


def digest(folder: Path) -> str:
    """Return what tells one state of a folder from another: the names and bytes of all its files."""
    found = hashlib.sha256()
    for file in sorted(each for each in folder.rglob("*") if each.is_file()):
        found.update(f"{file.relative_to(folder)}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()


def command(root: Path, *arguments: str) -> list[str]:
    """Return the command line of ``evidence``."""
    return [sys.executable, "-m", "build_scripts", "--root", str(root), *arguments]


def evidence(root: Path, *arguments: str, largest: int | None = None) -> subprocess.CompletedProcess[str]:
    """Run ``evidence``, to its end; ``largest`` is how many bytes a file may have, where the disk is to be at fault."""

    def limit() -> None:
        assert largest is not None
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    return subprocess.run(
        command(root, *arguments),
        cwd=root,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limit if largest is not None else None,
    )


def killed(root: Path, *arguments: str, after: float) -> bool:
    """Run ``evidence`` and kill it, MkDocs and all, after so many seconds; return whether it was still running."""
    process = subprocess.Popen(
        command(root, *arguments),
        cwd=root,
        env=ENVIRONMENT,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        process.wait(after)
        return False
    except subprocess.TimeoutExpired:
        return True
    finally:
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small copy of the project with its site, to be copied again by those who change it."""
    root = copy_few(tmp_path_factory.mktemp("whole") / "project")
    done = evidence(root, "build")
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """A copy of the small project and its site, for one test."""
    return Path(shutil.copytree(built, tmp_path / "project"))


def reword(root: Path) -> None:
    """Change a word of the data that pages show."""
    themes = root / "data/themes.yml"
    before = themes.read_text("utf-8")
    after = re.sub(r"(?m)^(    label: \w+)", r"\1 reworded", before, count=1)
    assert after != before
    themes.write_text(after, "utf-8")


def remove_pages(root: Path) -> None:
    """Take a generated page away, the largest, so that the next build has to write it."""
    max((root / "docs/themes").rglob("*.md"), key=lambda page: page.stat().st_size).unlink()


@pytest.mark.parametrize(
    ("change", "generator", "largest", "said"),
    [
        (remove_pages, "mkdocs", 1_000, "docs/ cannot be written: File too large"),
        (reword, "mkdocs", 400_000, "the site cannot be written: File too large; what stood there before is as it was"),
        (reword, "zensical", 9_000, "the site cannot be written: File too large; what stood there before is as it was"),
    ],
    ids=["while pages are written", "while MkDocs writes", "while Zensical writes"],
)
def test_a_disk_that_is_full_is_one_line(
    project: Path, change: Callable[[Path], None], generator: str, largest: int, said: str
) -> None:
    """Where a file cannot be written to its end, one line says so, no traceback, and the last good site stands.

    A limit on the size of files stands for the full disk: to a program it looks the same but for the words.
    """
    if change is reword:
        change(project)
        assert evidence(project, "build", "--pages-only").returncode == 0
    else:
        change(project)
    before = digest(project / "site")

    done = evidence(project, "build", "--generator", generator, largest=largest)

    assert done.returncode == 1
    usual = ("INFO", "Build started", "Build finished", "No issues found")
    assert [line for line in done.stderr.splitlines() if not line.startswith(usual)] == [f"Error: {said}"]
    assert digest(project / "site") == before
    assert [each.name for each in project.iterdir() if each.name.startswith(".site")] == []


@pytest.mark.parametrize(
    ("generator", "wrong", "words"),
    [
        (
            *("mkdocs", "![lost](nowhere.png)"),
            ["WARNING -  Doc file 'about/index.md' contains a link 'nowhere.png'", "Aborted with 1 warnings in strict"],
        ),
        (
            *("zensical", '<a href="gone.md">lost</a>'),
            ["Warning: page does not exist", "about/index.md:", "RuntimeError: Aborted because --strict flag is set"],
        ),
    ],
    ids=["mkdocs", "zensical"],
)
def test_what_is_wrong_with_a_page_is_told_and_leaves_the_site(
    project: Path, generator: str, wrong: str, words: list[str]
) -> None:
    """A page that the generator warns of stops the build with its own words; the last good site stands."""
    before = digest(project / "site")
    guide = project / "docs/about/index.md"
    guide.write_text(guide.read_text("utf-8") + f"\n{wrong}\n", "utf-8")

    done = evidence(project, "build", "--generator", generator)

    assert done.returncode == 1
    assert [each for each in words if each not in done.stderr] == []
    assert done.stderr.splitlines()[-1].startswith(f"Error: {GENERATORS[generator].name} stopped at the lines above")
    assert "Traceback" not in done.stderr
    assert digest(project / "site") == before


def test_a_link_to_a_folder_is_followed(project: Path) -> None:
    """Where the site's place is a link to a folder, the folder is replaced and the link stays."""
    (project / "site").rename(project / "elsewhere")
    (project / "site").symlink_to("elsewhere")
    before = digest(project / "elsewhere")
    reword(project)

    done = evidence(project, "build")

    assert done.returncode == 0, done.stderr
    assert (project / "site").readlink() == Path("elsewhere")
    assert digest(project / "elsewhere") != before


def test_a_place_that_holds_something_else_is_named(project: Path) -> None:
    """A folder with letters in it is not a site's: one line says so before anything is written."""
    (project / "letters").mkdir()
    (project / "letters/one.odt").touch()

    done = evidence(project, "build", "--site-dir", "letters")

    assert done.returncode == 1
    assert done.stderr == (
        f"Error: {project.resolve()}/letters is a folder with something else than a site in it: empty it, or name "
        "another folder with --site-dir\n"
    )
    assert (project / "letters/one.odt").exists()


@KILLS
def test_a_killed_build_leaves_the_site_before_or_after(project: Path, kills: int) -> None:
    """Whenever a build is killed, what stands is the site before or the one after, and the next build makes the latter.

    Two states of the data take turns, so that each kill is in the middle of a change.
    """
    themes = project / "data/themes.yml"
    one = themes.read_bytes()
    states = {one: digest(project / "site")}
    reword(project)
    other = themes.read_bytes()
    started = time.monotonic()
    assert evidence(project, "build").returncode == 0
    long = time.monotonic() - started
    states[other] = digest(project / "site")
    assert states[one] != states[other]

    chance = random.Random(kills)  # noqa: S311 - no secret
    for turn in range(kills):
        themes.write_bytes((one, other)[turn % 2])
        moment = chance.uniform(0.2, 1.0) * long
        while not killed(project, "build", after=moment):
            moment /= 2
        assert digest(project / "site") in states.values(), f"kill {turn} left a part of a site"
        if turn % 5 == 4 or turn == kills - 1:
            done = evidence(project, "build")
            assert done.returncode == 0, done.stderr
            assert digest(project / "site") == states[themes.read_bytes()]
            assert [each.name for each in project.iterdir() if each.name.startswith(".site")] == []


@KILLS
def test_a_killed_addition_leaves_the_data_before_or_after(project: Path, kills: int, tmp_path: Path) -> None:
    """Whenever an addition is killed, all of a report is in the collection or nothing, and the next one adds it."""
    with (project / "data/authorities.csv").open("a", encoding="utf-8") as table:
        table.write("anytown,Anytown,Anytown Council,E00000001,North East,unitary,\n")
    units = [*summary_units(), *(unit for id in SCORES for unit in statement_units(id))]
    source = tmp_path / "report.txt"
    source.write_text("\n\n".join(f"• {words}" if kind == "item" else words for kind, words in units), "utf-8")
    add = ("add", str(source), "--source", f"{SITE}{REPORT}")
    reports = project / "data/reports"
    before = digest(reports)
    started = time.monotonic()
    done = evidence(project, *add)
    long = time.monotonic() - started
    assert done.returncode == 0, done.stdout + done.stderr
    after = digest(reports)
    report = next(path for path in reports.iterdir() if path.name.startswith("anytown"))

    chance = random.Random(kills)  # noqa: S311 - no secret
    for turn in range(kills):
        shutil.rmtree(report, ignore_errors=True)
        assert digest(reports) == before or turn
        moment = chance.uniform(0.3, 1.0) * long
        while not killed(project, *add, after=moment):
            shutil.rmtree(report)
            moment /= 2
        stands = {each.name for each in report.iterdir()} if report.exists() else set()
        assert len(stands) in (0, len(SCORES) + 1), f"kill {turn} left a part of a report: {stands}"
        assert evidence(project, *add).returncode == 0
        assert digest(reports) == after
