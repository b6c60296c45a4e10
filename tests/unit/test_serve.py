"""What serving does in the moments that no test of a real server can be sure to meet."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from build_scripts.disk import serve


def test_signal_while_mkdocs_is_being_started_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A signal that comes before anybody has hold of the new process ends it all the same, with status 0."""
    started: list[subprocess.Popen[bytes]] = []
    start = subprocess.Popen

    def interrupted(_command: list[str], **how: Any) -> subprocess.Popen[bytes]:
        started.append(start([sys.executable, "-c", "import time; time.sleep(60)"], **how))
        os.kill(os.getpid(), signal.SIGINT)
        return started[0]

    monkeypatch.setattr(subprocess, "Popen", interrupted)
    before = signal.getsignal(signal.SIGINT)
    try:
        assert serve.serve_site(tmp_path, 0, dict(os.environ), lambda _line: None) == 0
        assert started[0].poll() is not None
    finally:
        started[0].kill()
    assert signal.getsignal(signal.SIGINT) is before
