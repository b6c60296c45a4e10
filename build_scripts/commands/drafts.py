"""A draft beside the collection: what the collection is with its files, and which problems they bring."""

from __future__ import annotations

from collections.abc import Mapping

from build_scripts.commands.states import understood
from build_scripts.contribute.draft import Draft
from build_scripts.model.evidence import SourceFile
from build_scripts.model.problems import Problem
from build_scripts.pipeline import Run


def with_draft(draft: Draft, before: Run) -> tuple[Run, tuple[Problem, ...]]:
    """Return the collection with the draft's files, and the problems that were not there before."""
    sources: Mapping[str, SourceFile] = {
        **before.sources,
        **{path: SourceFile(path, data) for path, data in draft.files.items()},
    }
    after = understood(sources)
    known = {(problem.path, problem.code, problem.what) for problem in before.problems}
    new = (each for each in after.problems if (each.path, each.code, each.what) not in known)
    return after, tuple(_turned(each, draft) for each in new)


def _turned(problem: Problem, draft: Draft) -> Problem:
    """Return a problem that names the other text of two that are alike as one of the text that is added."""
    own = next((path for path in draft.files if problem.what == f"the same passages stand in {path}"), None)
    if own is None:
        return problem
    what = f"the same passages stand in {problem.path} already"
    return Problem(own, 1, problem.code, what, "take the page that belongs here")


def line_of(problem: Problem, files: Mapping[str, bytes]) -> str:
    """Return the line of a file, not yet written, that a problem is about; empty where it is about none."""
    if problem.path not in files or problem.line < 2:
        return ""
    return files[problem.path].decode("utf-8").split("\n")[problem.line - 1]
