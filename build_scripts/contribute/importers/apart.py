"""Read a document in a process of its own, so that whatever it does to its reader, the command goes on.

Libraries that read PDF, DOCX and HTML are large and partly in C; a document may be made to exhaust or crash them.
"""

from __future__ import annotations

import contextlib
import json
import resource
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from build_scripts.contribute.importers import UnreadableError, importer
from build_scripts.model.evidence import Imported

LONGEST = 120
"""Seconds that a document may take."""
MEMORY = 2_000_000_000
"""Bytes of memory that a document may take."""

_ROOT = Path(__file__).resolve().parents[3]
_MISSING = 3
"""Exit status when a library is not installed."""


class NotInstalledError(Exception):
    """The library that reads this kind of document is not installed."""


def import_apart(kind: str, data: bytes) -> Imported:
    """Return what the importer of this kind returns.

    Raises ``UnreadableError`` where it does, and for a document that takes too long (EV705, an address EV706) or ends
    its reader (EV705); ``NotInstalledError`` where a library is missing.
    """
    if kind == "text":  # no more than decoding
        return importer(kind)(data)
    command = _command(kind)
    try:
        done = subprocess.run(  # noqa: S603 - our own Python and package, no shell; the kind is one of ours
            command, cwd=_ROOT, input=data, capture_output=True, timeout=LONGEST, check=False
        )
    except subprocess.TimeoutExpired:
        what = f"it takes longer than {LONGEST} seconds to read"
        if kind == "address":  # the site may be what is slow
            raise UnreadableError("EV706", what, "open it in a browser, save the page and add the file") from None
        raise _too_slow() from None
    if done.returncode == _MISSING:
        raise NotInstalledError(done.stderr.decode("utf-8", "replace").strip())
    if done.returncode:
        raise _crashed()
    return _imported(json.loads(done.stdout))


class Reader:
    """Reads many documents, one after the other, in one process apart: a context manager.

    Starting Python takes longer than reading a page. A document that takes too long or ends the process costs itself
    only: the next is read by a new one. The limits are those of ``import_apart``, of time for each document anew.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Reader:
        """Start nothing yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process."""
        self._end()

    def read(self, kind: str, data: bytes) -> Imported:
        """Return and raise what ``import_apart`` does."""
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603 - as in import_apart
                _command(kind, "--many"),
                cwd=_ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        process = self._process
        stdin, stdout = process.stdin, process.stdout
        if stdin is None or stdout is None:
            raise AssertionError("both are pipes")
        limit = threading.Timer(LONGEST, process.kill)
        limit.start()
        try:
            stdin.write(json.dumps({"kind": kind, "length": len(data)}).encode() + b"\n" + data)
            stdin.flush()
            line = stdout.readline()
        except BrokenPipeError:
            line = b""
        finally:
            in_time = limit.is_alive()
            limit.cancel()
        if not line.endswith(b"\n"):
            self._end()
            raise _crashed() if in_time else _too_slow()
        value = json.loads(line)
        if "missing" in value:
            raise NotInstalledError(value["missing"])
        return _imported(value)

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "build_scripts.contribute.importers", *arguments]


def _too_slow() -> UnreadableError:
    what = f"it takes longer than {LONGEST} seconds to read"
    return UnreadableError("EV705", what, "save it again from CQC's page, without what does not belong to it")


def _crashed() -> UnreadableError:
    what = "it is damaged, or made so that it cannot be read"
    return UnreadableError("EV705", what, "save it again from CQC's page, or try it as HTML or text")


def _imported(value: dict[str, Any]) -> Imported:
    if "error" in value:
        raise UnreadableError(*value["error"])
    links = tuple((address, words) for address, words in value.pop("links"))
    dropped, unsure = tuple(value.pop("dropped")), tuple(value.pop("unsure"))
    return Imported(**value, dropped=dropped, unsure=unsure, links=links)


def main(kind: str, *more: str) -> int:
    """Read a document from standard input and write what it holds to standard output, as JSON.

    With ``--many`` the same for one document after the other: a line of JSON with its kind and length goes before each.
    """
    for limit, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, LONGEST), (resource.RLIMIT_CORE, 0)):
        if more and limit == resource.RLIMIT_CPU:
            continue  # of each document anew, below
        with contextlib.suppress(ValueError, OSError):  # not every system knows every limit
            resource.setrlimit(limit, (most, most))
    if more:
        return _read_many(sys.stdin.buffer, sys.stdout.buffer)
    value = _read(kind, sys.stdin.buffer.read())
    if "missing" in value:
        sys.stderr.write(value["missing"])
        return _MISSING
    sys.stdout.buffer.write(json.dumps(value).encode("utf-8"))
    return 0


def _read_many(documents: IO[bytes], answers: IO[bytes]) -> int:
    while line := documents.readline():
        head = json.loads(line)
        data = documents.read(head["length"])
        with contextlib.suppress(ValueError, OSError):
            used = resource.getrusage(resource.RUSAGE_SELF)
            most = int(used.ru_utime + used.ru_stime) + 1 + LONGEST
            resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))
        answers.write(json.dumps(_read(head["kind"], data)).encode("utf-8") + b"\n")
        answers.flush()
    return 0


def _read(kind: str, data: bytes) -> Mapping[str, Any]:
    """Return what a document holds as values of JSON, or why it cannot be read."""
    try:
        return asdict(importer(kind)(data))
    except UnreadableError as error:
        return {"error": (error.code, error.what, error.mend)}
    except ModuleNotFoundError as error:
        return {"missing": error.name or str(error)}
