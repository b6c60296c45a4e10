"""Pages served on this machine for the tests of addresses, with every fault that a site can have."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response


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

    def response(self) -> Response:
        """Return it as the server sends it; a length that the headers give is sent whatever the body has."""
        response = Response(self._sent(), self.status, mimetype="text/html")
        if not self.endless:
            response.content_length = len(self.body)
        response.headers.update(self.headers)
        return response

    def _sent(self) -> Iterator[bytes]:
        size = -(-len(self.body) // self.pieces) or 1
        while True:
            for start in range(0, len(self.body), size):
                time.sleep(self.pause if start else 0)
                yield self.body[start : start + size]
            if not self.endless:
                return


@dataclass
class Served:
    """A site that is up, and what was asked of it."""

    base: str
    answers: dict[str, Answer]
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)

    def answer(self, request: Request) -> Response:
        """Return what the site says to a request; as a proxy is asked, its path is a whole address."""
        path = request.environ["RAW_URI"]
        self.asked.append(path)
        self.agents.add(request.headers.get("User-Agent", ""))
        answer = self.answers.get(path, Answer(b"<h1>Page not found</h1>", 404))
        if answer.faults:
            answer.faults -= 1
            answer = Answer(b"busy", 503, {"Retry-After": "0"})
        return answer.response()


@contextmanager
def serving(answers: dict[str, Answer]) -> Iterator[Served]:
    """Serve these paths on 127.0.0.1 and yield the site."""
    with HTTPServer("127.0.0.1", threaded=True) as server:
        site = Served(server.url_for("").rstrip("/"), answers)
        server.expect_request(re.compile(".*")).respond_with_handler(site.answer)
        yield site
