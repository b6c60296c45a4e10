"""Measure every kind of page with Lighthouse at its mobile settings: ``python -m benchmarks lighthouse``.

Lighthouse is a program of Node.js, whose packages npm installs into ``.venv/lighthouse`` from the lock file beside this
one. It slows network and processor by calculation, so that a busy machine shows in the processor's part alone.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.lighthouse.pages import Measured, PageServer, chosen_pages
from benchmarks.national import SEED, make_project
from benchmarks.table import Table
from tests.helpers.projects import ROOT, build_site
from tests.site.conftest import chromium_path

LOCKED = ("package.json", "package-lock.json")
INSTALLED = ROOT / ".venv" / "lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
COLUMNS = ("perf", "access", "best", "seo", "LCP ms", "CLS", "TBT ms", "KB", "beside", "requests")
ENOUGH = 95
"""Points that a page has to have in performance."""


def main(arguments: Sequence[str]) -> None:
    """Build or take a site, measure it, and show the figures; leave with status 1 when a page has too few points."""
    options = argparse.ArgumentParser(prog="python -m benchmarks lighthouse", description=__doc__)
    options.add_argument("--site", type=Path, help="a built site (default: the project's texts, built anew)")
    options.add_argument("--scale", type=float, help="an invented collection instead, in multiples of England")
    options.add_argument("--only", default="", help="only kinds of pages with these words in their name")
    options.add_argument("--runs", type=int, default=1, help="of each page; the middle one is told (default: 1)")
    options.add_argument("--details", action="store_true", help="also what Lighthouse would mend, by page")
    chosen = options.parse_args(arguments)
    program = install()
    with tempfile.TemporaryDirectory() as name:
        site = chosen.site or _build(Path(name), chosen.scale)
        Table().head(f"Lighthouse {version()}, mobile: points, times, KB with and without the page, requests")
        print(f"  {'':<22}" + "".join(f"{column:>9}" for column in COLUMNS))
        weak = []
        with PageServer(site) as server:
            for page in chosen_pages(site.resolve()):
                if chosen.only not in page.kind:
                    continue
                results = [measure(program, server.address, page, Path(name)) for _ in range(chosen.runs)]
                figures = middle([figures_of(result) for result in results])
                print(f"  {page.kind:<22}" + "".join(f"{told:>9}" for told in _told(figures)), flush=True)
                if chosen.details:
                    print("".join(f"      {line}\n" for line in to_mend(results[-1])), end="", flush=True)
                if figures["perf"] < ENOUGH:
                    weak.append(page.kind)
    if weak:
        sys.exit(f"error: fewer than {ENOUGH} points in performance: {', '.join(weak)}")


def install() -> Path:
    """Install what the lock file says, unless it is there; return the program, or leave with a line where npm fails."""
    here = Path(__file__).parent
    done = INSTALLED / "installed"
    locked = b"".join((here / name).read_bytes() for name in LOCKED)
    if not done.is_file() or done.read_bytes() != locked:
        if not shutil.which("npm"):
            sys.exit("error: Lighthouse needs Node.js 18 or newer with npm; install it, then run this again")
        INSTALLED.mkdir(parents=True, exist_ok=True)
        for name in LOCKED:
            shutil.copy2(here / name, INSTALLED)
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        if subprocess.run(command, cwd=INSTALLED, stdout=sys.stderr, check=False).returncode:
            sys.exit("error: npm could not install Lighthouse; it needs the network once")
        done.write_bytes(locked)
    return INSTALLED / "node_modules" / ".bin" / "lighthouse"


def version() -> str:
    return str(json.loads((INSTALLED / "node_modules/lighthouse/package.json").read_text("utf-8"))["version"])


def _build(folder: Path, scale: float | None) -> Path:
    """Build the project's own texts, or an invented collection, and return the site."""
    root = ROOT
    if scale is not None:
        root = folder / "project"
        make_project(root, scale, SEED)
    build_site(folder / "site", root)
    return folder / "site"


def measure(program: Path, base: str, page: Measured, folder: Path) -> Mapping[str, Any]:
    """Return Lighthouse's result for a page, as its JSON has it; leave with its own words where it has none."""
    flags = ["--headless", "--disable-gpu", "--ignore-certificate-errors"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        flags.append("--no-sandbox")
    chromium = chromium_path()
    out = folder / "lighthouse.json"
    out.unlink(missing_ok=True)
    done = subprocess.run(
        [
            *(program, f"{base}{page.address}", "--quiet", "--output=json", f"--output-path={out}"),
            *(f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={' '.join(flags)}"),
        ],
        env={**os.environ, **({"CHROME_PATH": chromium} if chromium else {})},
        capture_output=True,
        text=True,
        check=False,
    )
    result: Mapping[str, Any] = json.loads(out.read_text("utf-8")) if out.is_file() else {}
    if "runtimeError" in result or not result:
        sys.exit(f"error: Lighthouse has no result for {page.address}: {done.stderr.strip()[-500:]}")
    return result


def figures_of(result: Mapping[str, Any]) -> dict[str, float]:
    """Return what a result says of a page by ``COLUMNS``: points of 100, milliseconds, KB of 1,024 bytes."""
    audits = result["audits"]
    points = (100 * result["categories"][name]["score"] for name in CATEGORIES)
    times = ("largest-contentful-paint", "cumulative-layout-shift", "total-blocking-time")
    asked = [each for each in audits["network-requests"]["details"]["items"] if each["url"].startswith("http")]
    page, *beside = (each["transferSize"] / 1024 for each in asked)
    values = (*points, *(audits[name]["numericValue"] for name in times), page + sum(beside), sum(beside), len(asked))
    return dict(zip(COLUMNS, values, strict=True))


def middle(runs: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return the median of each figure."""
    return {name: median(run[name] for run in runs) for name in runs[0]}


def _told(figures: Mapping[str, float]) -> Iterator[str]:
    for name, value in figures.items():
        yield f"{value:.3f}" if name == "CLS" else f"{value:.1f}" if name in ("KB", "beside") else f"{value:,.0f}"


def to_mend(result: Mapping[str, Any]) -> Iterator[str]:
    """Yield a line for each audit that a page does not wholly pass."""
    for name, audit in result["audits"].items():
        if audit["score"] is not None and audit["score"] < 1:
            value = audit.get("displayValue", "")
            yield f"{name} ({audit['score']:.2f}): {audit['title']} {value}".rstrip()
