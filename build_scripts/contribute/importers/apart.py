"""Read a document in a process of its own, so that whatever it does to its reader, the command goes on.

Libraries that read PDF, DOCX and HTML are large and partly in C; a document may be made to exhaust or crash them.
"""

from __future__ import annotations

import contextlib
import json
import resource
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

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
    command = [sys.executable, "-m", "build_scripts.contribute.importers", kind]
    try:
        done = subprocess.run(  # noqa: S603 - our own Python and package, no shell; the kind is one of ours
            command, cwd=_ROOT, input=data, capture_output=True, timeout=LONGEST, check=False
        )
    except subprocess.TimeoutExpired:
        what = f"it takes longer than {LONGEST} seconds to read"
        if kind == "address":  # the site may be what is slow
            raise UnreadableError("EV706", what, "open it in a browser, save the page and add the file") from None
        mend = "save it again from CQC's page, without what does not belong to it"
        raise UnreadableError("EV705", what, mend) from None
    if done.returncode == _MISSING:
        raise NotInstalledError(done.stderr.decode("utf-8", "replace").strip())
    if done.returncode:
        what = "it is damaged, or made so that it cannot be read"
        raise UnreadableError("EV705", what, "save it again from CQC's page, or try it as HTML or text")
    value = json.loads(done.stdout)
    if "error" in value:
        raise UnreadableError(*value["error"])
    links = tuple((address, words) for address, words in value.pop("links"))
    dropped, unsure = tuple(value.pop("dropped")), tuple(value.pop("unsure"))
    return Imported(**value, dropped=dropped, unsure=unsure, links=links)


def main(kind: str) -> int:
    """Read a document from standard input and write what it holds to standard output, as JSON."""
    for limit, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, LONGEST), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):  # not every system knows every limit
            resource.setrlimit(limit, (most, most))
    data = sys.stdin.buffer.read()
    try:
        value = asdict(importer(kind)(data))
    except UnreadableError as error:
        value = {"error": (error.code, error.what, error.mend)}
    except ModuleNotFoundError as error:
        sys.stderr.write(error.name or str(error))
        return _MISSING
    sys.stdout.buffer.write(json.dumps(value).encode("utf-8"))
    return 0
