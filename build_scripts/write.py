"""Write generated files: only what changed, each whole or not at all, removing only what an earlier build wrote."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

MANIFEST = ".generated"
"""File, in the folder that is written to, which lists what the last build wrote."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a build did to the disk: numbers of files."""

    changed: int
    unchanged: int
    removed: int


class HandWrittenFileError(Exception):
    """A file stands where a generated one should go, and no build wrote it."""


def write_files(folder: Path, files: Mapping[str, bytes], marker: bytes) -> Written:
    """Make ``folder`` hold ``files`` (path below it to bytes), and nothing else that a build wrote.

    Raises ``HandWrittenFileError`` before anything is written when a file that no build wrote (it is not in the
    manifest and lacks ``marker``) stands where a generated one should go.
    """
    before = _manifest(folder)
    current = {path: _read(folder / path) for path in files}
    for path, data in current.items():
        if data is not None and path not in before and marker not in data and data != files[path]:
            raise HandWrittenFileError(path)
    # What is about to be written is owned from now on, so that an interrupted build can be cleaned up.
    _replace(folder / MANIFEST, _lines(before | set(files)))
    changed = 0
    for path, data in sorted(files.items()):
        if current[path] != data:
            _replace(folder / path, data)
            changed += 1
    removed = sorted(before - set(files))
    for path in removed:
        (folder / path).unlink(missing_ok=True)
        _remove_empty(folder, Path(path).parent)
    _replace(folder / MANIFEST, _lines(files))
    return Written(changed, len(files) - changed, len(removed))


def _manifest(folder: Path) -> set[str]:
    data = _read(folder / MANIFEST)
    paths = data.decode("utf-8").splitlines() if data else []
    return {path for path in paths if path and not Path(path).is_absolute() and ".." not in Path(path).parts}


def _lines(paths: Iterable[str]) -> bytes:
    return "".join(f"{path}\n" for path in sorted(paths)).encode("utf-8")


def _read(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def _replace(file: Path, data: bytes) -> None:
    """Write the file beside its place, then move it there in one step."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _remove_empty(folder: Path, below: Path) -> None:
    """Remove the folders that the last removal left empty, up to ``folder`` itself."""
    for path in (below, *below.parents):
        if path == Path() or any((folder / path).iterdir()):
            return
        (folder / path).rmdir()
