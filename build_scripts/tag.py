"""Give passages their themes and voices, each with the words that earned it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from build_scripts.model import Match, Passage, Tag, TagCorrection, TaggedPassage
from build_scripts.phrases import KEY_LENGTH, Phrase, compile_phrase, fold
from build_scripts.problems import Problem
from build_scripts.vocabulary import Theme, Vocabulary, Voice

_WORD_STARTS = re.compile(r"\b\w+")


@dataclass(frozen=True, slots=True)
class Rule:
    """What earns one theme or voice: any phrase, unless its match overlaps one of ``exclusions``."""

    id: str
    phrases: tuple[Phrase, ...]
    exclusions: tuple[Phrase, ...]
    broader: tuple[str, ...] = ()
    """Ids of the rules that what earns this one earns too."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of all themes and voices, ready to be used."""

    themes: tuple[Rule, ...]
    voices: tuple[Rule, ...]


def compile_rules(vocabulary: Vocabulary) -> tuple[Rules, tuple[Problem, ...]]:
    """Return the rules of the vocabulary, and a problem (EV306) for every phrase that cannot be read."""
    problems: list[Problem] = []
    themes = _compile(vocabulary.themes, vocabulary.theme_words, problems)
    voices = _compile(vocabulary.voices, vocabulary.voice_words, problems)
    return Rules(themes, voices), tuple(problems)


def _compile(
    entries: Sequence[Theme | Voice], words: Mapping[str, Sequence[str]], problems: list[Problem]
) -> tuple[Rule, ...]:
    parents = {entry.id: entry.broader for entry in entries}

    def wider(id: str) -> tuple[str, ...]:
        return with_broader((id,), parents)[1:]

    def phrases(entry: Theme | Voice, texts: Iterable[str]) -> tuple[Phrase, ...]:
        compiled = []
        for text in texts:
            try:
                compiled.append(compile_phrase(text, words))
            except ValueError as error:
                mend = "see “How a rule is written” in docs/contribute/themes.md"
                what = f"phrase {text!r} of {entry.id!r}: {error}"
                problems.append(Problem(entry.path, entry.line, "EV306", what, mend))
        return tuple(compiled)

    return tuple(
        Rule(entry.id, phrases(entry, entry.phrases), phrases(entry, entry.exclusions), wider(entry.id))
        for entry in entries
    )


def tag_passages(passages: Iterable[Passage], rules: Rules) -> tuple[TaggedPassage, ...]:
    """Return the passages with the themes and voices that their words earn, in the vocabulary's order."""
    return tuple(
        TaggedPassage(passage, _earned(passage.text, rules.themes), _earned(passage.text, rules.voices))
        for passage in passages
    )


def _earned(text: str, rules: Sequence[Rule]) -> tuple[Tag, ...]:
    folded = fold(text)
    # Trying every phrase on every passage costs minutes at national scale; most cannot even begin here.
    starts = {word[:length].lower() for word in _WORD_STARTS.findall(folded) for length in range(1, KEY_LENGTH + 1)}
    found: dict[str, list[Match]] = {rule.id: [] for rule in rules}
    for rule in rules:
        matches = _matches(folded, rule, starts)
        for id in (rule.id, *rule.broader):
            found[id] += matches
    return tuple(Tag(id, _outermost(matches)) for id, matches in found.items() if matches)


def _matches(folded: str, rule: Rule, starts: set[str]) -> list[Match]:
    """Return all that the rule finds and none of its exclusions overlaps."""
    found = list(_spans(folded, rule.phrases, starts))
    excluded = list(_spans(folded, rule.exclusions, starts)) if found else []
    return [
        match for match in found if not any(match.start < other.end and other.start < match.end for other in excluded)
    ]


def _outermost(matches: Iterable[Match]) -> tuple[Match, ...]:
    """Return the matches in the order of the text, without those that lie inside another."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda match: (match.start, -match.end)):
        if not kept or match.end > kept[-1].end:
            kept.append(match)
    return tuple(kept)


def _spans(folded: str, phrases: Iterable[Phrase], starts: set[str]) -> Iterable[Match]:
    for phrase in phrases:
        if phrase.keys.isdisjoint(starts) and phrase.keys:
            continue
        for found in phrase.pattern.finditer(folded):
            yield Match(found.start(), found.end(), phrase.text)


def with_broader(ids: Iterable[str], parents: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the ids and all that is broader than any of them, each once, a circle of ``broader`` included once."""
    result = list(dict.fromkeys(ids))
    for id in result:
        result += [parent for parent in parents.get(id, ()) if parent not in result]
    return tuple(result)


def correct_tags(
    tagged: Sequence[TaggedPassage],
    statement: str,
    corrections: Iterable[TagCorrection],
    vocabulary: Vocabulary,
) -> tuple[TaggedPassage, ...]:
    """Return the passages with the contributor's corrections of this statement's tags applied.

    What is added brings its broader themes with it, as what a rule gives does, unless a correction removes them.
    """
    by_passage: dict[str, list[TagCorrection]] = defaultdict(list)
    for correction in corrections:
        by_passage[correction.passage].append(correction)

    def corrected(tags: tuple[Tag, ...], passage: str, parents: Mapping[str, Sequence[str]]) -> tuple[Tag, ...]:
        removed = {id for correction in by_passage[passage] for id in correction.remove}
        result = {tag.id: tag for tag in tags if tag.id not in removed}
        for correction in by_passage[passage]:
            for id in with_broader(correction.add, parents):
                if id in correction.add or id not in removed:
                    result.setdefault(id, Tag(id, (), correction.why))
        return tuple(result[id] for id in parents if id in result)

    themes = {theme.id: theme.broader for theme in vocabulary.themes}
    voices = {voice.id: voice.broader for voice in vocabulary.voices}
    return tuple(
        TaggedPassage(
            item.passage,
            corrected(item.themes, f"{statement}/{item.passage.id}", themes),
            corrected(item.voices, f"{statement}/{item.passage.id}", voices),
        )
        for item in tagged
    )
