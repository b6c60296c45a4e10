"""A Word document to text: Mammoth makes HTML of it, which ``html.py`` reads, without headers, footers, comments.

Before that, the archive is looked at for what would exhaust a reader (bombs, XML that defines entities), and what
Mammoth passes over is made plain (``docx_words.py``). Afterwards every paragraph is looked for in what came out.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers import expat

import mammoth

from build_scripts.contribute.importers import LARGEST_XML, UnreadableError
from build_scripts.contribute.importers.docx_words import list_formats, lost_paragraphs, show
from build_scripts.contribute.importers.html import import_html
from build_scripts.model.evidence import Imported
from build_scripts.model.problems import quoted

MOST_PARTS = 5_000

_ASIDE = ("word/header", "word/footer", "word/comments", "word/diagrams/data", "word/charts/chart")
"""Parts whose words are no part of the text: told, and left out."""
_DRAWN = ("word/diagrams/data", "word/charts/chart")
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_OFFICE = re.compile(r"/officeDocument/relationships/officeDocument\Z|/relationships/officeDocument\Z")
_STYLES = """\
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
"""
_NOTES = re.compile(r'<ol>(?:<li id="(?:foot|end)note-[^"]*">.*?</li>)+</ol>\Z', re.DOTALL)
_NOTE = re.compile(
    r'<li id="(?P<id>(?:foot|end)note-[^"]*)">(?P<words>.*?)</li>(?=<li id="(?:foot|end)note-|</ol>\Z)', re.DOTALL
)
_BACK = re.compile(r'\s*<a href="#(?:foot|end)note-ref-[^"]*">↑</a>')
_REFERENCE = re.compile(r'<a href="#(?P<id>(?:foot|end)note-[^"]*)" id="[^"]*">(?P<sign>\[[^\]]*\])</a>')
_BLOCK_END = re.compile(r"</(p|li|td|th|h[1-6])>")


def import_docx(data: bytes) -> Imported:
    """Return the words of a Word document, tracked changes accepted.

    Raises ``UnreadableError``: EV702 where it is another kind of archive, EV704 without words or with another document
    inside, EV705 where it is damaged or dangerous.
    """
    parts, aside, changed = _look_into(data)
    try:
        roots, hidden, told, has_chunk, data = _made_plain(data, parts)
        made = mammoth.convert_to_html(
            io.BytesIO(data), style_map=_STYLES, convert_image=mammoth.images.img_element(lambda image: {"src": ""})
        )
        document = import_html(b"\xef\xbb\xbf" + _with_notes_in_place(made.value).encode("utf-8", "replace"))
        lost = lost_paragraphs(roots, document.text)
    except Exception:  # whatever a broken document makes Mammoth stumble over, it means one thing
        raise _damaged() from None
    if has_chunk:
        what = "it holds another document inside it, which Word alone can show"
        raise UnreadableError("EV704", what, "open it in Word, save it as a new .docx, and add that")
    if not document.text.strip():
        raise UnreadableError("EV704", "it holds no words", "a picture has no text: use CQC's page or its PDF")
    unsure = ["it has tracked changes: it was read as if all were accepted"] if changed else []
    unsure += [*told, *(note for note in document.unsure if not note.startswith("it is not UTF-8"))]
    unsure += [f"{quoted(words)} is in the document and was not taken" for words in lost]
    dropped = (*aside, *hidden, *document.dropped)
    return replace(document, kind="docx", dropped=dropped, unsure=tuple(unsure), address="", links=())


def _damaged() -> UnreadableError:
    return UnreadableError("EV705", "it is damaged: it cannot be read as a Word document", "save it again from Word")


def _look_into(data: bytes) -> tuple[dict[str, bytes], tuple[str, ...], bool]:
    """Return the parts of XML, the words of those that are no text, and whether changes are tracked.

    Raises ``UnreadableError`` where it is not safe to read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            xml = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
            if len(parts) > MOST_PARTS or len(names) != len(parts) or sum(part.file_size for part in xml) > LARGEST_XML:
                what = "unpacked it would be far larger than any report: it may be made to exhaust computers"
                raise UnreadableError("EV705", what, "save it again from Word, or use CQC's page")
            read = {part.filename: archive.read(part) for part in xml}
            if _main_name(read) not in names:
                mend = "open it in its own program and save it as .docx; unpack it first where it is a ZIP file"
                raise UnreadableError("EV702", "this is a packed file (ZIP), and no Word document", mend)
            told = [(name, *_read(part)) for name, part in read.items()]
    except UnreadableError:
        raise
    except Exception:  # zipfile and expat let go of a dozen kinds for broken bytes
        raise _damaged() from None
    aside = [words for name, words, _ in told if name.startswith(_ASIDE) and words]
    return read, tuple(dict.fromkeys(aside)), any(changed for *_, changed in told)


def _main_name(parts: Mapping[str, bytes]) -> str:
    """Return the name of the part that holds the text, as the document itself says; Word Online calls it otherwise."""
    try:
        for relation in _tree(parts["_rels/.rels"]):
            if _OFFICE.search(relation.get("Type", "")):
                return relation.get("Target", "").lstrip("/")
    except (KeyError, ElementTree.ParseError, UnreadableError):
        pass
    return "word/document.xml"


def _tree(data: bytes) -> Element:
    _read(data)  # which refuses what defines entities
    return ElementTree.fromstring(data)  # noqa: S314 - no document type, so no entities, came this far


def _made_plain(data: bytes, parts: Mapping[str, bytes]) -> tuple[list[Element], list[str], list[str], bool, bytes]:
    """Return the trees of the text and its notes, hidden words, what is unsure, and the document made plain."""
    main = _main_name(parts)
    folder = main.rpartition("/")[0]
    numbering = parts.get(f"{folder}/numbering.xml")
    formats = list_formats(_tree(numbering)) if numbering else {}
    plain: dict[str, bytes] = {}
    roots: list[Element] = []
    hidden: list[str] = []
    told: list[str] = []
    has_chunk = False
    for name in (main, f"{folder}/footnotes.xml", f"{folder}/endnotes.xml"):
        if name not in parts:
            continue
        root = _tree(parts[name])
        shown = show(root, formats if name == main else {})
        hidden += shown.hidden
        told += shown.unsure
        has_chunk = has_chunk or shown.has_chunk
        roots.append(root)
        plain[name] = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    drawn = sum(name.startswith(_DRAWN) for name in parts)
    told += [f"it has {drawn} drawings with words, which were left out"] if drawn else []
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(made, "w") as copy:
        for part in archive.infolist():
            if part.filename in parts:
                copy.writestr(part.filename, plain.get(part.filename, parts[part.filename]))
            elif not part.filename.startswith((f"{folder}/media/", f"{folder}/embeddings/", "docProps/")):
                copy.writestr(part.filename, archive.read(part))
    return roots, hidden, told, has_chunk, made.getvalue()


def _with_notes_in_place(html: str) -> str:
    """Return Mammoth's page with each note below the paragraph that it belongs to, not at the end of the page."""
    end = _NOTES.search(html)
    if not end:
        return html
    notes = {found["id"]: _BACK.sub("", found["words"]) for found in _NOTE.finditer(end[0])}
    body = html[: end.start()]
    made: list[str] = []
    last = 0
    waiting: list[str] = []
    for found in re.finditer(f"{_REFERENCE.pattern}|{_BLOCK_END.pattern}", body):
        if found["id"]:
            words = re.sub(r"\A<p>|</p>\Z", "", notes.pop(found["id"], "").strip())
            waiting += [f"{found['sign']} {words}"] if words else []
            continue
        if not waiting:
            continue
        inside = found[3] in ("li", "td", "th")
        made.append(body[last : found.start() if inside else found.end()])
        made += [f"<br>{words}" if inside else f"<p>{words}</p>" for words in waiting]
        last = found.start() if inside else found.end()
        waiting = []
    made += [body[last:], *(f"<p>{words}</p>" for words in waiting), *(f"<p>{words}</p>" for words in notes.values())]
    return "".join(made)


def _read(data: bytes) -> tuple[str, bool]:
    """Return the words of a part, and whether it has tracked changes; raise where it declares a document type.

    Word writes none. Entities, which can grow without end or name other files, can only be defined there.
    """
    words: list[str] = []
    changed = False

    def refuse(*_: object) -> None:
        what = "it defines its own XML entities, which Word never does: it may be made to exhaust or spy on computers"
        raise UnreadableError("EV705", what, "save it again from Word, or use CQC's page")

    def starts(name: str, _: object) -> None:
        nonlocal changed
        changed = changed or name in (f"{_NAMESPACE} ins", f"{_NAMESPACE} del")
        if name in (f"{_NAMESPACE} p", f"{_DRAWING} p"):
            words.append(" ")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = starts
    parser.CharacterDataHandler = words.append
    parser.Parse(data, True)
    return " ".join("".join(words).split()), changed
