"""What serving does in the moments that no test of a real server can be sure to meet, and what it looks at."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import cast

import pytest

from build_scripts.commands.remake import remake
from build_scripts.disk.ending import ENDING, EndedError, ended_by_signals
from build_scripts.disk.inputs import States, inputs
from build_scripts.disk.serve import Place, Request
from build_scripts.disk.worker import Worker, WorkerEndedError
from build_scripts.disk.write import write_files
from tests.helpers.collections_of import VALID
from tests.helpers.work import count_requests, heed_nothing

MARKER = b"generated here"


@pytest.fixture
def handlers() -> Iterator[None]:
    """Sees that what signals did before they do afterwards."""
    before = [signal.getsignal(each) for each in ENDING]
    yield
    assert [signal.getsignal(each) for each in ENDING] == before


@pytest.mark.usefixtures("handlers")
@pytest.mark.parametrize("sign", ENDING)
def test_signal_is_heeded_where_the_program_waits(sign: signal.Signals) -> None:
    """It interrupts nothing, however often it comes, and whoever waits next, or waits now, is told."""
    with ended_by_signals() as ending:
        ending.pause(0.01)
        os.kill(os.getpid(), sign)
        os.kill(os.getpid(), sign)
        with pytest.raises(EndedError):
            ending.pause()
        with pytest.raises(EndedError):
            ending.pause(600)


@pytest.mark.usefixtures("handlers")
@pytest.mark.parametrize("sign", ENDING)
def test_worker_that_heeds_nothing_is_ended(tmp_path: Path, sign: signal.Signals) -> None:
    """Whatever the worker is busy with, and whatever it does about signals, its asker stops waiting and ends it."""
    worker = Worker(heed_nothing, tmp_path / "busy")

    with ended_by_signals() as ending:

        def meanwhile() -> None:
            if (tmp_path / "busy").exists():
                os.kill(os.getpid(), sign)
            ending.pause()

        with pytest.raises(EndedError):
            worker.ask("anything", meanwhile)
    assert multiprocessing.active_children()
    worker.end()
    assert not multiprocessing.active_children()


def test_worker_remembers_until_it_ends() -> None:
    """Requests go to one process; when it ends at work that is told, when it is ended at rest another takes over."""
    worker = Worker(count_requests)
    try:
        assert [worker.ask("more", lambda: None) for _ in range(2)] == [1, 2]
        with pytest.raises(WorkerEndedError):
            worker.ask("end", lambda: None)
        assert worker.ask("more", lambda: None) == 1
        (process,) = multiprocessing.active_children()
        process.kill()
        process.join()
        assert worker.ask("more", lambda: None) == 1
    finally:
        worker.end()


class Asked:
    """The end of a connection at which these requests have come; what is answered is noted."""

    def __init__(self, *requests: Request) -> None:
        self.requests = [*requests]
        self.answers: list[States] = []

    def recv(self) -> Request:
        if not self.requests:
            raise EOFError
        return self.requests.pop(0)

    def send(self, answer: States) -> None:
        self.answers.append(answer)


def test_without_a_report_there_is_no_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Data without a report are told of each time, and a page by hand that changes meanwhile ends nothing."""
    for path in ("data/framework.yml", "data/themes.yml", "data/voices.yml", "data/authorities.csv"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(VALID[path], "utf-8")
    asked = Asked(Request(frozenset(), {}), Request(frozenset({"docs/index.md"}), {}))
    remake(cast(Connection, asked), Place(tmp_path, tmp_path / "site", tmp_path / "mark", "http://127.0.0.1/"))
    assert asked.answers == [{}, {}]
    assert capsys.readouterr().out.count(" EV105 no reports found") == 2


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
    "build_scripts/pipeline/run.py",
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
