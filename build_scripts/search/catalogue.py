"""What every search needs beside postings: which passages stand in which text, and the names of everything.

``catalogue-<hash>.bin``, packed JSON, which ``catalogue.js`` reads. Documents are numbered report by report, text by
text, passage by passage.

* ``authorities``: ``[slug, name, type, region, [other names], full name]`` of all, by name, type and region as numbers
  in ``types`` and ``regions``; a star in the full name stands for the name, since twelve endings pack to nothing;
* ``reports``: ``[authority, published, rating, source]`` of each that has a text, in the order of the documents;
* ``pages``: lists of numbers: ``report`` has for each report how many texts; the others have for each text its
  ``statement``, ``score`` and how many ``passages``;
* ``statements``: ``[id, name, [other wordings]]``, by CQC's number; ``types``, ``regions``, ``ratings`` (lowest first):
  ``[id, name]``; ``scoreLabels``: the words for 1 to 4;
* ``groups``: labels of the groups of themes; ``themes``: ``[id, label, group, [other names]]``; ``voices``: ``[id,
  label, [other names], passages, councils]``, how many have it; in the order of their files;
* ``lengths``: of every document's text; ``places``: where each shard of places begins (``shards.py``).

A slug or an id is left out, as ``""``, where it is the name as addresses have it.

By these names the search knows what a reader names (``named.js``).
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from build_scripts.model.collection import Collection
from build_scripts.model.evidence import Authority
from build_scripts.model.evidence import region_slug as slug
from build_scripts.model.vocabulary import AUTHORITY_TYPES


def authorities_in_order(collection: Collection) -> list[Authority]:
    """Return the authorities as the catalogue numbers them."""
    return sorted(collection.vocabulary.authorities, key=lambda each: (each.name, each.slug))


def catalogue(collection: Collection) -> dict[str, Any]:
    """Return the catalogue as JSON has it."""
    vocabulary = collection.vocabulary
    authorities = authorities_in_order(collection)
    slugs = [each.slug for each in authorities]
    types, regions = list(AUTHORITY_TYPES), sorted({each.region for each in authorities})
    statements, groups = list(collection.statements), list(vocabulary.groups)
    ratings = [band.name for band in sorted(vocabulary.framework.ratings, key=lambda band: band.lowest)]
    texts = [item for item in collection.evidence if item.passages]
    reports = {item.report.id: item.report for item in texts}
    return {
        "authorities": [
            [
                *(*_named(each.slug, each.name), types.index(each.type), regions.index(each.region)),
                *(each.also, _ending(each)),
            ]
            for each in authorities
        ],
        "reports": [
            [slugs.index(each.authority), each.published, ratings.index(each.rating), each.source]
            for each in reports.values()
        ],
        "pages": {
            "report": list(Counter(item.report.id for item in texts).values()),
            "statement": [statements.index(item.statement) for item in texts],
            "score": [item.report.scores[item.statement] for item in texts],
            "passages": [len(item.passages) for item in texts],
        },
        "statements": [[*_named(each.id, each.name), list(each.wordings)] for each in collection.statements.values()],
        "types": list(AUTHORITY_TYPES.items()),
        "regions": [_named(slug(region), region) for region in regions],
        "ratings": [_named(slug(rating), rating) for rating in ratings],
        "scoreLabels": [label for _, label in sorted(vocabulary.framework.score_labels.items())],
        "groups": list(vocabulary.groups.values()),
        "themes": [
            [*_named(each.id, each.label), groups.index(each.group), list(each.also)] for each in vocabulary.themes
        ],
        "voices": [
            [*_named(each.id, each.label), list(each.also), *_having(collection, each.id)] for each in vocabulary.voices
        ],
    }


def _named(id: str, name: str) -> tuple[str, str]:
    """Return an id and its name; without the id where it is known by the name."""
    return "" if id == slug(name) else id, name


def _ending(authority: Authority) -> str:
    return authority.full_name.replace(authority.name, "*", 1)


def _having(collection: Collection, tag: str) -> tuple[int, int]:
    """Return how many passages have a theme or voice, and of how many authorities they are."""
    found = collection.by_tag.get(tag, ())
    return len(found), len({finding.authority.slug for finding in found})
