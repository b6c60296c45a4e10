"""Run the project's Makefile beside a program that only writes down what it was called with."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.helpers.projects import ROOT


def called_with(folder: Path, *words: str, env: Mapping[str, str] | None = None) -> list[str]:
    """Return what ``evidence`` is called with by ``make`` and these words; raise ``CalledProcessError`` if make fails.

    The folder is empty at first. Nothing is installed in it: targets make no environment there.
    """
    command = folder / ".venv/bin/evidence"
    command.parent.mkdir(parents=True, exist_ok=True)
    command.write_text('#!/bin/sh\nprintf "%s\\0" "$@" > called-with\n', "utf-8")
    command.chmod(0o755)
    rules = (ROOT / "Makefile").read_text("utf-8")
    (folder / "Makefile").write_text(re.sub(r"^(\w+): .*(?=##)", r"\1: ", rules, flags=re.MULTILINE), "utf-8")
    subprocess.run(["make", *words], cwd=folder, env={**os.environ, **(env or {})}, check=True, capture_output=True)
    return (folder / "called-with").read_text("utf-8").split("\0")[:-1]
