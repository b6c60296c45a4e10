"""Whole generated pages, beside what they are made from: tests/golden/render."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from build_scripts.disk.read import read_schemas, read_sources
from build_scripts.model.evidence import SourceFile
from build_scripts.pipeline import run_pipeline
from tests.helpers.projects import ROOT
from tests.helpers.readers import commonmark_html, front_matter, look, mkdocs_html

GOLDEN = ROOT / "tests" / "golden" / "render"
REWRITE = "if the new page is right, run REWRITE_GOLDEN=1 .venv/bin/python -m pytest tests/unit/test_golden_pages.py"


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(file, id=str(file.relative_to(GOLDEN).parent))
        for file in sorted(GOLDEN.glob("*/pages/**/index.md"))
    ],
)
def test_page_is_as_its_golden_file_shows(page: Path) -> None:
    """Each page in tests/golden/render/<case>/pages is what the build makes of the files in data beside it."""
    case = GOLDEN / page.relative_to(GOLDEN).parts[0]
    sources, unread = read_sources(case)
    framework = SourceFile("data/framework.yml", (ROOT / "data" / "framework.yml").read_bytes())
    run = run_pipeline({**sources, framework.path: framework}, read_schemas(), unread)
    assert run.problems == ()

    made = run.files[page.relative_to(case / "pages").as_posix()]

    if os.environ.get("REWRITE_GOLDEN"):
        page.write_bytes(made)
    assert page.read_text("utf-8") == made.decode("utf-8"), REWRITE


def test_every_golden_page_reads_alike_in_both_markdown_readers() -> None:
    """Python-Markdown and CommonMark show the same words and headings of each golden page."""
    for file in GOLDEN.glob("*/pages/**/index.md"):
        body, _ = front_matter(file.read_text("utf-8"))
        one, other = look(mkdocs_html(body)), look(commonmark_html(body))

        # Python-Markdown puts line breaks between elements, so the spaces differ.
        assert one.words.replace(" ", "") == other.words.replace(" ", ""), file
        assert one.headings == other.headings, file
