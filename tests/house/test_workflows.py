"""The GitHub workflows: linted, pinned, and allowed no more than they need."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
each_workflow = pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES])

# The most that a job may be given, by workflow and job; whatever is missing here may read the code only.
PERMISSIONS = {
    ("publish.yml", "build"): {"contents": "read", "pages": "read"},
    ("publish.yml", "deploy"): {"pages": "write", "id-token": "write"},
}


def read(file: Path) -> dict[str, Any]:
    """A workflow; YAML reads its key ``on`` as true."""
    workflow: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return workflow


def steps(file: Path) -> Iterator[dict[str, Any]]:
    """All steps of all jobs."""
    for job in read(file)["jobs"].values():
        yield from job.get("steps", [])


def tool(name: str) -> str:
    """A program of the environment that runs the tests."""
    found = shutil.which(name, path=str(Path(sys.executable).parent))
    assert found, f"{name} is not installed: run 'make test'"
    return found


def test_both_workflows_are_there() -> None:
    """One checks every change, one publishes main."""
    assert [file.name for file in FILES] == ["check.yml", "publish.yml"]


@pytest.mark.parametrize(
    "command",
    [
        # shellcheck and pyflakes are looked for on the PATH: without them it is the same everywhere
        ["actionlint", "-shellcheck=", "-pyflakes=", *map(str, FILES)],
        ["zizmor", "--offline", "--quiet", "--no-progress", "--persona=pedantic", "."],
    ],
    ids=["actionlint", "zizmor"],
)
def test_linter_finds_nothing(command: list[str]) -> None:
    """The workflows and dependabot.yml are free of known mistakes and of known ways to attack them."""
    program, *arguments = command
    done = subprocess.run([tool(program), *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@each_workflow
def test_actions_are_pinned_by_commit(file: Path) -> None:
    """Every action is an official one, at a full commit, with its version beside it for people and Dependabot."""
    uses = re.findall(r"uses: (.+)", file.read_text("utf-8"))
    assert uses
    for each in uses:
        if not each.startswith("./"):
            assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", each), each


def test_one_commit_for_each_action() -> None:
    """An action is the same commit wherever it is used."""
    pins = [pin for file in FILES for pin in re.findall(r"uses: (actions/[a-z-]+)@(.+)", file.read_text("utf-8"))]
    assert len(set(pins)) == len({action for action, _ in pins})


@each_workflow
def test_least_privilege(file: Path) -> None:
    """A workflow is given nothing; each of its jobs says the little that it needs."""
    workflow = read(file)
    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        assert job["permissions"] == PERMISSIONS.get((file.name, name), {"contents": "read"}), name


@each_workflow
def test_jobs_end(file: Path) -> None:
    """No job runs for ever or on a system that changes under it."""
    for name, job in read(file)["jobs"].items():
        if "steps" in job:
            assert job["timeout-minutes"] <= 30, name
            assert job["runs-on"] == "ubuntu-24.04", name


@each_workflow
def test_checkouts_keep_no_credentials(file: Path) -> None:
    """The code of a pull request never gets at the token that fetched it."""
    for step in steps(file):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@each_workflow
def test_commands_are_the_projects_own(file: Path) -> None:
    """What runs on GitHub is what a contributor can run: make, and nothing else."""
    for step in steps(file):
        if "run" in step:
            assert re.fullmatch(r'(\w+="[^"]+" )?make (check|test|site)( ARGS="[^"]+")?', step["run"].strip()), step


def test_publishing_waits_for_the_checks() -> None:
    """Nothing is deployed that did not pass, and only main is."""
    workflow = read(ROOT / ".github" / "workflows" / "publish.yml")
    deploy = workflow["jobs"]["deploy"]
    assert set(deploy["needs"]) == {"check", "build"}
    assert deploy["if"] == "github.ref == 'refs/heads/main'"
    assert workflow[True]["push"] == {"branches": ["main"]}  # `on`
