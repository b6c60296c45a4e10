"""The evidence map: how much the texts say of each theme, by quality statement; for England, a region or a type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from build_scripts.model.evidence import Authority, Evidence, region_slug
from build_scripts.model.vocabulary import AUTHORITY_TYPES
from build_scripts.model.wording import counted
from build_scripts.pages.comparisons import type_group
from build_scripts.pages.counts import Grid
from build_scripts.pages.frame.addresses import cell_address
from build_scripts.pages.frame.site import Page, Site


@dataclass(frozen=True, slots=True)
class Part:
    """The part of England that a map shows."""

    name: str
    """As it stands in a sentence: ``England``, ``London``, ``unitary councils``."""
    slug: str
    """Last part of the map's address and anchor on the cells' pages; empty for England."""
    authorities: frozenset[str]
    """Slugs of all its authorities."""
    evidence: Sequence[Evidence]
    is_type: bool = False

    @property
    def title(self) -> str:
        """Its name as it stands alone: ``Unitary councils``."""
        return self.name[:1].upper() + self.name[1:]

    @property
    def address(self) -> str:
        """Where its map is."""
        return f"/map/{self.slug}/" if self.slug else "/map/"


def map_pages(site: Site) -> Iterator[Page]:
    """Yield the map, and those of the regions and types that have texts."""
    england, regions, types = _parts(site)
    others = [("By region", regions), ("By type of council", types)]
    for part in (england, *regions, *types):
        if part.evidence or part is england:
            yield _map_page(site, part, others)


def _parts(site: Site) -> tuple[Part, list[Part], list[Part]]:
    authorities = site.collection.vocabulary.authorities
    regions = sorted({each.region for each in authorities})
    groups = [(id, type_group(id, authorities)) for id in AUTHORITY_TYPES]
    return (
        _part(site, "England", "", authorities),
        [_part(site, name, region_slug(name), [a for a in authorities if a.region == name]) for name in regions],
        [_part(site, group.noun, id, group.members, is_type=True) for id, group in groups if group.members],
    )


def _part(site: Site, name: str, slug: str, authorities: Sequence[Authority], is_type: bool = False) -> Part:
    slugs = frozenset(authority.slug for authority in authorities)
    evidence = [item for item in site.collection.evidence if item.report.authority in slugs]
    return Part(name, slug, slugs, evidence, is_type)


def _map_page(site: Site, part: Part, others: list[tuple[str, list[Part]]]) -> Page:
    collection = site.collection
    grid = Grid(part.evidence)
    title = f"Evidence map: {part.title}" if part.slug else "Evidence map"
    meta: dict[str, Any] = {
        "title": title,
        "description": f"How much CQC’s reports say of each theme, by quality statement. {part.title}: "
        f"{counted(grid.texts.total(), 'section')} here.",
        "hide": ["toc"],
    }
    if part.slug:
        meta["search"] = {"exclude": True}  # the same words as on the whole map
    return site.page(
        part.address,
        "map.md",
        meta,
        title=title,
        part=part,
        others=others,
        grid=grid,
        assessed=len(part.authorities & collection.reports_of.keys()),
        statements=list(collection.statements.values()),
        without=sum(not grid.texts[id] for id in collection.statements),
        chosen=max(collection.statements, key=lambda id: grid.texts[id]),
        groups=_rows(site, grid, part.slug),
    )


def _rows(site: Site, grid: Grid, anchor: str) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the groups of themes with their rows: a cell for each statement, with the address that it opens."""
    vocabulary = site.collection.vocabulary
    end = f"#{anchor}" if anchor else ""
    return [
        (
            label,
            [
                {
                    "id": theme.id,
                    "cells": [
                        (grid.cell(theme.id, statement), cell_address(grid.kind, theme.id, statement) + end)
                        for statement in site.collection.statements
                    ],
                }
                for theme in vocabulary.themes
                if theme.group == id
            ],
        )
        for id, label in vocabulary.groups.items()
    ]
