"""An invented GitHub that keeps state: issues, comments, pull requests and reviews in a file, branches in a real git.

What people do there are its methods; what a workflow does goes through ``gh`` (``invented_gh.py``) and git, as it does
on the real one. Git is always a process; the program and gh are where a test asks for it, since starting Python takes
longer than all that they do. Ann (42) sends texts, Mo (9) maintains, Eve (66) is a stranger.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import runpy
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any
from unittest.mock import patch

from tests.helpers import invented_gh
from tests.helpers.projects import ROOT

ANN: dict[str, Any] = {"login": "ann", "id": 42, "type": "User"}
EVE: dict[str, Any] = {"login": "eve", "id": 66, "type": "User"}
MO: dict[str, Any] = {"login": "mo", "id": 9, "type": "User"}
BOT = invented_gh.BOT

ISSUE = 7
BRANCH = f"report-from-issue-{ISSUE}"
FOLDER = "data/reports/anytown-2025-01"
TEXT = f"{FOLDER}/equity.txt"
COUNCILS = "slug,name\nanytown,Anytown\nothertown,Othertown\n"


@cache
def _compiled(program: str) -> CodeType:
    return compile(program, "gh", "exec")


def _as_program(main: Callable[[], object], *command: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """Run Python in this process as a program of its own: with arguments and input, output and a status."""
    out, err, status = io.StringIO(), io.StringIO(), 0
    with (
        patch.object(sys, "argv", [*command]),
        patch.object(sys, "stdin", io.StringIO(given)),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else int(end.code is not None)
            if isinstance(end.code, str):
                print(end.code, file=err)
    return subprocess.CompletedProcess(command, status, out.getvalue(), err.getvalue())


@dataclass
class GitHub:
    """A repository on GitHub, a clone of it as a workflow has, and the folder that the other job hands on."""

    place: Path
    apart: bool = False
    """Whether the program and its gh run as processes of their own."""

    @property
    def root(self) -> Path:
        """The checkout of main."""
        return self.place / "clone"

    @property
    def folder(self) -> Path:
        """What the job without rights has left."""
        return self.place / "received"

    @property
    def state(self) -> dict[str, Any]:
        """All that is not git's, as it is now."""
        state: dict[str, Any] = json.loads((self.place / "bin" / "state.json").read_text("utf-8"))
        return state

    def change(self, **parts: Any) -> None:
        """Set parts of the state."""
        (self.place / "bin" / "state.json").write_text(json.dumps({**self.state, **parts}), "utf-8")

    def copy(self, place: Path) -> GitHub:
        """Return a copy of it all, for one test that changes it."""
        copied = GitHub(place)
        shutil.copytree(self.place, copied.place)
        copied.git(copied.root, "remote", "set-url", "origin", str(copied.place / "origin"))
        copied.change(origin=str(copied.place / "origin"))
        return copied

    def begin(self) -> None:
        """Make a repository with one commit on main, and Ann's open issue."""
        (self.place / "bin").mkdir()
        gh = self.place / "bin" / "gh"
        gh.write_text(f"#!{sys.executable} -IS\n{Path(invented_gh.__file__).read_text('utf-8')}", "utf-8")
        gh.chmod(0o755)
        origin = self.place / "origin"
        issue = {"number": ISSUE, "user": ANN, "state": "open", "locked": False, "body": "### Text"}
        state = {"origin": str(origin), "issues": {str(ISSUE): issue}, "comments": [], "pulls": []}
        (self.place / "bin" / "state.json").write_text(
            json.dumps({**state, "refused": [], "written": [], "settings": {}}), "utf-8"
        )
        # Every test copies both: without the examples of hooks, and nothing is tidied up in them.
        self.run("git", "init", "--quiet", "--bare", "--template=", "-b", "main", str(origin))
        self.run("git", "clone", "--quiet", "--template=", str(origin), str(self.root))
        for repository in (origin, self.root):
            for setting in ("gc.auto=0", "maintenance.auto=false", "receive.autogc=false"):
                self.git(repository, "config", *setting.split("="))
        (self.root / "data").mkdir()
        (self.root / "data" / "authorities.csv").write_text(COUNCILS, "utf-8")
        self.git(self.root, "switch", "--quiet", "-c", "main")
        self.git(self.root, "add", "data")
        self.git(self.root, "commit", "--quiet", "-m", "Begin")
        self.git(self.root, "push", "--quiet", "origin", "HEAD:main")

    def run(self, *command: str) -> str:
        """What a command that must succeed prints."""
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def git(self, where: Path, *arguments: str) -> str:
        """What git says, as Mo."""
        return self.run("git", "-C", str(where), "-c", "user.name=Mo", "-c", "user.email=mo@example.org", *arguments)

    def tool(self, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of tools/ as a workflow does, where the clone is."""
        (self.place / "event.json").write_text(json.dumps({"issue": {"number": ISSUE}}), "utf-8")
        environment = {
            **os.environ,
            "PATH": f"{self.place / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "GITHUB_EVENT_PATH": str(self.place / "event.json"),
            "GITHUB_REPOSITORY": "anytown/explorer",
            "GITHUB_RUN_ID": "1",
        }
        if self.apart:
            command = [sys.executable, "-m", f"tools.{module}", *arguments]
            return subprocess.run(
                command, cwd=self.root, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
            )
        processes = subprocess.run

        def gh_here(command: list[str] | tuple[str, ...], **how: Any) -> subprocess.CompletedProcess[str]:
            if command[0] != "gh":
                return processes(command, **how)
            gh = self.place / "bin" / "gh"
            names = {"__name__": "__main__", "__file__": str(gh)}
            code = _compiled(gh.read_text("utf-8"))
            return _as_program(lambda: exec(code, names), *command, given=how.get("input") or "")  # noqa: S102 - our own

        with (
            patch.dict(os.environ, environment),
            contextlib.chdir(self.root),
            patch("subprocess.run", gh_here),
            warnings.catch_warnings(),
        ):
            # A test that imported the module has no part in this run of it.
            warnings.filterwarnings("ignore", r".* found in sys\.modules", RuntimeWarning)
            return _as_program(lambda: runpy.run_module(f"tools.{module}", run_name="__main__"), module, *arguments)

    # What the other job leaves, and the workflow's run with it

    def put(self, path: str, words: str = "words\n") -> None:
        """Leave a file, as the job without rights would."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(words, "utf-8")

    def deliver(self, kind: str = "report") -> subprocess.CompletedProcess[str]:
        """Run the program in a fresh checkout of main."""
        self.git(self.root, "switch", "--quiet", "--force", "main")
        self.git(self.root, "fetch", "--quiet", "--prune", "origin")
        return self.tool("deliver", kind, str(self.folder))

    def send(self, words: str) -> subprocess.CompletedProcess[str]:
        """An issue is opened or edited, with a text in which nothing is wrong."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.put(f"files/{TEXT}", f"{words}\n")
        self.put("answer.md", "Thank you. Your text was read without problems.\n")
        self.put("description.md", "## What this change does\n\nThe check finds nothing wrong.\n")
        return self.deliver()

    # What people do

    def issue(self, **parts: Any) -> None:
        """Change Ann's issue."""
        issues = self.state["issues"]
        issues[str(ISSUE)] |= parts
        self.change(issues=issues)

    def comment(self, body: str, user: dict[str, Any], issue: int = ISSUE, hours_ago: float = 0) -> None:
        """Somebody comments on an issue."""
        when = (datetime.now(UTC) - timedelta(hours=hours_ago)).strftime("%Y-%m-%dT%H:%M:%SZ")
        made = {"issue": issue, "user": user, "body": body, "created_at": when, "updated_at": invented_gh.now()}
        self.change(comments=[*self.state["comments"], made])

    def answered(self, times: int, author: int, hours_ago: float = 1) -> None:
        """The workflow has answered before, on other issues; somebody has changed those answers since."""
        body = f"<!-- care-evidence: answer for {author},  -->\nThank you.\n"
        when = (datetime.now(UTC) - timedelta(hours=hours_ago)).strftime("%Y-%m-%dT%H:%M:%SZ")
        made = {"issue": 1, "user": BOT, "body": body, "created_at": when, "updated_at": invented_gh.now()}
        self.change(comments=[*self.state["comments"], *[made] * times])

    def review(self, kind: str, user: dict[str, Any] = MO) -> None:
        """Somebody reviews the pull request."""
        pulls = self.state["pulls"]
        pulls[-1]["reviews"].append({"state": kind, "user": user, "commit_id": self.tip})
        self.change(pulls=pulls)

    def pull(self, **parts: Any) -> None:
        """Change the pull request."""
        pulls = self.state["pulls"]
        pulls[-1] |= parts
        self.change(pulls=pulls)

    def push(self, words: str, *, amend: bool = False) -> None:
        """Mo works on the branch: with a commit more, or in place of the workflow's."""
        self.git(self.root, "fetch", "--quiet", "origin")
        self.git(self.root, "switch", "--quiet", "--detach", f"origin/{BRANCH}")
        (self.root / TEXT).write_text(f"{words}\n", "utf-8")
        self.git(self.root, "commit", "--quiet", "-am", "Mend", *(["--amend"] if amend else []))
        self.git(self.root, "push", "--quiet", "--force", "origin", f"HEAD:refs/heads/{BRANCH}")

    def remove_branch(self) -> None:
        """Mo deletes the branch, or GitHub does after a merge."""
        self.git(self.place / "origin", "update-ref", "-d", f"refs/heads/{BRANCH}")

    # What can be seen

    @property
    def tip(self) -> str:
        """Hash of the branch's newest commit, empty where there is none."""
        return self.git(self.place / "origin", "for-each-ref", "--format=%(objectname)", f"refs/heads/{BRANCH}").strip()

    @property
    def text(self) -> str:
        """The text on the branch, empty where there is none."""
        return self.git(self.place / "origin", "show", f"{BRANCH}:{TEXT}").strip() if self.tip else ""

    @property
    def answers(self) -> list[str]:
        """What the workflow has said on Ann's issue."""
        comments = self.state["comments"]
        return [each["body"] for each in comments if each["issue"] == ISSUE and each["user"] == BOT]
