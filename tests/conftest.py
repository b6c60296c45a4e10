"""What every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

if not os.environ.get("CI"):  # there, Hypothesis takes its own profile: the same examples every time
    settings.register_profile("house", deadline=None, print_blob=True)  # a busy machine is not a failure
    settings.load_profile("house")


LONG = ("test_serve.py", "test_oracle.py", "test_pipeline.py", "test_scores.py")
"""Files that take minutes, mostly waiting: begun last, they would keep one worker busy when all others are done."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run long files first, the others in the random order that they have by now."""
    items.sort(key=lambda item: item.path.name not in LONG)


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's root folder."""
    return Path(__file__).resolve().parents[1]
