"""A running ``evidence serve``, on a small copy of the project: what it prints, what it shows, and how it ends."""

from __future__ import annotations

import contextlib
import os
import random
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from tests.helpers.patience import PATIENCE
from tests.helpers.projects import ROOT

REMADE = re.compile(r"docs/: \d+ files? written")
"""The line that a build prints when it has written its pages."""


class Serving:
    """A running ``evidence serve`` and what it has printed."""

    def __init__(self, root: Path, temporary: Path, *, from_elsewhere: bool = False) -> None:
        """Start it in the project ``root``, at a free port; ``temporary`` is where it puts what is not to stay.

        Started ``from_elsewhere``, the scripts are this project's own.
        """
        self.root = root
        self.temporary = temporary
        self.port = free_port()
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "build_scripts", "--root", str(root), "serve", "--port", str(self.port)],
            cwd=ROOT if from_elsewhere else root,
            env={
                **os.environ,
                "SITE_URL": "https://example.org/care-evidence/",
                "TMPDIR": str(temporary),
            },
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
        """All that was printed."""
        return "\n".join(self.lines)

    @property
    def made(self) -> int:
        """How often pages were written."""
        return len(REMADE.findall(self.output))

    def fetch(self, path: str) -> bytes:
        """Return a file as it is served now, nothing while there is no answer or an error."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{path}", timeout=PATIENCE) as answer:
                return bytes(answer.read())
        except (urllib.error.URLError, ConnectionError):
            return b""

    def get(self, path: str = "") -> str:
        """Return a page as it is served now, nothing while there is no answer or an error."""
        return self.fetch(path).decode("utf-8")

    def made_file(self, name: str) -> str:
        """Return what is served of a file that every page asks for, from the folder that the home page names now."""
        folder = re.search(r"assets/made/[0-9a-f]+/", self.get())
        return self.get(f"{folder[0]}{name}") if folder else ""

    def wait(self, what: Callable[[], object]) -> None:
        """Wait until something is so; fail with all that was printed when it never is, or the server has ended."""
        until = time.monotonic() + PATIENCE
        while not what():
            assert time.monotonic() < until, self.output
            assert self.process.poll() is None, self.output
            time.sleep(0.1)

    def rest(self, seconds: float = 3.0) -> None:
        """Wait until it has written nothing for so long: then nothing is being made any more."""
        made, since = -1, 0.0
        while self.made != made or time.monotonic() - since < seconds:
            if self.made != made:
                made, since = self.made, time.monotonic()
            time.sleep(0.1)

    def children(self) -> list[int]:
        """Return the process ids of its workers, the living and the ones that it left behind."""
        return [id for id, line in command_lines() if "spawn_main" in line and str(self.temporary) in environment(id)]

    def end(self, sign: int = 0) -> int:
        """Send a signal, where one is given, wait for the end, and return the exit status."""
        if sign:
            self.process.send_signal(sign)
        status = self.process.wait(PATIENCE)
        self.reader.join(PATIENCE)
        return status


def command_lines() -> list[tuple[int, str]]:
    """Return process id and command line of all running processes, ended ones that nobody waited for left out."""
    if not Path("/proc/self/cmdline").exists():  # macOS
        listed = ps("-A", "-o", "pid=,command=")
        return [(int(id), line) for id, _, line in (each.strip().partition(" ") for each in listed.splitlines())]
    found = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):  # a small Linux has no ps
        with contextlib.suppress(OSError):
            found.append((int(file.parent.name), file.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")))
    return found


def environment(id: int) -> str:
    """Return the environment of a process as it was at its start, nothing where it has ended."""
    if not Path("/proc/self/environ").exists():
        return ps("-E", "-o", "command=", "-p", str(id))
    with contextlib.suppress(OSError):
        return Path(f"/proc/{id}/environ").read_bytes().decode("utf-8", "replace")
    return ""


def ps(*options: str) -> str:
    """Return what ``ps`` lists, lines at full length."""
    return subprocess.run(["ps", "-ww", *options], capture_output=True, text=True, check=False).stdout


def free_port() -> int:
    """Return a port that nobody listens on, of those that no system gives to whoever takes any: others would get one of
    these before the server does."""
    chance = random.SystemRandom()  # the usual one begins alike in all workers
    while True:
        with socket.socket() as probe, contextlib.suppress(OSError):
            port = chance.randrange(20_000, 30_000)
            probe.bind(("127.0.0.1", port))
            return port
