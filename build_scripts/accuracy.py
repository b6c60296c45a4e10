"""Measure the rules of themes and voices against passages labelled by hand: precision, recall, F1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from build_scripts.model import Evidence, Tag
from build_scripts.problems import Problem, nearest
from build_scripts.tag import with_broader
from build_scripts.vocabulary import Entry, Vocabulary
from build_scripts.yamltext import Document


@dataclass(frozen=True, slots=True)
class GoldPassage:
    """The themes and voices that a person gave one passage by reading it."""

    report: str
    statement: str
    passage: str
    themes: tuple[str, ...]
    voices: tuple[str, ...]
    doubtful: tuple[str, ...]
    """Ids on which careful people would differ."""
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Measure:
    """How often a rule and the labels agreed: numbers of passages."""

    both: int = 0
    only_rule: int = 0
    only_label: int = 0

    @property
    def labelled(self) -> int:
        """Passages that carry the label: the sample size of the recall."""
        return self.both + self.only_label

    @property
    def precision(self) -> float | None:
        """Share of the rule's passages that carry the label, None when the rule found none."""
        found = self.both + self.only_rule
        return self.both / found if found else None

    @property
    def recall(self) -> float | None:
        """Share of the labelled passages that the rule found, None when none is labelled."""
        return self.both / self.labelled if self.labelled else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall, None when neither label nor rule occurs."""
        weight = 2 * self.both + self.only_rule + self.only_label
        return 2 * self.both / weight if weight else None


@dataclass(frozen=True, slots=True)
class Accuracy:
    """The rules measured: per theme, per voice, and all together (micro-averaged)."""

    passages: int
    """How many passages were labelled."""
    texts: int
    """How many texts these passages stand in, and of how many reports and quality statements."""
    reports: int
    statements: int
    themes: Mapping[str, Measure] = field(default_factory=dict)
    voices: Mapping[str, Measure] = field(default_factory=dict)
    all_themes: Measure = field(default_factory=Measure)
    all_voices: Measure = field(default_factory=Measure)
    sure_themes: Measure = field(default_factory=Measure)
    """All themes, leaving out what the labels call doubtful."""
    sure_voices: Measure = field(default_factory=Measure)


def make_gold(document: Document) -> tuple[GoldPassage, ...]:
    """Return the labels of a document that satisfies its schema; its path names report and statement."""
    *_, report, file = document.path.split("/")
    return tuple(
        GoldPassage(
            report,
            file.removesuffix(".yml"),
            item["id"],
            tuple(item["themes"]),
            tuple(item["voices"]),
            tuple(item.get("doubtful", ())),
            document.path,
            document.line("passages", number),
        )
        for number, item in enumerate(document.value["passages"])
    )


def check_gold(gold: Iterable[GoldPassage], evidence: Iterable[Evidence], vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield labels that name no theme or voice (EV303), no passage (EV602), or one passage twice (EV304)."""
    themes, voices = [theme.id for theme in vocabulary.themes], [voice.id for voice in vocabulary.voices]
    passages = {(item.report.id, item.statement, p.passage.id) for item in evidence for p in item.passages}
    seen: set[tuple[str, str, str]] = set()
    for label in gold:
        key = (label.report, label.statement, label.passage)
        if key not in passages:
            what = f"no passage {label.passage!r} in {label.report}/{label.statement}"
            yield Problem(label.path, label.line, "EV602", what, "copy the id from the passage's link on the page")
        if key in seen:
            yield Problem(
                label.path, label.line, "EV304", f"passage {label.passage!r} stands twice", "keep one of them"
            )
        seen.add(key)
        for ids, known, kind in (
            (label.themes, themes, "theme"),
            (label.voices, voices, "voice"),
            (label.doubtful, themes + voices, "theme or voice"),
        ):
            for id in ids:
                if id not in known:
                    mend = f"{nearest(id, known)}use an id of data/themes.yml or data/voices.yml"
                    yield Problem(label.path, label.line, "EV303", f"unknown {kind} {id!r}", mend)


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
        yield id, Measure(id in said & found, id in found - said, id in said - found)


def _total(measures: Iterable[Measure]) -> Measure:
    counts: Counter[str] = Counter()
    for each in measures:
        counts.update(both=each.both, only_rule=each.only_rule, only_label=each.only_label)
    return Measure(counts["both"], counts["only_rule"], counts["only_label"])
