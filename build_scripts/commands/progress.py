"""How far a long run is, drawn as one line on a terminal; the line is gone when the run is done."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from build_scripts.commands.told import Told


@contextmanager
def progress() -> Iterator[Told]:
    """Give what tells how far a run is while the block goes on; it draws where standard error is a terminal.

    A terminal that says it is ``dumb`` cannot take a line back, so nothing is drawn there; with NO_COLOR the line has
    no colours.
    """
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield Told()
        return
    from rich.console import Console  # what draws takes longer to load than a small run

    from build_scripts.commands.drawn import Drawn

    # Rich would guess from other variables too, and could be made to draw into a file.
    drawn = Drawn(Console(stderr=True, force_terminal=True, force_interactive=True))
    try:
        yield drawn
    finally:
        drawn.end()
