"""Measure the rules of themes and voices against passages labelled by hand: precision, recall, F1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from build_scripts.facts.labels import GoldPassage
from build_scripts.model.accuracy import Accuracy, Measure
from build_scripts.model.evidence import Evidence, Tag
from build_scripts.model.vocabulary import Entry, Vocabulary
from build_scripts.tagging.rules import with_broader


def measure(gold: Sequence[GoldPassage], earned: Iterable[Evidence], vocabulary: Vocabulary) -> Accuracy:
    """Compare labels with the tags that the rules gave (before anyone's corrections).

    A broader theme includes its narrower ones in the labels as it does in the rules.
    """
    tagged = {(item.report.id, item.statement, p.passage.id): p for item in earned for p in item.passages}
    themes: dict[str, list[Measure]] = {entry.id: [] for entry in vocabulary.themes}
    voices: dict[str, list[Measure]] = {entry.id: [] for entry in vocabulary.voices}
    sure_themes: list[Measure] = []
    sure_voices: list[Measure] = []
    for label in gold:
        passage = tagged[label.report, label.statement, label.passage]
        for labels, tags, entries, measures, sure in (
            (label.themes, passage.themes, vocabulary.themes, themes, sure_themes),
            (label.voices, passage.voices, vocabulary.voices, voices, sure_voices),
        ):
            for id, compared in _compare(labels, tags, entries):
                measures[id].append(compared)
                if id not in label.doubtful:
                    sure.append(compared)
    return Accuracy(
        passages=len(gold),
        texts=len({(label.report, label.statement) for label in gold}),
        reports=len({label.report for label in gold}),
        statements=len({label.statement for label in gold}),
        themes={id: _total(found) for id, found in themes.items()},
        voices={id: _total(found) for id, found in voices.items()},
        all_themes=_total(each for found in themes.values() for each in found),
        all_voices=_total(each for found in voices.values() for each in found),
        sure_themes=_total(sure_themes),
        sure_voices=_total(sure_voices),
    )


def _compare(labels: Iterable[str], tags: Iterable[Tag], entries: Sequence[Entry]) -> Iterator[tuple[str, Measure]]:
    said = set(with_broader(labels, {entry.id: entry.broader for entry in entries}))
    found = {tag.id for tag in tags}
    for id in said | found:
        yield id, Measure(int(id in said & found), int(id in found - said), int(id in said - found))


def _total(measures: Iterable[Measure]) -> Measure:
    counts: Counter[str] = Counter()
    for each in measures:
        counts.update(both=each.both, only_rule=each.only_rule, only_label=each.only_label)
    return Measure(counts["both"], counts["only_rule"], counts["only_label"])
