"""The command ``ids``: the ids of all paragraphs, and where published ones went that are gone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from build_scripts.commands.states import (
    given_day,
    ids_of,
    proposals_between,
    published_ids,
    understand,
    understand_base,
)
from build_scripts.facts.redirects import REDIRECTS
from build_scripts.model.problems import shown
from build_scripts.review.successors import ALIKE, Proposal, redirect_rows, unplaced


@click.command()
@click.option(
    "--base",
    type=click.Path(exists=True, path_type=Path),
    help="What was published: a folder with its data, or a list of ids such as data/passage-ids.txt of the site.",
)
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day to write into rows. Default: today.")
@click.pass_obj
def ids(root: Path, base: Path | None, day: datetime | None) -> None:
    """List the ids of all paragraphs, or propose where published ones went that are gone.

    With --base, rows for data/redirects.csv go to standard output, to be read and then appended; what no row can be
    proposed for goes to standard error, and the exit status is 1 as long as there is such a one.

    Example: evidence ids --base ../before
    """
    run = understand(root)
    if run.vocabulary is None:
        raise click.ClickException("the data cannot be understood: 'evidence check' says why")
    if base is None:
        for id in sorted(ids_of(run)):
            click.echo(id)
        return
    before = understand_base(base) if base.is_dir() else None
    published = ids_of(before) if before else published_ids(base)
    proposals = proposals_between(before.collection if before else None, published, run)
    click.echo(redirect_rows(proposals, given_day(day)), nl=False)
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
        return f"\n    several paragraphs are about as like it: {near}"
    if not proposal.words:
        return "\n    a list of ids does not hold its words: compare with a folder, as in --base ../before"
    return f"\n    nothing is like it: {shown(proposal.words)}\n    if it was taken out, leave the successor empty"
