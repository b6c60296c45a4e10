"""Letters: what counts as the same letter, and how lines and sentences begin and end."""

from __future__ import annotations

import re
from functools import lru_cache

_END = re.compile(r"[.!?…][\"'’”)\]]*(?: ?\[[0-9*†‡,–-]{1,8}\])?\Z")
"""A stop, and what may stand behind it: quotes, brackets, the number of a note."""

_DANGLING = re.compile(
    r"(?:,|\b(?:a|an|and|as|at|but|by|for|from|had|has|have|in|is|it|of|on|or|that|the|their|this|to|was|were|which|with))\Z",
    re.IGNORECASE,
)
"""What ends neither a sentence nor a heading nor, at the end of its list, an item."""


_FOLDS = str.maketrans(
    {"‘": "'", "’": "'", "ʼ": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "–": "-", "—": "-"}
    # Where case does not matter, regular expressions take these for i, k and s; ``str.lower`` does not.
    | {"İ": "I", "ı": "i", "\u212a": "K", "ſ": "s"}
)


def ends_sentence(text: str) -> bool:
    """Return whether the text ends as a sentence does."""
    return bool(_END.search(text[-12:]))


def stops_short(text: str) -> bool:
    """Return whether the text ends with a comma or a word that something must follow."""
    return bool(_DANGLING.search(text[-20:]))


def starts_lower(text: str) -> bool:
    """Return whether the text goes on in the middle of a sentence."""
    return text.lstrip("\"'‘’“”([")[:1].islower()


@lru_cache(1 << 12)  # each line is compared with the same fixed lines, and more than once
def fold_name(text: str) -> str:
    """Return a heading or fixed line as it is compared: case, quotes, dashes, ``&`` and a closing stop do not count."""
    return " ".join(fold(text).lower().replace("&", " and ").split()).rstrip(" .:")


def fold(text: str) -> str:
    """Return ``text`` with quotes and dashes made straight: same length, so that offsets stay true."""
    return text.translate(_FOLDS)
