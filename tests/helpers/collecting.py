"""`evidence collect` run on an invented collection's CQC, and what it wrote."""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner, Result

from build_scripts.commands.main import main
from tests.helpers.cqc import PLACE, Up, invented_files

FILES = invented_files()
NAMES = dict(row.split(",")[:2] for row in FILES["data/authorities.csv"].splitlines()[1:])
ANYTOWN = "data/reports/anytown-2025-03"
REPORTS = sorted({path.split("/")[2] for path in FILES if path.startswith("data/reports/")})
NEEDS = f"{PLACE}/anytown-0325/theme1/needs"
EQUITY = f"{PLACE}/anytown-0325/theme1/equity"


def project(root: Path) -> Path:
    """Write a project without reports."""
    for path, text in {**FILES, "docs/index.md": ""}.items():
        if "/reports/" not in path:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, "utf-8")
    return root


def collect(root: Path, up: Up, *options: str) -> Result:
    """Run the command; a traceback is a failure of the test."""
    given = ["--root", str(root), "collect", "--list", up.list, "--pause", "0", *options]
    result = CliRunner().invoke(main, given)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


def written(root: Path) -> dict[str, bytes]:
    """Return the collection as it is."""
    files = sorted((root / "data").rglob("*"))
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in files if file.is_file()}


def undated(root: Path) -> dict[str, bytes]:
    """Return the same without the days on which pages were had: midnight may be between them."""
    return {path: re.sub(rb'retrieved: "[-0-9]{10}"', b"", data) for path, data in written(root).items()}


def words(text: str | bytes) -> list[str]:
    """Return the words in order."""
    return (text if isinstance(text, str) else text.decode()).split()


def aside(root: Path, name: str) -> str:
    """Return what is said of a report that was put aside."""
    return (root / "collected" / "aside" / name / "problems.txt").read_text("utf-8")


LOGIN = b"<!doctype html><title>Log in</title><main><h1>Log in</h1><form><input name=user></form></main>"
OTHER = b"<!doctype html><title>Anytown</title><main><h1>Anytown</h1><div>All about equity, told anew.</div></main>"
