"""Pages of themes and voices: definition, rule, accuracy, and every passage with the earning words marked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from build_scripts.model.accuracy import Measure
from build_scripts.model.collection import Finding
from build_scripts.model.evidence import Evidence, Report
from build_scripts.model.vocabulary import Entry, Theme, Voice
from build_scripts.model.wording import counted, long_date, month
from build_scripts.pages.counts import Grid, entry_cells
from build_scripts.pages.england import told_map
from build_scripts.pages.frame.addresses import text_address
from build_scripts.pages.frame.site import Page, Site, grouped
from build_scripts.pages.shares import shares_by_score

PASSAGES_SHOWN = 50
"""How many passages a list gives in full: some 85 KB of page, quick on a phone, and long enough to read on."""

SILENT_LISTED = 60
"""How many texts that do not discuss a theme are named; where they are more, their number says enough."""

_WORD_LIST = re.compile(r"<([a-z0-9-]+)>")


def tag_pages(site: Site) -> Iterator[Page]:
    """Yield the indexes of themes and voices, and the pages of each."""
    vocabulary = site.collection.vocabulary
    yield _theme_index(site)
    yield _voice_index(site)
    themes, voices = Grid(site.collection.evidence), Grid(site.collection.evidence, "voice")
    for theme in vocabulary.themes:
        group = vocabulary.groups[theme.group]
        trail = [("Themes", "/themes/"), (group, f"/themes/#{theme.group}")]
        yield _entry_page(site, theme, trail, themes)
    for voice in vocabulary.voices:
        yield _entry_page(site, voice, [("Voices", "/voices/")], voices)


def _counts(site: Site) -> Mapping[str, int]:
    vocabulary = site.collection.vocabulary
    entries: tuple[Entry, ...] = (*vocabulary.themes, *vocabulary.voices)
    return {entry.id: len(site.collection.by_tag.get(entry.id, ())) for entry in entries}


def _theme_index(site: Site) -> Page:
    vocabulary, counts = site.collection.vocabulary, _counts(site)

    def of_group(id: str, *, discussed: bool) -> list[Theme]:
        return [each for each in vocabulary.themes if each.group == id and bool(counts[each.id]) == discussed]

    groups = [
        (id, label, of_group(id, discussed=True), of_group(id, discussed=False))
        for id, label in vocabulary.groups.items()
    ]
    meta = {
        "title": "Themes",
        "description": f"{len(vocabulary.themes)} subjects of adult social care, from accessibility to workforce: "
        "what CQC’s reports say about each.",
    }
    return site.page("/themes/", "themes.md", meta, entries=vocabulary.themes, groups=groups, counts=counts)


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


def _entry_page(site: Site, entry: Theme | Voice, trail: list[tuple[str, str]], grid: Grid) -> Page:
    """Return the page of a theme or voice; where its passages are many, all are on its pages by statement."""
    findings = clear_first(site.collection.by_tag.get(entry.id, ()), entry.id)
    name = full_name(entry)
    return list_page(
        site,
        entry,
        findings,
        address=f"/{grid.kind}s/{entry.id}/",
        title=name,
        description=f"What CQC’s reports on adult social care say: {name}. "
        f"{counted(len(findings), 'paragraph')} with score, council and source.",
        trail=trail,
        heading=entry.label,
        by_statement=entry_cells(site, entry, grid),
        hexagons=told_map(
            site,
            f"/{grid.kind}s/{entry.id}/",
            f"about {entry.label}" if isinstance(entry, Theme) else f"with the voice “{entry.label}”",
            Counter(finding.authority.slug for finding in findings),
        ),
        **_facts(site, entry, findings),
    )


def full_name(entry: Theme | Voice) -> str:
    """Return the label, and of a voice that it is one: a theme may have the same label."""
    return entry.label if isinstance(entry, Theme) else f"{entry.label} (voice)"


def list_page(
    site: Site,
    entry: Theme | Voice,
    findings: Sequence[Finding],
    *,
    address: str,
    title: str,
    description: str,
    trail: list[tuple[str, str]],
    template: str = "tag.md",
    searched: bool = True,
    **facts: Any,
) -> Page:
    """Return the page that lists these passages of a theme or voice, as many in full as ``shown`` takes.

    ``template`` is ``tag.md`` or extends it; ``facts`` are for what it says before the passages.
    """
    meta: dict[str, Any] = {"title": title, "description": description}
    if not searched:
        # The search finds these passages one by one, and the theme by its own page.
        meta["search"] = {"exclude": True}
    in_full = shown(findings)
    return site.page(
        address,
        template,
        meta,
        entry=entry,
        kind="theme" if isinstance(entry, Theme) else "voice",
        trail=trail,
        findings=in_full,
        here=len(findings),
        numbers=Counter(finding.score for finding in findings),
        in_full=Counter(finding.score for finding in in_full),
        grouped=_by_score_and_text(site, in_full),
        **{"heading": title, "statement": None, **facts},
    )


def shown(findings: Sequence[Finding]) -> Sequence[Finding]:
    """Return the passages that a list gives in full: all, or the first of every score, of each as many as there are
    or as the others leave room for. A list cut at its end would show the best scores alone."""
    if len(findings) <= PASSAGES_SHOWN:
        return findings
    numbers = Counter(finding.score for finding in findings)
    room, taken = PASSAGES_SHOWN, dict.fromkeys(numbers, 0)
    for left, score in zip(range(len(numbers), 0, -1), sorted(numbers, key=lambda each: numbers[each]), strict=True):
        taken[score] = min(numbers[score], room // left)
        room -= taken[score]
    in_full = []
    for finding in findings:
        if taken[finding.score]:
            taken[finding.score] -= 1
            in_full.append(finding)
    return in_full


def clear_first(findings: Sequence[Finding], id: str) -> Sequence[Finding]:
    """Return the passages of a theme or voice with those last of each score that are in doubt.

    A text stays together: it stands among the first where one of its passages is clear, and this passage first.
    """
    narrow = {finding.id for finding in findings if (tag := finding.tag(id)) is not None and tag.narrow}
    clear = {text_key(finding.evidence) for finding in findings if finding.id not in narrow}
    places = {key: place for place, key in enumerate(dict.fromkeys(text_key(each.evidence) for each in findings))}

    def place(finding: Finding) -> tuple[int, bool, int, bool]:
        key = text_key(finding.evidence)
        return -finding.score, key not in clear, places[key], finding.id in narrow

    return sorted(findings, key=place)


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
        "with_sections": len({item.report.authority for item in collection.evidence}),
        "discussed": len(discussed),
        "shares": shares_by_score(site, [item for item in collection.evidence if text_key(item) in discussed]),
        "silent": [_text(site, item) for item in silent] if len(silent) <= SILENT_LISTED else [],
        "texts": len(collection.evidence),
        "missing": possible - len(collection.evidence),
        "unreported": len(vocabulary.authorities) - len(collection.reports_of),
        "narrow": sum(tag.narrow for finding in findings if (tag := finding.tag(entry.id)) is not None),
        "shared": collection.shared(entry.id) if is_theme else [],
        "accuracy_sentence": accuracy_sentence(measures.get(entry.id)),
        "word_lists": _word_lists(entry, vocabulary.theme_words if is_theme else vocabulary.voice_words),
    }


def accuracy_sentence(measure: Measure | None) -> str:
    """Return how often a rule is right, of ten, or that too little is known to say."""
    if measure is None:
        return "Nobody has checked yet how often it is right."
    if not measure.is_enough or measure.precision is None or measure.recall is None:
        checked = counted(measure.labelled, "paragraph") if measure.labelled else "no paragraph"
        return f"Too few were checked to say how often it is right: a reader gave it to {checked}."
    right, found = round(measure.precision * 10), round(measure.recall * 10)
    return (
        f"In 10 paragraphs with this label, about {right} {'is' if right == 1 else 'are'} right. "
        f"Of 10 that should have it, about {found} {'has' if found == 1 else 'have'} it."
    )


def _word_lists(entry: Entry, words: Mapping[str, Sequence[str]]) -> list[tuple[str, Sequence[str]]]:
    """Return the named word lists that the entry's phrases use, and those that these use."""
    named: list[str] = []
    waiting = (*entry.unless_told, *entry.unless_just_told)
    texts = [*entry.phrases, *entry.weak, *waiting, *entry.named, *entry.exclusions]
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


def text_anchor(evidence: Evidence) -> str:
    return "-".join(text_key(evidence))


def _text(site: Site, evidence: Evidence) -> dict[str, Any]:
    """Return what a link to a text says; the report's month tells it from another of the same authority."""
    report = evidence.report
    authority = site.collection.authorities[report.authority]
    return {
        "id": evidence.statement,
        "address": text_address(report.id, evidence.statement),
        "anchor": text_anchor(evidence),
        "authority": authority.name,
        "council": authority,
        "report": report_label(site, report),
        "statement": site.collection.statements[evidence.statement].name,
        "month": month(report.published),
        "published": long_date(report.published),
        "iso": report.published,
        "score": report.scores[evidence.statement],
    }
