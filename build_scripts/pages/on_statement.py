"""Pages of a theme or a voice on one quality statement: what the cells of the evidence map open."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from build_scripts.model.collection import Finding
from build_scripts.model.evidence import Authority, region_slug
from build_scripts.model.vocabulary import Statement, Theme, Voice
from build_scripts.model.wording import counted
from build_scripts.pages.comparisons import type_group
from build_scripts.pages.counts import Grid, entry_cells
from build_scripts.pages.frame.addresses import cell_address, text_address
from build_scripts.pages.frame.site import Page, Site
from build_scripts.pages.themes_and_voices import (
    clear_first,
    full_name,
    list_page,
    report_label,
    shown,
    text_anchor,
    text_key,
)


def cell_pages(site: Site) -> Iterator[Page]:
    """Yield the page of every theme, then of every voice, on each statement in whose texts it has passages."""
    vocabulary = site.collection.vocabulary
    without = {id: _authorities_without(site, id) for id in site.collection.statements}
    for grid, entries in (
        (Grid(site.collection.evidence), vocabulary.themes),
        (Grid(site.collection.evidence, "voice"), vocabulary.voices),
    ):
        for entry in entries:
            findings = clear_first(site.collection.by_tag.get(entry.id, ()), entry.id)
            for statement in site.collection.statements.values():
                if here := [finding for finding in findings if finding.evidence.statement == statement.id]:
                    yield _cell_page(site, entry, statement, here, grid, without[statement.id])


def count_cell_pages(site: Site) -> int:
    """Return how many pages ``cell_pages`` yields."""
    vocabulary = site.collection.vocabulary
    tagged = (site.collection.by_tag.get(entry.id, ()) for entry in (*vocabulary.themes, *vocabulary.voices))
    return sum(len({finding.evidence.statement for finding in findings}) for findings in tagged)


def _cell_page(
    site: Site, entry: Theme | Voice, statement: Statement, findings: Sequence[Finding], grid: Grid, missing: int
) -> Page:
    cell = grid.cell(entry.id, statement.id)
    kind, kinds = grid.kind, f"{grid.kind}s"
    trail = [(kinds.capitalize(), f"/{kinds}/"), (entry.label, f"/{kinds}/{entry.id}/")]
    if isinstance(entry, Theme):
        trail.insert(1, (site.collection.vocabulary.groups[entry.group], f"/themes/#{entry.group}"))
    name = full_name(entry)
    return list_page(
        site,
        entry,
        findings,
        address=cell_address(kind, entry.id, statement.id),
        title=f"{name} in “{statement.name}”",
        description=f"What CQC’s sections on “{statement.name}” say: {name}. "
        f"{counted(cell.passages, 'paragraph')} with score, council and source.",
        trail=trail,
        template="cell.md",
        searched=False,
        statement=statement,
        cell=cell,
        missing=missing,
        places=_places(site, findings),
        by_statement=entry_cells(site, entry, grid),
    )


def _authorities_without(site: Site, statement: str) -> int:
    """Return for how many authorities of England no text on the statement is in the collection."""
    there = {item.report.authority for item in site.collection.evidence if item.statement == statement}
    return len(site.collection.vocabulary.authorities) - len(there)


def _places(site: Site, findings: Sequence[Finding]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return where the passages are, by region and by type: what the cells of those maps lead to."""
    on_page = {text_key(finding.evidence) for finding in shown(findings)}
    in_order = sorted(findings, key=lambda each: each.evidence.report.published, reverse=True)
    of_text: dict[str, list[Finding]] = {}
    for finding in sorted(in_order, key=lambda each: each.authority.name):
        of_text.setdefault(finding.evidence.report.id, []).append(finding)

    def link(found: Sequence[Finding]) -> dict[str, Any]:
        """Return what leads to a text's passages: to the first on this page, or where none is here, in the text."""
        first = found[0]
        report, statement = text_key(first.evidence)
        in_text = f"{text_address(report, statement)}#{first.tagged.passage.id}"
        return {
            "label": report_label(site, first.evidence.report),
            "address": f"#{text_anchor(first.evidence)}" if (report, statement) in on_page else in_text,
            "passages": len(found),
        }

    texts = [(found[0].authority, link(found)) for found in of_text.values()]

    def by(place: Callable[[Authority], tuple[str, str]]) -> list[dict[str, Any]]:
        """Return the places by name, each with its texts by authority, newest report first."""
        of_place: dict[tuple[str, str], list[tuple[Authority, dict[str, Any]]]] = {}
        for authority, text in texts:
            of_place.setdefault(place(authority), []).append((authority, text))
        return [
            {
                "name": name,
                "slug": slug,
                "passages": sum(text["passages"] for _, text in here),
                "authorities": len({authority.slug for authority, _ in here}),
                "texts": [text for _, text in here],
            }
            for (name, slug), here in sorted(of_place.items(), key=lambda item: item[0])
        ]

    return [
        ("By region", by(lambda each: (each.region, region_slug(each.region)))),
        ("By type of council", by(lambda each: (type_group(each.type, ()).name, each.type))),
    ]
