"""Compare two states of the collection: which texts, passages, themes and ids one has and the other has not."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

from build_scripts.model.collection import Collection
from build_scripts.model.evidence import Evidence, Report, TaggedPassage


@dataclass(frozen=True, slots=True)
class TextChange:
    """A text that is new, or reads otherwise than before."""

    now: Evidence
    is_new: bool
    new: tuple[TaggedPassage, ...]
    """The passages that were not there before."""
    gone: int
    """How many passages are not there any more."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What the collection has now and had not before, and the other way round."""

    new_reports: tuple[Report, ...]
    changed_reports: tuple[Report, ...]
    """Reports whose own facts differ: scores, rating, dates, source or corrections."""
    removed_reports: tuple[str, ...]
    texts: tuple[TextChange, ...]
    removed_texts: tuple[str, ...]
    """``<report>/<statement>`` of each text that is not there any more."""

    def __bool__(self) -> bool:
        """Return whether anything that readers see of reports is different."""
        return any((self.new_reports, self.changed_reports, self.removed_reports, self.texts, self.removed_texts))


@dataclass(frozen=True, slots=True)
class TagChange:
    """A theme or voice that other passages have than before, or with more doubt or less."""

    id: str
    gained: tuple[str, ...]
    """Global ids of the passages that have it now and had it not."""
    lost: tuple[str, ...]
    surer: tuple[str, ...] = ()
    """Those that had it in doubt and now have it clearly."""
    less_sure: tuple[str, ...] = ()


def compare(before: Collection, now: Collection) -> Changes:
    """Return what is different between two states of the collection."""
    old, new = ({report.id: report for report in each.all_reports} for each in (before, now))
    return Changes(
        new_reports=tuple(report for id, report in new.items() if id not in old),
        changed_reports=tuple(report for id, report in new.items() if id in old and _facts(report) != _facts(old[id])),
        removed_reports=tuple(id for id in old if id not in new),
        texts=tuple(_text_changes(before, now)),
        removed_texts=tuple("/".join(key) for key in before.texts if key not in now.texts),
    )


def _facts(report: Report) -> tuple[object, ...]:
    """Return what a report says, wherever in its file it says so."""
    return (
        *(report.authority, report.published, report.rating, report.percentage, tuple(report.scores.items())),
        *(report.source, report.retrieved, report.checked, report.checked_by, report.checked_note),
        *(report.framework, report.events),
        tuple(report.pages.items()),
        tuple((each.statement, each.match, each.value, each.why) for each in report.corrections),
        tuple((each.passage, each.add, each.remove, each.why) for each in report.tag_corrections),
    )


def _text_changes(before: Collection, now: Collection) -> Iterator[TextChange]:
    for key, evidence in now.texts.items():
        old = before.texts.get(key)
        had = {each.passage.id for each in old.passages} if old else set()
        has = {each.passage.id for each in evidence.passages}
        new = tuple(each for each in evidence.passages if each.passage.id not in had)
        if old is None or _reading(old) != _reading(evidence):
            yield TextChange(evidence, old is None, new, len(had - has))


def _reading(evidence: Evidence) -> tuple[object, ...]:
    """Return what a reader sees of a text, on whatever lines of its file it stands."""
    page = evidence.page
    headings = [None, *(heading.text for heading in page.headings)]
    passages = [(each.text, headings[0 if each.heading is None else each.heading + 1]) for each in page.passages]
    return (page.score, page.expectations, page.commitment, passages)


def passage_words(collection: Collection) -> Mapping[str, str]:
    """Return the words of every passage by its global id, also of reports that have problems of their own."""
    return {id: passage.passage.text for id, passage in _passages(collection)}


def _passages(collection: Collection) -> Iterator[tuple[str, TaggedPassage]]:
    """Yield every passage with its global id; an unknown authority is no hindrance here, as it is on pages."""
    for item in collection.all_evidence:
        for each in item.passages:
            yield f"{item.report.id}/{item.statement}/{each.passage.id}", each


def compare_tags(before: Collection, now: Collection) -> tuple[TagChange, ...]:
    """Return the themes and voices that passages have otherwise than before, in the order of the vocabulary now.

    Only passages that are in both states count: what a new text earns is no doing of the rules.
    """
    both = passage_words(before).keys() & passage_words(now).keys()
    had, has = (_by_tag(each, both) for each in (before, now))
    ids = [entry.id for each in (now, before) for entry in (*each.vocabulary.themes, *each.vocabulary.voices)]
    changes = []
    for id in dict.fromkeys(ids):
        old, new = had.get(id, {}), has.get(id, {})
        doubts = {passage: new[passage] for passage in sorted(old.keys() & new.keys()) if old[passage] != new[passage]}
        change = TagChange(
            id,
            gained=tuple(sorted(new.keys() - old.keys())),
            lost=tuple(sorted(old.keys() - new.keys())),
            surer=tuple(passage for passage, narrow in doubts.items() if not narrow),
            less_sure=tuple(passage for passage, narrow in doubts.items() if narrow),
        )
        if change != TagChange(id, (), ()):
            changes.append(change)
    return tuple(changes)


def _by_tag(collection: Collection, among: Container[str]) -> Mapping[str, Mapping[str, bool]]:
    """Return theme or voice id to the global ids of the passages that have it, and whether in doubt."""
    found: dict[str, dict[str, bool]] = {}
    for id, passage in _passages(collection):
        for tag in (*passage.themes, *passage.voices) if id in among else ():
            found.setdefault(tag.id, {})[id] = tag.narrow
    return found
