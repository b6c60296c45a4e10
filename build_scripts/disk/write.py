"""Write generated files: only what changed, each whole or not at all, removing only what an earlier build wrote."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from build_scripts.disk.swap import replacing
from build_scripts.model.progress import UNSEEN, Progress

MANIFEST = ".generated"
"""File, in the folder that is written to, which lists what the last build wrote."""

_WRITING = ".writing-"
"""How the names of files begin that are not whole yet. Names with a dot are no pages for MkDocs."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a build did to the disk: numbers of files."""

    changed: int
    unchanged: int
    removed: int


class HandWrittenFileError(Exception):
    """Something that no build made, be it a file, a folder or a link, stands where a generated file should go."""


def write_files(
    folder: Path, files: Mapping[str, bytes], marker: bytes, progress: Progress = UNSEEN, *, some: bool = False
) -> Written:
    """Make ``folder`` hold ``files`` (path below it to bytes), and nothing else that a build wrote.

    Where they are only ``some`` of those that a build writes, whatever else an earlier one wrote stays.

    A page (``.md``) is a build's own when it holds ``marker``, whatever the manifest says: a page written by hand
    may have taken the place of a generated one since. Of other files only the manifest can tell.

    Raises ``HandWrittenFileError`` before anything is written when what no build made is in the way, and ``OSError``
    when the folder cannot be read or written.
    """
    with alone(folder):
        clear_half_written(folder)
        before = generated_paths(folder)
        current = {path: _read(folder, path) for path in files}
        for path, data in current.items():
            if data is not None and data != files[path] and not _is_generated(path, data, before, marker):
                raise HandWrittenFileError(path)
        # What is about to be written is owned from now on, so that an interrupted build can be cleaned up.
        _list(folder, before | set(files))
        removed = 0
        for path in sorted(set() if some else before - set(files)):
            removed += _remove(folder, path, before, marker)
        changed = [path for path, data in sorted(files.items()) if current[path] != data]
        progress.begin("Writing files", len(changed))
        for path in changed:
            _replace(folder, path, files[path])
            progress.step()
        _list(folder, before | set(files) if some else files)
    return Written(len(changed), len(files) - len(changed), removed)


def add_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put files (path below ``folder`` to bytes) beside those that ``folder`` holds: all of them in one step, or none.

    Raises ``HandWrittenFileError`` before anything is written when a folder or link is in the way, and ``OSError`` when
    the folder cannot be written; its parent must be there.
    """
    if not files:
        return
    with alone(folder.parent):
        clear_half_written(folder.parent)
        for path in files:
            _read(folder.parent, f"{folder.name}/{path}")
        with replacing(folder) as staged:
            if folder.exists():
                shutil.copytree(folder, staged.folder, symlinks=True, dirs_exist_ok=True)
            for path, data in files.items():
                _write(staged.folder / path, data)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let one run at a time write below a folder; another waits until it has."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def clear_half_written(folder: Path) -> None:
    """Remove what a killed run left half written in a folder that nobody else writes to now."""
    for half in folder.glob(f"{_WRITING}*"):
        half.unlink()


def generated_paths(folder: Path) -> set[str]:
    """Return the paths that the last build wrote, without any that would lead out of the folder."""
    data = _read(folder, MANIFEST) or b""
    paths = {line for line in data.decode("utf-8", "replace").split("\n") if line and "\0" not in line}
    return {path for path in paths if not PurePosixPath(path).is_absolute() and ".." not in PurePosixPath(path).parts}


def _list(folder: Path, paths: Iterable[str]) -> None:
    """Write the manifest, unless it says so already: MkDocs takes any written file for a change."""
    lines = "".join(f"{path}\n" for path in sorted(paths)).encode("utf-8")
    if _read(folder, MANIFEST) != lines:
        _replace(folder, MANIFEST, lines)


def _is_generated(path: str, data: bytes, before: set[str], marker: bytes) -> bool:
    return marker in data if path.endswith(".md") else path in before


def _read(folder: Path, path: str) -> bytes | None:
    """Return the file's bytes, None where there is none; raise where a file of ours could not be made.

    Links are never followed: they may lead out of the folder.
    """
    for parent in reversed(PurePosixPath(path).parents[:-1]):
        place = folder / parent
        if place.is_symlink() or (place.exists() and not place.is_dir()):
            raise HandWrittenFileError(str(parent))
    file = folder / path
    if file.is_symlink() or file.is_dir():
        raise HandWrittenFileError(path)
    return file.read_bytes() if file.exists() else None


def replace_file(file: Path, data: bytes) -> None:
    """Put a file at its place in one step, the whole of it or nothing; its folder must be there."""
    _replace(file.parent, file.name, data)


def _replace(folder: Path, path: str, data: bytes) -> None:
    """Write the file under another name, then move it to its place in one step."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    half = _stage(folder, data)
    try:
        half.replace(file)
    except BaseException:
        half.unlink(missing_ok=True)
        raise


def _write(file: Path, data: bytes) -> None:
    """Write a file into a folder that nobody reads yet."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def _stage(folder: Path, data: bytes) -> Path:
    """Write the bytes under a name of their own and return where; nothing is left when that goes wrong."""
    handle, name = tempfile.mkstemp(dir=folder, prefix=_WRITING)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(name).chmod(0o644)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _remove(folder: Path, path: str, before: set[str], marker: bytes) -> bool:
    """Remove a file that an earlier build wrote, and the folders that are empty then; return whether it was there."""
    try:
        data = _read(folder, path)
    except HandWrittenFileError:
        return False  # somebody put a folder or a link there
    if data is None or not _is_generated(path, data, before, marker):
        return False
    (folder / path).unlink()
    for parent in PurePosixPath(path).parents[:-1]:
        if any((folder / parent).iterdir()):
            break
        (folder / parent).rmdir()
    return True
