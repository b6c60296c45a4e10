"""The programs that check and run the browser's scripts: both come with packages of the environment, without npm."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import deno
from playwright._impl._driver import compute_driver_executable

NODE = compute_driver_executable()[0]
"""Node.js, which Playwright brings for itself."""
DENO = deno.find_deno_bin()
"""Deno, for the TypeScript compiler inside."""


def run(program: str, *arguments: str | Path, root: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run one of the programs in ``root``; it asks no network, and keeps nothing outside of it.

    ``more`` goes into its environment.
    """
    quiet = {**os.environ, **more, "DENO_NO_UPDATE_CHECK": "1", "DENO_DIR": str(root / ".deno"), "NO_COLOR": "1"}
    return subprocess.run([program, *arguments], cwd=root, env=quiet, capture_output=True, text=True, check=False)
