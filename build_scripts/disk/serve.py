"""Serve the site while it is worked on: whenever something changes, what comes of it is made and pages reload.

A worker process makes pages and site, so that it remembers what did not change and reads scripts anew when they do;
this process looks for changes and serves.
"""

from __future__ import annotations

import errno
import os
import socket
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from mkdocs.livereload import LiveReloadServer

from build_scripts.disk.ending import EndedError, Ending, ended_by_signals
from build_scripts.disk.inputs import States, differing, inputs
from build_scripts.disk.worker import Worker, WorkerEndedError

SCRIPTS = "build_scripts/"
"""How the paths begin of what the worker itself is made of."""

OF_EVERY_PAGE = ("mkdocs.yml", "overrides/", "build_scripts/pages/frame/")
"""How the paths begin of what MkDocs makes every page with."""

LOOK_SECONDS = 0.5
"""How often to look for changes; looking works on every file system."""

_POLICY = b"; script-src 'self'"
"""What every page's policy says of scripts."""

QUIET_SECONDS = 0.3
"""How long to wait after a change for the next: an editor writes a file in several steps."""


class Place(NamedTuple):
    """Where a site is made, and what from."""

    root: Path
    """The project."""
    site: Path
    """The folder that is served."""
    mark: Path
    """A file that is to be touched when the site has changed, for pages to reload."""
    address: str
    """The site's address, with a slash at its end."""


class Request(NamedTuple):
    """What the worker is asked for. Its answer are the states that the site was made from, none where it was not."""

    changed: frozenset[str]
    """Inputs that have changed, as paths below the project."""
    built: States
    """The last answer: files of the same state need not be built again."""


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


def serve_site(root: Path, port: int, make: Callable[..., None], say: Callable[[str], None]) -> bool:
    """Serve the site of ``root`` on 127.0.0.1 until a signal ends it; ``say`` gets a line at a time.

    ``make`` is the work of a ``Worker`` at a ``Place``, which answers each ``Request``.

    Returns whether the end was asked for: it is not when there never was a site, or no server could be started.
    """
    with ended_by_signals() as ending, tempfile.TemporaryDirectory(prefix="evidence-serve-") as folder:
        # The address is 127.0.0.1 whatever SITE_URL is, so that no link leads to the published site.
        place = Place(root, Path(folder, "site"), Path(folder, "mark"), f"http://127.0.0.1:{port}/")
        place.site.mkdir()
        place.mark.touch()
        worker = Worker(make, place)
        try:
            made_from = inputs(root)
            built = _ask(worker, Request(frozenset(), {}), ending, say)
            if not built:
                return False
            with _serving(place, port) as server:
                say(f"The site is at {place.address}; Ctrl+C stops it")
                while server.is_alive():
                    ending.pause(LOOK_SECONDS)
                    if (now := inputs(root)) != made_from:
                        now = _settled(root, now, ending)
                        changed, made_from = frozenset(differing(made_from, now)), now
                        built = _remake(worker, Request(changed, built), ending, say)
            say(f"No server could be started on port {port}")
            return False
        except EndedError:
            say("")
            return True
        finally:
            worker.end()


def _remake(worker: Worker, request: Request, ending: Ending, say: Callable[[str], None]) -> States:
    if any(path.startswith(SCRIPTS) for path in request.changed):
        worker.end()
    if any(path.startswith(OF_EVERY_PAGE) for path in request.changed):
        request = request._replace(built={})
    return _ask(worker, request, ending, say)


def _ask(worker: Worker, request: Request, ending: Ending, say: Callable[[str], None]) -> States:
    try:
        built: States = worker.ask(request, ending.pause)
    except WorkerEndedError:
        say("The process that makes the pages ended before they were made; another starts with the next change")
        return request.built
    return built


@contextmanager
def _serving(place: Place, port: int) -> Iterator[threading.Thread]:
    """Serve the folder meanwhile, with pages that reload when the mark is touched; the thread ends when it cannot."""
    server = LiveReloadServer(lambda: None, "127.0.0.1", port, str(place.site), polling_interval=0.1)
    server.error_handler = lambda code: (place.site / "404.html").read_bytes() if code == 404 else None
    server.set_app(_reloading(server.serve_request))
    server.watch(str(place.mark))
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    try:
        yield thread
    finally:
        server.shutdown()


def _reloading(app: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """Return the server's ``app``, whose script for live reload the pages' own security policy lets run."""

    def serve(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        started: list[Any] = []
        body = b"".join(app(environ, lambda *given: started.append(given)))
        ((status, headers, *more),) = started
        allowed = body.replace(_POLICY, _POLICY + b" 'unsafe-inline'", 1)
        headers = [(name, str(len(allowed)) if name == "Content-Length" else value) for name, value in headers]
        start_response(status, headers, *more)
        return [allowed]

    return serve


def _settled(root: Path, now: States, ending: Ending) -> States:
    """Wait until nothing has changed for a moment, and return the state then."""
    while True:
        before = now
        ending.pause(QUIET_SECONDS)
        if (now := inputs(root)) == before:
            return now
