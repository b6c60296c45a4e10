"""Read contributed files from disk. The only module that does, beside the command line's own edges."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from build_scripts.model.evidence import LARGEST, SourceFile
from build_scripts.model.problems import Problem

MOST_FILES = 20_000
"""Files: more than ten times those of a report on every council."""

MOST_BYTES = 200_000_000
"""Bytes of all files together: more than ten times those of a report on every council."""

FOLDERS = ("data", "tests/gold")
"""Where contributed files lie, below the project's root."""

THEMES = (("material", "templates/assets/stylesheets"), ("zensical", "templates/assets/stylesheets/classic"))
"""Packages that bring the theme's style sheet, and the folder in each, the one that is taken where both are first."""

_IS_MAIN = re.compile(r"main\.[0-9a-f]+\.min\.css")

SCHEMAS = ("framework", "themes", "voices", "report", "gold")


def read_sources(root: Path) -> tuple[dict[str, SourceFile], tuple[Problem, ...]]:
    """Return every contributed file below ``root`` by its path, with problems EV107 and EV109 for those not read.

    A link in ``docs/`` is a problem too (EV109): whatever builds the site would publish what it leads to.

    Names that begin with a dot are those of editors and systems: they are passed over. Where there are more files or
    bytes than any collection has (EV107), no more are read: that is the only problem then.
    """
    sources: dict[str, SourceFile] = {}
    problems = [*_links(root)]
    read = 0
    for number, file in enumerate(_files(root), 1):
        path = _named(file, root)
        found = _read(file, path)
        if isinstance(found, SourceFile):
            sources[path] = found
            read += len(found.data)
        elif found:
            problems.append(found)
        if number > MOST_FILES or read > MOST_BYTES:
            what = f"{' and '.join(FOLDERS)} hold more than {MOST_FILES:,} files or {MOST_BYTES:,} bytes"
            return {}, (Problem(path, 1, "EV107", what, "remove what does not belong there"),)
    return sources, tuple(problems)


def _files(root: Path) -> Iterator[Path]:
    """Yield what lies in the folders, and the folders in them, by name."""
    for folder in FOLDERS:
        for file in sorted((root / folder).rglob("*")):
            if not any(part.startswith(".") for part in file.relative_to(root).parts):
                yield file


def _named(file: Path, root: Path) -> str:
    """Return the path of a file below ``root``; a name whose bytes are no text could not even be printed."""
    return os.fsencode(file.relative_to(root).as_posix()).decode("utf-8", "replace")


def _links(root: Path) -> Iterator[Problem]:
    """Yield every link in ``docs/``, to a file or folder, wherever it leads."""
    for place, folders, names in os.walk(root / "docs"):
        for name in sorted((*folders, *names)):
            if not name.startswith(".") and (file := Path(place, name)).is_symlink():
                yield _link(_named(file, root), is_folder=name in folders)


def _link(path: str, *, is_folder: bool) -> Problem:
    kind = "folder" if is_folder else "file"
    return Problem(path, 1, "EV109", f"the {kind} is a link", f"put the {kind} itself there")


def _read(file: Path, path: str) -> SourceFile | Problem | None:
    """Return the file, what keeps it from being read, or None for a folder."""
    try:
        if file.is_symlink():
            return _link(path, is_folder=file.is_dir())
        if file.is_dir():
            return None
        if not file.is_file():
            return Problem(path, 1, "EV109", "this is not a plain file", "remove it")
        size = file.stat().st_size
        if size > LARGEST:
            what = f"the file has {size:,} bytes; at most {LARGEST:,} are read"
            text = file.suffix == ".txt"
            mend = "paste the text of one statement page only" if text else "remove what does not belong there"
            return Problem(path, 1, "EV107", what, mend)
        return SourceFile(path, file.read_bytes())
    except OSError as error:
        what = f"the file cannot be opened: {error.strerror or error}"
        return Problem(path, 1, "EV109", what, "allow it to be read, or remove it")


def read_site(root: Path, marker: bytes) -> dict[str, bytes]:
    """Return what the site has from elsewhere, by its path below ``docs/``: pages without ``marker``, which were
    written by hand, its own scripts and style sheets, lunr.js as the installed MkDocs has it, and the theme's sheet.

    A page that cannot be read is left out: MkDocs shows it, and says what is wrong.
    """
    docs = root / "docs"
    lunr = resources.files("mkdocs") / "contrib/search/templates/search/lunr.js"
    found = {"assets/search/lunr.js": lunr.read_bytes(), "assets/theme.css": _theme()}
    assets = [*(docs / "assets/javascripts").rglob("*.js"), *(docs / "assets/stylesheets").glob("*.css")]
    for file in sorted([*docs.rglob("*.md"), *assets]):
        with suppress(OSError):
            if not file.is_symlink() and marker not in (data := file.read_bytes()):
                found[file.relative_to(docs).as_posix()] = data
    return found


def _theme() -> bytes:
    """Return the style sheet of the theme, which Material and Zensical both bring; nothing where neither is here."""
    for package, folder in THEMES:
        if find_spec(package):
            sheets = resources.files(package) / folder
            return b"".join(each.read_bytes() for each in sheets.iterdir() if _IS_MAIN.fullmatch(each.name))
    return b""


def read_schemas() -> Mapping[str, Mapping[str, Any]]:
    """Return the JSON Schemas of the YAML files by name."""
    folder = resources.files("build_scripts.facts") / "schemas"
    return {name: json.loads((folder / f"{name}.schema.json").read_text("utf-8")) for name in SCHEMAS}
