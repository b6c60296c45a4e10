"""Ask GitHub through gh, and git, as a workflow does; standard library only, nothing through a shell."""

from __future__ import annotations

import json
import subprocess
from typing import Any

BOT = "github-actions[bot]"
BOT_ID = 41898282
"""The account that GITHUB_TOKEN writes as, by GitHub's REST API: nobody else can write as it."""

PAGE = 100
"""Rows of a page: the most that GitHub gives."""

MOST_PAGES = 10


class Failure(Exception):
    """Something that a maintainer must look at; its text is the one line they see."""


class NotThere(Failure):
    """GitHub knows no such thing, or shows it to nobody with these rights."""


def _done(*command: str, **how: Any) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(command, text=True, encoding="utf-8", check=False, **how)
    except FileNotFoundError:
        where = " from https://cli.github.com" if command[0] == "gh" else ""
        raise Failure(f"the program {command[0]} is not here: install it{where}") from None


def run(*command: str, given: str | None = None) -> str:
    """Run a program without a shell and return what it prints; its own words go to the log."""
    done = _done(*command, input=given, stdout=subprocess.PIPE)
    if done.returncode:
        raise Failure(f"{command[0]} {command[1]} ended with status {done.returncode}")
    return done.stdout


def api(path: str) -> Any:
    """Return what GitHub's REST API has at ``repos/<this repository>/<path>``; raise ``NotThere`` for a 404."""
    command = ("gh", "api", f"repos/{{owner}}/{{repo}}/{path}".rstrip("/"))
    done = _done(*command, capture_output=True)
    if done.returncode:
        said = " ".join(done.stderr.split())[:200]
        raise (NotThere if "HTTP 404" in done.stderr else Failure)(f"GitHub does not show {path}: {said}")
    return json.loads(done.stdout)


def api_list(path: str) -> list[dict[str, Any]]:
    """Return all rows of a list; raise ``Failure`` for one too long to be anything but a flood."""
    rows: list[dict[str, Any]] = []
    for page in range(1, MOST_PAGES + 1):
        more: list[dict[str, Any]] = api(f"{path}{'&' if '?' in path else '?'}per_page={PAGE}&page={page}")
        rows += more
        if len(more) < PAGE:
            return rows
    raise Failure(f"more than {PAGE * MOST_PAGES:,} rows at {path}: a person must look")


def is_bot(row: dict[str, Any]) -> bool:
    """Return whether a row of the API was written by the workflows' own account; a name alone may be imitated."""
    user = row.get("user") or {}  # none when the account is gone
    return user.get("id") == BOT_ID and user.get("type") == "Bot"
