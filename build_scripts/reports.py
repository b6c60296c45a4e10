"""Turn a report's folder into its facts: the name of the folder and what ``report.yml`` says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from build_scripts.model import Correction, Report, TagCorrection
from build_scripts.problems import Problem, nearest
from build_scripts.vocabulary import Framework, Vocabulary
from build_scripts.yamltext import Document

FOLDER_NAME = re.compile(r"(?P<authority>[a-z0-9]+(?:-[a-z0-9]+)*)-(?P<month>20[0-9]{2}-(?:0[1-9]|1[0-2]))\Z")
"""``<authority>-<YYYY-MM>``"""


def make_report(id: str, document: Document, framework: Framework) -> Report:
    """Return the facts of a ``report.yml`` that satisfies its schema; its scores may still be wrong."""
    value = document.value
    scores = value["scores"]
    return Report(
        id=id,
        authority=value["authority"],
        published=value["published"],
        rating=value["rating"],
        percentage=value["percentage"],
        scores={item.id: scores[item.id] for item in framework.statements if item.id in scores},
        source=value["source"],
        retrieved=value["retrieved"],
        checked=value["checked"],
        checked_by=value.get("checked_by", ""),
        corrections=tuple(
            Correction(
                item["statement"],
                item["match"],
                item["value"],
                item["why"],
                document.line("corrections", number),
            )
            for number, item in enumerate(value.get("corrections", ()))
        ),
        tag_corrections=tuple(
            _tag_correction(document, number, item) for number, item in enumerate(value.get("tag_corrections", ()))
        ),
        path=document.path,
        lines={".".join(map(str, where)): line for where, line in document.lines.items()},
    )


def _tag_correction(document: Document, number: int, item: Mapping[str, Any]) -> TagCorrection:
    line = document.line("tag_corrections", number)
    return TagCorrection(item["passage"], tuple(item.get("add", ())), tuple(item.get("remove", ())), item["why"], line)


def check_facts(document: Document, report: Report, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield what is wrong inside one ``report.yml``: names, scores, rating (EV301 to EV305, EV401 to EV405)."""
    yield from _check_names(report, vocabulary)
    yield from _check_scores(document, report, vocabulary.framework)


def _check_names(report: Report, vocabulary: Vocabulary) -> Iterator[Problem]:
    slugs = [authority.slug for authority in vocabulary.authorities]
    if report.authority not in slugs:
        what = f"unknown authority {report.authority!r}"
        mend = f"{nearest(report.authority, slugs)}use a slug of data/authorities.csv"
        yield Problem(report.path, report.lines["authority"], "EV301", what, mend)
    folder = f"{report.authority}-{report.published[:7]}"
    if report.id != folder and FOLDER_NAME.match(report.id):
        what = f"the folder is {report.id!r} but authority and published give {folder!r}"
        mend = "rename the folder, or correct authority or published"
        yield Problem(report.path, report.lines["authority"], "EV305", what, mend)


def _check_scores(document: Document, report: Report, framework: Framework) -> Iterator[Problem]:
    ids = [statement.id for statement in framework.statements]
    allowed = sorted(framework.score_labels)
    written = document.value["scores"]
    for id, score in written.items():
        line = document.line("scores", id)
        if id not in ids:
            mend = f"{nearest(id, ids)}the statements are {', '.join(ids)}"
            yield Problem(report.path, line, "EV302", f"unknown statement {id!r} in scores", mend)
        elif score not in allowed:
            what = f"score of {id!r} must be {allowed[0]} to {allowed[-1]} (got {score!r})"
            yield Problem(report.path, line, "EV402", what, "write the score that CQC's page shows")
    missing = [id for id in ids if id not in written]
    if missing:
        what = f"no score for {', '.join(missing)}"
        yield Problem(report.path, document.line("scores"), "EV401", what, "add a line for each under scores")
    names = [band.name for band in framework.ratings]
    if report.rating not in names:
        what = f"rating must be one of {', '.join(names)} (got {report.rating!r})"
        mend = f"{nearest(report.rating, names)}write the rating as CQC's page shows it"
        yield Problem(report.path, document.line("rating"), "EV207", what, mend)
    elif len(report.scores) == len(ids) and all(score in allowed for score in report.scores.values()):
        yield from _check_rating(document, report, framework)


def _check_rating(document: Document, report: Report, framework: Framework) -> Iterator[Problem]:
    total, most = sum(report.scores.values()), len(report.scores) * max(framework.score_labels)
    percentage = framework.percentage(report.scores.values())
    mend = "compare the nine scores and this line with CQC's page"
    given = f"the nine scores add up to {total} of {most}"
    if report.percentage != percentage:
        what = f"percentage is {report.percentage} but {given}, which is {percentage}%"
        yield Problem(report.path, document.line("percentage"), "EV405", what, mend)
    if report.rating != framework.rating(percentage):
        what = f"rating is {report.rating!r} but {given}, which is {framework.rating(percentage)!r}"
        yield Problem(report.path, document.line("rating"), "EV404", what, mend)
