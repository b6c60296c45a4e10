"""Signs that stand for others: ligatures, bullets of symbol fonts, HTML's entities; and traces of markup, told.

What means exactly one thing is written as that, and told where it is not only a matter of fonts; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from build_scripts.model.problems import named_letter, quoted

_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_BULLETS = dict.fromkeys((0xF0B7, 0xF0A7, 0xF076, 0xF0D8, 0xF0FC, 0xF0A8, 0xF071, 0xF06E), "•")
"""Bullets of the fonts Symbol and Wingdings, at the numbers that Word gives them."""
_TABLE: dict[int, str] = {**_LIGATURES, **_BULLETS, 0xF0E0: "→", 0xF02D: "-", 0xF020: " "}
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_OWN_BULLET = re.compile(r"\A\s*(?:•\s*)?([\ue000-\uf8ff])(?=\s+\S)")
"""A sign of a font's own before the words of a line, such as LibreOffice's bullets."""
_ENTITY = re.compile(r"&(?:[a-z]{2,8}[0-9]{0,2}|#[0-9]{2,6}|#x[0-9a-f]{2,6});", re.IGNORECASE)
_TRACES = re.compile(
    r"</?[a-z][a-z0-9]{0,9}(?:\s[^<>]{0,60})?/?>|\S?/(?:p|div|span|li|h[1-6])>|\*\*\S|\[\^?\w{1,9}\]:|\]\(https?:"
    r"|=[CE][0-9A-F](?:=[0-9A-F]{2})+|&(?:nbsp|amp|[lr][sd]quo)\b",
    re.IGNORECASE,
)
"""Markup of web pages, Markdown and mail that arrived as if it were words."""
_BACK = re.compile("(?<!\\s)\\s*+↩\ufe0e?\\s*+\\Z")
"""The sign that leads from a note back to where it belongs; no word."""
_BULLET = re.compile(r"\s*(?:[•◦‣⁃▪▫■□●○∙·*]|[–-](?=\s))\s*")
_MOST_TOLD = 8


def mend_signs(lines: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """Return the lines with plain letters in place of signs for them, and what a person should compare."""
    made: list[str] = []
    notes: list[str] = []
    for line in lines:
        text = _BACK.sub("", line.translate(_TABLE))
        if own := _OWN_BULLET.match(text):
            notes.append(f"{named_letter(own[1])} at the beginning of lines was read as a bullet")
            text = f"•{text[own.end() :]}"
        if "&" in text and _ENTITY.search(text):
            before, text = text, _ENTITY.sub(lambda found: unescape(found[0]), text)
            if text != before:
                notes.append(f"signs for letters were read as letters in {quoted(text)}")
        if private := _PRIVATE.search(text):
            notes.append(f"{named_letter(private[0])} has a meaning in one font only: {quoted(text)}")
        if trace := _TRACES.search(text):
            notes.append(f"“{trace[0]}” looks like markup and no word: {quoted(text)}")
        made.append(text)
    told = list(dict.fromkeys(notes))
    more = len(told) - _MOST_TOLD
    return made, (*told[:_MOST_TOLD], *([f"and {more} more lines have such signs"] if more > 0 else []))


def without_bullet(line: str) -> str:
    """Return a line without the bullet that opens it."""
    return _BULLET.sub("", line, count=1) if _BULLET.match(line) else line
