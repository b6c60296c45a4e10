"""Which authority a name means, as reports, pages, addresses and people write it: the one answer to that question."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from build_scripts.model.evidence import Authority

LONGEST_TITLE = 200
"""Characters: what is longer is a sentence, and names nobody."""

_ANY_TITLES = frozenset(
    [
        *("borough", "city", "council", "councils", "county", "district", "metropolitan", "royal", "unitary"),
        *("bc", "cc", "dc", "lb", "lbc", "mbc", "mdc", "rb", "corporation", "london", "authority", "authorities"),
        *("and", "for", "of", "the", "local", "adult", "social", "care", "services", "quality", "commission", "cqc"),
        *("assessment", "assessments", "report", "reports", "draft", "final", "overall", "published", "summary"),
        *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
        *("november", "december", *"0123456789"),
    ]
)
"""What a title may have beside the names, and tells nothing of whose it is."""

_JOINING = frozenset(["and", "the", "with"])
"""Words of a name that short forms leave out: ``blackburndarwen``."""

_WORD = re.compile(r"[^\W_]+")


def authorities_named(title: str, authorities: Iterable[Authority]) -> tuple[str, ...]:
    """Return the slugs of the authorities that a title such as ``Westminster City Council`` names.

    The title is to be made of their names (slug, name, other names) and of words that any title has, with nothing left
    over: South Cambridgeshire District Council is not Cambridgeshire. Of names that stand inside one another the longer
    counts. Case, spaces, apostrophes, hyphens and stops do not, so that ``kensingtonchelsea`` of an address is a name.
    """
    known = _known(_Listed(tuple(authorities)))
    exactly = known.exactly.get(title, ())
    if exactly or len(title) > LONGEST_TITLE:
        return exactly
    letters = _letters(title)
    found = sorted(_on_the_way(letters, known))
    outermost = [
        known.pieces[letters[start:end]]
        for start, end in found
        if not any(first <= start and end <= last and (start, end) != (first, last) for first, last in found)
    ]
    return tuple(dict.fromkeys(chain.from_iterable(outermost)))


def authorities_like(title: str, authorities: Iterable[Authority]) -> tuple[str, ...]:
    """Return the slugs of the authorities of whose name a title has a part: East and West Sussex for ``Sussex``."""
    own = set(_words(title)) - _ANY_TITLES - _JOINING
    return tuple(each.slug for each in authorities if own and own <= set(_words(" ".join(each.names))))


def _on_the_way(letters: str, known: _Known) -> Iterator[tuple[int, int]]:
    """Yield where names stand in the letters, on any way to read all of these as names and words of titles."""
    end_of_all = len(letters)
    steps: dict[int, list[int]] = {}
    reached = {0}
    for start in range(end_of_all):
        if start in reached:
            ends = (start + length for length in known.lengths.get(letters[start], ()))
            steps[start] = [end for end in ends if end <= end_of_all and letters[start:end] in known.pieces]
            reached.update(steps[start])
    leads_on = {end_of_all}
    for start in sorted(steps, reverse=True):
        on = [end for end in steps[start] if end in leads_on]
        leads_on.update([start] if on else ())
        yield from ((start, end) for end in on if known.pieces[letters[start:end]])


class _Listed:
    """A list of authorities as a key: the same one is known again at once, where comparing 153 rows would take long."""

    def __init__(self, authorities: tuple[Authority, ...]) -> None:
        self.authorities = authorities

    def __hash__(self) -> int:
        return id(self.authorities)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Listed) and self.authorities is other.authorities


@dataclass(frozen=True)
class _Known:
    """All names of a list of authorities, made ready to be looked for."""

    exactly: Mapping[str, tuple[str, ...]]
    """Name, as it is written, to the slugs that have it."""
    pieces: Mapping[str, tuple[str, ...]]
    """Letters of every name to the slugs that have it, and those of any title's words to none."""
    lengths: Mapping[str, set[int]]
    """First letter to how long the pieces are that begin with it."""


@lru_cache(maxsize=8)
def _known(listed: _Listed) -> _Known:
    exactly: dict[str, tuple[str, ...]] = {}
    pieces: dict[str, tuple[str, ...]] = dict.fromkeys(_ANY_TITLES, ())
    for authority in listed.authorities:
        for name in authority.names:
            exactly[name] = tuple(dict.fromkeys((*exactly.get(name, ()), authority.slug)))
            short = " ".join(word for word in _words(name) if word not in _JOINING)
            for letters in {_letters(name), _letters(short)} - {""}:
                pieces[letters] = tuple(dict.fromkeys((*pieces.get(letters, ()), authority.slug)))
    lengths: dict[str, set[int]] = defaultdict(set)
    for letters in pieces:
        lengths[letters[0]].add(len(letters))
    return _Known(exactly, pieces, lengths)


def _letters(text: str) -> str:
    return "".join(_words(text))


def _words(text: str) -> list[str]:
    """Return the words in small letters, without apostrophes; ``Saint`` is ``St``, ``on`` is ``upon``."""
    plain = re.sub("['‘’`´]", "", text.casefold()).replace("&", " and ")
    return [word.replace("saint", "st").replace("upon", "on") for word in _WORD.findall(plain)]
