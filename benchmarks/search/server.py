"""A server of static files that counts every byte it sends, and sends as slowly as a network would.

What slows a page's requests slows those of its workers as well, since both come here; a browser's own throttling is for
each of them apart. Like GitHub Pages it packs text with gzip, keeps connections open and lets files be kept for ten
minutes; unlike it, it speaks HTTP/1.1, without TLS.
"""

from __future__ import annotations

import asyncio
import gzip
import mimetypes
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self
from urllib.parse import unquote, urlsplit

PACKED = ("text/", "application/json", "application/javascript", "image/svg")
PIECE = 4 * 1460
"""Bytes that one answer may send before another has its turn: a few packets."""

ISOLATED = {"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp"}
"""What a page must be sent with before a browser tells how much memory it uses."""


@dataclass(frozen=True)
class Network:
    """A way to the server: how long a round trip takes and how much fits through."""

    name: str
    round_trip: float = 0.0
    """Seconds from a request to the first byte of its answer; a new connection takes one more."""
    bits: float = 0.0
    """Bits a second for all answers together, 0 for no limit."""


NETWORKS = (
    Network("localhost"),
    Network("40 ms, 10 Mbit/s", 0.040, 10e6),
    Network("150 ms, 1.6 Mbit/s", 0.150, 1.6e6),
)


@dataclass(frozen=True)
class Sent:
    """What the server sent since some moment: headers and bodies of answers."""

    bytes: int
    requests: int


class Server:
    """Serves a folder on this machine, from a thread of its own, until the ``with`` block ends."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.network = NETWORKS[0]
        self.headers: dict[str, str] = {}
        """Sent with every answer, beside those that every answer has."""
        self.sent = Sent(0, 0)
        self.open_answers = 0
        self._free_at = 0.0
        """When the line will have sent all that it was given."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        listening = asyncio.run_coroutine_threadsafe(asyncio.start_server(self._talk, "127.0.0.1", 0), self._loop)
        self._listening = listening.result()
        self.address = f"http://127.0.0.1:{self._listening.sockets[0].getsockname()[1]}"
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._hang_up(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def settle(self, wait: Callable[[float], None], quiet: float = 0.25, most: float = 90.0) -> None:
        """Wait until no answer has been under way for a while; ``wait`` passes seconds. Raises ``TimeoutError``."""
        since = time.monotonic()
        until = since + most
        before = self.sent
        while time.monotonic() - since < quiet + 2 * self.network.round_trip:
            wait(0.02)
            if self.open_answers or self.sent != before:
                since, before = time.monotonic(), self.sent
            if time.monotonic() > until:
                raise TimeoutError(f"the page still asks for files after {most:g} seconds")

    async def _hang_up(self) -> None:
        """Stop listening, and end all conversations."""
        self._listening.close()
        talking = asyncio.all_tasks() - {asyncio.current_task()}
        for task in talking:
            task.cancel()
        await asyncio.gather(*talking, return_exceptions=True)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection, one after another."""
        await asyncio.sleep(self.network.round_trip)
        try:
            while request := await reader.readuntil(b"\r\n\r\n"):
                self.open_answers += 1
                try:
                    await asyncio.sleep(self.network.round_trip)
                    await self._send(writer, self._answer(request))
                finally:
                    self.open_answers -= 1
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            pass  # either side has closed the connection
        finally:
            writer.close()

    def _answer(self, request: bytes) -> bytes:
        """Return status line, headers and body of the answer to a request."""
        path = unquote(urlsplit(request.split(b" ", 2)[1].decode("ascii")).path)
        file = (self.folder / path.lstrip("/")).absolute()
        found = file.is_file() and ".." not in file.parts
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        body, packed = _body(file, kind.startswith(PACKED)) if found else (b"not found", False)
        headers = {
            "Content-Type": f"{kind}; charset=utf-8" if kind.startswith("text/") else kind,
            "Content-Length": str(len(body)),
            "Cache-Control": "max-age=600",
            **({"Content-Encoding": "gzip"} if packed else {}),
            **self.headers,
        }
        lines = [f"HTTP/1.1 {'200 OK' if found else '404 Not Found'}", *(f"{key}: {headers[key]}" for key in headers)]
        return "\r\n".join([*lines, "", ""]).encode() + body

    async def _send(self, writer: asyncio.StreamWriter, answer: bytes) -> None:
        """Send an answer at the network's pace; answers that are sent at the same time share the line."""
        self.sent = Sent(self.sent.bytes, self.sent.requests + 1)
        step = PIECE if self.network.bits else len(answer)
        for start in range(0, len(answer), step):
            piece = answer[start : start + step]
            if self.network.bits:
                now = time.monotonic()
                self._free_at = max(now, self._free_at) + 8 * len(piece) / self.network.bits
                await asyncio.sleep(self._free_at - now)
            writer.write(piece)
            self.sent = Sent(self.sent.bytes + len(piece), self.sent.requests)
        await writer.drain()


@cache
def _body(file: Path, pack: bool) -> tuple[bytes, bool]:
    """Return a file as it travels, and whether that is packed."""
    data = file.read_bytes()
    return (gzip.compress(data, 6), True) if pack else (data, False)
