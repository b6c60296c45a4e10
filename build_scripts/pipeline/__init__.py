"""The stages in order. Each takes what is known so far and returns it with more: values in, values out.

In: contributed files, schemas, and what the site has from elsewhere. Out: a ``Run`` (``run.py``), which has all
problems, or without any the files of the site. ``understand.py`` has the stages that take the data in, ``show.py``
those that make files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from build_scripts.model.evidence import SourceFile
from build_scripts.model.problems import Problem
from build_scripts.model.progress import UNSEEN, Progress
from build_scripts.pipeline.run import Memory, Run
from build_scripts.pipeline.show import export, index, join, read_guides, render
from build_scripts.pipeline.understand import (
    check,
    check_links,
    learn_words,
    measure_rules,
    parse_texts,
    read_reports,
    tag,
)

UNDERSTANDING: tuple[Callable[[Run], Run], ...] = (
    learn_words,
    read_reports,
    parse_texts,
    tag,
    check,
    check_links,
    measure_rules,
)
"""The stages that take the data in."""

SHOWING: tuple[Callable[[Run], Run], ...] = (render, export)
"""The stages that make pages, and what is offered beside them, of what was understood."""

STAGES: tuple[Callable[[Run], Run], ...] = (*UNDERSTANDING, *SHOWING, read_guides, join, index)


def run_pipeline(
    sources: Mapping[str, SourceFile],
    schemas: Mapping[str, Mapping[str, Any]],
    unread: Iterable[Problem] = (),
    *,
    site: Mapping[str, bytes] | None = None,
    published: Iterable[str] = (),
    repository: str = "",
    stages: Iterable[Callable[[Run], Run]] = (),
    progress: Progress = UNSEEN,
    memory: Memory | None = None,
) -> Run:
    """Return what becomes of the sources; ``files`` is filled only when there are no problems.

    ``unread`` are the problems of files that could not be read at all, ``site`` is what the site has from elsewhere,
    ``published`` the ids of passages that links may lead to already, ``repository`` is the project's address on
    GitHub, ``stages`` are those to run: all of them, or those of ``UNDERSTANDING``. ``progress`` is told of the stages
    that take long; ``memory`` is that of runs before.
    """
    # The order in which files were read must not show in anything that is made from them.
    run = Run(
        dict(sorted(sources.items())),
        schemas,
        site or {},
        problems=tuple(unread),
        published=frozenset(published),
        repository=repository,
        progress=progress,
        memory=memory or Memory(),
    )
    for stage in stages or STAGES:
        run = stage(run)
    return replace(run, problems=tuple(sorted(set(run.problems))))
