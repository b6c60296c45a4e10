"""Pages served on this machine for the tests of addresses, with every fault that a site can have."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Answer:
    """What the site sends for one path."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    pieces: int = 1
    """Into how many pieces the body is cut, with a pause before each further one."""
    pause: float = 0.0
    """Seconds."""
    endless: bool = False
    """True to send the body again and again."""
    faults: int = 0
    """How often 503 comes first."""


@dataclass
class Served:
    """A site that is up, and what was asked of it."""

    base: str
    answers: dict[str, Answer]
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)


@contextmanager
def serving(answers: dict[str, Answer]) -> Iterator[Served]:
    """Serve these paths on 127.0.0.1 and yield the site."""
    site = Served("", answers)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.agents.add(self.headers.get("User-Agent", ""))
            answer = site.answers.get(self.path, Answer(b"<h1>Page not found</h1>", 404))
            if answer.faults:
                answer.faults -= 1
                answer = Answer(b"busy", 503, {"Retry-After": "0"})
            self.send_response(answer.status)
            headers = {"Content-Type": "text/html; charset=utf-8", **answer.headers}
            if not answer.endless:
                headers.setdefault("Content-Length", str(len(answer.body)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            size = -(-len(answer.body) // answer.pieces) or 1
            try:
                while True:
                    for start in range(0, len(answer.body), size):
                        time.sleep(answer.pause if start else 0)
                        self.wfile.write(answer.body[start : start + size])
                        self.wfile.flush()
                    if not answer.endless:
                        return
            except OSError:  # the reader went away
                return

        def log_message(self, *args: object) -> None:
            """Say nothing: pytest shows what failed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    site.base = f"http://127.0.0.1:{server.server_port}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
