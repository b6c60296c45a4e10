"""How far a long run has come: a line for each thing done, and on a terminal a bar below them that renews itself."""

from __future__ import annotations

import shutil
import sys
import time

import click

_WIDTH = 24
"""Letters of the bar."""


class Progress:
    """Tells of so many things one after the other; a context manager."""

    def __init__(self, length: int) -> None:
        """Get ready to tell of ``length`` things."""
        self._length, self._done = length, 0
        self._start = time.monotonic()
        self._shows = sys.stderr.isatty()

    def __enter__(self) -> Progress:
        """Show nothing yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Take the bar away."""
        self._show("")

    def reading(self, what: str) -> None:
        """Tell what is being done at this moment."""
        last = "/".join(what.rstrip("/").split("/")[-3:])
        self._show(f"[{self._bar()}] {self._done} of {self._length}{self._left()}: {last}")

    def line(self, words: str) -> None:
        """Show a line that stays."""
        self._show("")
        click.echo(words)

    def done(self, words: str) -> None:
        """Show the line of a thing that is done."""
        self._done += 1
        self.line(words)

    def _bar(self) -> str:
        full = round(_WIDTH * self._done / max(self._length, 1))
        return "#" * full + "-" * (_WIDTH - full)

    def _left(self) -> str:
        """Return how long the rest will take at the pace so far; nothing while that is not known."""
        if not self._done:
            return ""
        seconds = (time.monotonic() - self._start) / self._done * (self._length - self._done)
        return f", about {seconds / 60:.0f} minutes left" if seconds >= 90 else f", about {seconds:.0f} seconds left"

    def _show(self, words: str) -> None:
        """Renew the line of the bar; nothing where standard error is no terminal."""
        if self._shows:
            width = shutil.get_terminal_size().columns - 1
            click.echo(f"\r\x1b[K{words[:width]}", nl=False, err=True)
