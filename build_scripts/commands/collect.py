"""The command ``evidence collect``: every report on CQC's list into the collection, politely, and never twice."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import click

from build_scripts.commands.answering import CqcSite
from build_scripts.commands.collecting import Made
from build_scripts.commands.handing_over import IntoFolder
from build_scripts.commands.over_the_list import Collecting, Options, Place
from build_scripts.commands.states import understand
from build_scripts.contribute.importers.apart import NotInstalledError
from build_scripts.contribute.importers.asking import Asker, is_own_machine
from build_scripts.contribute.source_address import CQC
from build_scripts.disk.answers import COLLECTED, Answers, Busy, alone, begin, end
from build_scripts.disk.collected import clear_aside, put_aside, write_report, write_summary
from build_scripts.disk.write import HandWrittenFileError
from build_scripts.model.authority_names import authorities_named
from build_scripts.model.problems import Problem, both_ends, format_text, printable
from build_scripts.pipeline.run import Run
from build_scripts.review.collected import NOT_WELL, Collected, as_json, as_markdown, table
from build_scripts.review.cqc_list import LIST

PAUSE = 1.0
"""Seconds between an answer of CQC's and the next request, at the least."""

LONGEST_RUN = timedelta(days=7)
"""How old a run may be that did not come to its end, so that the next one goes on with its answers."""

ASIDE, NOTHING = 1, 3
"""Exit status when something was put aside, and when the run did not come to its end."""


@click.command()
@click.option("--authority", "names", multiple=True, metavar="NAME", help="Only this council; may be repeated.")
@click.option("--new", is_flag=True, help="Only reports that are not here.")
@click.option("--changed", is_flag=True, help="Only reports that are here: what has CQC changed in them?")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most so many reports.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing into data/.")
@click.option("--offline", is_flag=True, help="Ask for nothing: read the answers that are kept.")
@click.option("--list", "start", default=LIST, metavar="ADDRESS", help="The list of reports. Default: CQC's.")
@click.option("--pause", type=float, metavar="SECONDS", help="Between two requests. Default and least: 1.")
@click.option("--minutes", type=click.IntRange(min=1), metavar="N", help="Begin no further report after so long.")
@click.option("--into", type=click.Path(path_type=Path), help="New folder: put reports for pull requests there.")
@click.option("--replace", "replacing", is_flag=True, help="Take CQC's text where it differs from the one here.")
@click.pass_obj
def collect(
    root: Path,
    names: tuple[str, ...],
    new: bool,
    changed: bool,
    limit: int | None,
    dry_run: bool,
    offline: bool,
    start: str,
    pause: float | None,
    minutes: int | None,
    into: Path | None,
    replacing: bool,
) -> None:
    """Read the reports on CQC's list, each with the pages of its statements, and write what is well into data/.

    What is not well, and texts that differ from those here, are put aside in collected/aside/ with what is to be done.
    With --into nothing of the collection changes: each new or changed report gets a folder of its own, with its
    files and the description of a pull request, and what cannot be read is told in notices. Exit status 0 then, too.
    One page is asked for at a time, with a pause. Every answer is kept in collected/; after an interrupted run the next
    goes on where it stopped. collected/summary.md and summary.json say what came of it.

    Exit status: 0 all is well, 1 something was put aside, 2 wrong use, 3 the run did not come to its end.

    \b
    Example: evidence collect --new
    Example: evidence collect --authority halton --dry-run
    """
    before = understand(root)
    if before.vocabulary is None:
        raise click.ClickException("the project's own words cannot be read: 'evidence check' says why")
    site = _site(start)
    step = _pause(pause, site)
    now = datetime.now(UTC)
    options = Options(
        slugs=_slugs(names, before),
        new=new or not changed,
        here=changed or not new,
        limit=limit or 0,
        minutes=minutes or 0,
        week=now.toordinal() // 7,
        dry=dry_run,
        replacing=replacing or into is not None,
    )
    place: Place = IntoFolder(into, _iso(now)[:10]) if into else IntoCollection(root, dry=dry_run)
    project = _project(site, offline=offline)
    asker = None if offline else Asker(site, pause=step, project=project)
    address = f"{CQC.rstrip('/')}{urlsplit(start).path}"
    with _told_troubles(), alone(root):
        collected = _run(root, site, asker, now, lambda pages: Collecting(place, options, pages, before, address).all())
        if isinstance(place, IntoFolder):
            place.notices(collected)
    _tell(collected, handed_over=into is not None)


def _run(root: Path, site: str, asker: Asker | None, now: datetime, read: Callable[[CqcSite], Collected]) -> Collected:
    """Return what came of CQC's pages, and write it down; their answers are kept until all that was chosen is read.

    ``asker`` is None where nothing may be asked for.
    """
    answers = Answers(root, site)
    since = begin(answers, _iso(now), _iso(now - LONGEST_RUN)) if asker else ""
    with CqcSite(CQC.rstrip("/"), site, answers, asker, since) as pages:
        collected = replace(
            read(pages), asked=asker.asked if asker else 0, from_cache=pages.from_cache, kept=answers.size()
        )
    write_summary(root, {"summary.json": as_json(collected), "summary.md": as_markdown(collected, _iso(now)[:10])})
    if asker and not collected.left:
        end(answers)
    return collected


def _tell(collected: Collected, *, handed_over: bool) -> None:
    """Say what came of a run, and leave with its status; what is not well and was ``handed_over`` is none of it."""
    for line in table(collected):
        click.echo(line)
    click.echo(f"All of this is in {COLLECTED}/summary.md and summary.json")
    if collected.stopped:
        raise click.exceptions.Exit(NOTHING)
    if collected.not_well and not handed_over:
        raise click.exceptions.Exit(ASIDE)


def _iso(time: datetime) -> str:
    return time.isoformat(timespec="microseconds")


def _site(start: str) -> str:
    """Return scheme and host of the list; only CQC's, or one on this machine that stands for it, in trials."""
    parts = urlsplit(start)
    site = f"{parts.scheme}://{parts.netloc}"
    if site != CQC.rstrip("/") and not (parts.scheme in ("http", "https") and is_own_machine(start)):
        raise click.UsageError(f"--list must be an address of {CQC} (got {both_ends(start)!r})")
    if site != CQC.rstrip("/"):
        click.echo(f"{site} stands for CQC's site: what comes from it is written as if it were CQC's", err=True)
    return site


def _pause(given: float | None, site: str) -> float:
    pause = PAUSE if given is None else given
    least = 0.0 if is_own_machine(site) else PAUSE
    if not least <= pause <= 3600:
        raise click.UsageError(f"--pause must be from {least:g} to 3600 seconds (got {pause:g})")
    return pause


def _project(site: str, *, offline: bool) -> str:
    """Return the project's address, by which CQC's site learns who asks."""
    project = os.environ.get("REPO_URL", "").strip().rstrip("/")
    if not project.startswith("https://") and not offline and not is_own_machine(site):
        what = "CQC's site is told who asks: set REPO_URL to the address of your project"
        raise click.UsageError(f"{what}, e.g. REPO_URL=https://github.com/you/care-evidence make collect")
    return project


def _slugs(names: Sequence[str], run: Run) -> frozenset[str]:
    found: set[str] = set()
    authorities = run.vocabulary.authorities if run.vocabulary else ()
    for name in names:
        meant = authorities_named(name, authorities)
        if len(meant) != 1:
            fits = f"fits {' and '.join(meant)}" if meant else "is no authority of data/authorities.csv"
            raise click.UsageError(f"--authority {both_ends(name)!r} {fits}")
        found.update(meant)
    return frozenset(found)


@contextmanager
def _told_troubles() -> Iterator[None]:
    """Say in one line what keeps a run from going on, and leave with the status that says so."""
    try:
        yield
    except Busy:
        _leave("another run is collecting at this moment: wait until it has ended")
    except NotInstalledError as error:
        _leave(f"reading pages needs a library that is not installed ({error}): run make collect")
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        mend = "free some space" if full else "see to it"
        where = f"{error.filename}: " if error.filename else ""
        _leave(f"{where}{error.strerror or error}: {mend}, and run it again; it goes on where it stopped")


def _leave(what: str) -> None:
    click.echo(printable(f"Error: {what}"), err=True)
    raise click.exceptions.Exit(NOTHING)


class IntoCollection:
    """Writes what is well into ``data/``, and what is not into ``collected/aside/``; nothing at all in a trial."""

    grows = True

    def __init__(self, root: Path, *, dry: bool) -> None:
        """Get ready to write below the project's root."""
        self.root, self.dry = root, dry

    def take(self, made: Made, before: Run) -> Made:
        """Write a report; a link or folder that stands in its way is a problem of this report alone."""
        if self.dry:
            return made
        try:
            write_report(self.root, made.outcome.report, made.files)
        except HandWrittenFileError as error:
            problem = Problem(f"data/reports/{error}", 1, "EV109", "this is a link or a folder", "remove it")
            outcome = replace(made.outcome, state="aside", written=(), problems=(*made.outcome.problems, problem))
            made = Made(outcome, aside={**made.files, **made.aside})
        self._put_aside(made)
        return made

    def _put_aside(self, made: Made) -> None:
        outcome = made.outcome
        if outcome.state not in NOT_WELL:
            clear_aside(self.root, outcome.name)
            return
        told_of = "\n".join(map(format_text, outcome.problems))
        files = {path.rpartition("/")[2]: data for path, data in made.aside.items()}
        more = {"problems.txt": told_of, "difference.md": outcome.difference, "redirects.csv": outcome.redirects}
        files |= {name: f"{words.rstrip()}\n".encode() for name, words in more.items() if words}
        put_aside(self.root, outcome.name, files)
