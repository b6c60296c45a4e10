"""Serve the site while it is worked on: MkDocs serves and reloads pages, a watcher remakes them from the data."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers.polling import PollingObserver

WATCHED = ("data", "build_scripts", "tests/gold")
"""Folders that pages are made from. MkDocs itself watches docs/, mkdocs.yml and, being told to, overrides/."""

LOOK_SECONDS = 0.5
"""How often to look for changes: as often as MkDocs does, and like it by looking, which works on every file system."""

QUIET_SECONDS = 0.3
"""How long to wait after a change for the next: an editor writes a file in several steps."""

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Signals that ask a program to end."""

END_SECONDS = 10
"""How long MkDocs may take to end before it is killed."""


def why_not_port(port: int) -> str:
    """Return why no server can listen on this port of 127.0.0.1, nothing when one can."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as MkDocs does
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return "is taken by another program"
            return f"cannot be used ({os.strerror(error.errno or 0).lower()})"
    return ""


class _Changes(FileSystemEventHandler):
    """Notes that something changed which pages are made from."""

    def __init__(self) -> None:
        self.seen = threading.Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note a change of a file; what Python keeps for itself is none."""
        if not event.is_directory and "__pycache__" not in str(event.src_path):
            self.seen.set()


def serve_site(root: Path, port: int, environment: Mapping[str, str], say: Callable[[str], None]) -> int:
    """Serve the site of ``root`` on 127.0.0.1 until a signal ends it; ``say`` gets a line at a time.

    Returns the exit status: 0 when it was told to end, that of MkDocs when MkDocs ended by itself.
    """
    changes = _Changes()
    observer = PollingObserver(timeout=LOOK_SECONDS)
    for folder in WATCHED:
        if (root / folder).is_dir():
            observer.schedule(changes, str(root / folder), recursive=True)
    # The address is 127.0.0.1 whatever SITE_URL is, so that no link leads to the published site.
    environment = {**environment, "SITE_URL": f"http://127.0.0.1:{port}/"}
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    if (root / "overrides").is_dir():
        command += ["--watch", "overrides"]
    with _ended_by_signals() as heed_signals:
        observer.start()
        # In a session of its own, so that Ctrl+C reaches only this process, which then ends MkDocs.
        server = subprocess.Popen(  # noqa: S603 - our own Python and MkDocs, no shell
            command, cwd=root, env=environment, start_new_session=True
        )
        try:
            heed_signals()
            say(f"The site is at http://127.0.0.1:{port}/ in a moment; Ctrl+C stops it")
            while server.poll() is None:
                if changes.seen.wait(timeout=LOOK_SECONDS):
                    _settle(changes.seen)
                    _remake(root)
            return server.returncode or 1
        except KeyboardInterrupt:
            say("")
            return 0
        finally:
            observer.stop()
            _end(server)


@contextmanager
def _ended_by_signals() -> Iterator[Callable[[], None]]:
    """Let the signals of ``ENDING`` raise ``KeyboardInterrupt``, also where a shell had Ctrl+C ignored.

    They do so from when what is yielded is called, which raises for one that came before: raised while MkDocs is being
    started, it would leave MkDocs behind with nobody who knows of it.
    """
    came = heeded = False

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        nonlocal came
        came = True
        if heeded:
            raise KeyboardInterrupt

    def heed() -> None:
        nonlocal heeded
        heeded = True
        if came:
            raise KeyboardInterrupt

    before = {each: signal.signal(each, interrupt) for each in ENDING}
    try:
        yield heed
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _remake(root: Path) -> None:
    """Write the pages anew, in a process of its own, so that changed scripts are used too; problems show there."""
    command = [sys.executable, "-m", "build_scripts", "build", "--pages-only"]
    subprocess.run(command, cwd=root, check=False)  # noqa: S603 - our own Python and scripts, no shell


def _settle(seen: threading.Event) -> None:
    """Wait until nothing has changed for a moment."""
    while seen.is_set():
        seen.clear()
        seen.wait(timeout=QUIET_SECONDS)


def _end(server: subprocess.Popen[bytes]) -> None:
    """End MkDocs as Ctrl+C would, so that it clears away the site that it built; kill it when it does not heed."""
    # A second Ctrl+C must not leave MkDocs behind.
    for each in ENDING:
        signal.signal(each, signal.SIG_IGN)
    server.send_signal(signal.SIGINT)
    try:
        server.wait(timeout=END_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
