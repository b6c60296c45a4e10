"""The commands ``evidence watch``: ask CQC's site what is new and what still answers, and write a notice of it."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import click

from build_scripts.commands.progress import progress
from build_scripts.commands.states import understand
from build_scripts.commands.whole_list import whole_list
from build_scripts.contribute.importers import UnreadableError
from build_scripts.contribute.importers.apart import NotInstalledError, import_apart
from build_scripts.contribute.importers.asking import is_own_machine
from build_scripts.contribute.source_address import CQC
from build_scripts.model.days import is_day
from build_scripts.model.evidence import Imported
from build_scripts.model.problems import both_ends, printable
from build_scripts.pages.frame.github_links import REPORT_FORM
from build_scripts.pipeline.run import Run
from build_scripts.review.cqc_list import (
    ADDRESSES_MARKER,
    LIST,
    NOT_ASKED,
    REPORTS_MARKER,
    Answer,
    ImpossibleListError,
    Listed,
    addresses_notice,
    last_answers,
    new_reports,
    reports_notice,
)

PAUSE = 1.0
"""Seconds between two requests: nobody is waiting for the answer."""

BUDGET = 20 * 60
"""Seconds that asking may take altogether, after which nothing more is asked for. The job that runs this is ended after
half an hour (timeout-minutes in .github/workflows/watch.yml), and a job that is ended says nothing: ten minutes are
left for what comes before and after, and for the last address."""

MOST_SILENT = 5
"""Addresses in a row from which nothing came, after which the rest is not asked for: each costs 40 seconds or more."""

_CQC = CQC.rstrip("/")

_SPOKE = re.compile(r"the site answered|it leads ")
"""What is said of a page when the site itself said something: it is not silent."""

_GONE = re.compile(r"the site answered (404|410)\b")

into_option = click.option(
    "--into", type=click.Path(path_type=Path), help="New folder for the notice. Default: show it here."
)
date_option = click.option("--date", "day", default="", metavar="DAY", help="The day to write. Default: today.")


@click.group()
def watch() -> None:
    """Ask CQC's site what is new, and whether its pages that are linked here still answer.

    Example: evidence watch reports
    """


@watch.command("reports")
@click.option("--list", "start", default=LIST, metavar="ADDRESS", help="The list to compare with. Default: CQC's.")
@into_option
@date_option
@click.pass_obj
def watch_reports(root: Path, start: str, into: Path | None, day: str) -> None:
    """Compare CQC's list of reports with the collection, and write a notice of those that are not here.

    Exit status 1 when the list cannot be read or cannot be right: nothing is concluded from it then.

    Example: evidence watch reports --into notice
    """
    today = _day(day)
    run = _collection(root)
    try:
        with progress() as told:
            told.begin("Reading CQC’s list of reports")
            listed = _listed(start)
        called = _called(start, _site(start))
        new = new_reports(listed, run.reports, run.collection.vocabulary.authorities, called)
    except UnreadableError as error:
        raise click.ClickException(printable(f"{start} cannot be read: {error.what}; nothing is concluded")) from None
    except ImpossibleListError as error:
        raise click.ClickException(printable(f"{start}: {error}")) from None
    project = os.environ.get("REPO_URL", "").rstrip("/")
    form = f"{project}/issues/new?template={REPORT_FORM}" if project.startswith("https://") else ""
    title, body = reports_notice(new, len(listed), today, form)
    _notice(into, REPORTS_MARKER, title, body, f"{len(listed)} reports are on the list, {len(new)} of them not here")


@watch.command("addresses")
@click.option(
    "--before",
    type=click.Path(dir_okay=False, path_type=Path),
    default="before.md",
    help="The notice of last time. Default: before.md, if it is there.",
)
@into_option
@date_option
@click.pass_obj
def watch_addresses(root: Path, before: Path, into: Path | None, day: str) -> None:
    """Ask for every page of CQC's that a report here names as its source, and write a notice of what came of it.

    A fault of the network is told as such and never taken for a page that is gone. Those that have not answered for
    longest are asked for first. When it takes too long, or the site is silent, the rest is not asked for, and the
    notice says so. Exit status 1 when no page at all could be reached: nothing is concluded then.

    Example: evidence watch addresses --before last.md --into notice
    """
    today = _day(day)
    run = _collection(root)
    earlier = last_answers(before.read_bytes().decode("utf-8", "replace") if before.exists() else "")
    # Nobody expects an answer from the page of a report that CQC has withdrawn.
    wanted = [(report.source, report.id) for report in run.collection.reports if report.source]
    # Whatever was not asked for this time comes first the next.
    answers = list(_answers(sorted(wanted, key=lambda each: earlier.get(each[0], ""))))
    if wanted and not any(each.state in ("answers", "moved") for each in answers):
        asked = [each for each in answers if each.state != NOT_ASKED]
        rest = f", {len(wanted) - len(asked)} more were not asked for" if len(asked) < len(wanted) else ""
        what = f"none of {len(asked)} pages could be reached ({asked[0].detail}){rest}; nothing is concluded"
        raise click.ClickException(printable(what))
    title, body = addresses_notice(answers, earlier, today)
    _notice(into, ADDRESSES_MARKER, title, body, title)


def _collection(root: Path) -> Run:
    run = understand(root)
    if run.vocabulary is None or not run.reports:
        raise click.ClickException("the collection cannot be understood: 'evidence check' says why")
    return run


def _day(given: str) -> str:
    """Return the day that was given, or today."""
    if given and not is_day(given):
        raise click.UsageError(f"--date must be a day like 2026-11-26 (got {both_ends(given)!r})")
    return given or datetime.now(UTC).date().isoformat()


def _ask(address: str) -> Imported:
    try:
        return import_apart("address", address.encode("utf-8", "replace"))
    except NotInstalledError as error:
        raise click.ClickException(
            f"asking a site needs a library that is not installed ({error}): run make watch"
        ) from None


def _listed(start: str) -> tuple[Listed, ...]:
    """Return the reports on all pages of the list, all of it called by CQC's addresses."""
    end = time.monotonic() + BUDGET
    site = _site(start)

    def links_of(page: str) -> Sequence[tuple[str, str]]:
        if time.monotonic() > end:
            raise ImpossibleListError(f"reading it takes longer than {BUDGET // 60} minutes; nothing is concluded")
        time.sleep(PAUSE if page != _called(start, site) else 0)
        links = _ask(f"{site}{page.removeprefix(_CQC)}" if page.startswith(f"{_CQC}/") else page).links
        return [(_called(address, site), words) for address, words in links]

    return whole_list(_called(start, site), links_of)


def _site(start: str) -> str:
    """Return the site that is asked: CQC's, or one on this machine that stands for it, as in a rehearsal."""
    parts = urlsplit(start)
    return f"{parts.scheme}://{parts.netloc}" if is_own_machine(start) else _CQC


def _called(address: str, site: str) -> str:
    """Return what is CQC's address of a page of the site."""
    return f"{_CQC}{address.removeprefix(site)}" if address.startswith(f"{site}/") else address


def _answers(wanted: Sequence[tuple[str, str]]) -> Iterator[Answer]:
    """Yield what comes of each address; of those that are not asked for, why."""
    end = time.monotonic() + BUDGET
    silent = 0
    for number, (address, report) in enumerate(wanted, 1):
        if silent == MOST_SILENT:
            yield Answer(address, report, NOT_ASKED, f"nothing came from {MOST_SILENT} addresses in a row")
            continue
        if time.monotonic() > end:
            yield Answer(address, report, NOT_ASKED, f"asking took longer than {BUDGET // 60} minutes")
            continue
        time.sleep(PAUSE if number > 1 else 0)
        click.echo(f"[{number}/{len(wanted)}] {report}", err=True)
        answer = _answer(address, report)
        silent = silent + 1 if answer.state == "not reached" and not _SPOKE.match(answer.detail) else 0
        yield answer


def _answer(address: str, report: str) -> Answer:
    """Return what comes of asking for one address."""
    try:
        last = _ask(address).address
    except UnreadableError as error:
        answered = error.code != "EV706"  # it came, whatever it holds
        state = "answers" if answered else "gone" if _GONE.match(error.what) else "not reached"
        return Answer(address, report, state, "" if answered else error.what)
    moved = bool(last) and last.rstrip("/") != address.partition("#")[0].rstrip("/")
    return Answer(address, report, "moved" if moved else "answers", last if moved else "")


def _notice(into: Path | None, marker: str, title: str, body: str, summary: str) -> None:
    """Write the notice as ``tools/deliver.py`` reads it, or show it."""
    if into is None:
        click.echo(f"{title}\n\n{body}" if body else summary)
        return
    if into.exists():
        raise click.UsageError(f"{into} is there already: remove it, or give another folder with --into")
    into.mkdir(parents=True)
    (into / "marker.txt").write_text(f"{marker}\n", "utf-8")
    if body:
        (into / "title.txt").write_text(f"{title}\n", "utf-8")
        (into / "issue.md").write_text(body, "utf-8")
    click.echo(summary)
