"""The values that travel through the pipeline: what is read, what is parsed, what is tagged.

Everything here is frozen and free of behaviour beyond what can be derived from its own fields.
Words are those of ``docs/about/design.md``; lines count from 1, character offsets from 0.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

ATTACHED = "is attached and was not read"
"""What is said of a document that a mail brings with it."""


LARGEST = 2_000_000
"""Bytes of a contributed file at the most: some 200 times the longest statement page that CQC has published."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One contributed file as it lay on disk."""

    path: str
    """Path relative to the project's root, with forward slashes: what problems name."""
    data: bytes


@dataclass(frozen=True, slots=True)
class Imported:
    """A document from outside, as an importer read it: the plain text that ``parse`` reads, and what was not kept."""

    kind: str
    """``text``, ``markdown``, ``html``, ``mhtml``, ``webarchive``, ``mail``, ``pdf``, ``docx``, ``odt`` or ``rtf``."""
    text: str
    """A line for each paragraph, heading, item or row where the document tells them apart; ``\\t`` between cells."""
    dropped: tuple[str, ...] = ()
    """Navigation, running headers, page numbers and the like, a line each: not in ``text``."""
    unsure: tuple[str, ...] = ()
    """What a person should compare with the document, a sentence each."""
    title: str = ""
    """What the document calls itself, empty when it does not."""
    address: str = ""
    """Where it was published, empty when that is not known."""
    links: tuple[tuple[str, str], ...] = ()
    """(address as written, words) of every link of the document, those dropped with navigation included."""
    name: str = ""
    """File name or address, as the person who brought it calls it: what problems name."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A sub-heading inside the key findings."""

    text: str
    line: int
    """Line of the contributed file where it stands."""
    known: bool
    """True when ``framework.yml`` lists it for this statement; False when only its shape says so."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph or one list of key findings: the unit that is found, tagged, cited and counted."""

    id: str
    """Anchor made of the passage's own words: ``p-`` and 8 hex digits, ``-2`` for a true repeat."""
    text: str
    """The words as published, white space collapsed; the items of a list stand on lines of their own."""
    line: int
    """First line of the contributed file that holds it."""
    heading: int | None = None
    """Index into the statement page's headings, None before the first."""
    is_list: bool = False
    """True when the passage is a list; its items are the lines of ``text``."""

    @property
    def items(self) -> tuple[str, ...]:
        """The items of a list, or the whole text as the only one."""
        return tuple(self.text.split("\n"))


@dataclass(frozen=True, slots=True)
class StatementPage:
    """A report's text for one quality statement, read into its parts."""

    statement: str | None
    """Statement id, None when the text does not name one that is known."""
    authority_name: str | None
    """The authority as the text names it, None when it does not."""
    score: int | None
    score_label: str | None
    """The line that explains the score, e.g. ``Evidence shows a good standard``."""
    expectations: tuple[str, ...]
    """What people expect: one or several "I" statements; none on governance and learning."""
    commitment: tuple[str, ...]
    """The local authority commitment, a paragraph each."""
    headings: tuple[Heading, ...]
    passages: tuple[Passage, ...]
    boilerplate: tuple[tuple[int, str], ...]
    """Every line that was dropped as navigation, date or copyright: (line, text)."""


@dataclass(frozen=True, slots=True)
class Match:
    """Words of a passage that earned a tag. ``text[start:end]`` are the words."""

    start: int
    end: int
    phrase: str
    """The phrase of the rule that they matched, as written in the vocabulary."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A theme or voice of a passage, with the words that earned it."""

    id: str
    matches: tuple[Match, ...]
    """Empty only where a contributor's correction added the tag."""
    why: str = ""
    """The contributor's reason, where a correction added the tag."""
    narrow: bool = False
    """Whether there is doubt about a theme: it is likely, and not very. Such tags are wrong most often."""

    def words(self, passage: Passage) -> list[str]:
        """Return the words of its passage that earned it, each once, as they stand there."""
        return list(dict.fromkeys(passage.text[match.start : match.end] for match in self.matches))


@dataclass(frozen=True, slots=True)
class TaggedPassage:
    """A passage with its themes and voices, in the vocabulary's order."""

    passage: Passage
    themes: tuple[Tag, ...]
    """Those that it is about."""
    voices: tuple[Tag, ...]
    mentions: tuple[Tag, ...] = ()
    """Themes that it names and is not about: in a list, in passing, as the name of a team."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A slip in the published text that readers are told of; the text itself is never edited."""

    statement: str
    match: str
    value: str
    why: str
    line: int


@dataclass(frozen=True, slots=True)
class TagCorrection:
    """A contributor's correction of the themes and voices of one passage."""

    passage: str
    """``<statement>/<passage id>``"""
    add: tuple[str, ...]
    remove: tuple[str, ...]
    why: str
    line: int


@dataclass(frozen=True, slots=True)
class Authority:
    """One of the 153 councils with adult social care duties."""

    slug: str
    """Its id in data and addresses, e.g. ``kensington-and-chelsea``."""
    name: str
    """What it is called for short, e.g. ``Kensington and Chelsea``."""
    full_name: str
    """The name that it gives itself, e.g. ``Royal Borough of Kensington and Chelsea``: how a reference names it."""
    ons_code: str
    region: str
    """Region as published by ONS, e.g. ``Yorkshire and The Humber``."""
    type: str
    """``london-borough``, ``metropolitan-borough``, ``county`` or ``unitary``."""
    also: tuple[str, ...] = ()
    """Other names that people give it, e.g. ``Hull``; no two authorities share one."""
    cell: tuple[int, int] | None = None
    """Its place in the map of England: column from the west, row from the north; None where there is no map."""
    districts: tuple[str, ...] = ()
    """Districts in it, e.g. ``Norwich``, and abolished counties that it was a part of."""

    @property
    def names(self) -> tuple[str, ...]:
        """All that it is called for short, slug and name first."""
        return (self.slug, self.name, *self.also)


@dataclass(frozen=True, slots=True)
class SourcePage:
    """CQC's own page of one statement: where a text came from, when, and what exactly came."""

    address: str
    retrieved: str
    """ISO day."""
    sha256: str
    """Hash, in hex, of the page's bytes as they came, before anything was made of them."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What CQC concludes of an authority: rating, percentage and nine scores."""

    rating: str
    percentage: int
    scores: Mapping[str, int]
    """Statement id to score, 1 to 4, in the framework's order."""


@dataclass(frozen=True, slots=True)
class Event:
    """What CQC did to a report after publishing it."""

    what: str
    """``withdrawn``, ``restored`` (published again) or ``regraded``."""
    date: str
    """ISO day, or month where the day is not known."""
    why: str
    source: str
    """Address of the page that says so."""
    before: Figures | None = None
    """The figures before a regrade."""
    after: Figures | None = None
    """The figures after it."""

    @property
    def changed(self) -> tuple[tuple[str, int, int], ...]:
        """Each score that a regrade changed: statement id, before, after."""
        if self.before is None or self.after is None:
            return ()
        pairs = ((id, score, self.after.scores[id]) for id, score in self.before.scores.items())
        return tuple((id, before, after) for id, before, after in pairs if before != after)


@dataclass(frozen=True, slots=True)
class Report:
    """One authority's assessment as published at one time: what ``report.yml`` says."""

    id: str
    """``<authority>-<YYYY-MM>``, the name of its folder."""
    authority: str
    published: str
    """ISO day, or month where the day is not known."""
    rating: str
    percentage: int
    scores: Mapping[str, int]
    """Statement id to score, 1 to 4, in the framework's order."""
    source: str
    """Address of CQC's page, empty where it is not known."""
    retrieved: str
    """ISO day on which the text or the scores were taken from the source."""
    checked: str
    """How the figures were checked: ``two sources``, ``one source`` or ``differs``."""
    checked_by: str = ""
    """Address of what they were checked against, empty when there is none."""
    checked_note: str = ""
    """How they were checked in more words, a sentence without its stop; empty where ``checked`` says it all."""
    framework: str = ""
    """Id of the version of the framework under which it was rated; empty where that cannot be told."""
    events: tuple[Event, ...] = ()
    """What CQC did to it after publishing it, in the order in which it happened."""
    corrections: tuple[Correction, ...] = ()
    tag_corrections: tuple[TagCorrection, ...] = ()
    pages: Mapping[str, SourcePage] = field(default_factory=dict)
    """Statement id to CQC's page of it, where that is known, in the framework's order."""
    path: str = ""
    """Path of ``report.yml``, for problems."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """Key, or ``scores.<statement>``, to its line in ``report.yml``."""

    @property
    def withdrawn(self) -> Event | None:
        """The event that withdrew it; None while it stands. What is restored or regraded after that stands again."""
        return self.events[-1] if self.events and self.events[-1].what == "withdrawn" else None

    @property
    def regrades(self) -> tuple[Event, ...]:
        """The events that changed its figures, in order."""
        return tuple(event for event in self.events if event.what == "regraded")

    def scores_given(self, statement: str) -> frozenset[int]:
        """Return every score that the report gave a statement, then or now: its text may have the first one."""
        states = [self.scores, *(event.before.scores for event in self.events if event.before)]
        return frozenset(scores[statement] for scores in states if statement in scores)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A report's tagged statement page."""

    report: Report
    statement: str
    page: StatementPage
    passages: tuple[TaggedPassage, ...]


@dataclass(frozen=True, slots=True)
class Redirect:
    """Where the words of a passage went whose published id is no longer in the texts."""

    retired: str
    """Global id, ``<report>/<statement>/p-<8 hex>``, that was published and is gone."""
    successor: str
    """Global id of the passage that has its words now; empty when they are no longer in the text."""
    reason: str
    date: str
    """ISO day of the change."""
    line: int
    """Line of ``data/redirects.csv``."""


def text_path(report: str, statement: str) -> str:
    """Return where a report's text for a statement lies."""
    return f"data/reports/{report}/{statement}.txt"


def region_slug(region: str) -> str:
    """Return a region's name as it stands in addresses: ``yorkshire-and-the-humber``."""
    return re.sub(r"[^a-z0-9]+", "-", region.lower()).strip("-")
