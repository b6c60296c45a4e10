"""Serve the site while it is worked on: MkDocs serves and reloads pages, a watcher remakes them from the data."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from build_scripts.disk.read import FOLDERS
from build_scripts.disk.write import generated_paths

WATCHED = (*FOLDERS, "build_scripts", "docs")
"""Folders that pages and search are made from. What MkDocs alone reads it watches itself: mkdocs.yml, and, being told
to, overrides/."""

LOOK_SECONDS = 0.5
"""How often to look for changes: as often as MkDocs does, and like it by looking, which works on every file system."""

QUIET_SECONDS = 0.3
"""How long to wait after a change for the next: an editor writes a file in several steps."""

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Signals that ask a program to end."""

Inputs = Mapping[str, tuple[int, int, int]]
"""Path of a file to its number on the disk, time of change and size, which tell one state of it from another."""


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


def inputs(root: Path) -> Inputs:
    """Return the state of every file that pages and search are made from; what a build itself wrote is none of them.

    Names that begin with a dot, and what Python keeps for itself, are passed over.
    """
    generated = {f"{root}/docs/{path}" for path in generated_paths(root / "docs")}
    found: dict[str, tuple[int, int, int]] = {}
    for folder in WATCHED:
        for place, folders, names in os.walk(f"{root}/{folder}"):
            folders[:] = [name for name in folders if not name.startswith(".") and name != "__pycache__"]
            for path in {f"{place}/{name}" for name in names if not name.startswith(".")} - generated:
                with suppress(OSError):  # taken away just now
                    state = Path(path).stat()
                    found[path] = (state.st_ino, state.st_mtime_ns, state.st_size)
    return found


def serve_site(
    root: Path, port: int, environment: Mapping[str, str], say: Callable[[str], None], made_from: Inputs
) -> int:
    """Serve the site of ``root`` on 127.0.0.1 until a signal ends it; ``say`` gets a line at a time.

    ``made_from`` are the inputs that the pages under docs/ were made from: whatever differs from them is made anew.

    Returns the exit status: 0 when it was told to end, that of MkDocs when MkDocs ended by itself.
    """
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    if (root / "overrides").is_dir():
        command += ["--watch", "overrides"]
    with _ended_by_signals() as ending, tempfile.TemporaryDirectory(prefix="evidence-serve-") as folder:
        # The address is 127.0.0.1 whatever SITE_URL is, so that no link leads to the published site. What MkDocs builds
        # lies in our folder, which goes with us, so that MkDocs can be ended at once, whatever it does just then.
        environment = {**environment, "SITE_URL": f"http://127.0.0.1:{port}/", "TMPDIR": folder}
        # In a session of its own, so that Ctrl+C reaches only this process, which then ends MkDocs.
        server = subprocess.Popen(  # noqa: S603 - our own Python and MkDocs, no shell
            command, cwd=root, env=environment, start_new_session=True
        )
        try:
            ending.heed()
            say(f"The site is at http://127.0.0.1:{port}/ in a moment; Ctrl+C stops it")
            while server.poll() is None:
                time.sleep(LOOK_SECONDS)
                if (now := inputs(root)) != made_from:
                    made_from = _settled(root, now)
                    _remake(root)
            return server.returncode or 1
        except KeyboardInterrupt:
            say("")
            return 0
        finally:
            ending.ignore()
            server.kill()
            server.wait()


class _Ending:
    """Lets the first of the signals of ``ENDING`` raise ``KeyboardInterrupt``, as soon as it is to be heeded.

    Before that it is only noted: raised while MkDocs is being started, it would leave MkDocs behind with nobody who
    knows of it. Those that come after the first, or when they are to be ignored, must not disturb the end.
    """

    def __init__(self) -> None:
        self._came = self._heeded = False

    def heed(self) -> None:
        """Raise from now on, and at once for a signal that came before."""
        self._heeded = True
        self._raise()

    def ignore(self) -> None:
        """Raise no more."""
        self._heeded = False

    def note(self, _signal: int, _frame: FrameType | None) -> None:
        """Take a signal: what Python calls."""
        self._came = True
        self._raise()

    def _raise(self) -> None:
        if self._came and self._heeded:
            self._heeded = False
            raise KeyboardInterrupt


@contextmanager
def _ended_by_signals() -> Iterator[_Ending]:
    """Take the signals of ``ENDING`` meanwhile, also where a shell had Ctrl+C ignored."""
    ending = _Ending()
    before = {each: signal.signal(each, ending.note) for each in ENDING}
    try:
        yield ending
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _settled(root: Path, now: Inputs) -> Inputs:
    """Wait until nothing has changed for a moment, and return the state then."""
    while True:
        before = now
        time.sleep(QUIET_SECONDS)
        if (now := inputs(root)) == before:
            return now


def _remake(root: Path) -> None:
    """Write the pages anew, in a process of its own, so that changed scripts are used too; problems show there."""
    command = [sys.executable, "-m", "build_scripts", "build", "--pages-only"]
    subprocess.run(command, cwd=root, check=False)  # noqa: S603 - our own Python and scripts, no shell
