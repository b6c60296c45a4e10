"""An invented statement page, line by line, and how to read it with other lines."""

from __future__ import annotations

from build_scripts.model.evidence import SourceFile, StatementPage
from build_scripts.model.problems import Problem
from build_scripts.text.statement_page import parse_statement_page
from tests.helpers.strategies import FRAMEWORK

PATH = "data/reports/anytown-2025-01/equity.txt"
GOOD = (
    "Equity in experience and outcomes",
    "Score: 3",
    "3 - Evidence shows a good standard",
    "What people expect",
    "I am who I am.",
    "The local authority commitment",
    "We listen.",
    "Key findings for this quality statement",
    "Leaders knew the town.",
)


def parse(*lines: str) -> tuple[StatementPage, tuple[Problem, ...]]:
    """Return what is read of a page of these lines, and what is wrong with it."""
    page, problems = parse_statement_page(SourceFile(PATH, "\n".join(lines).encode()), FRAMEWORK)
    assert page is not None
    return page, problems
