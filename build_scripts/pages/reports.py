"""Pages of reports: the index, one page a report, and one a text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from build_scripts.model.collection import Finding, tag_counts
from build_scripts.model.evidence import Evidence, Redirect, Report
from build_scripts.model.wording import counted, day_range, long_date, month
from build_scripts.pages.events import notice
from build_scripts.pages.frame.addresses import report_address, text_address
from build_scripts.pages.frame.site import Page, Site
from build_scripts.pages.very_words import text_directives
from build_scripts.text.letters import fold

CHECKED = {
    "two sources": "The scores are the same in two sources",
    "one source": "The scores were taken from one source",
    "differs": "A second source, a press release, differs in one score; the score kept is that of CQC’s report pages",
}
"""``checked`` in report.yml, as a sentence without its stop."""


def how_checked(report: Report) -> str:
    """Return how a report's figures were checked, as a sentence without its stop: in its own words where it has any."""
    return report.checked_note.rstrip(".") or CHECKED[report.checked]


def as_of(reports: Collection[Report]) -> str:
    """Return of when figures are that count these reports, as a sentence; empty where there is no report."""
    published = sorted(report.published[:7] for report in reports)
    copied = sorted({report.retrieved for report in reports})
    if not published:
        return ""
    return f"Figures: CQC’s reports published up to {month(published[-1])}, copied {day_range(copied[0], copied[-1])}."


ELSEWHERE = 10
"""How many other texts on the same statement a text page links to."""


def report_pages(site: Site) -> Iterator[Page]:
    """Yield the index of reports, every report's page and every text's page."""
    yield _index(site)
    for report in site.collection.all_reports:
        yield _report(site, report)
        yield from text_pages(site, ((report.id, statement) for statement in report.scores))
    yield from _left_pages(site)


def count_report_pages(site: Site) -> int:
    """Return how many pages ``report_pages`` yields."""
    collection = site.collection
    return 1 + len(collection.all_reports) + len(collection.texts) + len(_left_texts(site))


def text_pages(site: Site, texts: Iterable[tuple[str, str]]) -> Iterator[Page]:
    """Yield the page of each of these texts, (report id, statement id), that is in the collection."""
    for text in texts:
        if evidence := site.collection.texts.get(text):
            yield _text(site, evidence, site.collection.by_text.get(text, ()))


def score_rows(site: Site, report: Report) -> list[dict[str, Any]]:
    """Return a row for each statement of a report: its score, and its text where the collection has it."""
    rows = []
    for id, score in report.scores.items():
        statement = site.collection.statements[id]
        evidence = site.collection.texts.get((report.id, id))
        rows.append(
            {
                "id": id,
                "name": statement.name,
                "score": score,
                "address": text_address(report.id, id),
                "passages": len(evidence.passages) if evidence else 0,
            }
        )
    return rows


def _index(site: Site) -> Page:
    collection = site.collection
    meta = {
        "title": "Reports",
        "description": "Every report of the Care Quality Commission that is here, with its rating and its sections.",
    }
    withdrawn = [report for report in collection.all_reports if report.withdrawn]
    rows = _index_rows(site, collection.reports)
    years = groupby(rows, key=lambda row: row["report"].published[:4])
    return site.page(
        "/reports/",
        "reports.md",
        meta,
        rows=rows,
        years=[(year, list(of_year)) for year, of_year in years],
        withdrawn=_index_rows(site, withdrawn),
    )


def _index_rows(site: Site, reports: Iterable[Report]) -> list[dict[str, Any]]:
    """Return a row for each report, the newest first."""
    collection = site.collection
    return [
        {
            "report": report,
            "authority": collection.authorities[report.authority],
            "address": report_address(report.id),
            "month": month(report.published),
            "texts": sum((report.id, statement) in collection.texts for statement in report.scores),
        }
        for report in sorted(reports, key=lambda report: report.published, reverse=True)
    ]


def _standing(report: Report) -> tuple[str, str]:
    """Return what title and description add for a report that CQC has withdrawn; nothing while it stands."""
    return (" (withdrawn)", "Withdrawn by CQC. ") if report.withdrawn else ("", "")


def _report(site: Site, report: Report) -> Page:
    collection = site.collection
    authority = collection.authorities[report.authority]
    rows = score_rows(site, report)
    texts = [collection.texts[report.id, row["id"]] for row in rows if row["passages"]]
    themes_here = site.themes_in_order(tag_counts(texts))
    published = long_date(report.published)
    gone, first = _standing(report)
    meta = {
        "title": f"{authority.name}, {month(report.published)}{gone}",
        "description": f"{first}CQC’s assessment of adult social care in {authority.name}, published {published}: "
        f"{report.rating}, with its nine scores.",
        "authority": authority.name,
        "rating": report.rating,
        "percentage": report.percentage,
        "published": report.published,
        **({"source": report.source} if report.source else {}),
        "tags": [site.theme_labels[id] for id, _ in themes_here],
        "hide": ["toc"],
    }
    return site.page(
        report_address(report.id),
        "report.md",
        meta,
        report=report,
        report_address=report_address(report.id),
        authority=authority,
        notice=notice(site, report),
        version=site.collection.vocabulary.framework.version(report.framework),
        month=month(report.published),
        published=published,
        retrieved=long_date(report.retrieved),
        checked=how_checked(report),
        total=sum(report.scores.values()),
        most=collection.vocabulary.framework.most,
        rows=rows,
        texts=len(texts),
        themes_here=themes_here,
        names={statement.id: statement.name for statement in collection.statements.values()},
        tag_names={**site.theme_labels, **site.voice_labels},
    )


def _text(site: Site, evidence: Evidence, findings: Sequence[Finding]) -> Page:
    collection, report = site.collection, evidence.report
    own, counts = report.pages.get(evidence.statement), tag_counts([evidence])
    others, texts = _elsewhere(site, evidence)
    previous, next = _neighbours(site, evidence)
    return site.page(
        text_address(report.id, evidence.statement),
        "text.md",
        _text_meta(site, evidence, counts, len(findings)),
        report=report,
        report_address=report_address(report.id),
        authority=collection.authorities[report.authority],
        own=own,
        very_words=_very_words(evidence) if own else {},
        notice=notice(site, report),
        statement=collection.statements[evidence.statement],
        statements=collection.statements,
        score=report.scores[evidence.statement],
        month=month(report.published),
        published=long_date(report.published),
        retrieved=long_date(own.retrieved if own else report.retrieved),
        checked=how_checked(report),
        page=evidence.page,
        findings=findings,
        themes_here=site.themes_in_order(counts),
        corrections=_corrections(evidence),
        removed=_removed(evidence),
        reworded=_reworded(site, evidence),
        left=_left(site, report.id, evidence.statement),
        tag_names={**site.theme_labels, **site.voice_labels},
        elsewhere=others,
        elsewhere_more=texts if texts - 1 > ELSEWHERE else 0,
        previous=previous,
        next=next,
    )


def _text_meta(site: Site, evidence: Evidence, counts: Mapping[str, int], paragraphs: int) -> dict[str, Any]:
    """Return the front matter of a text's page; ``counts`` are those of its themes and voices."""
    report = evidence.report
    authority = site.collection.authorities[report.authority].name
    statement = site.collection.statements[evidence.statement].name
    score = report.scores[evidence.statement]
    gone, first = _standing(report)
    return {
        "title": f"{authority}, {month(report.published)}: {statement}{gone}",
        "description": f"{first}What CQC found on “{statement}” in {authority}, published "
        f"{long_date(report.published)}: score {score}, {counted(paragraphs, 'paragraph')}.",
        "authority": authority,
        "statement": statement,
        "score": score,
        "rating": report.rating,
        "published": report.published,
        **({"source": report.source} if report.source else {}),
        "tags": [site.theme_labels[id] for id, _ in site.themes_in_order(counts)],
        "voices": [label for id, label in site.voice_labels.items() if counts.get(id)],
    }


def _very_words(evidence: Evidence) -> dict[str, str]:
    """Return passage id to the address of its very words on CQC's page of the text."""
    address = evidence.report.pages[evidence.statement].address
    start = address if "#" in address else f"{address}#"
    return {id: f"{start}{directive}" for id, directive in text_directives(evidence.page).items() if directive}


def _text_of(id: str) -> str:
    """Return ``<report>/<statement>`` of a passage's global id."""
    return id.rpartition("/")[0]


def _reworded(site: Site, evidence: Evidence) -> dict[str, list[Redirect]]:
    """Return, by passage id, the retired ids of this text whose words the passage has now, oldest first."""
    here = f"{evidence.report.id}/{evidence.statement}"
    found: dict[str, list[Redirect]] = {item.passage.id: [] for item in evidence.passages}
    for each in sorted(site.retired_of.get(here, ()), key=lambda each: (each.date, each.line)):
        successor = site.successors[each.retired]
        if _text_of(successor) == here:
            found[successor.rpartition("/")[2]].append(each)
    return found


def _left(site: Site, report: str, statement: str) -> list[dict[str, Any]]:
    """Return the retired passages of a text whose words are in another text now, or in none."""
    here = f"{report}/{statement}"
    return [
        {
            "anchor": each.retired.rpartition("/")[2],
            "address": _passage_address(site.successors[each.retired]) if site.successors[each.retired] else "",
            "reason": each.reason,
            "date": long_date(each.date),
        }
        for each in site.retired_of.get(here, ())
        if _text_of(site.successors[each.retired]) != here
    ]


def _passage_address(id: str) -> str:
    report, statement, passage = id.split("/")
    return f"{text_address(report, statement)}#{passage}"


def _left_pages(site: Site) -> Iterator[Page]:
    """Yield a page at the address of each text that is not in the collection any more and has retired passages."""
    for report, statement in _left_texts(site):
        meta = {
            "title": "A section that is not here any more",
            "description": "Where the paragraphs of a section went that was here.",
            "search": {"exclude": True},
        }
        left = _left(site, report, statement)
        yield site.page(text_address(report, statement), "left.md", meta, left=left)


def _left_texts(site: Site) -> list[tuple[str, str]]:
    """Return report and statement of each text that left."""
    retired = sorted((report, statement) for report, _, statement in (text.partition("/") for text in site.retired_of))
    return [text for text in retired if text not in site.collection.texts]


def _corrections(evidence: Evidence) -> dict[str, list[Any]]:
    """Return the corrections of each passage, by its id."""
    of_text = [(fold(each.match), each) for each in evidence.report.corrections if each.statement == evidence.statement]
    passages = {item.passage.id: fold(item.passage.text) for item in evidence.passages}
    return {id: [each for match, each in of_text if match in text] for id, text in passages.items()}


def _removed(evidence: Evidence) -> dict[str, list[tuple[str, str]]]:
    """Return, by passage id, the themes and voices that a contributor took away, each with the reason."""
    found: dict[str, list[tuple[str, str]]] = {item.passage.id: [] for item in evidence.passages}
    for each in evidence.report.tag_corrections:
        statement, _, passage = each.passage.partition("/")
        if statement == evidence.statement:
            found[passage] += [(id, each.why) for id in each.remove]
    return found


def _elsewhere(site: Site, evidence: Evidence) -> tuple[list[dict[str, Any]], int]:
    """Return other texts on the same statement, the authority's own, then its region's, then by name, and how many
    there are with this one.
    """
    statement, own = evidence.statement, evidence.report
    here = site.collection.authorities[own.authority]
    lists = [site.reports_with_text.get((statement, place), ()) for place in (here.slug, here.region, "")]
    # Enough of each list, whatever of it stands in those before.
    first = {report.id: report for listed in lists for report in listed[: ELSEWHERE + 1] if report.id != own.id}
    rows = [
        {
            "address": text_address(report.id, statement),
            "authority": site.collection.authorities[report.authority].name,
            "month": month(report.published),
            "score": report.scores[statement],
        }
        for report in [*first.values()][:ELSEWHERE]
    ]
    return rows, len(lists[-1])


def _neighbours(site: Site, evidence: Evidence) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """Return what leads to the statement before and the one after, in CQC's order."""
    report = evidence.report
    ids = list(report.scores)
    place = ids.index(evidence.statement)

    def link(at: int) -> dict[str, Any] | None:
        if not 0 <= at < len(ids):
            return None
        id = ids[at]
        text = (report.id, id) in site.collection.texts
        address = text_address(report.id, id) if text else f"{report_address(report.id)}#{id}"
        return {"address": address, "name": site.collection.statements[id].name, "text": text}

    return link(place - 1), link(place + 1)
