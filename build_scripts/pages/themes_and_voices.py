"""Pages of themes and voices: definition, rule, accuracy, and every passage with the earning words marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from build_scripts.model.accuracy import Measure
from build_scripts.model.collection import Finding
from build_scripts.model.evidence import Evidence, Report
from build_scripts.model.vocabulary import Entry, Theme, Voice
from build_scripts.model.wording import counted, long_date, month
from build_scripts.pages.counts import Grid, theme_cells
from build_scripts.pages.frame.addresses import text_address
from build_scripts.pages.frame.site import Page, Site, grouped

PASSAGES_PER_PAGE = 60
"""Some 100 KB of page: quick on a phone, and long enough to read on."""

SILENT_LISTED = 60
"""How many texts that do not discuss a theme are named; where they are more, their number says enough."""

_WORD_LIST = re.compile(r"<([a-z0-9-]+)>")


@dataclass(frozen=True, slots=True)
class Pager:
    """Which of how many pages of one list this is, and where the others are."""

    current: int
    last: int
    numbers: Sequence[tuple[int | None, str]]
    """The pages to link to, each with its address; None stands for those left out."""
    previous: str = ""
    """Address of the page before, empty on the first."""
    next: str = ""
    """Address of the page after, empty on the last."""


def tag_pages(site: Site) -> Iterator[Page]:
    """Yield the indexes of themes and voices, and the pages of each."""
    vocabulary = site.collection.vocabulary
    yield _theme_index(site)
    yield _voice_index(site)
    grid = Grid(site.collection.evidence)
    for theme in vocabulary.themes:
        group = vocabulary.groups[theme.group]
        trail = [("Themes", "/themes/"), (group, f"/themes/#{theme.group}")]
        by_statement = theme_cells(site, theme, grid)
        yield from _entry_pages(site, theme, "theme", trail, by_statement=by_statement)
    for voice in vocabulary.voices:
        yield from _entry_pages(site, voice, "voice", [("Voices", "/voices/")])


def _counts(site: Site) -> Mapping[str, int]:
    vocabulary = site.collection.vocabulary
    entries: tuple[Entry, ...] = (*vocabulary.themes, *vocabulary.voices)
    return {entry.id: len(site.collection.by_tag.get(entry.id, ())) for entry in entries}


def _theme_index(site: Site) -> Page:
    vocabulary = site.collection.vocabulary
    groups = [
        (id, label, [theme for theme in vocabulary.themes if theme.group == id])
        for id, label in vocabulary.groups.items()
    ]
    meta = {
        "title": "Themes",
        "description": f"{len(vocabulary.themes)} subjects of adult social care, from accessibility to workforce: "
        "what CQC’s reports say about each.",
    }
    return site.page("/themes/", "themes.md", meta, entries=vocabulary.themes, groups=groups, counts=_counts(site))


def _voice_index(site: Site) -> Page:
    findings = site.collection.findings
    meta = {
        "title": "Voices",
        "description": "Whose evidence CQC’s reports on adult social care rest on: people, unpaid carers, staff, "
        "leaders, partners, records.",
    }
    return site.page(
        "/voices/",
        "voices.md",
        meta,
        entries=site.collection.vocabulary.voices,
        counts=_counts(site),
        silent=sum(not finding.tagged.voices for finding in findings),
        total=len(findings),
    )


def _entry_pages(
    site: Site, entry: Theme | Voice, kind: str, trail: list[tuple[str, str]], **facts: Any
) -> Iterator[Page]:
    """Yield the page of a theme or voice, and further pages when a voice's passages are many.

    A theme's further passages are on its pages of the evidence map's cells, and only there: at national scale the same
    passages listed twice would be some 1,500 further pages.
    """
    findings = site.collection.by_tag.get(entry.id, ())
    name = entry.label if kind == "theme" else f"{entry.label} (voice)"  # a theme may have the same label
    return list_pages(
        site,
        entry,
        kind,
        findings[:PASSAGES_PER_PAGE] if kind == "theme" else findings,
        address=f"/{kind}s/{entry.id}/",
        title=name,
        description=f"What CQC’s reports on adult social care say: {name}. "
        f"{counted(len(findings), 'passage')} with score, authority and source.",
        trail=trail,
        heading=entry.label,
        **_facts(site, entry, findings),
        **facts,
    )


def list_pages(
    site: Site,
    entry: Theme | Voice,
    kind: str,
    findings: Sequence[Finding],
    *,
    address: str,
    title: str,
    description: str,
    trail: list[tuple[str, str]],
    template: str = "tag.md",
    searched: bool = True,
    **facts: Any,
) -> Iterator[Page]:
    """Yield the pages that list these passages of a theme or voice, the first at ``address``.

    ``template`` is ``tag.md`` or extends it; ``facts`` are for what it says before the passages, on the first page.
    """
    chunks, addresses = _pages(findings, address)
    facts = {"heading": title, "starts": _starts(chunks, addresses), **facts}
    for number, (chunk, own) in enumerate(zip(chunks, addresses, strict=True), 1):
        meta: dict[str, Any] = {
            "title": title if number == 1 else f"{title}, page {number} of {len(chunks)}",
            "description": description,
        }
        if number > 1 or not searched:
            # The search finds these passages one by one, and the theme by its first page.
            meta["search"] = {"exclude": True}
        yield site.page(
            own,
            template,
            meta,
            entry=entry,
            kind=kind,
            trail=trail if number == 1 else [*trail, (facts["heading"], address)],
            pager=_pager(number, addresses),
            findings=chunk,
            grouped=_by_score_and_text(site, chunk),
            **facts,
        )


def _pages(findings: Sequence[Finding], address: str) -> tuple[list[Sequence[Finding]], list[str]]:
    """Return which findings each page of a list shows, and the pages' addresses, the first at ``address``."""
    chunks = [findings[at : at + PASSAGES_PER_PAGE] for at in range(0, len(findings), PASSAGES_PER_PAGE)] or [()]
    return chunks, [address if number == 1 else f"{address}{number}/" for number in range(1, len(chunks) + 1)]


def score_starts(findings: Sequence[Finding], address: str) -> dict[int, str]:
    """Return where in the list at ``address``, as ``list_pages`` makes it, the passages of each score start."""
    starts: dict[int, str] = {}
    for chunk, own in zip(*_pages(findings, address), strict=True):
        for finding in chunk:
            starts.setdefault(finding.score, f"{own}#score-{finding.score}")
    return starts


def _starts(chunks: Sequence[Sequence[Finding]], addresses: Sequence[str]) -> dict[tuple[str, str], str]:
    """Return where in the list each text's passages start."""
    starts: dict[tuple[str, str], str] = {}
    for chunk, address in zip(chunks, addresses, strict=True):
        for finding in chunk:
            starts.setdefault(text_key(finding.evidence), f"{address}#{_text_anchor(finding.evidence)}")
    return starts


def _pager(current: int, addresses: Sequence[str]) -> Pager:
    last = len(addresses)
    return Pager(
        current,
        last,
        _page_numbers(current, addresses),
        previous=addresses[current - 2] if current > 1 else "",
        next=addresses[current] if current < last else "",
    )


def _page_numbers(current: int, addresses: Sequence[str]) -> list[tuple[int | None, str]]:
    """Return the first, the last and the pages around the current one, None for each run left out."""
    last = len(addresses)
    shown = sorted({1, last, *range(max(1, current - 2), min(last, current + 2) + 1)})
    result: list[tuple[int | None, str]] = [(1, addresses[0])]
    for before, number in pairwise(shown):
        if number > before + 1:
            result.append((None, ""))
        result.append((number, addresses[number - 1]))
    return result


def _facts(site: Site, entry: Theme | Voice, findings: Sequence[Finding]) -> dict[str, Any]:
    """Return what the first page says of the entry beside its passages."""
    collection = site.collection
    vocabulary = collection.vocabulary
    discussed = {text_key(finding.evidence) for finding in findings}
    silent = [item for item in collection.evidence if text_key(item) not in discussed]
    possible = sum(len(report.scores) for report in collection.reports)
    is_theme = isinstance(entry, Theme)
    accuracy = collection.accuracy
    measures = {} if accuracy is None else accuracy.themes if is_theme else accuracy.voices
    return {
        "broader": entry.broader,
        "narrower": [other.id for other in vocabulary.themes if is_theme and entry.id in other.broader],
        "related": entry.related if isinstance(entry, Theme) else (),
        "total": len(findings),
        "authorities_here": len({finding.authority.slug for finding in findings}),
        "discussed": len(discussed),
        "silent": [_text(site, item) for item in silent] if len(silent) <= SILENT_LISTED else [],
        "texts": len(collection.evidence),
        "missing": possible - len(collection.evidence),
        "unreported": len(vocabulary.authorities) - len(collection.reports_of),
        "shared": collection.shared(entry.id) if is_theme else [],
        "accuracy_sentence": accuracy_sentence(measures.get(entry.id), accuracy.passages if accuracy else 0),
        "word_lists": _word_lists(entry, vocabulary.theme_words if is_theme else vocabulary.voice_words),
    }


def accuracy_sentence(measure: Measure | None, passages: int) -> str:
    """Return what was measured of a rule, in a sentence that says how little it was measured on."""
    if measure is None:
        return "Its accuracy has not been measured."
    on = f"In the {counted(passages, 'passage')} labelled by hand"
    if measure.f1 is None:
        return f"{on}, neither a person nor the rule found it, so its accuracy is not known."
    if not measure.labelled:
        return f"{on}, a person found it in none, the rule in {measure.only_rule}."
    more = f"and {measure.only_rule} more" if measure.only_rule else "and no others"
    return f"{on}, a person found it in {measure.labelled}; the rule found {measure.both or 'none'} of these, {more}."


def _word_lists(entry: Entry, words: Mapping[str, Sequence[str]]) -> list[tuple[str, Sequence[str]]]:
    """Return the named word lists that the entry's phrases use, and those that these use."""
    named: list[str] = []
    texts = [*entry.phrases, *entry.weak, *entry.exclusions]
    while texts:
        for name in _WORD_LIST.findall(texts.pop()):
            if name not in named:
                named.append(name)
                texts += words[name]
    return [(name, words[name]) for name in words if name in named]


def _by_score_and_text(
    site: Site, findings: Sequence[Finding]
) -> list[tuple[int, list[tuple[dict[str, Any], list[Finding]]]]]:
    """Return the findings by score, then by the text that they stand in."""
    return [
        (
            score,
            [
                (_text(site, of_text[0].evidence), of_text)
                for _, of_text in grouped(of_score, lambda finding: text_key(finding.evidence))
            ],
        )
        for score, of_score in grouped(findings, lambda finding: finding.score)
    ]


def text_key(evidence: Evidence) -> tuple[str, str]:
    """Return what tells a text from all others: report and statement."""
    return evidence.report.id, evidence.statement


def report_label(site: Site, report: Report) -> str:
    """Return the authority's name, with the month where it has several reports."""
    name = site.collection.authorities[report.authority].name
    return name if len(site.collection.reports_of[report.authority]) == 1 else f"{name}, {month(report.published)}"


def _text_anchor(evidence: Evidence) -> str:
    return "-".join(text_key(evidence))


def _text(site: Site, evidence: Evidence) -> dict[str, Any]:
    """Return what a link to a text says; the report's month tells it from another of the same authority."""
    report = evidence.report
    authority = site.collection.authorities[report.authority]
    return {
        "address": text_address(report.id, evidence.statement),
        "anchor": _text_anchor(evidence),
        "authority": authority.name,
        "report": report_label(site, report),
        "statement": site.collection.statements[evidence.statement].name,
        "month": month(report.published),
        "published": long_date(report.published),
        "score": report.scores[evidence.statement],
    }
