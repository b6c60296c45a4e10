"""What contributors can send more of, each made as bad as it can be, in any size."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, partial

from build_scripts.check import check_guides
from build_scripts.contribute.importers import UnreadableError
from build_scripts.contribute.importers.kinds import kind_of
from build_scripts.contribute.recognise import recognise
from build_scripts.disk.read import read_schemas, read_sources
from build_scripts.facts.authorities import AUTHORITY_REGIONS, read_authorities
from build_scripts.facts.redirects import check_redirects, read_redirects
from build_scripts.facts.schema_check import read_document
from build_scripts.facts.yaml_text import read_yaml
from build_scripts.model.collection import Collection, follow
from build_scripts.model.evidence import Imported, Passage, SourceFile, StatementPage
from build_scripts.model.vocabulary import AUTHORITY_TYPES, Vocabulary
from build_scripts.pages import KINDS as KINDS_OF_PAGES
from build_scripts.pages.authorities import place_pages
from build_scripts.pages.frame.site import Site
from build_scripts.pages.reports import report_pages
from build_scripts.pages.very_words import text_directives
from build_scripts.pipeline import UNDERSTANDING
from build_scripts.pipeline.run import Memory, Run
from build_scripts.pipeline.show import render
from build_scripts.pipeline.understand import learn_words
from build_scripts.tagging.matcher import Text
from build_scripts.tagging.phrases import PhraseReader
from build_scripts.tagging.tags import tag_passages
from build_scripts.text.guide import read_guide
from build_scripts.text.statement_page import parse_statement_page
from tests.helpers.projects import ROOT

REPORT = """\
authority: {slug}
published: "2025-01-10"
rating: Good
percentage: 75
scores: {{assessing-needs: 3, healthier-lives: 3, equity: 3, care-provision: 3, partnerships: 3, safe-pathways: 3,
  safeguarding: 3, governance: 3, learning: 3}}
source: "https://www.cqc.org.uk/invented/{slug}"
retrieved: "2025-03-01"
checked: one source
"""
PAGE = (
    "Equity in experience and outcomes\nScore: 3\nThe local authority commitment\nWe tackle inequality.\n"
    "Key findings for this quality statement\n"
)


@dataclass(frozen=True)
class Kind:
    """Something that grows: how to make ``size`` of it, which gives what is to be measured."""

    size: int
    """The smallest of the three; the largest is four times as much, and some have a limit above that."""
    make: Callable[[int], Callable[[], object]]


@cache
def _sources() -> Mapping[str, SourceFile]:
    sources, _ = read_sources(ROOT)
    return {path: source for path, source in sources.items() if "data/reports/" not in path and path[:5] == "data/"}


@cache
def _vocabulary() -> Vocabulary:
    vocabulary = learn_words(Run(_sources(), read_schemas())).vocabulary
    assert vocabulary is not None
    return vocabulary


def _id(number: int) -> str:
    return f"anytown-2025-01/equity/p-{number:08x}"


def redirects(size: int, *, backwards: bool = False) -> Callable[[], object]:
    """A chain of rows, each leading to the next, of which only the last leads to a passage."""
    rows = [f"{_id(at)},{_id(at + 1)},reworded,2026-01-01" for at in range(size)]
    table = "\n".join(["retired,successor,reason,date", *(reversed(rows) if backwards else rows), ""])
    source = SourceFile("data/redirects.csv", table.encode())

    def read() -> object:
        found, problems = read_redirects(source)
        assert not problems
        assert not list(check_redirects(found, {_id(size)}, lambda _: False))
        return follow(found)

    return read


def left_texts(size: int) -> Callable[[], object]:
    """Rows that retire the only passage of a text each: every one of these texts has a page."""
    rows = "\n".join(f"town-{at}-2025-01/equity/p-0000000a,,gone,2026-01-01" for at in range(size))
    found, _ = read_redirects(SourceFile("data/redirects.csv", f"retired,successor,reason,date\n{rows}\n".encode()))
    site = Site(Collection(_vocabulary(), (), (), redirects=found), "")
    return lambda: list(report_pages(site))


def keys(size: int, *, same: bool) -> Callable[[], object]:
    """A report.yml with so many more keys, all alike or each another."""
    more = "".join(f"key{'' if same else at}: 1\n" for at in range(size))
    source = SourceFile("data/reports/anytown-2025-01/report.yml", (REPORT.format(slug="anytown") + more).encode())
    read_document(source, read_schemas()["report"])  # jsonschema prepares itself

    def read() -> object:
        read_yaml.cache_clear()
        return read_document(source, read_schemas()["report"])

    return read


def items(size: int) -> Callable[[], object]:
    """A theme with so many phrases, of which each stands there twice."""
    phrases = "".join(f"      - phrase {at % (size // 2)}\n" for at in range(size))
    words = "label: A\n    plain: P\n    definition: About a.\n    counts: C\n    does-not-count: X\n"
    theme = f"  - id: a\n    {words}    group: a\n    phrases:\n{phrases}"
    text = f"groups:\n  - id: a\n    label: A\nthemes:\n{theme}"
    source = SourceFile("data/themes.yml", text.encode())

    def read() -> object:
        read_yaml.cache_clear()
        return read_document(source, read_schemas()["themes"])

    return read


def text(units: Sequence[str], size: int) -> Callable[[], object]:
    """A statement page with so many lines, made of these in turn."""
    lines = "\n".join(units[at % len(units)].format(at=at) for at in range(size))
    source = SourceFile("data/reports/anytown-2025-01/equity.txt", f"{PAGE}{lines}\n".encode())
    return partial(parse_statement_page, source, _vocabulary().framework)


def line(size: int, *, unit: str) -> Callable[[], object]:
    """A statement page with one line of so many equal pieces."""
    return text((unit * size,), 1)


def head(size: int, *, unit: bytes) -> Callable[[], object]:
    """A document that begins with so many equal pieces, whose kind is to be told."""
    data = unit * size + b"x"

    def tell() -> None:
        with suppress(UnreadableError):
            kind_of(data)

    return tell


def document(size: int, *, unit: str) -> Callable[[], object]:
    """A document with a line of so many equal pieces behind a word, in which a report is looked for."""
    found = Imported("text", f"{PAGE}abcde{unit * size}x\n", address=f"https://x{unit * size}\nx")
    return partial(recognise, found, _vocabulary())


def equal_paragraphs(size: int) -> Callable[[], object]:
    """Two equal paragraphs of so many words, each to be led to on CQC's page."""
    words = " ".join(f"pier{at}" for at in range(size))
    found = tuple(Passage(f"p-{at:08x}", words, at) for at in (1, 2))
    return partial(text_directives, StatementPage("equity", None, 3, None, (), (), (), found, ()))


@cache
def _learned(councils: int) -> Run:
    """What is known, with so many councils, before any report is read."""
    table = _authorities(councils)
    run = learn_words(Run({**_sources(), table.path: table}, read_schemas()))
    assert run.vocabulary is not None, run.problems[:3]
    return replace(run, problems=())  # that there is no report


def _stages(
    councils: int, sources: Mapping[str, SourceFile], *more: Callable[[Run], Run], wrong: Sequence[str] = ()
) -> Callable[[], Run]:
    """The stages that take reports and texts in, and ``more``; ``wrong`` are the problems' codes that are found."""
    learned = _learned(councils)

    def make() -> Run:
        read_yaml.cache_clear()
        run = replace(learned, sources={**learned.sources, **sources}, memory=Memory())
        for stage in (*UNDERSTANDING[1:], *more):
            run = stage(run)
        assert {problem.code for problem in run.problems} == set(wrong), run.problems[:3]
        return run

    return make


def _report(slug: str, words: str, more: str = "") -> dict[str, SourceFile]:
    folder = f"data/reports/{slug}-2025-01"
    files = {f"{folder}/report.yml": REPORT.format(slug=slug) + more, f"{folder}/equity.txt": f"{PAGE}{words}\n"}
    return {path: SourceFile(path, text.encode()) for path, text in files.items()}


def _authorities(size: int) -> SourceFile:
    of = [(region, type) for region in AUTHORITY_REGIONS for type in AUTHORITY_TYPES]
    rows = "".join(
        f"town-{at},Town {at},Town {at} Council,E{at:08d},{','.join(of[at % len(of)])},\n" for at in range(size)
    )
    return SourceFile("data/authorities.csv", f"slug,name,full_name,ons_code,region,type,also\n{rows}".encode())


def _reports(size: int) -> dict[str, SourceFile]:
    found: dict[str, SourceFile] = {}
    for at in range(size):
        found |= _report(f"town-{at}", f"Staff told us that the pier of town {at} was accessible.")
    return found


def reports(size: int) -> Callable[[], object]:
    """So many councils, each with a report and a text of its own, checked."""
    return _stages(size, _reports(size))


def pages(size: int, *, own: bool) -> Callable[[], object]:
    """The pages of so many councils with a report and a text each: their ``own``, or all others.

    A council's own page names all of its type and of its region, so that all own pages together grow by the square in
    the end: names are 4% of the bytes for England's 153, and 24% for ``MOST_AUTHORITIES``.
    """
    collection = _stages(size, _reports(size))().collection

    def make() -> object:
        site = Site(collection, "")
        return [page for kind in KINDS_OF_PAGES if (kind is place_pages) == own for page in kind(site)]

    return make


def stray_texts(size: int) -> Callable[[], object]:
    """So many folders with a text each, and without the facts that belong to it."""
    paths = [f"data/reports/town-{at}-2025-01/equity.txt" for at in range(size)]
    return _stages(1, {path: SourceFile(path, b"Score: 3\n") for path in paths}, wrong=("EV106", "EV507"))


def labels(size: int) -> Callable[[], object]:
    """So many files of labels, each for a text that there is not."""
    words = 'labelled: "2025-04-01"\nmethod: Read.\npassages:\n  - {id: p-00000000, words: x, themes: [], voices: []}\n'
    paths = [f"tests/gold/town-{at}-2025-01/equity.yml" for at in range(size)]
    found = {path: SourceFile(path, words.encode()) for path in paths}
    return _stages(1, {**_report("town-0", "Staff told us."), **found}, wrong=("EV602",))


def corrections(size: int) -> Callable[[], object]:
    """So many corrections of words in one report, and of tags, none of which fits its text."""
    of_words = "".join(f"  - {{statement: equity, match: m{at}, value: v, why: w}}\n" for at in range(size))
    of_tags = "".join(f"  - {{passage: equity/p-{at:08x}, add: [t{at}], why: w}}\n" for at in range(size))
    more = f"corrections:\n{of_words}tag_corrections:\n{of_tags}"
    facts = _report("town-0", "Staff told us that the pier was open.", more)
    return _stages(1, facts, wrong=("EV303", "EV601", "EV602"))


def passages(size: int) -> Callable[[], object]:
    """A text of so many paragraphs that earn themes, up to their pages."""
    words = "\n".join(f"Staff told us that the interpreter of team {at} was accessible." for at in range(size))
    return _stages(1, _report("town-0", words), render)


def paragraph(size: int, *, unit: str) -> Callable[[], object]:
    """A paragraph of so many equal pieces, tagged."""
    rules = _learned(1).rules
    assert rules is not None
    return partial(tag_passages, [Passage("p-00000000", (unit * size).strip(), 1)], rules, (), "equity")


def authorities(size: int) -> Callable[[], object]:
    """So many rows of the table of councils."""
    return partial(read_authorities, _authorities(size))


def links(size: int, to: str) -> Callable[[], object]:
    """A guide with so many headings, and as many links to headings or pages that there are not, beside 2,500 pages."""
    lines = "".join(f"## Pier {at}\n\n[The quay]({to.format(at=at)})\n\n" for at in range(size)).encode()
    guide = read_guide("piers.md", lines)
    beside = {f"pier-{at}/index.md": b"" for at in range(2_500)}
    return lambda: list(check_guides([guide], {**beside, "piers.md": lines}, all_made=True))


def guide(size: int, unit: str) -> Callable[[], object]:
    """A page written by hand that is made of so many equal pieces."""
    page = (unit * size).encode()
    return lambda: read_guide("piers.md", page)


def phrase(size: int) -> Callable[[], object]:
    """The phrase that once hung every check, in a passage of so many words."""
    found = PhraseReader({}).read("the */*/*/*/*/*/*/*/*/*/*/* zzz")
    return lambda: found.spans(Text("the a " * size))  # anew each time: a text remembers what was found in it


UNITS: Mapping[str, Sequence[str]] = {
    "paragraphs": ("Staff of team {at} told us that the pier was open.",),
    "paragraphs, all alike": ("Staff told us that the pier was open.",),
    "headings": ("The pier of town {at}",),
    "items of a list": ("• the pier of town {at}",),
    "items without a sign": ("This was seen in:", "the pier of town {at}"),
    "broken lines": ("Staff of team {at} told us that the pier", "was open, and that"),
    "navigation": ("Home", "Care services"),
    "a page's own lines": ("© Care Quality Commission", "Score: 3", "Key findings for this quality statement"),
    "scores": ("Score: 3",),
    "lone signs": ("•", "-"),
}
"""What a hostile text may be made of: the lines of each, in turn."""

LINES: Mapping[str, str] = {
    "words": "the pier ",
    "dots": ".",
    "spaces": " ",
    "full stops": "a. ",
    "commas": "a, ",
    "signs of a list": "• ",
    "quotation marks": "“a ",
    "numbers of notes": "[1] ",
    "scores": "Score: 3 ",
    "months of addresses": "/a-0125",
}
"""What a hostile line may be made of, again and again."""

HEADS: Mapping[str, bytes] = {
    "comments": b"<!---->",
    "declarations": b"<?xml ?>",
    "spaces": b" ",
    "tags": b"<a ",
    "fields of a mail": b"From: a\n",
    "rows of a table": b"a,b\n",
    "words": b"a ",
}
"""What the beginning of a hostile document may be made of."""

PARAGRAPHS: Mapping[str, str] = {
    "examples without an end": "help such as interpreters ",
    "lists without an end": "an interpreter, a carer, a bus and a boat and so on, ",
    "examples in sentences": "We have it including x. ",
    "voices in one sentence": "Staff said that carers said that people told us that ",
    "voices in clauses": "Staff told us; carers told us; ",
    "voices that go on": "Leaders met. They told us. ",
    "voices that wait": "He said. ",
    "figures": "Fewer people came. ",
}
"""What a hostile paragraph may be made of, again and again."""

KINDS: Mapping[str, Kind] = {
    "redirects, a chain": Kind(5_000, redirects),
    "redirects, a chain backwards": Kind(5_000, partial(redirects, backwards=True)),
    "redirects, texts that left": Kind(250, left_texts),
    "keys, all alike": Kind(2_000, partial(keys, same=True)),
    "keys, each another": Kind(2_000, partial(keys, same=False)),
    "phrases, each twice": Kind(2_000, items),
    **{f"text: {name}": Kind(1_200, partial(text, units)) for name, units in UNITS.items()},
    **{f"a paragraph: {name}": Kind(400, partial(paragraph, unit=unit)) for name, unit in PARAGRAPHS.items()},
    "passages, to their pages": Kind(100, passages),
    "councils with a report": Kind(200, reports),
    "councils, to all pages but their own": Kind(38, partial(pages, own=False)),
    "councils, to their own pages": Kind(38, partial(pages, own=True)),
    "texts without their facts": Kind(400, stray_texts),
    "files of labels": Kind(200, labels),
    "corrections": Kind(160, corrections),
    "councils": Kind(200, authorities),
    "words of a passage": Kind(10_000, phrase),
    "links of a guide, to no heading": Kind(6_600, partial(links, to="#quay-{at}")),
    "links of a guide, to no page": Kind(1_000, partial(links, to="quay-{at}.md")),
    "headings of a guide, all alike": Kind(1_000, partial(guide, unit="## Pier\n\n")),
    "signs of a guide": Kind(10_000, lambda size: guide(1, f"{{{'#' * size}")),
}
"""Everything that contributors can send more of, and that our own lines go through piece by piece."""

WITHIN: Mapping[str, Kind] = {
    **{f"one line: {name}": Kind(20_000, partial(line, unit=unit)) for name, unit in LINES.items()},
    **{f"a line of a document: {name}": Kind(20_000, partial(document, unit=unit)) for name, unit in LINES.items()},
    **{f"a document's head: {name}": Kind(20_000, partial(head, unit=unit)) for name, unit in HEADS.items()},
    "equal paragraphs, to their words": Kind(2_000, equal_paragraphs),
}
"""The rest: what patterns and the methods of strings go through, whose work cannot be counted."""
