"""Decide whose evidence a passage reports."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from build_scripts.model.evidence import Match, Tag
from build_scripts.tagging.features import EVERY, Names, features_of_voices
from build_scripts.tagging.matcher import Text
from build_scripts.tagging.rules import Rules, outermost
from build_scripts.tagging.telling import first_hand, is_object
from build_scripts.tagging.weigh import HEARD, LEAST_OF_VOICE, weigh, words_for


def voices_of(
    text: Text, found: Mapping[str, Sequence[Match]], rules: Rules, removed: Collection[str] = frozenset()
) -> tuple[Tag, ...]:
    """Return the voices that a text reports, in the order of the rules; none of those that are ``removed``.

    Where weights were learned for a voice they decide; where none were, its rule does. A voice is shown with the words
    of its rule, or else those that weigh most; where no word weighs anything to speak of there is none.

    :param found: voice to what its rule finds in the text
    """
    spoken = _spoken(text, found, rules, removed)
    weighed = rules.weighed_voices.difference(removed)
    earned = {id: words for id, words in spoken.items() if id not in weighed}
    if weighed:
        has = features_of_voices(text, _told(text, found, spoken, rules), rules.names)
        for id, _ in weigh(has, rules.weights, HEARD):
            if id in weighed:
                earned[id] = spoken.get(id) or words_for(id, has, rules.weights, LEAST_OF_VOICE)
    return tuple(Tag(id, outermost(earned[id])) for id in rules.voices.in_order(earned) if earned[id])


def features(
    text: Text, found: Mapping[str, Sequence[Match]], rules: Rules, names: Names = EVERY
) -> dict[str, tuple[int, int]]:
    """Return what is weighed of a text for its voices; of its words, the features with these names."""
    return features_of_voices(text, _told(text, found, _spoken(text, found, rules, ()), rules), names)


def _spoken(
    text: Text, found: Mapping[str, Sequence[Match]], rules: Rules, removed: Collection[str]
) -> dict[str, list[Match]]:
    """Return what each voice tells first hand, as the rules have it."""
    book = rules.voices
    named = {id: phrases for id, phrases in book.named.items() if id not in removed} if removed else book.named
    return first_hand(text, found, book.waiting, named)


def _told(
    text: Text, found: Mapping[str, Sequence[Match]], spoken: Mapping[str, Sequence[Match]], rules: Rules
) -> dict[str, str]:
    """Return what the rules make of each voice that has a match: it ``speaks``, is an ``object``, or is ``named``.

    Records and figures are nobody who could be the subject.
    """

    def how(id: str) -> str:
        if id not in spoken:
            return "named"
        no_subject = id in rules.voices.named and all(is_object(text, match) for match in spoken[id])
        return "object" if no_subject else "speaks"

    return {id: how(id) for id in dict.fromkeys((*found, *spoken))}
