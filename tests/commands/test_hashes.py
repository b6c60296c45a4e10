"""The list of a built site's hashes: written once, then compared with, and every difference is told."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.projects import ROOT


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A built site of two files."""
    folder = tmp_path / "site"
    (folder / "a").mkdir(parents=True)
    (folder / "a/page.html").write_bytes(b"one")
    (folder / "index.html").write_bytes(b"two")
    return folder


def hashes(site: Path) -> subprocess.CompletedProcess[str]:
    """Run the tool on the site with a list beside it."""
    command = [sys.executable, str(ROOT / "tools/hashes.py"), "site", "hashes.txt"]
    return subprocess.run(command, cwd=site.parent, capture_output=True, text=True, check=False)


def test_a_list_is_written_and_then_compared_with(site: Path) -> None:
    """The first run lists every file as sha256sum does; the second finds nothing other."""
    assert hashes(site).stdout == "Wrote hashes.txt: 2 files\n"
    rows = [
        f"{hashlib.sha256(words).hexdigest()}  {path}\n"
        for path, words in ((("a/page.html"), b"one"), ("index.html", b"two"))
    ]
    assert (site.parent / "hashes.txt").read_text("utf-8") == "".join(rows)
    assert hashes(site).stdout == "All 2 files are those of hashes.txt, byte for byte\n"


def test_every_difference_is_told(site: Path) -> None:
    """A file with other bytes, a new one and one that is gone are named, and the status is 1."""
    hashes(site)
    (site / "index.html").write_bytes(b"Two")
    (site / "a/page.html").rename(site / "a/other.html")
    done = hashes(site)
    assert done.returncode == 1
    assert done.stdout == "new: a/other.html\ngone: a/page.html\nother bytes: index.html\n"
    assert done.stderr == "error: 3 of 2 files are not those of hashes.txt\n"


def test_nothing_built_is_told(site: Path) -> None:
    """A folder without files is no site, and no list is made of it."""
    for file in [*site.rglob("*.html")]:
        file.unlink()
    done = hashes(site)
    assert (done.returncode, done.stderr) == (1, "error: there is no file in site: build the site first\n")
    assert not (site.parent / "hashes.txt").exists()
