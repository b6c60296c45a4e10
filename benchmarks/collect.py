"""Measure collecting: a CQC of this machine's own, with every report of an invented England, read without a pause.

``python -m benchmarks collect``: time, memory and disk of one whole run, that every word arrived, and that a run which
was killed again and again ends in the same bytes. Nothing is written into the project.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.national import SEED, invent, learn_vocabulary
from benchmarks.table import Table, megabytes
from tests.helpers.collecting import undated
from tests.helpers.cqc import Up, cqc_of, serving_cqc
from tests.helpers.projects import copy_project


def main(arguments: Sequence[str]) -> None:
    """Make the site, collect from it, and show the figures; leave with status 1 where a word is missing."""
    options = argparse.ArgumentParser(prog="python -m benchmarks collect", description=__doc__)
    options.add_argument("--scale", type=float, default=1.0, help="multiple of England's 153 authorities (default: 1)")
    options.add_argument("--seed", type=int, default=SEED, help="another seed invents other texts")
    options.add_argument("--kills", type=int, default=50, help="how often the second run is killed (default: 50)")
    options.add_argument("--kills-scale", type=float, default=0.1, help="size of the site for that (default: 0.1)")
    chosen = options.parse_args(arguments)
    table = Table()
    vocabulary = learn_vocabulary()
    names = {each.slug: each.name for each in vocabulary.authorities}
    with tempfile.TemporaryDirectory() as folder:
        files = dict(invent(vocabulary, chosen.scale, chosen.seed))
        with serving_cqc(cqc_of(files, vocabulary.framework, names)) as up:
            _whole(table, up, files, _empty(Path(folder) / "whole"))
        few = dict(invent(vocabulary, chosen.kills_scale, chosen.seed))
        with serving_cqc(cqc_of(few, vocabulary.framework, names)) as up:
            _killed(table, up, Path(folder), chosen.kills, random.Random(chosen.seed))  # noqa: S311 - not for secrets


def _empty(root: Path) -> Path:
    """Make a project without reports."""
    copy_project(root)
    for real in ("data/reports", "tests/gold"):
        shutil.rmtree(root / real)
    return root


def _start(root: Path, up: Up) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "build_scripts", "--root", str(root), "collect", "--list", up.list, "--pause", "0"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _whole(table: Table, up: Up, files: Mapping[str, str], root: Path) -> None:
    """Collect everything once, without a pause, and once more with nothing new."""
    table.head(f"Collect {len(up.cqc.listed)} reports, {len(up.cqc.pages):,} pages")
    for name in ("the whole list", "again, nothing new"):
        started = time.perf_counter()
        process = _start(root, up)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        table.row(name, f"{time.perf_counter() - started:.1f} s", f"{used.ru_utime + used.ru_stime:.1f} s of processor")
        table.row("peak memory", f"{megabytes(used):,.0f} MB")
        if process.returncode:
            sys.exit((root / "collected/summary.md").read_text("utf-8"))
    kept = [file.stat().st_size for file in (root / "collected").rglob("*.gz")]
    table.row("kept answers", f"{sum(kept) / 1e6:,.1f} MB", f"{len(kept):,} files")
    lost = [path for path, text in files.items() if path.endswith(".txt") and _words(root / path) != text.split()]
    table.row("texts that arrived word for word", f"{sum(path.endswith('.txt') for path in files) - len(lost):,}")
    if lost:
        sys.exit(f"not as they were: {', '.join(lost[:20])}")


def _words(file: Path) -> list[str]:
    return file.read_text("utf-8").split() if file.exists() else []


def _killed(table: Table, up: Up, folder: Path, kills: int, chance: random.Random) -> None:
    """Compare a run that was killed after every few pages with one that was not."""
    calm, cut = _empty(folder / "calm"), _empty(folder / "cut")
    _start(calm, up).wait()
    most = max(2, 2 * len(up.cqc.pages) // max(kills, 1))
    done = 0
    for _ in range(kills):
        process, until = _start(cut, up), len(up.cqc.asked) + chance.randint(2, most + 2)
        while process.poll() is None and len(up.cqc.asked) < until:
            time.sleep(0.002)
        time.sleep(chance.random() * 0.1)
        process.kill()
        process.wait()
        done += process.returncode < 0
    _start(cut, up).wait()
    same = undated(calm) == undated(cut)
    table.head(f"Killed {done} times on {len(up.cqc.listed)} reports")
    table.row("the same bytes as an undisturbed run", "yes" if same else "no")
    if not same:
        sys.exit(1)
