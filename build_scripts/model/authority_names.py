"""Which authority a name means, as reports, pages, addresses and people write it: the one answer to that question."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
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
    authorities = tuple(authorities)
    exactly = tuple(each.slug for each in authorities if title in each.names)
    if exactly or len(title) > LONGEST_TITLE:
        return exactly
    letters, slugs = _letters(title), _pieces(authorities)
    found = sorted(_on_the_way(letters, slugs))
    outermost = [
        slugs[letters[start:end]]
        for start, end in found
        if not any(first <= start and end <= last and (start, end) != (first, last) for first, last in found)
    ]
    return tuple(dict.fromkeys(chain.from_iterable(outermost)))


def authorities_like(title: str, authorities: Iterable[Authority]) -> tuple[str, ...]:
    """Return the slugs of the authorities of whose name a title has a part: East and West Sussex for ``Sussex``."""
    own = set(_words(title)) - _ANY_TITLES - _JOINING
    return tuple(each.slug for each in authorities if own and own <= set(_words(" ".join(each.names))))


def _on_the_way(letters: str, slugs: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Yield where names stand in the letters, on any way to read all of these as names and words of titles."""
    by_first: dict[str, list[str]] = defaultdict(list)
    for piece in slugs:
        by_first[piece[0]].append(piece)
    steps: dict[int, list[int]] = {}
    reached = {0}
    for start in range(len(letters)):
        if start in reached:
            pieces = by_first.get(letters[start], ())
            steps[start] = [start + len(piece) for piece in pieces if letters.startswith(piece, start)]
            reached.update(steps[start])
    leads_on = {len(letters)}
    for start in sorted(steps, reverse=True):
        ends = [end for end in steps[start] if end in leads_on]
        leads_on.update([start] if ends else ())
        yield from ((start, end) for end in ends if slugs[letters[start:end]])


@lru_cache(maxsize=8)
def _pieces(authorities: tuple[Authority, ...]) -> dict[str, tuple[str, ...]]:
    """Return the letters of every name with the slugs that have it, and those of any title's words with none."""
    pieces: dict[str, tuple[str, ...]] = dict.fromkeys(_ANY_TITLES, ())
    for authority in authorities:
        for name in authority.names:
            short = " ".join(word for word in _words(name) if word not in _JOINING)
            for letters in {_letters(name), _letters(short)} - {""}:
                pieces[letters] = tuple(dict.fromkeys((*pieces.get(letters, ()), authority.slug)))
    return pieces


def _letters(text: str) -> str:
    return "".join(_words(text))


def _words(text: str) -> list[str]:
    """Return the words in small letters, without apostrophes; ``Saint`` is ``St``, ``on`` is ``upon``."""
    plain = re.sub("['‘’`´]", "", text.casefold()).replace("&", " and ")
    return [word.replace("saint", "st").replace("upon", "on") for word in _WORD.findall(plain)]
