"""The rules of themes and voices, made of the vocabulary's phrases and ready to be used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from operator import itemgetter

from build_scripts.model.evidence import Match
from build_scripts.model.problems import Problem
from build_scripts.model.vocabulary import Theme, Vocabulary, Voice
from build_scripts.model.weights import Weights
from build_scripts.tagging.book import PhraseBook
from build_scripts.tagging.features import Names
from build_scripts.tagging.matcher import Phrase, Text
from build_scripts.tagging.phrases import PhraseReader
from build_scripts.tagging.spans import Span, merged, overlapping


@dataclass(frozen=True)
class Rule:
    """What earns one theme or voice: any phrase, unless its match overlaps one of ``exclusions``."""

    id: str
    phrases: tuple[Phrase, ...]
    exclusions: tuple[Phrase, ...]
    weak: tuple[Phrase, ...] = ()
    """Phrases that earn only in company: of other words of the rule, another sentence, or the heading."""
    unless_told: tuple[Phrase, ...] = ()
    """Phrases that earn only where no other rule of the book has a match up to the end of their sentence."""
    unless_just_told: tuple[Phrase, ...] = ()
    """The same, where no other has one in their sentence, or an account in the one before."""
    named: tuple[Phrase, ...] = ()
    """Phrases for those who speak: where one opens a sentence and the next goes on with “They told us”, it earns."""
    broader: tuple[str, ...] = ()
    """Ids of the rules that what earns this one earns too."""

    @property
    def earning(self) -> tuple[Phrase, ...]:
        """All phrases that may earn it."""
        return (*self.phrases, *self.weak, *self.unless_told, *self.unless_just_told)

    @cached_property
    def weak_texts(self) -> frozenset[str]:
        """The weak phrases as they are written."""
        return frozenset(phrase.text for phrase in self.weak)

    @cached_property
    def waiting(self) -> Mapping[str, bool]:
        """The phrases that need silence as they are written, to whether any rule before takes theirs from them."""
        just = dict.fromkeys((phrase.text for phrase in self.unless_just_told), False)
        return just | dict.fromkeys((phrase.text for phrase in self.unless_told), True)


@dataclass(frozen=True)
class RuleBook:
    """The rules of all themes, or of all voices, ready to be used."""

    rules: tuple[Rule, ...] = field(repr=False)

    @cached_property
    def by_id(self) -> Mapping[str, Rule]:
        """The rules by their ids, in order."""
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {rule.id: number for number, rule in enumerate(self.rules)}

    def in_order(self, ids: Iterable[str]) -> list[str]:
        """Return the ids of rules in the order of these."""
        return sorted(ids, key=self._numbers.__getitem__)

    @cached_property
    def uses(self) -> Mapping[Phrase, Sequence[tuple[int, int]]]:
        """Phrase to the rules that it is of, by their numbers, and its place among what each of them finds.

        The place of an exclusion is -1.
        """
        uses: dict[Phrase, list[tuple[int, int]]] = defaultdict(list)
        for number, rule in enumerate(self.rules):
            for place, phrase in enumerate(rule.earning):
                uses[phrase].append((number, place))
            for phrase in rule.exclusions:
                uses[phrase].append((number, -1))
        return uses

    @cached_property
    def waiting(self) -> Mapping[str, Mapping[str, bool]]:
        """What :attr:`Rule.waiting` has, by the rules' ids."""
        return {rule.id: rule.waiting for rule in self.rules}

    @cached_property
    def named(self) -> Mapping[str, Sequence[Phrase]]:
        """What :attr:`Rule.named` has, by the rules' ids, of those that have any."""
        return {rule.id: rule.named for rule in self.rules if rule.named}

    def found(self, spans: Mapping[Phrase, Sequence[tuple[int, int]]]) -> dict[str, list[Match]]:
        """Return, by id, all that each rule finds and none of its exclusions overlaps.

        ``spans`` is where each phrase that a text has starts and ends there, those of other books too.
        """
        of_rules = sorted(
            ((*use, phrase) for phrase in spans if phrase in self.uses for use in self.uses[phrase]),
            key=itemgetter(0, 1),
        )
        found: dict[str, list[Match]] = {}
        for number, uses in groupby(of_rules, key=itemgetter(0)):
            excluded: list[Span] = []
            matches: list[Match] = []
            for _, place, phrase in uses:  # exclusions come first
                if place < 0:
                    excluded = merged((*excluded, *spans[phrase]))
                else:
                    matches += [
                        Match(*span, phrase.text)
                        for span in spans[phrase]
                        if not (excluded and overlapping(excluded, *span))
                    ]
            if matches:
                found[self.rules[number].id] = matches
        return found


@dataclass(frozen=True)
class Rules:
    """The rules of themes and of voices, whose word lists are others."""

    themes: RuleBook
    voices: RuleBook
    weights: Weights = field(default_factory=Weights)
    """What decides about the themes and voices that it knows; about all others, the rules alone."""

    @cached_property
    def _phrases(self) -> PhraseBook:
        return PhraseBook((*self.themes.uses, *self.voices.uses))

    def found(self, text: Text) -> tuple[dict[str, list[Match]], dict[str, list[Match]]]:
        """Return what the rules of themes find in a text, and what those of voices do, by id."""
        spans = self._phrases.find(text)
        return self.themes.found(spans), self.voices.found(spans)

    @cached_property
    def weighed_voices(self) -> frozenset[str]:
        """Ids of the voices that the weights decide about."""
        return frozenset(self.voices.by_id.keys() & self.weights.numbers.keys())

    @cached_property
    def names(self) -> Names:
        """The names of what the weights know of words."""
        return Names(self.weights.of)


def compile_rules(vocabulary: Vocabulary) -> tuple[Rules, tuple[Problem, ...]]:
    """Return the rules of the vocabulary, and a problem (EV306) for every phrase that cannot be read."""
    problems: list[Problem] = []
    themes = _compile(vocabulary.themes, vocabulary.theme_words, vocabulary.word_lines, problems)
    voices = _compile(vocabulary.voices, vocabulary.voice_words, vocabulary.word_lines, problems)
    return Rules(RuleBook(themes), RuleBook(voices)), tuple(problems)


def _compile(
    entries: Sequence[Theme | Voice],
    words: Mapping[str, Sequence[str]],
    lines: Mapping[tuple[str, str, str], int],
    problems: list[Problem],
) -> tuple[Rule, ...]:
    ids = {entry.id for entry in entries}
    parents = {entry.id: [id for id in entry.broader if id in ids] for entry in entries}
    path = entries[0].path if entries else ""
    reader = PhraseReader(_sound_words(path, words, lines, problems))

    def wider(id: str) -> tuple[str, ...]:
        return with_broader((id,), parents)[1:]

    def phrases(entry: Theme | Voice, texts: Iterable[str]) -> tuple[Phrase, ...]:
        compiled = []
        for text in texts:
            try:
                compiled.append(reader.read(text))
            except ValueError as error:
                line = entry.phrase_lines.get(text, entry.line)
                problems.append(_broken(entry.path, line, f"phrase {text!r} of {entry.id!r}", error))
        return tuple(compiled)

    return tuple(
        Rule(
            entry.id,
            phrases(entry, entry.phrases),
            phrases(entry, entry.exclusions),
            phrases(entry, entry.weak),
            phrases(entry, entry.unless_told),
            phrases(entry, entry.unless_just_told),
            phrases(entry, entry.named),
            wider(entry.id),
        )
        for entry in entries
    )


def _sound_words(
    path: str, words: Mapping[str, Sequence[str]], lines: Mapping[tuple[str, str, str], int], problems: list[Problem]
) -> dict[str, Sequence[str]]:
    """Return the word lists without what cannot be read in them, so that it is told once and not for each use."""
    alone: dict[str, Sequence[str]] = dict.fromkeys(words, ("word",))
    apart = PhraseReader(alone)
    sound: dict[str, Sequence[str]] = {}
    for name, items in words.items():
        kept = []
        for item in items:
            try:
                apart.read_item(item)
                kept.append(item)
            except ValueError as error:
                line = lines.get((path, name, item), 1)
                problems.append(_broken(path, line, f"item {item!r} of the word list <{name}>", error))
        sound[name] = kept or alone[name]
    together = PhraseReader(sound)
    for name in words:
        try:
            together.read(f"<{name}>")
        except ValueError as error:
            line = lines.get((path, name, words[name][0]), 1)
            problems.append(_broken(path, line, f"word list <{name}>", error))
            sound[name] = alone[name]
    return sound


def _broken(path: str, line: int, what: str, error: ValueError) -> Problem:
    mend = "see “How a rule is written” in docs/contribute/themes.md"
    return Problem(path, line, "EV306", f"{what}: {error}", mend)


def outermost(matches: Iterable[Match]) -> tuple[Match, ...]:
    """Return the matches in the order of the text, without those that lie inside another."""
    kept: list[Match] = []
    for match in sorted(matches, key=from_its_start):
        if not kept or match.end > kept[-1].end:
            kept.append(match)
    return tuple(kept)


def from_its_start(match: Match) -> tuple[int, int]:
    return match.start, -match.end


def with_broader(ids: Iterable[str], parents: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the ids and all that is broader than any of them, each once, a circle of ``broader`` included once."""
    result = list(dict.fromkeys(ids))
    for id in result:
        result += [parent for parent in parents.get(id, ()) if parent not in result]
    return tuple(result)
