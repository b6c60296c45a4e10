"""Give passages their themes and voices, each with the words that earned it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from build_scripts.model.evidence import Heading, Passage, Tag, TagCorrection, TaggedPassage
from build_scripts.tagging.matcher import Text
from build_scripts.tagging.rules import Rule, Rules, with_broader
from build_scripts.tagging.themes import look, themes_of
from build_scripts.tagging.voices import voices_of
from build_scripts.text.letters import fold


def tag_passages(
    passages: Iterable[Passage], rules: Rules, headings: Sequence[Heading] = (), statement: str = ""
) -> tuple[TaggedPassage, ...]:
    """Return the passages with the themes and voices that their words earn, in the vocabulary's order.

    ``headings`` are those of the text; a passage knows the place of its own among them. ``statement`` is what the text
    is on.
    """
    subjects = _of_headings(headings, rules)
    return tuple(_tagged(passage, rules, subjects, statement) for passage in passages)


def _of_headings(headings: Sequence[Heading], rules: Rules) -> list[frozenset[str]]:
    """Return for each heading the ids of the themes' rules that have a match in it."""
    return [frozenset(rules.found(Text(fold(heading.text)))[0]) for heading in headings]


def _tagged(
    passage: Passage, rules: Rules, subjects: Sequence[frozenset[str]], statement: str, removed: Collection[str] = ()
) -> TaggedPassage:
    text = Text(fold(passage.text))
    seen = look(text, rules, removed)
    themes, mentions = themes_of(text, seen, rules, _subjects(passage, subjects), statement, removed)
    return TaggedPassage(passage, themes, voices_of(text, seen.voices, rules, removed), mentions)


def _subjects(passage: Passage, subjects: Sequence[frozenset[str]]) -> frozenset[str]:
    """Return the ids of the rules that have a match in the heading which the passage stands under."""
    return frozenset() if passage.heading is None or not subjects else subjects[passage.heading]


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
        own = by_passage.get(f"{statement}/{item.passage.id}")
        if not own:
            return item
        removed = {id for correction in own for id in correction.remove}
        left = _tagged(item.passage, rules, subjects, statement, removed) if removed else item
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
