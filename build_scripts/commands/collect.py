"""The command ``evidence collect``: every report on CQC's list into the collection, politely, and never twice."""

from __future__ import annotations

import errno
import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import click

from build_scripts.commands.answering import CqcSite
from build_scripts.commands.collecting import Made, make_report, read_report
from build_scripts.commands.bar import Progress
from build_scripts.commands.states import understand
from build_scripts.contribute.importers import UnreadableError
from build_scripts.contribute.importers.apart import NotInstalledError
from build_scripts.contribute.importers.asking import Asker, StopAskingError, is_own_machine
from build_scripts.contribute.recognise import report_address
from build_scripts.contribute.source_address import CQC
from build_scripts.disk.answers import COLLECTED, Answers, Busy, alone, begin, end
from build_scripts.disk.collected import clear_aside, put_aside, write_report, write_summary
from build_scripts.disk.write import HandWrittenFileError
from build_scripts.model.authority_names import authorities_named
from build_scripts.model.evidence import Authority
from build_scripts.model.problems import Problem, both_ends, format_text, printable
from build_scripts.model.vocabulary import Vocabulary
from build_scripts.pipeline import Run
from build_scripts.review.collected import NOT_WELL, Collected, Outcome, as_json, as_markdown, table, told
from build_scripts.review.cqc_list import (
    LIST,
    ImpossibleListError,
    Listed,
    is_of_authority,
    known_report,
    listed_reports,
    missing_reports,
    new_reports,
)

PAUSE = 1.0
"""Seconds between an answer of CQC's and the next request, at the least."""

MOST_PAGES = 50
"""Pages of the list at the most: ten times what 153 authorities need."""

LONGEST_RUN = timedelta(days=7)
"""How old a run may be that did not come to its end, so that the next one goes on with its answers."""

ASIDE, NOTHING = 1, 3
"""Exit status when something was put aside, and when the run did not come to its end."""


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for, as it was understood."""

    slugs: frozenset[str]
    """Authorities to look at; all where it is empty."""
    new: bool
    here: bool
    limit: int
    dry: bool
    replacing: bool


@click.command()
@click.option("--authority", "names", multiple=True, metavar="NAME", help="Only this council; may be repeated.")
@click.option("--new", is_flag=True, help="Only reports that are not here.")
@click.option("--changed", is_flag=True, help="Only reports that are here: what has CQC changed in them?")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most so many reports.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing into data/.")
@click.option("--offline", is_flag=True, help="Ask for nothing: read the answers that are kept.")
@click.option("--list", "start", default=LIST, metavar="ADDRESS", help="The list of reports. Default: CQC's.")
@click.option("--pause", type=float, metavar="SECONDS", help="Between two requests. Default and least: 1.")
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
    replacing: bool,
) -> None:
    """Read the reports on CQC's list, each with the pages of its statements, and write what is well into data/.

    What is not well, and texts that differ from those here, are put aside in collected/aside/ with what is to be done.
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
    options = Options(_slugs(names, before), new or not changed, changed or not new, limit or 0, dry_run, replacing)
    project = _project(site, offline=offline)
    with _told_troubles(), alone(root):
        now = datetime.now(UTC)
        answers = Answers(root, site)
        since = "" if offline else begin(answers, _iso(now), _iso(now - LONGEST_RUN))
        asker = None if offline else Asker(site, pause=step, project=project)
        with CqcSite(CQC.rstrip("/"), site, answers, asker, since) as pages:
            run = Collecting(root, options, pages, before, f"{CQC.rstrip('/')}{urlsplit(start).path}")
            collected = replace(
                run.all(), asked=asker.asked if asker else 0, from_cache=pages.from_cache, kept=answers.size()
            )
        write_summary(root, {"summary.json": as_json(collected), "summary.md": as_markdown(collected, _iso(now)[:10])})
        if not offline and not collected.left:
            end(answers)
    for line in table(collected):
        click.echo(line)
    click.echo(f"All of this is in {COLLECTED}/summary.md and summary.json")
    if collected.stopped:
        raise click.exceptions.Exit(NOTHING)
    if collected.not_well:
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


class Collecting:
    """One run over the list."""

    def __init__(self, root: Path, options: Options, site: CqcSite, before: Run, start: str) -> None:
        """Get ready; ``start`` is the list by CQC's address."""
        self.root, self.options, self.site, self.run, self.start = root, options, site, before, start
        self.vocabulary: Vocabulary = before.collection.vocabulary

    def all(self) -> Collected:
        """Read the list, then report after report; return what came of them."""
        collected = Collected(self.start, dry=self.options.dry)
        try:
            listed = self._listed()
            new = {each.address for each in new_reports(listed, self.run.reports, self._authorities, self.start)}
        except (UnreadableError, StopAskingError) as error:
            what = error.what if isinstance(error, UnreadableError) else str(error)
            return replace(collected, stopped=f"the list cannot be read: {what}")
        except ImpossibleListError as error:
            return replace(collected, stopped=f"{self.start}: {error}")
        except KeyboardInterrupt:
            return replace(collected, stopped="it was interrupted")
        chosen = self._chosen(listed, new)
        gone = tuple(self._gone(listed))
        outcomes: list[Outcome] = []
        stopped = ""
        with Progress(len(chosen)) as progress:
            self.site.reading = progress.reading
            for outcome in gone:
                progress.line(told(outcome))
            try:
                for each in chosen:
                    outcomes.append(self._one(each))
                    progress.done(told(outcomes[-1]))
            except StopAskingError as error:
                stopped = str(error)
            except KeyboardInterrupt:
                stopped = "it was interrupted"
        left = len(chosen) - len(outcomes)
        return replace(collected, outcomes=(*gone, *outcomes), listed=len(listed), left=left, stopped=stopped)

    @property
    def _authorities(self) -> tuple[Authority, ...]:
        return self.vocabulary.authorities

    def _listed(self) -> tuple[Listed, ...]:
        """Return the reports on all pages of the list, each once."""
        pages = [self.start]
        found: dict[str, Listed] = {}
        for page in pages:
            reports, further = listed_reports(self.start, self.site.page(page).document.links)
            for each in reports:  # the page of a summary stands for its report
                found.setdefault(report_address(each.address), each)
            pages += [each for each in further if each not in pages]
            if len(pages) > MOST_PAGES:
                raise ImpossibleListError(f"it goes on for more than {MOST_PAGES} pages")
        return tuple(found.values())

    def _chosen(self, listed: Sequence[Listed], new: Collection[str]) -> list[Listed]:
        """Return the reports that were asked for, in the list's order."""
        options, authorities = self.options, self._authorities
        chosen = []
        for each in listed:
            wanted = options.new if each.address in new else options.here
            if wanted and options.slugs:
                known = known_report(each, self.run.reports, authorities)
                wanted = bool(known and known.authority in options.slugs)
                wanted = wanted or is_of_authority(each, options.slugs, authorities)
            if wanted:
                chosen.append(each)
        return chosen[: options.limit or None]

    def _gone(self, listed: Sequence[Listed]) -> Iterator[Outcome]:
        """Yield the reports here that the list does not name any more, where the whole of it is looked at."""
        if self.options.here and not self.options.slugs and not self.options.limit:
            for report in missing_reports(listed, self.run.reports, self.start):
                what = "CQC's list does not name this report any more"
                mend = "look at CQC's page: if the report was withdrawn, report.yml can say so"
                yield Outcome(
                    report.source, "gone", report.id, problems=(Problem(report.path, 1, "EV713", what, mend),)
                )

    def _one(self, listed: Listed) -> Outcome:
        """Read one report, and write what is well."""
        known = known_report(listed, self.run.reports, self._authorities)
        reading = read_report(self.site, listed.address, self.vocabulary)
        made = make_report(reading, self.run, known, replacing=self.options.replacing)
        if not self.options.dry:
            made = self._written(made)
            self._put_aside(made)
        self.run = made.after or self.run
        return made.outcome

    def _written(self, made: Made) -> Made:
        """Write what is well; a link or folder that stands in its way is a problem of this report alone."""
        try:
            write_report(self.root, made.outcome.report, made.files)
        except HandWrittenFileError as error:
            problem = Problem(f"data/reports/{error}", 1, "EV109", "this is a link or a folder", "remove it")
            outcome = replace(made.outcome, state="aside", written=(), problems=(*made.outcome.problems, problem))
            return Made(outcome, aside={**made.files, **made.aside})
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
