"""What only a disk can show: which files are read, and EV107 and EV109 for those that are not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from build_scripts.disk.read import read_schemas, read_sources
from build_scripts.model.evidence import LARGEST
from build_scripts.model.problems import format_text

REPORTS = "data/reports/anytown-2025-01"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An empty report's folder below ``tmp_path``."""
    folder = tmp_path / REPORTS
    folder.mkdir(parents=True)
    return folder


def shown(root: Path) -> list[str]:
    """Return the problems of reading as they are shown."""
    return [format_text(problem) for problem in read_sources(root)[1]]


def test_files_are_read_by_their_paths(tmp_path: Path, place: Path) -> None:
    """Every file below data/ and tests/gold/ is read, whatever its name, and nothing beside them."""
    (place / "equity.txt").write_bytes(b"\xff words\r\n")
    (tmp_path / "data/notes").write_bytes(b"")
    (tmp_path / "tests/gold/x").mkdir(parents=True)
    (tmp_path / "tests/gold/x/y.yml").write_bytes(b"a: 1")
    (tmp_path / "tests/other.yml").write_bytes(b"a: 1")

    sources, problems = read_sources(tmp_path)

    assert {path: source.data for path, source in sources.items()} == {
        "data/notes": b"",
        f"{REPORTS}/equity.txt": b"\xff words\r\n",
        "tests/gold/x/y.yml": b"a: 1",
    }
    assert all(path == source.path for path, source in sources.items())
    assert problems == ()


def test_files_of_systems_are_passed_over(tmp_path: Path, place: Path) -> None:
    """Files and folders whose names begin with a dot are an editor's or a system's, not a contributor's."""
    (place / ".DS_Store").write_bytes(b"x")
    (place / ".git").mkdir()
    (place / ".git/config").write_bytes(b"x")
    assert read_sources(tmp_path) == ({}, ())


def test_no_folder_is_no_file(tmp_path: Path) -> None:
    """A root without data is read as one without files."""
    assert read_sources(tmp_path) == ({}, ())


@pytest.mark.parametrize(
    ("name", "mend"),
    [
        ("equity.txt", "paste the text of one statement page only"),
        ("report.yml", "remove what does not belong there"),
    ],
)
def test_too_large_a_file_is_not_read(tmp_path: Path, place: Path, name: str, mend: str) -> None:
    """A file of more than two million bytes is named and left alone; one of just so many is read."""
    (place / name).write_bytes(b"x" * LARGEST)
    assert shown(tmp_path) == []
    (place / name).write_bytes(b"x" * (LARGEST + 1))
    assert shown(tmp_path) == [
        f"{REPORTS}/{name}:1: EV107 the file has 2,000,001 bytes; at most 2,000,000 are read\n    {mend}"
    ]
    assert read_sources(tmp_path)[0] == {}


def test_link_is_not_followed(tmp_path: Path, place: Path) -> None:
    """A link to a file, to a folder or to nothing is named and not followed."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("secret")
    (place / "equity.txt").symlink_to(outside / "secret.txt")
    (place / "folder").symlink_to(outside)
    (place / "lost.txt").symlink_to(tmp_path / "nowhere")

    assert shown(tmp_path) == [
        f"{REPORTS}/{name}:1: EV109 the {kind} is a link\n    put the {kind} itself there"
        for name, kind in (("equity.txt", "file"), ("folder", "folder"), ("lost.txt", "file"))
    ]
    assert read_sources(tmp_path)[0] == {}


def test_link_in_the_pages_is_named(tmp_path: Path) -> None:
    """A link among the pages and pictures would put what it leads to on the site, secrets of the machine too."""
    (tmp_path / "docs/about").mkdir(parents=True)
    (tmp_path / "docs/about/index.md").write_text("# About")
    (tmp_path / "docs/.#index.md").symlink_to("an-editor-at-work")  # which no site shows
    (tmp_path / "docs/about/more.md").symlink_to(tmp_path / "docs/about/index.md")
    (tmp_path / "docs/folder").symlink_to(tmp_path)
    (tmp_path / "docs/plan.txt").symlink_to("/proc/self/environ")

    assert shown(tmp_path) == [
        f"docs/{name}:1: EV109 the {kind} is a link\n    put the {kind} itself there"
        for name, kind in (("folder", "folder"), ("plan.txt", "file"), ("about/more.md", "file"))
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_pipe_is_not_waited_for(tmp_path: Path, place: Path) -> None:
    """Something that is neither file nor folder is named, and reading does not wait for it."""
    os.mkfifo(place / "equity.txt")
    assert shown(tmp_path) == [f"{REPORTS}/equity.txt:1: EV109 this is not a plain file\n    remove it"]


def test_locked_file_is_named(tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that may not be opened is a problem among others, not the end of the check."""

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    (place / "equity.txt").write_bytes(b"x")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    what = "EV109 the file cannot be opened: Permission denied"
    assert shown(tmp_path) == [f"{REPORTS}/equity.txt:1: {what}\n    allow it to be read, or remove it"]


def test_name_that_is_no_text_can_be_shown(tmp_path: Path, place: Path) -> None:
    """A file whose name has bytes that are no UTF-8 is read under a name that can be printed."""
    try:
        Path(os.fsdecode(os.fsencode(place) + b"/\xff.txt")).write_bytes(b"x")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert list(read_sources(tmp_path)[0]) == [f"{REPORTS}/\N{REPLACEMENT CHARACTER}.txt"]


def test_schemas_are_read_by_name() -> None:
    """Each kind of YAML file has a schema that says what it is for."""
    schemas = read_schemas()
    assert set(schemas) == {"framework", "themes", "voices", "report", "gold"}
    assert all(schema["title"] and schema["description"] for schema in schemas.values())
