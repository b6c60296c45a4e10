"""The stages in order. Each takes what is known so far and returns it with more: values in, values out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from build_scripts.accuracy import Accuracy, GoldPassage, check_gold, make_gold, measure
from build_scripts.check import check_collection, check_corrections, check_page, text_path
from build_scripts.collection import Collection
from build_scripts.export import export_files
from build_scripts.model import Evidence, Report, SourceFile, StatementPage
from build_scripts.parse import parse_statement_page
from build_scripts.problems import Problem, nearest
from build_scripts.render import render_pages
from build_scripts.reports import FOLDER_NAME, check_facts, make_report
from build_scripts.schemas import check_schema
from build_scripts.tag import Rules, compile_rules, correct_tags, tag_passages
from build_scripts.vocabulary import Vocabulary, make_framework, make_vocabulary, read_authorities
from build_scripts.yamltext import Document, read_yaml

_REPORT_FILE = re.compile(r"data/reports/(?P<report>[^/]+)/(?P<file>.+)\Z")


@dataclass(frozen=True)
class Run:
    """What the pipeline knows: its input, and what the stages so far made of it."""

    sources: Mapping[str, SourceFile]
    """Path below the project's root to contributed file."""
    schemas: Mapping[str, Mapping[str, Any]]
    vocabulary: Vocabulary | None = None
    rules: Rules | None = None
    reports: tuple[Report, ...] = ()
    pages: Mapping[tuple[str, str], StatementPage] = field(default_factory=dict)
    """(report id, statement id) to what was parsed."""
    earned: tuple[Evidence, ...] = ()
    """Pages with the tags that the rules gave."""
    evidence: tuple[Evidence, ...] = ()
    """Pages with the tags as contributors corrected them."""
    accuracy: Accuracy | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)
    """Path below ``docs/`` to the bytes of each generated file."""
    problems: tuple[Problem, ...] = ()

    def found(self, problems: Iterable[Problem]) -> Run:
        """Return the run with these problems added."""
        return replace(self, problems=(*self.problems, *problems))

    @property
    def collection(self) -> Collection:
        """All that pages show. Only to be asked for after the stages that make it."""
        if self.vocabulary is None:
            raise ValueError("no vocabulary was learned")
        return Collection(self.vocabulary, self.reports, self.evidence, self.accuracy)


def run_pipeline(
    sources: Mapping[str, SourceFile],
    schemas: Mapping[str, Mapping[str, Any]],
    unread: Iterable[Problem] = (),
) -> Run:
    """Return what becomes of the sources; ``files`` is filled only when there are no problems.

    ``unread`` are the problems of files that could not be read at all.
    """
    # The order in which files were read must not show in anything that is made from them.
    run = Run(dict(sorted(sources.items())), schemas, problems=tuple(unread))
    for stage in STAGES:
        run = stage(run)
    return replace(run, problems=tuple(sorted(set(run.problems))))


def learn_words(run: Run) -> Run:
    """Read framework, themes, voices and authorities; nothing else can be understood without them."""
    documents: dict[str, Document] = {}
    problems: list[Problem] = []
    for name in ("framework", "themes", "voices"):
        document, found = _document(run, f"data/{name}.yml", name)
        problems += found
        if document:
            documents[name] = document
    path = "data/authorities.csv"
    source = run.sources.get(path)
    if source is None:
        problems.append(_missing(path))
    if len(documents) < 3 or source is None:
        return run.found(problems)
    authorities, found = read_authorities(source)
    framework = make_framework(documents["framework"])
    vocabulary, wrong = make_vocabulary(framework, documents["themes"], documents["voices"], authorities)
    rules, unread = compile_rules(vocabulary)
    return replace(run, vocabulary=vocabulary, rules=rules).found((*problems, *found, *wrong, *unread))


def read_reports(run: Run) -> Run:
    """Read every ``report.yml`` and look at the files around it."""
    if run.vocabulary is None:
        return run
    reports: list[Report] = []
    problems: list[Problem] = []
    folders: dict[str, list[str]] = {}
    for path in run.sources:
        if found := _REPORT_FILE.match(path):
            folders.setdefault(found["report"], []).append(found["file"])
        elif path.startswith("data/reports/"):
            mend = "put it into the folder of its report, data/reports/<authority>-<YYYY-MM>/"
            problems.append(Problem(path, 1, "EV103", "a file outside any report's folder", mend))
    if not folders:
        mend = "add one: docs/contribute/index.md says how"
        problems.append(Problem("data/reports", 1, "EV105", "no reports found", mend))
    for id, files in folders.items():
        problems += _check_folder(id, files, run.vocabulary)
        document, found_problems = _document(run, f"data/reports/{id}/report.yml", "report")
        problems += found_problems
        if document:
            report = make_report(id, document, run.vocabulary.framework)
            problems += check_facts(document, report, run.vocabulary)
            reports.append(report)
    return replace(run, reports=tuple(reports)).found(problems)


def _check_folder(id: str, files: Iterable[str], vocabulary: Vocabulary) -> Iterable[Problem]:
    folder = f"data/reports/{id}"
    if not FOLDER_NAME.match(id):
        what = f"the folder {id!r} is not named <authority>-<YYYY-MM>"
        yield Problem(folder, 1, "EV104", what, "name it after the authority's slug and the month, e.g. camden-2025-02")
    allowed = ["report.yml", *(f"{statement.id}.txt" for statement in vocabulary.framework.statements)]
    for file in files:
        if file not in allowed:
            mend = f"{nearest(file, allowed)}a text is named after its statement: {', '.join(allowed[1:])}"
            yield Problem(f"{folder}/{file}", 1, "EV103", f"unexpected file {file!r}", mend)


def parse_texts(run: Run) -> Run:
    """Read every statement page into its parts."""
    if run.vocabulary is None:
        return run
    pages: dict[tuple[str, str], StatementPage] = {}
    problems: list[Problem] = []
    for path, source in run.sources.items():
        found = _REPORT_FILE.match(path)
        statement = found["file"].removesuffix(".txt") if found else ""
        if found and found["file"].endswith(".txt") and statement in _statements(run.vocabulary):
            page, wrong = parse_statement_page(source, run.vocabulary.framework)
            problems += wrong
            if page:
                pages[found["report"], statement] = page
    return replace(run, pages=pages).found(problems)


def tag(run: Run) -> Run:
    """Give every passage its themes and voices, then apply the contributors' corrections."""
    if run.vocabulary is None or run.rules is None:
        return run
    earned: list[Evidence] = []
    evidence: list[Evidence] = []
    for report in run.reports:
        for statement in _statements(run.vocabulary):
            page = run.pages.get((report.id, statement))
            if page and statement in report.scores:
                tagged = tag_passages(page.passages, run.rules)
                earned.append(Evidence(report, statement, page, tagged))
                corrected = correct_tags(tagged, statement, report.tag_corrections, run.vocabulary)
                evidence.append(Evidence(report, statement, page, corrected))
    return replace(run, earned=tuple(earned), evidence=tuple(evidence))


def check(run: Run) -> Run:
    """Compare texts, reports and corrections with one another."""
    if run.vocabulary is None:
        return run
    problems: list[Problem] = []
    for report in run.reports:
        for statement in _statements(run.vocabulary):
            page = run.pages.get((report.id, statement))
            if page:
                source = run.sources[text_path(report.id, statement)]
                problems += check_page(source, page, statement, report, run.vocabulary)
        of_report = [item for item in run.evidence if item.report.id == report.id]
        earned = [item for item in run.earned if item.report.id == report.id]
        problems += check_corrections(report, of_report, earned, run.vocabulary)
    problems += check_collection(run.evidence, run.reports)
    return run.found(problems)


def measure_rules(run: Run) -> Run:
    """Measure the rules against the passages labelled by hand, where there are any."""
    if run.vocabulary is None:
        return run
    gold: list[GoldPassage] = []
    problems: list[Problem] = []
    for path in run.sources:
        if path.startswith("tests/gold/") and path.endswith(".yml"):
            document, found = _document(run, path, "gold")
            problems += found
            if document:
                gold += make_gold(document)
    # A text with problems of its own may have lost passages; saying so once is enough.
    if not run.problems:
        problems += check_gold(gold, run.earned, run.vocabulary)
    if problems or run.problems or not gold:
        return run.found(problems)
    return replace(run, accuracy=measure(gold, run.earned, run.vocabulary))


def render(run: Run) -> Run:
    """Make every page, unless something is wrong: a page is never made from half-understood data."""
    return run if run.problems else replace(run, files={**run.files, **render_pages(run.collection)})


def export(run: Run) -> Run:
    """Make the files that the site offers beside its pages."""
    return run if run.problems else replace(run, files={**run.files, **export_files(run.schemas)})


STAGES: tuple[Callable[[Run], Run], ...] = (
    learn_words,
    read_reports,
    parse_texts,
    tag,
    check,
    measure_rules,
    render,
    export,
)


def _statements(vocabulary: Vocabulary) -> tuple[str, ...]:
    return tuple(statement.id for statement in vocabulary.framework.statements)


def _document(run: Run, path: str, schema: str) -> tuple[Document | None, tuple[Problem, ...]]:
    """Return a YAML file that satisfies its schema, or None, and its problems."""
    source = run.sources.get(path)
    if source is None:
        return None, (_missing(path),)
    document, problems = read_yaml(source)
    if document is None:
        return None, problems
    wrong = check_schema(document, run.schemas[schema])
    return None if wrong else document, (*problems, *wrong)


def _missing(path: str) -> Problem:
    return Problem(path, 1, "EV106", "the file is missing", "add it; docs/contribute/index.md shows what it holds")
