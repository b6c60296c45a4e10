"""Copies of the project for tests that change its files, and whole collections in memory for tests of the pipeline."""

from __future__ import annotations

import shutil
from pathlib import Path

from build_scripts.disk.read import read_schemas, read_sources
from build_scripts.disk.write import MANIFEST
from build_scripts.pipeline import Run, run_pipeline

ROOT = Path(__file__).resolve().parents[2]
NEEDED = ("build_scripts", "data", "docs", "overrides", "tests/gold", "mkdocs.yml")
"""What the site is made from."""


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


def run_project(root: Path = ROOT) -> Run:
    """Return what the pipeline makes of a project's files."""
    sources, unread = read_sources(root)
    return run_pipeline(sources, read_schemas(), unread)
