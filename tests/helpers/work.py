"""Work for a ``Worker``, whose process must be able to import it."""

from __future__ import annotations

import os
import signal
import time
from multiprocessing.connection import Connection
from pathlib import Path


def count_requests(requests: Connection) -> None:
    """Answer with how many requests came so far; end without an answer when asked to."""
    number = 0
    while True:
        try:
            request = requests.recv()
        except EOFError:
            return
        if request == "end":
            os._exit(3)
        number += 1
        requests.send(number)


def heed_nothing(requests: Connection, busy: Path) -> None:
    """Take a request, say so by a file, and be busy without heeding any signal."""
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    requests.recv()
    busy.touch()
    time.sleep(600)
