"""Put a whole folder in the place of another in one step, so that what stands there is never a part of either."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

_HERE = -100
"""Linux' ``AT_FDCWD``: paths as they are given."""

_EXCHANGE = 2
"""``RENAME_EXCHANGE`` of Linux' renameat2 and ``RENAME_SWAP`` of macOS' renamex_np."""


@dataclass(frozen=True, slots=True)
class Staged:
    """A folder that is being filled, to stand at another's place when it is complete."""

    folder: Path
    handle: int
    """An open descriptor that holds the folder's lock: a child process that writes to the folder must inherit it, so
    that nobody clears the folder away while the child outlives a killed parent."""


@contextmanager
def replacing(target: Path) -> Iterator[Staged]:
    """Give an empty folder beside ``target``, to be filled; it takes the place of ``target`` when the block ends.

    When the block ends with an exception, ``target`` is as it was. What killed runs left beside it is cleared away.
    Raises ``OSError`` where the folders cannot be written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    _clear(target)
    folder, handle = _locked(target)
    try:
        yield Staged(folder, handle)
        _put(folder, target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # what is not complete, or what stood at the place before
        os.close(handle)


def _locked(target: Path) -> tuple[Path, int]:
    """Return a new folder beside ``target``, and the open descriptor that holds its lock."""
    while True:
        folder = target.parent / f"{_prefix(target)}{secrets.token_hex(4)}"
        folder.mkdir()
        with suppress(FileNotFoundError):  # until it is locked, another run takes it for what a killed one left
            handle = os.open(folder, os.O_RDONLY)
            fcntl.flock(handle, fcntl.LOCK_EX)
            if folder.exists():
                return folder, handle
            os.close(handle)


def _prefix(target: Path) -> str:
    """Return how the names of folders begin that are meant for a place; with a dot, so that nobody serves them."""
    return f".{target.name}.new-"


def _clear(target: Path) -> None:
    """Remove the folders of runs that were killed; those of runs that go on are locked."""
    beside = [each for each in target.parent.iterdir() if each.name.startswith(_prefix(target))]
    for folder in beside:
        with suppress(OSError):  # taken away just now, or not ours
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(handle)


def _put(folder: Path, target: Path) -> None:
    """Move ``folder`` to the place of ``target``, and what stood there, if anything, to that of ``folder``."""
    if not target.exists():
        folder.rename(target)
    elif not _exchange(folder, target):
        # A system or disk without the one step: between these two moves nothing stands there, for an instant.
        before = folder.with_name(f"{folder.name}-before")
        target.rename(before)
        try:
            folder.rename(target)
        except OSError:
            before.rename(target)
            raise
        before.rename(folder)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; return False, with nothing done, where the system has no such step."""
    library = ctypes.CDLL(None, use_errno=True)
    paths = os.fsencode(one), os.fsencode(other)
    try:
        if sys.platform == "darwin":
            failed = library.renamex_np(*paths, _EXCHANGE)
        else:
            failed = library.renameat2(_HERE, paths[0], _HERE, paths[1], _EXCHANGE)
    except AttributeError:
        return False
    code = ctypes.get_errno()
    if failed and code not in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
        raise OSError(code, os.strerror(code), os.fspath(other))
    return not failed
