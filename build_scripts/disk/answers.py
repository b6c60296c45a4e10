"""Every answer of CQC's site as it came, kept beside the project: what was asked for once need not be asked for again.

``collected/`` holds, in a folder for each site, a file for each address: a line of JSON that says where and when it
came from, and the bytes below it, packed with gzip. Whoever has a better way to read pages reads them from there.
"""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import json
import os
import re
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from build_scripts.disk.write import clear_half_written, replace_file

COLLECTED = "collected"
"""Name of the folder, at the project's root."""

_ENDING = ".gz"
_BEGUN = "begun.txt"
"""File that says when a run began that is not at its end yet."""
_LOCK = ".lock"


@dataclass(frozen=True, slots=True)
class Kept:
    """One answer of a site."""

    address: str
    """What was asked for."""
    final: str
    """Where it came from in the end, after redirects."""
    status: int
    came: str
    """ISO time in UTC."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """``content-type``, ``etag`` and ``last-modified``, where the site sent them."""
    body: bytes = b""
    checked: str = ""
    """ISO time when the site last said that this answer still holds; that of ``came`` to begin with."""

    @property
    def sha256(self) -> str:
        """Hash of the body, in hex."""
        return hashlib.sha256(self.body).hexdigest()


class Busy(Exception):
    """Another run is collecting."""


class Answers:
    """The answers of one site, by address."""

    def __init__(self, root: Path, site: str) -> None:
        """Name the place below the project's root; nothing is made there yet. ``site`` is scheme and host."""
        self.folder = root / COLLECTED / re.sub(r"[^a-z0-9.]+", "-", urlsplit(site).netloc.casefold())

    def get(self, address: str) -> Kept | None:
        """Return the newest answer for an address; None where there is none, or where its file is damaged."""
        try:
            head, _, body = gzip.decompress(self._file(address).read_bytes()).partition(b"\n")
            value = json.loads(head)
            return Kept(**value, body=body) if value["address"] == address else None
        except (FileNotFoundError, gzip.BadGzipFile, EOFError, zlib.error, ValueError, TypeError, KeyError):
            return None

    def put(self, kept: Kept) -> None:
        """Keep an answer. One with another body that was kept before stays beside it, under a name with its day."""
        file = self._file(kept.address)
        file.parent.mkdir(parents=True, exist_ok=True)
        before = self.get(kept.address)
        if before and before.sha256 != kept.sha256:
            earlier = file.with_name(
                f"{file.name.removesuffix(_ENDING)}.{before.came[:10]}-{before.sha256[:8]}{_ENDING}"
            )
            if not earlier.exists():
                os.link(file, earlier)
        value = {name: getattr(kept, name) for name in ("address", "final", "status", "came", "headers")}
        value["checked"] = kept.checked or kept.came
        head = json.dumps(value).encode("utf-8")
        replace_file(file, gzip.compress(head + b"\n" + kept.body, 6, mtime=0))

    def size(self) -> tuple[int, int]:
        """Return how many files there are, and their bytes."""
        sizes = [each.stat().st_size for each in self.folder.glob(f"*{_ENDING}")]
        return len(sizes), sum(sizes)

    def _file(self, address: str) -> Path:
        """Return the file for an address: named after its last parts, for people, and its hash."""
        parts = urlsplit(address)
        words = re.sub(r"[^a-z0-9]+", "-", f"{parts.path} {parts.query}".casefold()).strip("-")[-60:].strip("-")
        return self.folder / f"{words}-{hashlib.sha256(address.encode()).hexdigest()[:12]}{_ENDING}"


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Hold ``collected/`` for one run; raise ``Busy`` where another has it. A run that was killed holds nothing."""
    folder = root / COLLECTED
    folder.mkdir(exist_ok=True)
    handle = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy from None
        yield
    finally:
        os.close(handle)


def begin(answers: Answers, now: str, oldest: str) -> str:
    """Return since when answers count as new: the time at which a run began that did not come to its end, or ``now``.

    A run that began before ``oldest`` (all are ISO times) is forgotten.
    """
    clear_half_written(answers.folder)
    file = answers.folder / _BEGUN
    try:
        begun = file.read_text("utf-8").strip()
        datetime.fromisoformat(begun)
    except (FileNotFoundError, ValueError):
        begun = ""
    if begun and oldest <= begun <= now:
        return begun
    answers.folder.mkdir(parents=True, exist_ok=True)
    replace_file(file, f"{now}\n".encode())
    return now


def end(answers: Answers) -> None:
    """Note that the run came to its end: the next asks again."""
    (answers.folder / _BEGUN).unlink(missing_ok=True)
