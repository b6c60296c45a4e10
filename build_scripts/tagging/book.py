"""Find many phrases in a text at once: each is tried only where all that it needs comes after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from build_scripts.tagging.matcher import DIGIT, Choice, Phrase, Text
from build_scripts.tagging.met import Met

RARE = 4
"""From how many letters on a word is rare enough to be looked for beside another."""

HEAD = 3
"""By how many of their first letters the letters that open words are looked up."""


class PhraseBook:
    """Many phrases, to be found in a text at once.

    Each choice that some phrase needs is a bit, so that many of them are one integer; the rarer a choice, the higher.
    """

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._by_token: dict[str, list[Phrase | Choice]] = defaultdict(list)
        self._by_prefix: dict[str, list[Phrase | Choice]] = defaultdict(list)
        needs = {phrase: _needs(phrase) for phrase in phrases}
        choices = dict.fromkeys(choice for needed in needs.values() for choice in needed)
        self._bits = {choice: 1 << bit for bit, choice in enumerate(sorted(choices, key=_rareness))}
        self._needs = {phrase: sum(self._bits[choice] for choice in needed) for phrase, needed in needs.items()}
        self._anywhere = [phrase for phrase in needs if phrase.chain.opening.anywhere]
        for phrase in needs:
            if not phrase.chain.opening.anywhere:
                self._enter(phrase, phrase.chain.first)
        for choice in self._bits:
            self._enter(choice, choice)
        self._heads: dict[str, list[str]] = defaultdict(list)
        for prefix in self._by_prefix:
            self._heads[prefix[:HEAD]].append(prefix)
        self._begins = Met(self._look_up)

    def _enter(self, what: Phrase | Choice, choice: Choice) -> None:
        for token in choice.opening.tokens:
            self._by_token[token].append(what)
        for prefix in choice.opening.prefixes:
            self._by_prefix[prefix].append(what)

    def _look_up(self, token: str) -> _Begins | None:
        """Return what can begin with a word of a text, None where nothing does, as with most words."""
        found = dict.fromkeys(self._by_token.get(token, ()))
        for length in range(1, HEAD + 1):
            for prefix in self._heads.get(token[:length], ()):
                if token.startswith(prefix):
                    found.update(dict.fromkeys(self._by_prefix[prefix]))
        if token[0].isdecimal():
            found.update(dict.fromkeys(self._by_prefix.get(DIGIT, ())))
        if not found:
            return None
        alone: list[Phrase] = []
        beside: dict[int, list[tuple[Phrase, int]]] = defaultdict(list)
        choices = 0
        for each in found:
            if isinstance(each, Choice):
                choices |= self._bits[each]
            elif needed := self._needs[each]:
                beside[needed.bit_length()].append((each, needed))
            else:
                alone.append(each)
        return _Begins(tuple(alone), sum(1 << (last - 1) for last in beside), dict(beside), choices)

    def find(self, text: Text) -> dict[Phrase, list[tuple[int, int]]]:
        """Return where each phrase that a text has starts and ends there, in order, none overlapping itself."""
        starts: dict[Phrase, list[int]] = defaultdict(list)
        in_all = 0
        for sentence in text.parts:
            in_all |= self._look(sentence, starts)
        found = {phrase: phrase.spans(text, sorted(places)) for phrase, places in starts.items()}
        for phrase in self._anywhere:
            if not self._needs[phrase] & ~in_all:
                found[phrase] = phrase.spans(text)
        return {phrase: spans for phrase, spans in found.items() if spans}

    def _look(self, sentence: Sequence[tuple[int, str]], starts: Mapping[Phrase, list[int]]) -> int:
        """Note where phrases may start in a sentence, the last first; return the choices that may begin in it."""
        behind = 0
        for place, token in reversed(sentence):
            begins = self._begins[token]
            if begins is None:
                continue
            alone, rarest, beside, choices = begins
            for phrase in alone:
                starts[phrase].append(place)
            there = rarest & behind if rarest else 0
            while there:
                last = there.bit_length()
                there ^= 1 << (last - 1)
                for phrase, needed in beside[last]:
                    if needed & behind == needed:
                        starts[phrase].append(place)
            if choices:
                behind |= choices
        return behind


class _Begins(NamedTuple):
    """What can begin with one word of a text."""

    alone: tuple[Phrase, ...]
    """Phrases that need nothing else."""
    rarest: int
    """Of what each of the others needs, the rarest choice."""
    beside: Mapping[int, Sequence[tuple[Phrase, int]]]
    """The number of that bit, from 1, to the phrases and all that each of them needs."""
    choices: int


def _needs(phrase: Phrase) -> list[Choice]:
    """Return choices that must begin somewhere behind the place where a phrase starts."""
    rest = () if phrase.chain.has_stop else phrase.chain.rest
    needed = [choice for choice in dict.fromkeys(choice for _, choice in rest) if not choice.opening.anywhere]
    # Words such as "of" stand in most sentences: to look for them costs more than it saves.
    return [choice for choice in needed if _rareness(choice)[0] >= RARE] or needed


def _rareness(choice: Choice) -> tuple[int, int]:
    """Return what is greater the rarer the words are with which a choice can begin: long words are, and single ones."""
    words = choice.opening.words
    return min(map(len, words), default=0), -len(words)
