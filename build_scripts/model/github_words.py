"""Contributed words in Markdown for GitHub, in which they are words only: no markup, mention, link or reference.

GitHub looks for ``@name``, ``#12`` and commit numbers in what Markdown has been made into already, so that escaping
their signs does not stop it. It never looks into code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from build_scripts.model.problems import LONGEST_SHOWN

_HARMLESS = re.compile(r"[^\W\d_]+(?:(?:, |[ ’'-])[^\W\d_]+)*\Z")
"""Words of letters: nothing that Markdown or GitHub gives a meaning to."""

LONGEST_NAME = 200
"""Characters: longer than any heading of CQC's."""

_BACKTICKS = re.compile("`+")
# Control characters, marks that turn or hide what stands around them, and halves of letters.
_UNSEEN = re.compile(
    "[\0-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\U000e0000-\U000e007f]+"
)


def quoted(text: str, most: int = LONGEST_SHOWN) -> str:
    """Return ``text`` on one line as code, cut after ``most`` characters. Not for tables: a bar ends a cell."""
    plain = " ".join(_UNSEEN.sub(" ", text).split())
    cut = plain if len(plain) <= most else f"{plain[:most].rstrip()}…"
    if not cut:
        return "(nothing)"
    fence = "`" * (1 + max((len(run) for run in _BACKTICKS.findall(cut)), default=0))
    # A space on both sides is taken away again; without it a backtick at an end would join the fence.
    inner = f" {cut} " if "`" in cut else cut
    return f"{fence}{inner}{fence}"


def named(text: str) -> str:
    """Return a name, such as an authority's, as it is when it holds nothing but words; else as code."""
    return text if _HARMLESS.match(text) and len(text) <= LONGEST_NAME else quoted(text)


def listed(texts: Iterable[str]) -> str:
    """Return names one after the other."""
    return ", ".join(map(named, texts))


def fenced(text: str, most: int = 20_000) -> str:
    """Return lines as a block of code, cut after ``most`` characters; nothing in it can end the block."""
    lines = [" ".join(_UNSEEN.split(line)) for line in text[:most].splitlines()]
    if len(text) > most:
        lines.append("…")
    fence = "`" * max(3, 1 + max((len(run) for run in _BACKTICKS.findall(text)), default=0))
    return "\n".join([f"{fence}text", *lines, fence])
