"""A server of static files that counts every byte it sends, and sends as slowly as a network would.

What slows a page's requests slows those of its workers as well, since both come here; a browser's own throttling is for
each of them apart. Like GitHub Pages it speaks HTTP/2 over TLS and packs text with gzip. The certificate is its own,
made as it starts: a browser has to be told to take it, and keeps nothing that comes with it; no engine asks for a file
twice.
"""

from __future__ import annotations

import asyncio
import gzip
import mimetypes
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self
from urllib.parse import unquote, urlsplit

import trustme
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import (
    ConnectionTerminated,
    Event,
    RemoteSettingsChanged,
    RequestReceived,
    StreamReset,
    WindowUpdated,
)
from h2.exceptions import ProtocolError

PACKED = ("text/", "application/json", "application/javascript", "image/svg")
PIECE = 4 * 1460
"""Bytes that one answer may send before another has its turn: a few packets."""
FRAME = 16_384
"""Bytes that it may send at once where nothing slows it: HTTP/2's most in a frame."""

ISOLATED = {"cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp"}
"""What a page must be sent with before a browser tells how much memory it uses."""


@dataclass(frozen=True)
class Network:
    """A way to the server: how long a round trip takes and how much fits through."""

    name: str
    round_trip: float = 0.0
    """Seconds from a request to the first byte of its answer; a new connection takes two more, for TCP and TLS."""
    bits: float = 0.0
    """Bits a second for all answers together, 0 for no limit."""


NETWORKS = (
    Network("localhost"),
    Network("40 ms, 10 Mbit/s", 0.040, 10e6),
    Network("150 ms, 1.6 Mbit/s", 0.150, 1.6e6),
)


@dataclass(frozen=True)
class Sent:
    """What the server sent since some moment: headers and bodies of answers, all that HTTP/2 sends, without TLS."""

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
        self.free_at = 0.0
        """When the line will have sent all that it was given."""
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.set_alpn_protocols(["h2"])
        trustme.CA().issue_cert("127.0.0.1").configure_cert(self._tls)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        starting = asyncio.start_server(self._talk, "127.0.0.1", 0, ssl=self._tls)
        self._listening = asyncio.run_coroutine_threadsafe(starting, self._loop).result()
        self.address = f"https://127.0.0.1:{self._listening.sockets[0].getsockname()[1]}"
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
        """Hold one conversation, in which answers are under way at the same time."""
        await asyncio.sleep(2 * self.network.round_trip)
        try:
            await Conversation(self, reader, writer).hold()
        except (asyncio.CancelledError, ConnectionError, ProtocolError):
            pass  # either side has closed the connection
        finally:
            writer.close()

    def answer(self, path: str) -> tuple[list[tuple[str, str]], bytes]:
        """Return headers and body of the answer to a request for a path."""
        path = unquote(urlsplit(path).path)
        file = (self.folder / path.lstrip("/")).absolute()
        found = file.is_file() and ".." not in file.parts
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        body, packed = _body(file, kind.startswith(PACKED)) if found else (b"not found", False)
        headers = {
            ":status": "200" if found else "404",
            "content-type": f"{kind}; charset=utf-8" if kind.startswith("text/") else kind,
            "content-length": str(len(body)),
            **({"content-encoding": "gzip"} if packed else {}),
            **self.headers,
        }
        return list(headers.items()), body


class Conversation:
    """One connection of a browser, spoken in HTTP/2."""

    def __init__(self, server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.server = server
        self.reader = reader
        self.writer = writer
        self.http = H2Connection(H2Configuration(client_side=False))
        self.answers: dict[int, asyncio.Task[None]] = {}
        """By stream, those that are under way."""
        self.room = asyncio.Event()
        """Set when the browser has said that it takes more."""

    async def hold(self) -> None:
        """Answer until the browser hangs up."""
        self.http.initiate_connection()
        self._flush()
        try:
            while data := await self.reader.read(65_536):
                for event in self.http.receive_data(data):
                    self._heed(event)
                self._flush()
        finally:
            for answer in self.answers.values():
                answer.cancel()

    def _heed(self, event: Event) -> None:
        if isinstance(event, RequestReceived):
            path = dict(event.headers)[b":path"].decode()
            self.answers[event.stream_id] = asyncio.create_task(self._answer(event.stream_id, path))
        elif isinstance(event, StreamReset) and event.stream_id in self.answers:
            self.answers[event.stream_id].cancel()
        elif isinstance(event, WindowUpdated | RemoteSettingsChanged):
            self.room.set()
        elif isinstance(event, ConnectionTerminated):
            self.reader.feed_eof()

    async def _answer(self, stream: int, path: str) -> None:
        server = self.server
        server.open_answers += 1
        try:
            await asyncio.sleep(server.network.round_trip)
            headers, body = server.answer(path)
            server.sent = Sent(server.sent.bytes, server.sent.requests + 1)
            self.http.send_headers(stream, headers, end_stream=not body)
            self._flush()
            await self._send(stream, body)
            await self.writer.drain()
        except Exception:
            self.writer.close()  # whoever waits for the answer shall not wait for ever
            raise
        finally:
            server.open_answers -= 1
            del self.answers[stream]

    async def _send(self, stream: int, body: bytes) -> None:
        """Send a body at the network's pace; answers that are sent at the same time share the line."""
        server, at, due = self.server, 0, time.monotonic()
        while at < len(body):
            most = PIECE if server.network.bits else FRAME
            if server.network.bits:
                # From when the piece before was due, not from when this machine woke up.
                server.free_at = due = max(due, server.free_at) + 8 * min(most, len(body) - at) / server.network.bits
                await asyncio.sleep(due - time.monotonic())
            end = min(len(body), at + most)
            while at < end:
                room = min(end - at, self.http.local_flow_control_window(stream))
                if room <= 0:
                    self.room.clear()
                    await self.room.wait()
                    continue
                self.http.send_data(stream, body[at : at + room], end_stream=at + room == len(body))
                at += room
                self._flush()

    def _flush(self) -> None:
        """Write what HTTP/2 has to say, and count it."""
        data = self.http.data_to_send()
        self.writer.write(data)
        self.server.sent = Sent(self.server.sent.bytes + len(data), self.server.sent.requests)


@cache
def _body(file: Path, pack: bool) -> tuple[bytes, bool]:
    """Return a file as it travels, and whether that is packed."""
    data = file.read_bytes()
    return (gzip.compress(data, 6), True) if pack else (data, False)
