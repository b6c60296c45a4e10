"""How `evidence serve` ends: by signals, when there is no site, and before it begins; and what ends without it."""

from __future__ import annotations

import os
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
    """A small copy of the project, of which every test leaves a site that can be made."""
    return copy_few(tmp_path_factory.mktemp("project"))


@pytest.fixture
def serve() -> Iterator[Callable[[Path], Serving]]:
    """Starts servers on a project, and ends those that a test leaves running."""
    started: list[Serving] = []
    with tempfile.TemporaryDirectory() as folder:

        def start(project: Path, *, from_elsewhere: bool = False) -> Serving:
            started.append(Serving(project, Path(folder), from_elsewhere=from_elsewhere))
            return started[-1]

        yield start
        for each in started:
            if each.process.poll() is None:
                each.end(signal.SIGTERM)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_ends_it_and_its_worker(project: Path, serve: Callable[[Path], Serving], sign: signal.Signals) -> None:
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
    """A signal in the middle of the first build leaves no process either."""
    server = serve(project)
    server.wait(server.children)

    assert server.end(signal.SIGINT) == 0, server.output
    assert server.children() == []


def test_no_first_site_is_a_failure(tmp_path: Path, serve: Callable[[Path], Serving]) -> None:
    """When MkDocs cannot build the first site, it says why, and the exit status is 1."""
    settings = copy_few(tmp_path) / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8") + "\nplugins: [no-such-plugin]\n", "utf-8")
    server = serve(tmp_path)
    assert server.end() == 1
    assert "no-such-plugin" in server.output
    assert server.lines[-1].startswith("Error: MkDocs: ")


def test_worker_that_is_killed_is_replaced(project: Path, serve: Callable[[Path], Serving]) -> None:
    """The site stays when the worker is killed, at rest or at work, and the next change has another begin."""
    server = serve(project)
    server.wait(server.get)
    text = project / "docs/about/index.md"

    (worker,) = server.children()
    os.kill(worker, signal.SIGKILL)
    text.write_text(text.read_text("utf-8") + "\nThe first boat of Anytown.\n", "utf-8")
    server.wait(lambda: "The first boat of Anytown." in server.get("about/"))

    script = project / "build_scripts/pages/__init__.py"
    before = script.read_text("utf-8")
    script.write_text(f"{before}\nimport os\nos._exit(3)\n", "utf-8")
    server.wait(lambda: any(line.startswith("The process that makes the pages ended") for line in server.lines))
    assert "The first boat of Anytown." in server.get("about/")
    script.write_text(before, "utf-8")
    text.write_text(text.read_text("utf-8") + "\nThe second boat of Anytown.\n", "utf-8")
    server.wait(lambda: "The second boat of Anytown." in server.get("about/"))


def test_a_project_is_served_from_elsewhere(project: Path, serve: Callable[..., Serving]) -> None:
    """With --root, the command serves a project from any folder, and shows what changes there."""
    server = serve(project, from_elsewhere=True)
    server.wait(server.get)
    for path, old, page in (
        ("docs/about/index.md", "# About", "about/"),
        ("data/reports/camden-2025-02/equity.txt", "© Care", "reports/camden-2025-02/equity/"),
        ("data/themes.yml", "    label: Interpretation", "themes/"),
    ):
        file = project / path
        before = file.read_text("utf-8")
        assert old in before
        new = "    label: A harbour for Interpretation" if old.startswith(" ") else f"A harbour of Anytown.\n\n{old}"
        file.write_text(before.replace(old, new, 1), "utf-8")
        server.wait(lambda page=page: "A harbour" in server.get(page))  # type: ignore[misc]
        file.write_text(before, "utf-8")
    server.wait(lambda: "A harbour" not in server.get("themes/"))
    server.rest()

    assert server.end(signal.SIGTERM) == 0, server.output
    assert list(server.temporary.iterdir()) == []


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
