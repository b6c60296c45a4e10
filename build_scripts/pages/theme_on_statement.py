"""The pages that cells of the evidence map open: the passages of one theme in the texts on one statement."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from build_scripts.model.collection import Finding
from build_scripts.model.evidence import Authority, region_slug
from build_scripts.model.vocabulary import Statement, Theme
from build_scripts.model.wording import counted
from build_scripts.pages.comparisons import type_group
from build_scripts.pages.counts import Grid, theme_cells
from build_scripts.pages.frame.addresses import cell_address
from build_scripts.pages.frame.site import Page, Site
from build_scripts.pages.themes_and_voices import list_pages, report_label, text_key


def cell_pages(site: Site, grid: Grid) -> Iterator[Page]:
    """Yield the pages of every cell that has passages; ``grid`` counts the whole collection."""
    for theme in site.collection.vocabulary.themes:
        findings = site.collection.by_tag.get(theme.id, ())
        for statement in site.collection.statements.values():
            here = [finding for finding in findings if finding.evidence.statement == statement.id]
            if here:
                yield from _cell_pages(site, theme, statement, here, grid)


def _cell_pages(
    site: Site, theme: Theme, statement: Statement, findings: Sequence[Finding], grid: Grid
) -> Iterator[Page]:
    cell = grid.cell(theme.id, statement.id)
    group = site.collection.vocabulary.groups[theme.group]
    theme_address = f"/themes/{theme.id}/"
    return list_pages(
        site,
        theme,
        "theme",
        findings,
        address=cell_address(theme.id, statement.id),
        title=f"{theme.label} in “{statement.name}”",
        description=f"What CQC’s texts on “{statement.name}” say: {theme.label}. "
        f"{counted(cell.passages, 'passage')} with score, authority and source.",
        trail=[("Themes", "/themes/"), (group, f"/themes/#{theme.group}"), (theme.label, theme_address)],
        template="cell.md",
        searched=False,  # the theme's own page is what a search should find
        statement=statement,
        cell=cell,
        missing=_without_text(site, statement),
        places=_places(site, findings),
        by_statement=theme_cells(site, theme, grid),
    )


def _without_text(site: Site, statement: Statement) -> int:
    """Return for how many authorities of England no text on the statement is in the collection."""
    there = {item.report.authority for item in site.collection.evidence if item.statement == statement.id}
    return len(site.collection.vocabulary.authorities) - len(there)


def _places(site: Site, findings: Sequence[Finding]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return where the passages are, by region and by type: what the cells of those maps lead to."""
    return [
        ("By region", _places_by(site, findings, lambda each: (each.region, region_slug(each.region)))),
        ("By type of authority", _places_by(site, findings, lambda each: (type_group(each.type, ()).name, each.type))),
    ]


def _places_by(
    site: Site, findings: Sequence[Finding], place: Callable[[Authority], tuple[str, str]]
) -> list[dict[str, Any]]:
    """Return the places by name, each with its texts by authority, newest report first, and their passages."""
    texts: dict[tuple[str, str], dict[str, list[Finding]]] = {}
    in_order = sorted(findings, key=lambda each: each.evidence.report.published, reverse=True)
    for finding in sorted(in_order, key=lambda each: each.authority.name):
        of_place = texts.setdefault(place(finding.authority), {})
        of_place.setdefault(finding.evidence.report.id, []).append(finding)
    return [
        {
            "name": name,
            "slug": slug,
            "passages": sum(map(len, of_place.values())),
            "authorities": len({found[0].authority.slug for found in of_place.values()}),
            "texts": [
                (report_label(site, found[0].evidence.report), text_key(found[0].evidence), len(found))
                for found in of_place.values()
            ],
        }
        for (name, slug), of_place in sorted(texts.items())
    ]
