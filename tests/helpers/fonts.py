"""Fonts that the tests bring, so that no test rests on those of the machine; and words that a program may cut."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import fontpkg
import reportlab

FAMILIES = ("arimo", "archivo-narrow", "libre-baskerville", "vera")
"""As wide as Arial (and Liberation Sans), narrow, a wide serif, and one without U+2010, the hyphen that cuts words."""

_CUTS = re.compile(r"(?<=[a-z][aeiouy])(?=[b-df-hj-np-tv-xz][aeiouy]\w)|(?<=[aeiouy][fst])(?=[fst][aeiouy]\w)")


def font_face(family: str) -> str:
    """Return the style that brings a family, as ``Brought``, in its normal and its bold weight."""
    weights: dict[Path, list[str]] = {}
    for weight in (400, 700):  # of some families, one file has both
        weights.setdefault(_file(family, weight), []).append(str(weight))
    return "\n".join(
        f"@font-face {{ font-family: Brought; font-weight: {' '.join(each)}; "
        f"src: url(data:font/ttf;base64,{base64.b64encode(path.read_bytes()).decode()}) }}"
        for path, each in weights.items()
    )


def _file(family: str, weight: int) -> Path:
    if family == "vera":
        return Path(reportlab.__file__).parent / "fonts" / {400: "Vera.ttf", 700: "VeraBd.ttf"}[weight]
    return Path(fontpkg.path(family, weight=weight))


def soft_hyphenated(words: str) -> str:
    """Return words with soft hyphens where they may be cut, between two f, s or t too: browsers need no dictionary."""
    return _CUTS.sub("\xad", words)
