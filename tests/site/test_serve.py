"""`evidence serve` for real, on a copy of the project: what changes shows up, what breaks does not stop it."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.helpers.projects import copy_project

TEXT = "reports/camden-2025-02/equity/"
SOURCE = "data/reports/camden-2025-02/equity.txt"
NUMBERS = count(1)
PATIENCE = 90
"""Seconds to wait for anything: other tests may keep the machine busy."""


class Served:
    """A running ``evidence serve`` and what it has printed."""

    def __init__(self, root: Path, temporary: Path) -> None:
        self.root = root
        self.temporary = temporary
        self.port = free_port()
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "build_scripts", "serve", "--port", str(self.port)],
            cwd=root,
            env={**os.environ, "SITE_URL": "https://example.org/care-evidence/", "TMPDIR": str(temporary)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        with self.process.stdout as stream:
            for line in stream:
                self.lines.append(line.rstrip("\n"))

    @property
    def output(self) -> str:
        return "\n".join(self.lines)

    def get(self, path: str = "") -> str:
        """Return the page as it is served now, nothing while there is no answer or an error."""
        address = f"http://127.0.0.1:{self.port}/{path}"
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
                return str(answer.read().decode("utf-8"))
        except (urllib.error.URLError, ConnectionError):
            return ""

    def wait(self, what: Callable[[], object]) -> None:
        """Wait until something is so; fail with all that was printed when it never is."""
        until = time.monotonic() + PATIENCE
        while not what():
            assert time.monotonic() < until, self.output
            assert self.process.poll() is None, self.output
            time.sleep(0.1)

    def children(self) -> list[str]:
        """Return the command lines of the MkDocs processes that serve at this port."""
        return [line for line in command_lines() if f"--dev-addr 127.0.0.1:{self.port}" in line]

    def end(self, sign: int = 0) -> int:
        """Send a signal, where one is given, wait for the end, and return the exit status."""
        if sign:
            self.process.send_signal(sign)
        status = self.process.wait(PATIENCE)
        self.reader.join(PATIENCE)
        return status


def command_lines() -> list[str]:
    """Return the command lines of all running processes, ended ones that nobody waited for left out."""
    if not Path("/proc/self/cmdline").exists():  # macOS
        listed = subprocess.run(["ps", "-A", "-ww", "-o", "command="], capture_output=True, text=True, check=True)
        return listed.stdout.splitlines()
    found = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):  # a small Linux has no ps
        with contextlib.suppress(OSError):
            found.append(file.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"))
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_project(tmp_path_factory.mktemp("project"))


@pytest.fixture
def serve(project: Path) -> Iterator[Callable[[], Served]]:
    """Starts servers on the copy, and ends those that a test leaves running."""
    started: list[Served] = []
    with tempfile.TemporaryDirectory() as folder:

        def start() -> Served:
            started.append(Served(project, Path(folder)))
            return started[-1]

        yield start
        for each in started:
            if each.process.poll() is None:
                each.end(signal.SIGTERM)


@pytest.fixture(scope="module")
def served(project: Path) -> Iterator[Served]:
    """One running server for the tests that only look and change files back."""
    with tempfile.TemporaryDirectory() as folder:
        server = Served(project, Path(folder))
        server.wait(server.get)
        yield server
        server.end(signal.SIGTERM)


@pytest.fixture
def changed(project: Path) -> Iterator[Callable[[str, Callable[[str], str]], None]]:
    """Changes files of the copy, and puts them back after the test."""
    before: dict[Path, str | None] = {}

    def change(path: str, how: Callable[[str], str]) -> None:
        file = project / path
        text = file.read_text("utf-8") if file.exists() else None
        before.setdefault(file, text)
        file.write_text(how(text or ""), "utf-8")

    yield change
    for file, text in before.items():
        if text is None:
            file.unlink(missing_ok=True)
        else:
            file.write_text(text, "utf-8")


@pytest.fixture
def new() -> str:
    """A sentence that no page has, nor had in an earlier test whose change was put back only just now."""
    return f"The harbour team in Anytown keeps rowing boat {next(NUMBERS)} for visits by water."


Change = Callable[[str, Callable[[str], str]], None]


def with_paragraph(text: str, paragraph: str) -> str:
    """Return Camden's text with a paragraph more, before the line that ends it."""
    return text.replace("© Care Quality Commission", f"{paragraph}\n\n© Care Quality Commission")


def test_says_its_address_and_serves_there(served: Served) -> None:
    """It prints the address and serves the site at the root, whatever SITE_URL says of the published one."""
    assert f"The site is at http://127.0.0.1:{served.port}/ in a moment; Ctrl+C stops it" in served.lines
    page = served.get()
    assert "Care Evidence Explorer</title>" in page
    assert f'<link rel="canonical" href="http://127.0.0.1:{served.port}/">' in page
    assert "example.org" not in page
    served.wait(lambda: len(re.findall('<article class="passage"', served.get(TEXT))) == 7)


def test_pages_reload_themselves(served: Served) -> None:
    """Every page carries MkDocs' script for live reload, which an installed click 8.3 would silently leave out."""
    assert re.search(r"livereload\(\d+, \d+\);", served.get())


def test_changed_text_shows(served: Served, changed: Change, new: str) -> None:
    """A paragraph added to a report's text is on its page and on the home page's count."""
    changed(SOURCE, lambda text: with_paragraph(text, new))
    served.wait(lambda: new in served.get(TEXT))
    served.wait(lambda: "<dd>28</dd>" in served.get())


def test_changed_label_by_hand_shows(served: Served, changed: Change) -> None:
    """Labels by hand are pages' material too: the methodology page is remade from them."""
    address = "about/methodology/"
    before = strip(served.get(address))
    changed("tests/gold/camden-2025-02/equity.yml", lambda text: text.replace("themes: [", "themes: [dementia, ", 1))
    served.wait(lambda: strip(served.get(address)) not in ("", before))


def strip(page: str) -> str:
    """Return a served page without the script that differs each time."""
    return re.sub(r"livereload\(\d+, \d+\);", "", page)


def test_changed_page_shows(served: Served, changed: Change, new: str) -> None:
    """A page written by hand under docs/ is served as it is now."""
    changed("docs/about/index.md", lambda text: f"{text}\n{new}\n")
    served.wait(lambda: new in served.get("about/"))


def test_changed_template_shows(served: Served, changed: Change, new: str) -> None:
    """A changed page template under build_scripts/ is used at once: scripts run in a process of their own."""
    changed("build_scripts/pages/templates/themes.md", lambda text: f"{text}\n{new}\n")
    served.wait(lambda: new in served.get("themes/"))


def test_changed_script_shows(served: Served, changed: Change, new: str) -> None:
    """So is a changed Python file."""
    changed("build_scripts/pages/statements.py", lambda text: text.replace('"Quality statements"', f'"{new}"'))
    served.wait(lambda: f"<title>{new}" in served.get("statements/"))


def test_changed_override_shows(served: Served, changed: Change, new: str) -> None:
    """A changed theme template under overrides/ shows."""
    changed("overrides/partials/footer.html", lambda text: text.replace("An independent project", new))
    served.wait(lambda: new in served.get())


def test_new_and_removed_text_show(served: Served, changed: Change, new: str) -> None:
    """A text that is added gets its page, and loses it when it is taken away."""
    path = "data/reports/camden-2025-02/safeguarding.txt"
    page = "reports/camden-2025-02/safeguarding/"
    assert served.get(page) == ""
    changed(
        path,
        lambda _: f"Safeguarding\nScore: 3\nThe local authority commitment\nWe act.\nKey findings\n{new} {new} {new}\n",
    )
    served.wait(lambda: new in served.get(page))
    (served.root / path).unlink()
    served.wait(lambda: served.get(page) == "")


def test_broken_data_stop_nothing(served: Served, changed: Change, new: str) -> None:
    """A problem is printed while the old site stays up, and when it is mended the new page shows."""
    seen = len(served.lines)
    changed(SOURCE, lambda text: text.replace("Score: 4", "Score: 7"))
    served.wait(lambda: re.search(rf"^{SOURCE}:\d+: EV\d+ ", "\n".join(served.lines[seen:]), re.MULTILINE))
    assert 'id="key-findings"' in served.get(TEXT)
    changed(SOURCE, lambda text: with_paragraph(text.replace("Score: 7", "Score: 4"), new))
    served.wait(lambda: new in served.get(TEXT))


def test_broken_script_stops_nothing(served: Served, changed: Change) -> None:
    """Nor does a script with a slip in it: Python's words are shown, the old site stays."""
    seen = len(served.lines)
    changed("build_scripts/pages/statements.py", lambda text: f"{text}\nthis is no Python\n")
    served.wait(lambda: "SyntaxError" in "\n".join(served.lines[seen:]))
    assert "Quality statements" in served.get("statements/")


def test_rests_when_nothing_changes(served: Served, changed: Change, new: str) -> None:
    """What a build writes is no change for the next: soon after a change nothing more is printed."""
    changed(SOURCE, lambda text: with_paragraph(text, new))
    served.wait(lambda: new in served.get(TEXT))

    def quiet() -> bool:
        seen = len(served.lines)
        time.sleep(3)
        return len(served.lines) == seen

    served.wait(quiet)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_ends_it_and_mkdocs(serve: Callable[[], Served], sign: signal.Signals) -> None:
    """Ctrl+C, a polite kill and a closed terminal end it well, leaving no process, no port and no temporary site."""
    server = serve()
    server.wait(server.get)
    assert server.children()

    status = server.end(sign)

    assert status == 0, server.output
    assert server.children() == []
    assert "Traceback" not in server.output
    assert list(server.temporary.glob("mkdocs_*")) == []
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", server.port))


def test_signal_while_building_ends_it(serve: Callable[[], Served]) -> None:
    """A signal in the middle of MkDocs' first build leaves no process either."""
    server = serve()
    server.wait(server.children)

    assert server.end(signal.SIGINT) == 0, server.output
    assert server.children() == []


def test_mkdocs_that_stops_is_a_failure(serve: Callable[[], Served], changed: Change) -> None:
    """When MkDocs cannot start, its words are followed by one line, and the exit status is 1."""
    changed("mkdocs.yml", lambda text: f"{text}\nplugins: [no-such-plugin]\n")
    server = serve()
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
