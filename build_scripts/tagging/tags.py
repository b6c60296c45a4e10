"""Give passages their themes and voices, each with the words that earned it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from operator import itemgetter

from build_scripts.model.evidence import Heading, Match, Passage, Tag, TagCorrection, TaggedPassage
from build_scripts.model.problems import Problem
from build_scripts.model.vocabulary import Theme, Vocabulary, Voice
from build_scripts.tagging.matcher import Phrase, PhraseBook, Text
from build_scripts.tagging.passing import is_title, stretches
from build_scripts.tagging.phrases import PhraseReader
from build_scripts.tagging.telling import first_hand
from build_scripts.text.letters import fold


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
    """The same, where no other has one in their sentence or the one before."""
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

    rules: tuple[Rule, ...]

    @cached_property
    def _phrases(self) -> PhraseBook:
        return PhraseBook(phrase for rule in self.rules for phrase in (*rule.earning, *rule.exclusions))

    @cached_property
    def _uses(self) -> Mapping[str, Sequence[tuple[int, int]]]:
        """Phrase to the rules that it is of, by their numbers, and its place among what each of them finds.

        The place of an exclusion is -1.
        """
        uses: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, rule in enumerate(self.rules):
            for place, phrase in enumerate(rule.earning):
                uses[phrase.text].append((number, place))
            for phrase in rule.exclusions:
                uses[phrase.text].append((number, -1))
        return uses

    @cached_property
    def waiting(self) -> Mapping[str, Mapping[str, bool]]:
        """What :attr:`Rule.waiting` has, by the rules' ids."""
        return {rule.id: rule.waiting for rule in self.rules}

    def found(self, text: Text) -> dict[str, list[Match]]:
        """Return, by id, all that each rule finds in a text and none of its exclusions overlaps."""
        spans = self._phrases.find(text)
        of_rules = sorted((*use, phrase) for phrase in spans for use in self._uses[phrase])
        found: dict[str, list[Match]] = {}
        for number, uses in groupby(of_rules, key=itemgetter(0)):
            excluded: list[tuple[int, int]] = []
            matches: list[Match] = []
            for _, place, phrase in uses:  # exclusions come first
                if place < 0:
                    excluded += spans[phrase]
                else:
                    matches += [Match(*span, phrase) for span in spans[phrase] if not _overlaps(span, excluded)]
            if matches:
                found[self.rules[number].id] = matches
        return found


def _overlaps(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


@dataclass(frozen=True)
class Rules:
    """The rules of themes and of voices, whose word lists are others."""

    themes: RuleBook
    voices: RuleBook


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
                apart.read(item)
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


def tag_passages(
    passages: Iterable[Passage], rules: Rules, headings: Sequence[Heading] = ()
) -> tuple[TaggedPassage, ...]:
    """Return the passages with the themes and voices that their words earn, in the vocabulary's order.

    ``headings`` are those of the text; a passage knows the place of its own among them.
    """
    subjects = _of_headings(headings, rules)
    return tuple(_tagged(passage, rules, subjects) for passage in passages)


def _of_headings(headings: Sequence[Heading], rules: Rules) -> list[frozenset[str]]:
    """Return for each heading the ids of the themes' rules that have a match in it."""
    return [frozenset(rules.themes.found(Text(fold(heading.text)))) for heading in headings]


def _tagged(
    passage: Passage, rules: Rules, subjects: Sequence[frozenset[str]], removed: Collection[str] = ()
) -> TaggedPassage:
    text = Text(fold(passage.text))
    themes, mentions = _themes(text, rules.themes, _subjects(passage, subjects), removed)
    return TaggedPassage(passage, themes, _voices(text, rules.voices, removed), mentions)


def _subjects(passage: Passage, subjects: Sequence[frozenset[str]]) -> frozenset[str]:
    """Return the ids of the rules that have a match in the heading which the passage stands under."""
    return frozenset() if passage.heading is None or not subjects else subjects[passage.heading]


def _themes(
    text: Text, book: RuleBook, subjects: frozenset[str], removed: Collection[str]
) -> tuple[tuple[Tag, ...], tuple[Tag, ...]]:
    """Return the themes that the text is about, and those that it only mentions.

    The rules ``removed`` find nothing, and nothing earns these.
    """
    earned: dict[str, list[Match]] = defaultdict(list)
    named: dict[str, list[Match]] = defaultdict(list)
    matches = book.found(text)
    passing = stretches(text) if matches else ()
    for rule in book.rules:
        if rule.id not in matches or rule.id in removed:
            continue
        told = _told(matches[rule.id], passing, text)
        is_about = told and (rule.id in subjects or _is_enough(rule, told, text))
        for id in (rule.id, *rule.broader):
            if is_about:
                earned[id] += told
            else:
                named[id] += matches[rule.id]
    for id in earned:
        named.pop(id, None)
    first_end = _sentence_end(text, 0)
    about = (replace(tag, narrow=_is_narrow(tag, first_end)) for tag in _tags(earned, book, removed))
    return tuple(about), _tags(named, book, removed)


def _is_narrow(tag: Tag, first_end: int) -> bool:
    """Return whether the words of a theme stand in one place, behind the sentence that ends here.

    In 165 passages that the rules were not made with, 45% of such themes were right, 78% of all others.
    """
    return len(tag.matches) == 1 and tag.matches[0].start >= first_end


def _voices(text: Text, book: RuleBook, removed: Collection[str]) -> tuple[Tag, ...]:
    """Return the voices that the text reports, when the rules ``removed`` find nothing."""
    found = {id: matches for id, matches in book.found(text).items() if id not in removed}
    return _tags(first_hand(text, found, book.waiting), book, removed)


def _sentence_end(text: Text, place: int) -> int:
    """Return where the sentence ends that this place stands in."""
    following = bisect_right(text.sentences, place)
    return text.sentences[following] if following < len(text.sentences) else len(text.folded)


def _tags(matches: Mapping[str, Iterable[Match]], book: RuleBook, removed: Collection[str]) -> tuple[Tag, ...]:
    return tuple(
        Tag(rule.id, _outermost(matches[rule.id]))
        for rule in book.rules
        if rule.id in matches and rule.id not in removed
    )


def _told(matches: Sequence[Match], passing: Sequence[tuple[int, int]], text: Text) -> list[Match]:
    """Return the matches without those that only name something in passing.

    A list that names a theme twice is about it.
    """
    only_named: set[Match] = set()
    for start, end in passing:
        inside = [match for match in matches if start <= match.start and match.end <= end]
        if len(_outermost(inside)) == 1:
            only_named.update(inside)
    return [match for match in matches if match not in only_named and not is_title(text, match.start, match.end)]


def _is_enough(rule: Rule, matches: Sequence[Match], text: Text) -> bool:
    """Return whether the matches earn their theme: one that is not weak, or weak ones that keep company.

    These stand in two sentences, or are two phrases apart from one another.
    """
    if any(match.phrase not in rule.weak_texts for match in matches):
        return True
    if len({bisect_right(text.sentences, match.start) for match in matches}) > 1:
        return True
    first, last = min(matches, key=_ends), max(matches, key=_starts)
    return first.end <= last.start and len({match.phrase for match in _outermost(matches)}) > 1


def _starts(match: Match) -> int:
    return match.start


def _ends(match: Match) -> int:
    return match.end


def _outermost(matches: Iterable[Match]) -> tuple[Match, ...]:
    """Return the matches in the order of the text, without those that lie inside another."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda match: (match.start, -match.end)):
        if not kept or match.end > kept[-1].end:
            kept.append(match)
    return tuple(kept)


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
    rules: Rules,
    headings: Sequence[Heading] = (),
) -> tuple[TaggedPassage, ...]:
    """Return the passages with the contributor's corrections of this statement's tags applied.

    What is added brings its broader themes with it, as what a rule gives does, unless a correction removes them. What
    is removed earns its broader themes no more; these stay where their own phrases, or what stays, earn them.
    """
    by_passage: dict[str, list[TagCorrection]] = defaultdict(list)
    for correction in corrections:
        by_passage[correction.passage].append(correction)
    subjects = _of_headings(headings, rules) if by_passage else []

    def corrected(item: TaggedPassage) -> TaggedPassage:
        own = by_passage[f"{statement}/{item.passage.id}"]
        removed = {id for correction in own for id in correction.remove}
        left = _tagged(item.passage, rules, subjects, removed) if removed else item
        themes = _added(left.themes, own, removed, rules.themes.rules)
        return TaggedPassage(
            item.passage,
            themes,
            _added(left.voices, own, removed, rules.voices.rules),
            tuple(tag for tag in left.mentions if tag.id not in {theme.id for theme in themes}),
        )

    return tuple(map(corrected, tagged))


def _added(
    tags: Iterable[Tag], corrections: Iterable[TagCorrection], removed: Collection[str], rules: Sequence[Rule]
) -> tuple[Tag, ...]:
    """Return the tags with those that corrections add, in the order of the rules."""
    parents = {rule.id: rule.broader for rule in rules}
    result = {tag.id: tag for tag in tags}
    for correction in corrections:
        for id in with_broader(correction.add, parents):
            if id in correction.add or id not in removed:
                result.setdefault(id, Tag(id, (), correction.why))
    return tuple(result[id] for id in parents if id in result)
