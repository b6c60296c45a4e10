"""Deliver what a job without rights has made: files as a pull request, words as a comment or an issue.

Run by workflows in the one job that may write, with the runner's own Python, git and gh; standard library only, and
nothing of what is delivered is ever run. What comes from the other job is checked again here: only texts and facts of
reports, at their own places, no larger than any of them is. Words are handed to gh in files, never in a command, and
only as tools/harmless.py lets them.

What was reviewed is what is merged: a branch is renewed only while its tip is the commit that was made here last, and
nobody has reviewed its pull request. That commit's hash stands in the first line of the answer on the issue.

    python3 -m tools.deliver report FOLDER   a received report: branch, pull request, answer on its issue
    python3 -m tools.deliver issue FOLDER    a notice: opens its one issue, updates it, or closes it
    python3 -m tools.deliver before NAME     reads only: writes the notice of addresses, as it is now, to before.md
"""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tools.github import BOT, BOT_ID, Failure, api, api_list, is_bot, run
from tools.harmless import harmless

STATEMENTS = (
    *("assessing-needs", "healthier-lives", "equity", "care-provision", "partnerships"),
    *("safe-pathways", "safeguarding", "governance", "learning"),
)
"""Ids of the nine quality statements, as in data/framework.yml (tests/house/test_workflows.py compares them)."""

NAMES = frozenset(["report.yml", *(f"{id}.txt" for id in STATEMENTS)])
REPORT_FILE = re.compile(r"data/reports/(?P<slug>[a-z0-9-]+)-20[0-9]{2}-(?:0[1-9]|1[0-2])/(?P<name>[a-z.-]+)")
LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})(?:\[bot\])?")
MARKER = re.compile(r"<!-- care-evidence: [a-z-]{1,40} -->")
ANSWER = re.compile(r"<!-- care-evidence: (?P<kind>answer|limit) for (?P<author>\d{1,12}), (?P<commit>[0-9a-f]*) -->")

ADDRESSES = "<!-- care-evidence: addresses -->"
"""As in build_scripts/review/cqc_list.py."""

LARGEST = 2_000_000
"""Bytes of a file: what the check reads at the most (tests/house/test_workflows.py compares them)."""
LONGEST = 60_000
"""Characters of a comment or an issue; GitHub takes 65,536."""
MOST_OF_ONE = 30
"""Answers to one author in 24 hours: a report's nine texts, each sent three times."""
MOST_OF_ALL = 100
"""Answers to everyone in 24 hours. Runs that go on side by side may pass it by their number."""

UNREAD = (
    "Thank you. Something went wrong here while your text was read, and nothing is added yet. A person will look.\n"
)
TOO_MANY = (
    "Thank you. More texts have come in today than this form takes in a day, so yours is not read yet. Nothing of it "
    "is lost: edit your issue tomorrow, in any way, and it is read then.\n"
)
ANEW = "If something is still to be changed, send the form anew and choose what is true under “New or changed”."

BOT_ADDRESS = f"{BOT_ID}+{BOT}@users.noreply.github.com"


@dataclass(frozen=True, slots=True)
class Issue:
    """Where a text came from: an issue's number, and its author's name and number."""

    number: int
    login: str
    author: int
    stopped: bool
    """Whether it is closed or locked."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The first line of a comment that was made here."""

    kind: str
    """``answer``, or ``limit`` for one that says no more than that too many came."""
    author: int
    """Number of the issue's author."""
    commit: str
    """Hash of what was pushed with it, else empty."""

    def __str__(self) -> str:
        return f"<!-- care-evidence: {self.kind} for {self.author}, {self.commit} -->"


def of_workflow(name: str) -> str:
    """Return what GitHub tells a run of a workflow in its environment; raise ``Failure`` where this is none."""
    if name not in os.environ:
        raise Failure(f"{name} is not set: this runs in a workflow on GitHub, which says what it is about")
    return os.environ[name]


def fetch(folder: Path) -> None:
    """Fetch what the other job of this run has left, unless it is there already; an empty folder if it left nothing."""
    if not folder.exists():
        number = of_workflow("GITHUB_RUN_ID")
        try:
            run("gh", "run", "download", number, "--name", folder.name, "--dir", str(folder))
        except Failure as failure:
            print(failure)
    folder.mkdir(exist_ok=True)


def words(folder: Path, name: str) -> str:
    """Return a text that the other job wrote, cut to what GitHub takes; empty when there is none."""
    file = folder / name
    if file.is_symlink() or not file.is_file():
        return ""
    text = file.read_bytes()[: 4 * LONGEST].decode("utf-8", "ignore")
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}\n\n(cut here)\n"


def own_address() -> str:
    """Return the address of this repository, as GitHub tells a run of it."""
    return f"{os.environ.get('GITHUB_SERVER_URL', 'https://github.com')}/{of_workflow('GITHUB_REPOSITORY')}"


def report_files(folder: Path, root: Path) -> dict[str, bytes]:
    """Return path to bytes of what is to be added; raise ``Failure`` for anything that is no report's file."""
    place = folder / "files"
    councils = known_councils(root)
    found: dict[str, bytes] = {}
    for inside, folders, names in os.walk(place, followlinks=False):
        for name in (*folders, *names):
            file = Path(inside, name)
            path = file.relative_to(place).as_posix()
            if file.is_symlink():
                raise Failure(f"a link is among the files: {path!r}")
            if file.is_dir():
                continue
            parts = REPORT_FILE.fullmatch(path)
            if not file.is_file() or not parts or parts["slug"] not in councils or parts["name"] not in NAMES:
                raise Failure(f"a file that is no report's: {path[:200]!r}")
            if file.stat().st_size > LARGEST:
                raise Failure(f"a file with more than {LARGEST:,} bytes: {path!r}")
            found[path] = file.read_bytes()
    if len({path.split("/")[2] for path in found}) > 1:
        raise Failure(f"more than one report: {len(found)} files")
    return found


def known_councils(root: Path) -> set[str]:
    """Return the councils' slugs, from the list that is checked out here: main's, not what was sent."""
    with (root / "data" / "authorities.csv").open(encoding="utf-8", newline="") as file:
        return {row["slug"] for row in csv.DictReader(file)}


def issue_of_event() -> Issue:
    """Return the issue that this run is about as it is now: it may have been closed since."""
    number: Any = json.loads(Path(of_workflow("GITHUB_EVENT_PATH")).read_bytes())["issue"]["number"]
    if not isinstance(number, int):
        raise Failure("the event is not that of an issue")
    now = api(f"issues/{number}")
    login, author = now["user"]["login"], now["user"]["id"]
    if "pull_request" in now or not isinstance(author, int) or not LOGIN.fullmatch(login):
        raise Failure("the event is not that of an issue")
    return Issue(number, login, author, stopped=now["state"] != "open" or now["locked"] is not False)


def answers(comments: Iterable[dict[str, Any]]) -> Iterator[Answer]:
    """Yield those of the comments that were made here; anyone can write the same words, but not as our account."""
    for comment in comments:
        found = ANSWER.match(comment["body"] or "") if is_bot(comment) else None
        if found:
            yield Answer(found["kind"], int(found["author"]), found["commit"])


def too_many(issue: Issue) -> bool:
    """Return whether as much was answered in the last 24 hours as may be; the author is told of it once in that time.

    Answers are counted and not issues, since edits cost as much, and since nobody else can make or remove one.
    """
    day_ago = (datetime.now(UTC) - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    comments = api_list(f"issues/comments?since={day_ago}")
    today = list(answers(each for each in comments if each["created_at"] >= day_ago))
    given = [each.author for each in today if each.kind == "answer"]
    if given.count(issue.author) < MOST_OF_ONE and len(given) < MOST_OF_ALL:
        return False
    limit = Answer("limit", issue.author, "")
    if limit not in today:
        say(issue, limit, TOO_MANY)
    return True


def say(issue: Issue, answer: Answer, text: str) -> None:
    """Comment on the issue; the first line tells the next run what was done."""
    run("gh", "issue", "comment", str(issue.number), "--body-file", "-", given=f"{answer}\n{text}")


def deliver_report(folder: Path, root: Path) -> None:
    """Make a received report's pull request, or renew it, and answer on its issue, whatever happened before."""
    issue = issue_of_event()
    if issue.stopped:
        print(f"Issue {issue.number} is closed or locked: nothing is done.")
        return
    if too_many(issue):
        print("Too many texts in a day: nothing is done.")
        return
    files = report_files(folder, root)
    read = words(folder, "answer.md")
    text, commit, trouble = (harmless(read) if read else UNREAD), "", None if read else "the other job left no answer"
    if files:
        try:
            sentence, commit = pull_request(files, words(folder, "description.md"), root, issue)
        except Failure as failure:
            sentence, trouble = "It could not be put onto its branch. A person will look.", str(failure)
        text = f"{text.rstrip()}\n\n{sentence}\n"
    say(issue, Answer("answer", issue.author, commit), text)
    if trouble:
        raise Failure(trouble)


def pull_request(files: dict[str, bytes], description: str, root: Path, issue: Issue) -> tuple[str, str]:
    """Push the files to a branch of their own; return the sentence that says what came of it, and the new commit.

    The commit is empty where nothing was pushed.
    """
    branch = f"report-from-issue-{issue.number}"
    there = our_pull_requests(branch)
    tip = tip_of(root, branch)
    if stays := why_it_stays(issue, there, tip):
        return stays, ""
    report = next(iter(files)).split("/")[2]
    verb = "Change" if all((root / path).is_file() for path in files) else "Add"
    title = f"{verb} {report}: {', '.join(sorted(Path(path).name for path in files))}"
    write(files, root)
    credit = f"Co-authored-by: {issue.login} <{issue.author}+{issue.login}@users.noreply.github.com>"
    message = f"{title}\n\nSent through issue #{issue.number}.\n\n{credit}\n"
    commit = push(root, branch, [*files], message, tip)
    sender = f"Sent by @{issue.login} through issue #{issue.number}; a workflow made the files."
    body = f"{sender} Closes #{issue.number}.\n\n{harmless(description)}"
    text = ("--title", title, "--body-file", "-")
    try:
        if there:
            known = str(int(there[0]["number"]))
            run("gh", "pr", "edit", known, *text, given=body)
        else:
            made = run("gh", "pr", "create", "--base", "main", "--head", branch, *text, given=body)
            known = str(int(made.strip().rpartition("/")[2]))
    except (Failure, ValueError):
        return f"It is on the branch `{branch}`; a maintainer will open its pull request (see MAINTAINING.md).", commit
    where = f"It is in pull request #{known}, which names you."
    return f"{where} A person compares it with CQC’s page, then it is published.", commit


def why_it_stays(issue: Issue, there: list[dict[str, Any]], tip: str) -> str:
    """Return why nothing may be pushed to the issue's branch and what to do, as a sentence; else empty.

    ``there`` are its pull requests, ``tip`` the branch's newest commit, empty where there is no branch.
    """
    for each in there:
        if each["state"] != "open":
            return (
                f"Pull request #{int(each['number'])} is closed and is not opened again, so nothing is changed. {ANEW}"
            )
    made = [each.commit for each in answers(api_list(f"issues/{issue.number}/comments")) if each.commit]
    if tip != (made[-1] if made else ""):
        where = f"in pull request #{int(there[0]['number'])}" if there else "in a comment here"
        changed = "The branch is not as it was left here: somebody has worked on it, so it stays as it is."
        return f"{changed} Say {where} what is to be different."
    for each in there:
        number = int(each["number"])
        if api_list(f"pulls/{number}/reviews"):
            return (
                f"Pull request #{number} has been reviewed, so its text stays the one that was reviewed, and nothing "
                "is changed. Say in a comment there what is to be different; a reviewer sees to it."
            )
    return ""


def our_pull_requests(branch: str) -> list[dict[str, Any]]:
    """Return each pull request from the branch of this repository, open or not; anyone's fork may have one so named.

    Who may push here may have opened it: a maintainer does so where workflows have no right to.
    """
    rows = api_list(f"pulls?state=all&head={{owner}}:{branch}")
    return [
        each
        for each in rows
        if each["head"]["ref"] == branch and (each["head"]["repo"] or {}).get("id") == each["base"]["repo"]["id"]
    ]


def write(files: dict[str, bytes], root: Path) -> None:
    """Write the files into what is checked out, through no link."""
    for path, data in files.items():
        if any(place.is_symlink() for place in (root / path, *(root / path).parents)):
            raise Failure(f"a link stands where a file should go: {path}")
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)


def git(root: Path, *arguments: str, given: str | None = None) -> str:
    """Run git in the checkout, as the workflow's account and with its token."""
    who = ("-c", f"user.name={BOT}", "-c", f"user.email={BOT_ADDRESS}")
    token = ("-c", "credential.helper=", "-c", "credential.helper=!gh auth git-credential")
    return run("git", "-C", str(root), *who, *token, *arguments, given=given)


def tip_of(root: Path, branch: str) -> str:
    """Return the hash of the branch's newest commit on GitHub, empty where there is no such branch."""
    return git(root, "ls-remote", "origin", f"refs/heads/{branch}").partition("\t")[0].strip()


def push(root: Path, branch: str, paths: list[str], message: str, tip: str) -> str:
    """Commit the paths on top of what is checked out, push that as the branch, and return the commit's hash.

    The push is refused by git itself unless the branch's tip still is ``tip``.
    """
    git(root, "switch", "--quiet", "--force-create", branch)
    git(root, "add", "--", *paths)
    git(root, "commit", "--quiet", "--file", "-", given=message)
    place = f"refs/heads/{branch}"
    git(root, "push", "--quiet", f"--force-with-lease={place}:{tip}", "origin", f"HEAD:{place}")
    return git(root, "rev-parse", "HEAD").strip()


def deliver_issue(folder: Path) -> None:
    """Open the one issue of a notice, update it, or close it when there is nothing left to say.

    ``<folder>/issue.md`` begins with its marker; ``<folder>/title.txt`` is its title. Without ``issue.md`` there is
    nothing to say, and ``<folder>/marker.txt`` names the issue to be closed.
    """
    body = words(folder, "issue.md")
    marker = MARKER.match(body or words(folder, "marker.txt"))
    if not marker:
        raise Failure("the notice has no marker")
    ours = [number for number, _ in our_issues(marker[0])]
    if not body:
        for number in ours:
            run("gh", "issue", "close", str(number), "--comment", "Nothing is left of this.")
        return
    body = f"{marker[0]}\n{harmless(body[marker.end() :].lstrip(), own_address())}"
    title = " ".join(re.sub(r"[^\w ,.’'-]", " ", words(folder, "title.txt")).split())[:120] or "Notice"
    if ours:
        run("gh", "issue", "edit", str(min(ours)), "--title", title, "--body-file", "-", given=body)
    else:
        run("gh", "issue", "create", "--title", title, "--body-file", "-", given=body)


def our_issues(marker: str) -> list[tuple[int, str]]:
    """Return number and words of each open issue of ours that begins with the marker; anyone else's may do so too."""
    # Asked for by author: however many newer ones others have opened.
    listed = api_list(f"issues?state=open&creator={quote(BOT)}")
    found = [each for each in listed if (each["body"] or "").startswith(marker) and is_bot(each)]
    return [(int(each["number"]), each["body"]) for each in found if "pull_request" not in each]


def save_before(file: Path) -> None:
    """Write the open notice of addresses to a file, where there is one: it knows when each address last answered."""
    for _, body in our_issues(ADDRESSES)[:1]:
        file.write_text(body.replace("\r\n", "\n"), "utf-8")


def main(kind: str, name: str) -> None:
    """Deliver a folder of the given kind into the repository that is checked out here."""
    if kind == "before":
        save_before(Path("before.md"))
        return
    folder = Path(name)
    fetch(folder)
    if kind == "report":
        deliver_report(folder, Path.cwd())
    else:
        deliver_issue(folder)
    shutil.rmtree(folder)


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("report", "issue", "before"):
        sys.exit("error: give a kind, 'report', 'issue' or 'before', and a name")
    try:
        main(*sys.argv[1:])
    except Failure as failure:
        sys.exit(f"error: {failure}")
