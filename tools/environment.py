"""Makes and keeps ``.venv``: the locked packages of one level, and this project as an editable install.

Run by the Makefile as ``python tools/environment.py site|add|test|learn|lock`` with any Python 3.11+, with nothing but
the standard library.
Each level's stamp is a hash of all that the environment was made from, written last: nothing is installed again
while nothing changed, and an interrupted install leaves no stamp, so that the next run starts afresh.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"

# Level to its lock file; `add` holds everything that `site` does, `test` all of both, and
# `learn` all of these, in the same versions.
LEVELS = {"site": "site.txt", "add": "add.txt", "test": "test.txt", "learn": "learn.txt", "lock": "lock.txt"}
IMPLIES = {
    "site": {"site"},
    "add": {"add", "site"},
    "test": {"test", "add", "site"},
    "learn": {"learn", "test", "add", "site"},
    "lock": {"lock"},
}

# What pip's output says when the package index cannot be reached.
NETWORK_WORDS = (
    "Failed to establish a new connection",
    "Temporary failure in name resolution",
    "Name or service not known",
    "Network is unreachable",
    "ProxyError",
    "SSLError",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "NewConnectionError",
)


class Failure(Exception):
    """Something the person at the keyboard must mend; its text is the one line they see."""


def main(level: str) -> None:
    """Bring ``.venv`` to the level; returns at once when it is there already."""
    if is_current(level):
        return
    stamped = {each for each in LEVELS if is_current(each)}
    if "site" not in stamped or stamp(level).exists():  # from other inputs: what is no longer locked must go, too
        make_venv()
        stamped = set()
    for each in LEVELS:  # none is true again before the install below has ended well
        stamp(each).unlink(missing_ok=True)
    lock = ROOT / "requirements" / LEVELS[level]
    packages = sum("==" in line for line in lock.read_text("utf-8").splitlines())
    print(f"Installing {packages} locked packages into .venv ...", flush=True)
    # Wheels only: building a package from source would fetch build tools that are not locked.
    pip_install("--require-hashes", "--no-deps", "--only-binary", ":all:", "--requirement", str(lock))
    if level != "lock":
        pip_install("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    for each in stamped | IMPLIES[level]:
        stamp(each).write_text(key(each), "utf-8")


def stamp(level: str) -> Path:
    """The file that says the level is installed."""
    return VENV / f"installed-{level}"


def key(level: str) -> str:
    """A hash of everything the level is made from: lock file, project metadata, this Python, this folder."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    parts = {
        "lock": (ROOT / "requirements" / LEVELS[level]).read_text("utf-8"),
        "project": [project["project"], project["build-system"]],
        "python": sys.version,
        "root": str(ROOT),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def is_current(level: str) -> bool:
    """Whether the level's stamp tells of just this input, and the environment's Python still starts."""
    if not stamp(level).is_file() or stamp(level).read_text("utf-8") != key(level):
        return False
    try:
        return subprocess.run([PYTHON, "-c", ""], capture_output=True, check=False).returncode == 0
    except OSError:  # the Python it was made from is gone
        return False


def make_venv() -> None:
    """Make an empty ``.venv``, in place of one that is there."""
    print(f"Making .venv with Python {sys.version.split()[0]} ...", flush=True)
    done = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        last_line = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise Failure(f"Python could not make .venv: {' '.join(last_line)}")


def pip_install(*arguments: str) -> None:
    """Run pip in the environment; on failure show its last lines after one line that says what happened."""
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--progress-bar=off"]
    done = subprocess.run(
        [*command, "--retries=2", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        return
    if any(word in done.stdout for word in NETWORK_WORDS):
        reason = "the package index could not be reached: check the network or proxy, then run make again"
    else:
        reason = "pip could not install the locked packages; it said:"
    tail = "".join(f"\n    {line}" for line in done.stdout.strip().splitlines()[-6:])
    raise Failure(reason + tail)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except Failure as failure:
        sys.exit(f"error: {failure}")
    except KeyboardInterrupt:
        sys.exit("error: interrupted; the next run starts afresh")
