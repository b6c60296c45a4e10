"""Each phrase as one regular expression, as matching was until 28 November 2026: what ``matcher.py`` must find.

It is slow, and some phrases take it for ever; the phrase language is told in ``tagging/phrases.py``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from build_scripts.text.letters import fold

GAP_WORDS = 5
"""How many words ``...`` stands for at the most."""

_SENTENCE_START = r"(?:\A|(?<=\n)|(?<=[.!?] )|(?<=[.!?][\"')] ))"

# A word inside a gap: anything that does not end the sentence (a stop, then a capital or the end of the line).
_GAP_WORD = r"(?:(?![^ \n]*[.!?][\"')]*(?: [\"'(]*(?-i:[A-Z])|\n|\Z))[^ \n]+ )"

_LETTERS = r"[\w'-]"

_ALTERNATIVE = re.compile(r"(?P<exact>=?)(?P<word>(?!-)(?:(?!\.\.\.)[^*=<>/\s^])+)(?<!-)(?P<any>\*?)\Z")

_WORD_LIST = re.compile(r"<([a-z0-9-]+)>\Z")

_GAP = re.compile(r"\.\.\.([1-9]?)\Z")


def compile_pattern(text: str, words: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    """Return what finds the phrase; raise ``ValueError`` where a part of it cannot be read."""
    anchor = _SENTENCE_START if text.strip().startswith("^") else ""
    return re.compile(anchor + r"(?<!\w)" + _sequence(text, words, ()) + r"(?!\w)", re.IGNORECASE)


def _sequence(text: str, words: Mapping[str, Sequence[str]], inside: tuple[str, ...]) -> str:
    """Return the pattern of a whole phrase."""
    positions = fold(text).strip().removeprefix("^").split()
    gaps = [False, *(bool(_GAP.match(position)) for position in positions), False]
    if not positions or gaps[1] or gaps[-2] or (True, True) in pairwise(gaps):
        raise ValueError(text)
    parts: list[str] = []
    joint = ""
    for position in positions:
        if gap := _GAP.match(position):
            joint = rf"[,;:)\"']* {_GAP_WORD}{{0,{int(gap[1] or GAP_WORDS)}}}?[(\"']*"
            continue
        parts += [joint, _position(position, words, inside)]
        joint = "[ -]"
    return "".join(parts)


def _position(text: str, words: Mapping[str, Sequence[str]], inside: tuple[str, ...]) -> str:
    """Return the pattern of one position: alternatives between slashes."""
    patterns: list[str] = []
    for alternative in text.split("/"):
        if named := _WORD_LIST.match(alternative):
            if named[1] in inside:
                raise ValueError(text)
            patterns += (_sequence(item, words, (*inside, named[1])) for item in words[named[1]])
        else:
            patterns.append(_word(alternative))
    return patterns[0] if len(patterns) == 1 else f"(?:{'|'.join(patterns)})"


def _word(text: str) -> str:
    """Return the pattern of one word."""
    if text == "*":
        return _LETTERS + "{1,40}"
    if text == "100+":
        return r"(?<![\d.,£])(?:\d{1,3}(?:,\d{3})+|(?!(?:19|20)\d\d(?!\d))\d{3,6})(?! ?%|[.,:/-]\d|\w)"
    if text == "%":
        return r"\d{1,9}(?:[.,]\d{1,9})?(?: ?%| per[ -]?cent)"
    found = _ALTERNATIVE.match(text)
    if not found:
        raise ValueError(text)
    word = found["word"]
    pattern = "[ -]?".join(re.escape(part) for part in word.split("-"))
    if found["any"]:
        pattern += _LETTERS + "{0,40}"
    elif not found["exact"]:
        pattern = _with_plural(pattern)
    if found["exact"] or sum(letter.isupper() for letter in word) > 1:
        pattern = f"(?-i:{pattern})"
    return pattern


def _with_plural(pattern: str) -> str:
    """Return the pattern of a word with its regular plural and possessives."""
    if re.search(r"[^\WaeiouAEIOU\d_]y\Z", pattern):
        return pattern[:-1] + r"(?:y|ies)(?:'s|')?"
    if re.search(r"(?:s|x|z|ch|sh)\Z", pattern):
        return pattern + r"(?:es)?(?:'s|')?"
    if re.search(r"\w\Z", pattern):
        return pattern + r"s?(?:'s|')?"
    return pattern
