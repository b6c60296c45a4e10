"""Invented counties and a borough with scores of their own, and the pages made of them."""

from __future__ import annotations

from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from build_scripts.model.collection import Collection
from build_scripts.model.evidence import Authority, Evidence, Report
from tests.helpers.anytown import collection, report, vocabulary
from tests.helpers.readers import front_matter, mkdocs_html
from tests.helpers.strategies import FRAMEWORK

HOSTILE = "O'Neill & <b>"
COUNTIES = tuple(
    Authority(slug, name, f"{name} Council", f"E0000010{number}", region, "county")
    for number, (slug, name, region) in enumerate(
        [
            ("aldshire", "Aldshire", "The Coast"),
            ("bredshire", "Bredshire", "The Coast"),
            ("cadshire", HOSTILE, "The Hills"),
            ("dunshire", "Dunshire", "The Hills"),
            ("elmshire", "Elmshire", "The Hills"),
        ]
    )
)
BOROUGH = Authority("edge", "Edge", "Edge Council", "E00000200", "The Coast", "unitary")


def scored(id: str, *scores: int, **more: object) -> Report:
    """A report with these nine scores."""
    percentage = FRAMEWORK.percentage_of(sum(scores))
    ids = [statement.id for statement in FRAMEWORK.statements]
    values: dict[str, Any] = {"percentage": percentage, "rating": FRAMEWORK.rating(percentage), **more}
    return report(id, scores=dict(zip(ids, scores, strict=True)), **values)


REPORTS = (
    scored("aldshire-2025-01", 2, 2, 3, 2, 2, 2, 2, 2, 3),  # 20
    scored("bredshire-2025-02", 3, 3, 3, 2, 2, 2, 2, 2, 1),  # 20: a tie
    scored("cadshire-2024-05", 2, 2, 2, 2, 2, 2, 2, 2, 2),  # 18: an older report
    scored("cadshire-2025-09", 3, 3, 3, 3, 3, 2, 2, 2, 2),  # 23: just Good
    scored("dunshire-2025-03", 3, 3, 3, 3, 2, 2, 2, 2, 2),  # 22: one below Good
    scored("edge-2025-04", 4, 4, 4, 4, 4, 4, 3, 3, 2),  # 32
)


def places(*texts: Evidence, reports: tuple[Report, ...] = REPORTS, **more: Any) -> Collection:
    """A collection of these places, with texts and reports."""
    words = vocabulary(authorities=(*COUNTIES, BOROUGH))
    return collection(texts, reports, vocabulary=words, **more)


def html(pages: dict[str, bytes], path: str) -> LexborHTMLParser:
    """A page as MkDocs makes it."""
    return LexborHTMLParser(mkdocs_html(front_matter(pages[path].decode())[0]))


def of(pages: dict[str, bytes], slug: str) -> LexborHTMLParser:
    """An authority's page."""
    return html(pages, f"authorities/{slug}/index.md")


def said(node: LexborHTMLParser | LexborNode | None) -> str:
    """The words of an element that has to be there."""
    assert node
    return " ".join(node.text().split())


def texts(tree: LexborHTMLParser, selector: str) -> list[str]:
    """The words of all elements that a selector finds."""
    return [said(node) for node in tree.css(selector)]
