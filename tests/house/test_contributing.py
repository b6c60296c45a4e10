"""What is written for contributors and maintainers agrees with what is there."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import click
import pytest
import yaml

from build_scripts.commands.main import main
from build_scripts.contribute.issue_form import LABELS
from build_scripts.text.guide import read_guide
from tests.helpers.projects import ROOT

FORMS = ("add-a-report.yml", "passage.yml", "idea.yml")
PAGES = ("README.md", "CONTRIBUTING.md", "MAINTAINING.md")
READ_ON_GITHUB = sorted(
    file.relative_to(ROOT).as_posix()
    for pattern in ("*.md", ".github/*.md", "benchmarks/**/README.md", "tests/**/README.md")
    for file in ROOT.glob(pattern)
)


def commands(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command with its whole name, those of groups included."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


ALL = tuple(commands(main))


@pytest.mark.parametrize(("name", "command"), ALL, ids=[name for name, _ in ALL])
def test_every_command_is_in_the_design(root: Path, name: str, command: click.Command) -> None:
    """The design page names each command, and its help has an example that begins with it."""
    assert f"`{name}`" in (root / "docs/about/design.md").read_text("utf-8")
    assert f"Example: evidence {name}" in (command.help or "")


@pytest.mark.parametrize("page", READ_ON_GITHUB)
def test_links_of_what_is_read_on_github_lead_somewhere(page: str) -> None:
    """Each link to a file of the project leads to one, and to a heading that it has."""
    lost = []
    for link in read_guide(page, (ROOT / page).read_bytes()).links:
        to = urlsplit(link.target)
        if to.scheme or to.netloc:
            continue
        file = (ROOT / page).parent / to.path if to.path else ROOT / page
        there = file.resolve().is_relative_to(ROOT) and file.exists()
        if not there or (to.fragment and to.fragment not in read_guide(to.path, file.read_bytes()).anchors):
            lost.append(f"{page}:{link.line}: {link.target}")
    assert lost == []


def test_guides_name_real_commands(root: Path) -> None:
    """Each command of evidence that a guide tells people to type exists, and each make target."""
    names = {name for name, _ in commands(main)} | {"watch"}
    targets = set(re.findall(r"^([a-z]+):", (root / "Makefile").read_text("utf-8"), re.MULTILINE))
    guides = [*PAGES, *(f"docs/contribute/{each.name}" for each in (root / "docs/contribute").glob("*.md"))]
    for guide in guides:
        words = (root / guide).read_text("utf-8")
        for command in re.findall(r"(?:bin/|`)evidence ([a-z-]+(?: (?:reports|addresses))?)", words):
            assert command in names, f"{guide}: evidence {command}"
        for target in re.findall(r"(?:^|`)make ([a-z]+)", words, re.MULTILINE):
            assert target in targets, f"{guide}: make {target}"


def test_the_guide_to_the_form_names_its_fields(root: Path) -> None:
    """Whoever follows the page on the form finds each of its fields by its own words."""
    words = (root / "docs/contribute/form.md").read_text("utf-8").casefold()
    said = {"Address of CQC’s page": "address", "Text of CQC’s page": "text"}
    for label in LABELS:
        assert f"**{said.get(label, label).casefold()}" in words, label


@pytest.mark.parametrize("name", FORMS)
def test_forms_are_as_github_reads_them(root: Path, name: str) -> None:
    """A form has a name, a description and fields with labels and ids, each once; required ones say so."""
    form = yaml.safe_load((root / ".github/ISSUE_TEMPLATE" / name).read_text("utf-8"))
    assert {"name", "description", "title", "body"} == set(form)
    fields = [item for item in form["body"] if item["type"] != "markdown"]
    assert {item["type"] for item in fields} <= {"input", "textarea", "dropdown", "checkboxes"}
    for values in ([item["id"] for item in fields], [item["attributes"]["label"] for item in fields]):
        assert len(set(values)) == len(values)
    assert all(isinstance(item["validations"]["required"], bool) for item in fields)
    assert any(item["validations"]["required"] for item in fields)
    for item in fields:
        options = item["attributes"].get("options", ["x"])
        assert len(set(options)) == len(options)
        assert all(isinstance(option, str) for option in options)


def test_floor_of_coverage_is_named(root: Path) -> None:
    """CONTRIBUTING names the share of lines and branches below which the tests fail."""
    settings = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["slipcover"]
    assert f"must not fall below {settings['fail-under']}%" in (root / "CONTRIBUTING.md").read_text("utf-8")


def test_owners_own_what_is_there(root: Path) -> None:
    """Each path of CODEOWNERS exists and has an owner."""
    lines = (root / ".github/CODEOWNERS").read_text("utf-8").splitlines()
    rules = [line.split() for line in lines if line and not line.startswith("#")]
    assert rules
    for path, *owners in rules:
        assert path == "*" or (root / path.strip("/")).exists(), path
        assert owners
        assert all(re.fullmatch(r"@[\w-]+(/[\w-]+)?", owner) for owner in owners)
