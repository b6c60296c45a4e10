"""The command ``evidence add``: sources in, one report's checked files out; asks only on a terminal."""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

import click

from build_scripts.commands.drafts import line_of, with_draft
from build_scripts.commands.sources import read_sources_of
from build_scripts.commands.states import ids_of, understand
from build_scripts.contribute.draft import Draft, make_draft
from build_scripts.contribute.missing import adds_nothing
from build_scripts.contribute.recognise import Found
from build_scripts.contribute.source_address import without_place, wrong_with_address
from build_scripts.contribute.summary import summarise
from build_scripts.contribute.wanted import NotYetError, Question, Wanted
from build_scripts.disk.write import HandWrittenFileError, add_files, alone
from build_scripts.facts.redirects import REDIRECTS, gone
from build_scripts.model.days import has_shape_of_day, is_day, is_month
from build_scripts.model.problems import Problem, both_ends, format_text, printable
from build_scripts.model.vocabulary import Vocabulary
from build_scripts.model.wording import counted
from build_scripts.pipeline.run import Run

AUTHORITIES = "data/authorities.csv"
"""Without it no authority is known, and every report would be said to be of an unknown one."""


EARLIEST = timedelta(hours=14)
"""How far ahead of UTC a day begins where it begins first."""


_SCORE = re.compile(r"(?:(?P<statement>[a-z-]+)=)?(?P<score>[1-4])\Z")


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--authority", default="", metavar="NAME", help="Its slug or name, e.g. halton.")
@click.option("--statement", default="", metavar="ID", help="The quality statement of the one text, e.g. equity.")
@click.option("--published", default="", metavar="DATE", help="Day or month of publication, e.g. 2025-07-04.")
@click.option("--score", "scores", multiple=True, metavar="[ID=]N", help="A score, e.g. equity=3; may be repeated.")
@click.option("--source", default="", metavar="ADDRESS", help="CQC's own page of the report.")
@click.option("--retrieved", default="", metavar="DAY", help="When you took it from CQC's page. Default: today.")
@click.option("--replace", "replacing", is_flag=True, help="Put new texts in the place of other ones.")
@click.option("--dry-run", is_flag=True, help="Show what would be added, and write nothing.")
@click.option("--draft", "aside", type=click.Path(path_type=Path), help="Put the files into this new folder instead.")
@click.pass_obj
def add(
    root: Path,
    sources: tuple[str, ...],
    authority: str,
    statement: str,
    published: str,
    scores: tuple[str, ...],
    source: str,
    retrieved: str,
    replacing: bool,
    dry_run: bool,
    aside: Path | None,
) -> None:
    """Add the texts of one report: from saved pages, documents, addresses, or standard input (-).

    A SOURCE is a file (a saved page, PDF, DOCX, ODT, RTF, mail, Markdown or plain text), a folder or ZIP of them, an
    address of CQC's page, of a statement or of the whole report, or - for standard input. What is found in them is
    shown and checked; only when all is well are report.yml and a text for each statement written. With --draft they
    are put aside even where something is wrong with them: mend them there, and add them as texts.

    \b
    Example: evidence add equity.html --authority halton --published 2025-07-04
    Example: evidence add https://www.cqc.org.uk/care-services/local-authority-assessment-reports/halton-0725
    """
    before = understand(root)
    if before.vocabulary is None:
        raise click.ClickException("the project's own words cannot be read: 'evidence check' says why")
    vocabulary = before.vocabulary
    _stop_at([each for each in before.problems if each.path == AUTHORITIES])
    wanted = Wanted(
        authority=authority,
        statement=_statement(statement, vocabulary),
        published=_published(published),
        scores=_scores(scores, vocabulary),
        source=_source(source),
        retrieved=_retrieved(retrieved),
        replace=replacing,
    )
    found = _found(sources, vocabulary)
    draft = _draft(found, wanted, before, vocabulary)
    if aside:
        _put_aside(aside, draft)
    after, elsewhere = _checked(draft, before)
    for line in summarise(draft, found, after.reports, after.evidence):
        click.echo(printable(line))
    _tell_what_follows(before, after, elsewhere)
    if not draft.files:
        click.echo("Nothing to do: the very same text is in the collection already")
        return
    if dry_run or aside:
        click.echo(f"Nothing is written into the collection: {'--dry-run' if dry_run else '--draft'}")
        return
    _write(root, draft, before)


def _found(sources: Sequence[str], vocabulary: Vocabulary) -> Sequence[Found]:
    """Return what the sources hold, telling what was passed over; leaves with status 1 where one cannot be read."""
    read = read_sources_of(sources, vocabulary)
    for each in read.passed_over:
        click.echo(printable(f"Passed over: {each.path}: {each.what}"), err=True)
    _stop_at(read.problems)
    return read.found


def _statement(given: str, vocabulary: Vocabulary) -> str:
    ids = [item.id for item in vocabulary.framework.statements]
    if given and given not in ids:
        raise click.UsageError(f"--statement must be one of {', '.join(ids)} (got {both_ends(given)!r})")
    return given


def _day(option: str, given: str) -> str:
    if not has_shape_of_day(given):
        raise click.UsageError(f"{option} must be a day such as 2025-07-04 (got {both_ends(given)!r})")
    if not is_day(given):
        raise click.UsageError(f"{option} is {given}, and there is no such day")
    return given


def _retrieved(given: str) -> str:
    now = datetime.now(UTC)
    if not given:
        return now.date().isoformat()
    day = _day("--retrieved", given)
    if day > (now + EARLIEST).date().isoformat():
        raise click.UsageError(f"--retrieved is {day}, a day that is still to come")
    return day


def _source(given: str) -> str:
    """Return an address that may be opened; whether it is CQC's is for the check, or for report.yml, to say."""
    address = without_place(given)
    what, where = wrong_with_address(address)
    if given and what:
        raise click.UsageError(f"--source: {what} (got {where!r})")
    return address


def _published(given: str) -> str:
    if not given or is_month(given):
        return given
    if not has_shape_of_day(given):
        raise click.UsageError(
            f"--published must be a day or month such as 2025-07-04 or 2025-07 (got {both_ends(given)!r})"
        )
    return _day("--published", given)


def _scores(given: Sequence[str], vocabulary: Vocabulary) -> dict[str, int]:
    scores: dict[str, int] = {}
    for each in given:
        found = _SCORE.match(each)
        if not found:
            raise click.UsageError(
                f"--score must be like 3 or equity=3, with a score from 1 to 4 (got {both_ends(each)!r})"
            )
        id = _statement(found["statement"] or "", vocabulary)
        if scores.setdefault(id, int(found["score"])) != int(found["score"]):
            raise click.UsageError(f"--score gives {id or 'the text'} two scores")
    return scores


def _draft(found: Sequence[Found], wanted: Wanted, before: Run, vocabulary: Vocabulary) -> Draft:
    """Return what is to be added; leaves with status 1 where the report's own facts are wrong, or nothing is added."""
    draft = _answered(found, wanted, before, vocabulary)
    _stop_at([each for each in before.problems if each.path == f"data/reports/{draft.report}/report.yml"])
    if nothing := adds_nothing(draft, found):
        _stop_at([nothing])
    return draft


def _answered(found: Sequence[Found], wanted: Wanted, before: Run, vocabulary: Vocabulary) -> Draft:
    """Return the draft, asking for what is missing where somebody is there to answer."""
    while True:
        try:
            return make_draft(found, wanted, vocabulary, before.reports, before.sources)
        except NotYetError as error:
            _stop_at(error.problems)
            if not _somebody_is_there():
                raise click.UsageError("\n".join(map(_told, error.questions))) from None
            wanted = _ask(error.questions[0], wanted, vocabulary)


def _somebody_is_there() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _told(question: Question) -> str:
    return printable(f"{question.what}: give {question.option}, e.g. {question.example}")


def _ask(question: Question, wanted: Wanted, vocabulary: Vocabulary) -> Wanted:
    """Return what is wanted with the answer to the question in it; a wrong answer is asked for again."""
    click.echo(printable(f"{question.what}."), err=True)
    hint = (
        f" ({', '.join(question.choices)})" if question.choices else f" (like {question.example.split(maxsplit=1)[1]})"
    )
    while True:
        answer = click.prompt(f"{question.option}{hint}", err=True).strip()
        try:
            match question.option:
                case "--authority":
                    return replace(wanted, authority=answer)
                case "--statement":
                    return replace(wanted, statement=_statement(answer, vocabulary))
                case "--published":
                    return replace(wanted, published=_published(answer))
                case "--score":
                    return replace(
                        wanted, scores={**wanted.scores, **_scores(answer.replace(",", " ").split(), vocabulary)}
                    )
                case _:
                    return replace(wanted, source=_source(answer))
        except click.UsageError as error:
            click.echo(error.message, err=True)


def _checked(draft: Draft, before: Run) -> tuple[Run, list[Problem]]:
    """Return the collection with the draft's files, and the problems that they bring about in other files.

    Leaves with status 1 where they have problems themselves.
    """
    after, problems = with_draft(draft, before)
    own = [each for each in problems if each.path in draft.files]
    if own:
        click.echo("What was found in the sources does not pass the check (--draft FOLDER puts it aside):", err=True)
        for name, page in draft.texts.items():
            click.echo(printable(f"  {name}.txt is made from {page.source}"), err=True)
    _stop_at(own, draft.files)
    return after, [each for each in problems if each.path not in draft.files]


def _tell_what_follows(before: Run, after: Run, elsewhere: Sequence[Problem]) -> None:
    """Say what is to be done beside the texts: links to passages that are gone, and what else names their words."""
    if lost := gone(ids_of(before), after.passage_ids, after.redirects):
        number = f"{counted(len(lost), 'paragraph')} {'is' if len(lost) == 1 else 'are'} gone"
        lines = "its line" if len(lost) == 1 else "their lines"
        click.echo(f"{number}: make explain BASE=… proposes {lines} for {REDIRECTS}")
    if elsewhere:
        click.echo("To be mended too:")
        for problem in elsewhere:
            click.echo(format_text(problem))


def _put_aside(folder: Path, draft: Draft) -> None:
    """Write the files into a folder of their own, whatever the check will say of them; all of them or none."""
    made: list[Path] = []
    try:
        folder.mkdir(parents=True)
        for path, data in draft.files.items():
            made.append(folder / path.rpartition("/")[2])
            made[-1].write_bytes(data)
    except FileExistsError:
        raise click.UsageError(f"{folder} is there already: give another folder with --draft") from None
    except OSError as error:
        with contextlib.suppress(OSError):
            for file in made:
                file.unlink(missing_ok=True)
            folder.rmdir()
        raise click.ClickException(f"{folder} cannot be written: {error.strerror or error}") from None
    click.echo(f"Put aside in {folder}: {', '.join(path.rpartition('/')[2] for path in draft.files)}", err=True)


def _stop_at(problems: Sequence[Problem], files: Mapping[str, bytes] = MappingProxyType({})) -> None:
    """Show problems and leave with status 1, when there is any; of ``files``, which were not written, with the line."""
    if not problems:
        return
    for problem in problems:
        click.echo(format_text(problem))
        if line := line_of(problem, files):
            click.echo(printable(f"    it would be the line: {line}"))
    click.echo(f"{counted(len(problems), 'problem')}; nothing was written", err=True)
    raise click.exceptions.Exit(1)


def _write(root: Path, draft: Draft, before: Run) -> None:
    folder = f"data/reports/{draft.report}"
    try:
        with alone(root / "data"):
            _stop_at([_written_meanwhile(path) for path in draft.files if _is_changed(root, path, before)])
            add_files(root / folder, {path.removeprefix(f"{folder}/"): data for path, data in draft.files.items()})
    except HandWrittenFileError as error:
        raise click.ClickException(
            f"data/reports/{error} is a link or a folder, so nothing was written: remove it"
        ) from None
    except OSError as error:
        raise click.ClickException(f"data/reports/ cannot be written: {error.strerror or error}") from None
    for path in draft.files:
        click.echo(f"Written: {path}")


def _is_changed(root: Path, path: str, before: Run) -> bool:
    """Return whether a file is another than the one that the draft was compared with."""
    known = before.sources.get(path)
    try:
        return (root / path).read_bytes() != (known.data if known else None)
    except FileNotFoundError:
        return known is not None
    except OSError:  # writing it says what is wrong
        return False


def _written_meanwhile(path: str) -> Problem:
    what = "another run wrote this file while this one was reading its sources"
    return Problem(path, 1, "EV710", what, "run the command again: it compares with what is there now")
