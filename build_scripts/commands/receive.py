"""The command ``evidence receive``: from an issue written with the form to files and an answer, and no further."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import click

from build_scripts.commands.states import understand
from build_scripts.contribute.issue_form import (
    AUTHORITY,
    NINE,
    PUBLISHED,
    SOURCE,
    STATEMENT,
    TEXT,
    Submission,
    read_fields,
    read_submission,
)
from build_scripts.facts.redirects import gone
from build_scripts.model.evidence import SourceFile
from build_scripts.model.github_words import fenced
from build_scripts.model.problems import format_text
from build_scripts.model.vocabulary import Vocabulary
from build_scripts.pipeline import Run
from build_scripts.review.changes import passage_words
from build_scripts.review.explain import explain_change
from build_scripts.review.successors import propose
from build_scripts.text.statement_page import parse_statement_page

LARGEST_EVENT = 2_000_000
"""Bytes of an event at the most: GitHub's own hold an issue of some 65,000 characters and facts about it."""

SECONDS = 300
"""How long reading one text may take."""

_FIELDS = {"authority": AUTHORITY, "statement": STATEMENT, "published": PUBLISHED, "source": SOURCE, "score": NINE}
"""Option of ``evidence add`` to the label of the form's field that fills it."""

_OPTION = re.compile(rf"--({'|'.join(_FIELDS)})\b")

EDIT = "Open the menu ⋯ at the top right of your issue, choose Edit, correct it and save: it is then read again."


@click.command()
@click.argument("event", type=click.Path(exists=True, dir_okay=False, path_type=Path), envvar="GITHUB_EVENT_PATH")
@click.option("--into", type=click.Path(path_type=Path), default="received", help="New folder for files and answer.")
@click.pass_obj
def receive(root: Path, event: Path, into: Path) -> None:
    """Turn an issue written with the form into a report's files and an answer in plain words.

    EVENT is the JSON file that GitHub gives to a workflow. Writes <into>/answer.md always and, when all is well,
    <into>/files/ with what is to be added and <into>/description.md for its pull request. The collection here stays as
    it is. Exit status 0 whenever there is an answer.

    Example: evidence receive event.json --into received
    """
    body = _body(event)
    if into.exists():
        raise click.UsageError(f"{into} is there already: remove it, or give another folder with --into")
    run = understand(root)
    if run.vocabulary is None or run.problems:
        raise click.ClickException("the collection has problems of its own: 'evidence check' says which")
    fields = read_fields(body)
    submission, wrong = read_submission(fields, run.vocabulary, {report.id for report in run.reports})
    into.mkdir(parents=True)
    if submission is None:
        _answer(into, _corrections(wrong, _about_text(fields.get(TEXT, ""), run.vocabulary)))
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        _copy(root, copy)
        done = _add(copy, submission)
        if done.returncode:
            _answer(into, _corrections((), _as_in_the_form(f"{done.stdout}\n{done.stderr}")))
            return
        after = understand(copy)
        changed = {path: each for path, each in after.sources.items() if run.sources.get(path) != each}
    if not changed:
        _answer(into, "Thank you. This text is in the collection already, word for word: there is nothing to add.\n")
        return
    for path, source in changed.items():
        (into / "files" / path).parent.mkdir(parents=True, exist_ok=True)
        (into / "files" / path).write_bytes(source.data)
    (into / "description.md").write_text(_description(run, after), "utf-8")
    _answer(into, "Thank you. Your text was read without problems.\n")


def _body(event: Path) -> str:
    """Return the words of the issue that an event is about."""
    try:
        if event.stat().st_size > LARGEST_EVENT:
            raise click.ClickException(f"{event} has more than {LARGEST_EVENT:,} bytes, so it is no issue's event")
        issue: Any = json.loads(event.read_bytes())["issue"]
        body = issue["body"] or ""
    except (ValueError, KeyError, TypeError, RecursionError):
        raise click.ClickException(f"{event} is not the event of an issue, as GitHub writes it") from None
    if not isinstance(body, str):
        raise click.ClickException(f"{event} is not the event of an issue, as GitHub writes it")
    return body.encode("utf-8", "ignore").decode("utf-8")


def _copy(root: Path, copy: Path) -> None:
    for name in ("data", "tests/gold"):
        if (root / name).is_dir():
            shutil.copytree(root / name, copy / name)
    (copy / "docs").mkdir()


def _add(root: Path, submission: Submission) -> subprocess.CompletedProcess[str]:
    """Run ``evidence add`` on the text: values of ours as options, its words on standard input."""
    options = [
        f"--authority={submission.authority}",
        f"--published={submission.published}",
        f"--source={submission.source}",
        *(f"--score={id}={score}" for id, score in submission.scores.items()),
        *([f"--statement={submission.statement}"] if submission.statement else []),
    ]
    command = [sys.executable, "-m", "build_scripts", "--root", str(root), "add", "-", *options]
    try:
        return subprocess.run(  # noqa: S603 - our own Python, no shell; every option is a value of ours
            command,
            input=submission.text + "\n",
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 1, "", f"reading the text took more than {SECONDS} seconds")


def _as_in_the_form(said: str) -> str:
    """Return what ``evidence add`` said in words of the form: whoever filled it in knows no options."""
    return _OPTION.sub(lambda found: f"“{_FIELDS[found[1]]}”", said).replace("standard input", "the text")


def _about_text(text: str, vocabulary: Vocabulary) -> str:
    """Return what is wrong with a text that cannot be added yet for other reasons, so that all is told at once."""
    if not text.strip():
        return ""
    _, problems = parse_statement_page(SourceFile("the text", text.encode("utf-8")), vocabulary.framework)
    return "\n".join(map(format_text, problems))


def _corrections(wrong: tuple[str, ...], said: str) -> str:
    parts = ["Thank you. Nothing is added yet, because something is to be corrected first.", EDIT]
    if wrong:
        parts.append("\n".join(f"- {each}" for each in wrong))
    if said.strip():
        parts.append("What the check says of the text:")
        parts.append(fenced(said.strip()))
        parts.append("Each code, such as EV507, is explained on the site: Contribute, “Problems and how to mend them”.")
    return "\n\n".join(parts) + "\n"


def _description(before: Run, after: Run) -> str:
    old, new = passage_words(before.collection), passage_words(after.collection)
    proposals = propose(gone(old, new, after.redirects), old, new)
    return explain_change(before.collection, after.collection, after.problems, proposals)


def _answer(into: Path, words: str) -> None:
    (into / "answer.md").write_text(words, "utf-8")
    # Its words stay out of the log: a runner takes a line that begins with :: for a command.
    click.echo(f"The answer is in {into / 'answer.md'}")
