"""Commands that set one state of the data beside another: ids, what a change does, what a rule does."""

from __future__ import annotations

from pathlib import Path

import click

from build_scripts.commands.states import (
    base_option,
    given_day,
    ids_of,
    proposals_between,
    understand_base,
    understood,
)
from build_scripts.disk.read import read_sources
from build_scripts.facts.weights import WEIGHTS
from build_scripts.review.explain import explain_change, explain_rules

NEEDED = ("data/themes.yml", "data/voices.yml")
RULES = (*NEEDED, WEIGHTS)
"""What decides which themes and voices a passage has."""


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
    base_run = understand_base(base)
    before, published = base_run.collection, ids_of(base_run)
    sources, unread = read_sources(root)
    run = understood(sources, unread, published)
    now = run.collection if run.vocabulary else None
    proposals = proposals_between(before, published, run) if now else ()
    same_as = str(base) if run.sources == base_run.sources else ""
    said = explain_change(before, now, run.problems, proposals, preview=preview, day=given_day(), same_as=same_as)
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
    """Show what a change of themes, voices or weights does: paragraphs gained and lost, accuracy before and after.

    The texts are those here, tagged once by the rules in the other folder and once by those here.

    Example: evidence diff-themes --base ../before
    """
    sources, unread = read_sources(root)
    earlier, _ = read_sources(base)
    if missing := [path for path in NEEDED if path not in earlier]:
        raise click.UsageError(f"{base} has no {missing[0]}: give a checkout of the project")
    now = understood(sources, unread)
    mixed = {path: source for path, source in sources.items() if path not in RULES}
    mixed |= {path: earlier[path] for path in RULES if path in earlier}
    before = understood(mixed, unread)
    if now.vocabulary is None or not now.vocabulary.themes or before.vocabulary is None:
        raise click.ClickException("the themes cannot be read: 'evidence check' says why")
    click.echo(explain_rules(before.collection, now.collection), nl=False)
    if now.problems:
        number = len(now.problems)
        click.echo(f"accuracy is not measured while there are problems ({number}): see 'evidence check'", err=True)
