"""What every test may use."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest
from hypothesis import settings

from tests.helpers.examples import USUAL

# Whatever started the tests may have Ctrl+C ignored, as shells do for what runs in the background; a program that a
# test starts and interrupts would ignore it too.
signal.signal(signal.SIGINT, signal.default_int_handler)

# The same examples every time: a run that fails tells of the change at hand, not of chance. `make soak` looks further.
# Half of Hypothesis' own number: those that come after are seldom of another kind.
settings.register_profile(
    "house", deadline=None, print_blob=True, derandomize=True, database=None, max_examples=USUAL // 2
)
settings.register_profile("quick", settings.get_profile("house"), max_examples=20)
settings.register_profile("soak", deadline=None, print_blob=True, max_examples=500)
settings.load_profile("house")

MEASURED = Path(__file__).parents[1] / ".coverage" / "measured.json"
"""What all workers measured."""

LONG_FIRST = ("search", "site", "js", "commands")
"""Folders whose files take longest: begun last, one of them would keep one worker busy when the others are done."""


LONGEST = {bytes: 50, str: 500}
"""How long a value may be that names a test."""


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name by its length what is long: documents have times and chance in them, and all workers name a test alike."""
    if isinstance(val, bytes | str) and len(val) > LONGEST[type(val)]:
        return f"{argname} of {len(val):,}"
    return None


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: whoever waits for a browser or a server leaves one to the others."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long files first; within their folder they stay in the order that pytest-randomly gave them."""

    def turn(item: pytest.Item) -> int:
        folder = item.path.parent.name
        return LONG_FIRST.index(folder) if folder in LONG_FIRST else len(LONG_FIRST)

    items.sort(key=turn)


@pytest.hookimpl(tryfirst=True)
def pytest_unconfigure() -> None:
    """Keep what was measured where `make test` reports it from: slipcover puts it into a temporary folder."""
    folder = os.environ.get("SLIPCOVER_COVERAGE_DIR")
    if not folder or "PYTEST_XDIST_WORKER" in os.environ:
        return
    merged = Path(folder, "merged.json")
    if merged.exists():  # or the run was ended before its time
        MEASURED.parent.mkdir(exist_ok=True)
        shutil.copyfile(merged, MEASURED)
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's root folder."""
    return Path(__file__).resolve().parents[1]
