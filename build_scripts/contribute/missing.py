"""Say of a source what it has of a report and what it lacks: never is something passed over as done."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from build_scripts.contribute.draft import Draft
from build_scripts.contribute.fixed_lines import fixed_lines_in
from build_scripts.contribute.recognise import Found, statement_links
from build_scripts.contribute.score_lists import scores_in_words
from build_scripts.contribute.source_address import CQC
from build_scripts.model.evidence import ATTACHED
from build_scripts.model.problems import Problem, quoted, shown
from build_scripts.model.vocabulary import Framework
from build_scripts.model.wording import counted

MOST_NAMED = 4
SAVE_ATTACHED = "save what is attached, and add it"
LONGEST = 300
"""Characters of a line by which a page of this site may be known."""

_OWN_PAGE = re.compile(
    r"(?:The Care Quality Commission’s assessment of how .+ meets its adult social care duties"
    r"|.+, assessed by the Care Quality Commission), published (?:[0-9]{1,2} )?[A-Z][a-z]+ 20[0-9]{2}\Z"
)
"""The line below the title of the pages that this project made of a report and of a text until November 2026."""

_COPIED = re.compile(
    r";\s(?:copied from (?:CQC|the source)|taken over)\son\s(?:[0-9]{1,2}\s)?[A-Z][a-z]+\s20[0-9]{2}\."
)
"""What the foot of these pages says, in a line of any length."""

_TAKE = (
    "a statement page has the line “Key findings for this quality statement”: take the page that has it, whole, "
    "or one that opens without logging in"
)


def holds_nothing(item: Found, framework: Framework) -> Problem | None:
    """Return what to say of a document that has neither a text nor whole scores (EV707, EV714), None of one that does.

    The score of one statement alone is that of a page whose text was not recognised; so are scores among lines that
    only a statement page has. A page of this project's own is refused too, in whatever format: it is a copy of CQC's
    words with much between them, and a copy is no evidence.
    """
    if is_own_page(item):
        return _own_page(item)
    if item.pages:
        return None
    lines = fixed_lines_in(item.rest, framework)
    statements = dict(item.scores)
    if statements and len(statements) > 1 and not lines:
        return None
    if not statements and not lines and (worded := scores_in_words(item.rest, framework)):
        return _in_words(item.document.name, worded)
    if not statements and not lines:
        title = f" It calls itself {shown(item.document.title)}." if item.document.title else ""
        what = f"nothing in it is the text of a quality statement.{title}".rstrip(".")
        if attached := [said for said in item.document.unsure if ATTACHED in said]:
            return Problem(item.document.name, 1, "EV707", f"{what}; {attached[0].partition(': ')[0]}", SAVE_ATTACHED)
        leads = statement_links(item.document, framework)
        mend = (
            f"it leads to them: give its address, {item.address}, or save the pages that it leads to" if leads else ""
        )
        return Problem(item.document.name, 1, "EV707", what, mend or _TAKE)
    seen = [f"the score of {id} ({score})" for id, score in statements.items()] if len(statements) < 2 else []
    seen += [f"{len(statements)} scores"] if len(statements) > 1 else []
    seen += [quoted(line) for line in lines[: MOST_NAMED - len(seen)]]
    what = f"it has {', '.join(seen)}, and no line by which its text is known"
    mend = (
        "put the line “Key findings for this quality statement” above the key findings, as CQC's page has it, or take "
        "the page again, whole"
    )
    return Problem(item.document.name, 1, "EV714", what, mend)


def _in_words(name: str, worded: Mapping[str, str]) -> Problem:
    seen = f"{counted(len(worded), 'quality statement')} with words for scores ({quoted(next(iter(worded.values())))})"
    what = f"it has {seen}, no score as a figure and no text of a statement"
    mend = "take the summary page and the statement pages of the report: they have the scores as figures, and the texts"
    return Problem(name, 1, "EV714", what, mend)


def is_own_page(item: Found) -> bool:
    """Return whether a document is a page that this project makes, of this site or of one like it."""
    text = item.document.text
    below_title = any(len(line) <= LONGEST and _OWN_PAGE.match(line.strip()) for line in text.split("\n"))
    return below_title or bool(_COPIED.search(text))


def _own_page(item: Found) -> Problem:
    address = next((address for address, _ in item.document.links if address.startswith(CQC)), "")
    what = "this is a page of an evidence explorer, which has CQC's words from elsewhere"
    return Problem(item.document.name, 1, "EV707", what, f"take CQC's own page of the report: {address}".rstrip(": "))


def adds_nothing(draft: Draft, found: Sequence[Found]) -> Problem | None:
    """Return what to say when no file would be written and yet no text was found (EV714), None where one is here."""
    if draft.files or draft.texts:
        return None
    name = found[0].document.name if found else draft.report
    what = f"it has scores only, which {draft.report} has already, and no text of a quality statement"
    return Problem(name, 1, "EV714", what, "add the statement pages, each of which has its key findings")
