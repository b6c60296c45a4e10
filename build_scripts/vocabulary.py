"""The controlled words: framework, themes, voices and authorities, made from the files that hold them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

from build_scripts.model import Authority, SourceFile
from build_scripts.problems import Problem, nearest
from build_scripts.yamltext import Document

AUTHORITY_COLUMNS = ("slug", "name", "ons_code", "region", "type")
AUTHORITY_TYPES = {
    "london-borough": "London borough",
    "metropolitan-borough": "Metropolitan borough",
    "county": "County",
    "unitary": "Unitary authority",
}
"""Type of authority to its name; the City of London and the Isles of Scilly stand with the nearest type."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One of CQC's nine quality statements."""

    number: int
    id: str
    name: str
    wordings: tuple[str, ...]
    """Other wordings of the name seen on CQC's pages."""
    area: str
    """Id of the area (CQC's own "theme") it belongs to."""
    headings: tuple[str, ...]
    """Sub-headings known from CQC's pages."""


@dataclass(frozen=True, slots=True)
class RatingBand:
    """The percentages, both ends included, that give a rating."""

    name: str
    lowest: int
    highest: int


@dataclass(frozen=True, slots=True)
class Framework:
    """CQC's framework: statements, score labels, rating bands and the fixed lines of a statement page."""

    areas: Mapping[str, str]
    """Area id to its name, in CQC's order."""
    statements: tuple[Statement, ...]
    score_labels: Mapping[int, str]
    """Score to the words that explain it, e.g. ``Evidence shows a good standard``."""
    ratings: tuple[RatingBand, ...]
    expectations_lines: tuple[str, ...]
    """Lines that open what people expect."""
    commitment_lines: tuple[str, ...]
    findings_lines: tuple[str, ...]
    boilerplate_lines: tuple[str, ...]
    """Navigation words that stand alone on a line, e.g. ``Downloads``."""

    def statement(self, id: str) -> Statement:
        """Return the statement with this id; raise ``KeyError`` when there is none."""
        return {statement.id: statement for statement in self.statements}[id]

    def percentage(self, scores: Iterable[int]) -> int:
        """Return the scores' sum as a percentage of the most that is possible, rounded up.

        CQC, "How we determine ratings": the nine scores are added, divided by 36 and rounded up.
        """
        values = list(scores)
        return -(-100 * sum(values) // (max(self.score_labels) * len(values)))

    def rating(self, percentage: int) -> str:
        """Return the rating of a percentage; raise ``ValueError`` outside every band."""
        for band in self.ratings:
            if band.lowest <= percentage <= band.highest:
                return band.name
        raise ValueError(f"no rating covers {percentage}%")


@dataclass(frozen=True, slots=True)
class Entry:
    """A theme or a voice: what it means and the phrases that earn it."""

    id: str
    label: str
    definition: str
    also: tuple[str, ...]
    """Other names that people search for."""
    phrases: tuple[str, ...]
    exclusions: tuple[str, ...]
    """Phrases whose matches cancel a match that they overlap (``not`` in the file)."""
    path: str
    line: int
    broader: tuple[str, ...] = ()
    """Ids of wider entries: what earns this one earns them too."""


@dataclass(frozen=True, slots=True)
class Theme(Entry):
    """An entry of the controlled vocabulary of subjects."""

    group: str = ""
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Voice(Entry):
    """Whose evidence a passage reports."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All controlled words, in the order of their files."""

    framework: Framework
    groups: Mapping[str, str]
    """Group id of themes to its label."""
    themes: tuple[Theme, ...]
    theme_words: Mapping[str, tuple[str, ...]]
    """Named word lists that phrases of themes use."""
    voices: tuple[Voice, ...]
    voice_words: Mapping[str, tuple[str, ...]]
    authorities: tuple[Authority, ...]

    def theme(self, id: str) -> Theme:
        """Return the theme with this id; raise ``KeyError`` when there is none."""
        return {theme.id: theme for theme in self.themes}[id]

    def voice(self, id: str) -> Voice:
        """Return the voice with this id; raise ``KeyError`` when there is none."""
        return {voice.id: voice for voice in self.voices}[id]

    def authority(self, slug: str) -> Authority:
        """Return the authority with this slug; raise ``KeyError`` when there is none."""
        return {authority.slug: authority for authority in self.authorities}[slug]


def make_framework(document: Document) -> Framework:
    """Return the framework of a document that satisfies its schema."""
    value, page = document.value, document.value["page"]
    return Framework(
        areas={area["id"]: area["name"] for area in value["areas"]},
        statements=tuple(
            Statement(
                item["number"],
                item["id"],
                item["name"],
                tuple(item.get("wordings", ())),
                item["area"],
                tuple(item.get("headings", ())),
            )
            for item in value["statements"]
        ),
        score_labels={item["score"]: item["label"] for item in value["scores"]},
        ratings=tuple(RatingBand(item["name"], item["lowest"], item["highest"]) for item in value["ratings"]),
        expectations_lines=tuple(page["expectations"]),
        commitment_lines=tuple(page["commitment"]),
        findings_lines=tuple(page["findings"]),
        boilerplate_lines=tuple(page["boilerplate"]),
    )


def make_vocabulary(
    framework: Framework, themes: Document, voices: Document, authorities: tuple[Authority, ...]
) -> tuple[Vocabulary, tuple[Problem, ...]]:
    """Return the vocabulary of documents that satisfy their schemas, with problems EV303 and EV304."""
    vocabulary = Vocabulary(
        framework=framework,
        groups={group["id"]: group["label"] for group in themes.value["groups"]},
        themes=tuple(
            Theme(
                **_entry(themes, "themes", number, item),
                group=item["group"],
                related=tuple(item.get("related", ())),
            )
            for number, item in enumerate(themes.value["themes"])
        ),
        theme_words=_words(themes),
        voices=tuple(
            Voice(**_entry(voices, "voices", number, item)) for number, item in enumerate(voices.value["voices"])
        ),
        voice_words=_words(voices),
        authorities=authorities,
    )
    return vocabulary, tuple(_entry_problems(vocabulary))


def _entry(document: Document, key: str, number: int, item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": item["id"],
        "label": item["label"],
        "definition": " ".join(item["definition"].split()),
        "also": tuple(item.get("also", ())),
        "phrases": tuple(item["phrases"]),
        "exclusions": tuple(item.get("not", ())),
        "path": document.path,
        "line": document.line(key, number),
        "broader": tuple(item.get("broader", ())),
    }


def _words(document: Document) -> dict[str, tuple[str, ...]]:
    return {name: tuple(items) for name, items in document.value.get("words", {}).items()}


def _entry_problems(vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield problems of ids: two the same, or links to a theme or group that does not exist.

    Themes and voices share their ids, since labels and corrections name them side by side.
    """
    yield from _twice((*vocabulary.themes, *vocabulary.voices))
    ids = [theme.id for theme in vocabulary.themes]
    for theme in vocabulary.themes:
        for other in (*theme.broader, *theme.related):
            if other not in ids or other == theme.id:
                what = f"{theme.id!r} names {other!r}, which is not another theme"
                yield Problem(theme.path, theme.line, "EV303", what, f"{nearest(other, ids)}name a theme of this file")
        if theme.group not in vocabulary.groups:
            what = f"{theme.id!r} is in group {theme.group!r}, which is not in groups"
            mend = f"{nearest(theme.group, vocabulary.groups)}groups: {', '.join(vocabulary.groups)}"
            yield Problem(theme.path, theme.line, "EV303", what, mend)


def _twice(entries: Sequence[Entry]) -> Iterator[Problem]:
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            what = f"id {entry.id!r} is that of another theme or voice"
            yield Problem(entry.path, entry.line, "EV304", what, "give it another")
        seen.add(entry.id)


def read_authorities(source: SourceFile) -> tuple[tuple[Authority, ...], tuple[Problem, ...]]:
    """Return the authorities of the CSV file, with problems EV101, EV207, EV209 and EV304."""
    try:
        text = source.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.data.count(b"\n", 0, error.start) + 1
        what = f"byte 0x{source.data[error.start]:02x} is not UTF-8"
        return (), (Problem(source.path, line, "EV101", what, "save the file as UTF-8"),)
    rows = csv.reader(StringIO(text), strict=True)
    authorities: list[Authority] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}

    def problem(line: int, code: str, what: str, mend: str) -> None:
        problems.append(Problem(source.path, line, code, what, mend))

    header_mend = f"the first line must be {','.join(AUTHORITY_COLUMNS)}"
    try:
        header = next(rows, [])
        if tuple(header) != AUTHORITY_COLUMNS:
            problem(1, "EV209", f"the columns are {','.join(header)!r}", header_mend)
            return (), tuple(problems)
        for row in rows:
            line = rows.line_num
            if len(row) != len(AUTHORITY_COLUMNS) or not all(row):
                what = f"row {','.join(row)!r} does not fill the {len(AUTHORITY_COLUMNS)} columns"
                problem(line, "EV209", what, "fill every column; put a value with a comma in double quotes")
                continue
            authority = Authority(*row)
            if authority.type not in AUTHORITY_TYPES:
                what = f"type must be one of {', '.join(AUTHORITY_TYPES)} (got {authority.type!r})"
                problem(line, "EV207", what, nearest(authority.type, AUTHORITY_TYPES) or "write one of these")
            for value in (authority.slug, authority.name, authority.ons_code):
                if value in seen:
                    problem(
                        line,
                        "EV304",
                        f"{value!r} stands in line {seen[value]} too",
                        "keep one of the two rows",
                    )
                seen[value] = line
            authorities.append(authority)
    except csv.Error as error:
        problem(rows.line_num, "EV209", f"the row cannot be read: {error}", "check its double quotes")
    return tuple(authorities), tuple(problems)
