"""What every search needs beside postings: which passages stand in which text, and the names of everything.

It is part of the manifest; ``catalogue.js`` reads it. Documents are numbered report by report, text by text, passage by
passage.

* ``authorities``: ``[slug, name, type, region]`` of all, by name, the last two as numbers in ``types`` and ``regions``;
* ``reports``: ``[authority, published, rating, source]`` of each that has a text, in the order of the documents;
* ``pages``: lists of numbers: ``report`` has for each report how many texts; the others have for each text its
  ``statement``, ``score`` and how many ``passages``;
* ``statements``, ``types``, ``regions``, ``ratings`` (lowest first): ``[id, name]``; ``scoreLabels``: the words for 1
  to 4;
* ``groups``: labels of the groups of themes; ``themes``: ``[id, label, group, [other names]]``; ``voices``: ``[id,
  label]``; in the order of their files. Related words come from the other names.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from build_scripts.model.collection import Collection
from build_scripts.model.evidence import region_slug as slug
from build_scripts.model.vocabulary import AUTHORITY_TYPES


def catalogue(collection: Collection) -> dict[str, Any]:
    """Return the catalogue as JSON has it."""
    vocabulary = collection.vocabulary
    authorities = sorted(vocabulary.authorities, key=lambda each: (each.name, each.slug))
    slugs = [each.slug for each in authorities]
    types, regions = list(AUTHORITY_TYPES), sorted({each.region for each in authorities})
    statements, groups = list(collection.statements), list(vocabulary.groups)
    ratings = [band.name for band in sorted(vocabulary.framework.ratings, key=lambda band: band.lowest)]
    texts = [item for item in collection.evidence if item.passages]
    reports = {item.report.id: item.report for item in texts}
    return {
        "authorities": [[a.slug, a.name, types.index(a.type), regions.index(a.region)] for a in authorities],
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
        "statements": [[statement.id, statement.name] for statement in collection.statements.values()],
        "types": list(AUTHORITY_TYPES.items()),
        "regions": [[slug(region), region] for region in regions],
        "ratings": [[slug(rating), rating] for rating in ratings],
        "scoreLabels": [label for _, label in sorted(vocabulary.framework.score_labels.items())],
        "groups": list(vocabulary.groups.values()),
        "themes": [[each.id, each.label, groups.index(each.group), list(each.also)] for each in vocabulary.themes],
        "voices": [[each.id, each.label] for each in vocabulary.voices],
    }
