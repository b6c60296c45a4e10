"""The controlled words: framework, themes, voices and authorities, made from the files that hold them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from build_scripts.model.evidence import Authority

AUTHORITY_TYPES = {
    "london-borough": "London borough",
    "metropolitan-borough": "Metropolitan borough",
    "county": "County",
    "unitary": "Unitary council",
}
"""Type of authority to its name; the City of London and the Isles of Scilly stand with the nearest type."""

SCORES = range(1, 5)
"""CQC's scores; the framework has the words for each."""


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
    plain: str = ""
    """What it is about and what a 2 means, in short sentences for people who draw on care; empty if there are none."""


@dataclass(frozen=True, slots=True)
class RatingBand:
    """The percentages, both ends included, that give a rating."""

    name: str
    lowest: int
    highest: int


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the framework: the rules under which a report was rated."""

    id: str
    name: str
    method: str
    """What to know of its method where scores are compared, as sentences."""
    since: str = ""
    """ISO month from which reports are rated under it; empty for the first."""
    ratings: tuple[RatingBand, ...] = ()
    """Its own rating bands, where they are not those of the framework."""


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
    """Lines that speak of the page itself, e.g. ``Downloads``; ``*`` at the end stands for more words."""
    place_lines: tuple[str, ...]
    """Places of CQC's site that its navigation names, e.g. ``Home``; a sub-heading may have the same words."""
    versions: tuple[Version, ...] = ()
    """The first one first."""

    def in_use(self, published: str) -> tuple[Version, ...]:
        """Return the versions of which a report of this ISO day or month can be."""
        return (*self.versions[:1], *(each for each in self.versions[1:] if each.since and each.since <= published))

    def version(self, id: str) -> Version | None:
        """Return the version with this id."""
        return next((version for version in self.versions if version.id == id), None)

    def under(self, id: str) -> Framework:
        """Return the framework with the rating bands of a version; as it is where that has none of its own."""
        version = self.version(id)
        return replace(self, ratings=version.ratings) if version and version.ratings else self

    @property
    def short_labels(self) -> Mapping[int, str]:
        """Score to the words of its label that no other begins with, article left out, e.g. ``good standard``."""
        words = {score: label.split() for score, label in self.score_labels.items()}
        shared = next((n for n, of_place in enumerate(zip(*words.values(), strict=False)) if len({*of_place}) > 1), 0)
        own = {score: of_label[shared:] for score, of_label in words.items()}
        return {score: " ".join(own[score][own[score][:1] in (["a"], ["an"]) :]) for score in words}

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
    """Phrases that earn the theme only beside other words of it, in another sentence or in the heading."""
    unless_told: tuple[str, ...] = ()
    """Phrases that earn the voice only where no other voice has spoken up to the end of their sentence."""
    unless_just_told: tuple[str, ...] = ()
    """Phrases that earn the voice only where no other voice speaks in their sentence or gives an account before."""
    named: tuple[str, ...] = ()
    """Phrases for those who have the voice: where one opens a sentence, “They told us” in the next is theirs."""
    plain: str = ""
    """What it is about, in two or three short sentences for people who draw on care; empty where nobody wrote them."""
    counts: str = ""
    """An example of what counts, in quotation marks and with a word on why where that helps."""
    does_not_count: str = ""
    settled: str = ""
    """What was decided where readers differed."""
    broader: tuple[str, ...] = ()
    """Ids of wider entries: what earns this one earns them too."""
    phrase_lines: Mapping[str, int] = field(default_factory=dict)
    """Phrase or exclusion to its line."""

    @property
    def about(self) -> str:
        """What it is about, for any reader: in plain words, or by its definition."""
        return self.plain or self.definition


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
