"""What pages say of what CQC did to a report after publishing it, and of the rules under which it was rated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from build_scripts.model.evidence import Event, Figures, Report
from build_scripts.model.wording import long_date, month
from build_scripts.pages.frame.addresses import report_address
from build_scripts.pages.frame.site import Site


@dataclass(frozen=True, slots=True)
class Told:
    """An event as a page tells it."""

    what: str
    """``withdrawn``, ``restored`` or ``regraded``."""
    when: str
    """``on 2 February 2026``, ``in February 2026``."""
    why: str
    source: str
    before: Figures | None
    after: Figures | None
    changed: tuple[tuple[str, str, int, int], ...]
    """Each score that a regrade changed: statement's id and name, before, after."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands at the top of a page of a report."""

    events: tuple[Told, ...]
    """The newest first."""
    withdrawn: bool
    month: str
    address: str
    """Of the report."""
    instead: tuple[tuple[str, str], ...]
    """Of one withdrawn, month and address of the authority's report that stands, if there is one."""


def notice(site: Site, report: Report) -> Notice:
    """Return what is to be said of a report: nothing happened to most."""
    events = tuple(_told(site, event) for event in reversed(report.events))
    current = site.collection.current.get(report.authority)
    instead = ((month(current.published), report_address(current.id)),) if report.withdrawn and current else ()
    address = report_address(report.id)
    return Notice(events, report.withdrawn is not None, month(report.published), address, instead)


def notices(site: Site, reports: Iterable[Report]) -> list[Notice]:
    """Return the notices of those of the reports that have one."""
    return [notice(site, report) for report in reports if report.events]


def _told(site: Site, event: Event) -> Told:
    when = f"{'on' if len(event.date) > len('2026-02') else 'in'} {long_date(event.date)}"
    names = site.collection.statements
    changed = tuple((id, names[id].name, before, after) for id, before, after in event.changed)
    return Told(event.what, when, event.why.rstrip("."), event.source, event.before, event.after, changed)


def methods(site: Site, reports: Iterable[Report]) -> list[tuple[str, str]]:
    """Return name and method of each version of the framework under which the reports were rated, each once."""
    framework = site.collection.vocabulary.framework
    found = (framework.version(id) for id in dict.fromkeys(report.framework for report in reports))
    return [(version.name, version.method) for version in found if version]
