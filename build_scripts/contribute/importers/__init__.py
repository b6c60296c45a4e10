"""From documents of other programs to plain text: an importer for each kind.

In: bytes, or an address. Out: every word that belongs to the document, and what was left out. Each document is read in
a process of its own (``apart``), so this is one of the three rooms that touch the world.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from build_scripts.model.evidence import Imported

LARGEST = 50_000_000
"""Bytes of a document at the most: some ten times CQC's own longest report, pictures and all."""

LARGEST_XML = 50_000_000
"""Bytes of a document's XML, unpacked: a report of a hundred pages has two million."""


class UnreadableError(Exception):
    """A source that cannot be read: its text is what a ``Problem`` says."""

    def __init__(self, code: str, what: str, mend: str) -> None:
        super().__init__(what)
        self.code = code
        self.what = what
        self.mend = mend


def importer(kind: str) -> Callable[[bytes], Imported]:
    """Return the importer of a kind; raise ``ModuleNotFoundError`` when the library that it needs is not installed."""
    module = import_module(f"build_scripts.contribute.importers.{kind}")
    return cast(Callable[[bytes], Imported], getattr(module, f"import_{kind}"))
