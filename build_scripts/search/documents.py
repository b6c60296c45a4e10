"""Passages as the index sees them: one document each, in the order of their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from build_scripts.model.collection import Collection
from build_scripts.model.evidence import Evidence, TaggedPassage
from build_scripts.search.postings import BETWEEN_LABELS

FIELDS: Mapping[str, float] = {"text": 1, "heading": 0.5, "authority": 0.5, "statement": 0.25, "themes": 0.25}
"""Field to its boost. Chosen on real queries; ``docs/about/design.md`` says how."""

PHRASE_FIELDS = ("text", "heading")
"""Fields in which words can be asked for next to one another: those that hold CQC's own words."""


@dataclass(frozen=True, slots=True)
class Document:
    """A passage, and the texts of its fields in the order of ``FIELDS``."""

    evidence: Evidence
    tagged: TaggedPassage
    place: int
    """Place on its statement page, from 1."""
    heading: str
    fields: tuple[str, ...]


def documents(collection: Collection) -> Iterator[Document]:
    """Yield a document for each passage: by report, statement and place, so that a page's passages have a run of
    numbers."""
    authorities = collection.authorities
    names = {id: statement.name for id, statement in collection.statements.items()}
    themes = {theme.id: BETWEEN_LABELS.join((theme.label, *theme.also)) for theme in collection.vocabulary.themes}
    for item in collection.evidence:
        authority, statement = authorities[item.report.authority].name, names[item.statement]
        for place, tagged in enumerate(item.passages, 1):
            at = tagged.passage.heading
            heading = "" if at is None else item.page.headings[at].text
            labels = BETWEEN_LABELS.join(themes[tag.id] for tag in tagged.themes)
            fields = (tagged.passage.text, heading, authority, statement, labels)
            yield Document(item, tagged, place, heading, fields)
