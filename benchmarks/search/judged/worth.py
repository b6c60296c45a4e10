"""What each passage is worth to a judged query: 3 the very thing, 2 about it, 1 touches it, 0 of no use.

On the real texts that is what a reader judged: passages that the query names, or the labels of ``tests/gold/``. On an
invented collection it is what the data say: the themes and voices that a passage has, and where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from benchmarks.search.judged.queries import Query
from build_scripts.model.collection import Collection
from build_scripts.model.evidence import region_slug
from build_scripts.tagging.rules import with_broader

VERY, ABOUT, TOUCHES = 3, 2, 1


@dataclass(frozen=True, slots=True)
class Place:
    """What can be judged of a passage: what it is about, and where it stands."""

    id: str
    """``<report>/<statement>/p-<8 hex>``."""
    facets: Mapping[str, str]
    """``authority``, ``region``, ``statement``, ``score`` and ``rating`` to their value."""
    themes: frozenset[str]
    touched: frozenset[str]
    """Themes that it only mentions, or on which careful readers differ."""
    voices: frozenset[str]


def tagged_places(collection: Collection) -> Iterator[Place]:
    """Yield all passages of a collection with the themes and voices that the data give them."""
    for finding in collection.findings:
        tagged, report = finding.tagged, finding.evidence.report
        yield Place(
            finding.id,
            {
                "authority": report.authority,
                "region": region_slug(finding.authority.region),
                "statement": finding.evidence.statement,
                "score": str(finding.score),
                "rating": report.rating,
            },
            frozenset(tag.id for tag in tagged.themes),
            frozenset(tag.id for tag in tagged.mentions),
            frozenset(tag.id for tag in tagged.voices),
        )


def labelled_places(collection: Collection, gold: Path) -> Iterator[Place]:
    """Yield all passages of a collection with the themes and voices that a reader gave them, not the rules.

    ``gold`` is the folder of labels. Raises ``KeyError`` for a passage without labels.
    """
    labels = {
        f"{file.parent.name}/{file.stem}/{item['id']}": item
        for file in gold.glob("*/*.yml")
        for item in yaml.safe_load(file.read_text("utf-8"))["passages"]
    }
    broader = {theme.id: theme.broader for theme in collection.vocabulary.themes}
    for place in tagged_places(collection):
        label = labels[place.id]
        touched = with_broader([*label.get("mentions", ()), *label.get("doubtful", ())], broader)
        themes = frozenset(with_broader(label["themes"], broader))
        yield Place(place.id, place.facets, themes, frozenset(touched) - themes, frozenset(label["voices"]))


def worths(query: Query, places: Mapping[str, Place], judged: bool) -> dict[str, int]:
    """Return passages' ids to what they are worth, those of no use left out.

    ``judged`` says whether these are the real texts, whose passages queries name.
    """
    inside = [place for place in places.values() if is_within(place, query)]
    if judged and query.passages:
        by_anchor = {place.id.rpartition("/")[2]: place.id for place in inside}
        return {by_anchor[id]: worth for id, worth in query.passages.items() if id in by_anchor}
    found = {place.id: _worth(query, place) for place in inside}
    return {id: worth for id, worth in found.items() if worth}


def is_within(place: Place, query: Query) -> bool:
    """Whether a passage stands where the query asks."""
    return all(place.facets[facet] == value for facet, value in query.within.items())


def _worth(query: Query, place: Place) -> int:
    if not query.about:
        return _by_place(query, place)
    if all(themes & place.themes for themes in query.about):
        return VERY if query.voices & place.voices else ABOUT
    near = place.themes | place.touched
    return TOUCHES if any(themes & near for themes in query.about) else 0


def _by_place(query: Query, place: Place) -> int:
    """Return the worth where a query names no theme: by voice, or by where the passage stands."""
    if query.voices:
        return ABOUT if query.voices & place.voices else 0
    return ABOUT if query.within else 0
