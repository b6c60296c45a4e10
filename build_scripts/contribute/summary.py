"""What ``add`` understood and concluded, told for a person to compare with CQC's page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from build_scripts.contribute.draft import Draft
from build_scripts.contribute.recognise import Found
from build_scripts.model.evidence import Evidence, Report, TaggedPassage
from build_scripts.model.problems import quoted
from build_scripts.model.wording import counted

MOST_SHOWN = 8
"""Lines of one kind that the summary shows."""


def summarise(
    draft: Draft, found: Sequence[Found], reports: Iterable[Report], evidence: Iterable[Evidence]
) -> Iterator[str]:
    """Yield what was understood and concluded, for a person to compare with CQC's page."""
    report = next(report for report in reports if report.id == draft.report)
    yield f"{draft.report}: {draft.authority.name}, published {report.published}"
    state = "new" if draft.is_new else "kept"
    yield f"  report.yml ({state}): {report.rating}, {report.percentage}%, scores {_numbers(report.scores)}"
    for item in evidence:
        if item.report.id != draft.report or item.statement not in draft.texts:
            continue
        path = f"data/reports/{draft.report}/{item.statement}.txt"
        state = "already there" if path in draft.unchanged else "replaced" if path in draft.replaced else "new"
        by_shape = [heading.text for heading in item.page.headings if not heading.known]
        known = len(item.page.headings) - len(by_shape)
        yield f"  {item.statement}.txt ({state}), from {draft.texts[item.statement].source}"
        sizes = f"{counted(len(item.passages), 'paragraph')}, {counted(known, 'known heading')}"
        yield f"    score {item.page.score}, {sizes}"
        yield from _listed("    taken for headings by their shape", by_shape)
        yield f"    themes: {_tags(item.passages, voices=False)}"
        yield f"    voices: {_tags(item.passages, voices=True)}"
        bare = sum(not (passage.themes or passage.voices) for passage in item.passages)
        if bare:
            yield f"    without any theme or voice: {counted(bare, 'paragraph')}"
        yield from _listed("    not the report's words, passed over", [text for _, text in item.page.boilerplate])
        yield from _listed("    left out above or below the text", draft.texts[item.statement].left_out)
    left = {each.document.name: dict.fromkeys((*each.document.dropped, *each.rest)) for each in found}
    often = {text for text, number in Counter(text for each in left.values() for text in each).items() if number > 1}
    yield from _listed(
        "  not taken, on several pages", [text for each in left.values() for text in each if text in often]
    )
    for name, texts in left.items():
        yield from _listed(f"  not taken from {name}", [text for text in texts if text not in often])
    told = ((each.document.name, note) for each in found for note in (*each.document.unsure, *each.unsure))
    unsure = [*draft.notes, *(f"{name}: {note}" for name, note in told)]
    for note in unsure:
        yield f"  please compare: {note}"


def _numbers(scores: Mapping[str, int]) -> str:
    return ", ".join(f"{id} {score}" for id, score in scores.items())


def _tags(passages: Sequence[TaggedPassage], *, voices: bool) -> str:
    counts: dict[str, int] = {}
    for passage in passages:
        for tag in passage.voices if voices else passage.themes:
            counts[tag.id] = counts.get(tag.id, 0) + 1
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{id} {count}" for id, count in ordered) or "none"


def _listed(label: str, texts: Sequence[str]) -> Iterator[str]:
    """Yield a line with the texts, the longest first: what is long is most likely to be missed."""
    unique = sorted(dict.fromkeys(texts), key=lambda text: -len(text))
    if unique:
        shown = "; ".join(map(quoted, unique[:MOST_SHOWN]))
        more = f"; and {len(unique) - MOST_SHOWN} more" if len(unique) > MOST_SHOWN else ""
        yield f"{label}: {shown}{more}"
