"""What the commands that set one state of the data beside another have in common: reading both, and their ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import click

from build_scripts.commands.progress import progress
from build_scripts.disk.read import read_schemas, read_sources
from build_scripts.facts.redirects import PASSAGE_ID, gone
from build_scripts.model.collection import Collection
from build_scripts.model.evidence import LARGEST, SourceFile
from build_scripts.model.problems import Problem, shown
from build_scripts.pipeline import UNDERSTANDING, run_pipeline
from build_scripts.pipeline.run import Run
from build_scripts.review.changes import passage_words
from build_scripts.review.successors import Proposal, propose, read_ids

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
    return understood(*read_sources(root))


def understood(sources: Mapping[str, SourceFile], unread: Iterable[Problem] = (), published: Iterable[str] = ()) -> Run:
    """Return the same of contributed files that were read already, telling how far it is."""
    with progress() as told:
        return run_pipeline(sources, read_schemas(), unread, published=published, stages=UNDERSTANDING, progress=told)


def published_ids(base: Path) -> frozenset[str]:
    """Return the ids that links may lead to: those of a published list, or of the data in a folder."""
    if base.is_dir():
        return ids_of(understand_base(base))
    if base.stat().st_size > LARGEST_LIST:
        raise click.UsageError(f"{base} has more than {LARGEST_LIST:,} bytes, so it is no list of ids")
    ids, others = read_ids(base.read_bytes().decode("utf-8", "replace"))
    if others:
        line, text = others[0]
        raise click.UsageError(
            f"{base}:{line}: {shown(text)} is no paragraph's id; give a list as 'evidence ids' writes it"
        )
    if not ids:
        raise click.UsageError(f"{base} lists no id; nothing can be compared with it")
    return frozenset(ids)


def ids_of(run: Run) -> frozenset[str]:
    """Return the ids that links may lead to; a report under a name that is none was never published."""
    return frozenset(id for id in (*run.passage_ids, *(each.retired for each in run.redirects)) if PASSAGE_ID.match(id))


def understand_base(base: Path) -> Run:
    if not (base / "data").is_dir():
        raise click.UsageError(f"{base} has no folder 'data': give a checkout of the project")
    run = understand(base)
    if run.vocabulary is None or not run.reports:
        first = run.problems[0]
        raise click.UsageError(f"the data in {base} cannot be understood: {first.path}:{first.line}: {first.what}")
    return run


def given_day(chosen: datetime | None = None) -> str:
    return (chosen or datetime.now(UTC)).date().isoformat()


def proposals_between(before: Collection | None, published: frozenset[str], run: Run) -> tuple[Proposal, ...]:
    words = passage_words(before) if before else dict.fromkeys(published, "")
    return propose(gone(published, run.passage_ids, run.redirects), words, passage_words(run.collection))
