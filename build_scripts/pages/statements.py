"""Pages of the nine quality statements: how scores are spread, what the sections say by score, and who has which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from build_scripts.model.collection import Finding
from build_scripts.model.evidence import Authority, Evidence
from build_scripts.model.standing import spread
from build_scripts.model.vocabulary import AUTHORITY_TYPES, Statement
from build_scripts.pages.comparisons import (
    Group,
    current_reports,
    england_group,
    region_group,
    text_here,
    type_group,
)
from build_scripts.pages.england import score_map
from build_scripts.pages.frame.addresses import cell_address, text_address
from build_scripts.pages.frame.charts import bar, score_cells
from build_scripts.pages.frame.site import Page, Site
from build_scripts.pages.quoting import example
from build_scripts.pages.themes_and_voices import report_label
from build_scripts.text.letters import fold

GOOD = 3
"""The lowest score whose label says a good standard."""

TELLING = 5
"""How many themes are named that one score discusses more often than another."""

SHOWN = 10
"""How many councils with one score are named before the others are folded."""

PASSAGES_LINKED = 12
"""How many passages a cell of the sub-headings links to; where they are more, it says how many."""


@dataclass(frozen=True, slots=True)
class Cell:
    """How much the texts of one score have of something."""

    score: int
    findings: tuple[Finding, ...]
    texts: int
    """How many of the texts have it."""
    of: int
    """How many texts of this score there are; with none, nothing can be said."""

    @property
    def passages(self) -> int:
        return len(self.findings)


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
        "spread": _spread(site, statement),
        "texts": sum(item.statement == statement.id for item in site.collection.evidence),
    }


def _statement_page(site: Site, statement: Statement, previous: Statement | None, next: Statement | None) -> Page:
    collection = site.collection
    framework = collection.vocabulary.framework
    texts = [item for item in collection.evidence if item.statement == statement.id]
    everyone = tuple(sorted(collection.authorities.values(), key=lambda each: each.name))
    spread_here, councils = _spread(site, statement), _councils(site, statement)
    newest = max(texts, key=lambda item: item.report.published, default=None)
    meta = {
        "title": f"{statement.name} (quality statement)",  # a theme may have the same name
        "description": f"CQC’s quality statement “{statement.name}”: scores, sections and themes of the councils here.",
        "statement": statement.name,
        "hide": ["toc"],
    }
    return site.page(
        f"/statements/{statement.id}/",
        "statement.md",
        meta,
        statement=statement,
        hexagons=score_map(site, f"/statements/{statement.id}/", statement.id),
        area=framework.areas[statement.area],
        commitment=newest.page.commitment if newest else (),
        assessed=len(collection.current),
        versions=len(collection.versions),
        authorities=len(everyone),
        spread=[(score, number, bar(number, len(collection.current), score)) for score, number in spread_here.items()],
        groups=[
            (title, [_group_row(site, group, statement) for group in groups])
            for title, groups in _groups(everyone).items()
        ],
        councils=councils,
        in_bold=any(address for _, of_score in councils for _, address in of_score),
        shown=SHOWN,
        texts=len(texts),
        passages=sum(len(item.passages) for item in texts),
        **_by_score(site, statement, texts),
        previous=previous,
        next=next,
    )


def _spread(site: Site, statement: Statement) -> dict[int, int]:
    """Return how many councils have each score, by their newest reports, the highest score first."""
    scores = (report.scores[statement.id] for report in site.collection.current.values())
    return spread(scores, site.collection.vocabulary.framework)


def _councils(site: Site, statement: Statement) -> list[tuple[int, list[tuple[Authority, str]]]]:
    """Return each score that any council has, the highest first, with who has it and the address of its section."""
    collection = site.collection
    found: dict[int, list[tuple[Authority, str]]] = {}
    for slug, report in sorted(collection.current.items(), key=lambda item: collection.authorities[item[0]].name):
        of_score = found.setdefault(report.scores[statement.id], [])
        of_score.append((collection.authorities[slug], text_here(site, report, statement.id)))
    return sorted(found.items(), reverse=True)


def _groups(everyone: Sequence[Authority]) -> dict[str, list[Group]]:
    """Return the groups whose scores are set beside each other: England, each type, each region."""
    types = {each.type for each in everyone}
    return {
        "All": [england_group(everyone)],
        "By type": [type_group(type, everyone) for type in AUTHORITY_TYPES if type in types],
        "By region": [region_group(region, everyone) for region in sorted({each.region for each in everyone})],
    }


def _group_row(site: Site, group: Group, statement: Statement) -> dict[str, Any]:
    reports = current_reports(site.collection, group)
    counts = spread((report.scores[statement.id] for report in reports.values()), site.collection.vocabulary.framework)
    return {
        "name": group.name,
        "address": group.address,
        "assessed": len(reports),
        "of": len(group.members),
        "cells": score_cells(counts),
        "good": sum(number for score, number in counts.items() if score >= GOOD),
    }


def _by_score(site: Site, statement: Statement, texts: Sequence[Evidence]) -> dict[str, Any]:
    """Return what the texts of each score say: their themes and headings in columns, how neighbouring scores differ."""
    scores = sorted(site.collection.vocabulary.framework.score_labels, reverse=True)
    of_score = {score: [item for item in texts if _score(item) == score] for score in scores}
    reports = Counter(report.scores[statement.id] for report in site.collection.reports)
    findings = [finding for finding in site.collection.findings if finding.evidence.statement == statement.id]
    themes = _table(scores, of_score, findings, lambda finding: [tag.id for tag in finding.tagged.themes])
    # CQC words a heading with one kind of apostrophe or another; the first wording stands for all.
    wordings: dict[str, str] = {}
    for finding in findings:
        wordings.setdefault(fold(finding.heading), finding.heading)
    headings = _table(scores, of_score, findings, lambda finding: [fold(finding.heading)])
    heading_rows = [(wordings[key], cells) for key, cells in headings.items() if key]
    heading_rows += [("", cells) for key, cells in headings.items() if not key]
    present = [score for score in scores if of_score[score]]
    return {
        "columns": [
            {"score": score, "texts": [_text_link(site, item) for item in of_score[score]], "reports": reports[score]}
            for score in scores
        ],
        "theme_rows": _outstanding_first(themes, site.theme_labels),
        "cell_of_theme": {id: cell_address("theme", id, statement.id) for id in themes},
        "heading_rows": [
            (name, [(cell, _passage_links(site, cell)) for cell in cells]) for name, cells in heading_rows
        ],
        "contrasts": [_contrast(themes, scores, pair, site.theme_labels) for pair in pairwise(present)],
        "asked": bool(of_score[GOOD] and of_score[GOOD - 1]),
        "examples": [
            found
            for score in scores
            if (found := example(finding for finding in findings if finding.score == score)) is not None
        ],
    }


def _score(evidence: Evidence) -> int:
    return evidence.report.scores[evidence.statement]


def _text_link(site: Site, evidence: Evidence) -> tuple[str, str]:
    return report_label(site, evidence.report), text_address(evidence.report.id, evidence.statement)


def _passage_links(site: Site, cell: Cell) -> list[tuple[str, str]]:
    """Return the first passages of a cell, each with what names it and its address."""
    links: list[tuple[str, str]] = []
    for finding in cell.findings[:PASSAGES_LINKED]:
        name, address = _text_link(site, finding.evidence)
        links.append((f"{name}, paragraph {finding.number}", f"{address}#{finding.tagged.passage.id}"))
    return links


def _table(
    scores: Sequence[int],
    of_score: dict[int, list[Evidence]],
    findings: Iterable[Finding],
    keys: Callable[[Finding], Iterable[str]],
) -> dict[str, list[Cell]]:
    """Return for each key that findings have, in their order, a cell for each score."""
    found: dict[str, dict[int, list[Finding]]] = {}
    for finding in findings:
        for key in keys(finding):
            found.setdefault(key, {}).setdefault(finding.score, []).append(finding)

    def cell(score: int, here: Sequence[Finding]) -> Cell:
        texts = {finding.evidence.report.id for finding in here}
        return Cell(score, tuple(here), len(texts), len(of_score[score]))

    return {key: [cell(score, of_key.get(score, ())) for score in scores] for key, of_key in found.items()}


def _outstanding_first(table: dict[str, list[Cell]], order: Iterable[str]) -> list[tuple[str, list[Cell]]]:
    """Return the themes that stand out in the higher scores first: by the share of texts in the highest score that has
    any, less that in the lowest; then by passages, then in the vocabulary's order."""

    def place(item: tuple[str, list[Cell]]) -> tuple[float, int]:
        shares = [cell.texts / cell.of for cell in item[1] if cell.of]
        return shares[-1] - shares[0], -sum(cell.passages for cell in item[1])

    return sorted(((id, table[id]) for id in order if id in table), key=place)


def _contrast(
    table: dict[str, list[Cell]], scores: Sequence[int], pair: tuple[int, int], order: Iterable[str]
) -> dict[str, Any]:
    """Return the themes that a larger share of the sections of one score discusses than of the other, both ways."""
    high, low = (scores.index(score) for score in pair)
    rows = [(id, table[id][high], table[id][low]) for id in order if id in table]

    def more(one: int) -> list[tuple[str, Cell, Cell]]:
        """Return the themes that stand out most in one of the two, with its cell first."""
        turned = rows if one == high else [(id, other, mine) for id, mine, other in rows]
        apart = [(mine.texts / mine.of - other.texts / other.of, id, mine, other) for id, mine, other in turned]
        most = sorted((each for each in apart if each[0] > 0), key=lambda each: (-each[0], -each[2].passages))
        return [(id, mine, other) for _, id, mine, other in most[:TELLING]]

    texts = [rows[0][1].of, rows[0][2].of] if rows else [0, 0]
    return {"high": pair[0], "low": pair[1], "texts": texts, "more_high": more(high), "more_low": more(low)}
