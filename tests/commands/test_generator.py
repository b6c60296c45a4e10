"""What builds the site is told of as it goes on, and what it says comes through."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from build_scripts.disk.generator import MKDOCS, ZENSICAL, Generator, NotBuiltError, build_site, why_not_place
from tests.helpers.progress import Noted
from tests.helpers.projects import ROOT

SETTINGS = (
    "site_name: Anytown\nsite_url: !ENV [SITE_URL, ]\nsite_dir: !ENV [SITE_DIR, site]\ntheme:\n  name: material\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A site of two pages and a file, and a site that was built before."""
    (tmp_path / "mkdocs.yml").write_text(SETTINGS)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# Anytown\n\n[Rooms](rooms.md)\n")
    (tmp_path / "docs/rooms.md").write_text("# Rooms\n")
    (tmp_path / "docs/plan.txt").write_text("A plan.\n")
    return tmp_path


def test_each_page_that_mkdocs_reads_and_writes_is_a_step(project: Path) -> None:
    """MkDocs tells of every page twice; that is counted, and not passed on."""
    noted, said = Noted(), list[str]()

    build_site(MKDOCS, project, project / "site", {**os.environ, "NO_MKDOCS_2_WARNING": "1"}, said.append, noted)

    assert noted.stages == [("MkDocs builds the site", 0), ("MkDocs reads pages", 2), ("MkDocs writes pages", 2)]
    assert noted.steps == [0, 2, 2]
    assert [line.split()[0] for line in said] == ["INFO", "INFO", "INFO"]
    assert said[1] == f"INFO    -  Building documentation to directory: {project}/site"
    assert (project / "site/rooms/index.html").is_file()


def test_zensical_builds_in_place_of_what_stood_there(project: Path) -> None:
    """Zensical's site is put into its place as a whole, but for what nothing asks for; its cache is not left behind."""
    (project / "site").mkdir()
    (project / "site/old.html").write_text("before")
    said = list[str]()

    (project / "docs/unused.txt").write_text("before it is joined")
    unused = ["unused.txt", "assets/stylesheets", "never.txt"]
    build_site(ZENSICAL, project, project / "site", os.environ, said.append, unused=unused)

    assert said[0] == "Build started"
    assert (project / "site/plan.txt").read_text() == "A plan.\n"
    assert not any((project / "site" / path).exists() for path in unused)
    assert (project / "docs/unused.txt").exists()
    assert "</html>" in (project / "site/rooms/index.html").read_text("utf-8")
    assert not (project / "site/old.html").exists()
    assert sorted(each.name for each in project.iterdir()) == ["docs", "mkdocs.yml", "site"]


@pytest.mark.parametrize(
    ("place", "wrong"),
    [("site", ""), ("../site", "is outside of the project, where Zensical cannot write"), ("docs/site", "is a folder")],
)
def test_zensical_writes_inside_of_the_project_alone(project: Path, place: str, wrong: str) -> None:
    """A place that Zensical refuses is refused before anything is made; MkDocs may write there."""
    target = (project / place).resolve()

    reason = why_not_place(target, project, ZENSICAL)

    assert reason.startswith(wrong)
    assert bool(reason) == bool(wrong)
    assert bool(why_not_place(target, project)) == (place == "docs/site")


LIMITED = """
import os, pathlib, sys
from build_scripts.disk.generator import ZENSICAL, NotBuiltError, build_site
root = pathlib.Path(sys.argv[1])
try:
    build_site(ZENSICAL, root, root / "site", os.environ, lambda line: print(line, file=sys.stderr))
except NotBuiltError as error:
    print(error)
"""


def test_a_file_that_zensical_lost_is_named(project: Path) -> None:
    """Where the disk is full, Zensical may write a part of a file and say that all is well; we look, and refuse."""
    (project / "docs/plan.txt").write_text("A plan.\n" * 20_000)
    command = [sys.executable, "-c", LIMITED, str(project)]

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, preexec_fn=limit)

    assert "No issues found" in done.stderr
    assert done.stdout == (
        "the site lacks plan.txt, or a part of it: the disk may be full; what stood there before is as it was\n"
    )
    assert sorted(each.name for each in project.iterdir()) == ["docs", "mkdocs.yml"]


def test_a_template_that_zensical_cannot_read_is_told_in_a_line(project: Path) -> None:
    """What Zensical says of it comes through without the lines of its own code."""
    (project / "overrides").mkdir()
    (project / "overrides/main.html").write_text("{{ page.title | forceescape }}")
    (project / "mkdocs.yml").write_text(SETTINGS + "  custom_dir: overrides\n")
    said = list[str]()

    with pytest.raises(NotBuiltError, match="Zensical stopped at the lines above"):
        build_site(ZENSICAL, project, project / "site", os.environ, said.append)

    assert said[-1] == "RuntimeError: unknown filter: filter forceescape is unknown (in main.html:1)"
    assert not any("Traceback" in line for line in said)


@pytest.mark.parametrize(
    ("words", "stopped"),
    [
        ("# A\n\n![A plan](nowhere.png)\n", [MKDOCS]),
        ("# A\n\n[A plan](/plan.txt)\n", [MKDOCS]),
        ("# A\n\n[A page](nowhere.md)\n", [MKDOCS, ZENSICAL]),
        ("# A\n\n[A heading](index.md#nowhere)\n", [MKDOCS, ZENSICAL]),
        ("---\ntitle: [A\n---\n\n# A\n", [ZENSICAL]),
    ],
    ids=["picture", "address from the host's root", "page", "heading", "front matter"],
)
def test_what_stops_the_one_and_not_the_other(project: Path, words: str, stopped: list[Generator]) -> None:
    """Known difference: which faults of a page stop a build. MAINTAINING.md tells of it."""
    rules = "validation:\n  absolute_links: warn\n  anchors: warn\n"
    (project / "mkdocs.yml").write_text(SETTINGS + rules)
    (project / "docs/rooms.md").write_text(words)
    found = []
    for generator in (MKDOCS, ZENSICAL):
        try:
            build_site(generator, project, project / "site", os.environ, lambda _line: None)
        except NotBuiltError:
            found.append(generator)
    assert found == stopped


@pytest.mark.parametrize("generator", [MKDOCS, ZENSICAL], ids=["mkdocs", "zensical"])
@pytest.mark.parametrize(
    ("known", "listed"),
    [({}, []), ({"SITE_URL": ""}, []), ({"SITE_URL": "https://a.example/b/"}, ["", "rooms/"])],
    ids=["unknown", "empty", "known"],
)
def test_a_sitemap_lists_whole_addresses_or_none(
    project: Path, generator: Generator, known: Mapping[str, str], listed: list[str]
) -> None:
    """A site that does not know its own address lists nothing: half an address is of use to nobody."""
    environment = {name: value for name, value in os.environ.items() if name != "SITE_URL"}

    build_site(generator, project, project / "site", {**environment, **known}, lambda _line: None)

    sitemap = (project / "site/sitemap.xml").read_text("utf-8")
    assert re.findall("<loc>(.*?)</loc>", sitemap) == [f"https://a.example/b/{each}" for each in listed]
