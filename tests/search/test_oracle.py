"""Our shards give lunr's own results: compared with lunr.js over the whole index, and with a plain look through texts.

The collection is invented, and large enough to be cut into many shards. `make soak` asks the same of one that is as
large as England's, since what is cut, and what ties, depends on the size.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from build_scripts.search.documents import FIELDS
from tests.helpers.projects import ROOT
from tests.helpers.scripts import NODE
from tests.helpers.whole_index import LUNR

ENGLAND = 1.0
PART = 0.15
QUERIES = 1000


def together(*commands: Sequence[object]) -> list[str]:
    """Run commands at the same time, as many as a small machine has processors, and return what they print."""
    running = [
        subprocess.Popen([*map(str, command)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for command in commands
    ]
    try:
        printed = [process.communicate() for process in running]
    finally:
        for process in running:
            process.kill()
            process.wait()
    for process, (_, wrong) in zip(running, printed, strict=True):
        assert process.returncode == 0, wrong[-2000:]
    return [words for words, _ in printed]


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(PART, id="part"),
        pytest.param(ENGLAND, id="England", marks=[pytest.mark.soak, pytest.mark.timeout(3600)]),
    ],
)
def scale(request: pytest.FixtureRequest) -> float:
    """How large the collection is, in multiples of England's."""
    return float(request.param)


@pytest.fixture(scope="module")
def folder(scale: float, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shards, and lunr.py's whole index beside them."""
    target = tmp_path_factory.mktemp("oracle")
    together(
        *([sys.executable, "-m", "tests.helpers.whole_index", what, scale, target] for what in ("shards", "whole"))
    )
    manifest = json.loads((target / "manifest.json").read_text("utf-8"))
    assert dict(manifest["fields"]) == FIELDS
    assert len(manifest["terms"]["first"]) > 1_000
    return target


def test_results_are_those_of_lunr_over_the_whole_index(folder: Path, scale: float) -> None:
    """For queries of every kind: the same hits, in the same order, their scores equal to the last bit.

    A score of the whole index that is changed by a thousandth is noticed each time.
    """
    oracle = [NODE, "tests/js/oracle.mjs", folder, folder / "whole.json", LUNR]
    reports: list[dict[str, Any]] = [json.loads(text) for text in together([*oracle, 0, 2], [*oracle, 1, 2])]
    assert [line for report in reports for line in report["different"]] == []
    assert sum(report["queries"] for report in reports) >= QUERIES
    assert sum(report["hits"] for report in reports) > 1_000_000 * scale
    nothing = {kind for kind in reports[0]["withHits"] if not any(report["withHits"].get(kind) for report in reports)}
    assert nothing == {"unknown word required"}
    single = sum(report["withHits"]["one word"] for report in reports)
    assert sum(report["controls"] for report in reports) == single > 100


def test_words_and_phrases_are_where_the_texts_have_them(folder: Path, scale: float) -> None:
    """Phrases, stop words included, and words are found in those passages that a plain look through all texts finds."""
    (printed,) = together([NODE, "tests/js/scan.mjs", folder, LUNR])
    report = json.loads(printed)
    assert report["different"] == []
    assert report["passages"] > 19_000 * scale
    assert report["phrases"] > 350
    assert report["found"] > 5_000 * scale
    assert report["names"] > 50
