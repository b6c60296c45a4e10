"""What a document is told to be, by what it holds."""

from __future__ import annotations

import io
import plistlib
import zipfile

import pytest

from build_scripts.contribute.importers import UnreadableError
from build_scripts.contribute.importers.kinds import kind_of
from tests.helpers.documents import as_html, as_mail, as_mhtml, as_text, as_webarchive, statement_units


def packed(**files: bytes) -> bytes:
    """Return a ZIP, of no particular day: its bytes name the tests, and all workers have to name them alike."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name.replace("__", "/").replace("_", ".")), content)
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (as_mail(as_html(statement_units("equity"))), "mail"),
        (as_mhtml(as_html(statement_units("equity"))), "mhtml"),
        (as_webarchive(as_html(statement_units("equity"))), "webarchive"),
        (b"{\\rtf1 words}", "rtf"),
        (b"# A heading\n\nwords", "markdown"),
        (b"<div>\n\n# A heading\n\n</div><div>\n\n## Another\n\n</div></div>", "markdown"),
        (as_text(statement_units("equity")).encode(), "text"),
        (packed(a_html=b"x"), "zip"),
        (packed(word__document2_xml=b"x"), "docx"),
    ],
)
def test_kinds_by_content(data: bytes, kind: str) -> None:
    """Each kind is known by what it is."""
    assert kind_of(data) == kind


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (packed(xl__workbook_xml=b"x"), "a workbook of Excel"),
        (packed(ppt__presentation_xml=b"x"), "a presentation"),
        (packed(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), r"OpenDocument file of another kind"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "a picture"),
        (b"\0\0\0\x18ftypheic", "a picture or film"),
        (b"II*\0\x08\0", "a picture"),
        (b"AT&TFORM\0\0", r"a scan \(DjVu\)"),
        (b'{"a": [1]}', r"data \(JSON\)"),
        (b"= Title\n\n== Part\n\nwords", "AsciiDoc"),
        (b"[InternetShortcut]\nURL=https://www.cqc.org.uk/x\n", "a link to a page and not the page"),
        (plistlib.dumps({"URL": "https://www.cqc.org.uk/x"}), "a link to a page and not the page"),
        (b"#+TITLE: a\n#+DATE: b\nwords", "an Org file"),
        (b"\\documentclass{article}\nwords", "a TeX file"),
        (b".. contents::\n\nwords", "reStructuredText"),
        (b"<?xml version='1.0'?><a>words</a>", "XML of a kind"),
        (b'statement,score,words\nequity,3,here\nlearning,2,"one, two"\n', r"a table \(CSV\)"),
    ],
)
def test_other_kinds_are_named(data: bytes, said: str) -> None:
    """What is not read is called what it is."""
    with pytest.raises(UnreadableError, match=said):
        kind_of(data)
