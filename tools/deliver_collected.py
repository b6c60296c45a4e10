"""Deliver what ``evidence collect --into`` has made: for each report one pull request, and the notices.

Run by a workflow in the one job that may write, as tools/deliver.py is, and with its checks: standard library only, and
nothing of what is delivered is ever run. A report has one branch, ``collected-<report>``. Its pull request says in its
first line what was pushed, so that the same files are never sent twice, be it open, merged or closed; other files renew
an open one only while its branch is as it was left here and nobody has reviewed it.

    python3 -m tools.deliver_collected FOLDER
"""

from __future__ import annotations

import hashlib
import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tools.deliver import (
    deliver_issue,
    fetch,
    git,
    our_pull_requests,
    own_address,
    push,
    report_files,
    tip_of,
    words,
    write,
)
from tools.github import Failure, api_list, is_bot, run
from tools.harmless import harmless

MOST = 20
"""Pull requests that one run opens or renews: what a person can look at in a week. The others come the next time."""

SENT = re.compile(r"<!-- care-evidence: collected (?P<files>[0-9a-f]{64}) as (?P<commit>[0-9a-f]{40,64}) -->")
NOTICES = ("notice-layout", "notice-unread")


def deliver(folder: Path, root: Path) -> int:
    """Deliver every report and notice of the folder; return how many of them could not be."""
    failed = sent = 0
    places = sorted(place for place in (folder / "reports").glob("*") if place.is_dir() and not place.is_symlink())
    for place in places:
        if sent == MOST:
            print(
                f"{MOST} pull requests are enough for one run: {len(places) - places.index(place)} come the next time."
            )
            break
        try:
            sent += deliver_one(place, root)
        except Failure as failure:
            print(f"error: {place.name[:80]!r}: {failure}")
            failed += 1
    for name in NOTICES:
        if (folder / name).is_dir():
            deliver_issue(folder / name)
    return failed


def deliver_one(place: Path, root: Path) -> bool:
    """Open or renew a report's pull request; return whether anything was done."""
    files = report_files(place, root)
    if not files or next(iter(files)).split("/")[2] != place.name:
        raise Failure("a folder that does not hold the files of its report")
    branch, state = f"collected-{place.name}", hash_of(files)
    there = our_pull_requests(branch)
    tip = tip_of(root, branch)
    sent = {number: found for number, found in ((int(each["number"]), sent_with(each)) for each in there) if found}
    if any(found["files"] == state for found in sent.values()):
        print(f"{place.name}: this was sent before.")
        return False
    open_ones = [each for each in there if each["state"] == "open"]
    if stays := why_it_stays(open_ones, sent, tip):
        print(f"{place.name}: {stays}")
        return False
    verb = "Change" if all((root / path).is_file() for path in files) else "Add"
    title = f"{verb} {place.name}: {', '.join(sorted(Path(path).name for path in files))}"[:200]
    git(root, "switch", "--quiet", "--force", "--detach", "origin/main")
    write(files, root)
    commit = push(root, branch, [*files], f"{title}\n\nCollected from CQC's site.\n", tip)
    text = harmless(words(place, "description.md"), own_address())
    said = "A workflow has collected this from CQC’s site. A person compares it with CQC’s page before it is merged."
    body = f"<!-- care-evidence: collected {state} as {commit} -->\n{said}\n\n{text}"
    given = ("--title", title, "--body-file", "-")
    if open_ones:
        run("gh", "pr", "edit", str(int(open_ones[0]["number"])), *given, given=body)
    else:
        run("gh", "pr", "create", "--base", "main", "--head", branch, *given, given=body)
    return True


def hash_of(files: Mapping[str, bytes]) -> str:
    """Return one hash of all files and their names."""
    whole = hashlib.sha256()
    for path, data in sorted(files.items()):
        whole.update(f"{path} {len(data)}\n".encode())
        whole.update(data)
    return whole.hexdigest()


def sent_with(pull: dict[str, Any]) -> re.Match[str] | None:
    """Return what a pull request's first line says was pushed, if the workflow opened it: others cannot edit that."""
    return SENT.match(pull["body"] or "") if is_bot(pull) else None


def why_it_stays(open_ones: list[dict[str, Any]], sent: Mapping[int, re.Match[str]], tip: str) -> str:
    """Return why nothing may be pushed to a report's branch, as words; else empty.

    ``sent`` is number of a pull request to what its first line says, ``tip`` the branch's newest commit.
    """
    if tip and tip not in {found["commit"] for found in sent.values()}:
        return "its branch is not as it was left here, so it stays as it is."
    for each in open_ones:
        if api_list(f"pulls/{int(each['number'])}/reviews"):
            return f"pull request #{int(each['number'])} has been reviewed, so it stays as it is."
    return ""


def main(name: str) -> None:
    """Deliver what the other job of this run has left; leave with status 1 when something could not be delivered."""
    folder = Path(name)
    fetch(folder)
    failed = deliver(folder, Path.cwd())
    shutil.rmtree(folder)
    if failed:
        sys.exit(f"error: {failed} reports could not be delivered")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("error: give the name of the folder")
    try:
        main(sys.argv[1])
    except Failure as failure:
        sys.exit(f"error: {failure}")
