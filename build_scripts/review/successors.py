"""Propose where the words of passages went whose published ids are gone: by likeness, and never without saying so."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from io import StringIO

from build_scripts.facts.redirects import PASSAGE_ID

ALIKE = 0.6
"""Least share of words in order that two passages must have in common: 2 x common / all words of both.

Of the first 27 passages of the collection no two have more than 0.26; half of a divided passage has 0.67 of the whole.
"""

CLEAR = 0.1
"""By how much the likeliest successor must lead the next; nearer than that, a person must choose."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Where one retired passage may have gone."""

    retired: str
    successor: str
    """Global id of the one clear successor, empty when there is none."""
    candidates: tuple[tuple[str, float], ...]
    """Global ids that are alike enough, each with its likeness between 0 and 1, likeliest first."""
    words: str
    """Words of the retired passage, empty when they are not known."""


def read_ids(text: str) -> tuple[tuple[str, ...], tuple[tuple[int, str], ...]]:
    """Return the ids of a published list, one a line, and the lines (number, text) that are none."""
    ids, others = [], []
    for number, line in enumerate(text.splitlines(), 1):
        if PASSAGE_ID.match(line.strip()):
            ids.append(line.strip())
        elif line.strip():
            others.append((number, line.strip()))
    return tuple(ids), tuple(others)


def propose(gone: Iterable[str], before: Mapping[str, str], now: Mapping[str, str]) -> tuple[Proposal, ...]:
    """Return a proposal for each id that is gone.

    ``before`` and ``now`` are the words of passages by global id. Only passages that are new can be successors, of the
    same text first; other texts are looked at only when nothing there is alike, since a whole report may have moved.
    """
    new = {id: words for id, words in now.items() if id not in before and PASSAGE_ID.match(id)}
    return tuple(_propose(id, before.get(id, ""), new) for id in gone)


def _propose(retired: str, words: str, new: Mapping[str, str]) -> Proposal:
    text = retired.rpartition("/")[0]
    here = {id: each for id, each in new.items() if id.rpartition("/")[0] == text}
    found = _alike(words, here) or _alike(words, {id: each for id, each in new.items() if id not in here})
    leads = [alike for _, alike in found[:2]]
    clear = len(leads) == 1 or (len(leads) == 2 and leads[0] - leads[1] >= CLEAR)
    return Proposal(retired, found[0][0] if clear else "", found, words)


def _alike(words: str, passages: Mapping[str, str]) -> tuple[tuple[str, float], ...]:
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(_words(words))
    found: list[tuple[str, float]] = []
    for id, each in passages.items():
        matcher.set_seq1(_words(each))
        # The two quick ratios are upper bounds: most passages need no closer look.
        if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE:
            found.append((id, matcher.ratio()))
    return tuple(sorted(found, key=lambda each: (-each[1], each[0])))


def _words(text: str) -> Sequence[str]:
    return text.casefold().split()


def redirect_rows(proposals: Iterable[Proposal], day: str) -> str:
    """Return the rows for ``data/redirects.csv`` of all proposals that are clear; ``day`` is that of the change."""
    rows = StringIO()
    writer = csv.writer(rows, lineterminator="\n")
    for each in proposals:
        if each.successor:
            writer.writerow((each.retired, each.successor, _reason(each), day))
    return rows.getvalue()


def _reason(proposal: Proposal) -> str:
    same_text = proposal.retired.rpartition("/")[0] == proposal.successor.rpartition("/")[0]
    return "the wording changed" if same_text else "the text moved"


def unplaced(proposals: Iterable[Proposal]) -> Collection[Proposal]:
    """Return the proposals that a person must decide."""
    return [each for each in proposals if not each.successor]
