"""What serving does in the moments that no test of a real server can be sure to meet, and what it looks at."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from build_scripts.disk import serve
from build_scripts.disk.serve import inputs
from build_scripts.disk.write import write_files
from tests.helpers.patience import PATIENCE

DEAF = """
import os, signal, sys, tempfile, time
for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(each, signal.SIG_IGN)
os.mkdir(os.path.join(tempfile.mkdtemp(prefix="mkdocs_"), "themes"))
open(sys.argv[1], "w").close()
time.sleep(600)
"""
"""A program in MkDocs' place that has begun a site and heeds no signal, as while it is busy with a long build."""

MARKER = b"generated here"


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for what is not to stay."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


@pytest.fixture
def handlers() -> Iterator[None]:
    """Sees that what signals did before they do afterwards."""
    before = [signal.getsignal(each) for each in serve.ENDING]
    yield
    assert [signal.getsignal(each) for each in serve.ENDING] == before


@pytest.mark.usefixtures("handlers")
def test_signal_while_mkdocs_is_being_started_leaves_nothing_behind(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A signal that comes before anybody has hold of the new process ends it all the same, with status 0."""
    started: list[subprocess.Popen[bytes]] = []
    start = subprocess.Popen

    def interrupted(_command: list[str], **how: Any) -> subprocess.Popen[bytes]:
        started.append(start([sys.executable, "-c", "import time; time.sleep(600)"], **how))
        os.kill(os.getpid(), signal.SIGINT)
        return started[0]

    monkeypatch.setattr(subprocess, "Popen", interrupted)
    try:
        assert serve.serve_site(tmp_path, 0, dict(os.environ), lambda _line: None, {}) == 0
        assert started[0].poll() is not None
    finally:
        started[0].kill()
    assert list(temporary.iterdir()) == []


@pytest.mark.usefixtures("handlers")
@pytest.mark.parametrize("sign", serve.ENDING)
def test_mkdocs_that_heeds_nothing_is_ended_with_what_it_made(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch, sign: signal.Signals
) -> None:
    """Whatever MkDocs is busy with, and however often somebody asks, the end comes and nothing is left of its site."""
    started: list[subprocess.Popen[bytes]] = []
    start, busy = subprocess.Popen, tmp_path / "busy"

    def deaf(_command: list[str], **how: Any) -> subprocess.Popen[bytes]:
        started.append(start([sys.executable, "-c", DEAF, str(busy)], **how))
        return started[0]

    def ask() -> None:
        until = time.monotonic() + PATIENCE
        while not busy.exists() and time.monotonic() < until:
            time.sleep(0.01)
        for _ in range(3):
            os.kill(os.getpid(), sign)

    monkeypatch.setattr(subprocess, "Popen", deaf)
    asking = threading.Thread(target=ask)

    # What is asked after the end would end the tests, if nobody took it.
    before = {each: signal.signal(each, lambda *_: None) for each in serve.ENDING}
    asking.start()
    try:
        environment = {**os.environ, "TMPDIR": str(temporary)}
        assert serve.serve_site(tmp_path, 0, environment, lambda _line: None, {}) == 0
        assert started[0].poll() is not None
        assert list(temporary.iterdir()) == []
    finally:
        asking.join()
        started[0].kill()
        for each, handler in before.items():
            signal.signal(each, handler)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with a file of each kind that a build reads, and what a build wrote beside them."""
    for path in READ:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("one")
        os.utime(tmp_path / path, (1, 1))  # long ago: a disk counts time in steps
    write_files(tmp_path / "docs", {"index.md": MARKER, "assets/search/manifest.json": b"{}"}, MARKER)
    return tmp_path


READ = (
    "data/themes.yml",
    "data/reports/anytown-2025-01/equity.txt",
    "tests/gold/anytown-2025-01/equity.yml",
    "build_scripts/pages/templates/theme.md",
    "build_scripts/pipeline.py",
    "docs/about/index.md",
    "docs/assets/javascripts/search/words.js",
)


@pytest.mark.parametrize("path", READ)
def test_whatever_a_build_reads_is_looked_at(project: Path, path: str) -> None:
    """A file that is changed, even to as many letters, put in another's place, added or taken away is a change."""
    states = [inputs(project)]
    (project / path).write_text("two")
    states.append(inputs(project))
    (project / "other").write_text("two")
    (project / "other").replace(project / path)
    states.append(inputs(project))
    (project / path).with_name("added.md").write_text("one")
    states.append(inputs(project))
    (project / path).unlink()
    states.append(inputs(project))
    assert all(state not in states[:at] for at, state in enumerate(states))


def test_what_a_build_writes_is_no_change(project: Path) -> None:
    """Pages and files of the search that a build writes, changes or removes are not what it is made from."""
    before = inputs(project)
    assert not any("index.md" in path and "about" not in path for path in before)
    for files in ({"index.md": MARKER + b"!", "themes/index.md": MARKER, "data/themes.json": b"[]"}, {"a.md": MARKER}):
        write_files(project / "docs", files, MARKER)
        assert inputs(project) == before


@pytest.mark.parametrize(
    "path", ["data/.themes.yml.swp", "build_scripts/__pycache__/a.pyc", "docs/.git/index", "site/a"]
)
def test_what_editors_and_python_keep_is_no_change(project: Path, path: str) -> None:
    """Hidden files and folders, what Python keeps for itself, and other folders are passed over."""
    before = inputs(project)
    (project / path).parent.mkdir(exist_ok=True)
    (project / path).write_text("kept")
    assert inputs(project) == before


def test_a_link_that_leads_nowhere_is_passed_over(project: Path) -> None:
    """A file that cannot be looked at, or is gone in that moment, stops nothing."""
    before = inputs(project)
    (project / "data" / "link.yml").symlink_to("nowhere")
    assert inputs(project) == before
