"""Bytes of a PDF that are not as the program that made it left them: told, wherever they stand, and never else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from build_scripts.contribute.importers import UnreadableError, importer
from build_scripts.contribute.importers.pdf_damage import damage_of, is_endless
from tests.documents.reading import KEPT

PDFS = sorted(KEPT.glob("*.pdf"))
PACKED = "a packed part of it is not as it was made"


@pytest.mark.parametrize("file", PDFS, ids=lambda file: file.name)
def test_one_changed_byte_of_a_packed_part_is_told(file: Path) -> None:
    """Whatever program made a PDF, it is whole as it is, and damaged once a byte in any of its packed parts differs."""
    data = file.read_bytes()
    assert damage_of(data) == ""
    parts = list(re.finditer(rb"/FlateDecode[^>]*>>\s*stream\r?\n(.*?)endstream", data, re.DOTALL))
    assert parts
    for part in parts:
        middle = (part.start(1) + part.end(1)) // 2
        changed = data[:middle] + bytes([data[middle] ^ 0x55]) + data[middle + 1 :]
        assert PACKED in damage_of(changed)


def test_a_part_packed_in_no_way_there_is_is_told() -> None:
    """Where the name of how a part is packed is damaged, nothing of the part is read."""
    data = (KEPT / "raised-libreoffice.html.pdf").read_bytes()
    assert b"/FlateDecode/" in data
    for broken in (b"/FlateDecode\xbf", b"/FlatfDecode/"):
        assert PACKED in damage_of(data.replace(b"/FlateDecode/", broken, 1))


def test_a_changed_list_of_meanings_is_told() -> None:
    """wkhtmltopdf does not pack what its letters mean: a byte there that no such list has takes letters away."""
    data = (KEPT / "raised-wkhtmltopdf.pdf").read_bytes()
    lists = list(re.finditer(rb"beginbfrange(.*?)endbfrange", data, re.DOTALL))
    assert lists
    for found in lists:
        for place in (found.start(), found.end() - 1, data.index(b"<0", found.start(1)) + 2):
            changed = data[:place] + b"R" + data[place + 1 :]
            assert "what its letters mean" in damage_of(changed)


def test_letters_whose_places_are_no_numbers_crash_nothing() -> None:
    """A copy whose damage makes sizes of what is no number is refused in a line, or read as far as it goes."""
    data = (KEPT / "beside-wkhtmltopdf.pdf").read_bytes()
    with pytest.raises(UnreadableError, match="have no meaning that a program can tell"):
        importer("pdf")(data[:1875] + b"\xa1" + data[1876:])


def test_parts_that_never_end_are_refused_at_once() -> None:
    """A copy in which a part begins 20,000 times took PDFium half a minute: the reader looks for the end of each."""
    data = (KEPT / "pages-wkhtmltopdf.pdf").read_bytes()
    begins = re.search(rb"16 0 obj\n<<[^>]*>>\nstream\n", data)
    assert begins
    assert not is_endless(data)
    many = data[: begins.end()] + 20_000 * begins[0] + data[begins.end() :]
    assert is_endless(many)  # so that this test waits for nothing where it does not hold
    with pytest.raises(UnreadableError, match="it is damaged"):
        importer("pdf")(many)


def test_what_is_locked_is_not_looked_into() -> None:
    """The parts of a PDF with a password look like nothing: they are no damage."""
    data = next(file for file in PDFS if b"/Encrypt" not in file.read_bytes()).read_bytes()
    place = data.index(b"stream\n") + 20
    changed = data[:place] + b"\0\0\0\0" + data[place + 4 :]
    assert PACKED in damage_of(changed)
    assert damage_of(changed.replace(b"trailer\n<<", b"trailer\n<</Encrypt 9 0 R") + b"%/Encrypt") == ""


def test_damage_is_told_with_what_was_read() -> None:
    """A PDF whose letters are damaged is read as far as it goes, and what is wrong with it stands in the summary."""
    data = (KEPT / "headings-chromium.pdf").read_bytes()
    part = max(re.finditer(rb"/Length1.*?stream\r?\n(.*?)endstream", data, re.DOTALL), key=lambda each: len(each[1]))
    place = part.start(1) + 200
    document = importer("pdf")(data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :])
    assert any(PACKED in told for told in document.unsure)
