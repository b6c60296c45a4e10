"""The command that looks whether a repository on GitHub has the settings that it needs, with an invented GitHub."""

from __future__ import annotations

import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.invented_github import GitHub
from tests.helpers.projects import ROOT
from tools.settings import CHECKS

CLASSIC: dict[str, Any] = {
    "": {"permissions": {"admin": True}},
    "branches/main/protection": {
        "required_pull_request_reviews": {
            "required_approving_review_count": 1,
            "require_code_owner_reviews": True,
            "dismiss_stale_reviews": True,
            "require_last_push_approval": True,
        },
        "required_status_checks": {"checks": [{"context": check} for check in CHECKS]},
        "enforce_admins": {"enabled": True},
        "allow_force_pushes": {"enabled": False},
    },
    "rules/branches/main": [],
    "actions/permissions/workflow": {"default_workflow_permissions": "read", "can_approve_pull_request_reviews": True},
    "private-vulnerability-reporting": {"enabled": True},
    "pages": {"build_type": "workflow"},
}
"""What GitHub says of a repository in which ``main`` is protected under Settings, Branches."""

RULES: dict[str, Any] = {
    **{key: CLASSIC[key] for key in ("", "actions/permissions/workflow", "private-vulnerability-reporting", "pages")},
    "rules/branches/main": [
        {
            "type": "pull_request",
            "ruleset_id": 5,
            "parameters": {
                "required_approving_review_count": 2,
                "require_code_owner_review": True,
                "dismiss_stale_reviews_on_push": True,
                "require_last_push_approval": True,
            },
        },
        {
            "type": "required_status_checks",
            "ruleset_id": 5,
            "parameters": {"required_status_checks": [{"context": check} for check in CHECKS]},
        },
        {"type": "non_fast_forward", "ruleset_id": 5},
    ],
    "rulesets/5": {"bypass_actors": []},
}
"""The same, where a ruleset says it and ``main`` is not protected otherwise."""

REVIEWS = ("branches/main/protection", "required_pull_request_reviews")
RULE = ("rules/branches/main", 0, "parameters")
MISSING: list[tuple[dict[str, Any], tuple[str | int, ...], Any, str]] = [
    # settings, where one of them is, what it is instead, what is said
    (CLASSIC, (*REVIEWS, "required_approving_review_count"), 0, "a pull request with an approval is required"),
    (CLASSIC, (*REVIEWS, "require_code_owner_reviews"), False, "the review of a code owner is required"),
    (CLASSIC, (*REVIEWS, "dismiss_stale_reviews"), False, "stale approvals are dismissed"),
    (CLASSIC, (*REVIEWS, "require_last_push_approval"), False, "the last push must be approved by somebody else"),
    (CLASSIC, (*REVIEWS, "bypass_pull_request_allowances"), {"apps": [1]}, "nobody may merge past the review"),
    (CLASSIC, ("branches/main/protection", "enforce_admins", "enabled"), False, "nobody may merge past the review"),
    (CLASSIC, ("branches/main/protection", "allow_force_pushes", "enabled"), True, "nobody can force-push to main"),
    (
        CLASSIC,
        ("branches/main/protection", "required_status_checks", "checks", 0, "context"),
        "Other",
        "the check “Data and preview” is required",
    ),
    (
        CLASSIC,
        ("actions/permissions/workflow", "default_workflow_permissions"),
        "write",
        "workflows may only read by default",
    ),
    (
        CLASSIC,
        ("actions/permissions/workflow", "can_approve_pull_request_reviews"),
        False,
        "workflows may open pull requests",
    ),
    (CLASSIC, ("private-vulnerability-reporting", "enabled"), False, "faults of security can be told in private"),
    (CLASSIC, ("private-vulnerability-reporting",), None, "faults of security can be told in private"),
    (CLASSIC, ("pages", "build_type"), "legacy", "Pages are published by a workflow"),
    (CLASSIC, ("pages",), None, "Pages are published by a workflow"),
    (RULES, (*RULE, "required_approving_review_count"), 0, "a pull request with an approval is required"),
    (RULES, (*RULE, "require_code_owner_review"), False, "the review of a code owner is required"),
    (RULES, (*RULE, "dismiss_stale_reviews_on_push"), False, "stale approvals are dismissed"),
    (RULES, (*RULE, "require_last_push_approval"), False, "the last push must be approved by somebody else"),
    (RULES, ("rules/branches/main", 2, "type"), "deletion", "nobody can force-push to main"),
    (RULES, ("rulesets/5", "bypass_actors"), [{"actor_id": 5}], "nobody may merge past the review"),
]


@pytest.fixture
def github(tmp_path: Path) -> GitHub:
    """A repository with an issue, and nothing set yet."""
    made = GitHub(tmp_path)
    made.begin()
    return made


@pytest.mark.parametrize("settings", [CLASSIC, RULES], ids=["protected branch", "ruleset"])
def test_all_is_set(github: GitHub, settings: dict[str, Any]) -> None:
    """With every setting there each has a line that says yes, wherever it is set."""
    github.change(settings=settings)
    github.apart = True  # as `make settings` runs it
    done = github.tool("settings")
    assert done.returncode == 0, done.stdout + done.stderr
    *lines, last = done.stdout.splitlines()
    assert len(lines) == 14
    assert all(line.startswith("yes  ") for line in lines)
    assert last == "all settings are there"


@pytest.mark.parametrize(("settings", "where", "value", "said"), MISSING, ids=[row[3] + str(row[1]) for row in MISSING])
def test_one_is_missing(
    github: GitHub, settings: dict[str, Any], where: tuple[str | int, ...], value: object, said: str
) -> None:
    """A setting that is missing is named, with where it is set; the others are not, and the status is 1."""
    changed = inner = deepcopy(settings)
    for part in where[:-1]:
        inner = inner[part]  # type: ignore[index]
    inner[where[-1]] = value  # type: ignore[index]
    github.change(settings=changed)
    done = github.tool("settings")
    assert done.returncode == 1, done.stderr
    missing = [line for line in done.stdout.splitlines() if line.startswith("NO ")]
    assert len(missing) == 1
    assert missing[0].startswith(f"NO   {said}: Settings, ")


def test_nothing_is_set(github: GitHub) -> None:
    """A branch without any protection lacks all of it; nothing breaks off."""
    github.change(settings={key: CLASSIC[key] for key in CLASSIC if not key.startswith("branches/")})
    done = github.tool("settings")
    assert done.returncode == 1
    assert done.stdout.count("\nNO ") + done.stdout.startswith("NO ") == 10


def test_who_does_not_administer_is_told(github: GitHub) -> None:
    """GitHub hides a branch's protection from others: nothing is concluded from that."""
    github.change(settings={**CLASSIC, "": {"permissions": {"admin": False}}})
    done = github.tool("settings")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("error: GitHub shows the protection of a branch to administrators only")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("settings",), "the program gh is not here: install it from https://cli.github.com; gh must be logged in"),
        (("deliver", "issue", "notice"), "GITHUB_RUN_ID is not set: this runs in a workflow on GitHub"),
        (("deliver", "before", "notice"), "the program gh is not here: install it from https://cli.github.com"),
        (("deliver_collected", "notice"), "GITHUB_RUN_ID is not set: this runs in a workflow on GitHub"),
    ],
    ids=" ".join,
)
def test_what_is_not_here_gets_one_line(tmp_path: Path, command: tuple[str, ...], said: str) -> None:
    """Without gh, or outside a workflow, one line says what is missing."""
    module, *rest = command
    environment = {"PATH": str(tmp_path), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", f"tools.{module}", *rest],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"error: {said}")
    assert done.stderr.count("\n") == 1
