"""The invented collection that speed is measured on: sound, plainly invented, the same every time."""

from __future__ import annotations

import os
import socket
import ssl
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest.mock import Mock
from urllib.parse import urlsplit

import pytest
from h2.connection import H2Connection
from h2.events import StreamEnded

from benchmarks.national import assessments, invent, learn_vocabulary, make_project
from benchmarks.search.browser import NothingFoundError, ask
from benchmarks.search.server import Network, Sent, Server
from build_scripts.pipeline import UNDERSTANDING
from build_scripts.pipeline.run import Run
from tests.helpers.patience import eventually
from tests.helpers.projects import ROOT, run_project

TWO = 2 / 153


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with invented reports on two authorities."""
    root = tmp_path_factory.mktemp("project")
    assert make_project(root, TWO) == 2
    return root


@pytest.fixture(scope="module")
def run(project: Path) -> Run:
    return run_project(project, UNDERSTANDING)


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

    assert 11 < len(passages) / len(run.evidence) < 20  # 18 texts, drawn by chance
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


@pytest.mark.parametrize(
    "answer",
    [
        {"ms": 1, "found": 0, "shown": 0, "text": 0},
        {"ms": 1, "found": 12, "shown": 9, "text": 900},
        {"ms": 1, "found": 12, "shown": 10, "text": 30},
    ],
    ids=["nothing found", "too few shown", "no texts shown"],
)
def test_engine_that_finds_nothing_is_no_figure(answer: dict[str, int]) -> None:
    """A fast answer that shows no results stops the benchmark."""
    page = Mock(evaluate=lambda script, query: answer)
    server = Mock(sent=Sent(0, 0))
    with pytest.raises(NothingFoundError, match="did not show ten results"):
        ask(page, server, "quick", "carers")


def test_server_counts_every_byte_and_slows_everybody(tmp_path: Path) -> None:
    """What two connections take together is what the network allows, and what is counted is all that came."""
    (tmp_path / "file.bin").write_bytes(os.urandom(20_000))
    network = Network("slow", round_trip=0.05, bits=1.6e6)
    with Server(tmp_path) as server:
        server.network = network
        started = time.monotonic()
        with ThreadPoolExecutor(2) as pool:
            taken = sum(pool.map(lambda _: len(_answer(server)), range(2)))
        assert time.monotonic() - started >= 3 * network.round_trip + 8 * 40_000 / network.bits
        eventually(lambda: server.sent.bytes >= taken)  # a byte may arrive before it is counted
        assert server.sent == Sent(taken, 2)


def _answer(server: Server) -> bytes:
    """Return all bytes that come on a new connection for one request."""
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    trusting.set_alpn_protocols(["h2"])
    http = H2Connection()
    http.initiate_connection()
    headers = {":method": "GET", ":scheme": "https", ":authority": "here", ":path": "/file.bin"}
    http.send_headers(1, list(headers.items()), end_stream=True)
    address = ("127.0.0.1", urlsplit(server.address).port or 0)
    with socket.create_connection(address) as plain, trusting.wrap_socket(plain) as connection:
        came = b""
        ended = False
        while not ended:
            connection.sendall(http.data_to_send())
            came += (data := connection.recv(65_536))
            ended = any(isinstance(event, StreamEnded) for event in http.receive_data(data))
        return came
