"""Serve the site while it is worked on: MkDocs serves and reloads pages, a watcher remakes them from the data."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

WATCHED = ("data", "build_scripts", "tests/gold")
"""Folders that pages are made from. MkDocs itself watches docs/, overrides/ and mkdocs.yml."""

QUIET_SECONDS = 0.3
"""How long to wait after a change for the next: an editor writes a file in several steps."""


def port_is_free(port: int) -> bool:
    """Return whether a server can listen on this port of 127.0.0.1."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


class _Changes(FileSystemEventHandler):
    """Notes that something changed which pages are made from."""

    def __init__(self) -> None:
        self.seen = threading.Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note a change; reading a file is none, and neither is what Python keeps for itself."""
        if event.event_type not in ("opened", "closed_no_write") and "__pycache__" not in str(event.src_path):
            self.seen.set()


def serve_site(root: Path, port: int, environment: Mapping[str, str], say: Callable[[str], None]) -> None:
    """Serve the site of ``root`` on 127.0.0.1 until it is interrupted; ``say`` gets a line at a time."""
    changes = _Changes()
    observer = Observer()
    for folder in WATCHED:
        if (root / folder).is_dir():
            observer.schedule(changes, str(root / folder), recursive=True)
    observer.start()
    # The address is 127.0.0.1 whatever SITE_URL is, so that no link leads to the published site.
    environment = {**environment, "SITE_URL": f"http://127.0.0.1:{port}/"}
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    server = subprocess.Popen(  # noqa: S603 - our own Python and MkDocs, no shell
        command, cwd=root, env=environment
    )
    say(f"The site is at http://127.0.0.1:{port}/ in a moment; Ctrl+C stops it")
    try:
        while server.poll() is None:
            if changes.seen.wait(timeout=0.5):
                _settle(changes.seen)
                # In a process of its own, so that changed scripts are used too.
                subprocess.run([sys.executable, "-m", "build_scripts", "build", "--pages-only"], cwd=root, check=False)
    except KeyboardInterrupt:
        say("")
    finally:
        observer.stop()
        server.terminate()
        server.wait()


def _settle(seen: threading.Event) -> None:
    """Wait until nothing has changed for a moment."""
    while seen.is_set():
        seen.clear()
        seen.wait(timeout=QUIET_SECONDS)
