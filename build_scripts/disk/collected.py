"""Write what came of collecting: a report's files in one step, and what is put aside, and the summaries."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from build_scripts.disk.answers import COLLECTED
from build_scripts.disk.swap import replacing
from build_scripts.disk.write import add_files, replace_file

_ASIDE = "aside"


def write_report(root: Path, report: str, files: Mapping[str, bytes]) -> None:
    """Write a report's files (path below ``root`` to bytes) in one step, whatever else is among them before it.

    Raises as ``add_files`` does.
    """
    folder = f"data/reports/{report}"
    own = {path.removeprefix(f"{folder}/"): data for path, data in files.items() if path.startswith(f"{folder}/")}
    # First: a run that is killed between the two finds the rows here, and takes the text the next time.
    for path, data in files.items():
        if not path.startswith(f"{folder}/"):
            replace_file(root / path, data)
    if own:
        (root / folder).parent.mkdir(parents=True, exist_ok=True)
        add_files(root / folder, own)


def put_aside(root: Path, name: str, files: Mapping[str, bytes]) -> None:
    """Put files (name to bytes) into a folder of their own, in place of those that an earlier run put there."""
    with replacing(_place(root, name)) as staged:
        for each, data in files.items():
            (staged.folder / each).write_bytes(data)


def clear_aside(root: Path, name: str) -> None:
    """Remove what an earlier run put aside."""
    shutil.rmtree(_place(root, name), ignore_errors=True)


def write_summary(root: Path, files: Mapping[str, str]) -> None:
    """Write what came of a run, file name to text."""
    for name, text in files.items():
        replace_file(root / COLLECTED / name, text.encode("utf-8"))


def _place(root: Path, name: str) -> Path:
    return root / COLLECTED / _ASIDE / (re.sub(r"[^a-z0-9-]+", "-", name.casefold()).strip("-") or "report")
