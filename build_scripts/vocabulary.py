"""The controlled words: framework, themes, voices and authorities, made from the files that hold them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from build_scripts.model import Authority
from build_scripts.problems import Problem, nearest
from build_scripts.yamltext import Document

AUTHORITY_TYPES = {
    "london-borough": "London borough",
    "metropolitan-borough": "Metropolitan borough",
    "county": "County",
    "unitary": "Unitary authority",
}
"""Type of authority to its name; the City of London and the Isles of Scilly stand with the nearest type."""
SCORES = range(1, 5)
"""CQC's scores; the framework has the words for each."""
LOWEST_PERCENTAGE = 25
"""Nine scores of 1 are 9 of 36: no rating can be lower."""


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

    @property
    def most(self) -> int:
        """The highest sum that the scores of all statements can reach."""
        return len(self.statements) * max(self.score_labels)

    def percentage_of(self, total: int) -> int:
        """Return a sum of all statements' scores as a percentage of the most that is possible, rounded up.

        CQC, "How we determine ratings": the nine scores are added, divided by 36 and rounded up.
        """
        return -(-100 * total // self.most)

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
    weak: tuple[str, ...] = ()
    """Phrases that earn the theme only where another sentence, or the heading, has one too."""
    broader: tuple[str, ...] = ()
    """Ids of wider entries: what earns this one earns them too."""
    phrase_lines: Mapping[str, int] = field(default_factory=dict)
    """Phrase or exclusion to its line."""


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
    """All controlled words, in the order of their files.

    Where one of the files cannot be read, its words are empty, so that what does not need them can still be checked.
    """

    framework: Framework
    groups: Mapping[str, str]
    """Group id of themes to its label."""
    themes: tuple[Theme, ...]
    theme_words: Mapping[str, tuple[str, ...]]
    """Named word lists that phrases of themes use."""
    voices: tuple[Voice, ...]
    voice_words: Mapping[str, tuple[str, ...]]
    authorities: tuple[Authority, ...]
    word_lines: Mapping[tuple[str, str, str], int] = field(default_factory=dict)
    """(Path of the file, name of the word list, item) to the item's line."""

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


def check_framework(document: Document, framework: Framework) -> Iterator[Problem]:
    """Yield where the framework contradicts itself (EV304, EV308, EV309)."""

    def problem(code: str, what: str, mend: str, *where: str | int) -> Problem:
        return Problem(document.path, document.line(*where), code, what, mend)

    for key, name in (("areas", "id"), ("statements", "number"), ("statements", "id"), ("scores", "score")):
        yield from _repeats(document, key, name)
    yield from _repeats(document, "ratings", "name")
    names: dict[str, str] = {}
    for number, item in enumerate(document.value["statements"]):
        if item["area"] not in framework.areas:
            what = f"{item['id']!r} is in area {item['area']!r}, which is not in areas"
            mend = f"{nearest(item['area'], framework.areas)}the areas are {', '.join(framework.areas)}"
            yield problem("EV308", what, mend, "statements", number, "area")
        places: list[tuple[tuple[str | int, ...], str]] = [(("name",), item["name"])]
        places += [(("wordings", at), wording) for at, wording in enumerate(item.get("wordings", ()))]
        for place, wording in places:
            if wording.casefold() in names:
                what = f"{wording!r} of {item['id']!r} is a name of {names[wording.casefold()]!r} already"
                yield problem("EV304", what, "remove one of the two", "statements", number, *place)
            names.setdefault(wording.casefold(), item["id"])
    missing = [score for score in SCORES if score not in framework.score_labels]
    if missing and len(framework.score_labels) == len(document.value["scores"]):
        what = f"no label for score {' and '.join(map(str, missing))}"
        yield problem("EV309", what, "CQC's scores are 1, 2, 3 and 4: add a line for each", "scores")
    for what in _band_faults(framework.ratings):
        mend = f"let the bands cover each percentage from {LOWEST_PERCENTAGE} to 100 once"
        yield problem("EV309", what, mend, "ratings")


def has_rating_rule(framework: Framework) -> bool:
    """Return whether every nine scores have one rating; where not, ``check_framework`` says why."""
    return not any(_band_faults(framework.ratings)) and all(score in framework.score_labels for score in SCORES)


def _band_faults(bands: Sequence[RatingBand]) -> Iterator[str]:
    for percentage in range(LOWEST_PERCENTAGE, 101):
        names = [band.name for band in bands if band.lowest <= percentage <= band.highest]
        before = [band.name for band in bands if band.lowest < percentage <= band.highest + 1]
        if not names and (percentage == LOWEST_PERCENTAGE or before):
            yield f"no rating covers {percentage}%"
        elif len(names) > 1:
            yield f"{' and '.join(names)} both cover {percentage}%"
            return


def _repeats(document: Document, key: str, name: str) -> Iterator[Problem]:
    """Yield an EV304 for each item of a list whose ``name`` an earlier item has."""
    seen: dict[Any, int] = {}
    for number, item in enumerate(document.value[key]):
        line = document.line(key, number, name)
        if item[name] in seen:
            what = f"{name} {item[name]!r} in {key} is that of line {seen[item[name]]} too"
            yield Problem(document.path, line, "EV304", what, "give it another, or remove one of the two")
        seen.setdefault(item[name], line)


def make_vocabulary(
    framework: Framework, themes: Document | None, voices: Document | None, authorities: tuple[Authority, ...]
) -> tuple[Vocabulary, tuple[Problem, ...]]:
    """Return the vocabulary of documents that satisfy their schemas, with problems EV303, EV304, EV308 and EV309.

    A document that is None could not be read.
    """
    vocabulary = Vocabulary(
        framework=framework,
        groups={group["id"]: group["label"] for group in themes.value["groups"]} if themes else {},
        themes=tuple(
            Theme(
                **_entry(themes, "themes", number, item),
                group=item["group"],
                related=tuple(item.get("related", ())),
            )
            for number, item in enumerate(themes.value["themes"])
        )
        if themes
        else (),
        theme_words=_words(themes),
        voices=tuple(
            Voice(**_entry(voices, "voices", number, item)) for number, item in enumerate(voices.value["voices"])
        )
        if voices
        else (),
        voice_words=_words(voices),
        authorities=authorities,
        word_lines={**_word_lines(themes), **_word_lines(voices)},
    )
    problems: list[Problem] = [*_theme_problems(themes, vocabulary)] if themes else []
    if voices:
        problems += _repeats(voices, "voices", "id")
        problems += _repeats(voices, "voices", "label")
        problems += _shared_ids(vocabulary.themes, vocabulary.voices, voices)
    return vocabulary, tuple(problems)


def _entry(document: Document, key: str, number: int, item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": item["id"],
        "label": item["label"],
        "definition": " ".join(item["definition"].split()),
        "also": tuple(item.get("also", ())),
        "phrases": tuple(item["phrases"]),
        "exclusions": tuple(item.get("not", ())),
        "weak": tuple(item.get("weak", ())),
        "path": document.path,
        "line": document.line(key, number),
        "broader": tuple(item.get("broader", ())),
        "phrase_lines": {
            phrase: document.line(key, number, part, at)
            for part in ("not", "weak", "phrases")
            for at, phrase in enumerate(item.get(part, ()))
        },
    }


def _words(document: Document | None) -> dict[str, tuple[str, ...]]:
    return {name: tuple(items) for name, items in document.value.get("words", {}).items()} if document else {}


def _word_lines(document: Document | None) -> dict[tuple[str, str, str], int]:
    if document is None:
        return {}
    return {
        (document.path, name, item): document.line("words", name, at)
        for name, items in _words(document).items()
        for at, item in enumerate(items)
    }


def _theme_problems(document: Document, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield ids, labels and phrases that stand twice, and links to a theme or group that does not exist."""
    for key, name in (("groups", "id"), ("groups", "label"), ("themes", "id"), ("themes", "label")):
        yield from _repeats(document, key, name)
    ids = [theme.id for theme in vocabulary.themes]
    for number, theme in enumerate(vocabulary.themes):
        for key, others in (("broader", theme.broader), ("related", theme.related)):
            for at, other in enumerate(others):
                if other not in ids or (other == theme.id and ids.count(other) == 1):
                    what = f"{theme.id!r} names {other!r} as {key}, which is not another theme"
                    mend = f"{nearest(other, (id for id in ids if id != theme.id))}name a theme of this file"
                    line = document.line("themes", number, key, at)
                    yield Problem(theme.path, line, "EV303", what, mend)
        if theme.group not in vocabulary.groups:
            what = f"{theme.id!r} is in group {theme.group!r}, which is not in groups"
            mend = f"{nearest(theme.group, vocabulary.groups)}the groups are {', '.join(vocabulary.groups)}"
            yield Problem(theme.path, document.line("themes", number, "group"), "EV308", what, mend)
        for at, phrase in enumerate(theme.weak):
            if phrase in theme.phrases:
                what = f"{phrase!r} of {theme.id!r} is in phrases and in weak, where it changes nothing"
                line = document.line("themes", number, "weak", at)
                yield Problem(theme.path, line, "EV304", what, "remove one of the two")
    for circle in _circles({theme.id: theme.broader for theme in vocabulary.themes}):
        what = f"{circle[0]!r} is broader than itself: {' > '.join((*circle, circle[0]))}"
        line = document.line("themes", ids.index(circle[0]), "broader")
        yield Problem(document.path, line, "EV309", what, "remove the wrong id from broader of one of them")


def _circles(broader: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Yield each circle of broader themes once, from the first of its themes on."""
    known: set[str] = set()
    for start in broader:
        trail: dict[str, tuple[str, ...]] = {start: (start,)}
        for id in (queue := [start]):
            for parent in broader.get(id, ()):
                if parent == start and id != start and not known & set(trail[id]):
                    yield trail[id]
                    known |= set(trail[id])
                elif parent not in trail:
                    trail[parent] = (*trail[id], parent)
                    queue.append(parent)


def _shared_ids(themes: Sequence[Theme], voices: Sequence[Voice], document: Document) -> Iterator[Problem]:
    """Yield voices with the id of a theme: corrections name both side by side, so they share their ids."""
    places = {theme.id: f"line {theme.line} of {theme.path}" for theme in themes}
    for number, voice in enumerate(voices):
        if voice.id in places:
            what = f"id {voice.id!r} is that of the theme in {places[voice.id]} too"
            line = document.line("voices", number, "id")
            yield Problem(voice.path, line, "EV304", what, "give one of the two another id")
