"""Tables that readers take away as CSV: what each column holds, and the files that the build makes.

They are written as the search writes its own (``search/engine/csv.js``): RFC 4180, in UTF-8 with a byte order mark, so
that spreadsheets read them as such; a cell that a spreadsheet would take for a formula has an apostrophe before it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO

from build_scripts.model.collection import Collection
from build_scripts.model.evidence import Authority, Report
from build_scripts.model.vocabulary import Statement
from build_scripts.pages.compare_data import CREDIT

Meanings = Mapping[str, str]
"""Column to what it holds, in the order of the file."""

_TYPES = "london-borough, metropolitan-borough, county or unitary."
_CREDIT = "What the licence asks you to write beside it."
"""What columns hold that several files have."""

AUTHORITY_MEANINGS: Meanings = {
    "slug": "Its id in addresses and in the other files, such as kensington-and-chelsea.",
    "name": "What it is called for short.",
    "full_name": "The name that it gives itself.",
    "ons_code": "Its code from the Office for National Statistics.",
    "region": "Its region, as the Office for National Statistics names it.",
    "type": _TYPES,
    "also": "Other names that people use, a semicolon between two. May be empty.",
}

SEARCH_MEANINGS: Meanings = {
    "reference": "The paragraph’s source in words: council, day, quality statement, score, and which paragraph it is.",
    "address": "Its permanent link on this site.",
    "id": "Its id: report, quality statement and p-, then 8 signs made of its words.",
    "authority": "The council’s short name.",
    "authority_type": "What kind of council it is, in words.",
    "region": "The council’s region.",
    "published": "The day when CQC published the report, or the month where the day is not known.",
    "rating": "The report’s rating.",
    "statement": "The quality statement, by its name.",
    "score": "The council’s score for that statement, 1 to 4.",
    "score_label": "What CQC says the score means.",
    "heading": "The sub-heading above the paragraph. May be empty.",
    "passage": "Which paragraph of its section it is, from 1.",
    "of": "How many paragraphs the section has.",
    "themes": "Its themes, a semicolon between two. May be empty.",
    "voices": "Whose voice it reports, a semicolon between two. May be empty.",
    "text": "CQC’s exact words. The items of a list stand on lines of their own.",
    "source": "CQC’s own page.",
    "credit": _CREDIT,
}
"""Of the file that the search saves; ``search/engine/csv.js`` has the values."""

_FORMULA = re.compile(r"[=+\-@\t\r]")


def score_meanings(statements: Iterable[Statement]) -> Meanings:
    """Return what each column of the table of scores holds; each statement has a column by its id."""
    scores = {each.id: f"Its score for “{each.name}”, 1 to 4." for each in statements}
    return {
        "report": "The report’s id, which is its address too: /reports/<report>/.",
        "authority": "The council’s id in addresses and in the other files.",
        "name": "The council’s short name.",
        "type": _TYPES,
        "region": "The council’s region.",
        "published": "The day when CQC published the report, or the month where the day is not known.",
        "framework": "The version of CQC’s rules under which it was rated. Empty where that cannot be told.",
        "rating": "CQC’s rating, as it stands after any regrade.",
        "percentage": "The nine scores as a whole percentage, as CQC works it out.",
        **scores,
        "regraded": "When CQC last changed the scores. Empty where it did not.",
        "withdrawn": "When CQC withdrew the report. Empty while it stands: leave withdrawn reports out of counts.",
        "source": "CQC’s own page. Empty where it is not known.",
        "retrieved": "The day when the scores were taken from CQC.",
        "credit": _CREDIT,
    }


def table_files(collection: Collection) -> dict[str, bytes]:
    """Return path below ``docs/`` to CSV: every report with its scores, and every authority, in order of their ids."""
    reports = sorted(collection.all_reports, key=lambda each: each.id)
    scores = [_scores(each, collection.authorities[each.authority]) for each in reports]
    authorities = sorted(collection.vocabulary.authorities, key=lambda each: each.slug)
    return {
        "data/scores.csv": _csv(score_meanings(collection.statements.values()), scores),
        "data/authorities.csv": _csv(AUTHORITY_MEANINGS, [_authority(each) for each in authorities]),
    }


def _scores(report: Report, authority: Authority) -> dict[str, str | int]:
    return {
        **report.scores,
        "report": report.id,
        "authority": authority.slug,
        "name": authority.name,
        "type": authority.type,
        "region": authority.region,
        "published": report.published,
        "framework": report.framework,
        "rating": report.rating,
        "percentage": report.percentage,
        "regraded": report.regrades[-1].date if report.regrades else "",
        "withdrawn": report.withdrawn.date if report.withdrawn else "",
        "source": report.source,
        "retrieved": report.retrieved,
        "credit": CREDIT,
    }


def _authority(authority: Authority) -> dict[str, str | int]:
    return {
        "slug": authority.slug,
        "name": authority.name,
        "full_name": authority.full_name,
        "ons_code": authority.ons_code,
        "region": authority.region,
        "type": authority.type,
        "also": "; ".join(authority.also),
    }


def _csv(columns: Meanings, rows: Sequence[Mapping[str, str | int]]) -> bytes:
    """Return the rows below a header; each row has a value for each column."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    return f"\ufeff{text.getvalue()}".encode("utf-8", "ignore")


def _cell(value: str | int) -> str | int:
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value
