"""What ``/compare/`` loads: one small index of all authorities, and the passages of each authority that has any.

The page asks for an authority's passages only when they are to be shown. Addresses begin with ``/`` as everywhere in
this package; the page makes them relative, so that the site works under any path. Nothing here is escaped beyond what
JSON needs: whoever shows it must treat it as text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from build_scripts.model.collection import Collection
from build_scripts.model.evidence import Authority, Evidence
from build_scripts.model.vocabulary import AUTHORITY_TYPES

CREDIT = (
    "© Care Quality Commission. Contains public sector information licensed under the Open Government Licence v3.0."
)
"""What the licence of CQC’s texts and scores asks for beside them."""


def compare_files(collection: Collection) -> dict[str, bytes]:
    """Return path below ``docs/`` to bytes: ``compare/authorities.json``, and ``compare/<slug>.json`` for who has text.

    Each has the credit that its licence asks for. A passage names its report, statement, place and words; its themes
    and voices are ids of the index, as are those of its themes that are in doubt, where there are any.
    """
    files = {"compare/authorities.json": _json(_index(collection))}
    for authority in collection.vocabulary.authorities:
        texts = newest_texts(collection, authority)
        passages = [_passage(item, place) for item in texts for place in range(len(item.passages))]
        if passages:
            files[f"compare/{authority.slug}.json"] = _json({"credit": CREDIT, "passages": passages})
    return files


def newest_texts(collection: Collection, authority: Authority) -> list[Evidence]:
    """Return the texts of the authority's newest report that are in the collection, in the framework's order.

    Older reports are left out: scores and passages that stand side by side must be of one time.
    """
    reports = collection.reports_of.get(authority.slug, ())[:1]
    wanted = [(report.id, statement) for report in reports for statement in collection.statements]
    return [collection.texts[each] for each in wanted if each in collection.texts]


def _index(collection: Collection) -> Mapping[str, Any]:
    vocabulary = collection.vocabulary
    return {
        "credit": CREDIT,
        "most": vocabulary.framework.most,
        "scores": {str(score): label for score, label in vocabulary.framework.score_labels.items()},
        "statements": {statement.id: statement.name for statement in vocabulary.framework.statements},
        "versions": {version.id: version.name for version in vocabulary.framework.versions},
        "themes": {theme.id: theme.label for theme in vocabulary.themes},
        "voices": {voice.id: voice.label for voice in vocabulary.voices},
        "authorities": [
            _authority(collection, each) for each in sorted(vocabulary.authorities, key=lambda each: each.name)
        ],
    }


def _authority(collection: Collection, authority: Authority) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "slug": authority.slug,
        "name": authority.name,
        "fullName": authority.full_name,
        "type": AUTHORITY_TYPES[authority.type],
        "region": authority.region,
        "address": f"/authorities/{authority.slug}/",
        "report": None,
        "withdrawn": authority.slug in collection.withdrawn_of,
    }
    reports = collection.reports_of.get(authority.slug, ())
    if reports:
        newest = reports[0]
        facts["report"] = {
            "address": f"/reports/{newest.id}/",
            "published": newest.published,
            "rating": newest.rating,
            "percentage": newest.percentage,
            "framework": newest.framework,
            "regraded": newest.regrades[-1].date if newest.regrades else "",
            "scores": [newest.scores[statement] for statement in collection.statements],
            "texts": [item.statement for item in newest_texts(collection, authority)],
            "earlier": len(reports) - 1,
        }
    return facts


def _passage(item: Evidence, place: int) -> dict[str, Any]:
    """Return a passage with its words as published; the items of a list are the lines of ``text``."""
    tagged = item.passages[place]
    passage = tagged.passage
    text = f"{item.report.id}/{item.statement}"
    doubt = [tag.id for tag in tagged.themes if tag.narrow]
    return {
        "id": f"{text}/{passage.id}",
        "address": f"/reports/{text}/#{passage.id}",
        "statement": item.statement,
        "score": item.report.scores[item.statement],
        "heading": "" if passage.heading is None else item.page.headings[passage.heading].text,
        "number": place + 1,
        "of": len(item.passages),
        "list": passage.is_list,
        "text": passage.text,
        "themes": [tag.id for tag in tagged.themes],
        "voices": [tag.id for tag in tagged.voices],
        **({"doubt": doubt} if doubt else {}),
    }


def _json(value: Any) -> bytes:
    """Return compact JSON; halves of letters, which YAML can hold and UTF-8 cannot, are left out as on pages."""
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8", "ignore")
