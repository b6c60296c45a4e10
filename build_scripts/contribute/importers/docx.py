"""A Word document to text: Mammoth makes HTML of it, which ``html.py`` reads; headers and footers are dropped.

Before that, the archive is looked at for what would exhaust a reader: bombs, and XML that defines entities.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from xml.parsers import expat

import mammoth

from build_scripts.contribute.importers import UnreadableError
from build_scripts.contribute.importers.html import import_html
from build_scripts.model.evidence import Imported

LARGEST_PART = 50_000_000
"""Bytes of XML, unpacked: a report of a hundred pages has two million."""
MOST_PARTS = 5_000

_WORDS = "word/document.xml"
_AROUND = ("word/header", "word/footer")
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STYLES = """\
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
comment-reference =>
"""


def import_docx(data: bytes) -> Imported:
    """Return the words of a Word document, tracked changes accepted.

    Raises ``UnreadableError``: EV702 where it is another kind of archive, EV704 without words, EV705 where it is
    damaged or dangerous.
    """
    dropped, changed = _look_into(data)
    try:
        made = mammoth.convert_to_html(
            io.BytesIO(data), style_map=_STYLES, convert_image=mammoth.images.img_element(lambda image: {"src": ""})
        )
        document = import_html(made.value.encode("utf-8", "replace"))
    except Exception:  # whatever a broken document makes Mammoth stumble over, it means one thing
        raise _damaged() from None
    if not document.text.strip():
        raise UnreadableError("EV704", "it holds no words", "a picture has no text: use CQC's page or its PDF")
    unsure = ("it has tracked changes: it was read as if all were accepted",) if changed else ()
    return replace(document, kind="docx", dropped=(*dropped, *document.dropped), unsure=unsure, address="", links=())


def _damaged() -> UnreadableError:
    return UnreadableError("EV705", "it is damaged: it cannot be read as a Word document", "save it again from Word")


def _look_into(data: bytes) -> tuple[tuple[str, ...], bool]:
    """Return the words of headers and footers, and whether changes are tracked; raise where it is not safe to read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if _WORDS not in names:
                mend = "open it in its own program and save it as .docx; unpack it first where it is a ZIP file"
                raise UnreadableError("EV702", "this is a packed file (ZIP), and no Word document", mend)
            xml = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
            if (
                len(parts) > MOST_PARTS
                or len(names) != len(parts)
                or sum(part.file_size for part in xml) > LARGEST_PART
            ):
                what = "unpacked it would be far larger than any report: it may be made to exhaust computers"
                raise UnreadableError("EV705", what, "save it again from Word, or use CQC's page")
            read = [(part.filename, *_read(archive.read(part))) for part in xml]
    except UnreadableError:
        raise
    except Exception:  # zipfile and expat let go of a dozen kinds for broken bytes
        raise _damaged() from None
    around = [words for name, words, _ in read if name.startswith(_AROUND) and words]
    return tuple(dict.fromkeys(around)), any(changed for *_, changed in read)


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
        if name == f"{_NAMESPACE} p":
            words.append(" ")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = starts
    parser.CharacterDataHandler = words.append
    parser.Parse(data, True)
    return " ".join("".join(words).split()), changed
