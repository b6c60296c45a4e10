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
# `make quick` asks for it: a fifth of the examples.
settings.register_profile("quick", deadline=None, print_blob=True, max_examples=20)

LONG_FIRST = ("search", "site", "js")
"""Folders whose files take longest: begun last, one of them would keep one worker busy when the others are done."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long files first; within their folder they stay in the order that pytest-randomly gave them."""

    def turn(item: pytest.Item) -> int:
        folder = item.path.parent.name
        return LONG_FIRST.index(folder) if folder in LONG_FIRST else len(LONG_FIRST)

    items.sort(key=turn)


def pytest_sessionfinish() -> None:
    """Save what is measured: a worker of pytest-xdist is killed ten seconds after its last test, busy or not."""
    measured = Coverage.current()
    if measured:
        measured.save()


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's root folder."""
    return Path(__file__).resolve().parents[1]
