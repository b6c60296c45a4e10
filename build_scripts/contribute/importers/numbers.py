"""The signs of numbered lists: figures, letters, Roman numbers."""

from __future__ import annotations

_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def sign_of(number: int, kind: str) -> str:
    """Return a number as a list of this kind shows it; ``kind`` is HTML's: ``1``, ``a``, ``A``, ``i`` or ``I``."""
    if kind not in ("a", "A", "i", "I") or not 0 < number < 400:
        return str(number)
    if kind in "aA":
        sign = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    else:
        sign, rest = "", number
        for value, letters in _ROMAN:
            sign += letters * (rest // value)
            rest %= value
    return sign.upper() if kind in "AI" else sign
