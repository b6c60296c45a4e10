"""Commands that set one state of the data beside another: what goes where, and what is said of a base that is none."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from build_scripts.commands.main import main
from build_scripts.commands.states import LARGEST_LIST
from tests.helpers.collections_of import EQUITY, check, write_project


@cache
def ids() -> list[str]:
    """The ids of the collection's passages."""
    return sorted(check().passage_ids)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """The state before."""
    return write_project(tmp_path / "base")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A state in which one passage is worded differently."""
    root = write_project(tmp_path / "now")
    text = (root / EQUITY).read_text("utf-8").replace("to each visit", "to almost each visit")
    (root / EQUITY).write_text(text, "utf-8")
    return root


def run(root: Path, *arguments: str, **environment: str) -> Result:
    """Run the command; a traceback is a failure of the test."""
    result = CliRunner(env={"GITHUB_STEP_SUMMARY": "", "PREVIEW_URL": "", **environment}).invoke(
        main, ["--root", str(root), *arguments]
    )
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


def test_ids_are_listed(base: Path) -> None:
    """Every id that a link may lead to is a line, retired ones included; what is written can be read as a base."""
    retired = "oldtown-2020-01/equity/p-00000001"
    (base / "data/redirects.csv").write_text(f"retired,successor,reason,date\n{retired},,taken out,2026-05-03\n")
    listed = run(base, "ids")
    assert listed.stdout.splitlines() == sorted([*ids(), retired])
    file = base / "published.txt"
    file.write_text(listed.stdout)
    assert run(base, "check", "--base", str(file)).exit_code == 0


def test_rows_are_proposed(tree: Path, base: Path) -> None:
    """Rows go to standard output, and appended they make the check pass."""
    result = run(tree, "ids", "--base", str(base), "--date", "2026-05-03")
    assert result.exit_code == 0
    retired = "anytown-2025-01/equity/p-3ee45653"
    assert re.fullmatch(rf"{retired},anytown-2025-01/equity/p-\w{{8}},the wording changed,2026-05-03\n", result.stdout)
    assert "1 published ids are gone: 1 with a row above, 0 for you to decide" in result.stderr
    assert "EV606" in run(tree, "check", "--base", str(base)).stdout
    (tree / "data/redirects.csv").write_text(f"retired,successor,reason,date\n{result.stdout}")
    assert "EV606" not in run(tree, "check", "--base", str(base)).stdout
    assert "Every published id is there" in run(tree, "ids", "--base", str(base)).stderr


def test_a_list_of_ids_places_nothing(tree: Path, base: Path, tmp_path: Path) -> None:
    """Ids alone hold no words to compare: the retired one is named, nothing is guessed, and the status says so."""
    file = tmp_path / "ids.txt"
    file.write_text(run(base, "ids").stdout)
    result = run(tree, "ids", "--base", str(file))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith(
        "not placed: anytown-2025-01/equity/p-3ee45653\n    a list of ids does not hold its words"
    )


def test_an_unlike_passage_is_left_to_a_person(tree: Path, base: Path) -> None:
    """A passage that is like no other is named with its words and what to do."""
    text = (base / EQUITY).read_text("utf-8")
    (tree / EQUITY).write_text(text.replace("Staff told us that an interpreter came", "Boats"), "utf-8")
    (tree / EQUITY).write_text(re.sub("Staff told us.*", "Boats came and went all day.", text), "utf-8")
    result = run(tree, "ids", "--base", str(base))
    assert result.exit_code == 1
    assert "nothing is like it: 'Staff told us that" in result.stderr
    assert "if it was taken out, leave the successor empty" in result.stderr


def test_a_passage_that_became_two_is_left_to_a_person(tree: Path, base: Path) -> None:
    """A passage that two are about as like is named with both, and no row is guessed."""
    text = (tree / EQUITY).read_text("utf-8")
    (line,) = (line for line in text.splitlines() if "to almost each visit" in line)
    (tree / EQUITY).write_text(text.replace(line, f"{line}\n\n{line.replace('almost', 'nearly')}"), "utf-8")
    result = run(tree, "ids", "--base", str(base))
    assert result.exit_code == 1
    assert result.stdout == ""
    named = re.search(r"several paragraphs are about as like it: (\S+) \(\d+%\), (\S+) \(\d+%\)\n", result.stderr)
    assert named
    assert set(named.groups()) == set(run(tree, "ids").stdout.split()) - set(ids())


@pytest.mark.parametrize("command", ["ids", "diff-themes"])
def test_data_that_cannot_be_understood(base: Path, tree: Path, command: str) -> None:
    """Where the data here cannot be understood at all, nothing is compared, and the line says what tells why."""
    (tree / "data/framework.yml").write_text(": :\n")
    result = run(tree, command, "--base", str(base))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.endswith(f"'evidence --root {tree} check' says why\n")


def test_nothing_is_different_from_the_same(base: Path, tree: Path) -> None:
    """Where all data are the same it says so; where other data than reports and texts are different, that."""
    assert f"Nothing in the data is different from `{base}`." in run(base, "explain", "--base", str(base)).stdout
    (tree / EQUITY).write_bytes((base / EQUITY).read_bytes())
    (tree / "data/redirects.csv").write_text("retired,successor,reason,date\n", "utf-8")
    assert "this is about other files." in run(tree, "explain", "--base", str(base)).stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "lists no id; nothing can be compared with it"),
        ("<html>\n", ":1: '<html>' is no paragraph's id; give a list as 'evidence --root {root} ids' writes it"),
        ("anytown-2025-01/equity/p-3ee45653\n\n../../x\n", ":3: '../../x' is no paragraph's id"),
    ],
)
def test_a_base_that_is_no_list(base: Path, tmp_path: Path, words: str, said: str) -> None:
    """A file that is no list of ids is refused with its line, never taken for an empty one."""
    file = tmp_path / "ids.txt"
    file.write_text(words)
    result = run(base, "check", "--base", str(file))
    assert result.exit_code == 2
    assert said.format(root=base) in result.stderr


def test_a_base_that_is_too_large(base: Path, tmp_path: Path) -> None:
    """A file that no list of ids can fill is refused without being read."""
    file = tmp_path / "ids.txt"
    file.touch()
    os.truncate(file, LARGEST_LIST + 1)
    result = run(base, "check", "--base", str(file))
    assert result.exit_code == 2
    assert f"has more than {LARGEST_LIST:,} bytes, so it is no list of ids" in result.stderr


@pytest.mark.parametrize("command", ["check", "ids", "explain", "diff-themes"])
def test_a_base_that_is_no_project(base: Path, tmp_path: Path, command: str) -> None:
    """A folder without data cannot be compared with."""
    (tmp_path / "empty").mkdir()
    result = run(base, command, "--base", str(tmp_path / "empty"))
    assert result.exit_code == 2
    assert str(tmp_path / "empty") in result.stderr


def test_a_base_that_is_broken(base: Path, tree: Path) -> None:
    """A base that cannot be understood is told with its first problem."""
    (base / "data/framework.yml").write_text(": :\n")
    result = run(tree, "explain", "--base", str(base))
    assert result.exit_code == 2
    assert "cannot be understood: data/framework.yml:1:" in result.stderr


def test_explain_writes_to_the_summary(tree: Path, base: Path, tmp_path: Path) -> None:
    """Where GitHub gives a file for the summary, the words go there and none into the log; earlier words stay."""
    summary = tmp_path / "summary.md"
    summary.write_text("before\n")
    result = run(tree, "explain", "--base", str(base), GITHUB_STEP_SUMMARY=str(summary))
    assert result.exit_code == 0
    assert result.output == f"What the change does is in {summary}\n"
    assert summary.read_text("utf-8").startswith("before\n## What this change does\n\n**")
    assert run(tree, "explain", "--base", str(base)).stdout.startswith("## What this change does\n")


def test_explain_tells_of_broken_data(base: Path, tree: Path) -> None:
    """Data that cannot be understood at all are explained by their problems, with status 0: check decides."""
    (tree / "data/framework.yml").write_text(": :\n")
    result = run(tree, "explain", "--base", str(base))
    assert result.exit_code == 0
    assert "to mend first.**" in result.stdout
    assert "`data/framework.yml:1` EV201" in result.stdout


def test_preview_is_an_address(base: Path) -> None:
    """What the summary links is a whole address."""
    result = run(base, "explain", "--base", str(base), "--preview", "javascript:alert(1)")
    assert result.exit_code == 2


def test_rules_are_compared_on_the_same_texts(tree: Path, base: Path) -> None:
    """Only the rules differ: other texts show no passage gained or lost; other rules do."""
    assert run(tree, "diff-themes", "--base", str(base)).stdout == "No paragraph gains or loses a theme or voice.\n"
    rules = tree / "data/themes.yml"
    rules.write_text(rules.read_text("utf-8").replace("      - interpreter\n", "      - ferry\n"), "utf-8")
    assert "Interpretation: 0 gained, 1 lost." in run(tree, "diff-themes", "--base", str(base)).stdout


def test_weights_are_rules_too(tree: Path, base: Path) -> None:
    """Weights decide where they are, so other ones show what they change: against those before, and against none."""
    weights = "id,kind,words,weight\ninterpretation,always,always,{}\n"
    (base / "data/weights.csv").write_text(weights.format(-900), "utf-8")
    assert "Interpretation: 1 gained, 0 lost." in run(tree, "diff-themes", "--base", str(base)).stdout
    (tree / "data/weights.csv").write_text(weights.format(900), "utf-8")
    assert "Interpretation: 1 gained, 0 lost." in run(tree, "diff-themes", "--base", str(base)).stdout
    (base / "data/weights.csv").unlink()
    (tree / "data/weights.csv").write_text(weights.format(-900), "utf-8")
    assert "Interpretation: 0 gained, 1 lost." in run(tree, "diff-themes", "--base", str(base)).stdout


@pytest.mark.parametrize("wrong", ['a@b.org"onclick=', "javascript:alert(1)", "a b@example.org", "http://example.org"])
def test_a_contact_is_an_address(base: Path, wrong: str) -> None:
    """CONTACT that is neither an email address nor a page is refused before anything is made."""
    result = run(base, "build", "--pages-only", CONTACT=wrong)
    assert result.exit_code == 2
    assert "CONTACT must be an email address or an address like https://example.org/form" in result.stderr


def test_a_project_is_an_address(base: Path) -> None:
    """REPO_URL that could not stand in a link is refused; a sound one may end in a slash."""
    result = run(base, "build", "--pages-only", REPO_URL='https://x/"onclick=')
    assert result.exit_code == 2
    assert "REPO_URL must be an address like https://github.com/owner/project" in result.stderr
    assert run(base, "build", "--pages-only", REPO_URL="https://github.com/anytown/explorer/").exit_code == 0
    page = (base / "docs/reports/anytown-2025-01/equity/index.md").read_text("utf-8")
    assert 'href="https://github.com/anytown/explorer/issues/new?template=passage.yml' in page
