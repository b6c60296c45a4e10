"""Delivering what was collected: one pull request a report, never two for the same; a real git, an invented GitHub."""

from __future__ import annotations

import re
import subprocess
from typing import Any

import pytest

from tests.helpers.invented_github import BOT, EVE, MO, GitHub

REPORT = "anytown-2025-01"
PLACE = f"data/reports/{REPORT}"
BRANCH = f"collected-{REPORT}"


def send(github: GitHub, words: str, report: str = REPORT) -> None:
    """Leave a report's files, as the job without rights does."""
    github.put(f"reports/{report}/files/data/reports/{report}/equity.txt", f"{words}\n")
    github.put(f"reports/{report}/description.md", "## What this change does\n\nIt adds 1 text.\n")


def deliver(github: GitHub) -> subprocess.CompletedProcess[str]:
    """Run the program in a fresh checkout of main."""
    github.git(github.root, "switch", "--quiet", "--force", "main")
    github.git(github.root, "fetch", "--quiet", "--prune", "origin")
    return github.tool("deliver_collected", str(github.folder))


def text(github: GitHub, branch: str = BRANCH) -> str:
    """Return the text on a branch, empty where there is none."""
    shown = ["git", "-C", str(github.place / "origin"), "show", f"{branch}:{PLACE}/equity.txt"]
    return subprocess.run(shown, capture_output=True, text=True, check=False).stdout.strip()


def pulls(github: GitHub) -> list[dict[str, Any]]:
    """Return all pull requests."""
    made: list[dict[str, Any]] = github.state["pulls"]
    return made


def test_a_report_becomes_a_pull_request(github: GitHub) -> None:
    """Its files are on a branch of their own, and what they do is its description."""
    send(github, "first")
    done = deliver(github)
    assert (done.returncode, text(github)) == (0, "first"), done.stdout + done.stderr
    (pull,) = pulls(github)
    assert pull["title"] == f"Add {REPORT}: equity.txt"
    first, *rest = pull["body"].split("\n")
    assert re.fullmatch(r"<!-- care-evidence: collected [0-9a-f]{64} as [0-9a-f]{40} -->", first)
    assert "It adds 1 text." in rest
    assert not github.folder.exists()


def test_every_report_has_its_own(github: GitHub) -> None:
    """Two reports are two branches, and neither has the other's files."""
    send(github, "first")
    send(github, "other", "othertown-2025-01")
    assert deliver(github).returncode == 0
    assert {pull["head"]["ref"] for pull in pulls(github)} == {BRANCH, "collected-othertown-2025-01"}
    assert text(github, "collected-othertown-2025-01") == ""


@pytest.mark.parametrize("state", ["open", "closed", "merged"])
def test_the_same_is_never_sent_twice(github: GitHub, state: str) -> None:
    """What was sent before is not sent again, whether it waits, was taken or was refused."""
    send(github, "first")
    deliver(github)
    github.change(pulls=[{**pulls(github)[0], "state": "open" if state == "open" else "closed"}])
    send(github, "first")
    done = deliver(github)
    assert (done.returncode, done.stdout) == (0, f"{REPORT}: this was sent before.\n")
    assert github.state["written"] == ["pr create"]


def test_other_files_renew_an_open_one(github: GitHub) -> None:
    """When CQC changes its page again, the open pull request has the new text; there is no second one."""
    for words in ("first", "second"):
        send(github, words)
        assert deliver(github).returncode == 0
    assert text(github) == "second"
    assert github.state["written"] == ["pr create", "pr edit"]


def test_after_a_merge_a_change_is_a_new_one(github: GitHub) -> None:
    """A report that was merged and changes later gets another pull request."""
    send(github, "first")
    deliver(github)
    github.change(pulls=[{**pulls(github)[0], "state": "closed"}])
    send(github, "second")
    assert deliver(github).returncode == 0
    assert [pull["state"] for pull in pulls(github)] == ["closed", "open"]


def test_what_was_reviewed_or_worked_on_stays(github: GitHub) -> None:
    """Nothing is pushed over a branch that somebody worked on, or whose text somebody has reviewed."""
    send(github, "first")
    deliver(github)
    github.change(pulls=[{**pulls(github)[0], "reviews": [{"state": "COMMENTED", "user": MO}]}])
    send(github, "second")
    done = deliver(github)
    assert (done.returncode, text(github)) == (0, "first")
    assert "has been reviewed, so it stays as it is" in done.stdout
    github.change(pulls=[{**pulls(github)[0], "reviews": []}])
    github.git(github.root, "switch", "--quiet", "--detach", f"origin/{BRANCH}")
    (github.root / PLACE / "equity.txt").write_text("mended\n")
    github.git(github.root, "commit", "--quiet", "-am", "Mend")
    github.git(github.root, "push", "--quiet", "origin", f"HEAD:refs/heads/{BRANCH}")
    send(github, "second")
    done = deliver(github)
    assert (done.returncode, text(github)) == (0, "mended")
    assert "its branch is not as it was left here" in done.stdout


def test_a_strangers_words_are_not_ours(github: GitHub) -> None:
    """A pull request of somebody else that claims to have been sent lets nothing be pushed over."""
    send(github, "first")
    deliver(github)
    github.change(pulls=[{**pulls(github)[0], "state": "closed", "user": {**EVE, "login": BOT["login"]}}])
    send(github, "first")
    done = deliver(github)
    assert "its branch is not as it was left here" in done.stdout
    assert len(pulls(github)) == 1


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("reports/anytown-2025-01/files/data/themes.yml", "a file that is no report's"),
        ("reports/anytown-2025-01/files/data/reports/nowhere-2025-01/equity.txt", "a file that is no report's"),
        ("reports/anytown-2025-01/files/data/reports/othertown-2025-01/equity.txt", "does not hold the files of its"),
        ("reports/anytown-2025-01/description.md", "does not hold the files of its report"),
    ],
)
def test_other_files_are_refused(github: GitHub, path: str, said: str) -> None:
    """Whatever is not a report's file at its own place fails that report alone; the next is delivered."""
    github.put(path)
    send(github, "other", "othertown-2025-01")
    done = deliver(github)
    assert done.returncode == 1
    assert said in done.stdout
    assert done.stderr == "error: 1 reports could not be delivered\n"
    assert [pull["head"]["ref"] for pull in pulls(github)] == ["collected-othertown-2025-01"]


def test_notices_have_one_issue_each(github: GitHub) -> None:
    """What is not understood and what could not be taken over have an issue each, which closes when all is well."""
    for name in ("layout", "new-reports"):
        place = "notice-layout" if name == "layout" else "notice-unread"
        github.put(f"{place}/marker.txt", f"<!-- care-evidence: {name} -->\n")
        github.put(f"{place}/issue.md", f"<!-- care-evidence: {name} -->\nLook.\n")
        github.put(f"{place}/title.txt", "Look\n")
    assert deliver(github).returncode == 0
    assert github.state["written"] == ["issue create", "issue create"]
    github.put("notice-layout/marker.txt", "<!-- care-evidence: layout -->\n")
    assert deliver(github).returncode == 0
    assert github.state["written"] == ["issue create", "issue create", "issue close"]


def test_enough_is_enough(github: GitHub) -> None:
    """One run opens twenty pull requests; the others wait for the next."""
    for month in range(1, 12):
        for slug in ("anytown", "othertown"):
            send(github, "words", f"{slug}-2025-{month:02}")
    done = deliver(github)
    assert done.returncode == 0
    assert done.stdout == "20 pull requests are enough for one run: 2 come the next time.\n"
    assert len(pulls(github)) == 20


def test_wrong_use(github: GitHub) -> None:
    """Without a folder's name nothing is done."""
    done = github.tool("deliver_collected")
    assert (done.returncode, done.stderr) == (1, "error: give the name of the folder\n")
