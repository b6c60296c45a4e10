"""A draft beside the collection: what the collection is with its files, and which problems they bring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from build_scripts.check import check_collection
from build_scripts.commands.states import understood
from build_scripts.contribute.draft import Draft
from build_scripts.model.evidence import Evidence, Report, SourceFile, text_path
from build_scripts.model.problems import Problem
from build_scripts.pipeline.run import Run
from build_scripts.pipeline.understand import check, check_links, parse_texts, read_reports, tag

MOST_LETTERS = 100
"""Letters of a line that are shown."""


def with_draft(draft: Draft, before: Run) -> tuple[Run, tuple[Problem, ...]]:
    """Return the collection with the draft's files, and the problems that were not there before."""
    sources: Mapping[str, SourceFile] = {
        **before.sources,
        **{path: SourceFile(path, data) for path, data in draft.files.items()},
    }
    after = understood(sources)
    known = {(problem.path, problem.code, problem.what) for problem in before.problems}
    new = (each for each in after.problems if (each.path, each.code, each.what) not in known)
    return after, tuple(_turned(each, draft.files) for each in new)


def _turned(problem: Problem, files: Mapping[str, bytes]) -> Problem:
    """Return a problem that names the other text of two that are alike as one of the text that is added."""
    own = next((path for path in files if problem.what == f"the same paragraphs stand in {path}"), None)
    if own is None:
        return problem
    what = f"the same paragraphs stand in {problem.path} already"
    return Problem(own, 1, problem.code, what, "take the page that belongs here")


def line_of(problem: Problem, files: Mapping[str, bytes]) -> str:
    """Return how the line begins, of a file not yet written, that a problem is about; empty where it is about none."""
    lines = _lines(files.get(problem.path, b""))
    return lines[problem.line - 1][:MOST_LETTERS] if 1 < problem.line <= len(lines) else ""


@lru_cache(maxsize=1)
def _lines(data: bytes) -> tuple[str, ...]:
    return tuple(data.decode("utf-8").split("\n"))  # once for the many problems that a file may have


def with_report(id: str, files: Mapping[str, bytes], before: Run) -> tuple[Run, tuple[Problem, ...]]:
    """Return the collection with files of one report, and the problems that were not there before.

    What ``with_draft`` returns, found by reading this report alone: at national scale in a hundredth of the time. The
    labels of ``tests/gold`` are not compared anew.
    """
    if before.vocabulary is None:
        raise ValueError("the collection cannot be understood")
    folder = f"data/reports/{id}/"
    given = {path: SourceFile(path, data) for path, data in files.items()}
    own = {**{path: source for path, source in before.sources.items() if path.startswith(folder)}, **given}
    part = Run(dict(sorted(own.items())), before.schemas, vocabulary=before.vocabulary, rules=before.rules)
    for stage in (read_reports, parse_texts, tag, check):
        part = stage(part)
    after = replace(
        before,
        sources={**before.sources, **given},
        reports=tuple(sorted((*_others(id, before.reports), *part.reports), key=lambda report: report.id)),
        pages={**{key: page for key, page in before.pages.items() if key[0] != id}, **part.pages},
        earned=_joined(id, before.earned, part.earned),
        evidence=_joined(id, before.evidence, part.evidence),
        problems=tuple(each for each in before.problems if not each.path.startswith(folder)),
    )
    misplaced = {each.path for each in part.problems if each.code in ("EV505", "EV506")}
    placed = (each for each in after.evidence if text_path(each.report.id, each.statement) not in misplaced)
    after = check_links(after.found((*part.problems, *check_collection(placed, after.reports))))
    known = {(problem.path, problem.code, problem.what) for problem in before.problems}
    new = {each for each in after.problems if (each.path, each.code, each.what) not in known}
    return after, tuple(sorted(_turned(each, files) for each in new))


def _others(id: str, reports: Iterable[Report]) -> Iterator[Report]:
    return (report for report in reports if report.id != id)


def _joined(id: str, before: Iterable[Evidence], own: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return the evidence of all reports in their order, that of one exchanged."""
    others = (item for item in before if item.report.id != id)
    return tuple(sorted((*others, *own), key=lambda item: item.report.id))  # which keeps the order of statements
