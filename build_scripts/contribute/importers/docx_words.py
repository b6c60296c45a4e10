"""What Word shows of a document, as plain runs: fields, equations and moved words, which Mammoth would pass over.

The tree of a part is changed in place. Hidden words are taken out and told; a list by letters gets its letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from build_scripts.contribute.importers.fields import equation_words
from build_scripts.contribute.importers.numbers import sign_of

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_UNWRAPPED = frozenset(f"{WORD}{name}" for name in ("fldSimple", "smartTag", "dir", "bdo", "moveTo", "customXml"))
_GONE = frozenset(f"{WORD}{name}" for name in ("moveFrom", "del"))
_OFF = frozenset(["0", "false", "off", "none"])
_LETTERED = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
_NOT_LETTERS = re.compile(r"[\W\d_]+")


@dataclass(slots=True)
class Shown:
    """What was found while a part was read."""

    hidden: list[str] = field(default_factory=list)
    """Words that Word does not show."""
    unsure: list[str] = field(default_factory=list)
    has_chunk: bool = False
    """Whether another document stands inside this one, which Word shows as if it were its own."""


def show(root: Element, formats: Mapping[tuple[str, str], tuple[str, str, int]]) -> Shown:
    """Make plain runs of all that Word shows in a part; ``formats`` are those of lists, by number and level."""
    shown = Shown(has_chunk=next(root.iter(f"{WORD}altChunk"), None) is not None)
    counts: dict[tuple[str, str], int] = {}
    pending = [root]
    while pending:  # without recursion: a hostile document can nest deeper than Python may call
        element = pending.pop()
        if any(child.tag in _UNWRAPPED or child.tag in _GONE for child in element):
            element[:] = list(_unwrapped(element))
        for place, child in enumerate(list(element)):
            _show_child(element, place, child, shown)
        if element.tag == f"{WORD}p":
            _show_fields(element, shown)
            _letter(element, formats, counts)
        pending.extend(element)
    return shown


def _unwrapped(element: Element) -> Iterator[Element]:
    waiting = list(reversed(element))
    while waiting:
        child = waiting.pop()
        if child.tag in _UNWRAPPED:
            waiting.extend(reversed(child))
        elif child.tag not in _GONE:
            yield child


def _show_child(parent: Element, place: int, child: Element, shown: Shown) -> None:
    if child.tag in (f"{_MATH}oMath", f"{_MATH}oMathPara"):
        words = " ".join("".join(part.text or "" for part in child.iter(f"{_MATH}t")).split())
        parent[place] = _run(words)
        shown.unsure.append(f"an equation was read as “{words}”")
    elif child.tag == f"{WORD}r" and _is_hidden(child):
        words = "".join(part.text or "" for part in child.iter(f"{WORD}t"))
        shown.hidden += [words] if words.strip() else []
        parent[place] = Element(f"{WORD}r")
    elif child.tag == f"{WORD}r" and _is_moved_up(child):
        child.find(f"{WORD}rPr").append(Element(f"{WORD}vertAlign", {f"{WORD}val": "superscript"}))  # type: ignore[union-attr]
    elif child.tag == f"{WORD}ruby":
        above = _words(child.find(f"{WORD}rt"))
        parent[place] = _text(f"{_words(child.find(f'{WORD}rubyBase'))} ({above})")
    elif child.tag == f"{WORD}cr" or (child.tag == f"{WORD}br" and child.get(f"{WORD}type") in ("page", "column")):
        parent[place] = Element(f"{WORD}br")
    elif child.tag == f"{WORD}ptab":
        parent[place] = Element(f"{WORD}tab")


def _show_fields(paragraph: Element, shown: Shown) -> None:
    """Put the words that equation fields show in place of their instructions, which are parted into runs at will."""
    parts: list[tuple[Element, Element]] = []
    for run in paragraph.iter(f"{WORD}r"):
        for child in run:
            if child.tag == f"{WORD}instrText":
                parts.append((run, child))
            elif child.tag == f"{WORD}fldChar" and parts:
                if words := equation_words("".join(part.text or "" for _, part in parts)):
                    first, instruction = parts[0]
                    first[list(first).index(instruction)] = _text(words)
                    shown.unsure.append(f"an equation was read as “{words}”")
                parts = []


def _words(element: Element | None) -> str:
    return "" if element is None else "".join(part.text or "" for part in element.iter(f"{WORD}t"))


def _run(words: str) -> Element:
    run = Element(f"{WORD}r")
    run.append(_text(words))
    return run


def _text(words: str) -> Element:
    text = Element(f"{WORD}t", {_SPACE: "preserve"})
    text.text = words
    return text


def _is_hidden(run: Element) -> bool:
    vanish = run.find(f"{WORD}rPr/{WORD}vanish")
    return vanish is not None and vanish.get(f"{WORD}val", "1") not in _OFF


def _is_moved_up(run: Element) -> bool:
    """Return whether a run stands higher than its line by so many half points, as LibreOffice writes superscripts."""
    position = run.find(f"{WORD}rPr/{WORD}position")
    given = "" if position is None else position.get(f"{WORD}val", "")
    return given.isdecimal() and given != "0" and run.find(f"{WORD}rPr/{WORD}vertAlign") is None


def list_formats(numbering: Element) -> dict[tuple[str, str], tuple[str, str, int]]:
    """Return the kind of number, how it is written and the first one, for each list and level of a document."""
    levels: dict[str, list[tuple[str, str, str, int]]] = {}
    for abstract in numbering.iter(f"{WORD}abstractNum"):
        levels[abstract.get(f"{WORD}abstractNumId", "")] = [
            (
                level.get(f"{WORD}ilvl", "0"),
                _value(level, "numFmt"),
                _value(level, "lvlText"),
                int(start) if (start := _value(level, "start")).isdecimal() and len(start) < 5 else 1,
            )
            for level in abstract.iter(f"{WORD}lvl")
        ]
    return {
        (number.get(f"{WORD}numId", ""), level): (kind, written, start)
        for number in numbering.iter(f"{WORD}num")
        for level, kind, written, start in levels.get(_value(number, "abstractNumId"), [])
    }


def _value(element: Element, name: str) -> str:
    found = element.find(f"{WORD}{name}")
    return "" if found is None else found.get(f"{WORD}val", "")


def _letter(
    paragraph: Element,
    formats: Mapping[tuple[str, str], tuple[str, str, int]],
    counts: dict[tuple[str, str], int],
) -> None:
    """Give an item of a list by letters its letter as words: HTML made of it would number it."""
    properties = paragraph.find(f"{WORD}pPr")
    number = None if properties is None else properties.find(f"{WORD}numPr")
    if properties is None or number is None:
        return
    place = (_value(number, "numId"), _value(number, "ilvl") or "0")
    kind, written, start = formats.get(place, ("", "", 1))
    if kind not in _LETTERED:
        return
    counts[place] = counts.get(place, start - 1) + 1
    sign = sign_of(counts[place], _LETTERED[kind])
    is_plain = re.fullmatch(r"[^%]{0,2}%[1-9][^%]{0,2}", written)
    sign = re.sub("%[1-9]", sign, written) if is_plain else f"{sign}."
    properties.remove(number)
    paragraph.insert(1, _run(f"{sign} "))


def lost_paragraphs(roots: Iterable[Element], text: str) -> tuple[str, ...]:
    """Return the paragraphs of the parts whose letters are not in the text, in the same order within each."""
    there = _NOT_LETTERS.sub("", text)
    lost = []
    for root in roots:
        for paragraph in root.iter(f"{WORD}p"):
            words = "".join(_own_words(paragraph))
            letters = _NOT_LETTERS.sub("", words)
            if letters and letters not in there:
                lost.append(" ".join(words.split()))
    return tuple(dict.fromkeys(lost))


def _own_words(paragraph: Element) -> Iterator[str]:
    """Yield the words of a paragraph without those of paragraphs in its boxes."""
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag == f"{WORD}t":
            yield element.text or ""
        elif element.tag != f"{WORD}p":
            waiting.extend(reversed(element))
