"""Read the kept documents as ``evidence add`` does, and compare what arrived with the words that must."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from build_scripts.contribute.importers import UnreadableError, importer
from build_scripts.contribute.importers.kinds import kind_of
from build_scripts.contribute.recognise import Found, recognise
from tests.documents.cases import CASES
from tests.helpers.anytown import vocabulary

HERE = Path(__file__).parent
KEPT = HERE / "kept"
_MARKERS = frozenset(["•", "|"])


@dataclass(frozen=True, slots=True)
class Made:
    """A kept document: its file, what it holds, which program made it and how."""

    file: str
    case: str
    maker: str
    how: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of a document."""

    refused: str
    """What the refusal says, empty where the document was read."""
    words: tuple[str, ...]
    """Words of the key findings as they arrived, without bullets and what parts cells."""
    told: str
    """All that was told of it: what was left out, and what was concluded."""


@cache
def made() -> tuple[Made, ...]:
    """Return the kept documents."""
    with (HERE / "made.csv").open(encoding="utf-8", newline="") as file:
        return tuple(Made(**row) for row in csv.DictReader(file))


@cache
def wanted(case: str) -> tuple[tuple[str, ...], ...]:
    """Return the words that must arrive from a case, and those that may instead."""
    found = next(each for each in CASES if each.name == case)
    return tuple(tuple(words.split()) for words in (found.words, *found.also))


def found_in(data: bytes, name: str = "a document") -> Found:
    """Return what a document holds of a report; raise ``UnreadableError`` where it cannot be read."""
    return recognise(replace(importer(kind_of(data))(data), name=name), vocabulary())


@cache
def reading(file: str) -> Reading:
    """Return what becomes of a kept document."""
    return reading_of((KEPT / file).read_bytes())


def reading_of(data: bytes) -> Reading:
    """Return what becomes of a document."""
    try:
        found = found_in(data)
    except UnreadableError as error:
        return Reading(error.what, (), "")
    words: list[str] = []
    for page in found.pages:
        lines = list(page.lines)
        start = next((n for n, line in enumerate(lines) if re.match("key findings", line, re.IGNORECASE)), len(lines))
        words += [word for line in lines[start + 1 :] for word in line.split() if word not in _MARKERS]
    left = [line for page in found.pages for line in page.left_out]
    told = [*found.document.dropped, *found.document.unsure, *found.unsure, *found.rest, *left]
    return Reading("", tuple(words), "\n".join(told))
