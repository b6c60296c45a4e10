"""What the search page shows before anybody asks: the answer to nothing, so that opening the page starts no engine.

``opening.json``, plain JSON under a fixed name: an ``Answer`` (``types.js``) with the first passages of all and every
filter counted, as the engine would give it; ``null`` where there is no passage.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from build_scripts.model.collection import Collection
from build_scripts.model.evidence import region_slug
from build_scripts.model.vocabulary import AUTHORITY_TYPES
from build_scripts.search.catalogue import authorities_in_order
from build_scripts.search.documents import Document

SHOWN = 10
"""Passages at once: ``SIZE`` in ``address.js``."""


def opening(build: str, collection: Collection, documents: Sequence[Document]) -> dict[str, Any] | None:
    """Return the answer to nothing asked, of a build that the manifest tells by the same name."""
    if not documents:
        return None
    with_text = {document.evidence.report.authority for document in documents}
    labels = {each.id: each.label for each in (*collection.vocabulary.themes, *collection.vocabulary.voices)}
    everything = {"mode": "everything", "parts": [], "related": [], "themes": [], "ignored": [], "filters": []}
    return {
        "build": build,
        "total": len(documents),
        "authorities": len(with_text),
        "of": {
            "passages": len(documents),
            "authorities": len(collection.vocabulary.authorities),
            "texts": sum(bool(item.passages) for item in collection.evidence),
            "withText": len(with_text),
        },
        "cards": [],
        "understood": {**everything, "notes": []},
        "suggestion": None,
        "hits": [_hit(number, each, collection, labels) for number, each in enumerate(documents[:SHOWN])],
        "near": None,
        "groups": [],
        "facets": _facets(collection, documents),
        "pages": [],
        "advice": None,
    }


def _hit(number: int, document: Document, collection: Collection, labels: Mapping[str, str]) -> dict[str, Any]:
    item, tagged, report = document.evidence, document.tagged, document.evidence.report
    authority, framework = collection.authorities[report.authority], collection.vocabulary.framework
    place, score = f"{report.id}/{item.statement}", report.scores[item.statement]
    return {
        "doc": number,
        "id": f"{place}/{tagged.passage.id}",
        "address": f"/reports/{place}/#{tagged.passage.id}",
        "authority": {
            "slug": authority.slug,
            "name": authority.name,
            "fullName": authority.full_name,
            "type": AUTHORITY_TYPES[authority.type],
            "region": authority.region,
        },
        "statement": {"id": item.statement, "name": collection.statements[item.statement].name},
        "score": score,
        "scoreLabel": framework.score_labels[score],
        "report": report.id,
        "published": report.published,
        "rating": report.rating,
        "source": report.source,
        "number": document.place,
        "of": len(item.passages),
        "heading": document.heading,
        "themes": [{"id": tag.id, "label": labels[tag.id]} for tag in tagged.themes],
        "voices": [{"id": tag.id, "label": labels[tag.id]} for tag in tagged.voices],
        "list": tagged.passage.is_list,
        "text": tagged.passage.text,
        "marks": [],
        "markWords": [],
    }


def _facets(collection: Collection, documents: Iterable[Document]) -> dict[str, list[dict[str, Any]]]:
    """Return every value of every filter with its passages, in the order of ``Catalogue.facetValues``."""
    vocabulary, framework = collection.vocabulary, collection.vocabulary.framework
    counts: Counter[tuple[str, str]] = Counter()
    for document in documents:
        report, statement = document.evidence.report, document.evidence.statement
        authority = collection.authorities[report.authority]
        counts.update(("theme", tag.id) for tag in document.tagged.themes)
        counts.update(("voice", tag.id) for tag in document.tagged.voices)
        counts.update(
            {
                ("statement", statement): 1,
                ("score", str(report.scores[statement])): 1,
                ("rating", region_slug(report.rating)): 1,
                ("region", region_slug(authority.region)): 1,
                ("type", authority.type): 1,
                ("authority", authority.slug): 1,
                ("year", report.published[:4]): 1,
            }
        )

    def values(facet: str, all_: Iterable[tuple[str, str, str]]) -> list[dict[str, Any]]:
        return [{"id": id, "label": label, "group": group, "count": counts[facet, id]} for id, label, group in all_]

    def plain(facet: str, all_: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
        return values(facet, ((id, label, "") for id, label in all_))

    authorities = authorities_in_order(collection)
    ratings = sorted(framework.ratings, key=lambda band: -band.lowest)
    regions = sorted({each.region for each in authorities})
    years = sorted({year for facet, year in counts if facet == "year"}, reverse=True)
    return {
        "theme": values("theme", ((each.id, each.label, vocabulary.groups[each.group]) for each in vocabulary.themes)),
        "voice": plain("voice", ((each.id, each.label) for each in vocabulary.voices)),
        "statement": plain("statement", ((each.id, each.name) for each in collection.statements.values())),
        "score": plain("score", ((str(score), label) for score, label in sorted(framework.score_labels.items())[::-1])),
        "rating": plain("rating", ((region_slug(band.name), band.name) for band in ratings)),
        "region": plain("region", ((region_slug(region), region) for region in regions)),
        "type": plain("type", AUTHORITY_TYPES.items()),
        "authority": plain("authority", ((each.slug, each.name) for each in authorities)),
        "year": plain("year", ((year, year) for year in years)),
    }
