"""What a build does to docs/: whole files, only what changed, nothing that is not its own."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from build_scripts.commands.main import main
from build_scripts.disk.write import MANIFEST, HandWrittenFileError, Written, write_files
from tests.helpers.projects import copy_few

MARKER = b"made by a build"
PAGE = b"# made by a build\n"
OLD = 1_000_000_000
"""A time of change, in seconds, that no file written now has."""


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder: path to bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def write(folder: Path, files: dict[str, bytes]) -> Written:
    return write_files(folder, files, MARKER)


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A folder that an earlier build wrote two pages and a data file to."""
    folder = tmp_path / "docs"
    folder.mkdir()
    write(folder, {"index.md": PAGE, "themes/dementia/index.md": PAGE, "data/a.json": b"{}\n"})
    return folder


def test_files_are_written_with_their_folders(docs: Path) -> None:
    """Every file stands where it should with its bytes, readable for all, and the manifest lists them in order."""
    assert tree(docs) == {
        "index.md": PAGE,
        "themes/dementia/index.md": PAGE,
        "data/a.json": b"{}\n",
        MANIFEST: b"data/a.json\nindex.md\nthemes/dementia/index.md\n",
    }
    assert (docs / "index.md").stat().st_mode & 0o777 == 0o644


def test_only_what_changed_is_written(docs: Path) -> None:
    """A file with the same bytes keeps its time of change, so that MkDocs and rsync leave it alone."""
    for path in ("index.md", "themes/dementia/index.md"):
        os.utime(docs / path, (OLD, OLD))

    written = write(docs, {"index.md": PAGE, "themes/dementia/index.md": PAGE + b"more", "new.md": PAGE})

    assert written == Written(changed=2, unchanged=1, removed=1)
    assert (docs / "index.md").stat().st_mtime == OLD
    assert (docs / "themes/dementia/index.md").stat().st_mtime > OLD


def test_what_is_no_longer_made_is_removed(docs: Path) -> None:
    """A file of the last build that this one does not make goes, with the folders left empty, and no others."""
    (docs / "themes" / "by-hand.md").write_bytes(b"mine")

    written = write(docs, {"index.md": PAGE})

    assert written == Written(changed=0, unchanged=1, removed=2)
    assert tree(docs) == {"index.md": PAGE, "themes/by-hand.md": b"mine", MANIFEST: b"index.md\n"}
    assert not (docs / "themes" / "dementia").exists()
    assert not (docs / "data").exists()


def test_hand_written_page_is_never_overwritten(docs: Path) -> None:
    """A page without the marker stops the build before it changes anything."""
    (docs / "about.md").write_bytes(b"# mine\n")
    before = tree(docs)

    with pytest.raises(HandWrittenFileError, match=r"\Aabout\.md\Z"):
        write(docs, {"a.md": PAGE, "about.md": PAGE})

    assert tree(docs) == before


def test_page_rewritten_by_hand_is_neither_overwritten_nor_removed(docs: Path) -> None:
    """That a build once wrote a page at this place gives it no right over the one that a person put there since."""
    (docs / "index.md").write_bytes(b"# mine\n")

    with pytest.raises(HandWrittenFileError, match="index"):
        write(docs, {"index.md": PAGE})
    written = write(docs, {"new.md": PAGE})

    assert written.removed == 2
    assert (docs / "index.md").read_bytes() == b"# mine\n"


def test_generated_page_is_owned_without_a_manifest(docs: Path) -> None:
    """A page with the marker is a build's own even when the manifest is lost."""
    (docs / MANIFEST).unlink()

    assert write(docs, {"index.md": PAGE + b"new"}) == Written(changed=1, unchanged=0, removed=0)


@pytest.mark.parametrize(
    "line", ["../outside.md", "themes/../../outside.md", "{absolute}", "", ".", "\0", "\udcff\udcfe"]
)
def test_manifest_cannot_lead_outside(docs: Path, tmp_path: Path, line: str) -> None:
    """Whatever a manifest says, nothing outside of the folder is touched, and the build goes on."""
    outside = tmp_path / "outside.md"
    outside.write_bytes(PAGE)
    line = line.replace("{absolute}", str(outside))
    (docs / MANIFEST).write_bytes(f"{line}\nindex.md\n".encode("utf-8", "surrogateescape"))

    written = write(docs, {"new.md": PAGE})

    assert written == Written(changed=1, unchanged=0, removed=1)
    assert outside.read_bytes() == PAGE


@pytest.mark.parametrize("listed", [True, False], ids=["listed in the manifest", "not listed"])
def test_link_to_a_folder_is_not_followed(docs: Path, tmp_path: Path, listed: bool) -> None:
    """A link inside docs/ leads no build outside, neither to write there nor to remove."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "page.md").write_bytes(PAGE)
    (docs / "linked").symlink_to(outside, target_is_directory=True)
    if listed:
        (docs / MANIFEST).write_bytes(b"linked/page.md\n")

    with pytest.raises(HandWrittenFileError, match=r"\Alinked\Z"):
        write(docs, {"linked/page.md": PAGE + b"new"})
    write(docs, {})

    assert tree(outside) == {"page.md": PAGE}


def test_link_to_a_file_is_not_followed(docs: Path, tmp_path: Path) -> None:
    """A link where a page belongs stays, and so does what it leads to; one that leads nowhere too."""
    outside = tmp_path / "outside.md"
    outside.write_bytes(PAGE)
    (docs / "page.md").symlink_to(outside)
    (docs / "nowhere.md").symlink_to(tmp_path / "nothing")

    for name in ("page.md", "nowhere.md"):
        with pytest.raises(HandWrittenFileError, match=name):
            write(docs, {name: PAGE + b"new"})

    assert outside.read_bytes() == PAGE
    assert not (tmp_path / "nothing").exists()


@pytest.mark.parametrize(("in_the_way", "named"), [("page.md/file.txt", "page.md"), ("page.md", "page.md")])
def test_folder_and_file_do_not_replace_each_other(tmp_path: Path, in_the_way: str, named: str) -> None:
    """A folder where a file belongs, and a file where a folder belongs, are named instead of failing half-way."""
    file = tmp_path / in_the_way
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"mine")
    wanted = "page.md" if "/" in in_the_way else "page.md/index.md"

    with pytest.raises(HandWrittenFileError, match=named):
        write(tmp_path, {wanted: PAGE})


def test_interrupted_write_leaves_whole_files_only(docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interrupt between two files leaves each as it was or as it will be, and the next build ends the work."""
    replace, done = Path.replace, 0

    def interrupted(self: Path, target: Path) -> Path:
        nonlocal done
        done += 1
        if done == 3:  # the manifest, the first page, then this
            raise KeyboardInterrupt
        return replace(self, target)

    files = {"a.md": PAGE + b"a", "b.md": PAGE + b"b", "c.md": PAGE + b"c"}
    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(docs, files)
    monkeypatch.undo()

    assert set(tree(docs)) == {"a.md", MANIFEST}
    assert {"a.md", "b.md", "index.md"} <= set((docs / MANIFEST).read_text().split()), "what may be there is listed"
    assert write(docs, {"b.md": PAGE}) == Written(changed=1, unchanged=0, removed=1)
    assert set(tree(docs)) == {"b.md", MANIFEST}


def test_half_file_of_a_killed_build_is_cleared_away(docs: Path) -> None:
    """What a build that was killed left half written is gone after the next."""
    (docs / ".writing-abc").write_bytes(b"# made b")

    write(docs, {"index.md": PAGE})

    assert set(tree(docs)) == {"index.md", MANIFEST}


def test_two_builds_wait_for_each_other(docs: Path) -> None:
    """Builds at the same time, as when one is run beside `make serve`, leave the files of one of them, all whole."""
    sets = [{f"{name}/{number}.md": PAGE + name.encode() for number in range(40)} for name in ("one", "two")]
    failures: list[BaseException] = []

    def build(files: dict[str, bytes]) -> None:
        try:
            for _ in range(5):
                write(docs, files)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=build, args=(files,)) for files in sets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not failures
    found = {path: data for path, data in tree(docs).items() if path != MANIFEST}
    assert found in sets


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small copy of the project whose pages were written once."""
    root = copy_few(tmp_path_factory.mktemp("project"))
    assert evidence(root)[0] == 0
    return root


def evidence(root: Path) -> tuple[int, list[str], list[str]]:
    """Return exit status, output and error lines of ``evidence build --pages-only``."""
    done = CliRunner().invoke(main, ["--root", str(root), "build", "--pages-only"])
    return done.exit_code, done.stdout.splitlines(), done.stderr.splitlines()


def test_second_build_writes_nothing(project: Path) -> None:
    """Building again without a change touches no file."""
    # Tests run in any order, and others of this module take pages away.
    assert evidence(project)[0] == 0
    before = {path: path.stat().st_mtime_ns for path in (project / "docs").rglob("*") if path.is_file()}
    time.sleep(0.02)

    status, output, _ = evidence(project)

    pages = len((project / "docs" / MANIFEST).read_text("utf-8").split())
    assert status == 0
    assert output[1] == f"docs/: 0 files written, {pages} unchanged, 0 removed"
    assert before == {path: path.stat().st_mtime_ns for path in (project / "docs").rglob("*") if path.is_file()}


def test_command_names_a_hand_written_page(project: Path) -> None:
    """A page written by hand where a generated one belongs is one line on the command line, and stays."""
    page = project / "docs" / "themes" / "index.md"
    generated = page.read_bytes()
    page.write_text("# Mine\n", "utf-8")
    try:
        status, _, errors = evidence(project)
    finally:
        page.write_bytes(generated)

    assert status == 1
    assert errors == [
        "Error: docs/themes/index.md was not made by a build, but a generated page belongs there: move or rename yours"
    ]


def test_command_names_a_folder_that_cannot_be_written(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk or a folder without the right to write is one line, never a traceback."""

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", "docs/.writing-abc")

    monkeypatch.setattr("tempfile.mkstemp", refused)
    (project / "docs" / "index.md").unlink()

    status, _, errors = evidence(project)

    assert status == 1
    assert errors == ["Error: docs/ cannot be written: Permission denied"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_command_names_a_read_only_folder(project: Path) -> None:
    """The same with a folder that really is read-only."""
    (project / "docs" / "index.md").unlink()
    (project / "docs").chmod(0o555)
    try:
        status, _, errors = evidence(project)
    finally:
        (project / "docs").chmod(0o755)

    assert status == 1
    assert len(errors) == 1
    assert "Permission denied" in errors[0]
