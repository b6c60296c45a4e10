"""How `evidence serve` ends: by signals, when MkDocs stops, and before it begins."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.helpers.projects import copy_few
from tests.helpers.serving import Serving


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small copy of the project, which no test changes."""
    return copy_few(tmp_path_factory.mktemp("project"))


@pytest.fixture
def serve() -> Iterator[Callable[[Path], Serving]]:
    """Starts servers on a project, and ends those that a test leaves running."""
    started: list[Serving] = []
    with tempfile.TemporaryDirectory() as folder:

        def start(project: Path) -> Serving:
            started.append(Serving(project, Path(folder)))
            return started[-1]

        yield start
        for each in started:
            if each.process.poll() is None:
                each.end(signal.SIGTERM)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_ends_it_and_mkdocs(project: Path, serve: Callable[[Path], Serving], sign: signal.Signals) -> None:
    """Ctrl+C, a polite kill and a closed terminal end it well, leaving no process, no port and no temporary site."""
    server = serve(project)
    server.wait(server.get)
    assert server.children()

    status = server.end(sign)

    assert status == 0, server.output
    assert server.children() == []
    assert "Traceback" not in server.output
    assert list(server.temporary.iterdir()) == []
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", server.port))


def test_signal_while_building_ends_it(project: Path, serve: Callable[[Path], Serving]) -> None:
    """A signal in the middle of MkDocs' first build leaves no process either."""
    server = serve(project)
    server.wait(server.children)

    assert server.end(signal.SIGINT) == 0, server.output
    assert server.children() == []


def test_mkdocs_that_stops_is_a_failure(tmp_path: Path, serve: Callable[[Path], Serving]) -> None:
    """When MkDocs cannot start, its words are followed by one line, and the exit status is 1."""
    settings = copy_few(tmp_path) / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8") + "\nplugins: [no-such-plugin]\n", "utf-8")
    server = serve(tmp_path)
    assert server.end() == 1
    assert "no-such-plugin" in server.output
    assert server.lines[-1] == "Error: MkDocs stopped; the lines above say why"


def run(project: Path, port: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "build_scripts", "serve", "--port", str(port)],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0"])  # noqa: S104 - a busy port, for a moment
def test_taken_port_is_one_line(project: Path, address: str) -> None:
    """When another program listens on the port, one line says what to do, before anything is built."""
    with socket.socket() as other:
        other.bind((address, 0))
        other.listen()
        port = other.getsockname()[1]
        done = run(project, port)
    assert done.returncode == 1
    assert done.stdout == ""
    expected = port + 1 if port < 65535 else 8000
    assert done.stderr == (
        f"Error: port {port} is taken by another program: choose another port, as in make serve PORT={expected}\n"
    )


@pytest.mark.parametrize("port", ["0", "65536", "http"])
def test_impossible_port_is_wrong_use(project: Path, port: str) -> None:
    """A port that cannot be is wrong use: exit status 2."""
    done = subprocess.run(
        [sys.executable, "-m", "build_scripts", "serve", "--port", port],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "--port" in done.stderr
