"""Compare what was read with what must hold between files: texts, reports, corrections."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from build_scripts.model import Evidence, Report, SourceFile, StatementPage, TaggedPassage
from build_scripts.phrases import fold
from build_scripts.problems import Problem, nearest
from build_scripts.vocabulary import Vocabulary

_WORDS = re.compile(r"[a-z0-9]+")
_COMMON_WORDS = frozenset(
    [
        "and",
        "borough",
        "city",
        "council",
        "county",
        "district",
        "london",
        "metropolitan",
        "of",
        "on",
        "royal",
        "the",
        "unitary",
        "upon",
    ]
)
"""Words in an authority's full title that do not tell it from another."""


def check_page(
    source: SourceFile, page: StatementPage, statement: str, report: Report, vocabulary: Vocabulary
) -> Iterator[Problem]:
    """Yield where a text disagrees with its file name or with ``report.yml`` (EV403, EV505, EV506)."""
    names = {item.id: item.name for item in vocabulary.framework.statements}
    if page.statement and page.statement != statement:
        what = f"the file is named {statement!r} but the text is that of {names[page.statement]!r}"
        yield Problem(
            source.path, 1, "EV505", what, f"rename the file to {page.statement}.txt, or paste the right text"
        )
    expected = report.scores.get(statement)
    if (
        page.score is not None
        and expected is not None
        and page.score != expected
        and page.statement in (None, statement)
    ):
        what = f"the text says score {page.score} but report.yml says {expected}"
        line = next((number for number, text in enumerate(_lines(source), 1) if text.startswith("score")), 1)
        yield Problem(source.path, line, "EV403", what, "compare both with CQC's page and correct the wrong one")
    if page.authority_name and not _names(page.authority_name, report.authority, vocabulary):
        what = f"the text names {page.authority_name!r} but report.yml says {report.authority!r}"
        yield Problem(source.path, 1, "EV506", what, "put the text into the right report's folder")


def _lines(source: SourceFile) -> Sequence[str]:
    return [line.strip().lower() for line in source.data.decode("utf-8-sig", "replace").splitlines()]


def _names(title: str, slug: str, vocabulary: Vocabulary) -> bool:
    """Return whether a title such as ``Westminster City Council`` can mean the authority.

    It can when it holds all words of the authority's name, or when it holds all words of nobody's name but
    one that sets this authority apart (``Hull City Council`` for Kingston upon Hull).
    """
    said = _name_words(title)
    meant = {item.slug for item in vocabulary.authorities if _name_words(item.name) <= said}
    names = {item.slug: item.name for item in vocabulary.authorities}
    if slug not in names:
        return True
    if meant:
        return slug in meant
    return bool((said & _name_words(names[slug])) - _COMMON_WORDS)


def _name_words(name: str) -> set[str]:
    return set(_WORDS.findall(name.lower().replace("&", "and")))


def check_collection(evidence: Sequence[Evidence], reports: Sequence[Report]) -> Iterator[Problem]:
    """Yield what stands twice in the collection (EV304)."""
    seen: dict[str, str] = {}
    for report in reports:
        for what, key in (
            ("source", report.source),
            ("authority and date", f"{report.authority} {report.published}"),
        ):
            if key in seen:
                line = report.lines["source" if what == "source" else "published"]
                yield Problem(
                    report.path,
                    line,
                    "EV304",
                    f"{what} {key!r} is that of {seen[key]} too",
                    "keep one of the two",
                )
            seen.setdefault(key, report.path)
    texts: dict[tuple[str, ...], str] = {}
    for item in evidence:
        path = text_path(item.report.id, item.statement)
        words = tuple(passage.passage.text for passage in item.passages)
        if words in texts:
            what = f"the same passages stand in {texts[words]}"
            yield Problem(path, 1, "EV304", what, "paste the text that belongs here, or remove the file")
        texts.setdefault(words, path)


def text_path(report: str, statement: str) -> str:
    """Return where a report's text for a statement lies."""
    return f"data/reports/{report}/{statement}.txt"


def check_corrections(
    report: Report, evidence: Iterable[Evidence], earned: Iterable[Evidence], vocabulary: Vocabulary
) -> Iterator[Problem]:
    """Yield corrections that match nothing, name nothing or change nothing (EV302, EV303, EV601 to EV603).

    ``evidence`` holds the report's pages with corrected tags, ``earned`` with the tags as rules gave them.
    """
    texts = {item.statement: [fold(passage.passage.text) for passage in item.passages] for item in evidence}
    ids = [item.id for item in vocabulary.framework.statements]
    for correction in report.corrections:
        if correction.statement not in ids:
            mend = f"{nearest(correction.statement, ids)}the statements are {', '.join(ids)}"
            what = f"unknown statement {correction.statement!r} in a correction"
            yield Problem(report.path, correction.line, "EV302", what, mend)
        elif not any(fold(correction.match) in text for text in texts.get(correction.statement, [])):
            what = f"no passage of {correction.statement!r} has the words {correction.match!r}"
            mend = "copy the words exactly from the text, or remove the correction"
            yield Problem(report.path, correction.line, "EV601", what, mend)
    passages = {f"{item.statement}/{passage.passage.id}": passage for item in earned for passage in item.passages}
    yield from _check_tag_corrections(report, passages, vocabulary)


def _check_tag_corrections(
    report: Report, passages: dict[str, TaggedPassage], vocabulary: Vocabulary
) -> Iterator[Problem]:
    known = [entry.id for entry in (*vocabulary.themes, *vocabulary.voices)]
    for correction in report.tag_corrections:
        for id in (*correction.add, *correction.remove):
            if id not in known:
                mend = f"{nearest(id, known)}use an id of data/themes.yml or data/voices.yml"
                yield Problem(report.path, correction.line, "EV303", f"unknown theme or voice {id!r}", mend)
        passage = passages.get(correction.passage)
        if passage is None:
            mend = f"{nearest(correction.passage, passages)}copy the id from the passage's link on the page"
            yield Problem(
                report.path,
                correction.line,
                "EV602",
                f"no passage {correction.passage!r} in this report",
                mend,
            )
            continue
        has = {tag.id for tag in (*passage.themes, *passage.voices)}
        for id in correction.add:
            if id in has:
                what = f"{correction.passage!r} has {id!r} already"
                yield Problem(report.path, correction.line, "EV603", what, "remove it from add")
        for id in correction.remove:
            if id in known and id not in has:
                what = f"{correction.passage!r} does not have {id!r}"
                yield Problem(report.path, correction.line, "EV603", what, "remove it from remove")
