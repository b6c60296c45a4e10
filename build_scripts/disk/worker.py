"""A process of its own for work that is done again and again, with what it remembers, until its scripts change."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

LEAVING_SECONDS = 5.0
"""How long a process that has nothing to do may take to end by itself."""
LISTEN_SECONDS = 0.1
"""How long to listen for an answer before the asker may do something else."""


class WorkerEndedError(Exception):
    """The process ended without an answer; what went wrong in it, it has said itself."""


class Worker:
    """Has ``work``, a function of a module, answer requests in a process of its own.

    The function gets a connection, from which it takes one request after another until that raises ``EOFError``, and
    through which it sends an answer to each; and ``values``, which are the same for all.
    """

    def __init__(self, work: Callable[..., None], *values: Any) -> None:
        """Make ready; the process starts with the first request."""
        self._work, self._values = work, values
        self._process: multiprocessing.process.BaseProcess | None = None
        self._is_busy = False
        self._requests: Connection

    def ask(self, request: Any, meanwhile: Callable[[], None]) -> Any:
        """Return the answer to a request, and call ``meanwhile`` again and again while it is awaited.

        A process that has ended since the last request is started anew. Raises ``WorkerEndedError`` when it ends
        without an answer, and whatever ``meanwhile`` raises; ``end`` is to be called then.
        """
        if not (self._process and self._process.is_alive()):
            self.end()
            self._start()
        try:
            self._requests.send(request)
            self._is_busy = True
            while not self._requests.poll(LISTEN_SECONDS):
                meanwhile()
            answer = self._requests.recv()
            self._is_busy = False
            return answer
        except (EOFError, OSError):
            self.end()
            raise WorkerEndedError from None

    def _start(self) -> None:
        # A new interpreter, not a copy of this one: it reads the scripts as they are now.
        context = multiprocessing.get_context("spawn")
        self._requests, other = context.Pipe()
        process = context.Process(target=self._work, args=(other, *self._values), daemon=True)
        # Ctrl+C reaches every process of a terminal; this one is ended by ``end`` alone, or goes with its asker.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM, signal.SIGHUP))
        try:
            process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            other.close()
        self._process = process

    def end(self) -> None:
        """End the process: it ends by itself when it has nothing to do; the next request starts another."""
        if self._process:
            self._requests.close()
            if not self._is_busy:
                self._process.join(LEAVING_SECONDS)
            self._process.kill()
            self._process.join()
            self._process, self._is_busy = None, False
