"""``python -m build_scripts`` is the command ``evidence``; so is what is installed under that name."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path

INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells have it."""


def start() -> None:
    """Run the command. Ctrl-C ends it without a word even before its parts are loaded."""
    signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    from build_scripts.commands.main import main, spell

    signal.signal(signal.SIGINT, signal.default_int_handler)
    name = _spelled()
    spell(name)
    main(prog_name=name)


def _spelled() -> str:
    """Return how the command is called from here: its own name works only where a shell finds it."""
    given = Path(sys.argv[0])
    if given.name == "__main__.py":
        return "python -m build_scripts"
    if shutil.which("evidence"):
        return "evidence"
    try:
        return str(given.resolve().relative_to(Path.cwd()))
    except (OSError, ValueError):
        return str(given)


if __name__ == "__main__":
    start()
