"""Decide which themes a passage is about, and which it only mentions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from build_scripts.model.evidence import Match, Tag
from build_scripts.tagging.features import EVERY, Names, features_of
from build_scripts.tagging.matcher import Text
from build_scripts.tagging.passing import is_title, stretches
from build_scripts.tagging.rules import Rule, Rules, from_its_start, outermost
from build_scripts.tagging.spans import Span, merged
from build_scripts.tagging.weigh import CLEAR, weigh, words_for


def themes_of(
    text: Text, seen: Look, rules: Rules, subjects: frozenset[str], statement: str, removed: Collection[str] = ()
) -> tuple[tuple[Tag, ...], tuple[Tag, ...]]:
    """Return the themes that a text is about, and those that it only mentions, in the order of the rules.

    Where weights were learned for a theme they decide; where none were, its rule does. What earns a theme earns its
    broader ones. Nothing earns those that are ``removed``.

    :param seen: what the rules find in the text
    :param subjects: ids of the rules that have a match in the heading over the text
    :param statement: id of the quality statement that the text is on
    """
    earned: dict[str, list[Match]] = defaultdict(list)
    likely: dict[str, float] = {}
    for decision in (*_ruled(text, rules, seen, subjects), *_weighed(text, rules, seen, statement)):
        for id in (decision.rule.id, *decision.rule.broader):
            earned[id] += decision.words
            if decision.likelihood is not None:
                likely[id] = max(decision.likelihood, likely.get(id, 0))
    named: dict[str, list[Match]] = defaultdict(list)
    for found, matches in seen.found.items():
        for id in (found, *rules.themes.by_id[found].broader):
            if id not in earned:
                named[id] += matches
    first_end = text.sentence_end(0)
    about = ((id, outermost(earned[id])) for id in rules.themes.in_order(earned) if id not in removed)
    return (
        tuple(Tag(id, words, narrow=_is_narrow(words, likely.get(id), first_end)) for id, words in about),
        tuple(Tag(id, outermost(named[id])) for id in rules.themes.in_order(named) if id not in removed),
    )


@dataclass(frozen=True, slots=True)
class Look:
    """What the rules find in a text."""

    voices: Mapping[str, Sequence[Match]]
    """Voice to all that its rule finds."""
    found: Mapping[str, Sequence[Match]]
    """Theme to all that its rule finds."""
    told: Mapping[str, Sequence[Match]]
    """The same without what only names it in passing."""
    passing: Sequence[Span]
    """The stretches of the text that name things in passing, ``merged``."""


def look(text: Text, rules: Rules, removed: Collection[str] = ()) -> Look:
    """Return what the rules find in a text; those that are ``removed`` find nothing."""
    themes, voices = (
        {id: matches for id, matches in found.items() if id not in removed} for found in rules.found(text)
    )
    passing = stretches(text)
    return Look(voices, themes, {id: _told(matches, passing, text) for id, matches in themes.items()}, merged(passing))


def features(text: Text, seen: Look, rules: Rules, statement: str, names: Names = EVERY) -> dict[str, tuple[int, int]]:
    """Return what a text has that is on this statement; of its words, the features with these names."""
    by_id = rules.themes.by_id
    found = {id: (matches, seen.told[id], by_id[id].weak_texts) for id, matches in seen.found.items()}
    return features_of(text, found, seen.passing, statement, names)


def _is_narrow(words: Sequence[Match], likelihood: float | None, first_end: int) -> bool:
    """Return whether there is doubt about a theme: its likelihood is low.

    Where it has none, because only a rule gave it, its words stand in one place behind the sentence that ends here.
    """
    if likelihood is not None:
        return likelihood < CLEAR
    return len(words) == 1 and words[0].start >= first_end


@dataclass(frozen=True, slots=True)
class _Decision:
    """A theme that a text is about, the words that say so, and how likely it is where that was weighed."""

    rule: Rule
    words: Sequence[Match]
    likelihood: float | None = None


def _ruled(text: Text, rules: Rules, seen: Look, subjects: frozenset[str]) -> Iterator[_Decision]:
    """Yield the themes without weights that their rules give."""
    for id, words in seen.told.items():
        rule = rules.themes.by_id[id]
        if words and id not in rules.weights.numbers and (id in subjects or _is_enough(rule, words, text)):
            yield _Decision(rule, words)


def _weighed(text: Text, rules: Rules, seen: Look, statement: str) -> Iterator[_Decision]:
    """Yield the themes that the weights give, with the words of their rules, or else those that weigh most."""
    if not rules.weights.ids:
        return
    has = features(text, seen, rules, statement, rules.names)
    for id, likelihood in weigh(has, rules.weights):
        if id in rules.themes.by_id:
            words = seen.told.get(id) or words_for(id, has, rules.weights)
            if words:
                yield _Decision(rules.themes.by_id[id], words, likelihood)


def _told(matches: Sequence[Match], passing: Sequence[Span], text: Text) -> list[Match]:
    """Return the matches without those that only name something in passing.

    A list that names a theme twice is about it.
    """
    in_order = sorted(matches, key=from_its_start)
    only_named = {match for span in passing for match in _alone(in_order, *span)}
    return [match for match in matches if match not in only_named and not is_title(text, match.start, match.end)]


def _alone(matches: Sequence[Match], start: int, end: int) -> list[Match]:
    """Return those of the matches, which are in order, that stand in a stretch, where all lie inside one of them."""
    inside: list[Match] = []
    for at in range(bisect_left(matches, start, key=_starts), len(matches)):
        match = matches[at]
        if match.start >= end:
            break
        if match.end > end:
            continue
        if inside and match.end > inside[0].end:
            return []
        inside.append(match)
    return inside


def _is_enough(rule: Rule, matches: Sequence[Match], text: Text) -> bool:
    """Return whether the matches earn their theme: one that is not weak, or weak ones that keep company.

    These stand in two sentences, or are two phrases apart from one another.
    """
    if any(match.phrase not in rule.weak_texts for match in matches):
        return True
    if len({bisect_right(text.sentences, match.start) for match in matches}) > 1:
        return True
    first, last = min(matches, key=_ends), max(matches, key=_starts)
    return first.end <= last.start and len({match.phrase for match in outermost(matches)}) > 1


def _starts(match: Match) -> int:
    return match.start


def _ends(match: Match) -> int:
    return match.end
