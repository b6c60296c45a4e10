"""Read the judged queries of ``tests/gold/``: who asks what, and what should come first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from build_scripts.model.evidence import region_slug
from build_scripts.model.vocabulary import Vocabulary

OPEN, HELD = "queries.yml", "queries-held.yml"
"""Queries that whoever tunes the search may look at, and those that are only measured."""

ASKERS = (
    "officer", "director", "councillor", "commissioner", "voluntary", "researcher", "journalist", "carer", "resident"
)  # fmt: skip
"""Who asks: the people of the design page."""

KINDS = ("name", "other")

ANYTHING = "anything"
NOTHING = "nothing"
PASSAGE = "passage"

Card = tuple[str, str]
"""Kind and id of a card: ``("authority", "leeds")``."""


@dataclass(frozen=True, slots=True)
class Query:
    """One query with what was judged of it. README.md beside the queries says what each part means."""

    text: str
    who: str
    kind: str
    first: tuple[Card | str, ...]
    """What may stand at the first place: cards, or one of the words above; empty where that is not judged."""
    about: tuple[frozenset[str], ...]
    """Themes that a good passage is about: one of each set."""
    voices: frozenset[str]
    """Voices of which the best passages report one."""
    within: Mapping[str, str]
    """Facet to the value that a passage must have."""
    passages: Mapping[str, int]
    """Ids of passages of the real texts to what they are worth, 1 to 3."""
    suggestions: tuple[str, ...]
    """What may be suggested instead; anything else is wrong."""
    wrong: tuple[Card, ...]
    """Cards that must not be shown."""


def read_queries(path: Path, vocabulary: Vocabulary) -> tuple[Query, ...]:
    """Return the queries of a file, in its order.

    Raises ``ValueError`` with the file's name, the query and what is wrong with it, where one names what is not in
    ``data/`` or has a part that is not known.
    """
    known = _known(vocabulary)
    found: list[Query] = []
    for item in yaml.safe_load(path.read_text("utf-8"))["queries"]:
        try:
            found.append(_query(item, known))
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{path.name}: {item.get('query')!r}: {error}") from error
    return tuple(found)


def _query(item: Mapping[str, Any], known: Mapping[str, Sequence[str]]) -> Query:
    parts = {"query", "who", "kind", "first", "about", "voice", "within", "passages", "suggestion", "not"}
    if strange := item.keys() - parts:
        raise ValueError(f"unknown part {', '.join(sorted(strange))}")
    _member(item["who"], ASKERS)
    _member(item["kind"], KINDS)
    first = tuple(each if isinstance(each, str) else _card(each, known) for each in item.get("first", ()))
    for each in first:
        if isinstance(each, str):
            _member(each, (PASSAGE, NOTHING, ANYTHING))
    named = {kind: [card[1] for card in first if card[0] == kind] for kind in ("authority", "theme", "voice")}
    about = item.get("about", ["/".join(named["theme"])] if named["theme"] else [])
    voices = item.get("voice", named["voice"] if not named["theme"] and len(named["voice"]) == 1 else [])
    within = item.get("within", {"authority": named["authority"][0]} if len(named["authority"]) == 1 else {})
    for facet, value in within.items():
        _member(value, known[facet])
    for worth in item.get("passages", {}).values():
        _member(worth, (1, 2, 3))
    return Query(
        text=item["query"],
        who=item["who"],
        kind=item["kind"],
        first=first,
        about=tuple(frozenset(_member(id, known["theme"]) for id in each.split("/")) for each in about),
        voices=frozenset(_member(id, known["voice"]) for id in voices),
        within=within,
        passages=item.get("passages", {}),
        suggestions=tuple(item.get("suggestion", ())),
        wrong=tuple(_card(each, known) for each in item.get("not", ())),
    )


def _card(item: Mapping[str, str], known: Mapping[str, Sequence[str]]) -> Card:
    ((kind, id),) = item.items()
    _member(id, known[kind])
    return kind, id


def _known(vocabulary: Vocabulary) -> Mapping[str, Sequence[str]]:
    """Return kind of card or facet to its ids."""
    return {
        "authority": [authority.slug for authority in vocabulary.authorities],
        "region": sorted({region_slug(authority.region) for authority in vocabulary.authorities}),
        "statement": [statement.id for statement in vocabulary.framework.statements],
        "theme": [theme.id for theme in vocabulary.themes],
        "voice": [voice.id for voice in vocabulary.voices],
        "rating": [band.name for band in vocabulary.framework.ratings],
        "score": [str(score) for score in vocabulary.framework.score_labels],
    }


def _member(value: Any, of: Sequence[Any]) -> Any:
    """Return a value that is one of these; raise ``ValueError`` otherwise."""
    if value not in of:
        raise ValueError(f"{value!r} is none of {', '.join(map(str, of))}")
    return value
