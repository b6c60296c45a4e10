"""The command ``evidence receive``: from an issue written with the form to files and an answer, and no further."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import click

from build_scripts.commands.drafts import line_of, with_draft
from build_scripts.commands.states import given_day, understand
from build_scripts.contribute.draft import Draft, make_draft
from build_scripts.contribute.form_words import (
    THE_TEXT,
    asked_in_the_form,
    in_words_of_the_form,
    told_in_the_form,
)
from build_scripts.contribute.importers import UnreadableError
from build_scripts.contribute.importers.apart import NotInstalledError, import_apart
from build_scripts.contribute.importers.kinds import kind_of
from build_scripts.contribute.issue_form import TEXT, Submission, read_fields, read_submission
from build_scripts.contribute.missing import adds_nothing, holds_nothing
from build_scripts.contribute.recognise import Found, recognise
from build_scripts.contribute.wanted import NotYetError, Wanted
from build_scripts.facts.redirects import gone
from build_scripts.model.evidence import Imported, SourceFile
from build_scripts.model.github_words import fenced, quoted
from build_scripts.model.problems import Problem
from build_scripts.model.vocabulary import Vocabulary
from build_scripts.model.wording import counted
from build_scripts.pipeline.run import Run
from build_scripts.review.changes import passage_words
from build_scripts.review.explain import explain_change
from build_scripts.review.successors import propose
from build_scripts.text.statement_page import parse_statement_page

LARGEST_EVENT = 2_000_000
"""Bytes of an event at the most: GitHub's own hold an issue of some 65,000 characters and facts about it."""

SECONDS = 300
"""How long reading one text may take."""

EDIT = "Open the menu ⋯ at the top right of your issue, choose Edit, correct it and save: it is then read again."


@dataclass(frozen=True, slots=True)
class Received:
    """What was made of a text: files with their description, or something to be corrected, or nothing new."""

    wrong: tuple[str, ...] = ()
    """What is to be filled in, a Markdown sentence each."""
    problems: str = ""
    """What is wrong with the text, as lines."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    description: str = ""
    """Markdown for the pull request."""
    answer: str = ""


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
    received = _apart(root, submission)
    if received.wrong or received.problems:
        _answer(into, _corrections(received.wrong, received.problems))
        return
    if not received.files:
        _answer(into, "Thank you. This text is in the collection already, word for word: there is nothing to add.\n")
        return
    for path, data in received.files.items():
        (into / "files" / path).parent.mkdir(parents=True, exist_ok=True)
        (into / "files" / path).write_bytes(data)
    (into / "description.md").write_text(received.description, "utf-8")
    _answer(into, received.answer)


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


def _apart(root: Path, submission: Submission) -> Received:
    """Return what is made of a text, by a process of its own that is ended when a text keeps it too long."""
    try:
        # Spawned: a copy of this process would share whatever it has open.
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            return pool.apply_async(read_text, (root, submission)).get(SECONDS)
    except multiprocessing.TimeoutError:
        return Received(problems=f"reading the text took more than {SECONDS} seconds")
    except NotInstalledError as error:
        what = f"what was pasted needs a library that is not installed ({error}): run make receive"
        raise click.ClickException(what) from None


def read_text(root: Path, submission: Submission) -> Received:
    """Return what is made of a text that was sent: files, or what is to be corrected, in words of the form."""
    before = understand(root)
    vocabulary = before.vocabulary
    if vocabulary is None:
        raise ValueError("the collection cannot be understood")
    wanted = Wanted(
        authority=submission.authority,
        statement=submission.statement,
        published=submission.published,
        scores=submission.scores,
        source=submission.source,
        retrieved=given_day(),
        replace=submission.replace,
    )
    try:
        found = recognise(_imported(submission.text), vocabulary)
        if nothing := holds_nothing(found, vocabulary.framework):
            return Received(problems=told_in_the_form(nothing))
        draft = make_draft([found], wanted, vocabulary, before.reports, before.sources)
    except UnreadableError as error:
        return Received(problems=told_in_the_form(Problem(THE_TEXT, 1, error.code, error.what, error.mend)))
    except NotYetError as error:
        wrong = tuple(map(asked_in_the_form, error.questions))
        return Received(wrong=wrong, problems="\n".join(map(told_in_the_form, error.problems)))
    after, problems = with_draft(draft, before)
    # What a changed text brings about in other files, as in corrections of it, is for those who review it.
    own = [each for each in problems if each.path in draft.files]
    if own:
        told = (told_in_the_form(each, line_of(each, draft.files)) for each in own)
        return Received(problems="\n".join(told))
    if nothing := adds_nothing(draft, [found]):
        return Received(problems=told_in_the_form(nothing))
    if not draft.files:
        return Received()
    return _taken(draft, found, before, after)


def _taken(draft: Draft, found: Found, before: Run, after: Run) -> Received:
    """Return the files of a text that is well, with what is said of them to its sender and to who reviews it."""
    old, new = passage_words(before.collection), passage_words(after.collection)
    proposals = propose(gone(old, new, after.redirects), old, new)
    day = given_day()
    parts = [explain_change(before.collection, after.collection, after.problems, proposals, day=day).rstrip()]
    if notes := [in_words_of_the_form(each) for each in (*draft.notes, *found.document.unsure, *found.unsure)]:
        rows = "\n".join(f"- {quoted(each, 300)}" for each in notes)
        parts.append(f"### Please compare with CQC’s page\n\n{rows}")
    answer = "Thank you. Your text was read without problems."
    if proposals:
        number = counted(len(proposals), "paragraph")
        answer += f" {number} of the section that was here will be gone; whoever reviews it sees to their links."
    return Received(files=dict(draft.files), description="\n\n".join(parts) + "\n", answer=f"{answer}\n")


def _imported(text: str) -> Imported:
    """Return the pasted text as a document; somebody may have pasted a page's source, and that is read as a page."""
    data = f"{text}\n".encode()
    return replace(import_apart(kind_of(data), data), name=THE_TEXT)


def _about_text(text: str, vocabulary: Vocabulary) -> str:
    """Return what is wrong with a text that cannot be added yet for other reasons, so that all is told at once."""
    if not text.strip():
        return ""
    source = SourceFile(THE_TEXT, text.encode("utf-8"))
    _, problems = parse_statement_page(source, vocabulary.framework)
    return "\n".join(told_in_the_form(each, line_of(each, {THE_TEXT: source.data})) for each in problems)


def _corrections(wrong: tuple[str, ...], said: str) -> str:
    parts = ["Thank you. Nothing is added yet, because something is to be corrected first.", EDIT]
    if wrong:
        parts.append("\n".join(f"- {each}" for each in wrong))
    if said.strip():
        parts.append("What the check says of the text:")
        parts.append(fenced(said.strip()))
        parts.append("Each code, such as EV507, is explained on the site: Contribute, “Problems and how to mend them”.")
    return "\n\n".join(parts) + "\n"


def _answer(into: Path, words: str) -> None:
    (into / "answer.md").write_text(words, "utf-8")
    # Its words stay out of the log: a runner takes a line that begins with :: for a command.
    click.echo(f"The answer is in {into / 'answer.md'}")
