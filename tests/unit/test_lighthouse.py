"""What the benchmark of pages makes of a site and of Lighthouse's results. No test runs Lighthouse itself."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.lighthouse import run
from benchmarks.lighthouse.pages import KINDS, PageServer, chosen_pages
from benchmarks.lighthouse.run import figures_of, middle, to_mend
from tests.helpers.projects import ROOT


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with a page of every kind, and two of councils."""
    for pattern in KINDS.values():
        page = tmp_path / pattern.replace("*", "anytown")
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"{page.relative_to(tmp_path)}", "utf-8")
    small = tmp_path / "authorities" / "othershire" / "index.html"
    small.parent.mkdir()
    small.write_text("small", "utf-8")
    return tmp_path


def test_the_heaviest_page_of_each_kind_is_measured(site: Path) -> None:
    """Each kind has one page, the one with the most bytes; of councils also the one with the least."""
    pages = {page.kind: page.address for page in chosen_pages(site)}
    assert pages.keys() == KINDS.keys()
    assert pages["home"] == "/"
    assert pages["a council, the most"] == "/authorities/anytown/"
    assert pages["a council, the least"] == "/authorities/othershire/"
    assert pages["search, with results"] == "/search/?q=interpretation"
    assert pages["no such page"] == "/404.html"


def test_a_kind_without_a_page_is_said(site: Path) -> None:
    """A page that was moved is not left out in silence."""
    (site / "map" / "index.html").unlink()
    with pytest.raises(ValueError, match="no page of the kind 'the evidence map'"):
        list(chosen_pages(site))


def test_the_server_answers_as_a_host_of_pages_does(site: Path) -> None:
    """A folder is its page, whatever is asked of it; what is missing is 404.html with status 404."""
    with PageServer(site) as server:
        headers, _ = server.answer("/search/?q=words")
        assert dict(headers)[":status"] == "200"
        assert dict(headers)["content-type"].startswith("text/html")
        headers, missing = server.answer("/nowhere/")
        assert (dict(headers)[":status"], missing) == ("404", server.answer("/404.html")[1])


def result(points: float) -> dict[str, Any]:
    """A result of Lighthouse, with what is read of it."""
    return {
        "categories": {name: {"score": points} for name in ("performance", "accessibility", "best-practices", "seo")},
        "audits": {
            "largest-contentful-paint": {
                "numericValue": 1200,
                "score": 0.99,
                "title": "Paint",
                "displayValue": "1.2 s",
            },
            "cumulative-layout-shift": {"numericValue": 0.02, "score": 1, "title": "Shift"},
            "total-blocking-time": {"numericValue": 30, "score": None, "title": "Blocked"},
            "network-requests": {
                "score": 1,
                "details": {
                    "items": [
                        {"url": "https://127.0.0.1/", "transferSize": 2048},
                        {"url": "https://127.0.0.1/style.css", "transferSize": 1024},
                        {"url": "data:image/svg+xml,", "transferSize": 9},
                    ]
                },
            },
        },
    }


def test_figures_are_read_from_a_result() -> None:
    """Points of 100, times, and what came over the network, the page itself apart from what stands beside it."""
    figures = figures_of(result(0.97))
    points = dict.fromkeys(("perf", "access", "best", "seo"), 97)
    assert figures == {**points, "LCP ms": 1200, "CLS": 0.02, "TBT ms": 30, "KB": 3, "beside": 1, "requests": 2}
    assert list(to_mend(result(0.97))) == ["largest-contentful-paint (0.99): Paint 1.2 s"]
    assert middle([figures, {**figures, "perf": 50}, {**figures, "perf": 98}])["perf"] == 97


def test_a_page_with_too_few_points_ends_the_run_with_its_name(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every kind is shown with its figures, and the run fails where one has fewer than 95 points in performance.

    In Lighthouse's place stands a program that finds the evidence map slow, and a page named broken not there.
    """
    program = tmp_path / "lighthouse"
    program.write_text(
        f"#!{sys.executable}\nimport json, sys\n"
        "out = next(word.partition('=')[2] for word in sys.argv if word.startswith('--output-path='))\n"
        f"good, bad = {result(0.99)!r}, {result(0.94)!r}\n"
        "json.dump(bad if sys.argv[1].endswith('/map/') else good, open(out, 'w'))\n",
        "utf-8",
    )
    program.chmod(0o755)
    monkeypatch.setattr(run, "install", lambda: program)
    monkeypatch.setattr(run, "version", lambda: "0")

    with pytest.raises(SystemExit, match="fewer than 95 points in performance: the evidence map"):
        run.main(["--site", str(site), "--details"])
    printed = capsys.readouterr().out
    assert all(f"  {kind} " in printed for kind in KINDS)
    assert re.search(r"the evidence map +94 +94 +94 +94 +1,200 +0\.020 +30 +3\.0 +1\.0 +2\n", printed)
    assert "largest-contentful-paint (0.99): Paint 1.2 s" in printed

    run.main(["--site", str(site), "--only", "home", "--runs", "2"])
    program.write_text("#!/bin/sh\necho no page there >&2\n", "utf-8")
    with pytest.raises(SystemExit, match="Lighthouse has no result for /: no page there"):
        run.main(["--site", str(site), "--only", "home"])


def test_packages_of_lighthouse_are_locked() -> None:
    """Each package has one version and its hash, and no address: they come from whatever registry npm is set to."""
    folder = ROOT / "benchmarks" / "lighthouse"
    text = (folder / "package-lock.json").read_text("utf-8")
    locked = json.loads(text)["packages"]
    wanted = json.loads((folder / "package.json").read_text("utf-8"))["dependencies"]
    assert locked.pop("")["dependencies"] == wanted
    assert len(locked) > 100
    for name, package in locked.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+\S*", package["version"]), name
        assert package["integrity"].startswith("sha512-"), name
        assert "resolved" not in package, name
