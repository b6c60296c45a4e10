"""Whoever takes CQC's words away from here gets the credit with them that their licence asks for."""

from __future__ import annotations

import re

import pytest

from tests.helpers.projects import ROOT

CREDIT = "© Care Quality Commission. Contains public sector information licensed under the Open Government Licence v3.0"


def words(text: str) -> str:
    """Return a text without line breaks, tags and Markdown's links."""
    return " ".join(re.sub(r"<[^>]*>|\[([^\]]*)\]\([^)]*\)", r"\1", re.sub(r"\n *", " ", text)).split())


@pytest.mark.parametrize(
    "path",
    [
        "CITATION.cff",
        "NOTICE",
        "README.md",
        "build_scripts/pages/compare_data.py",
        "build_scripts/pages/templates/data.md",
        "docs/about/index.md",
        "docs/about/reuse.md",
        "docs/assets/javascripts/reference.js",
        "mkdocs.yml",
    ],
)
def test_the_credit_is_whole(path: str) -> None:
    """What stands on every page, in the search's CSV and citations, in the data's files and beside the code."""
    assert CREDIT in words((ROOT / path).read_text("utf-8"))
