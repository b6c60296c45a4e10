"""Measure how soon ``evidence serve`` shows a change: ``python -m benchmarks serve``, or ``make bench ARGS=serve``.

Seconds by the clock, from the moment when a file is saved to the moment when the page is the new one. Here the clock
counts: somebody waits for it. Only a machine with nothing else to do gives figures that mean something.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import yaml

from benchmarks.national import make_project
from benchmarks.table import Table
from tests.helpers.projects import copy_project
from tests.helpers.serving import Serving

STYLE, WORKER = MADE = "style.css", "worker.js"
"""What is joined, into a folder that has another name each time."""

REST = 3.0
"""Seconds without news after which nothing is being made any more."""


@dataclass(frozen=True)
class Change:
    """One change, and the page that shows it."""

    what: str
    path: str
    """File below the project's root."""
    edit: Callable[[str], str]
    """From its text to the new one."""
    page: str
    """Address that shows it, without its first slash; of what is joined, the file's name."""
    shown: str
    """What that address shows then, and not before."""


def main(arguments: Sequence[str]) -> None:
    """Serve the real texts and an invented England, and show how soon each kind of change is seen."""
    options = argparse.ArgumentParser(prog="python -m benchmarks serve", description=__doc__)
    options.add_argument("--scale", type=float, default=1.0, help="multiple of England's 153 authorities (default: 1)")
    chosen = options.parse_args(arguments)
    table = Table()
    with tempfile.TemporaryDirectory() as folder:
        real, invented = Path(folder, "real"), Path(folder, "invented")
        copy_project(real)
        _serve(table, "The texts of today", real, Path(folder))
        make_project(invented, chosen.scale)
        _serve(table, f"An invented collection, {chosen.scale:g} times England", invented, Path(folder))


def _serve(table: Table, title: str, root: Path, temporary: Path) -> None:
    table.head(title)
    started = time.perf_counter()
    serving = Serving(root, temporary)
    try:
        serving.wait(serving.get)
        table.row("the first page", f"{time.perf_counter() - started:.1f} s")
        for change in changes(root):
            serving.rest(REST)
            file = root / change.path
            before = file.read_text("utf-8")
            after = change.edit(before)
            if after == before or change.shown in _served(serving, change):
                sys.exit(f"{change.what}: nothing to see of a change of {change.path}")
            started = time.perf_counter()
            file.write_text(after, "utf-8")
            serving.wait(partial(_shows, serving, change))
            seen = time.perf_counter() - started
            serving.rest(REST)
            table.row(change.what, f"{seen:.1f} s", f"at rest after {time.perf_counter() - started - REST:.1f} s")
    finally:
        serving.end(signal.SIGTERM)


def _shows(serving: Serving, change: Change) -> bool:
    return change.shown in _served(serving, change)


def _served(serving: Serving, change: Change) -> str:
    return serving.made_file(change.page) if change.page in MADE else serving.get(change.page)


def changes(root: Path) -> Iterator[Change]:
    """Yield a change of every kind, for a project that holds a text on equity."""

    def puts(new: str, before: str = "") -> Callable[[str], str]:
        """Return what puts something new before the first of some words, or at the end."""
        return lambda old: old.replace(before, f"{new}{before}", 1) if before else f"{old}\n{new}\n"

    text = next(iter(sorted(root.glob("data/reports/*/equity.txt")))).relative_to(root).as_posix()
    text_page = f"{Path(text).parent.relative_to('data')}/equity/"
    template, footer = "build_scripts/pages/templates/tag.md", "overrides/partials/footer.html"
    yield Change("a guide", "docs/about/index.md", puts("Seen aboutit."), "about/", "Seen aboutit")
    yield Change("a text", text, puts("A seen boatload.\n\n", "© Care"), text_page, "seen boatload")
    assets = "docs/assets"
    yield Change("a style sheet", f"{assets}/stylesheets/base.css", puts(".seen{color:red}"), STYLE, ".seen{")
    script = f"{assets}/javascripts/search/engine/worker.js"
    yield Change("a script", script, puts('self.name = "seen";'), WORKER, 'self.name = "seen"')
    yield Change("a template", template, puts("Seen template.\n\n", "# {{"), "themes/interpretation/", "Seen template")
    yield Change("a part of every page", footer, puts("<p>Seen footer</p>"), "themes/", "Seen footer")
    label = yaml.safe_load((root / "data/themes.yml").read_text("utf-8"))["themes"][0]["label"]
    name = puts("Seen ", f"{label}\n")
    yield Change("a theme’s name", "data/themes.yml", name, "themes/", f"Seen {label}")
