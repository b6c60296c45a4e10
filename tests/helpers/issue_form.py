"""The form without installation, filled in well, and as GitHub writes it into an issue."""

from __future__ import annotations

from build_scripts.contribute.issue_form import (
    AS_TEXT_SAYS,
    AUTHORITY,
    CHANGE,
    NEW,
    NINE,
    PUBLISHED,
    SOURCE,
    STATEMENT,
    TEXT,
)
from tests.helpers.strategies import FRAMEWORK

NAMES = [item.name for item in FRAMEWORK.statements]
GOOD_TEXT = """\
Learning, improvement and innovation
Score: 3
3 - Evidence shows a good standard
The local authority commitment
We learn.
Key findings for this quality statement
Staff told us that an interpreter was always called.
"""
GOOD = {
    AUTHORITY: "Anytown",
    STATEMENT: AS_TEXT_SAYS,
    CHANGE: NEW,
    PUBLISHED: "2025-01-10",
    SOURCE: "https://www.cqc.org.uk/invented/anytown",
    NINE: "\n".join(f"{name}:" for name in NAMES),
    TEXT: GOOD_TEXT,
}


def body(**changes: str) -> str:
    """An issue's body as GitHub writes it, with other words under some labels."""
    parts = []
    for label, words in {**GOOD, **changes}.items():
        shown = f"```text\n{words}\n```" if label in (NINE, TEXT) else (words or "_No response_")
        parts.append(f"### {label}\n\n{shown}")
    return "\r\n\r\n".join(parts).replace("\n", "\r\n").replace("\r\r", "\r")
