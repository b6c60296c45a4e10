"""Say of a source what it has of a report and what it lacks: never is something passed over as done."""

from __future__ import annotations

from collections.abc import Sequence

from build_scripts.contribute.draft import Draft
from build_scripts.contribute.fixed_lines import fixed_lines_in
from build_scripts.contribute.recognise import Found
from build_scripts.model.problems import Problem, quoted, shown
from build_scripts.model.vocabulary import Framework

MOST_NAMED = 4

_TAKE = (
    "a statement page has the line “Key findings for this quality statement”: take the page that has it, whole, "
    "or one that opens without logging in"
)


def holds_nothing(item: Found, framework: Framework) -> Problem | None:
    """Return what to say of a document that has neither a text nor whole scores (EV707, EV714), None of one that does.

    The score of one statement alone is that of a page whose text was not recognised; so are scores among lines that
    only a statement page has.
    """
    if item.pages:
        return None
    lines = fixed_lines_in(item.rest, framework)
    statements = dict(item.scores)
    if statements and len(statements) > 1 and not lines:
        return None
    if not statements and not lines:
        title = f" It calls itself {shown(item.document.title)}." if item.document.title else ""
        what = f"nothing in it is the text of a quality statement.{title}".rstrip(".")
        return Problem(item.document.name, 1, "EV707", what, _TAKE)
    seen = [f"the score of {id} ({score})" for id, score in statements.items()] if len(statements) < 2 else []
    seen += [f"{len(statements)} scores"] if len(statements) > 1 else []
    seen += [quoted(line) for line in lines[: MOST_NAMED - len(seen)]]
    what = f"it has {', '.join(seen)}, and no line by which its text is known"
    mend = (
        "put the line “Key findings for this quality statement” above the key findings, as CQC's page has it, or take "
        "the page again, whole"
    )
    return Problem(item.document.name, 1, "EV714", what, mend)


def adds_nothing(draft: Draft, found: Sequence[Found]) -> Problem | None:
    """Return what to say when no file would be written and yet no text was found (EV714), None where one is here."""
    if draft.files or draft.texts:
        return None
    name = found[0].document.name if found else draft.report
    what = f"it has scores only, which {draft.report} has already, and no text of a quality statement"
    return Problem(name, 1, "EV714", what, "add the statement pages, each of which has its key findings")
