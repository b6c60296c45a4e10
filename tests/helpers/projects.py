"""Copies of the project for tests that change its files, and whole collections in memory for tests of the pipeline."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

from build_scripts.disk.read import FOLDERS, read_schemas, read_sources
from build_scripts.disk.write import MANIFEST
from build_scripts.model.evidence import SourceFile
from build_scripts.pipeline import STAGES, run_pipeline
from build_scripts.pipeline.run import Run

ROOT = Path(__file__).resolve().parents[2]
NEEDED = ("build_scripts", "data", "docs", "overrides", "tests/gold", "mkdocs.yml")
"""What the site is made from."""
FEW = ("camden", "kent", "westminster")
"""The authorities of a small copy: two with a text, one with scores only."""
FEW_THEMES = (
    *("accessibility", "advocacy", "co-production", "equality-data", "interpretation", "partnership", "seldom-heard"),
    *("unpaid-carers", "waiting-times", "workforce"),
)
"""Its themes, of which some are broader than others and some are related: reading all 88 takes half of a run."""
_THEME = re.compile(rb"^  - id: (\S+)\n(?:    .*\n|\n)*", re.MULTILINE)
_THEMES_NAMED = re.compile(rb"^ +(?:themes|mentions|doubtful|broader|related): \[([^\]]*)\]", re.MULTILINE)


def copy_project(target: Path) -> Path:
    """Copy all that the site is made from to ``target``, without what a build made, and return it."""
    for name in NEEDED:
        source, copy = ROOT / name, target / name
        if source.is_dir():
            shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        else:
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, copy)
    manifest = ROOT / "docs" / MANIFEST
    for path in manifest.read_text("utf-8").split() if manifest.exists() else ():
        (target / "docs" / path).unlink(missing_ok=True)
    return target


@cache
def few_sources() -> Mapping[str, SourceFile]:
    """Return the contributed files of a few authorities and themes, as ``read_sources`` gives those of all."""
    sources, _ = read_sources(ROOT)
    reports = tuple(f"data/reports/{slug}-20" for slug in FEW)
    kept = {name: each for name, each in sources.items() if name.startswith(reports) or "data/reports/" not in name}
    del kept["data/tiles.csv"], kept["data/districts.csv"]  # a map shows all or none, and a district needs its county
    rows = {"data/authorities.csv": FEW, "data/weights.csv": FEW_THEMES}
    return {name: SourceFile(name, _few_of(name, each.data, rows.get(name, ()))) for name, each in kept.items()}


def _few_of(path: str, data: bytes, rows: tuple[str, ...]) -> bytes:
    """Return a contributed file without the authorities and themes that a small copy has not; ``rows`` it has."""
    if rows:
        header, *others = data.splitlines(keepends=True)
        return header + b"".join(row for row in others if row.partition(b",")[0].decode() in rows)
    if path == "data/themes.yml":
        head, begin, themes = data.partition(b"\nthemes:\n")
        data = head + begin + _THEME.sub(lambda found: found[0] if found[1].decode() in FEW_THEMES else b"", themes)
    if path == "data/themes.yml" or path.startswith("tests/gold/"):
        return _THEMES_NAMED.sub(_few_named, data)
    return data


def _few_named(found: re.Match[bytes]) -> bytes:
    """Return a list of themes with those of a small copy."""
    kept = [name for name in re.split(rb",\s*", found[1]) if name.decode() in FEW_THEMES]
    return found[0].replace(b"[" + found[1] + b"]", b"[" + b", ".join(kept) + b"]")


def write_few(target: Path) -> Path:
    """Write the contributed files of a few authorities below ``target``, and return it."""
    for path, source in few_sources().items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_bytes(source.data)
    return target


def copy_few(target: Path) -> Path:
    """Copy all that the site is made from, with a few of its authorities, and return it.

    It has pages of every kind, made in an eighth of the time.
    """
    copy_project(target)
    for folder in FOLDERS:
        shutil.rmtree(target / folder)
    return write_few(target)


def build_site(
    target: Path,
    root: Path = ROOT,
    site_url: str = "",
    repo_url: str = "",
    contact: str = "",
    generator: str = "mkdocs",
) -> None:
    """Build the site of ``root`` into ``target``, knowing its addresses where they are given."""
    command = [sys.executable, "-m", "build_scripts", "build", "--site-dir", str(target), "--generator", generator]
    environment = {**os.environ, "SITE_URL": site_url, "REPO_URL": repo_url, "CONTACT": contact}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def run_project(root: Path = ROOT, stages: Sequence[Callable[[Run], Run]] = STAGES) -> Run:
    """Return what the pipeline makes of a project's files."""
    sources, unread = read_sources(root)
    return run_pipeline(sources, read_schemas(), unread, stages=stages)


@cache
def real_run() -> Run:
    """Return what the pipeline makes of the project's own files, made once for all tests, which only look at it."""
    return run_project()


@cache
def few_run() -> Run:
    """Return the same of a few authorities."""
    return run_pipeline(few_sources(), read_schemas())
