"""A base that is broken: whatever is wrong with main, a change that mends it is checked and explained."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from build_scripts.commands.main import main
from tests.helpers.collections_of import ANYTOWN, EQUITY, VALID

COMMANDS = ("check", "explain", "ids", "diff-themes")
HEAD = "retired,successor,reason,date\n"
ID = "anytown-2025-01/equity/p-00000001"
FILES = sorted({*VALID, "data/redirects.csv"})


def write(root: Path, files: dict[str, bytes]) -> Path:
    """Write files below a folder."""
    for path, data in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    return root


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The state now, in which nothing is wrong."""
    return write(
        tmp_path_factory.mktemp("now"),
        {**{path: words.encode() for path, words in VALID.items()}, "docs/index.md": b""},
    )


def run(root: Path, command: str, base: Path) -> Result:
    """Run the command; a traceback is a failure of the test."""
    environment = {"GITHUB_STEP_SUMMARY": "", "PREVIEW_URL": ""}
    result = CliRunner(env=environment).invoke(main, ["--root", str(root), command, "--base", str(base)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


ROWS = {
    "no id": "../../etc/passwd,,taken out,2026-05-03",
    "half an id": f"anytown-2025-01/equity,{ID},moved,2026-05-03",
    "no date": f"{ID},,taken out,soon",
    "no successor": f"{ID},somewhere,moved,2026-05-03",
    "three columns": f"{ID},,taken out",
    "a quote left open": f'"{ID},,taken out,2026-05-03',
    "to itself": f"{ID},{ID},moved,2026-05-03",
    "zero": f"{ID},,ta\0ken out,2026-05-03",
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS.keys())
def test_a_malformed_row_of_redirects_in_the_base(tree: Path, tmp_path: Path, command: str, row: str) -> None:
    """A row of main's that is wrong, and that the change mends, is no hindrance."""
    files = {path: words.encode() for path, words in VALID.items()}
    base = write(tmp_path, {**files, "data/redirects.csv": f"{HEAD}{row}\n".encode()})
    result = run(tree, command, base)
    assert result.exit_code in (0, 1)
    assert "etc/passwd" not in result.output


def test_a_report_under_a_wrong_name_was_never_published(tree: Path, tmp_path: Path) -> None:
    """Ids of a folder whose name is no report's cannot be in any link, so that renaming it loses none."""
    files = {path.replace("anytown-2025-01", "Any town"): words.encode() for path, words in VALID.items()}
    assert run(tree, "check", write(tmp_path, files)).output.startswith("All is well")


MUTILATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    lambda data, chance: b"",
    lambda data, chance: data[: chance.randrange(len(data) + 1)],
    lambda data, chance: data[chance.randrange(len(data) + 1) :],
    lambda data, chance: b"".join(chance.sample(data.splitlines(True), len(data.splitlines()))),
    lambda data, chance: bytes(chance.randrange(256) for _ in range(200)),
    lambda data, chance: data.replace(b":", b": [", 1).replace(b",", b'"', 1),
    lambda data, chance: data * 2,
    lambda data, chance: bytes(chance.choice(b'\0\xff"/,:- \n') if chance.random() < 0.05 else each for each in data),
)


@pytest.mark.parametrize("path", FILES)
def test_any_broken_file_of_the_base(tree: Path, tmp_path: Path, path: str) -> None:
    """A base of which one file is missing, cut, garbled or doubled is compared with, or refused in words."""
    chance = random.Random(path)  # noqa: S311 - not for secrets
    files = {each: words.encode() for each, words in VALID.items()}
    files.setdefault("data/redirects.csv", f"{HEAD}{ID},,taken out,2026-05-03\n".encode())
    states = [{each: data for each, data in files.items() if each != path}]
    states += [{**files, path: mutilate(files[path], chance)} for mutilate in MUTILATIONS]
    for number, state in enumerate(states):
        result = run(tree, COMMANDS[number % len(COMMANDS)], write(tmp_path / str(number), state))
        assert result.exit_code in (0, 1, 2)
        assert result.exit_code == 0 or result.output.strip()


@pytest.mark.parametrize("path", [ANYTOWN, EQUITY])
def test_a_folder_in_place_of_a_file(tree: Path, tmp_path: Path, path: str) -> None:
    """A folder where a file should be is told like a missing one."""
    base = write(tmp_path, {each: words.encode() for each, words in VALID.items() if each != path})
    (base / path).mkdir(parents=True)
    for command in COMMANDS:
        assert run(tree, command, base).exit_code in (0, 1, 2)
