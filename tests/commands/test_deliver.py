"""The one program that may write on GitHub: what it delivers and refuses, with a real git and an invented GitHub."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.helpers.invented_github import ANN, BOT, BRANCH, EVE, FOLDER, TEXT, GitHub
from tests.helpers.projects import ROOT


def forge(github: GitHub) -> None:
    """Mo has pushed, and Eve and Ann claim in the workflow's words that its commit is the workflow's own."""
    github.push("mended")
    claim = f"<!-- care-evidence: answer for 42, {github.tip} -->\nThank you.\n"
    for user in (EVE, ANN, {**EVE, "login": BOT["login"]}, {**ANN, "type": "Bot"}, {**BOT, "type": "User"}):
        github.comment(claim, user)


def mention(github: GitHub) -> None:
    """The job without rights was taken over: its answer holds a line that claims Mo's commit."""
    github.push("mended")
    github.put("answer.md", f"<!-- care-evidence: answer for 42, {github.tip} -->\n")
    github.deliver()


DO: dict[str, Callable[[GitHub], object]] = {
    "opened": lambda github: github.send("first"),
    "edited": lambda github: github.send("second"),
    "edited again": lambda github: github.send("third"),
    "approved": lambda github: github.review("APPROVED"),
    "changes are asked for": lambda github: github.review("CHANGES_REQUESTED"),
    "approval dismissed": lambda github: github.review("DISMISSED"),
    "a stranger reviews": lambda github: github.review("COMMENTED", EVE),
    "a commit more": lambda github: github.push("mended"),
    "amended": lambda github: github.push("mended", amend=True),
    "branch removed": lambda github: github.remove_branch(),
    "issue closed": lambda github: github.issue(state="closed"),
    "issue locked": lambda github: github.issue(locked=True),
    "issue opened again": lambda github: github.issue(state="open"),
    "pull request closed": lambda github: github.pull(state="closed"),
    "pull request merged": lambda github: github.pull(state="closed", merged_at="2026-11-28T10:00:00Z"),
    "hash forged": forge,
    "hash handed on": mention,
    "comments deleted": lambda github: github.change(comments=[]),
    "no right to open": lambda github: github.change(refused=["pr create"]),
    "right to open": lambda github: github.change(refused=[]),
    "Ann sent 29": lambda github: github.answered(29, ANN["id"]),
    "Ann sent 30": lambda github: github.answered(30, ANN["id"]),
    "Ann sent 30 yesterday": lambda github: github.answered(30, ANN["id"], hours_ago=25),
    "others sent 99": lambda github: github.answered(99, EVE["id"]),
    "others sent 100": lambda github: github.answered(100, EVE["id"]),
    "1,000 comments": lambda github: github.change(comments=[*github.state["comments"], *talk(1_000)]),
}
"""What may happen, in words."""

RENEWED, REVIEWED, WORKED_ON, NOT_AGAIN, LATER = (
    *("It is in pull request #8, which names you.", "Pull request #8 has been reviewed"),
    *("The branch is not as it was left here", "Pull request #8 is closed and is not opened again"),
    "edit your issue tomorrow",
)

TABLE: list[tuple[str, str, int, str]] = [
    # what happens; the text on the branch then; how often the workflow has answered; what it said last
    ("opened", "first", 1, RENEWED),
    ("opened, edited", "second", 2, RENEWED),
    ("opened, edited, edited again", "third", 3, RENEWED),
    ("opened, approved, edited", "first", 2, REVIEWED),
    ("opened, approved, edited, edited again", "first", 3, REVIEWED),
    ("opened, edited, approved, edited again", "second", 3, REVIEWED),
    ("opened, changes are asked for, edited", "first", 2, REVIEWED),
    ("opened, approval dismissed, edited", "first", 2, REVIEWED),
    ("opened, a stranger reviews, edited", "first", 2, REVIEWED),
    ("opened, a commit more, edited", "mended", 2, WORKED_ON),
    ("opened, amended, edited", "mended", 2, WORKED_ON),
    ("opened, amended, edited, edited again", "mended", 3, WORKED_ON),
    ("opened, branch removed, edited", "", 2, WORKED_ON),
    ("opened, comments deleted, edited", "first", 1, WORKED_ON),
    ("opened, hash forged, edited", "mended", 2, WORKED_ON),
    ("opened, hash handed on, edited", "mended", 3, WORKED_ON),
    ("opened, issue closed, edited", "first", 1, RENEWED),
    ("opened, issue locked, edited", "first", 1, RENEWED),
    ("opened, issue closed, pull request closed, edited", "first", 1, RENEWED),
    ("opened, issue closed, issue opened again, edited", "second", 2, RENEWED),
    ("issue closed, opened", "", 0, ""),
    ("issue locked, opened", "", 0, ""),
    ("opened, pull request closed, edited", "first", 2, NOT_AGAIN),
    ("opened, pull request merged, edited", "first", 2, NOT_AGAIN),
    ("opened, pull request merged, branch removed, edited", "", 2, NOT_AGAIN),
    ("no right to open, opened", "first", 1, f"on the branch `{BRANCH}`"),
    ("no right to open, opened, edited", "second", 2, f"on the branch `{BRANCH}`"),
    ("no right to open, opened, right to open, edited", "second", 2, RENEWED),
    ("no right to open, opened, a commit more, edited", "mended", 2, "Say in a comment here"),
    ("Ann sent 29, opened", "first", 1, RENEWED),
    ("Ann sent 29, opened, edited", "first", 2, LATER),
    ("Ann sent 30, opened", "", 1, LATER),
    ("Ann sent 30, opened, edited, edited again", "", 1, LATER),
    ("Ann sent 30 yesterday, opened", "first", 1, RENEWED),
    ("others sent 99, opened", "first", 1, RENEWED),
    ("others sent 100, opened", "", 1, LATER),
    ("others sent 100, opened, edited", "", 1, LATER),
    ("1,000 comments, opened", "", 0, ""),
]


def talk(times: int) -> Sequence[dict[str, object]]:
    """So many comments that are nothing to the workflow."""
    always = "2999-01-01T00:00:00Z"
    return [{"issue": 3, "user": EVE, "body": "Me too", "created_at": always, "updated_at": always}] * times


@pytest.mark.parametrize(("happens", "text", "answers", "last"), TABLE, ids=[row[0] for row in TABLE])
def test_events(github: GitHub, happens: str, text: str, answers: int, last: str) -> None:
    """Whatever happens on GitHub, the branch holds what it should, and whoever sent a text hears what to do."""
    for each in happens.split(", "):
        DO[each](github)
    assert github.text == text
    assert len(github.answers) == answers
    assert last in (github.answers or [""])[-1]
    assert len(github.state["pulls"]) <= 1


def test_what_was_reviewed_stays(github: GitHub) -> None:
    """After a review nothing of the pull request changes: neither commit nor title nor description."""
    github.send("first")
    github.review("APPROVED")
    before = github.tip, github.state["pulls"]
    assert github.send("second").returncode == 0
    assert (github.tip, github.state["pulls"]) == before


def test_a_branch_that_moves_at_the_last_moment_is_not_overwritten(github: GitHub) -> None:
    """Where somebody pushes between the look and the push, git itself refuses; the run is red and the sender told."""
    github.send("first")
    hook = github.root / ".git" / "hooks" / "post-commit"
    hook.parent.mkdir(exist_ok=True)
    other = github.git(github.root, "rev-parse", "main").strip()
    hook.write_text(f"#!/bin/sh\ngit -C '{github.place / 'origin'}' update-ref refs/heads/{BRANCH} {other}\n", "utf-8")
    hook.chmod(0o755)
    done = github.send("second")
    assert done.returncode == 1
    assert "git -C ended with status" in done.stderr
    assert github.tip == other
    assert "It could not be put onto its branch. A person will look." in github.answers[-1]


def test_a_report_becomes_a_pull_request(github: GitHub) -> None:
    """The files are on a branch of their own in one commit that credits the sender, and the issue is answered.

    So it is with the program and gh as processes, as a workflow starts them.
    """
    github.apart = True
    done = github.send("words")
    assert done.returncode == 0, done.stderr
    origin = github.place / "origin"
    assert github.git(origin, "diff", "--name-only", "main", BRANCH) == f"{TEXT}\n"
    message = github.git(origin, "log", "-1", "--format=%an%n%B", BRANCH)
    assert message.startswith("github-actions[bot]\nAdd anytown-2025-01: equity.txt\n\nSent through issue #7.\n")
    assert "Co-authored-by: ann <42+ann@users.noreply.github.com>" in message
    pull = github.state["pulls"][0]
    assert pull["title"] == "Add anytown-2025-01: equity.txt"
    assert pull["body"] == (
        "Sent by @ann through issue #7; a workflow made the files. Closes #7.\n\n"
        "## What this change does\n\nThe check finds nothing wrong.\n"
    )
    assert github.answers == [
        f"<!-- care-evidence: answer for 42, {github.tip} -->\n"
        "Thank you. Your text was read without problems.\n\nIt is in pull request #8, which names you. A person "
        "compares it with CQC’s page, then it is published.\n"
    ]


def test_a_text_that_is_there_is_said_to_change(github: GitHub) -> None:
    """Where every file that was sent takes the place of another one, the pull request's title says so."""
    file = github.root / TEXT
    file.parent.mkdir(parents=True)
    file.write_text("other words\n")
    github.git(github.root, "add", TEXT)
    github.git(github.root, "commit", "--quiet", "-m", "Add a text")
    assert github.send("words").returncode == 0
    assert github.state["pulls"][0]["title"] == "Change anytown-2025-01: equity.txt"


def test_what_is_wrong_is_answered(github: GitHub) -> None:
    """Without files there is an answer, and neither branch nor pull request."""
    github.put("answer.md", "Please correct this.\n")
    assert github.deliver().returncode == 0
    assert github.answers == ["<!-- care-evidence: answer for 42,  -->\nPlease correct this.\n"]
    assert github.state["written"] == ["issue comment"]
    assert github.tip == ""


def test_a_job_that_broke_is_told_of(github: GitHub) -> None:
    """When the other job left nothing, the sender hears of it and the run is red."""
    done = github.deliver()
    assert done.returncode == 1
    assert done.stderr.endswith("error: the other job left no answer\n")
    assert "Thank you. Something went wrong here" in github.answers[-1]


@pytest.mark.parametrize("state", ["open", "closed"])
def test_a_fork_takes_nothing_over(github: GitHub, state: str) -> None:
    """A stranger's pull request from a branch of the same name is neither renewed nor waited for."""
    for owner in ("eve", "anytown"):
        head = {"ref": BRANCH, "owner": owner, "repo": {"id": 2}}
        strange = {"number": 6, "state": state, "title": "Mine", "body": "", "reviews": [], "head": head}
        github.change(pulls=[{**strange, "base": {"repo": {"id": 1}}}])
        assert github.send("first").returncode == 0
        assert "It is in pull request #8" in github.answers[-1]
        assert github.state["pulls"][0]["title"] == "Mine"
        github.remove_branch()
        github.change(comments=[])


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        ".github/workflows/check.yml",
        "data/themes.yml",
        "data/redirects.csv",
        f"{FOLDER}/equity.html",
        f"{FOLDER}/.hidden.txt",
        f"{FOLDER}/-.txt",
        f"{FOLDER}/nosuch.txt",
        f"{FOLDER}/Equity.txt",
        f"{FOLDER}/equity.yml",
        f"{FOLDER}/deep/equity.txt",
        "data/reports/---2025-01/equity.txt",
        "data/reports/con-2025-01/equity.txt",
        "data/reports/con-2025-01/aux.txt",
        "data/reports/nowhere-2025-01/equity.txt",
        "data/reports/anytown-/equity.txt",
        "data/reports/Аnytown-2025-01/equity.txt",  # a Cyrillic A
        "data/reports/any\u202etown-2025-01/equity.txt",
        "data/reports/anytown-2025-13/equity.txt",
        f"{FOLDER}/equity.txt\n",
        "data/reports/-rf-2025-01/$(touch x).txt",
    ],
)
def test_other_files_are_refused(github: GitHub, path: str) -> None:
    """What is no text of the nine and no facts of a known council is never pushed."""
    github.put(f"files/{path}")
    done = github.deliver()
    assert done.returncode == 1
    assert done.stderr.startswith("error: a file that is no report's: ")
    assert github.state["written"] == []
    assert github.tip == ""


def test_nothing_comes_in_beside_another_file(github: GitHub) -> None:
    """Where one file is refused, all are."""
    github.put(f"files/{TEXT}")
    github.put("files/README.md")
    assert github.deliver().returncode == 1
    assert github.tip == ""


def test_links_are_refused(github: GitHub) -> None:
    """A link among the files is not followed, be it to a file or a folder."""
    secret = github.place / "secret"
    secret.write_text("secret")
    (github.folder / "files" / FOLDER).mkdir(parents=True)
    (github.folder / "files" / TEXT).symlink_to(secret)
    done = github.deliver()
    assert done.returncode == 1
    assert done.stderr == f"error: a link is among the files: '{TEXT}'\n"


@pytest.mark.parametrize("link", [TEXT, FOLDER])
def test_a_link_in_the_repository_is_not_followed(github: GitHub, tmp_path: Path, link: str) -> None:
    """Nothing is written through a link that stands where a file or one of its folders should go."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    place = github.root / link
    if place.is_dir():
        shutil.copytree(place, elsewhere, dirs_exist_ok=True)
        shutil.rmtree(place)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    place.symlink_to(elsewhere)
    before = sorted(elsewhere.rglob("*"))
    github.put(f"files/{TEXT}")
    done = github.deliver()
    assert done.returncode == 1
    assert "link stands where a file should go" in done.stderr
    assert sorted(elsewhere.rglob("*")) == before


def test_a_linked_answer_is_not_read(github: GitHub) -> None:
    """Neither answer nor description is read through a link: what a runner holds stays there."""
    secret = github.place / "secret"
    secret.write_text("secret")
    github.folder.mkdir()
    (github.folder / "answer.md").symlink_to(secret)
    assert github.deliver().returncode == 1
    assert "secret" not in github.answers[-1]


def test_too_much_is_refused(github: GitHub) -> None:
    """Neither a huge file nor two reports at once come in."""
    github.put(f"files/{TEXT}", "word " * 500_000)
    assert "more than 2,000,000 bytes" in github.deliver().stderr
    github.put(f"files/{TEXT}")
    github.put("files/data/reports/othertown-2025-01/equity.txt")
    assert "more than one report" in github.deliver().stderr


@pytest.mark.parametrize("arguments", [(), ("report",), ("letter", "received"), ("report", "received", "more")])
def test_wrong_use_gets_one_line(arguments: tuple[str, ...]) -> None:
    """Without one of the three kinds and one name, a line says what to give."""
    command = [sys.executable, "-m", "tools.deliver", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "error: give a kind, 'report', 'issue' or 'before', and a name\n"


@pytest.mark.parametrize("login", ["ann; touch x", "../ann", "ann\nCo-authored-by: eve", "--help", "a" * 50, ""])
def test_a_name_is_a_name(github: GitHub, login: str) -> None:
    """A sender's name that GitHub would not give is refused before anything is done."""
    github.issue(user={**ANN, "login": login})
    assert github.send("words").returncode == 1
    assert github.state["written"] == []


HOSTILE = "Thank you. Fixes #1, asked by @mo and GH-12, see <b>this</b> [page](https://example.org).\n"


def test_words_of_a_job_that_was_taken_over_are_code(github: GitHub) -> None:
    """What mentions, closes or links in an answer or a description stands in a block of code."""
    github.put(f"files/{TEXT}")
    github.put("answer.md", HOSTILE)
    github.put("description.md", HOSTILE)
    assert github.deliver().returncode == 0
    code = f"```text\n{HOSTILE}```\n"
    assert github.answers[-1].partition("\n")[2].startswith(code)
    assert github.state["pulls"][0]["body"].endswith(f"Closes #7.\n\n{code}")


MARKER = "<!-- care-evidence: new-reports -->"
NOTICE = f"{MARKER}\nTwo reports are new.\n"


def notices(github: GitHub, **issues: tuple[str, dict[str, object]]) -> None:
    """Open issues by number, with their words and who opened them."""
    made = {
        number.lstrip("n"): {"number": int(number[1:]), "body": body, "user": user, "state": "open", "locked": False}
        for number, (body, user) in issues.items()
    }
    github.change(issues=made)


def test_a_notice_opens_one_issue(github: GitHub) -> None:
    """Where no issue of the notice is open, one is opened."""
    github.put("issue.md", NOTICE)
    github.put("title.txt", "2 new reports\n")
    assert github.deliver("issue").returncode == 0
    made = github.state["issues"]["8"]
    assert (made["title"], made["body"]) == ("2 new reports", NOTICE)


def test_a_notice_is_never_opened_twice(github: GitHub) -> None:
    """An open issue of the notice is updated; one by somebody else with the same words is left alone."""
    imitated = {**EVE, "login": BOT["login"]}
    notices(github, n3=(NOTICE, EVE), n4=(NOTICE, imitated), n5=(NOTICE, BOT), n9=("other", BOT))
    github.put("issue.md", NOTICE.replace("Two", "Three"))
    assert github.deliver("issue").returncode == 0
    assert github.state["written"] == ["issue edit"]
    assert [each["number"] for each in github.state["issues"].values() if "Three" in each["body"]] == [5]


def test_a_notice_without_words_is_closed(github: GitHub) -> None:
    """When nothing is left to say, its issue is closed."""
    notices(github, n5=(NOTICE, BOT))
    github.put("marker.txt", f"{MARKER}\n")
    assert github.deliver("issue").returncode == 0
    assert github.state["issues"]["5"]["state"] == "closed"


def test_a_notice_has_a_marker(github: GitHub) -> None:
    """A notice that could not be found again is not posted."""
    github.put("issue.md", "Two reports are new.\n")
    assert github.deliver("issue").stderr == "error: the notice has no marker\n"
    assert github.state["written"] == []


def test_a_notice_keeps_its_link_to_the_form_alone(github: GitHub) -> None:
    """A notice may link to a form of this repository; with any other link all of it is code, and its title is plain."""
    form = "[Add a text](https://github.com/anytown/explorer/issues/new?template=add-a-report.yml), or wait.\n"
    github.put("issue.md", NOTICE + form)
    github.put("title.txt", "2 new: @mo `x` <b> fixes #1\n")
    assert github.deliver("issue").returncode == 0
    made = github.state["issues"]["8"]
    assert (made["title"], made["body"]) == ("2 new mo x b fixes 1", NOTICE + form)
    other = form.replace("anytown/explorer", "eve/explorer")
    github.put("issue.md", NOTICE + other)
    assert github.deliver("issue").returncode == 0
    assert github.state["issues"]["8"]["body"] == f"{MARKER}\n```text\nTwo reports are new.\n{other}```\n"


def test_long_words_are_cut(github: GitHub) -> None:
    """What is longer than GitHub takes is cut, not refused."""
    github.put("issue.md", NOTICE + "word " * 50_000)
    assert github.deliver("issue").returncode == 0
    assert 60_000 <= len(github.state["issues"]["8"]["body"]) < 65_536


def test_the_notice_of_last_time_is_fetched(github: GitHub) -> None:
    """The words of our open notice of addresses are written down, and of nobody else's."""
    words = "<!-- care-evidence: addresses -->\r\n- `https://example.org/a` last answered 2026-11-19\r\n"
    notices(github, n3=(words.replace("11-19", "11-20"), EVE), n5=(words, BOT))
    assert github.deliver("before").returncode == 0
    assert (github.root / "before.md").read_bytes() == words.replace("\r\n", "\n").encode()
