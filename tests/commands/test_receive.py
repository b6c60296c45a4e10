"""The command that answers the form: files for a pull request or words, and what hostile words cannot do in either."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from build_scripts.commands import receive as receiving
from build_scripts.commands.main import main
from build_scripts.contribute.issue_form import AUTHORITY, CHANGE, NINE, PUBLISHED, REPLACE, SOURCE, TEXT
from tests.helpers.collections_of import TEXT as TEXT_HERE
from tests.helpers.collections_of import write_project
from tests.helpers.issue_form import GOOD_TEXT, NAMES, body
from tests.unit.test_explain import tokens
from tools.harmless import harmless


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented collection as files."""
    return write_project(tmp_path_factory.mktemp("tree"))


def receive(tree: Path, into: Path, words: str, **event: object) -> Result:
    """Run the command on an event with this issue; a traceback is a failure, as are words that deliver.py changes."""
    file = into.parent / f"{into.name}.json"
    file.write_text(json.dumps({"issue": {"number": 7, "body": words}, **event}), "utf-8")
    result = CliRunner().invoke(main, ["--root", str(tree), "receive", str(file), "--into", str(into)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    for made in into.glob("*.md"):
        assert harmless(made.read_text("utf-8")) == made.read_text("utf-8")
    return result


def test_a_good_form_becomes_files(tree: Path, tmp_path: Path) -> None:
    """A text for a report that is here becomes one file with its answer; the collection stays as it was."""
    into = tmp_path / "received"
    result = receive(tree, into, body())
    assert result.exit_code == 0, result.output
    made = sorted(file.relative_to(into).as_posix() for file in into.rglob("*") if file.is_file())
    assert made == ["answer.md", "description.md", "files/data/reports/anytown-2025-01/learning.txt"]
    assert (into / made[2]).read_text("utf-8").split() == GOOD_TEXT.split()
    assert (into / "answer.md").read_text("utf-8") == "Thank you. Your text was read without problems.\n"
    assert "adds 1 section." in (into / "description.md").read_text("utf-8")
    assert not (tree / "data/reports/anytown-2025-01/learning.txt").exists()


def test_a_new_report_becomes_files(tree: Path, tmp_path: Path) -> None:
    """A text of a report that is not here, with its nine scores, brings the report too."""
    into = tmp_path / "received"
    scores = "\n".join(f"{name}: 3" for name in NAMES)
    source = "https://www.cqc.org.uk/invented/othershire-0326"
    changes = {AUTHORITY: "Othershire", PUBLISHED: "2026-03-05", NINE: scores, SOURCE: source}
    receive(tree, into, body(**changes))
    made = sorted(file.relative_to(into / "files").as_posix() for file in (into / "files").rglob("*") if file.is_file())
    assert made == ["data/reports/othershire-2026-03/learning.txt", "data/reports/othershire-2026-03/report.yml"]


def test_a_wrong_form_is_answered(tree: Path, tmp_path: Path) -> None:
    """A form with mistakes gets all of them at once, those of its text too, and no file."""
    into = tmp_path / "received"
    text = GOOD_TEXT.replace("Score: 3", "Score: 9")
    assert receive(tree, into, body(**{PUBLISHED: "soon", TEXT: text})).exit_code == 0
    answer = (into / "answer.md").read_text("utf-8")
    assert sorted(file.name for file in into.rglob("*")) == ["answer.md"]
    assert "- **Published**: a day like" in answer
    assert "EV503 score '9' is not one of 1, 2, 3, 4" in answer


def test_a_wrong_text_is_answered(tree: Path, tmp_path: Path) -> None:
    """A text that does not pass the check is answered with what the check says."""
    into = tmp_path / "received"
    text = GOOD_TEXT.replace("3", "2").replace("a good standard", "some shortfalls")
    receive(tree, into, body(**{TEXT: text}))
    assert sorted(file.name for file in into.rglob("*")) == ["answer.md"]
    assert "EV403 the text says score 2 but the collection says 3" in (into / "answer.md").read_text("utf-8")


def test_a_text_that_keeps_its_reader_too_long_is_answered(
    tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever sent a text gets an answer even where reading it has to be ended."""
    monkeypatch.setattr(receiving, "SECONDS", 0)
    receive(tree, tmp_path / "received", body())
    answer = (tmp_path / "received/answer.md").read_text("utf-8")
    assert "reading the text took more than 0 seconds" in answer
    assert sorted(file.name for file in (tmp_path / "received").rglob("*")) == ["answer.md"]


def test_a_changed_text_becomes_files(tree: Path, tmp_path: Path) -> None:
    """With the form's own option, a text takes the place of the one that is here; without it, that option is named."""
    changed = TEXT_HERE.replace("came to each visit", "came to almost each visit")
    receive(tree, tmp_path / "refused", body(**{TEXT: changed}))
    answer = (tmp_path / "refused/answer.md").read_text("utf-8")
    assert f"choose “{REPLACE}” under “{CHANGE}”" in answer
    receive(tree, tmp_path / "taken", body(**{TEXT: changed, CHANGE: REPLACE}))
    made = [file for file in (tmp_path / "taken/files").rglob("*") if file.is_file()]
    assert [file.name for file in made] == ["equity.txt"]
    assert made[0].read_text("utf-8") == changed


EVIL = (
    "::error::mine <script>alert(1)</script> {{ 7*7 }} @everyone #1 [x](javascript:alert(1)) ``` ```` said\n"
    "::stop-commands::x\n---\ntitle: mine\n---\n~~~ ../../x $(touch /tmp/x) ended.\n"
)


@pytest.mark.parametrize("text", [GOOD_TEXT + EVIL, EVIL + GOOD_TEXT, EVIL], ids=["below", "above", "alone"])
def test_hostile_text_stays_words(tree: Path, tmp_path: Path, text: str) -> None:
    """Whether a hostile text is taken or refused, answer and description hold no markup of it, and the log no word."""
    into = tmp_path / "received"
    result = receive(tree, into, body(**{TEXT: text}))
    assert result.output == f"The answer is in {into / 'answer.md'}\n"
    for name in ("answer.md", "description.md"):
        if (into / name).exists():
            made = list(tokens((into / name).read_text("utf-8")))
            assert not any("html" in token.type or token.type in ("image", "link_open") for token in made)
            assert not any("@" in token.content for token in made if token.type == "text")
    outside = [file for file in into.rglob("*") if not file.resolve().is_relative_to(into.resolve())]
    assert outside == []


def test_oversize_is_answered(tree: Path, tmp_path: Path) -> None:
    """A text far longer than any page is refused in words and at once."""
    into = tmp_path / "received"
    start = time.process_time()
    receive(tree, into, body(**{TEXT: "word " * 100_000}))
    assert "at most 60,000 are read" in (into / "answer.md").read_text("utf-8")
    assert time.process_time() - start < 60


@pytest.mark.parametrize("event", ["[]", "{}", '{"issue": 1}', '{"issue": {"body": 5}}', "[" * 5000, "not json"])
def test_other_events_are_refused(tree: Path, tmp_path: Path, event: str) -> None:
    """What is no issue's event is refused in one line, and nothing is written."""
    file = tmp_path / "event.json"
    file.write_text(event, "utf-8")
    result = CliRunner().invoke(main, ["--root", str(tree), "receive", str(file), "--into", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert result.stderr == f"Error: {file} is not the event of an issue, as GitHub writes it\n"
    assert not (tmp_path / "out").exists()


def test_answer_speaks_of_the_form(tree: Path, tmp_path: Path) -> None:
    """What is to be corrected is told by the form's own fields: whoever wrote the issue knows no options."""
    into = tmp_path / "received"
    receive(tree, into, body(**{PUBLISHED: "2025-01-02"}))
    answer = (into / "answer.md").read_text("utf-8")
    assert "EV711" in answer
    assert "“Published”" in answer
    assert "--" not in answer
    assert "standard input" not in answer
