"""One report of CQC's: its pages read, drafted by the code of ``evidence add``, and checked; nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from build_scripts.commands.answering import CqcSite, GoneError, Page
from build_scripts.commands.drafts import with_report
from build_scripts.contribute.agree import MEND, doubts
from build_scripts.contribute.draft import Draft, make_draft
from build_scripts.contribute.importers import UnreadableError
from build_scripts.contribute.missing import holds_nothing
from build_scripts.contribute.recognise import Found, recognise, statement_links
from build_scripts.contribute.source_address import CQC
from build_scripts.contribute.source_pages import with_pages
from build_scripts.contribute.wanted import NotYetError, Question, Wanted
from build_scripts.facts.redirects import REDIRECTS, gone
from build_scripts.model.evidence import Report, SourcePage, text_path
from build_scripts.model.problems import Problem
from build_scripts.model.vocabulary import Vocabulary
from build_scripts.pipeline.run import Run
from build_scripts.review.changes import passage_words
from build_scripts.review.collected import Outcome
from build_scripts.review.explain import explain_change
from build_scripts.review.successors import propose, redirect_rows

FIRST_YEAR = "2024"
"""When CQC published the first reports with ratings: the five of 2023 were pilots, which are left out on purpose."""

_OF_ANOTHER = frozenset(["EV403", "EV505", "EV506"])
"""What is said of a text that is not of this report, or not as this report has it: then all of it is in doubt."""

_LETTERS = 300
"""Letters of a page that is not understood which are shown."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The pages of one report, as they were read."""

    address: str
    pages: tuple[Page, ...] = ()
    found: tuple[Found, ...] = ()
    problems: tuple[Problem, ...] = ()
    gone: bool = False
    seen: str = ""
    """First words of a page that is not understood."""


@dataclass(frozen=True, slots=True)
class Made:
    """What is made of one report."""

    outcome: Outcome
    files: Mapping[str, bytes] = field(default_factory=dict)
    """What is well: path below the project's root to what is to stand there."""
    aside: Mapping[str, bytes] = field(default_factory=dict)
    """What is not well, or waits for somebody to decide."""
    after: Run | None = None
    """The collection with ``files``, where there are any."""
    seen: str = ""


def read_report(site: CqcSite, address: str, vocabulary: Vocabulary) -> Reading:
    """Return the report's page and the pages of statements that it leads to.

    Raises what ends a whole run: ``StopAskingError``, ``NotInstalledError``, ``OSError``.
    """
    try:
        first = site.page(address)
    except GoneError as error:
        return Reading(address, problems=(_unread(address, error),), gone=True)
    except UnreadableError as error:
        return Reading(address, problems=(_unread(address, error),))
    top = recognise(first.document, vocabulary)
    links = () if top.pages else statement_links(first.document, vocabulary.framework)
    if not links and (nothing := None if top.pages else holds_nothing(top, vocabulary.framework)):
        return Reading(address, (first,), (), (nothing,), seen=_words(first))
    pages, found, problems, seen = [first], [top], [], ""
    for link in links:
        try:
            page = site.page(link)
        except UnreadableError as error:
            problems.append(_unread(link, error))
            continue
        item = recognise(page.document, vocabulary)
        if nothing := holds_nothing(item, vocabulary.framework):
            problems.append(nothing)
            seen = seen or _words(page)
        else:
            pages.append(page)
            found.append(item)
    return Reading(address, tuple(pages), tuple(found), tuple(problems), seen=seen)


def _unread(address: str, error: UnreadableError) -> Problem:
    return Problem(address, 1, error.code, error.what, error.mend)


def _words(page: Page) -> str:
    return " ".join(page.document.text.split())[:_LETTERS]


def make_report(reading: Reading, before: Run, known: Report | None, *, replacing: bool) -> Made:
    """Return what is made of a report's pages; ``known`` is the report of the collection that has this address.

    What is well can be written: texts that are not here yet, and with ``replacing`` those that differ from the texts
    here. All else is put aside.
    """
    vocabulary = before.vocabulary
    if vocabulary is None:
        raise ValueError("the collection cannot be understood")
    if reading.gone:
        return Made(Outcome(reading.address, "gone", known.id if known else "", problems=reading.problems))
    if not reading.found:
        return _aside(reading, known.id if known else "", reading.problems)
    wanted = Wanted(retrieved=max(page.came for page in reading.pages)[:10], replace=True)
    try:
        draft = make_draft(reading.found, wanted, vocabulary, before.reports, before.sources)
    except NotYetError as error:
        asked = (_missing(reading.address, question) for question in error.questions)
        return _aside(reading, known.id if known else "", (*reading.problems, *error.problems, *asked))
    facts = f"data/reports/{draft.report}/report.yml"
    if wrong := [each for each in before.problems if each.path == facts]:  # nothing is added to what is broken
        return _aside(reading, draft.report, (*reading.problems, *wrong))
    if wrong := [*_doubts(draft, reading, wanted, known, vocabulary)]:
        return _aside(reading, draft.report, (*reading.problems, *wrong), draft.files)
    return _checked(draft, reading, before, replacing=replacing)


def _aside(
    reading: Reading, report: str, problems: Iterable[Problem], files: Mapping[str, bytes] | None = None
) -> Made:
    told = tuple(dict.fromkeys(problems))
    return Made(Outcome(reading.address, "aside", report, problems=told), aside=files or {}, seen=reading.seen)


def _missing(address: str, question: Question) -> Problem:
    return Problem(address, 1, "EV712", question.what, f"add it with 'evidence add': {question.example}")


def _doubts(
    draft: Draft, reading: Reading, wanted: Wanted, known: Report | None, vocabulary: Vocabulary
) -> Iterable[Problem]:
    """Yield what only a person can judge, and nobody is watching; what is here already somebody has judged."""
    if known and known.id != draft.report:
        what = f"it says {draft.published!r}, but {known.path} says {known.published!r}"
        yield Problem(reading.address, 1, "EV711", what, MEND)
    if known and known.withdrawn:
        what = f"{known.path} says that CQC withdrew it, and CQC's list names it"
        mend = "look at CQC's page: if it was published again, report.yml can say so"
        yield Problem(reading.address, 1, "EV713", what, mend)
    if not draft.is_new:
        return
    if draft.published < FIRST_YEAR:
        what = f"it says that it was published {draft.published}, before any report with a rating"
        yield Problem(reading.address, 1, "EV713", what, MEND)
    for doubt in doubts(reading.found, wanted, draft.authority, draft.published, None, vocabulary):
        yield Problem(reading.address, 1, "EV713", doubt, MEND)


def _checked(draft: Draft, reading: Reading, before: Run, *, replacing: bool) -> Made:
    """Return what of a draft passes the check, text by text, and what of it does not."""
    differing = {path for path in draft.files if path.endswith(".txt") and path in before.sources}
    taken = {path: data for path, data in draft.files.items() if replacing or path not in differing}
    problems = list(reading.problems)
    day = max(page.came for page in reading.pages)[:10]
    rows, difference = _difference(draft, reading, before, day) if differing else ("", "")
    files, after, bad = dict(taken), before, {""}
    while bad:
        files = _with_pages(taken, draft, reading, before)
        if replacing and rows and differing & files.keys():
            files[REDIRECTS] = _with_rows(before, rows)
        after, wrong = with_report(draft.report, files, before) if files else (before, ())
        problems += wrong
        # Without the texts that are wrong the others may well be right; anything else concerns all of them.
        bad = {problem.path for problem in wrong if problem.path in taken and problem.path.endswith(".txt")}
        bad = set() if _OF_ANOTHER & {problem.code for problem in wrong} else bad
        taken = {path: data for path, data in taken.items() if path not in bad}
        files = {} if wrong else files
    left = {path: data for path, data in draft.files.items() if path not in files}
    state = _state(draft, files, differing, problems, replacing=replacing)
    outcome = Outcome(
        address=reading.address,
        state=state,
        report=draft.report,
        written=tuple(sorted(files)),
        problems=tuple(dict.fromkeys(problems)),
        difference=difference if state == "differs" else "",
        redirects=rows,
        notes=draft.notes,
    )
    return Made(outcome, files, left, after if files else None, reading.seen)


def _state(
    draft: Draft, files: Mapping[str, bytes], differing: set[str], problems: Sequence[Problem], *, replacing: bool
) -> str:
    if problems:
        return "aside"
    if differing:
        return "replaced" if replacing else "differs"
    if not files:
        return "same"
    return "new" if draft.is_new else "more"


def _with_pages(taken: Mapping[str, bytes], draft: Draft, reading: Reading, before: Run) -> dict[str, bytes]:
    """Return the files with the addresses of the pages that their texts are from, where ``report.yml`` lacks them."""
    files = dict(taken)
    path = f"data/reports/{draft.report}/report.yml"
    source = files.get(path) or (before.sources[path].data if path in before.sources else b"")
    if not source:  # the report itself is put aside
        return {}
    had = next((report.pages for report in before.reports if report.id == draft.report), {})
    by_name = {page.document.name: page for page in reading.pages}
    entries: dict[str, SourcePage] = {}
    for statement, text in draft.texts.items():
        place, page = text_path(draft.report, statement), by_name[text.source]
        is_here = place in files or place in draft.unchanged
        if statement in had and place not in files:
            entries[statement] = had[statement]
        elif is_here and page.document.address.startswith(CQC):
            entries[statement] = SourcePage(page.document.address, page.came[:10], page.sha256)
    order = [item.id for item in before.vocabulary.framework.statements] if before.vocabulary else []
    pages = {id: {**had, **entries}[id] for id in order if id in had or id in entries}
    if pages and pages != had:
        files[path] = with_pages(source, pages)
    return files


def _difference(draft: Draft, reading: Reading, before: Run, day: str) -> tuple[str, str]:
    """Return the rows for ``redirects.csv`` and what would change, in words, if the texts that differ were taken."""
    files = _with_pages(draft.files, draft, reading, before)
    after, problems = with_report(draft.report, files, before)
    words, now = passage_words(before.collection), passage_words(after.collection)
    proposals = propose(gone(words, now, after.redirects), words, now)
    # Of two that are given the same rows, an interrupted run left those that are there.
    told = explain_change(before.collection, after.collection, problems, proposals, day=day)
    return redirect_rows(proposals, day), told


def _with_rows(before: Run, rows: str) -> bytes:
    here = before.sources[REDIRECTS].data if REDIRECTS in before.sources else b"retired,successor,reason,date\n"
    return (here if here.endswith(b"\n") else here + b"\n") + rows.encode("utf-8")
