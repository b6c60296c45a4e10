"""How long tests wait for anything."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 240.0
"""Seconds: many times what anything takes on a busy machine, so that only what never comes is missed."""


def eventually(what: Callable[[], object]) -> None:
    """Wait until something is so; fail when it never is."""
    until = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < until, f"not so after {PATIENCE:.0f} seconds"
        time.sleep(0.05)
