"""Signals that ask a program to end, taken where it waits and nowhere else."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Signals that ask a program to end."""


class EndedError(Exception):
    """Somebody asked for the end."""


class Ending:
    """Whether a signal of ``ENDING`` came.

    A signal is only noted when it comes: raised in the middle of something, while a process is started or a file moved,
    it would leave behind what nobody knows of. Whatever waits must wait by ``pause``, or for moments at a time.
    """

    def __init__(self) -> None:
        self._came = False

    def note(self, _signal: int, _frame: FrameType | None) -> None:
        """Take a signal: what Python calls."""
        self._came = True

    def pause(self, seconds: float = 0.0) -> None:
        """Wait; raise ``EndedError`` where a signal came before or meanwhile."""
        if not self._came and seconds:
            time.sleep(seconds)
        if self._came:
            raise EndedError


@contextmanager
def ended_by_signals() -> Iterator[Ending]:
    """Take the signals of ``ENDING`` meanwhile, also where a shell had Ctrl+C ignored."""
    ending = Ending()
    before = {each: signal.signal(each, ending.note) for each in ENDING}
    try:
        yield ending
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
