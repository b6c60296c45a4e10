"""Read what ``evidence add`` was given: files, folders, packed files, addresses, standard input."""

from __future__ import annotations

import io
import re
import sys
import time
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import click

from build_scripts.commands.progress import progress
from build_scripts.contribute.importers import LARGEST, UnreadableError
from build_scripts.contribute.importers.apart import NotInstalledError, import_apart
from build_scripts.contribute.importers.kinds import kind_of
from build_scripts.contribute.missing import holds_nothing
from build_scripts.contribute.recognise import Found, recognise, statement_links
from build_scripts.model.evidence import Imported
from build_scripts.model.problems import Problem, printable
from build_scripts.model.vocabulary import Vocabulary

PAUSE = 0.5
"""Seconds between two requests to a site."""
MOST_FILES = 500
"""Files of a folder or of a packed file: a report has ten pages."""
LARGEST_PACKED = 4 * LARGEST
"""Bytes that a packed file may have in all, unpacked."""

_PACK_PAGES = "use CQC's page, or pack only the report's pages"
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_NOT_PAGES = frozenset(["EV702", "EV704", "EV707"])
"""What a file of a folder may be without being a fault: a picture, a style sheet, a page about something else."""


@dataclass(slots=True)
class Sources:
    """What was read, and what came of it."""

    found: list[Found] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    passed_over: list[Problem] = field(default_factory=list)
    """Files of a folder, or pages that another page led to, that hold nothing of a report."""


@dataclass(frozen=True, slots=True)
class _Source:
    name: str
    data: bytes | None = None
    """What a packed file or a folder has under this name; None for what is still to be read."""
    is_part: bool = False
    """Whether something else brought it: a folder, a packed file, the page of a whole report."""


def read_sources_of(names: Sequence[str], vocabulary: Vocabulary) -> Sources:
    """Return what the sources hold, with the pages that a report's address leads to and the files of folders."""
    sources = Sources()
    queue = [_Source(name) for name in dict.fromkeys(names)]
    seen = {each.name for each in queue}
    opened = 0  # folders and packed files, of which only the files inside count
    for number, source in enumerate(queue):
        try:
            if not source.is_part and (parts := list(_parts(source.name))):
                queue += [each for each in parts if each.name not in seen]
                seen.update(each.name for each in parts)
                opened += 1
                continue
            if (many := len(queue) - opened) > 1 or _ADDRESS.match(source.name):
                click.echo(printable(f"Reading {number + 1 - opened} of {many}: {_named(source.name)}"), err=True)
            document = _read(source, pause=number > 0)
        except UnreadableError as error:
            problem = Problem(_named(source.name), 1, error.code, error.what, error.mend)
            aside = source.is_part and source.data is not None and error.code in _NOT_PAGES
            (sources.passed_over if aside else sources.problems).append(problem)
            continue
        item = recognise(document, vocabulary)
        further = () if source.is_part else _further(item, vocabulary)
        queue += [_Source(address, is_part=True) for address in further if address not in seen]
        seen.update(further)
        if nothing := None if further else holds_nothing(item, vocabulary.framework):
            aside = source.is_part and nothing.code in _NOT_PAGES
            (sources.passed_over if aside else sources.problems).append(nothing)
        elif not further or item.scores:
            sources.found.append(item)
    if not sources.found and not sources.problems:
        sources.problems, sources.passed_over = sources.passed_over, []
    return sources


def _further(item: Found, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the pages that the page of a whole report leads to."""
    if item.pages or not _ADDRESS.match(item.document.name):
        return ()
    return statement_links(item.document, vocabulary.framework)


def _named(source: str) -> str:
    """Return what a source is called in what is said of it."""
    return "standard input" if source == "-" else source or "a source without a name"


def _parts(name: str) -> Iterator[_Source]:
    """Yield the files of a folder or of a packed file; nothing where the source is one document.

    Raises ``UnreadableError``: EV701, EV703, EV704, EV705.
    """
    if name == "-" or _ADDRESS.match(name) or not name.strip():
        return
    place = Path(name)
    try:
        if place.is_dir():
            yield from _in_folder(place)
            return
        with place.open("rb") as file:
            is_packed = file.read(4) == b"PK\x03\x04" and place.stat().st_size <= LARGEST
    except (OSError, ValueError):  # reading the file itself says what is wrong
        return
    if is_packed and kind_of(data := place.read_bytes()) == "zip":
        yield from _in_packed(name, data)


def _in_folder(folder: Path) -> Iterator[_Source]:
    """Yield the files right in a folder. What a browser saves beside a page stands in folders of its own."""
    try:
        files = sorted(each for each in folder.iterdir() if each.is_file() and not each.name.startswith("."))
    except OSError as error:
        what = f"the folder cannot be opened: {error.strerror or error}"
        raise UnreadableError("EV701", what, "allow it to be read, or name the files in it") from None
    if not files:
        raise UnreadableError("EV704", "there is no file in this folder", "name the folder that holds the pages")
    if len(files) > MOST_FILES:
        what = f"the folder has {len(files):,} files; at most {MOST_FILES} are read"
        raise UnreadableError("EV703", what, "put the report's pages into a folder of their own")
    yield from (_Source(str(file), _file(str(file)), is_part=True) for file in files)


def _in_packed(name: str, data: bytes) -> Iterator[_Source]:
    """Yield the files of a ZIP, each no larger than it says and than may be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [part for part in archive.infolist() if not part.is_dir() and _is_shown(part.filename)]
            if len(parts) > MOST_FILES:
                what = f"it holds {len(parts):,} files; at most {MOST_FILES} are read"
                raise UnreadableError("EV703", what, _PACK_PAGES)
            if sum(part.file_size for part in parts) > LARGEST_PACKED:
                what = "unpacked it would be far larger than any report: it may be made to exhaust computers"
                raise UnreadableError("EV703", what, _PACK_PAGES)
            if any(part.flag_bits & 1 for part in parts):
                raise UnreadableError("EV704", "it is locked with a password", "unpack it, and add the pages in it")
            if not parts:
                raise UnreadableError("EV704", "there is no file in it", "add the pages themselves")
            for part in parts:
                with archive.open(part) as file:
                    yield _Source(f"{name}/{part.filename}", file.read(LARGEST + 1), is_part=True)
    except UnreadableError:
        raise
    except Exception:  # zipfile lets go of a dozen kinds for broken bytes
        raise UnreadableError("EV705", "it is damaged: it cannot be unpacked", "download or pack it again") from None


def _is_shown(name: str) -> bool:
    """Return whether a packed file is one of the pages, and not what macOS or a page's own folder adds."""
    folders = name.replace("\\", "/").split("/")
    return not (
        folders[0] == "__MACOSX"
        or folders[-1].startswith(".")
        or any(folder.endswith(("_files", ".files")) for folder in folders[:-1])
    )


def _read(source: _Source, *, pause: bool) -> Imported:
    """Return the document that a source is; raise ``UnreadableError`` where it is none."""
    name = source.name
    try:
        if _ADDRESS.match(name) and source.data is None:
            time.sleep(PAUSE if pause else 0)
            return replace(_apart("address", name.encode("utf-8", "replace"), name), name=name)
        data = source.data if source.data is not None else _standard_input() if name == "-" else _file(name)
        if len(data) > LARGEST:
            raise _too_large(f"more than {LARGEST:,}")
        kind = kind_of(data)
        if kind == "zip":
            raise UnreadableError("EV702", "this is a packed file (ZIP)", "unpack it, and add the pages in it")
        return replace(_apart(kind, data, _named(name)), name=_named(name))
    except NotInstalledError as error:
        again = 'make add FILE="…"'
        what = f"this kind of source needs a library that is not installed ({error}): run {again}, which installs it"
        raise click.UsageError(what) from None


def _apart(kind: str, data: bytes, name: str) -> Imported:
    with progress() as told:
        told.begin(printable(f"Reading {name}"))
        return import_apart(kind, data)


def _standard_input() -> bytes:
    if sys.stdin.isatty():
        click.echo("Paste the page's text here, and end with Ctrl-D on a line of its own.", err=True)
    return sys.stdin.buffer.read(LARGEST + 1)


def _file(name: str) -> bytes:
    """Return a file's bytes; raise ``UnreadableError`` (EV701, EV703) where it is no plain file or too large."""
    if not name.strip():
        raise UnreadableError("EV701", "there is no such file", "give the name of a file, an address, or -")
    file = Path(name)
    try:
        if not file.exists():
            mend = "give an address that begins with https://" if "://" in name else _hint(name)
            raise UnreadableError("EV701", "there is no such file", mend)
        if not file.is_file():
            raise UnreadableError("EV701", "this is not a plain file", "save CQC's page as a file")
        size = file.stat().st_size
        if size > LARGEST:
            raise _too_large(f"{size:,}")
        return file.read_bytes()
    except (OSError, ValueError) as error:
        what = f"the file cannot be opened: {getattr(error, 'strerror', None) or error}"
        raise UnreadableError("EV701", what, "allow it to be read, or save it elsewhere") from None


def _hint(name: str) -> str:
    """Return what to do about a name that is no file's: a site's name without its beginning is an address."""
    if re.match(r"(?:www\.|[a-z0-9-]+\.(?:org|gov|co)\.uk/)", name, re.IGNORECASE):
        return f"an address begins with https://: https://{name}"
    return 'check its name and folder; a name with spaces needs make add FILE="name with spaces.html"'


def _too_large(size: str) -> UnreadableError:
    return UnreadableError(
        "EV703", f"it has {size} bytes; at most {LARGEST:,} are read", "add the statement pages instead"
    )
