"""The line that tells on a terminal how far a run is."""

from __future__ import annotations

import threading

from rich.console import Console
from rich.progress import BarColumn, ProgressColumn, SpinnerColumn, Task, TextColumn
from rich.progress import Progress as Line
from rich.text import Text

from build_scripts.commands.told import Told

PATIENCE = 2.0
"""Seconds that somebody waits without being told: what takes no longer draws nothing."""


class Drawn(Told):
    """Progress on a terminal."""

    def __init__(self, console: Console) -> None:
        """Draw on this console, from ``PATIENCE`` seconds on."""
        # What is written to the streams meanwhile goes where it was meant to go: a pipe, perhaps.
        self._line = Line(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            _HowFar(),
            console=console,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
            refresh_per_second=4,
        )
        self._task = self._line.add_task("", visible=False)
        self._has_drawn = False
        self._writing = threading.Lock()  # or the first line could be drawn while another is being written
        self._timer = threading.Timer(PATIENCE, self._draw)
        self._timer.daemon = True
        self._timer.start()

    def _draw(self) -> None:
        with self._writing:
            self._has_drawn = True
            self._line.start()

    def begin(self, stage: str, steps: int = 0) -> None:
        """Name the stage; its time and its count begin anew."""
        self._line.remove_task(self._task)
        self._task = self._line.add_task(stage, total=steps or None)

    def step(self) -> None:
        """Count one step more."""
        self._line.advance(self._task)

    def say(self, line: str) -> None:
        """Write a line to standard error, where it stays, above the drawn one."""
        with self._writing:
            if drawn := self._line.live.is_started:
                self._line.stop()
            super().say(line)
            if drawn:
                self._line.start()

    def end(self) -> None:
        """Take the drawn line away."""
        self._timer.cancel()
        self._timer.join()
        self._line.stop()
        if self._has_drawn:  # Ctrl+C may have come while the line was being taken away, and the cursor with it
            self._line.console.show_cursor()


class _HowFar(ProgressColumn):
    """How many steps of how many are done and how long the others will take, or how long the stage has taken."""

    def render(self, task: Task) -> Text:
        """Return the words."""
        if task.total is None:
            return Text(f"{_clock(task.elapsed or 0)} so far")
        left = task.time_remaining
        return Text(f"{task.completed:,.0f} of {task.total:,.0f}{'' if left is None else f', {_clock(left)} left'}")


def _clock(seconds: float) -> str:
    """Return minutes and seconds, such as ``1:05``."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"
