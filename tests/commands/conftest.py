"""What tests of several programs begin with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.collecting import FILES, NAMES, project
from tests.helpers.cqc import Up, cqc_of, serving_cqc
from tests.helpers.invented_github import GitHub
from tests.helpers.strategies import FRAMEWORK


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


@pytest.fixture
def up(monkeypatch: pytest.MonkeyPatch) -> Iterator[Up]:
    """A CQC with a report on each of six invented authorities, in three styles of address; what is busy is asked for
    again at once."""
    monkeypatch.setattr("build_scripts.contribute.importers.asking.time.sleep", lambda seconds: None)
    with serving_cqc(cqc_of(FILES, FRAMEWORK, NAMES)) as site:
        yield site


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A project that has the words and the facts, and no report."""
    return project(tmp_path / "project")
