"""Links into the project on GitHub, with forms filled in: a problem with a passage, a missing text or report.

All of them are plain links to ``REPO_URL``: they work without scripts, and there are none where it is not known.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote, urlencode

from build_scripts.model.collection import Finding
from build_scripts.model.evidence import Authority, Report
from build_scripts.model.vocabulary import Statement

PASSAGE_FORM = "passage.yml"
REPORT_FORM = "add-a-report.yml"
"""File names of issue forms, in ``.github/ISSUE_TEMPLATE/``."""

WORDS = 100
"""Characters of a passage that a link carries: enough to tell it from all others, and an address of safe length."""

CHECKED = "one source"
"""What a contributor who has just read CQC's page can say of its figures."""


def problem_link(repository: str, finding: Finding, with_words: bool) -> str:
    """Return the address of a new issue that names the passage; its id names its page.

    With all its words a link is three times as long, so lists leave them to the script that fills them in.
    """
    link = f"{repository}/issues/new?{_about(finding.id)}"
    if not with_words:
        return link
    return f"{link}&{urlencode({'words': shorten(finding.tagged.passage.text)}, safe='/', errors='ignore')}"


@lru_cache(1 << 16)  # a passage stands on the pages of its themes and voices too
def _about(passage: str) -> str:
    return urlencode({"template": PASSAGE_FORM, "passage": passage}, safe="/", errors="ignore")


def shorten(text: str) -> str:
    """Return the first words on one line, as many as a link carries."""
    plain = " ".join(text.split())
    return plain if len(plain) <= WORDS else f"{plain[:WORDS].rsplit(' ', 1)[0]} …"


def text_link(repository: str, report: Report, statement: Statement) -> str:
    """Return the address of GitHub's editor with a new file for the report's text on a statement."""
    return _new_file(repository, f"data/reports/{report.id}/{statement.id}.txt", text_template(statement))


def text_template(statement: Statement) -> str:
    """Return the line that a contributor replaces. It has no full stop: the check finds it wherever it is left."""
    return f"Replace this line with the whole text of CQC’s page on “{statement.name}”, from its title to its last line"


def report_link(repository: str, authority: Authority, statements: Iterable[Statement]) -> str:
    """Return the address of GitHub's editor with a new ``report.yml`` for an authority, its month left open."""
    return _new_file(
        repository, f"data/reports/{authority.slug}-YYYY-MM/report.yml", report_template(authority, statements)
    )


def report_template(authority: Authority, statements: Iterable[Statement]) -> str:
    """Return a ``report.yml`` of which only the values are missing: as long as one is, the check says which."""
    scores = "".join(f"  {statement.id}: \n" for statement in statements)
    return (
        f'authority: {authority.slug}\npublished: "YYYY-MM-DD"\nrating: \npercentage: \nscores:\n{scores}'
        f'source: "https://www.cqc.org.uk/"\nretrieved: "YYYY-MM-DD"\nchecked: {CHECKED}\n'
    )


def form_link(repository: str, authority: Authority) -> str:
    """Return the address of the form to add a report, its authority chosen."""
    fields = {"template": REPORT_FORM, "authority": authority.name}
    return f"{repository}/issues/new?{urlencode(fields, quote_via=quote)}"


def _new_file(repository: str, path: str, words: str) -> str:
    return f"{repository}/new/main?{urlencode({'filename': path, 'value': words}, safe='/', quote_via=quote)}"
