"""Writes ``requirements/*.txt`` from pyproject.toml: exact versions, with the hashes of every platform's files.

``add`` keeps to the versions of ``site``, ``test`` to those of both and ``learn`` to all of them, so that what is
tested is what is used.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = Path(sys.executable).with_name("uv")

# One answer for all platforms and Pythons (fewest forks), naming neither an index nor this machine.
COMMON = (
    "--universal",
    "--python-version=3.11",
    "--fork-strategy=fewest",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-header",
    "--quiet",
)
FILES = {
    "requirements/site.txt": ("pyproject.toml", "--group=build"),
    "requirements/add.txt": (
        "pyproject.toml",
        "--extra=add",
        "--group=build",
        "--constraints=requirements/site.txt",
    ),
    "requirements/test.txt": (
        "pyproject.toml",
        "--extra=add",
        "--group=build",
        "--group=test",
        "--constraints=requirements/add.txt",
    ),
    "requirements/learn.txt": (
        "pyproject.toml",
        "--extra=add",
        "--group=build",
        "--group=test",
        "--group=learn",
        "--constraints=requirements/test.txt",
    ),
    "requirements/lock.txt": ("--group=lock",),
}


def main(options: list[str]) -> None:
    """Write every lock file; ``--upgrade`` takes the newest versions instead of keeping those that still fit."""
    for name, sources in FILES.items():
        command = [str(UV), "pip", "compile", *sources, *COMMON, *options, f"--output-file={name}"]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False)
        if done.returncode != 0:
            sys.exit(f"error: {name} could not be written; uv says why above")
        print(f"Wrote {name}")


if __name__ == "__main__":
    main(sys.argv[1:])
