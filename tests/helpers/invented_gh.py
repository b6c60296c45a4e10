"""A gh that asks an invented GitHub: its state is ``state.json`` beside this file, its branches are a bare repository.

``tests/helpers/invented_github.py`` copies this to a file named ``gh`` and puts that on the PATH. It answers what
``tools/`` asks, in the shapes of GitHub's REST API, and acts as a workflow's account does. Anything else is a failure.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

BOT: dict[str, Any] = {"login": "github-actions[bot]", "id": 41898282, "type": "Bot"}
STATE = Path(__file__).with_name("state.json")


def now() -> str:
    """This moment, as GitHub writes it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def has_branch(origin: str, name: str) -> bool:
    """Whether the repository on GitHub has the branch."""
    asked = ["git", "-C", origin, "rev-parse", "--verify", "--quiet", f"refs/heads/{name}"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def ask(state: dict[str, Any], path: str) -> Any:
    """What the REST API has at a path; ``None`` for a 404."""
    split = urlsplit(path.replace("{owner}/{repo}", "anytown/explorer").replace("{owner}", "anytown"))
    query = {key: values[-1] for key, values in parse_qs(split.query).items()}
    place = split.path.removeprefix("repos/anytown/explorer").lstrip("/")
    rows: list[dict[str, Any]]
    if found := re.fullmatch(r"issues/(\d+)", place):
        return state["issues"].get(found[1])
    if found := re.fullmatch(r"issues/(\d+)/comments", place):
        rows = [each for each in state["comments"] if each["issue"] == int(found[1])]
    elif place == "issues/comments":
        rows = [each for each in state["comments"] if each["updated_at"] >= query["since"]]
    elif place == "issues":
        creator = unquote(query["creator"])
        issues = state["issues"].values()
        rows = [each for each in issues if each["state"] == "open" and each["user"]["login"] == creator]
    elif place == "pulls":
        owner, _, branch = query["head"].partition(":")
        rows = [each for each in state["pulls"] if each["head"]["ref"] == branch and each["head"]["owner"] == owner]
        rows = [each for each in rows if query["state"] in ("all", each["state"])]
    elif found := re.fullmatch(r"pulls/(\d+)/reviews", place):
        rows = next(each for each in state["pulls"] if each["number"] == int(found[1]))["reviews"]
    else:
        return state["settings"].get(place)
    size, page = int(query.get("per_page", 30)), int(query.get("page", 1))
    return rows[(page - 1) * size : page * size]


def option(name: str) -> str:
    """The value behind an option of the command line."""
    return sys.argv[sys.argv.index(name) + 1]


def act(state: dict[str, Any], what: str, given: str) -> str | None:
    """Do what a command asks for and return what it prints; ``None`` where GitHub refuses."""
    name = sys.argv[3] if len(sys.argv) > 3 else ""
    number = max([*map(int, state["issues"]), *(each["number"] for each in state["pulls"]), 0]) + 1
    if what in state["refused"]:
        return None
    if what == "issue comment":
        made = {"issue": int(name), "user": BOT, "body": given, "created_at": now(), "updated_at": now()}
        state["comments"].append(made)
    elif what == "issue create":
        made = {"number": number, "title": option("--title"), "body": given, "user": BOT, "state": "open"}
        state["issues"][str(number)] = {**made, "locked": False}
    elif what == "issue edit":
        state["issues"][name] |= {"title": option("--title"), "body": given}
    elif what == "issue close":
        state["issues"][name]["state"] = "closed"
    elif what == "pr create":
        branch = option("--head")
        taken = [each for each in state["pulls"] if each["head"]["ref"] == branch and each["head"]["repo"]["id"] == 1]
        if not has_branch(state["origin"], branch) or any(each["state"] == "open" for each in taken):
            return None
        head = {"ref": branch, "owner": "anytown", "repo": {"id": 1}}
        made = {"number": number, "state": "open", "title": option("--title"), "body": given, "reviews": []}
        state["pulls"].append({**made, "head": head, "base": {"repo": {"id": 1}}, "user": BOT})
        return f"https://github.com/anytown/explorer/pull/{number}"
    elif what == "pr edit":
        next(each for each in state["pulls"] if each["number"] == int(name)).update(
            {"title": option("--title"), "body": given}
        )
    else:
        return None
    return ""


def main() -> int:
    """Answer one command, and note down those that write."""
    state: dict[str, Any] = json.loads(STATE.read_text("utf-8"))
    if sys.argv[1] == "api":
        answer = ask(state, sys.argv[2])
        if answer is None:
            sys.stderr.write("gh: Not Found (HTTP 404)\n")
            return 1
        sys.stdout.write(json.dumps(answer))
        return 0
    given = sys.stdin.read() if "--body-file" in sys.argv else ""
    what = " ".join(sys.argv[1:3])
    done = act(state, what, given)
    if what != "run download":
        state["written"].append(what)
    STATE.write_text(json.dumps(state), "utf-8")
    sys.stdout.write(f"{done}\n" if done else "")
    return int(done is None)


if __name__ == "__main__":
    sys.exit(main())
