"""What lies in the project's tree: nothing of anyone's machine, nothing generated, one version everywhere."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

import build_scripts
from tests.helpers.projects import real_run

# Written in pieces, so that this file does not find itself.
MACHINE_PATHS = re.compile(
    r"(?<![\w.>/-])/(?:" + "|".join(["ro" + "ot", "wo" + "rk", "Us" + "ers", "ho" + "me"]) + r")/\w"
)
INDEX_HOSTS = re.compile(
    "|".join(["py" + r"pi\.org", "python" + r"hosted\.org", "npm" + r"js\.org", "deb" + r"\.debian\.org"])
)

# Comments in lock files may name packages only; other file kinds are read as text where they are text.
NOT_OURS = re.compile(r"^data/reports/.*\.txt$")


def git(root: Path, *arguments: str, given: str | None = None) -> list[str]:
    """The lines that git prints; the test is skipped in a copy without git."""
    if not (root / ".git").exists() or not shutil.which("git"):
        pytest.skip("not a git clone, or no git")
    done = subprocess.run(
        ["git", *arguments], cwd=root, input=given, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode <= 1, done.stderr  # check-ignore says 1 for "none"
    return done.stdout.splitlines()


def tracked(root: Path) -> list[str]:
    """Paths of all files that are, or are about to be, in git."""
    return git(root, "-c", "core.quotePath=off", "ls-files", "--cached", "--others", "--exclude-standard")


def test_no_link_is_in_git(root: Path) -> None:
    """A link leads to somebody's machine, or out of a checkout; every file is itself."""
    staged = git(root, "ls-files", "--cached", "--stage")
    assert staged
    assert [line for line in staged if line.startswith("120000")] == []


def test_tests_of_modules_start_no_program(root: Path) -> None:
    """What `make quick` runs calls modules; whatever runs a command or starts a program stands in tests/commands."""
    starts = re.compile(
        r"^(?:import|from) (?:subprocess|multiprocessing|click\.testing|build_scripts\.commands\.main)\b", re.M
    )
    files = [file for folder in ("unit", "property") for file in (root / "tests" / folder).glob("*.py")]
    assert files
    assert [file.name for file in files if starts.search(file.read_text("utf-8"))] == []


def test_no_machine_and_no_index_is_named(root: Path) -> None:
    """No file names a path of somebody's machine or a package index's address."""
    found = []
    for path in tracked(root):
        file = root / path
        if NOT_OURS.match(path) or not file.is_file():
            continue
        try:
            lines = file.read_text("utf-8").splitlines()
        except UnicodeDecodeError:  # a picture
            continue
        for number, line in enumerate(lines, 1):
            if MACHINE_PATHS.search(line) or INDEX_HOSTS.search(line):
                found.append(f"{path}:{number}: {line.strip()[:100]}")
    assert not found, "\n".join(found)


def test_machine_paths_are_seen() -> None:
    """The patterns find what they are for, and leave addresses of the site alone."""
    assert MACHINE_PATHS.search("see /" + "home/ann/project")
    assert MACHINE_PATHS.search('"/' + 'Users/ann"')
    assert not MACHINE_PATHS.search("example.org/" + "work/page")
    assert not MACHINE_PATHS.search("](../" + "home/index.md)")


def test_generated_pages_are_ignored(root: Path) -> None:
    """git ignores whatever a build writes under docs/."""
    generated = {f"docs/{path}" for path in real_run().files} | {"docs/.generated"}
    ignored = set(git(root, "check-ignore", "--no-index", "--stdin", given="\n".join(sorted(generated))))
    assert generated - ignored == set(), "add these to .gitignore"


def test_hand_written_files_are_not_ignored(root: Path) -> None:
    """No file that is in git would be ignored by it."""
    assert git(root, "ls-files", "--cached", "--ignored", "--exclude-standard") == []


def test_texts_are_kept_byte_for_byte(root: Path) -> None:
    """git never touches the line ends of published text."""
    texts = [path for path in tracked(root) if NOT_OURS.match(path)]
    assert texts
    for line in git(root, "check-attr", "text", "--", *texts):
        assert line.endswith(": text: unset"), line


def test_citation_has_the_version(root: Path) -> None:
    """CITATION.cff and the package tell the same version."""
    citation = yaml.safe_load((root / "CITATION.cff").read_text("utf-8"))
    assert citation["version"] == build_scripts.__version__
    assert {"cff-version", "title", "message", "authors"} <= citation.keys()
