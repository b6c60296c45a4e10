"""Turn a report's folder into its facts: the name of the folder and what ``report.yml`` says."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from build_scripts.facts.events import check_events, make_events
from build_scripts.facts.framework import has_rating_rule
from build_scripts.facts.yaml_text import Document
from build_scripts.model.evidence import Correction, Figures, Report, SourcePage, TagCorrection
from build_scripts.model.problems import Problem, closest, nearest, shown
from build_scripts.model.vocabulary import SCORES, Framework, Vocabulary

FOLDER_NAME = re.compile(r"(?P<authority>[a-z0-9]+(?:-[a-z0-9]+)*)-(?P<month>20[0-9]{2}-(?:0[1-9]|1[0-2]))\Z")
"""``<authority>-<YYYY-MM>``"""

_COPY = re.compile(r"(?:~|\.(?:bak|orig|old|rej|sw[op]|te?mp))\Z", re.IGNORECASE)
"""How the names end that editors and git give to what a file was before."""

_DOCUMENT = re.compile(r"\.(?:docx|eml|html?|mhtml?|odt|pdf|rtf|webarchive|xhtml|zip)\Z", re.IGNORECASE)
"""How the names of documents end that ``evidence add`` reads, and that are no text."""


def check_folder(id: str, files: Collection[str], statements: Collection[str]) -> Iterator[Problem]:
    """Yield what is wrong with the names in a report's folder (EV103, EV104).

    ``files`` are paths below the folder; ``statements`` the ids of all quality statements, empty when not known.
    """
    folder = f"data/reports/{id}"
    if all("/" in file for file in files):
        what = f"the folder {shown(id)} holds folders but no report"
        yield Problem(folder, 1, "EV104", what, "move each report's folder straight into data/reports/")
        return
    if not FOLDER_NAME.match(id):
        what = f"the folder {shown(id)} is not named <authority>-<YYYY-MM>"
        yield Problem(folder, 1, "EV104", what, "name it after the authority's slug and the month, e.g. camden-2025-02")
    allowed = ["report.yml", *(f"{statement}.txt" for statement in statements)]
    for file in files:
        if "/" in file:
            what, mend = "a file in a folder inside the report's folder", f"move it into {folder}/, or remove it"
            yield Problem(f"{folder}/{file}", 1, "EV103", what, mend)
        elif statements and file not in allowed:
            yield unexpected_file(
                f"{folder}/{file}", allowed, f"a text is named after its statement: {', '.join(allowed[1:])}"
            )


def unexpected_file(path: str, allowed: Collection[str], mend: str) -> Problem:
    """Return the problem EV103 of a file whose name is not one of those that its folder holds."""
    name = path.rpartition("/")[2]
    meant = next((each for each in allowed if is_misnamed(name, each)), None)
    if _COPY.search(name):
        help = "remove it: it is a copy that a program keeps"
    elif path.startswith("data/reports/") and _DOCUMENT.search(name):
        help = "take its text with make add FILE=…, and remove it"
    else:
        help = f"rename it to {meant}" if meant else f"{nearest(name, allowed)}{mend}"
    return Problem(path, 1, "EV103", f"unexpected file {shown(name)}", help)


def is_misnamed(name: str, meant: str) -> bool:
    """Return whether a name is the one meant but for its ending or capitals: ``report.yaml``, ``Equity.txt.txt``."""
    return name != meant and name.casefold().split(".")[0] == meant.split(".")[0]


def make_report(id: str, document: Document, framework: Framework) -> Report:
    """Return the facts of a ``report.yml`` that satisfies its schema; its scores may still be wrong."""
    value = document.value
    pages = value.get("pages", {})
    scores = {item.id: value["scores"][item.id] for item in framework.statements if item.id in value["scores"]}
    figures = Figures(value["rating"], value["percentage"], scores)
    return Report(
        id=id,
        authority=value["authority"],
        published=value["published"],
        rating=figures.rating,
        percentage=figures.percentage,
        scores=figures.scores,
        source=value.get("source", ""),
        retrieved=value["retrieved"],
        checked=value["checked"],
        checked_by=value.get("checked_by", ""),
        checked_note=value.get("checked_note", ""),
        framework=_version(document, framework),
        events=make_events(document, figures),
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
        pages={item.id: SourcePage(**pages[item.id]) for item in framework.statements if item.id in pages},
        path=document.path,
        lines={".".join(map(str, where)): line for where, line in document.lines.items()},
    )


def _version(document: Document, framework: Framework) -> str:
    """Return the version that is named, or else the only one of which the report can be; empty where none is sure."""
    in_use = [version.id for version in framework.in_use(document.value["published"])]
    named = document.value.get("framework", "")
    return named if named in in_use else in_use[0] if len(in_use) == 1 else ""


def _tag_correction(document: Document, number: int, item: Mapping[str, Any]) -> TagCorrection:
    line = document.line("tag_corrections", number)
    return TagCorrection(item["passage"], tuple(item.get("add", ())), tuple(item.get("remove", ())), item["why"], line)


def check_facts(document: Document, report: Report, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield what is wrong inside one ``report.yml``: EV204, EV205, EV207, EV301 to EV310 and EV401 to EV406."""
    yield from _check_names(report, vocabulary)
    yield from _check_dates(report)
    yield from _check_pages(document, vocabulary.framework)
    yield from _check_repeats(report)
    yield from _check_version(document, vocabulary.framework)
    yield from check_events(document, vocabulary.framework)
    yield from _check_scores(document, report, vocabulary.framework)


def _check_names(report: Report, vocabulary: Vocabulary) -> Iterator[Problem]:
    slugs = [authority.slug for authority in vocabulary.authorities]
    known = report.authority in slugs
    if slugs and not known:
        what = f"unknown authority {shown(report.authority)}"
        mend = f"{nearest(report.authority, slugs)}use a slug of data/authorities.csv"
        yield Problem(report.path, report.lines["authority"], "EV301", what, mend)
    folder = FOLDER_NAME.match(report.id)
    if folder and known and folder["authority"] != report.authority:
        what = f"the folder is named after {folder['authority']!r} but authority is {report.authority!r}"
        mend = f"correct authority, or rename the folder to {report.authority}-{report.published[:7]}"
        yield Problem(report.path, report.lines["authority"], "EV305", what, mend)
    if folder and folder["month"] != report.published[:7]:
        what = f"the folder is named after {folder['month']!r} but published is {report.published!r}"
        authority = report.authority if known else folder["authority"]
        mend = f"correct published, or rename the folder to {authority}-{report.published[:7]}"
        yield Problem(report.path, report.lines["published"], "EV305", what, mend)


def _check_dates(report: Report) -> Iterator[Problem]:
    # A month of publication sorts before each of its days.
    if report.retrieved < report.published:
        what = f"retrieved is {report.retrieved!r}, which is before published, {report.published!r}"
        yield Problem(report.path, report.lines["retrieved"], "EV307", what, "correct the one that is wrong")


def _check_pages(document: Document, framework: Framework) -> Iterator[Problem]:
    """Yield pages of statements that there are not, or that were retrieved before the report was published."""
    ids = [statement.id for statement in framework.statements]
    for id, page in document.value.get("pages", {}).items():
        if id not in ids:
            mend = f"{nearest(id, ids)}the statements are {', '.join(ids)}"
            yield Problem(
                document.path, document.line("pages", id), "EV302", f"unknown statement {shown(id)} in pages", mend
            )
        if page["retrieved"] < document.value["published"]:
            what = f"retrieved is {page['retrieved']!r}, which is before published, {document.value['published']!r}"
            line = document.line("pages", id, "retrieved")
            yield Problem(document.path, line, "EV307", what, "correct the one that is wrong")


def _check_repeats(report: Report) -> Iterator[Problem]:
    """Yield corrections of the same words or the same passage."""
    seen: dict[tuple[str, ...], int] = {}
    keys = [((each.statement, each.match), each.line) for each in report.corrections]
    for key, line in (*keys, *(((each.passage,), each.line) for each in report.tag_corrections)):
        if key in seen:
            what = f"{shown(key[-1])} is corrected in line {seen[key]} too"
            yield Problem(report.path, line, "EV304", what, "make one correction of the two")
        seen.setdefault(key, line)


def _check_version(document: Document, framework: Framework) -> Iterator[Problem]:
    """Yield a version that there is not, or was not in use yet, and that one must be named where several were."""
    in_use = [version.id for version in framework.in_use(document.value["published"])]
    named = document.value.get("framework")
    known = f"those in use when it was published are {', '.join(in_use)}"
    if named is None and len(in_use) > 1:
        mend = f"add a line “framework: …” with the version under which it was rated; {known}"
        yield Problem(document.path, 1, "EV205", "key 'framework' is missing", mend)
    elif named is not None and named not in in_use:
        is_version = framework.version(named) is not None
        what = f"framework {shown(named)} was not in use yet" if is_version else f"unknown framework {shown(named)}"
        mend = f"{'' if is_version else nearest(named, in_use)}{known}"
        yield Problem(document.path, document.line("framework"), "EV310", what, mend)


def _check_scores(document: Document, report: Report, framework: Framework) -> Iterator[Problem]:
    ids = [statement.id for statement in framework.statements]
    written = document.value["scores"]
    for id, score in written.items():
        line = document.line("scores", id)
        if id not in ids:
            mend = f"{nearest(id, ids)}the statements are {', '.join(ids)}"
            yield Problem(report.path, line, "EV302", f"unknown statement {shown(id)} in scores", mend)
        elif score not in SCORES:
            what = f"score of {id!r} must be {SCORES[0]} to {SCORES[-1]} (got {score!r})"
            yield Problem(report.path, line, "EV402", what, "write the score that CQC's page shows")
    # A statement that is only misspelt is not missing as well.
    slips = {closest(id, ids) for id in written if id not in ids}
    missing = [id for id in ids if id not in written and id not in slips]
    if missing:
        what = f"no score for {', '.join(missing)}"
        yield Problem(report.path, document.line("scores"), "EV401", what, "add a line for each under scores")
    own = framework.under(report.framework)
    yield from _check_rating(document, Figures(report.rating, report.percentage, report.scores), own)
    for number, event in enumerate(report.events):
        if event.before:
            yield from _check_rating(document, event.before, own, "events", number, "before")


def _check_rating(document: Document, report: Figures, framework: Framework, *where: str | int) -> Iterator[Problem]:
    """Yield where rating and percentage, which stand at ``where``, are not those of the nine scores."""
    names = [band.name for band in framework.ratings]
    if report.rating not in names:
        what = f"rating must be one of {', '.join(names)} (got {shown(report.rating)})"
        mend = f"{nearest(report.rating, names)}write the rating as CQC's page shows it"
        yield Problem(document.path, document.line(*where, "rating"), "EV207", what, mend)
    complete = len(report.scores) == len(framework.statements)
    if not (complete and all(score in SCORES for score in report.scores.values()) and has_rating_rule(framework)):
        return
    total, most = sum(report.scores.values()), framework.most
    percentage = framework.percentage_of(total)
    rating = framework.rating(percentage)
    given = f"the nine scores add up to {total} of {most}, which is {percentage}% ({rating})"
    if report.percentage != percentage:
        what = f"percentage is {report.percentage} but {given}"
        mend = "compare the nine scores, percentage and rating with CQC's page"
        yield Problem(document.path, document.line(*where, "percentage"), "EV405", what, mend)
    # A wrong score shifts percentage and rating together: where those two agree, one problem says it.
    named = report.rating in names
    agree = report.percentage != percentage and framework.rating(report.percentage) == report.rating
    if named and report.rating != rating and not agree:
        what = f"rating is {report.rating!r} but {given}"
        mend = "compare the nine scores and rating with CQC's page"
        yield Problem(document.path, document.line(*where, "rating"), "EV404", what, mend)
