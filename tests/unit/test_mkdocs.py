"""MkDocs is told of as it goes on, and what it says comes through."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from build_scripts.disk.mkdocs import NotBuiltError, build_site
from tests.helpers.progress import Noted

SETTINGS = "site_name: Anytown\ntheme:\n  name: material\nvalidation:\n  anchors: warn\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A site of two pages."""
    (tmp_path / "mkdocs.yml").write_text(SETTINGS)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# Anytown\n\n[Rooms](rooms.md)\n")
    (tmp_path / "docs/rooms.md").write_text("# Rooms\n")
    return tmp_path


def test_each_page_that_mkdocs_reads_and_writes_is_a_step(project: Path) -> None:
    """MkDocs tells of every page twice; that is counted, and not passed on."""
    noted, said = Noted(), list[str]()

    build_site(project, project / "site", {**os.environ, "NO_MKDOCS_2_WARNING": "1"}, said.append, noted)

    assert noted.stages == [("MkDocs builds the site", 0), ("MkDocs reads pages", 2), ("MkDocs writes pages", 2)]
    assert noted.steps == [0, 2, 2]
    assert [line.split()[0] for line in said] == ["INFO", "INFO", "INFO"]
    assert said[1] == f"INFO    -  Building documentation to directory: {project}/site"


def test_mkdocs_looks_for_headings_all_the_same(project: Path) -> None:
    """A link to a heading that is not there stops the build: being verbose, MkDocs would not look."""
    (project / "docs/rooms.md").write_text("# Rooms\n\n[A heading](index.md#nowhere)\n")

    with pytest.raises(NotBuiltError):
        build_site(project, project / "site", os.environ, lambda _line: None)
