"""Finds a Chromium for the tests, or gets one, and writes its path to ``.venv/chromium-path``.

In this order: $CHROMIUM; the path found last time; one that is installed; one that Playwright has downloaded or can
download; as root on Debian, the distribution's own. Of those installed, and of Debian's, the headless shell is first:
the same engine without windows takes half the processor time. Run by the Makefile with the environment's Python.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import sync_playwright

REMEMBERED = Path(__file__).resolve().parent.parent / ".venv" / "chromium-path"

SHELLS = ("chromium-headless-shell", "chrome-headless-shell")
NAMES = (*SHELLS, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC_APPS = ("Google Chrome.app/Contents/MacOS/Google Chrome", "Chromium.app/Contents/MacOS/Chromium")

DEBIAN = Path("/etc/debian_version")

# What a minimal Debian lacks of the Node.js that comes with Playwright.
DRIVER_LIBRARIES = ("libatomic1", "libstdc++6")

NO_DRIVER = (
    "Playwright's own Node.js does not start, most likely for want of a system library "
    "(Debian: 'apt-get install libatomic1 libstdc++6' as root)"
)
NOT_FOUND = (
    "the tests need Chromium or Chrome; none is installed and none could be downloaded. "
    "Install one (macOS: 'brew install --cask google-chrome'; Debian: 'apt-get install chromium' as root), "
    "or name one: make test CHROMIUM=/path/to/chrome"
)


def main() -> None:
    """Write the path of a Chromium that starts, or leave with one line that says what to do."""
    named = os.environ.get("CHROMIUM")
    if named:
        path = shutil.which(named)
        if not path or not starts(path):
            sys.exit(f"error: CHROMIUM is {named!r}, which does not start as a browser")
        remember(path)
        return
    if any(map(starts, remembered())):
        return
    if not driver_starts() and not (apt_install(*DRIVER_LIBRARIES) and driver_starts()):
        sys.exit(f"error: {NO_DRIVER}")
    ways: tuple[Callable[[], list[str]], ...] = (installed, downloaded, download, from_debian)
    for way in ways:
        for path in way():
            if starts(path):
                remember(path)
                return
    sys.exit(f"error: {NOT_FOUND}")


def remembered() -> list[str]:
    """The path found last time."""
    return [REMEMBERED.read_text("utf-8").strip()] if REMEMBERED.is_file() else []


def installed() -> list[str]:
    """Browsers on the PATH, and macOS applications."""
    folders = (Path("/Applications"), Path("~/Applications").expanduser())
    apps = [str(folder / app) for folder in folders for app in MAC_APPS]
    return [path for path in map(shutil.which, (*NAMES, *apps)) if path]


def downloaded() -> list[str]:
    """Where Playwright keeps the browser of its own version, whether it is there or not."""
    with sync_playwright() as playwright:
        return [playwright.chromium.executable_path]


def download() -> list[str]:
    """Let Playwright fetch its browser."""
    print("Downloading Chromium for the tests ...", flush=True)
    run(sys.executable, "-m", "playwright", "install", "--no-shell", "chromium")
    return downloaded()


def from_debian() -> list[str]:
    """Let apt install Chromium, and a font, because a fresh machine may have none; old releases have no shell of it."""
    installs = (apt_install(name, "fonts-dejavu-core") for name in ("chromium-headless-shell", "chromium"))
    return installed() if any(installs) else []


def apt_install(*packages: str) -> bool:
    """Install Debian's packages where that needs no question asked: as root on Debian."""
    if os.geteuid() != 0 or not shutil.which("apt-get") or not DEBIAN.exists():
        return False
    print(f"Installing Debian's {' and '.join(packages)} for the tests ...", flush=True)
    return run("apt-get", "update", "-qq") and run(
        "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages
    )


def driver_starts() -> bool:
    """Whether Playwright itself runs, browser or none."""
    return run(sys.executable, "-m", "playwright", "--version", seconds=60)


def starts(path: str) -> bool:
    """Whether the program runs: a stub of Ubuntu's, or one that lacks libraries, does not."""
    return Path(path).is_file() and run(path, "--version", seconds=60)


def run(*command: str, seconds: int = 600) -> bool:
    """Run a command in silence, without questions; whether it ended well in time."""
    quiet = {
        **os.environ,
        "DEBIAN_FRONTEND": "noninteractive",
        "PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "10000",  # milliseconds: no network shows soon
    }
    try:
        done = subprocess.run(
            command, env=quiet, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def remember(path: str) -> None:
    """Keep the path where the tests read it."""
    REMEMBERED.write_text(f"{path}\n", "utf-8")


if __name__ == "__main__":
    main()
