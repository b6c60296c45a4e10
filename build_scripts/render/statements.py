"""Pages of the nine quality statements: who has which score, which texts there are, what they discuss."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from build_scripts.collection import tag_counts
from build_scripts.render.addresses import region_slug, text_address
from build_scripts.render.site import Page, Site, long_date
from build_scripts.vocabulary import Statement


def statement_pages(site: Site) -> Iterator[Page]:
    """Yield the index of quality statements and the page of each."""
    collection = site.collection
    framework = collection.vocabulary.framework
    areas = [
        (name, [_card(site, statement) for statement in framework.statements if statement.area == id])
        for id, name in framework.areas.items()
    ]
    meta = {
        "title": "Quality statements",
        "description": "The nine quality statements by which the Care Quality Commission assesses adult social care.",
    }
    yield site.page("/statements/", "statements.md", meta, areas=areas)
    neighbours = (None, *framework.statements, None)
    for number, statement in enumerate(framework.statements):
        yield _statement_page(site, statement, neighbours[number], neighbours[number + 2])


def _card(site: Site, statement: Statement) -> dict[str, Any]:
    return {
        "id": statement.id,
        "number": statement.number,
        "name": statement.name,
        "scores": sum(statement.id in report.scores for report in site.collection.reports),
        "texts": sum(item.statement == statement.id for item in site.collection.evidence),
    }


def _statement_page(site: Site, statement: Statement, previous: Statement | None, next: Statement | None) -> Page:
    collection = site.collection
    texts = [item for item in collection.evidence if item.statement == statement.id]
    rows: list[dict[str, Any]] = []
    for report in collection.reports:
        authority = collection.authorities[report.authority]
        evidence = collection.texts.get((report.id, statement.id))
        rows.append(
            {
                "slug": authority.slug,
                "authority": authority.name,
                "region": authority.region,
                "region_slug": region_slug(authority.region),
                "score": report.scores[statement.id],
                "published": long_date(report.published),
                "address": text_address(report.id, statement.id),
                "passages": len(evidence.passages) if evidence else 0,
            }
        )
    rows.sort(key=lambda row: (-row["score"], row["authority"]))
    newest = max(texts, key=lambda item: item.report.published, default=None)
    meta = {
        "title": f"{statement.name} (quality statement)",  # a theme may have the same name
        "description": f"CQC’s quality statement “{statement.name}”: scores, texts and themes of the authorities in "
        "this collection.",
        "statement": statement.name,
    }
    return site.page(
        f"/statements/{statement.id}/",
        "statement.md",
        meta,
        statement=statement,
        area=collection.vocabulary.framework.areas[statement.area],
        commitment=newest.page.commitment if newest else (),
        rows=rows,
        texts=len(texts),
        authorities=len(collection.authorities),
        headings=Counter(heading.text for item in texts for heading in item.page.headings).most_common(),
        themes_here=site.themes_in_order(tag_counts(texts)),
        previous=previous,
        next=next,
    )
