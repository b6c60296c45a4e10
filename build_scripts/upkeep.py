"""Commands that set one state of the data beside another: ids, what a change does, what a rule does."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from build_scripts.changes import passage_words
from build_scripts.collection import Collection
from build_scripts.explain import explain_change, explain_rules
from build_scripts.pipeline import UNDERSTANDING, Run, run_pipeline
from build_scripts.problems import shown
from build_scripts.read import LARGEST, read_schemas, read_sources
from build_scripts.redirects import REDIRECTS, gone
from build_scripts.successors import ALIKE, Proposal, propose, read_ids, redirect_rows, unplaced

RULES = ("data/themes.yml", "data/voices.yml")

LARGEST_LIST = 20 * LARGEST
"""Bytes of a published list of ids: half a million of them."""

base_option = click.option(
    "--base",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="Folder with the state to compare with, such as a checkout of main.",
)


def understand(root: Path) -> Run:
    """Return what the stages up to the pages make of the data below ``root``."""
    sources, unread = read_sources(root)
    return run_pipeline(sources, read_schemas(), unread, stages=UNDERSTANDING)


def published_ids(base: Path) -> frozenset[str]:
    """Return the ids that links may lead to: those of a published list, or of the data in a folder."""
    if base.is_dir():
        return _ids_of(_understand_base(base))
    if base.stat().st_size > LARGEST_LIST:
        raise click.UsageError(f"{base} has more than {LARGEST_LIST:,} bytes, so it is no list of ids")
    ids, others = read_ids(base.read_bytes().decode("utf-8", "replace"))
    if others:
        line, text = others[0]
        raise click.UsageError(
            f"{base}:{line}: {shown(text)} is no passage's id; give a list as 'evidence ids' writes it"
        )
    if not ids:
        raise click.UsageError(f"{base} lists no id; nothing can be compared with it")
    return frozenset(ids)


def _ids_of(run: Run) -> frozenset[str]:
    return frozenset((*run.passage_ids, *(each.retired for each in run.redirects)))


def _understand_base(base: Path) -> Run:
    if not (base / "data").is_dir():
        raise click.UsageError(f"{base} has no folder 'data': give a checkout of the project")
    run = understand(base)
    if run.vocabulary is None or not run.reports:
        first = run.problems[0]
        raise click.UsageError(f"the data in {base} cannot be understood: {first.path}:{first.line}: {first.what}")
    return run


def _day(chosen: datetime | None = None) -> str:
    return (chosen or datetime.now(UTC)).date().isoformat()


def _proposals(before: Collection | None, published: frozenset[str], run: Run) -> tuple[Proposal, ...]:
    words = passage_words(before) if before else dict.fromkeys(published, "")
    return propose(gone(published, run.passage_ids, run.redirects), words, passage_words(run.collection))


@click.command()
@click.option(
    "--base",
    type=click.Path(exists=True, path_type=Path),
    help="What was published: a folder with its data, or a list of ids such as data/passage-ids.txt of the site.",
)
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day to write into rows. Default: today.")
@click.pass_obj
def ids(root: Path, base: Path | None, day: datetime | None) -> None:
    """List the ids of all passages, or propose where published ones went that are gone.

    With --base, rows for data/redirects.csv go to standard output, to be read and then appended; what no row can be
    proposed for goes to standard error, and the exit status is 1 as long as there is such a one.

    Example: evidence ids --base ../before
    """
    run = understand(root)
    if run.vocabulary is None:
        raise click.ClickException("the data cannot be understood: 'evidence check' says why")
    if base is None:
        for id in sorted(_ids_of(run)):
            click.echo(id)
        return
    before = _understand_base(base) if base.is_dir() else None
    published = _ids_of(before) if before else published_ids(base)
    proposals = _proposals(before.collection if before else None, published, run)
    click.echo(redirect_rows(proposals, _day(day)), nl=False)
    open_ones = unplaced(proposals)
    for each in open_ones:
        click.echo(f"not placed: {each.retired}{_why(each)}", err=True)
    placed = len(proposals) - len(open_ones)
    summary = f"{len(proposals)} published ids are gone: {placed} with a row above, {len(open_ones)} for you to decide"
    click.echo(summary if proposals else "Every published id is there", err=True)
    if placed:
        click.echo(
            f"Read the rows (each shares {ALIKE:.0%} of its words or more), then append them to {REDIRECTS}", err=True
        )
    if open_ones:
        raise click.exceptions.Exit(1)


def _why(proposal: Proposal) -> str:
    if proposal.candidates:
        near = ", ".join(f"{id} ({alike:.0%})" for id, alike in proposal.candidates[:3])
        return f"\n    several passages are about as like it: {near}"
    if not proposal.words:
        return "\n    a list of ids does not hold its words: compare with a folder, as in --base ../before"
    return f"\n    nothing is like it: {shown(proposal.words)}\n    if it was taken out, leave the successor empty"


@click.command()
@base_option
@click.option(
    "--preview", default="", envvar="PREVIEW_URL", help="Address where the built site can be had. Default: PREVIEW_URL."
)
@click.option(
    "--into",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="GITHUB_STEP_SUMMARY",
    help="File to append to. Default: GITHUB_STEP_SUMMARY where it is set, or else standard output.",
)
@click.pass_obj
def explain(root: Path, base: Path, preview: str, into: Path | None) -> None:
    """Say what the data here do that those in another folder do not, in plain English (Markdown).

    Meant for whoever sends a change and whoever reviews it. It also says what 'evidence check' finds, but the exit
    status is 0 whatever it finds: it explains, and check decides.

    Example: evidence explain --base ../before
    """
    if preview and not preview.startswith("https://"):
        raise click.UsageError("--preview must be an address that begins with https://")
    base_run = _understand_base(base)
    before, published = base_run.collection, _ids_of(base_run)
    sources, unread = read_sources(root)
    run = run_pipeline(sources, read_schemas(), unread, published=published, stages=UNDERSTANDING)
    now = run.collection if run.vocabulary else None
    proposals = _proposals(before, published, run) if now else ()
    said = explain_change(before, now, run.problems, proposals, preview=preview, day=_day())
    if into is None:
        click.echo(said, nl=False)
        return
    with into.open("a", encoding="utf-8") as file:
        file.write(said)
    click.echo(f"What the change does is in {into}")


@click.command("diff-themes")
@base_option
@click.pass_obj
def diff_themes(root: Path, base: Path) -> None:
    """Show what a change of themes or voices does: passages gained and lost, accuracy before and after.

    The texts are those here, tagged once by the rules in the other folder and once by those here.

    Example: evidence diff-themes --base ../before
    """
    sources, unread = read_sources(root)
    earlier, _ = read_sources(base)
    if missing := [path for path in RULES if path not in earlier]:
        raise click.UsageError(f"{base} has no {missing[0]}: give a checkout of the project")
    now = run_pipeline(sources, read_schemas(), unread, stages=UNDERSTANDING)
    mixed = {**sources, **{path: earlier[path] for path in RULES}}
    before = run_pipeline(mixed, read_schemas(), unread, stages=UNDERSTANDING)
    if now.vocabulary is None or not now.vocabulary.themes or before.vocabulary is None:
        raise click.ClickException("the themes cannot be read: 'evidence check' says why")
    click.echo(explain_rules(before.collection, now.collection), nl=False)
    if now.problems:
        number = len(now.problems)
        click.echo(f"accuracy is not measured while there are problems ({number}): see 'evidence check'", err=True)
