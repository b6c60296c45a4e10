"""From what was found in documents, and what a contributor said, to the files of one report; or to what is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from build_scripts.contribute.agree import contradictions, dates_said, doubts, known_scores, two_dates
from build_scripts.contribute.recognise import Found, FoundPage, address_month
from build_scripts.contribute.source_address import CQC
from build_scripts.contribute.wanted import NotYetError, Question, Wanted
from build_scripts.contribute.written_dates import no_such_day
from build_scripts.model.authority_names import authorities_like, authorities_named
from build_scripts.model.evidence import LARGEST, Authority, Report, SourceFile, text_path
from build_scripts.model.problems import Problem, both_ends, closest, shown
from build_scripts.model.vocabulary import Framework, Vocabulary

_ALIKE = 0.8
"""How much of a council's name a slip of it has: Anytown is no slip of Halton."""

_EXAMPLES = ("halton", "camden")
"""Councils to show how an option is given, of which one is not the one that is guessed."""

_PLAIN = re.compile(r"[A-Za-z][a-z]+(?:[ -][a-z]+)*\Z")
_YAML_WORDS = frozenset(["false", "no", "null", "off", "on", "true", "yes"])


@dataclass(frozen=True, slots=True)
class Draft:
    """One report's files, made and not yet written."""

    report: str
    authority: Authority
    published: str
    is_new: bool
    files: Mapping[str, bytes]
    """Path below the project's root to what is to stand there; only what is new or changed."""
    unchanged: tuple[str, ...]
    """Paths of texts that are in the collection already, word for word."""
    texts: Mapping[str, FoundPage]
    """Statement to the page that its text is made of, those unchanged included."""
    notes: tuple[str, ...]
    """What was concluded rather than found, a sentence each: to be compared with CQC's page."""
    replaced: tuple[str, ...] = ()
    """Paths of texts that take the place of another one."""


@dataclass(slots=True)
class _Making:
    """What a draft has so far, and what keeps it from being one: what is asked, what is wrong."""

    asked: list[Question]
    problems: list[Problem]
    notes: list[str]
    files: dict[str, bytes] = field(default_factory=dict)
    unchanged: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)


def make_draft(
    found: Sequence[Found],
    wanted: Wanted,
    vocabulary: Vocabulary,
    reports: Iterable[Report],
    sources: Mapping[str, SourceFile],
) -> Draft:
    """Return the files that the documents make; raise ``NotYetError`` with all that is wrong or missing.

    ``reports`` and ``sources`` are those of the collection as it is.
    """
    texts, asked = _texts(found, wanted, vocabulary.framework)
    authority, question = _authority(found, wanted, vocabulary)
    asked += [question] if question else []
    if authority is None:
        raise NotYetError((), asked)
    by_id = {report.id: report for report in reports}
    notes: list[str] = []
    published, question = _published(found, wanted, authority, by_id, notes)
    if question:
        raise NotYetError((), [*asked, question])
    id = f"{authority.slug}-{published[:7]}"
    report = by_id.get(id)
    scores, problems = known_scores(found, wanted, texts, report)
    problems += contradictions(found, wanted, texts, authority, report, vocabulary.authorities)
    made = _Making(asked, problems, notes)
    figures = (report.rating, report.percentage) if report else None
    path = f"data/reports/{id}/report.yml"
    source = wanted.source or next((item.address for item in found if item.address.startswith(CQC)), "")
    if path in sources:
        if texts and report and not report.source:
            made.asked += [] if source else [_ask_source()]
            made.notes.append(f"report.yml had no source: {source} is added to it")
            made.files[path] = _with_source(sources[path].data, source)
    else:
        made.asked += [] if source or not texts else [_ask_source()]
        made.asked += _ask_scores(id, scores, vocabulary.framework)
        if not made.asked:
            figures, computed = _figures(scores, found, vocabulary.framework)
            made.notes += computed
            ordered = {item.id: scores[item.id] for item in vocabulary.framework.statements}
            made.files[path] = _report_file(authority, published, source, ordered, figures, wanted)
    _take_texts(made, id, texts, scores, sources, replacing=wanted.replace)
    if made.asked or made.problems:
        raise NotYetError(made.problems, made.asked)
    made.notes += doubts(found, wanted, authority, published, figures, vocabulary)
    unchanged, told, replaced = tuple(made.unchanged), tuple(made.notes), tuple(made.replaced)
    return Draft(id, authority, published, path not in sources, made.files, unchanged, texts, told, replaced)


def _take_texts(
    made: _Making,
    report: str,
    texts: Mapping[str, FoundPage],
    scores: Mapping[str, int],
    sources: Mapping[str, SourceFile],
    *,
    replacing: bool,
) -> None:
    """Put the texts among the files, but those that the collection has word for word already."""
    for statement, page in texts.items():
        path = text_path(report, statement)
        data, question = _text_file(page, statement, scores, made.notes)
        made.asked += [question] if question else []
        if len(data) > LARGEST:
            what = f"the text of {statement} would have {len(data):,} bytes; at most {LARGEST:,} are read"
            made.problems.append(Problem(page.source, 1, "EV703", what, "take one statement page only"))
        before = sources.get(path)
        if before is not None and _words(before.data) == _words(data):
            made.unchanged.append(path)
            continue
        made.files[path] = data
        if before is not None:
            made.replaced.append(path)
            made.problems += [] if replacing else [_in_the_way(page.source, path)]


def _words(data: bytes) -> list[bytes]:
    return data.removeprefix(b"\xef\xbb\xbf").split()


def _in_the_way(source: str, path: str) -> Problem:
    what = f"{path} is another text of this statement"
    mend = (
        "compare the two; --replace puts the new one in its place, and links to paragraphs that are gone need redirects"
    )
    return Problem(source, 1, "EV710", what, mend)


def _texts(found: Sequence[Found], wanted: Wanted, framework: Framework) -> tuple[dict[str, FoundPage], list[Question]]:
    """Return the page of each statement, in the framework's order, and what is to be asked.

    Raises ``NotYetError`` (EV709) where one statement has two different texts.
    """
    ids = [item.id for item in framework.statements]
    pages = [page for item in found for page in item.pages]
    named: dict[str, FoundPage] = {}
    asked: list[Question] = []
    problems: list[Problem] = []
    for page in pages:
        statement = page.statement or (wanted.statement if len(pages) == 1 else "") or _hint(page.source, ids)
        if not statement:
            what = f"the text of {page.source} does not name its quality statement"
            asked.append(Question("--statement", what, "--statement equity", tuple(ids)))
        elif statement in named and named[statement].lines != page.lines:
            where = named[statement].source
            what = f"a second, other text of {statement!r}" + (
                "" if where == page.source else f": the first is in {where}"
            )
            problems.append(Problem(page.source, 1, "EV709", what, "leave one of the two out"))
        else:
            named.setdefault(statement, page)
    if wanted.statement and pages and wanted.statement not in named:
        told = " and ".join(sorted({page.statement for page in pages if page.statement}))
        what = f"--statement says {wanted.statement!r} but the text is that of {told!r}"
        problems.append(Problem(pages[0].source, 1, "EV505", what, "leave --statement out, or take the right page"))
    if problems:
        raise NotYetError(problems)
    return {id: named[id] for id in ids if id in named}, asked


def _hint(name: str, ids: Iterable[str]) -> str:
    """Return the statement that a file such as ``equity.txt`` is named after, empty where it is not."""
    stem = name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0].casefold()
    return stem if stem in ids else ""


def _authority(
    found: Sequence[Found], wanted: Wanted, vocabulary: Vocabulary
) -> tuple[Authority | None, Question | None]:
    slugs = {item.slug: item for item in vocabulary.authorities}
    if wanted.authority:
        named = authorities_named(wanted.authority, vocabulary.authorities)
        if len(named) == 1:
            return slugs[named[0]], None
        return None, _ask_authority(
            f"--authority is {both_ends(wanted.authority.strip())!r}", wanted.authority, vocabulary
        )
    named_in = {item.document.name: item.authorities for item in found if item.authorities}
    sure = {name: slugs_[0] for name, slugs_ in named_in.items() if len(slugs_) == 1}
    if len(set(sure.values())) > 1:
        raise NotYetError([_several(sure)])
    common = set.intersection(*map(set, named_in.values())) if named_in else set()
    if len(common) == 1:
        return slugs[common.pop()], None
    choices = tuple(dict.fromkeys(slug for each in named_in.values() for slug in each))
    if unknown := [item.named for item in found if item.named and not choices]:
        return None, _ask_authority(f"the source names {shown(unknown[0])}", unknown[0], vocabulary)
    what = f"the source names {' and '.join(choices)}" if choices else "the source names no authority"
    return None, Question("--authority", what, f"--authority {choices[0] if choices else 'halton'}", choices)


def _ask_authority(said: str, name: str, vocabulary: Vocabulary) -> Question:
    """Return the question after a name that is that of several authorities, of which it may be a part, or of none."""
    if several := authorities_named(name, vocabulary.authorities):
        return Question(
            "--authority", f"{said}, which fits {' and '.join(several)}", f"--authority {several[0]}", several
        )
    what = f"{said}, which is no authority of data/authorities.csv"
    if like := authorities_like(name, vocabulary.authorities):
        return Question("--authority", f"{what}: it may be {' or '.join(like)}", f"--authority {like[0]}", like)
    names = {each: item.slug for item in vocabulary.authorities for each in item.names}
    close = closest(name, names, _ALIKE)
    guess = f" (did you mean {close!r}?)" if close else ""
    example = next(each for each in _EXAMPLES if not close or each != names[close])
    return Question("--authority", f"{what}{guess}", f"--authority {example}")


def _several(named: Mapping[str, str]) -> Problem:
    """Return the problem of sources that are of more than one report; ``named`` is source to what it is of."""
    items = list(named.items())
    source, other = next(item for item in items if item[1] != items[0][1])
    what = f"this is of {other!r}, but {items[0][0]} of {items[0][1]!r}"
    return Problem(source, 1, "EV708", what, "add the sources of one report in one call, the others in another")


def _published(
    found: Sequence[Found], wanted: Wanted, authority: Authority, reports: Mapping[str, Report], notes: list[str]
) -> tuple[str, Question | None]:
    if wanted.published:
        return wanted.published, None
    months = [(item.document.name, address_month(item.document.address)) for item in found if not item.dates]
    dates = [*dates_said(found), *(each for each in months if each[1])]
    for where, date in dates:
        first, said = dates[0]
        if date[:7] != said[:7] and where == first:
            raise NotYetError([two_dates(where, date, first, said)])
        if date[:7] != said[:7]:
            raise NotYetError([_several({first: said[:7], where: date[:7]})])
    if dates:
        return max((date for _, date in dates), key=len), None
    own = [report for report in reports.values() if report.authority == authority.slug]
    what = "no source says when it was published"
    for item in found:
        if never := no_such_day(item.document.text):
            what = f"{item.document.name} says that it was published {never}, and there is no such day"
    if len(own) == 1:
        notes.append(f"{what}: taken for {own[0].id}, {authority.name}'s only report here")
        return own[0].published, None
    return "", Question("--published", what, "--published 2025-07-04")


def _ask_source() -> Question:
    what = "the address of CQC's page of the report is not known, and a text is shown with a link to it"
    return Question("--source", what, f"--source {CQC}care-services/local-authority-assessment-reports/halton-0725")


def _ask_scores(id: str, scores: Mapping[str, int], framework: Framework) -> list[Question]:
    missing = [item.id for item in framework.statements if item.id not in scores]
    if not missing:
        return []
    what = (
        f"{id} is not in the collection, and a new report needs its nine scores: none was found for "
        f"{', '.join(missing)}. Add the report's summary page or those pages as further sources, or name the scores"
    )
    return [Question("--score", what, f"--score {missing[0]}=3")]


def _text_file(
    page: FoundPage, statement: str, scores: Mapping[str, int], notes: list[str]
) -> tuple[bytes, Question | None]:
    """Return the text's bytes; where its score stood elsewhere, with a line for it."""
    lines = list(page.lines)
    if page.score_line is not None:
        if statement not in scores:
            what = f"the text of {page.source} has no line like “Score: 3”"
            return b"", Question("--score", what, f"--score {statement}=3")
        lines.insert(page.score_line, f"Score: {scores[statement]}")
        notes.append(
            f"{statement}.txt: the line “Score: {scores[statement]}” was added; the page had its score elsewhere"
        )
    return ("\n".join(lines) + "\n").encode("utf-8", "replace"), None


def _figures(
    scores: Mapping[str, int], found: Sequence[Found], framework: Framework
) -> tuple[tuple[str, int], list[str]]:
    """Return rating and percentage of a new report, and what in them was computed rather than found."""
    computed = framework.percentage_of(sum(scores[item.id] for item in framework.statements))
    percentages = {each for item in found for each in item.percentages}
    ratings = {each for item in found for each in item.ratings}
    # Where a document prints other figures too, the check compares what is written with the nine scores.
    percentage = computed if computed in percentages or not percentages else min(percentages)
    rating = framework.rating(computed)
    rating = rating if rating in ratings or not ratings else min(ratings)
    notes = []
    if not percentages or not ratings:
        notes.append(f"rating {rating} and {percentage}% follow from the nine scores; compare them with CQC's page")
    return (rating, percentage), notes


def _report_file(
    authority: Authority,
    published: str,
    source: str,
    scores: Mapping[str, int],
    figures: tuple[str, int],
    wanted: Wanted,
) -> bytes:
    """Return a new ``report.yml``; scores in the framework's order, ``figures`` are rating and percentage."""
    lines = [
        f"authority: {_scalar(authority.slug)}",
        f"published: {_quoted(published)}",
        f"rating: {_scalar(figures[0])}",
        f"percentage: {figures[1]}",
        "scores:",
        *(f"  {id}: {score}" for id, score in scores.items()),
        *([f"source: {_quoted(source)}"] if source else []),
        f"retrieved: {_quoted(wanted.retrieved)}",
        "checked: one source",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _scalar(text: str) -> str:
    """Return text for a YAML value: in double quotes, signs beyond ASCII escaped, unless it is plain words."""
    return text if _PLAIN.match(text) and text.casefold() not in _YAML_WORDS else _quoted(text)


def _quoted(text: str) -> str:
    """Return text in double quotes as YAML reads it back, all but plain ASCII escaped.

    JSON would not do: it writes letters beyond U+FFFF as pairs, which YAML takes for two.
    """

    def escaped(letter: str) -> str:
        if letter in '"\\':
            return f"\\{letter}"
        if letter.isascii() and letter.isprintable():
            return letter
        return f"\\U{ord(letter):08x}" if ord(letter) > 0xFFFF else f"\\u{ord(letter):04x}"

    return f'"{"".join(map(escaped, text))}"'


def _with_source(data: bytes, source: str) -> bytes:
    """Return a ``report.yml`` that has no source with a line for it, where new reports have it."""
    line = f"source: {_quoted(source)}\n".encode()
    head, found, tail = data.partition(b"\nretrieved:")
    return head + b"\n" + line + found[1:] + tail if found else data.rstrip(b"\n") + b"\n" + line
