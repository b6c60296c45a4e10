"""pyproject.toml, requirements/ and the imports agree."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

# Import name to package name, where they differ.
PACKAGES = {"markdown_it": "markdown-it-py", "yaml": "pyyaml"}

# Needed without an import: the site generator is run as a command, with its theme.
RUN_AS_COMMANDS = {"mkdocs", "mkdocs-material"}


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, Any]:
    """pyproject.toml as it is read."""
    return tomllib.loads((root / "pyproject.toml").read_text("utf-8"))


def locked(root: Path, name: str) -> dict[str, str]:
    """Package to version, of one lock file."""
    text = (root / "requirements" / f"{name}.txt").read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", text, re.MULTILINE))


def test_dependencies_are_what_is_imported(root: Path, project: dict[str, Any]) -> None:
    """Every imported package is declared, and every declared one is imported or run."""
    imported = set()
    for file in (root / "build_scripts").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            imported |= {name.partition(".")[0] for name in names}
    outside = imported - sys.stdlib_module_names - {"build_scripts"}
    wanted = [*project["project"]["dependencies"], *project["project"]["optional-dependencies"]["add"]]
    declared = {Requirement(each).name for each in wanted}
    assert {PACKAGES.get(name, name) for name in outside} | RUN_AS_COMMANDS == declared


def test_locks_hold_what_is_declared(root: Path, project: dict[str, Any]) -> None:
    """Each declared range is met by the locked version."""
    groups = project["dependency-groups"]
    runs = [*project["project"]["dependencies"], *groups["build"]]
    added = project["project"]["optional-dependencies"]["add"]
    levels = {"site": runs, "add": [*runs, *added], "test": [*runs, *added, *groups["test"]], "lock": groups["lock"]}
    for name, declared in levels.items():
        versions = locked(root, name)
        for requirement in map(Requirement, declared):
            package = requirement.name.replace("_", "-")
            assert package in versions, f"requirements/{name}.txt lacks {package}: run 'make lock'"
            assert versions[package] in requirement.specifier, f"{package} {versions[package]}: run 'make lock'"


def test_the_build_tool_is_locked(project: dict[str, Any]) -> None:
    """What builds this package is what the group of that name, and so the lock, says."""
    assert project["build-system"]["requires"] == project["dependency-groups"]["build"]


def test_what_is_tested_is_what_is_published(root: Path) -> None:
    """The tests run on the very versions that build the site."""
    assert locked(root, "site").items() <= locked(root, "add").items() <= locked(root, "test").items()


@pytest.mark.parametrize("name", ["site", "add", "test", "lock"])
def test_lock_is_exact_and_hashed(root: Path, name: str) -> None:
    """Each line of a lock is a package in one version with its hashes, or a comment; no option, no address."""
    text = (root / "requirements" / f"{name}.txt").read_text("utf-8")
    entries = re.sub(r"\s*\\\n\s*", " ", text).splitlines()
    packages = [line for line in entries if line.strip() and not line.lstrip().startswith("#")]
    assert packages
    for line in packages:
        assert re.fullmatch(r"[a-z0-9.-]+==[^ ;]+( ; [^-]+?)?( --hash=sha256:[0-9a-f]{64})+", line), line[:80]


def test_environment_is_whole(root: Path) -> None:
    """Locks are installed package by package; nothing that one of them needs is missing."""
    done = subprocess.run([sys.executable, "-m", "pip", "check"], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_axe_is_recent() -> None:
    """The rules that pages are tested against are those of axe-core 4.12 or later."""
    from axe_playwright_python import base

    script = Path(base.__file__).with_name("axe.min.js").read_text("utf-8")
    found = re.match(r"/\*! axe v(\d+)\.(\d+)", script)
    assert found
    assert tuple(map(int, found.groups())) >= (4, 12)
