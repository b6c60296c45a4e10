"""The words of an equation field (EQ), with which Word and LibreOffice set fractions and small words above others.

Such a field has no result: what it shows stands in its instruction (ECMA-376-1, 17.16.5.17).
"""

from __future__ import annotations

import re

MOST_NESTED = 20
"""Fractions within fractions, and small words above others, that are read."""
_ABOVE = re.compile(
    r"\\o\s*(?:\\a[a-z]+\s*)?\(\s*\\s\s*\\up\s*[0-9]*\s*\(([^()]*)\)\s*[,;]\s*([^()]*)\)", re.IGNORECASE
)
_FRACTION = re.compile(r"\\f\s*\(([^(),;]*)[,;]([^(),;]*)\)", re.IGNORECASE)
_FORMAT = re.compile(r'\\\*\s*(?:"[^"]*"|[^\s\\]+)')
_SWITCH = re.compile(r"\\[a-z]+\s*[0-9]*|[()]", re.IGNORECASE)


def equation_words(instruction: str) -> str:
    """Return the words that an equation field shows, ``3/4`` or ``harbour (port)``; nothing of any other field."""
    kind, _, words = instruction.strip().partition(" ")
    if kind.upper() != "EQ":
        return ""
    words = _FORMAT.sub(" ", words.replace("&quot;", '"'))
    for _ in range(MOST_NESTED):
        before, words = words, _FRACTION.sub(r"\1/\2", _ABOVE.sub("\\2 \x01\\1\x02", words))
        if words == before:
            break
    return " ".join(_SWITCH.sub(" ", words).replace("\x01", "(").replace("\x02", ")").split())
