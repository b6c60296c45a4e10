"""What tests of several programs begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.invented_github import GitHub


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> GitHub:
    """A repository with one commit on main, made once."""
    github = GitHub(tmp_path_factory.mktemp("begun"))
    github.begin()
    return github


@pytest.fixture
def github(begun: GitHub, tmp_path: Path) -> GitHub:
    """A copy of it, for one test."""
    return begun.copy(tmp_path / "github")
