"""The benchmarks as they are run, on a tiny collection."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.serve import changes
from tests.helpers.projects import ROOT


def benchmark(temporary: Path, *arguments: str) -> str:
    """Run a benchmark, with this folder for temporary files; returns what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", *arguments],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(temporary)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_benchmark_runs(tmp_path: Path) -> None:
    """`python -m benchmarks` measures both sites of a tiny collection and leaves nothing behind."""
    printed = benchmark(tmp_path, "--scale", str(1 / 153))
    for figure in ("peak memory", "size of the site", "largest page, gzip'd", "pipeline : MkDocs", "our site : peer"):
        assert figure in printed
    assert list(tmp_path.iterdir()) == []


def test_collecting_benchmark_runs(tmp_path: Path) -> None:
    """`python -m benchmarks collect` collects a tiny collection, whole and killed, and leaves nothing behind."""
    few = ["--scale", str(1 / 153), "--kills", "2", "--kills-scale", str(1 / 153)]
    printed = benchmark(tmp_path, "collect", *few)
    assert re.search(r"texts that arrived word for word +9\n", printed)
    assert re.search(r"Killed [12] times on 1 reports\n  the same bytes as an undisturbed run +yes\n", printed)
    assert list(tmp_path.iterdir()) == []


def test_search_benchmark_runs() -> None:
    """`python -m benchmarks search` asks all four engines in a browser, and leaves nothing behind."""
    few = ["--scale", str(1 / 153), "--visitors", "1", "--networks", "1", "--queries", "2"]
    # Not in pytest's own folder, whose name is too long for the sockets of Chromium.
    with tempfile.TemporaryDirectory() as folder:
        printed = benchmark(Path(folder), "search", *few)
        left = list(Path(folder).iterdir())
    for engine in ("ours: passages", "Pagefind: passages", "Pagefind: pages", "Material: pages"):
        assert engine in printed
    for figure in (
        "filters beside the results",
        "a list of themes",
        "scoring the commonest three words",
        "memory of the worker",
    ):
        assert figure in printed
    assert left == []


def test_serving_benchmark_knows_a_change_of_every_kind() -> None:
    """Each change of the benchmark finds its words in the project's files, and is not there yet."""
    found = list(changes(ROOT))
    assert len({change.what for change in found}) == len(found) == 7
    for change in found:
        before = (ROOT / change.path).read_text("utf-8")
        assert change.edit(before) != before, change.what
        assert change.shown in change.edit(before)
        assert change.shown not in before
