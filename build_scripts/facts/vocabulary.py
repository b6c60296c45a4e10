"""``themes.yml`` and ``voices.yml`` to the vocabulary, and where they contradict themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from build_scripts.facts.framework import repeats
from build_scripts.facts.yaml_text import Document
from build_scripts.model.evidence import Authority
from build_scripts.model.problems import Problem, nearest
from build_scripts.model.vocabulary import Framework, Theme, Vocabulary, Voice

WORDS = ("plain", "definition", "counts", "does-not-count", "settled")
"""What an entry says to people, in the order in which it is read."""


def make_vocabulary(
    framework: Framework, themes: Document | None, voices: Document | None, authorities: tuple[Authority, ...]
) -> tuple[Vocabulary, tuple[Problem, ...]]:
    """Return the vocabulary of documents that satisfy their schemas, with problems EV303, EV304, EV308 and EV309.

    A document that is None could not be read.
    """
    vocabulary = Vocabulary(
        framework=framework,
        groups={group["id"]: group["label"] for group in themes.value["groups"]} if themes else {},
        themes=tuple(
            Theme(
                **_entry(themes, "themes", number, item),
                group=item["group"],
                related=tuple(item.get("related", ())),
            )
            for number, item in enumerate(themes.value["themes"])
        )
        if themes
        else (),
        theme_words=_words(themes),
        voices=tuple(
            Voice(**_entry(voices, "voices", number, item)) for number, item in enumerate(voices.value["voices"])
        )
        if voices
        else (),
        voice_words=_words(voices),
        authorities=authorities,
        word_lines={**_word_lines(themes), **_word_lines(voices)},
    )
    problems: list[Problem] = [*_theme_problems(themes, vocabulary)] if themes else []
    if voices:
        problems += repeats(voices, "voices", "id")
        problems += repeats(voices, "voices", "label")
        problems += _shared_ids(vocabulary.themes, vocabulary.voices, voices)
    return vocabulary, tuple(problems)


def _entry(document: Document, key: str, number: int, item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": item["id"],
        "label": item["label"],
        **{key.replace("-", "_"): " ".join(item.get(key, "").split()) for key in WORDS},
        "also": tuple(item.get("also", ())),
        "phrases": tuple(item["phrases"]),
        "exclusions": tuple(item.get("not", ())),
        "weak": tuple(item.get("weak", ())),
        "unless_told": tuple(item.get("unless-told", ())),
        "unless_just_told": tuple(item.get("unless-just-told", ())),
        "named": tuple(item.get("named", ())),
        "path": document.path,
        "line": document.line(key, number),
        "broader": tuple(item.get("broader", ())),
        "phrase_lines": {
            phrase: document.line(key, number, part, at)
            for part in ("not", "weak", "unless-told", "unless-just-told", "named", "phrases")
            for at, phrase in enumerate(item.get(part, ()))
        },
    }


def _words(document: Document | None) -> dict[str, tuple[str, ...]]:
    return {name: tuple(items) for name, items in document.value.get("words", {}).items()} if document else {}


def _word_lines(document: Document | None) -> dict[tuple[str, str, str], int]:
    if document is None:
        return {}
    return {
        (document.path, name, item): document.line("words", name, at)
        for name, items in _words(document).items()
        for at, item in enumerate(items)
    }


def _theme_problems(document: Document, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield ids, labels and phrases that stand twice, and links to a theme or group that does not exist."""
    for key, name in (("groups", "id"), ("groups", "label"), ("themes", "id"), ("themes", "label")):
        yield from repeats(document, key, name)
    ids = [theme.id for theme in vocabulary.themes]
    counts = Counter(ids)
    for number, theme in enumerate(vocabulary.themes):
        for key, others in (("broader", theme.broader), ("related", theme.related)):
            for at, other in enumerate(others):
                if other not in counts or (other == theme.id and counts[other] == 1):
                    what = f"{theme.id!r} names {other!r} as {key}, which is not another theme"
                    mend = f"{nearest(other, [id for id in ids if id != theme.id])}name a theme of this file"
                    line = document.line("themes", number, key, at)
                    yield Problem(theme.path, line, "EV303", what, mend)
        if theme.group not in vocabulary.groups:
            what = f"{theme.id!r} is in group {theme.group!r}, which is not in groups"
            mend = f"{nearest(theme.group, vocabulary.groups)}the groups are {', '.join(vocabulary.groups)}"
            yield Problem(theme.path, document.line("themes", number, "group"), "EV308", what, mend)
        for at, phrase in enumerate(theme.weak):
            if phrase in theme.phrases:
                what = f"{phrase!r} of {theme.id!r} is in phrases and in weak, where it changes nothing"
                line = document.line("themes", number, "weak", at)
                yield Problem(theme.path, line, "EV304", what, "remove one of the two")
    for circle in _circles({theme.id: theme.broader for theme in vocabulary.themes}):
        what = f"{circle[0]!r} is broader than itself: {' > '.join((*circle, circle[0]))}"
        line = document.line("themes", ids.index(circle[0]), "broader")
        yield Problem(document.path, line, "EV309", what, "remove the wrong id from broader of one of them")


def _circles(broader: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Yield each circle of broader themes once, from the first of its themes on."""
    known: set[str] = set()
    for start in broader:
        below = {start: ""}
        for id in (queue := [] if start in known else [start]):
            for parent in broader.get(id, ()):
                if parent == start and id != start and not known & set(trail := _trail(id, below)):
                    yield trail
                    known |= set(trail)
                elif parent not in below:
                    below[parent] = id
                    queue.append(parent)


def _trail(end: str, below: Mapping[str, str]) -> tuple[str, ...]:
    """Return the way to a theme from where it began; ``below`` has for each the one before it."""
    trail = [end]
    while below[trail[-1]]:
        trail.append(below[trail[-1]])
    return tuple(reversed(trail))


def _shared_ids(themes: Sequence[Theme], voices: Sequence[Voice], document: Document) -> Iterator[Problem]:
    """Yield voices with the id of a theme: corrections name both side by side, so they share their ids."""
    places = {theme.id: f"line {theme.line} of {theme.path}" for theme in themes}
    for number, voice in enumerate(voices):
        if voice.id in places:
            what = f"id {voice.id!r} is that of the theme in {places[voice.id]} too"
            line = document.line("voices", number, "id")
            yield Problem(voice.path, line, "EV304", what, "give one of the two another id")
