"""Compare what was read with what must hold between files: texts, reports, corrections, links of guides."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from urllib.parse import urlsplit

from build_scripts.model.authority_names import authorities_named
from build_scripts.model.evidence import Evidence, Report, SourceFile, StatementPage, TaggedPassage, text_path
from build_scripts.model.guides import Guide
from build_scripts.model.problems import Problem, nearest, shown
from build_scripts.model.vocabulary import Vocabulary
from build_scripts.text.clean import clean_lines
from build_scripts.text.guide import read_guide
from build_scripts.text.letters import fold


def check_page(
    source: SourceFile, page: StatementPage, statement: str, report: Report | None, vocabulary: Vocabulary
) -> Iterator[Problem]:
    """Yield where a text disagrees with its file name or with ``report.yml`` (EV403, EV505, EV506).

    ``report`` is None when ``report.yml`` could not be read.
    """
    names = {item.id: (item.name, *item.wordings) for item in vocabulary.framework.statements}
    if page.statement and page.statement != statement:
        what = f"the file is named {statement!r} but the text is that of {names[page.statement][0]!r}"
        mend = f"rename the file to {page.statement}.txt, or paste the right text"
        yield Problem(source.path, _line(source, *names[page.statement]), "EV505", what, mend)
    if report is None:
        return
    if not report.source:
        what = "the report of this text has no source: a text is shown with a link to CQC's page"
        mend = "add the address of CQC's page to report.yml, as source"
        yield Problem(report.path, 1, "EV205", what, mend)
    expected = report.scores.get(statement)
    # A score that is wrong in itself, or that of another statement, is told of elsewhere.
    comparable = expected in vocabulary.framework.score_labels and page.statement in (None, statement)
    # A text keeps the score that was published with it when CQC regrades the report.
    if comparable and page.score is not None and page.score not in report.scores_given(statement):
        what = f"the text says score {page.score} but report.yml says {expected}"
        line = _line(source, "score", "overall score")
        yield Problem(source.path, line, "EV403", what, "compare both with CQC's page and correct the wrong one")
    if page.authority_name and (wrong := _not_of(page.authority_name, report.authority, vocabulary)):
        yield Problem(source.path, _line(source, page.authority_name), "EV506", *wrong)


def ends_as_published(page: StatementPage, statement: str, report: Report) -> bool:
    """Return whether a correction says that CQC's own text breaks off where this one does."""
    last = fold(page.passages[-1].text) if page.passages else ""
    return any(each.statement == statement and last.endswith(fold(each.match)) for each in report.corrections)


def _line(source: SourceFile, *openings: str) -> int:
    """Return the first line that begins with, or for longer openings holds, one of these; 1 when none does."""
    wanted = [opening.casefold() for opening in openings]
    lines = [(line.number, line.text.casefold()) for line in clean_lines(source)[0]]
    begins = (number for number, text in lines if any(text.startswith(each) for each in wanted))
    holds = (number for number, text in lines if any(each in text for each in wanted if len(each) > len("score")))
    return next(begins, next(holds, 1))


def _not_of(title: str, slug: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """Return why a text that names this authority is not of the one that ``report.yml`` says, and how to mend it."""
    named = authorities_named(title, vocabulary.authorities)
    if named == (slug,) or slug not in {item.slug for item in vocabulary.authorities}:
        return None
    what = f"the text names {shown(title)} but report.yml says {slug!r}"
    if len(named) == 1:
        return what, "put the text into the right report's folder"
    if named:
        what = f"the text names {shown(title)}, which fits {' and '.join(named)}"
        return what, "keep one page of one authority, under the name that CQC's page gives it"
    mend = (
        "put the text into the right report's folder; if this is another name of the same authority, add it to its row "
        "of data/authorities.csv, under also"
    )
    return what, mend


def check_collection(evidence: Iterable[Evidence], reports: Iterable[Report]) -> Iterator[Problem]:
    """Yield what stands twice in the collection (EV304); what is withdrawn may stand again in what took its place.

    ``evidence`` leaves out the texts that are in the wrong place: of those this is known already.
    """
    sources: dict[str, str] = {}
    for report in reports:
        if report.withdrawn:
            continue
        address = report.source.removeprefix("http://").removeprefix("https://").rstrip("/").casefold()
        if address and address in sources:
            what = f"source is that of {sources[address]} too"
            mend = "write the address of this report's page, or remove one of the two reports"
            yield Problem(report.path, report.lines["source"], "EV304", what, mend)
        sources.setdefault(address, report.path)
    texts: dict[tuple[str, ...], str] = {}
    for item in evidence:
        if item.report.withdrawn:
            continue
        path = text_path(item.report.id, item.statement)
        words = tuple(passage.passage.text for passage in item.passages)
        if words in texts:
            what = f"the same paragraphs stand in {texts[words]}"
            yield Problem(path, 1, "EV304", what, "paste the text that belongs here, or remove the file")
        elif words:
            texts[words] = path


def check_corrections(
    report: Report,
    evidence: Iterable[Evidence],
    earned: Iterable[Evidence],
    doubtful: Collection[str],
    vocabulary: Vocabulary,
) -> Iterator[Problem]:
    """Yield corrections that match not one passage, name nothing or change nothing (EV302, EV303, EV601 to EV603).

    ``evidence`` holds the report's pages with corrected tags, ``earned`` with the tags as rules gave them, ``doubtful``
    the statements whose texts have problems of their own: what is missing there may yet come back.
    """
    texts = {item.statement: {fold(passage.passage.text) for passage in item.passages} for item in evidence}
    ids = [item.id for item in vocabulary.framework.statements]
    for number, correction in enumerate(report.corrections):
        statement, words = correction.statement, fold(correction.match)
        matched = sum(words in text for text in texts.get(statement, ()))
        if statement not in ids:
            mend = f"{nearest(statement, ids)}the statements are {', '.join(ids)}"
            what = f"unknown statement {shown(statement)} in a correction"
            line = report.lines[f"corrections.{number}.statement"]
            yield Problem(report.path, line, "EV302", what, mend)
        elif statement not in doubtful and matched > 1:
            what = f"{matched} paragraphs of {statement!r} have the words {shown(correction.match)}"
            mend = "quote more words from the text, so that only the paragraph that is meant has them"
            yield Problem(report.path, report.lines[f"corrections.{number}.match"], "EV601", what, mend)
        elif statement not in doubtful and not matched:
            what = f"no paragraph of {statement!r} has the words {shown(correction.match)}"
            mend = "copy the words exactly from the text, or remove the correction"
            if statement not in texts:
                what = f"there is no {statement}.txt to find the words {shown(correction.match)} in"
                mend = "add the text, or remove the correction"
            yield Problem(report.path, report.lines[f"corrections.{number}.match"], "EV601", what, mend)
        if correction.value == correction.match:
            what = f"a correction of {shown(correction.match)} has the same words as its value"
            mend = "write the right words as value, or remove the correction"
            yield Problem(report.path, report.lines[f"corrections.{number}.value"], "EV603", what, mend)
    passages = {f"{item.statement}/{passage.passage.id}": passage for item in earned for passage in item.passages}
    yield from _check_tag_corrections(report, passages, doubtful, vocabulary)


def _check_tag_corrections(
    report: Report, passages: Mapping[str, TaggedPassage], doubtful: Collection[str], vocabulary: Vocabulary
) -> Iterator[Problem]:
    known = [entry.id for entry in (*vocabulary.themes, *vocabulary.voices)]
    for number, correction in enumerate(report.tag_corrections):
        where = f"tag_corrections.{number}"
        passage = passages.get(correction.passage)
        if passage is None and correction.passage.split("/")[0] not in doubtful:
            mend = f"{nearest(correction.passage, passages)}copy the id from the paragraph's link on the page"
            what = f"no paragraph {shown(correction.passage)} in this report"
            yield Problem(report.path, report.lines[f"{where}.passage"], "EV602", what, mend)
        has = {tag.id for tag in (*passage.themes, *passage.voices)} if passage else set()
        for key, ids in (("add", correction.add), ("remove", correction.remove)):
            for at, id in enumerate(ids):
                line = report.lines[f"{where}.{key}.{at}"]
                if id not in known:
                    mend = f"{nearest(id, known)}use an id of data/themes.yml or data/voices.yml"
                    yield Problem(report.path, line, "EV303", f"unknown theme or voice {shown(id)}", mend)
                elif passage and (id in has) == (key == "add"):
                    states = f"has {id!r} already" if key == "add" else f"does not have {id!r}"
                    what = f"{correction.passage!r} {states}"
                    yield Problem(report.path, line, "EV603", what, f"remove it from {key}")


def check_guides(
    guides: Iterable[Guide], pages: Mapping[str, bytes], unread: Collection[str] = (), *, all_made: bool
) -> Iterator[Problem]:
    """Yield the links of guides that lead to no page, or to no place on it (EV801).

    ``pages`` holds those of ``docs/``, path to Markdown; nothing is said of places on ``unread`` ones. While not
    ``all_made``, a page that is not there may yet come. Pictures and downloads are left to MkDocs, other sites to their
    owners.
    """
    places = _Places(pages, unread)
    for guide in guides:
        for link in guide.links:
            for what, mend in _lost(guide, link.target, places, all_made=all_made):
                what = f"the link {shown(link.target)} {what}"
                yield Problem(f"docs/{guide.path}", link.line, "EV801", what, mend)


class _Places:
    """Where links can lead. A guide may have many to one page, and many that lead nowhere: each is looked up once."""

    def __init__(self, pages: Mapping[str, bytes], unread: Collection[str]) -> None:
        self.pages = pages
        self.unread = unread
        self.anchors = cache(lambda path: dict.fromkeys(sorted(read_guide(path, pages[path]).anchors)))
        """Path of a page to the places on it."""
        self.ways = cache(lambda folder: [posixpath.relpath(page, folder or ".") for page in sorted(pages)])
        """Folder to the pages as seen from it."""


def _lost(guide: Guide, target: str, places: _Places, *, all_made: bool) -> Iterator[tuple[str, str]]:
    """Yield what a guide's link lacks, and how to mend it, where there is no such page or no such anchor on it."""
    try:
        to = urlsplit(target)
    except ValueError:
        yield "is no address", "copy it from the browser's address bar"
        return
    if to.scheme or to.netloc or posixpath.splitext(to.path)[1] not in ("", ".md"):
        return
    folder = posixpath.dirname(guide.path)
    path = posixpath.normpath(posixpath.join(folder, to.path)) if to.path else guide.path
    if path not in places.pages:
        if all_made:
            near = nearest(to.path, places.ways(folder))
            yield "leads to no page of docs/", f"{near}give the page's file as seen from this one, with .md at its end"
    elif to.fragment and path not in places.unread:
        known = places.anchors(path)
        if to.fragment not in known:
            mend = f"{nearest(to.fragment, known)}copy the part behind # from the heading's address on the site"
            yield f"leads to no heading of docs/{path}", mend
