"""Have MkDocs build what changed of a site while the site is served."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.structure.files import Files, InclusionLevel

from build_scripts.disk.generator import NotBuiltError
from build_scripts.disk.inputs import State, States, state_of

_OF_DIRTY = "A 'dirty' build is being performed"
"""How MkDocs' warning begins that some pages are not built: ours do not depend on one another."""

_LEFT_OUT = (InclusionLevel.EXCLUDED, InclusionLevel.DRAFT)
"""What MkDocs puts into no site."""


def build_changed(root: Path, site: Path, environment: Mapping[str, str], built: States) -> States:
    """Bring ``site`` up to date with ``root``, and return the states of the files that it is made from now.

    ``built`` are the states that this returned last; a file that has the same is not built again. With none, all is.
    MkDocs builds into a folder beside the site, and what it built is moved from there, so that no file is ever half
    there; what no file of the project stands behind any more is removed.

    ``environment`` stays set for this process, as settings and theme read it. Raises ``NotBuiltError`` when MkDocs
    cannot build, with the site as it was, and ``OSError`` when the disk is at fault.
    """
    os.environ.update(environment)
    with tempfile.TemporaryDirectory(dir=site.parent) as staged:
        only = _OnlyChanged(built)
        try:
            config = load_config(str(root / "mkdocs.yml"), site_dir=staged)
            config.plugins.events["files"].append(only.look_at)
            build(config, dirty=True)
        except OSError:
            raise
        except (Exception, SystemExit) as error:  # settings, templates and hooks may raise anything
            raise NotBuiltError(f"MkDocs: {str(error) or type(error).__name__}") from None
        _move(Path(staged), site, only.kept())
    return only.states


class _OnlyChanged:
    """Tells MkDocs, which itself goes by times, which files it has built as they are."""

    def __init__(self, built: States) -> None:
        self._built = built
        self.states: dict[str, State] = {}
        self.files = Files([])

    def look_at(self, files: Files, **_: Any) -> Files:
        """Note the state of every file before any is read: one that changes while it is built is built again."""
        self.files = files
        for file in files:
            state = state_of(file.abs_src_path) if file.abs_src_path else None
            if state:
                self.states[file.src_uri] = state
                if self._built.get(file.src_uri) == state:
                    file.is_modified = _no  # type: ignore[method-assign]
        return files

    def kept(self) -> set[str]:
        """Return the paths of what the site has of all the files, changed or not, below the site."""
        return {file.dest_uri for file in self.files if file.inclusion not in _LEFT_OUT}


def _no() -> bool:
    return False


def _move(staged: Path, site: Path, kept: set[str]) -> None:
    """Move what was built to its place in the site, after what is neither new nor ``kept`` was removed from there."""
    new = {file.relative_to(staged) for file in staged.rglob("*") if file.is_file()}
    for place, folders, names in os.walk(site, topdown=False):
        for file in (Path(place, name) for name in names):
            path = file.relative_to(site)
            if path not in new and path.as_posix() not in kept:
                file.unlink()
        for folder in (Path(place, name) for name in folders):
            if not any(folder.iterdir()):
                folder.rmdir()
    for path in new:
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.move(staged / path, site / path)


def tell_warnings() -> None:
    """Have MkDocs tell its warnings on standard error, as its own commands do."""
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(levelname)-8s-  %(message)s"))
    handler.addFilter(lambda record: not record.getMessage().startswith(_OF_DIRTY))
    logging.getLogger("mkdocs").addHandler(handler)
