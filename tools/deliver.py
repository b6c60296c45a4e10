"""Deliver what a job without rights has made: files as a pull request, words as a comment or an issue.

Run by workflows in the one job that may write, with the runner's own Python, git and gh; standard library only, and
nothing of what is delivered is ever run. What comes from the other job is checked again here: only texts and facts of
reports, at their own places, no larger than any of them is. Words are handed to gh in files, never in a command.

    python3 tools/deliver.py report FOLDER   a received report: branch, pull request, answer on its issue
    python3 tools/deliver.py issue FOLDER    a notice: opens its one issue, updates it, or closes it
    python3 tools/deliver.py before NAME     reads only: writes the notice of addresses, as it is now, to before.md
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

REPORT_FILE = re.compile(r"data/reports/[a-z0-9-]{1,60}-20[0-9]{2}-(0[1-9]|1[0-2])/([a-z-]{1,40}\.txt|report\.yml)")
LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})(?:\[bot\])?")
MARKER = re.compile(r"<!-- care-evidence: [a-z-]{1,40} -->")

ADDRESSES = "<!-- care-evidence: addresses -->"
"""As in build_scripts/review/cqc_list.py."""

MOST_FILES = 10
"""A report.yml and nine texts."""
LARGEST = 500_000
"""Bytes of a file: five times the longest that CQC has published."""
LONGEST = 60_000
"""Characters of a comment or an issue; GitHub takes 65,536."""

UNREAD = (
    "Thank you. Something went wrong here while your text was read, and nothing is added yet. A person will look.\n"
)

BOT = "github-actions[bot]"
BOT_ADDRESS = "41898282+github-actions[bot]@users.noreply.github.com"


class Failure(Exception):
    """Something that a maintainer must look at; its text is the one line they see."""


def run(*command: str, given: str | None = None) -> str:
    """Run a program without a shell and return what it prints; its own words go to the log."""
    done = subprocess.run(command, input=given, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise Failure(f"{command[0]} {command[1]} ended with status {done.returncode}")
    return done.stdout


def fetch(folder: Path) -> None:
    """Fetch what the other job of this run has left, unless it is there already; an empty folder if it left nothing."""
    if not folder.exists():
        try:
            run("gh", "run", "download", os.environ["GITHUB_RUN_ID"], "--name", folder.name, "--dir", str(folder))
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


def report_files(folder: Path) -> dict[str, bytes]:
    """Return path to bytes of what is to be added; raise ``Failure`` for anything that is no report's file."""
    root = folder / "files"
    found: dict[str, bytes] = {}
    for place, folders, names in os.walk(root, followlinks=False):
        for name in (*folders, *names):
            file = Path(place, name)
            path = file.relative_to(root).as_posix()
            if file.is_symlink():
                raise Failure(f"a link is among the files: {path!r}")
            if file.is_dir():
                continue
            if not file.is_file() or not REPORT_FILE.fullmatch(path):
                raise Failure(f"a file that is no report's: {path[:200]!r}")
            if file.stat().st_size > LARGEST:
                raise Failure(f"a file with more than {LARGEST:,} bytes: {path!r}")
            found[path] = file.read_bytes()
    if len(found) > MOST_FILES or len({path.split("/")[2] for path in found}) > 1:
        raise Failure(f"more than one report: {len(found)} files")
    return found


def issue_of_event() -> tuple[int, str, int]:
    """Return number, its sender and the sender's number, as GitHub itself tells this run of the issue."""
    issue: Any = json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_bytes())["issue"]
    number, login, id = issue["number"], issue["user"]["login"], issue["user"]["id"]
    if not (isinstance(number, int) and isinstance(id, int) and LOGIN.fullmatch(login)):
        raise Failure("the event is not that of an issue")
    return number, login, id


def deliver_report(folder: Path, root: Path) -> None:
    """Make a received report's pull request, or renew it, and answer on its issue, whatever happened before."""
    number, login, id = issue_of_event()
    files = report_files(folder)
    answer = words(folder, "answer.md")
    if files:
        answer += f"\n{pull_request(files, words(folder, 'description.md'), root, number, login, id)}\n"
    run("gh", "issue", "comment", str(number), "--body-file", "-", given=answer or UNREAD)
    if not answer:
        raise Failure("the other job left no answer")


def pull_request(files: dict[str, bytes], description: str, root: Path, number: int, login: str, id: int) -> str:
    """Push the files to a branch of their own and return the sentence that says where they can be seen."""
    branch = f"report-from-issue-{number}"
    report = next(iter(files)).split("/")[2]
    verb = "Change" if all((root / path).is_file() for path in files) else "Add"
    title = f"{verb} {report}: {', '.join(sorted(Path(path).name for path in files))}"
    there = our_pull_requests(branch)
    known = str(int(there[0]["number"])) if there else ""
    if there and len(there[0]["commits"]) > 1:
        return f"Pull request #{known} has been worked on since, so it stays as it is: please say there what to change."
    for path, data in files.items():
        if any(place.is_symlink() for place in (root / path, *(root / path).parents)):
            raise Failure(f"a link stands where a file should go: {path}")
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    credit = f"Co-authored-by: {login} <{id}+{login}@users.noreply.github.com>"
    push(root, branch, [*files], f"{title}\n\nSent through issue #{number}.\n\n{credit}\n")
    body = f"Sent by @{login} through issue #{number}; a workflow made the files. Closes #{number}.\n\n{description}"
    text = ("--title", title, "--body-file", "-")
    try:
        if known:
            run("gh", "pr", "edit", known, *text, given=body)
        else:
            known = run("gh", "pr", "create", "--base", "main", "--head", branch, *text, given=body).strip()
    except Failure:
        return f"It is on the branch `{branch}`; a maintainer will open its pull request (see MAINTAINING.md)."
    shown = known if re.fullmatch(r"https://\S+", known) else f"#{known}"
    return (
        f"It is in pull request {shown}, which names you. A person compares it with CQC’s page, then it is published."
    )


def our_pull_requests(branch: str) -> list[dict[str, Any]]:
    """Return number and commits of each open pull request from the branch of this repository.

    gh knows branches by name only, and anyone's fork may have one of this name. Who may push here may have opened it:
    a maintainer does so where workflows have no right to.
    """
    shown = "number,commits,isCrossRepository"
    listed = json.loads(run("gh", "pr", "list", "--head", branch, "--state", "open", "--json", shown))
    return [each for each in listed if each["isCrossRepository"] is False]


def push(root: Path, branch: str, paths: list[str], message: str) -> None:
    """Commit the paths on top of what is checked out, and push that as the branch."""
    git = ("git", "-C", str(root), "-c", f"user.name={BOT}", "-c", f"user.email={BOT_ADDRESS}")
    run(*git, "switch", "--quiet", "--force-create", branch)
    run(*git, "add", "--", *paths)
    run(*git, "commit", "--quiet", "--file", "-", given=message)
    helper = "credential.helper=!gh auth git-credential"
    target = f"HEAD:refs/heads/{branch}"
    run(*git, "-c", "credential.helper=", "-c", helper, "push", "--quiet", "--force", "origin", target)


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
    title = " ".join(words(folder, "title.txt").split())[:120] or "Notice"
    if ours:
        run("gh", "issue", "edit", str(min(ours)), "--title", title, "--body-file", "-", given=body)
    else:
        run("gh", "issue", "create", "--title", title, "--body-file", "-", given=body)


def our_issues(marker: str) -> list[tuple[int, str]]:
    """Return number and words of each open issue of ours that begins with the marker; anyone else's may do so too."""
    ours = ("--author", "app/github-actions")  # however many newer ones others have opened
    shown = ("--limit", "500", "--json", "number,body,author")
    listed = json.loads(run("gh", "issue", "list", "--state", "open", *ours, *shown))
    found = [each for each in listed if each["body"].startswith(marker) and is_bot(each["author"])]
    return [(int(each["number"]), each["body"]) for each in found]


def save_before(file: Path) -> None:
    """Write the open notice of addresses to a file, where there is one: it knows when each address last answered."""
    for _, body in our_issues(ADDRESSES)[:1]:
        file.write_text(body.replace("\r\n", "\n"), "utf-8")


def is_bot(author: dict[str, Any]) -> bool:
    """Return whether an author, as gh shows it, is this workflow's own account."""
    return bool(author.get("is_bot")) and author.get("login") in (BOT, "app/github-actions", "github-actions")


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
