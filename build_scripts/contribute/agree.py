"""Do the sources, a contributor and the collection say the same of a report? What differs is told, never passed over.

What would make the files wrong is a problem; what a person can only judge beside CQC's page is a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from build_scripts.contribute.recognise import Found, FoundPage, address_month, address_slug, report_address
from build_scripts.contribute.wanted import Wanted
from build_scripts.model.days import is_within
from build_scripts.model.evidence import Authority, Report
from build_scripts.model.problems import Problem
from build_scripts.model.vocabulary import Vocabulary

MEND = "compare both with CQC's page and correct the wrong one"

DECIDE = "compare both with CQC's page; --published says which of the two is right"

_IN_COLLECTION = "report.yml"


def dates_said(found: Iterable[Found]) -> list[tuple[str, str]]:
    """Return source and date of each date of publication that a source says."""
    return [(item.document.name, date) for item in found for date in item.dates]


def contradictions(
    found: Sequence[Found],
    wanted: Wanted,
    texts: Mapping[str, FoundPage],
    authority: Authority,
    report: Report | None,
    authorities: Sequence[Authority],
) -> Iterator[Problem]:
    """Yield where two say what cannot both be so (EV711, scores EV403); ``report`` is the one in the collection."""
    yield from _dates_that_differ(found, wanted, report)
    names = {each.slug: each.name for each in authorities}
    for item in found if wanted.authority else ():
        others = item.authorities or (() if item.pages else _councils_in(item, authority, authorities))
        if others and authority.slug not in others:
            said = " and ".join(names[each] for each in others)
            yield _differs("--authority", authority.name, item.document.name, said)
    if report and report.source and wanted.source and not _is_within(wanted.source, report.source):
        yield _differs("--source", wanted.source, _IN_COLLECTION, report.source)
    for id, score in wanted.scores.items():
        if report and id in report.scores and id not in texts and score not in report.scores_given(id):
            yield _differs("--score", f"{id}={score}", _IN_COLLECTION, f"{id}={report.scores[id]}")
    for item in found if report else ():
        for id, score in item.scores:
            if report and id in report.scores and score not in report.scores_given(id):
                yield _scores_differ(item.document.name, id, score, _IN_COLLECTION, report.scores[id])


def _councils_in(item: Found, own: Authority, authorities: Sequence[Authority]) -> list[str]:
    """Return the councils that a document of scores speaks of, where the one that it is said to be of is not among
    them: a press release has no title."""
    text = " ".join(item.document.text.split())
    named = [
        each.slug
        for each in authorities
        if any(
            re.search(
                rf"\b{re.escape(name)} (?:(?:city|county|borough|district|metropolitan) ){{0,2}}council\b", text, re.I
            )
            for name in each.names
        )
    ]
    return [] if own.slug in named else named[:3]


def _differs(where: str, given: str, other: str | Sequence[str], said: str, mend: str = MEND) -> Problem:
    others = [other] if isinstance(other, str) else list(dict.fromkeys(other))
    says = "says" if len(others) == 1 else "say"
    return Problem(where, 1, "EV711", f"it says {given!r}, but {' and '.join(others)} {says} {said!r}", mend)


def _scores_differ(where: str, id: str, score: int, other: str, said: int) -> Problem:
    return Problem(where, 1, "EV403", f"it gives {id} the score {score}, but {other} gives {said}", MEND)


def _dates_that_differ(found: Sequence[Found], wanted: Wanted, report: Report | None) -> Iterator[Problem]:
    """Yield dates that cannot be the same day; a month fits each of its days.

    A date that a contributor gives decides between sources that differ, where one of them has it. Several who say the
    same are told once.
    """
    said = dates_said(found)
    here = [(_IN_COLLECTION, report.published)] if report else []
    if given := wanted.published:
        others: dict[str, list[str]] = {}
        for where, date in [*here, *([] if _decides(given, said) else said)]:
            if not is_within(given, date):
                others.setdefault(date, []).append(where)
        for date, wheres in others.items():
            yield _differs("--published", given, wheres, date)
        return
    first, known = min([*here, *said], key=lambda each: (each[0] != _IN_COLLECTION, -len(each[1])), default=("", ""))
    for where, date in said:
        if not is_within(date, known):
            yield two_dates(where, date, first, known)


def two_dates(where: str, date: str, other: str, said: str) -> Problem:
    """Return the problem of a date that is not the other one; ``where`` and ``other`` are what says so."""
    return _differs(where, date, "another line of it" if where == other else other, said, DECIDE)


def _decides(given: str, said: Iterable[tuple[str, str]]) -> bool:
    return any(is_within(given, date) for _, date in said)


def _is_within(address: str, report: str) -> bool:
    """Return whether an address is that of a report's page or of one below it, however it is written."""
    return f"{_plain(address)}/".startswith(f"{_plain(report)}/")


def _plain(address: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|[?#].*", "", address.casefold()).rstrip("/")


def known_scores(
    found: Sequence[Found], wanted: Wanted, texts: Mapping[str, FoundPage], report: Report | None
) -> tuple[dict[str, int], list[Problem]]:
    """Return every score that is known, and the problems EV403 of scores that differ.

    Scores of before and after a regrade, of which ``report`` knows, may stand on different pages.
    """
    scores: dict[str, int] = {}
    said: dict[str, str] = {}
    problems: list[Problem] = []
    given = {(next(iter(texts)) if not id and len(texts) == 1 else id): score for id, score in wanted.scores.items()}
    told = [("--score", id, score) for id, score in given.items()]
    told += [(page.source, id, page.score) for id, page in texts.items() if page.score is not None]
    told += [(item.document.name, id, score) for item in found for id, score in item.scores]
    for source, id, score in told:
        both = {scores.setdefault(id, score), score}
        if len(both) > 1 and not (report and both <= set(report.scores_given(id))):
            problems.append(_scores_differ(source, id, score, said[id], scores[id]))
        said.setdefault(id, source)
    return scores, problems


def doubts(
    found: Sequence[Found],
    wanted: Wanted,
    authority: Authority,
    published: str,
    figures: tuple[str, int] | None,
    vocabulary: Vocabulary,
) -> Iterator[str]:
    """Yield what differs and only a person can judge, a sentence each.

    ``figures`` are the rating and percentage of ``report.yml``, None while they are not known.
    """
    for where, date in dates_said(found):
        if wanted.published and not is_within(wanted.published, date):
            yield f"{where} says that it was published {date}; {wanted.published} is taken"
    addresses = [(item.document.name, item.document.address) for item in found]
    addresses += [("--source", wanted.source)] if wanted.source else []
    known = {item.slug for item in vocabulary.authorities}
    reports: dict[str, str] = {}
    for where, address in addresses:
        if not (month := address_month(address)):
            continue
        if month != published[:7]:
            yield f"the address of {where} names the month {month}, but the report was published {published}"
        slug = address_slug(address)
        if slug in known and slug != authority.slug:
            yield f"the address of {where} names {slug}, but the report is {authority.slug}'s"
        reports.setdefault(_plain(report_address(address)), where)
    if len(reports) > 1:
        yield f"the addresses of {' and '.join(reports.values())} are those of different reports"
    if figures:
        yield from _figures(found, *figures)


def _figures(found: Sequence[Found], rating: str, percentage: int) -> Iterator[str]:
    for item in found:
        others = [each for each in item.ratings if each != rating]
        others += [f"{each}%" for each in item.percentages if each != percentage]
        if others:
            yield f"{item.document.name} has {' and '.join(others)} too; report.yml has {rating} and {percentage}%"
