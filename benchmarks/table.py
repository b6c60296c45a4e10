"""Figures under headings, printed as they come, and where they come from on this machine."""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Table:
    """Figures under headings, printed as they come."""

    seconds: dict[str, float] = field(default_factory=dict)
    """Processor time by name: what else the machine does shows little in it."""

    def head(self, title: str) -> None:
        print(f"\n{title}", flush=True)

    def row(self, name: str, value: str, note: str = "") -> None:
        print(f"  {name:<36}{value:>12}   {note}".rstrip(), flush=True)

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Time what is done inside, child processes included, and show it."""
        started, used = time.perf_counter(), _processor_seconds()
        yield
        self.seconds[name] = _processor_seconds() - used
        self.row(name, f"{self.seconds[name]:.1f} s", f"{time.perf_counter() - started:.1f} s by the clock")


def megabytes(used: resource.struct_rusage) -> float:
    """Return the most memory that was in use; Linux tells it in KB, macOS in bytes."""
    return used.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def _processor_seconds() -> float:
    """Return the processor time of this process and of its children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
