"""Which passage a page shows as an example: one that nobody chose, the same for the same collection."""

from __future__ import annotations

from collections.abc import Iterable

from build_scripts.model.collection import Finding

WHOLE = 150
"""Letters from which on a paragraph is taken to be a whole thought."""

PEOPLE = ("people", "carers")
"""Voices that are quoted rather than others."""


def example(findings: Iterable[Finding]) -> Finding | None:
    """Return the shortest paragraph that is a whole thought, one in which people or carers speak if there is one."""

    def order(finding: Finding) -> tuple[bool, bool, int, str]:
        passage = finding.tagged.passage
        silent = not any(tag.id in PEOPLE for tag in finding.tagged.voices)
        return passage.is_list or len(passage.text) < WHOLE, silent, len(passage.text), finding.id

    return min(findings, key=order, default=None)
