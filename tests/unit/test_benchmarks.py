"""The invented collection that speed is measured on: sound, plainly invented, the same every time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.national import assessments, invent, learn_vocabulary, make_project
from build_scripts.pipeline import Run
from tests.projects import ROOT, run_project

TWO = 2 / 153


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with invented reports on two authorities."""
    root = tmp_path_factory.mktemp("project")
    assert make_project(root, TWO) == 2
    return root


@pytest.fixture(scope="module")
def run(project: Path) -> Run:
    return run_project(project)


def test_invented_collection_is_sound(run: Run) -> None:
    """It passes every check, has all nine texts of each report, and no word of a real one."""
    assert run.problems == ()
    assert len(run.reports) == 2
    assert len(run.evidence) == 18
    real = {file.read_bytes() for file in (ROOT / "data" / "reports").rglob("*.txt")}
    assert not real & {source.data for source in run.sources.values()}
    assert all(report.source.startswith("https://www.cqc.org.uk/invented/") for report in run.reports)


def test_invented_passages_are_like_real_ones(run: Run) -> None:
    """Passages are about as long as CQC's and earn as many themes, of every kind, in texts of about 14.5 passages."""
    passages = [passage for item in run.evidence for passage in item.passages]
    words = sum(len(passage.passage.text.split()) for passage in passages)
    themes = [tag.id for passage in passages for tag in passage.themes]

    assert 12 < len(passages) / len(run.evidence) < 18
    assert 90 < words / len(passages) < 130
    assert 4 < len(themes) / len(passages) < 6
    assert len(set(themes)) > 60
    assert any(passage.passage.is_list for passage in passages)
    assert any(item.page.headings for item in run.evidence)


def test_same_seed_gives_same_bytes() -> None:
    """A seed and a scale always give the same files, and another seed gives others."""
    vocabulary = learn_vocabulary()
    assert list(invent(vocabulary, TWO, seed=1)) == list(invent(vocabulary, TWO, seed=1))
    assert list(invent(vocabulary, TWO, seed=1)) != list(invent(vocabulary, TWO, seed=2))


@pytest.mark.parametrize(("scale", "reports"), [(0, 1), (1 / 153, 1), (1, 153), (2, 306)])
def test_scale_is_in_multiples_of_england(scale: float, reports: int) -> None:
    """At scale 1 every authority has one report, at 2 each has two of different dates; there is always one."""
    slugs = [str(number) for number in range(153)]
    found = list(assessments(slugs, scale))
    assert len(set(found)) == len(found) == reports
    assert len({slug for slug, _ in found}) == min(reports, 153)


def test_benchmark_runs(tmp_path: Path) -> None:
    """`python -m benchmarks` measures both sites of a tiny collection and leaves nothing behind."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--scale", str(1 / 153)],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for figure in ("peak memory", "size of the site", "largest page, gzip'd", "pipeline : MkDocs", "our site : peer"):
        assert figure in done.stdout
    assert list(tmp_path.iterdir()) == []
