"""The stages that take the data in: from contributed files to tagged passages, or to all that is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from build_scripts.check import check_collection, check_corrections, check_page, ends_as_published
from build_scripts.facts.authorities import read_authorities
from build_scripts.facts.districts import DISTRICTS, add_districts
from build_scripts.facts.framework import check_framework, make_framework
from build_scripts.facts.labels import GoldPassage, check_gold, make_gold
from build_scripts.facts.redirects import REDIRECTS, check_published, check_redirects, read_redirects, text_of
from build_scripts.facts.reports import check_facts, check_folder, is_misnamed, make_report, unexpected_file
from build_scripts.facts.schema_check import read_document
from build_scripts.facts.tiles import TILES, place_authorities
from build_scripts.facts.vocabulary import make_vocabulary
from build_scripts.facts.weights import WEIGHTS, read_weights
from build_scripts.facts.yaml_text import Document
from build_scripts.model.evidence import Evidence, Report, StatementPage, text_path
from build_scripts.model.problems import Problem
from build_scripts.model.vocabulary import SCORES, Vocabulary
from build_scripts.pipeline.run import REPORT_FILE, Run
from build_scripts.tagging.accuracy import measure
from build_scripts.tagging.rules import compile_rules
from build_scripts.tagging.tags import correct_tags, tag_passages
from build_scripts.text.clean import clean_lines
from build_scripts.text.statement_page import parse_statement_page

_GOLD_FILE = re.compile(r"tests/gold/(?P<report>[^/]+)/(?P<statement>[^/]+)\.yml\Z")
_NO_LABELS = ("README.md", "queries.yml", "queries-held.yml")
"""What lies beside the labels: the queries are for the benchmark of the search alone."""
_VOCABULARY = (
    "data/framework.yml",
    "data/themes.yml",
    "data/voices.yml",
    "data/authorities.csv",
    TILES,
    DISTRICTS,
    WEIGHTS,
)
_WORDS = (*_VOCABULARY, REDIRECTS)


def learn_words(run: Run) -> Run:
    """Read framework, themes, voices and authorities; without the framework no text or score can be understood."""
    run.progress.begin("Learning words")
    run = run.found(_strays(run))
    memory = run.memory.of(tuple(run.sources.get(path) for path in _VOCABULARY))
    if memory.learned:
        vocabulary, rules = memory.learned
        return replace(run, vocabulary=vocabulary, rules=rules)
    problems: list[Problem] = []
    documents: dict[str, Document | None] = {}
    for name in ("framework", "themes", "voices"):
        documents[name], found = _document(run, f"data/{name}.yml", name)
        problems += found
    path = "data/authorities.csv"
    source = run.sources.get(path)
    authorities, wrong = read_authorities(source) if source else ((), _missing(run, path))
    problems += wrong
    if authorities and TILES in run.sources:
        authorities, wrong = place_authorities(authorities, run.sources[TILES])
        problems += wrong
    if authorities and DISTRICTS in run.sources:
        authorities, wrong = add_districts(authorities, run.sources[DISTRICTS])
        problems += wrong
    if not documents["framework"]:
        return run.found(problems)
    framework = make_framework(documents["framework"])
    problems += check_framework(documents["framework"], framework)
    if not all(score in framework.score_labels for score in SCORES):
        return run.found(problems)
    vocabulary, wrong = make_vocabulary(framework, documents["themes"], documents["voices"], authorities)
    rules, unread = compile_rules(vocabulary)
    problems += (*wrong, *unread)
    if WEIGHTS in run.sources:
        weights, wrong = read_weights(run.sources[WEIGHTS])
        rules = replace(rules, weights=weights) if weights else rules
        problems += wrong
    if not problems:
        memory.learned = vocabulary, rules
    return replace(run, vocabulary=vocabulary, rules=rules).found(problems)


def _strays(run: Run) -> Iterator[Problem]:
    """Yield files that no stage would read (EV103), and that there are no reports (EV105)."""
    for path in run.sources:
        folder, _, name = path.rpartition("/")
        if folder == "data/reports":
            mend = "put it into the folder of its report, data/reports/<authority>-<YYYY-MM>/"
            yield Problem(path, 1, "EV103", "a file outside any report's folder", mend)
        elif path.startswith("data/") and not path.startswith("data/reports/") and path not in _WORDS:
            allowed = [each.removeprefix("data/") for each in _WORDS]
            yield unexpected_file(path, allowed, f"data/ holds {', '.join(allowed)} and the folder reports")
        elif path.startswith("tests/gold/") and not _GOLD_FILE.match(path) and name not in _NO_LABELS:
            mend = "name it tests/gold/<report>/<statement>.yml, or remove it"
            yield Problem(path, 1, "EV103", "this is not the name of a file of labels", mend)
    if not any(REPORT_FILE.match(path) for path in run.sources):
        mend = "add one: docs/contribute/index.md says how"
        yield Problem("data/reports", 1, "EV105", "no reports found", mend)


def read_reports(run: Run) -> Run:
    """Read every ``report.yml`` and look at the names of the files around it."""
    reports: list[Report] = []
    problems: list[Problem] = []
    folders: dict[str, list[str]] = {}
    for path in run.sources:
        if found := REPORT_FILE.match(path):
            folders.setdefault(found["report"], []).append(found["file"])
    for id, files in folders.items():
        problems += check_folder(id, files, _statements(run.vocabulary))
        if all("/" in file for file in files):
            continue
        document, wrong = _document(run, f"data/reports/{id}/report.yml", "report")
        problems += wrong
        if document and run.vocabulary:
            report = make_report(id, document, run.vocabulary.framework)
            problems += check_facts(document, report, run.vocabulary)
            reports.append(report)
    return replace(run, reports=tuple(reports)).found(problems)


def parse_texts(run: Run) -> Run:
    """Read every statement page into its parts."""
    if run.vocabulary is None:
        texts = (source for path, source in run.sources.items() if REPORT_FILE.match(path))
        return run.found(
            problem for source in texts if source.path.endswith(".txt") for problem in clean_lines(source)[1]
        )
    pages: dict[tuple[str, str], StatementPage] = {}
    problems: list[Problem] = []
    reports = {report.id: report for report in run.reports}
    run.progress.begin("Reading texts", len(run.sources))
    for path, source in run.sources.items():
        run.progress.step()
        found = REPORT_FILE.match(path)
        statement = found["file"].removesuffix(".txt") if found else ""
        if found and found["file"].endswith(".txt") and statement in _statements(run.vocabulary):
            if source not in run.memory.parsed:
                run.memory.parsed[source] = parse_statement_page(source, run.vocabulary.framework)
            page, wrong = run.memory.parsed[source]
            report = reports.get(found["report"])
            if page:
                pages[found["report"], statement] = page
            known = page and report and ends_as_published(page, statement, report)
            problems += (problem for problem in wrong if not (known and problem.code == "EV511"))
    return replace(run, pages=pages).found(problems)


def tag(run: Run) -> Run:
    """Give every passage its themes and voices, then apply the contributors' corrections."""
    if run.vocabulary is None or run.rules is None:
        return run
    earned: list[Evidence] = []
    evidence: list[Evidence] = []
    run.progress.begin("Tagging texts", len(run.pages))
    for report in run.reports:
        for statement in _statements(run.vocabulary):
            page = run.pages.get((report.id, statement))
            if page and statement in report.scores:
                source = run.sources[text_path(report.id, statement)]
                if source not in run.memory.tagged:
                    run.memory.tagged[source] = tag_passages(page.passages, run.rules, page.headings, statement)
                tagged = run.memory.tagged[source]
                earned.append(Evidence(report, statement, page, tagged))
                corrected = correct_tags(tagged, statement, report.tag_corrections, run.rules, page.headings)
                evidence.append(Evidence(report, statement, page, corrected))
                run.progress.step()
    return replace(run, earned=tuple(earned), evidence=tuple(evidence))


def check(run: Run) -> Run:
    """Compare texts, reports and corrections with one another."""
    run.progress.begin("Checking")
    if run.vocabulary is None:
        return run
    problems: list[Problem] = []
    reports = {report.id: report for report in run.reports}
    for (id, statement), page in run.pages.items():
        source = run.sources[text_path(id, statement)]
        problems += check_page(source, page, statement, reports.get(id), run.vocabulary)
    misplaced = {problem.path for problem in problems if problem.code in ("EV505", "EV506")}
    placed = [item for item in run.evidence if text_path(item.report.id, item.statement) not in misplaced]
    problems += check_collection(placed, run.reports)
    vocabulary = run.vocabulary
    run = run.found(problems)
    doubtful = _doubtful(run)
    corrections: list[Problem] = []
    corrected, earned = _by_report(run.evidence), _by_report(run.earned)
    for report in run.reports:
        unsure = {id for id in _statements(vocabulary) if text_path(report.id, id) in doubtful}
        texts = corrected.get(report.id, ()), earned.get(report.id, ())
        corrections += check_corrections(report, *texts, unsure, vocabulary)
    unjudged = _unjudged(run, vocabulary)
    return run.found(problem for problem in corrections if problem.code not in unjudged)


def _by_report(evidence: Iterable[Evidence]) -> dict[str, list[Evidence]]:
    found: dict[str, list[Evidence]] = {}
    for item in evidence:
        found.setdefault(item.report.id, []).append(item)
    return found


def check_links(run: Run) -> Run:
    """Read where retired passages went; no id that was ever published may lead nowhere."""
    source = run.sources.get(REDIRECTS)
    redirects, problems = read_redirects(source) if source else ((), ())
    run = replace(run, redirects=redirects).found(problems)
    if run.vocabulary is None:
        return run
    ids, doubtful = set(run.passage_ids), _doubtful(run)

    def is_doubtful(id: str) -> bool:
        return text_of(id) in doubtful

    lost = check_redirects(redirects, ids, is_doubtful)
    # A broken row may be the one that says where a passage went.
    gone = () if problems else check_published(run.published, ids, redirects, run.sources, is_doubtful)
    return run.found((*lost, *gone))


def _doubtful(run: Run) -> frozenset[str]:
    """Return the paths of files whose passages cannot be relied on: they have problems, or no report of their own."""
    read = {text_path(item.report.id, item.statement) for item in run.evidence}
    return run.wrong | (set(run.sources) - read)


def _unjudged(run: Run, vocabulary: Vocabulary) -> set[str]:
    """Return the codes that cannot be judged while themes or voices have problems of their own."""
    wrong = {problem.code for problem in run.problems if problem.path in ("data/themes.yml", "data/voices.yml")}
    unknown_ids = "EV304" in wrong or not (vocabulary.themes and vocabulary.voices)
    return ({"EV603"} if wrong else set()) | ({"EV303"} if unknown_ids else set())


def measure_rules(run: Run) -> Run:
    """Measure the rules against the passages labelled by hand, where there are any."""
    gold: dict[str, tuple[GoldPassage, ...]] = {}
    problems: list[Problem] = []
    for path in run.sources:
        if found := _GOLD_FILE.match(path):
            document, wrong = _document(run, path, "gold")
            problems += wrong
            if document:
                gold[text_path(found["report"], found["statement"])] = make_gold(document)
    if run.vocabulary:
        problems += _check_labels(run, gold, run.vocabulary)
    if problems or run.problems or not gold or run.vocabulary is None:
        return run.found(problems)
    labels = [label for of_text in gold.values() for label in of_text]
    return replace(run, accuracy=measure(labels, run.earned, run.vocabulary))


def _check_labels(run: Run, gold: Mapping[str, tuple[GoldPassage, ...]], vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield what is wrong with labels, by the text's path, but nothing that only follows from another problem."""
    unjudged, doubtful = _unjudged(run, vocabulary), _doubtful(run)
    lost = [path for path in gold if path not in run.sources and path not in doubtful]
    for path in lost:
        what = f"there is no text {path}, which these labels are for"
        mend = "name the file after its report and statement, or remove it"
        yield Problem(gold[path][0].path, 1, "EV602", what, mend)
    unknown = {label.path for path in (*lost, *doubtful) for label in gold.get(path, ())}
    for problem in check_gold((label for labels in gold.values() for label in labels), run.earned, vocabulary):
        if problem.code not in unjudged and not (problem.code == "EV602" and problem.path in unknown):
            yield problem


def _statements(vocabulary: Vocabulary | None) -> tuple[str, ...]:
    return tuple(statement.id for statement in vocabulary.framework.statements) if vocabulary else ()


def _document(run: Run, path: str, schema: str) -> tuple[Document | None, tuple[Problem, ...]]:
    """Return a YAML file that satisfies its schema, or None, and its problems."""
    source = run.sources.get(path)
    return read_document(source, run.schemas[schema]) if source else (None, _missing(run, path))


def _missing(run: Run, path: str) -> tuple[Problem, ...]:
    """Return problem EV106, unless another problem says already why the file is not there."""
    folder, _, name = path.rpartition("/")
    if path in run.wrong or any(is_misnamed(file, name) for file in run.folders.get(folder, ())):
        return ()
    mend = "put it back: nothing can be checked without it"
    if name == "report.yml":
        mend = "add it; docs/contribute/index.md shows what it holds"
    return (Problem(path, 1, "EV106", "the file is missing", mend),)
