"""A document of LibreOffice (ODT) to text: its XML becomes HTML, which ``html.py`` reads.

Headers, footers, comments and hidden words are left out and told. As with Word's documents, the archive is looked at
first for what would exhaust a reader.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import escape
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers import expat

from build_scripts.contribute.importers import LARGEST_XML, UnreadableError
from build_scripts.contribute.importers.html import import_html
from build_scripts.model.evidence import Imported

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT = f"{{{_OASIS}text:1.0}}"
_TABLE = f"{{{_OASIS}table:1.0}}"
_OFFICE = f"{{{_OASIS}office:1.0}}"
_STYLE = f"{{{_OASIS}style:1.0}}"
_SVG = f"{{{_OASIS}svg-compatible:1.0}}"
_DRAW = f"{{{_OASIS}drawing:1.0}}"
_TAGS = {
    f"{_TEXT}p": "p",
    f"{_TEXT}list-item": "li",
    f"{_TEXT}list-header": "li",
    f"{_TABLE}table": "table",
    f"{_TABLE}table-row": "tr",
    f"{_TABLE}table-cell": "td",
    f"{_DRAW}text-box": "div",
    f"{_TEXT}section": "div",
}
_NEVER = frozenset(
    [
        *(f"{_TEXT}tracked-changes", f"{_TEXT}note-citation", f"{_SVG}title", f"{_SVG}desc", f"{_TEXT}sequence-decls"),
        *(f"{_OFFICE}forms", f"{_TEXT}variable-decls", f"{_TEXT}user-field-decls", f"{_TABLE}covered-table-cell"),
    ]
)
_ASIDE = frozenset([f"{_OFFICE}annotation", f"{_TEXT}hidden-text", f"{_TEXT}hidden-paragraph"])


@dataclass(slots=True)
class _Styles:
    """What styles say that matters to words."""

    raised: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)
    lists: dict[str, str] = field(default_factory=dict)
    """List to how its first level is numbered: a number's format, empty for bullets."""


def import_odt(data: bytes) -> Imported:
    """Return the words of an ODT document, tracked changes accepted.

    Raises ``UnreadableError``: EV704 without words or with a password, EV705 where it is damaged or dangerous.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {part.filename: part for part in archive.infolist()}
            xml = [parts[name] for name in ("content.xml", "styles.xml") if name in parts]
            if sum(part.file_size for part in xml) > LARGEST_XML:
                what = "unpacked it would be far larger than any report: it may be made to exhaust computers"
                raise UnreadableError("EV705", what, "save it again from LibreOffice, or use CQC's page")
            manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in parts else b""
            if b"encryption-data" in manifest:
                raise UnreadableError("EV704", "it is locked with a password", "save it without one")
            trees = {part.filename: _tree(archive.read(part)) for part in xml}
        content, styles = trees["content.xml"], trees.get("styles.xml", Element("none"))
        looks = _styles(content, styles)
        aside: list[str] = []
        body = content.find(f"{_OFFICE}body/{_OFFICE}text")
        page = "".join(_html(body if body is not None else content, looks, aside))
    except UnreadableError:
        raise
    except Exception:  # zipfile and expat let go of a dozen kinds for broken bytes
        mend = "save it again from LibreOffice"
        raise UnreadableError("EV705", "it is damaged: it cannot be read as an ODT document", mend) from None
    document = import_html(b"\xef\xbb\xbf" + page.encode("utf-8", "replace"))
    if not document.text.strip():
        raise UnreadableError("EV704", "it holds no words", "a picture has no text: use CQC's page or its PDF")
    changed = next(content.iter(f"{_TEXT}tracked-changes"), None) is not None
    unsure = ("it has tracked changes: it was read as if all were accepted",) if changed else ()
    around = [_words(each) for each in styles.iter() if each.tag in (f"{_STYLE}header", f"{_STYLE}footer")]
    dropped = (*(words for words in dict.fromkeys([*around, *aside]) if words), *document.dropped)
    return replace(document, kind="odt", dropped=dropped, unsure=(*unsure, *document.unsure), address="", links=())


def _tree(data: bytes) -> Element:
    """Return a part; raise where it declares a document type, in which alone entities can be defined."""

    def refuse(*_: object) -> None:
        what = "it defines its own XML entities: it may be made to exhaust or spy on computers"
        raise UnreadableError("EV705", what, "save it again from LibreOffice, or use CQC's page")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(data, True)
    return ElementTree.fromstring(data)  # noqa: S314 - no document type, so no entities, came this far


def _words(element: Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _styles(*trees: Element) -> _Styles:
    looks = _Styles()
    for tree in trees:
        for style in tree.iter(f"{_STYLE}style"):
            name = style.get(f"{_STYLE}name", "")
            for said in style.iter(f"{_STYLE}text-properties"):
                position = said.get(f"{_STYLE}text-position", "")
                first = position.split()[0].rstrip("%") if position.split() else ""
                if first == "super" or (first.isdecimal() and int(first) > 0):
                    looks.raised.add(name)
                if said.get(f"{_TEXT}display") == "none":
                    looks.hidden.add(name)
        for style in tree.iter(f"{_TEXT}list-style"):
            level = next((each for each in style if each.get(f"{_TEXT}level") == "1"), None)
            is_number = level is not None and level.tag == f"{_TEXT}list-level-style-number"
            numbers = level.get(f"{_STYLE}num-format", "") if level is not None and is_number else ""
            looks.lists[style.get(f"{_STYLE}name", "")] = numbers
    return looks


def _html(root: Element, looks: _Styles, aside: list[str]) -> Iterator[str]:
    """Yield the body as HTML, without recursion: a hostile document can nest deeper than Python may call."""
    waiting: list[Element | str] = [root]
    notes: list[str] = []
    number = 0
    while waiting:
        step = waiting.pop()
        if isinstance(step, str):
            yield step
            if step in ("</p>", "</li>", "</h2>", "</td>") and notes:
                yield from notes
                notes.clear()
            continue
        tag, style = step.tag, step.get(f"{_TEXT}style-name", "")
        if tag in _NEVER:
            continue
        if tag in _ASIDE or style in looks.hidden or step.get(f"{_TEXT}display") == "none":
            aside.append(_words(step))
            continue
        if tag == f"{_TEXT}note":
            number += 1
            citation, body = step.find(f"{_TEXT}note-citation"), step.find(f"{_TEXT}note-body")
            sign = (_words(citation) if citation is not None else "") or str(number)
            yield f"<sup>[{escape(sign)}]</sup>"
            notes.append(f"<p>[{escape(sign)}] {escape(_words(body) if body is not None else '')}</p>")
            continue
        opening, closing = _around(step, looks)
        yield opening
        waiting.append(closing)
        for child in reversed(step):
            waiting += [escape(child.tail or ""), child]
        waiting.append(escape(step.text or ""))


def _around(element: Element, looks: _Styles) -> tuple[str, str]:
    """Return what stands before and behind the words of an element."""
    tag, style = element.tag, element.get(f"{_TEXT}style-name", "")
    if tag == f"{_TEXT}h":
        return "<h2>", "</h2>"
    if tag == f"{_TEXT}list":
        return _list(looks.lists, style)
    if tag in (f"{_TEXT}s", f"{_TEXT}tab"):
        return " ", ""
    if tag == f"{_TEXT}line-break":
        return "<br>", ""
    if tag == f"{_TEXT}ruby-text":
        return " (", ")"
    if tag == f"{_TEXT}span" and style in looks.raised:
        return "<sup>", "</sup>"
    html = _TAGS.get(tag, "")
    return (f"<{html}>", f"</{html}>") if html else ("", "")


def _list(lists: Mapping[str, str], style: str) -> tuple[str, str]:
    numbers = lists.get(style, "")
    if not numbers:
        return "<ul>", "</ul>"
    return f'<ol type="{escape(numbers[:1])}">', "</ol>"
