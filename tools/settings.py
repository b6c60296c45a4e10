"""Say whether this repository on GitHub has the settings that MAINTAINING.md asks for, a line each.

    python3 -m tools.settings

Asks through gh, logged in as somebody who administers the repository, and changes nothing. Standard library only. Exit
status 1 when a setting is missing or cannot be seen.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from tools.github import Failure, NotThere, api

CHECKS = ("Data and preview", "Tests (Python 3.11)", "Tests (Python 3.13)", "Same bytes on every Python")
"""Names of the jobs of check.yml that must pass (tests/house/test_workflows.py compares them)."""

BRANCHES = "Settings, Branches, main"
ACTIONS = "Settings, Actions, General"


def reviews_of(protection: dict[str, Any], rules: list[dict[str, Any]]) -> dict[str, bool]:
    """Return which rules of reviewing hold, whether a branch's protection or a ruleset says so; both add up."""
    classic = protection.get("required_pull_request_reviews") or {}
    given = [rule.get("parameters") or {} for rule in rules if rule["type"] == "pull_request"]
    return {
        "a pull request with an approval is required": any(
            (each.get("required_approving_review_count") or 0) > 0 for each in (classic, *given)
        ),
        "the review of a code owner is required": bool(classic.get("require_code_owner_reviews"))
        or any(each.get("require_code_owner_review") for each in given),
        "stale approvals are dismissed": bool(classic.get("dismiss_stale_reviews"))
        or any(each.get("dismiss_stale_reviews_on_push") for each in given),
        "the last push must be approved by somebody else": any(
            each.get("require_last_push_approval") for each in (classic, *given)
        ),
    }


def checks_of(protection: dict[str, Any], rules: list[dict[str, Any]]) -> set[str]:
    """Return the names of the checks that must pass before main changes."""
    classic = (protection.get("required_status_checks") or {}).get("checks") or []
    given = [rule.get("parameters") or {} for rule in rules if rule["type"] == "required_status_checks"]
    return {each["context"] for each in (*classic, *(row for rule in given for row in rule["required_status_checks"]))}


def binds_everyone(protection: dict[str, Any], rules: list[dict[str, Any]]) -> bool:
    """Return whether the rule to review holds for administrators and apps too."""
    classic = protection.get("required_pull_request_reviews") or {}
    spared = classic.get("bypass_pull_request_allowances") or {}
    if classic and not any(spared.values()) and (protection.get("enforce_admins") or {}).get("enabled"):
        return True
    sets = {rule["ruleset_id"] for rule in rules if rule["type"] == "pull_request"}
    return any(api(f"rulesets/{id}").get("bypass_actors") == [] for id in sets)


def settings() -> Iterator[tuple[str, bool, str]]:
    """Yield what is asked for, whether it is so, and where it is set."""
    if not api("")["permissions"]["admin"]:
        raise Failure("GitHub shows the protection of a branch to administrators only")
    try:
        protection: dict[str, Any] = api("branches/main/protection")
    except NotThere:  # main is not protected, or by rulesets only
        protection = {}
    rules: list[dict[str, Any]] = api("rules/branches/main")
    for said, holds in reviews_of(protection, rules).items():
        yield said, holds, BRANCHES
    required = checks_of(protection, rules)
    for check in CHECKS:
        yield f"the check “{check}” is required", check in required, BRANCHES
    yield "nobody may merge past the review", binds_everyone(protection, rules), BRANCHES
    forced = (protection.get("allow_force_pushes") or {}).get("enabled") is False
    yield "nobody can force-push to main", forced or any(rule["type"] == "non_fast_forward" for rule in rules), BRANCHES
    actions = api("actions/permissions/workflow")
    yield "workflows may only read by default", actions["default_workflow_permissions"] == "read", ACTIONS
    yield "workflows may open pull requests", actions["can_approve_pull_request_reviews"] is True, ACTIONS
    try:
        told = api("private-vulnerability-reporting").get("enabled") is True
    except NotThere:  # a repository that is private has none
        told = False
    yield "faults of security can be told in private", told, "Settings, Code security, Private vulnerability reporting"
    try:
        built = api("pages").get("build_type")
    except NotThere:
        built = ""
    yield "Pages are published by a workflow", built == "workflow", "Settings, Pages, Source"


def main() -> int:
    """Print each setting; return 1 when one is missing."""
    missing = 0
    for said, holds, where in settings():
        missing += not holds
        print(f"yes  {said}" if holds else f"NO   {said}: {where}")
    print(f"{missing} missing; MAINTAINING.md says what each is for" if missing else "all settings are there")
    return 1 if missing else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failure as failure:
        sys.exit(f"error: {failure}; gh must be logged in as somebody who administers the repository")
