"""Compare CQC's pages with the collection: which reports are new, which addresses answer; as notices of both."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from build_scripts.model.authority_names import authorities_named
from build_scripts.model.evidence import Authority, Report
from build_scripts.model.github_words import quoted

LIST = "https://www.cqc.org.uk/care-services/local-authority-assessment-reports"
"""CQC's list of its reports."""

REPORTS_MARKER = "<!-- care-evidence: new-reports -->"
ADDRESSES_MARKER = "<!-- care-evidence: addresses -->"
LAYOUT_MARKER = "<!-- care-evidence: layout -->"
"""First lines of the notices: by them the one open issue of each is found again."""

FEWEST = 0.9
"""Share of the reports known to be on the list that must be seen on it; below, its layout has changed."""

_MONTH = re.compile(r"(?P<name>[a-z0-9-]+?)-?(?P<month>0[1-9]|1[0-2])(?P<year>[0-9]{2})\Z")
_RECORD = re.compile(
    r"^- `(?P<address>https?://[^`\s]+)` last answered (?P<day>20[0-9]{2}-[0-9]{2}-[0-9]{2})\s*$", re.MULTILINE
)


_STATES = (
    ("gone", "Gone", "CQC’s site says that there is no such page. Write the report’s new address into report.yml."),
    ("moved", "Moved", "The page is at another address now. Write that into report.yml once you have seen it."),
    ("not reached", "Not reached", "The network or a busy site: nothing is concluded, and next week asks again."),
)
"""What may have come of asking, its heading, and what to do."""

NOT_ASKED = "not asked"
"""State of an address that the time was too short for: nothing is concluded about it."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A report as CQC's list names it."""

    address: str
    words: str
    """What the link says."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking for one address."""

    address: str
    report: str
    state: str
    """``answers``, ``moved``, ``gone``, ``not reached`` or ``NOT_ASKED``: only a site that says so itself makes a page
    gone."""
    detail: str = ""
    """Where it moved to, what went wrong, or why it was not asked for."""


class ImpossibleListError(Exception):
    """The list cannot be right; its text says why."""


def listed_reports(start: str, links: Iterable[tuple[str, str]]) -> tuple[tuple[Listed, ...], tuple[str, ...]]:
    """Return the reports that links lead to, each once, and further pages of the list.

    ``links`` are (whole address, words); a report's address has one more part than the list's own, ``start``.
    """
    here = urlsplit(start)
    base = here.path.rstrip("/")
    reports: dict[str, Listed] = {}
    pages: dict[str, None] = {}
    for address, words in links:
        parts = urlsplit(address)
        if parts.netloc != here.netloc:
            continue
        path = parts.path.rstrip("/")
        if path == base and parts.query == "page=0":
            continue  # the list itself
        if path == base and parts.query and set(parse_qs(parts.query)) == {"page"}:
            pages[parts._replace(fragment="").geturl()] = None
        elif re.fullmatch(rf"{re.escape(base)}/[^/]+", path):
            whole = parts._replace(path=path, query="", fragment="").geturl()
            said = " ".join(words.split())
            if whole not in reports or (said and not reports[whole].words):
                reports[whole] = Listed(whole, said)
    return tuple(reports.values()), tuple(pages)


def new_reports(
    listed: Sequence[Listed], reports: Sequence[Report], authorities: Iterable[Authority], start: str
) -> list[Listed]:
    """Return what is on the list and not in the collection; raise ``ImpossibleListError`` for a list that cannot be.

    A report whose address is not recorded here is known by its authority's name and month.
    """
    sources = {_plain(report.source) for report in reports if report.source}
    ours = {each for each in sources if each.startswith(_plain(start) + "/")}
    seen = {_plain(each.address) for each in listed}
    if not listed:
        raise ImpossibleListError("no report is on the list: its layout has changed, or it is another page")
    if len(ours & seen) < FEWEST * len(ours):
        raise ImpossibleListError(
            f"only {len(ours & seen)} of the {len(ours)} reports that are known to be on the list were seen: "
            "its layout has changed, or it broke off"
        )
    authorities = tuple(authorities)
    return [each for each in listed if known_report(each, reports, authorities) is None]


def known_report(listed: Listed, reports: Sequence[Report], authorities: Iterable[Authority]) -> Report | None:
    """Return the report of the collection that the list names, None where it is not here.

    It is known by its address; one whose address is not recorded here by its authority's name and month. Of two with
    one address it is the one that stands.
    """
    reports = sorted(reports, key=lambda report: report.withdrawn is not None)
    address, authorities = _plain(listed.address), tuple(authorities)
    if own := next((report for report in reports if report.source and _plain(report.source) == address), None):
        return own
    unrecorded = (report for report in reports if not report.source)
    return next((each for each in unrecorded if _is_of(listed, each.authority, each.published[:7], authorities)), None)


def missing_reports(listed: Iterable[Listed], reports: Iterable[Report], start: str) -> list[Report]:
    """Return the reports of the collection whose address is one of the list's, and which it does not name any more."""
    seen = {_plain(each.address) for each in listed}
    return [
        report
        for report in reports
        if _plain(report.source).startswith(f"{_plain(start)}/") and _plain(report.source) not in seen
    ]


def is_of_authority(listed: Listed, slugs: Collection[str], authorities: Iterable[Authority]) -> bool:
    """Return whether the words or the address of a report on the list name one of these authorities."""
    found = _MONTH.match(listed.address.rpartition("/")[2].lower())
    names = (listed.words, found["name"] if found else "")
    known = tuple(authorities)
    return any(set(authorities_named(name, known)) & set(slugs) for name in names if name)


def _is_of(listed: Listed, slug: str, month: str, authorities: Iterable[Authority]) -> bool:
    """Return whether the last part of the address has the month, and it or the words name the authority alone."""
    found = _MONTH.match(listed.address.rpartition("/")[2].lower())
    if not found or f"20{found['year']}-{found['month']}" != month:
        return False
    return any(authorities_named(name, authorities) == (slug,) for name in (found["name"], listed.words))


def _plain(address: str) -> str:
    """Return an address in one form, whatever its scheme, capitals and last slash."""
    return address.partition("://")[2].partition("#")[0].rstrip("/").casefold()


def reports_notice(new: Sequence[Listed], seen: int, day: str, form: str) -> tuple[str, str]:
    """Return title and body of the notice of new reports, both empty when there is none.

    ``form`` is the address of the form with which one is added, empty where the project's own address is not known.
    """
    if not new:
        return "", ""
    title = f"{len(new)} {'report is' if len(new) == 1 else 'reports are'} on CQC’s list and not here yet"
    lines = [f"- {quoted(each.words or 'no name given')}: {quoted(each.address, 300)}" for each in new]
    add = f"[Add a section with the form]({form}), or" if form else "Add one as docs/contribute/ says, or"
    parts = (
        f"{REPORTS_MARKER}\nCompared on {day}: {seen} reports are on CQC’s list, and these are not in the collection.",
        "\n".join(lines),
        f"{add} its scores alone, as a report.yml. This list renews itself and closes when nothing is left.",
    )
    return title, "\n\n".join(parts) + "\n"


def last_answers(notice: str) -> dict[str, str]:
    """Return address to the day when it last answered, as an earlier notice of addresses has them."""
    return {found["address"]: found["day"] for found in _RECORD.finditer(notice)}


def addresses_notice(answers: Sequence[Answer], before: Mapping[str, str], day: str) -> tuple[str, str]:
    """Return title and body of the notice of addresses: what to look at, then the day when each last answered."""
    days = {
        each.address: day if each.state in ("answers", "moved") else before.get(each.address, "") for each in answers
    }
    asked = [each for each in answers if each.state != NOT_ASKED]
    wrong = [each for each in asked if each.state != "answers"]
    good, left = f"{len(asked) - len(wrong)} of {len(asked)}", [each for each in answers if each.state == NOT_ASKED]
    title = f"CQC’s pages: {good} answered on {day}{f', {len(left)} were not asked for' if left else ''}"
    said = f"Asked on {day}: {good} addresses of CQC’s pages answered."
    if left:
        said += f" {len(left)} more were not asked for, because {left[0].detail}: nothing is concluded about them."
    parts = [f"{ADDRESSES_MARKER}\n{said}"]
    for state, heading, advice in _STATES:
        found = [each for each in wrong if each.state == state]
        if found:
            rows = "\n".join(f"- {_wrong(each, days[each.address])}" for each in found)
            parts.append(f"### {heading}\n\n{advice}\n\n{rows}")
    records = "\n".join(f"- `{address}` last answered {last}" for address, last in sorted(days.items()) if last)
    parts.append(f"### When each last answered\n\n{records}")
    return title, "\n\n".join(parts) + "\n"


def _wrong(answer: Answer, last: str) -> str:
    said = f"{quoted(answer.report)} {quoted(answer.address, 300)}: {quoted(answer.detail, 300)}"
    if answer.state == "moved":
        return said
    return f"{said}; last answered {last}" if last else f"{said}; never seen to answer"
