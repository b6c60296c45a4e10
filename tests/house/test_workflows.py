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
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.contribute.issue_form import LABELS
from build_scripts.facts import authorities
from build_scripts.model.evidence import LARGEST
from build_scripts.review.cqc_list import ADDRESSES_MARKER, LAYOUT_MARKER, REPORTS_MARKER
from tests.helpers.makefile import called_with
from tools import deliver, settings

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
each_workflow = pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES])

# The most that a job may be given, by workflow and job; whatever is missing here may read the code only.
PERMISSIONS = {
    ("collect.yml", "deliver"): {
        "actions": "read",
        "contents": "write",
        "issues": "write",
        "pull-requests": "write",
    },
    ("publish.yml", "build"): {"contents": "read", "pages": "read"},
    ("publish.yml", "deploy"): {"pages": "write", "id-token": "write"},
    ("receive.yml", "deliver"): {
        "actions": "read",
        "contents": "write",
        "issues": "write",
        "pull-requests": "write",
    },
    ("watch.yml", "look"): {"contents": "read", "issues": "read"},
    ("watch.yml", "tell"): {"actions": "read", "contents": "read", "issues": "write"},
}


def read(file: Path) -> dict[str | bool, Any]:
    """A workflow; YAML reads its key ``on`` as true."""
    workflow: dict[str | bool, Any] = yaml.safe_load(file.read_text("utf-8"))
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


def test_all_workflows_are_there() -> None:
    """One checks every change, one collects, one publishes main, one receives reports, one watches addresses."""
    assert [file.name for file in FILES] == ["check.yml", "collect.yml", "publish.yml", "receive.yml", "watch.yml"]


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
    """What runs on GitHub is what a contributor can run: make, and the one program that may write there."""
    make = r'(\w+="[^"]+" )?make (check|collect|explain|test|site|hashes|receive|watch)( BASE=base)?( ARGS="[^"]+")?'
    deliver = (
        r"python3 -m tools\.deliver(_collected reports-of-cqc| (report received|issue notice-addresses|before notice))"
    )
    for step in steps(file):
        if "run" in step:
            assert re.fullmatch(f"{make}|{deliver}", step["run"].strip()), step


@each_workflow
def test_contributed_words_stay_out_of_commands(file: Path) -> None:
    """Nothing that somebody outside can write, be it a title, a name or a branch, gets into a command."""
    for step in steps(file):
        assert "${{" not in step.get("run", ""), step
        for value in [*step.get("env", {}).values(), *step.get("with", {}).values()]:
            for used in re.findall(r"\${{(.*?)}}", str(value)):
                allowed = r"github\.(server_url|repository|run_id|token|event\.pull_request\.base\.sha \|\| 'main')"
                assert re.fullmatch(
                    rf"{allowed}|matrix\.\w+|steps\.pages\.outputs\.base_url|vars\.CONTACT", used.strip()
                ), used


@each_workflow
def test_no_event_brings_rights_to_strangers(file: Path) -> None:
    """A pull request is checked as ``pull_request``, without rights; ``pull_request_target`` is not used."""
    events = read(file)[True]
    assert set(events) <= {"pull_request", "push", "workflow_call", "workflow_dispatch", "schedule", "issues"}


@each_workflow
def test_a_job_that_writes_runs_no_project_code_but_one(file: Path) -> None:
    """A job that may change something on GitHub runs one of two tools or an official action, and installs nothing."""
    for name, job in read(file)["jobs"].items():
        if "write" in job["permissions"].values():
            for step in job["steps"]:
                assert "make" not in step.get("run", ""), name
                assert "setup-python" not in step.get("uses", ""), name


@pytest.mark.parametrize("name", ["receive.yml", "collect.yml"])
def test_what_reads_has_no_rights(name: str) -> None:
    """The job that reads what others wrote may read the code only, and the one that delivers waits for it."""
    jobs = read(ROOT / ".github" / "workflows" / name)["jobs"]
    assert jobs["read"]["permissions"] == {"contents": "read"}
    assert jobs["deliver"]["needs"] == "read"
    assert "secrets" not in (ROOT / ".github" / "workflows" / name).read_text("utf-8")


def test_receiving_begins_with_the_form() -> None:
    """An open issue is taken for a form by the label of its last field, when it is opened or edited and never else."""
    workflow = read(ROOT / ".github" / "workflows" / "receive.yml")
    assert workflow[True] == {"issues": {"types": ["opened", "edited"]}}  # `on`
    condition = workflow["jobs"]["read"]["if"].split(" && ")
    form = f"contains(github.event.issue.body, '### {LABELS[-1]}')"
    assert condition == ["github.event.issue.state == 'open'", "!github.event.issue.locked", form]


def test_markers_are_the_same_on_both_sides() -> None:
    """What writes a notice and what finds it again use the same first lines."""
    assert deliver.ADDRESSES == ADDRESSES_MARKER
    assert deliver.MARKER.fullmatch(REPORTS_MARKER)
    assert deliver.MARKER.fullmatch(LAYOUT_MARKER)


def test_the_nine_statements_are_those_of_the_framework() -> None:
    """Files are delivered under the names of data/framework.yml's statements, and as large as the check reads them."""
    framework = yaml.safe_load((ROOT / "data" / "framework.yml").read_text("utf-8"))
    assert deliver.LARGEST == LARGEST
    assert list(deliver.STATEMENTS) == [each["id"] for each in framework["statements"]]
    assert {f"{each}.txt" for each in deliver.STATEMENTS} | {"report.yml"} == deliver.NAMES


def test_every_report_here_could_be_delivered() -> None:
    """The list of councils that deliver.py reads knows every council whose report is in the collection."""
    councils = deliver.known_councils(ROOT)
    for folder in (ROOT / "data" / "reports").iterdir():
        found = deliver.REPORT_FILE.fullmatch(f"data/reports/{folder.name}/report.yml")
        assert found, folder.name
        assert found["slug"] in councils


@given(st.from_regex(authorities.SLUG, fullmatch=True).filter(str.isascii))
def test_a_report_of_any_council_could_be_delivered(slug: str) -> None:
    """Whatever short name data/authorities.csv may give a council, digits in it too, is one to deliver.py."""
    found = deliver.REPORT_FILE.fullmatch(f"data/reports/{slug}-2025-01/equity.txt")
    assert found
    assert found["slug"] == slug


def test_required_checks_are_the_jobs_of_the_workflow() -> None:
    """The checks that tools/settings.py asks for are the jobs of check.yml, by the names that GitHub shows."""
    names = []
    for job in read(ROOT / ".github" / "workflows" / "check.yml")["jobs"].values():
        pythons = job.get("strategy", {}).get("matrix", {}).get("python", [""])
        names += [job["name"].replace("${{ matrix.python }}", python) for python in pythons]
    assert list(settings.CHECKS) == names


@pytest.mark.parametrize("what", ["reports", "addresses"])
def test_watching_asks_what_its_job_is_for(what: str, tmp_path: Path) -> None:
    """What a job of watch.yml sets in the environment is what ``make watch`` asks for."""
    assert called_with(tmp_path, "watch", env={"WHAT": what}) == ["watch", what, "--into", "notice"]


@each_workflow
def test_the_makefile_heeds_the_environment(file: Path) -> None:
    """Each variable of the Makefile that a workflow sets in the environment may be set there."""
    plain = set(re.findall(r"^([A-Z]+) =", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    jobs = [read(file), *read(file)["jobs"].values(), *steps(file)]
    assert [name for each in jobs for name in each.get("env", {}) if name in plain] == []


def test_the_pythons_of_the_tests_build_the_same() -> None:
    """One job builds the site with each Python that the tests run on, the second time compared with the first."""
    jobs = read(ROOT / ".github" / "workflows" / "check.yml")["jobs"]
    done = [step.get("run") or step["with"].get("python-version") for step in jobs["same-bytes"]["steps"][1:]]
    oldest, newest = jobs["tests"]["strategy"]["matrix"]["python"]
    assert done == [oldest, "make hashes", newest, "make hashes"]


def test_publishing_waits_for_the_checks() -> None:
    """Nothing is deployed that did not pass, and only main is."""
    workflow = read(ROOT / ".github" / "workflows" / "publish.yml")
    deploy = workflow["jobs"]["deploy"]
    assert set(deploy["needs"]) == {"check", "build"}
    assert deploy["if"] == "github.ref == 'refs/heads/main'"
    assert workflow[True]["push"] == {"branches": ["main"]}  # `on`
