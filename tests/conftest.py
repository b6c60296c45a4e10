"""What every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from coverage import Coverage
from hypothesis import settings

if not os.environ.get("CI"):  # there, Hypothesis takes its own profile: the same examples every time
    settings.register_profile("house", deadline=None, print_blob=True)  # a busy machine is not a failure
    settings.load_profile("house")


def pytest_sessionfinish() -> None:
    """Save what is measured: a worker of pytest-xdist is killed ten seconds after its last test, busy or not."""
    measured = Coverage.current()
    if measured:
        measured.save()


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's root folder."""
    return Path(__file__).resolve().parents[1]
