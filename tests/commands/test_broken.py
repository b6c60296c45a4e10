"""A corpus of broken sources: each gets exactly its own message, and leaves nothing behind.

``tests/broken/`` holds those that are readable text; those that are bytes are made here, a line each.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from build_scripts.commands.main import main
from build_scripts.contribute.importers import apart
from tests.helpers.collections_of import AUTHORITIES, OTHERSHIRE, SAFEGUARDING, VALID
from tests.helpers.documents import REPORT, SITE, as_docx, as_html, as_pdf, as_text, statement_units, summary_units

BROKEN = Path(__file__).resolve().parents[1] / "broken"
EQUITY = statement_units("equity")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small project that has Anytown's report without texts, and Othershire's with one."""
    root = tmp_path / "project"
    report = VALID[OTHERSHIRE].replace("othershire", "anytown").replace("2025-02-10", "2025-07-04")
    report = report.replace("2025-03-01", "2025-07-05").replace(f"{SITE}/invented/anytown", f"{SITE}{REPORT}")
    written = {
        **{path: VALID[path] for path in ("data/framework.yml", "data/themes.yml", "data/voices.yml")},
        **{path: VALID[path] for path in (OTHERSHIRE, SAFEGUARDING)},
        "data/authorities.csv": AUTHORITIES,
        "data/reports/anytown-2025-07/report.yml": report,
        "docs/index.md": "",
    }
    for path, text in written.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return root


def add(tree: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> tuple[int, str, str]:
    """Run the command beside the project, so that messages name no folder of this machine."""
    monkeypatch.chdir(tree.parent)
    before = sorted((path, path.read_bytes()) for path in (tree / "data").rglob("*") if path.is_file())
    result = CliRunner().invoke(main, ["--root", str(tree), "add", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    assert before == sorted((path, path.read_bytes()) for path in (tree / "data").rglob("*") if path.is_file())
    return result.exit_code, result.stdout, result.stderr


def expected() -> dict[str, str]:
    """Return the messages that ``expected.txt`` has for each file of the corpus."""
    blocks = (BROKEN / "expected.txt").read_text("utf-8").split("== ")[1:]
    return {name: message for name, _, message in (block.partition("\n") for block in blocks)}


@pytest.mark.parametrize("name", sorted(expected()))
def test_broken_text_gets_its_message(name: str, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each readable file of the corpus is told exactly what is wrong with it, with status 1."""
    (tree.parent / name).write_bytes((BROKEN / name).read_bytes())
    status, output, error = add(tree, monkeypatch, name)
    assert (output or error.partition("Error: ")[2]) == expected()[name].rstrip("\n") + "\n"
    assert status == (1 if output else 2)


def test_corpus_is_whole() -> None:
    """Every file of the corpus has its message, and there are at least 25 broken sources in all."""
    assert {path.name for path in BROKEN.iterdir()} == {*expected(), "expected.txt", "README.md"}
    assert len(expected()) + len(BYTES) >= 25


def locked_pdf() -> bytes:
    """Return a PDF that opens with a password only."""
    data = io.BytesIO()
    canvas = Canvas(data, encrypt=StandardEncryption("secret", canPrint=0))
    canvas.drawString(72, 700, "Equity in experience and outcomes")
    canvas.save()
    return data.getvalue()


def scanned_pdf() -> bytes:
    """Return a PDF of three pages that hold lines and no words."""
    data = io.BytesIO()
    canvas = Canvas(data)
    for _ in range(3):
        canvas.rect(50, 50, 400, 600, fill=1)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def archive(*names: str, size: int = 10) -> bytes:
    """Return a ZIP file with these names."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        for name in names:
            made.writestr(name, b"\0" * size)
    return data.getvalue()


ENTITIES = (
    "<?xml version='1.0'?><!DOCTYPE d [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]>"
    "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>&b;</w:document>"
)
FILE_ENTITY = ENTITIES.replace("<!ENTITY a 'ha'>", "<!ENTITY a SYSTEM 'file:///etc/passwd'>")
XML_ENTITIES = (
    "it defines its own XML entities, which Word never does: it may be made to exhaust or spy on computers\n"
    "    save it again from Word, or use CQC's page"
)
BOMB = (
    "unpacked it would be far larger than any report: it may be made to exhaust computers\n"
    "    save it again from Word, or use CQC's page"
)
DAMAGED_WORD = "it is damaged: it cannot be read as a Word document\n    save it again from Word"
DAMAGED_PDF = "it is damaged: it cannot be read as a PDF\n    download or print it again"
NO_TEXT = "\n    save CQC's page as HTML, PDF, DOCX or text"
NO_UTF8 = "\n    save it as text in UTF-8, or save CQC's page as HTML, PDF, DOCX or text"
NO_FILE = 'check its name and folder; a name with spaces needs make add FILE="name with spaces.html"'
PICTURE = "a picture has no text: use CQC's page or its PDF"

BYTES: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "empty.html": (lambda: b"", "EV704", "there is nothing in it\n    save CQC's page or document again"),
    "blank.txt": (lambda: b" \n\t\n", "EV704", "there is nothing in it\n    save CQC's page or document again"),
    "binary.txt": (
        lambda: bytes(range(256)) * 9,
        "EV702",
        f"this is no text in UTF-8: it holds NUL characters{NO_UTF8}",
    ),
    "utf16.txt": (
        lambda: "words".encode("utf-16-be"),
        "EV702",
        f"this is no text in UTF-8: it holds NUL characters{NO_UTF8}",
    ),
    "empty.zip": (archive, "EV702", "this is a packed file (ZIP) with nothing in it\n    add the pages themselves"),
    "controls.txt": (
        lambda: b"ab\x01\x02" * 99,
        "EV702",
        f"this is no text: it is full of control characters{NO_TEXT}",
    ),
    "neither.txt": (
        lambda: b"caf\xe9 \x81\x8d\x8f",
        "EV702",
        "byte 0xe9 in line 1, in “caf\ufffd \ufffd\ufffd\ufffd”, is a letter neither in UTF-8 nor in Windows-1252\n"
        "    put the right letter there, or save CQC's page again",
    ),
    "half-utf16.txt": (lambda: b"\xff\xfeA\0B", "EV702", f"the text is broken: it is not utf-16-le{NO_TEXT}"),
    "old.doc": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99,
        "EV702",
        "this is a document of an old Word, a mail of Outlook (.msg), or one with a password\n"
        "    open it in its own program and save it as .docx or PDF, without a password",
    ),
    "half.rtf": (
        lambda: b"{\\rtf1\\ansi Equity",
        "EV705",
        "it is damaged: it breaks off, so words may be missing\n    save it again from Word or LibreOffice",
    ),
    "photo.pdf": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "EV702", f"this is a picture\n    {PICTURE}"),
    "program.html": (
        lambda: b"\x7fELF\x02\x01" + b"\0" * 99,
        "EV702",
        "this is a program\n    use CQC's page, saved as HTML, PDF, DOCX or text",
    ),
    "packed.txt.gz": (
        lambda: b"\x1f\x8b\x08" + b"\0" * 9,
        "EV702",
        "this is a packed file (gzip)\n    unpack it first, and add the pages in it",
    ),
    "sheet.xlsx": (
        lambda: archive("xl/workbook.xml"),
        "EV702",
        "this is a workbook of Excel\n    use CQC's page, or save its text as DOCX or text",
    ),
    "half.zip": (
        lambda: b"PK\x03\x04" + b"x" * 99,
        "EV705",
        "it is damaged: it cannot be unpacked\n    download or pack it again",
    ),
    "locked.pdf": (
        locked_pdf,
        "EV704",
        "it is locked with a password\n    open it with its password and print it to a new PDF, or use CQC's page",
    ),
    "scanned.pdf": (
        scanned_pdf,
        "EV704",
        "it holds no words, only pictures of pages (a scan)\n    use CQC's own page or document, or let a program "
        "recognise its text (OCR) and compare every word",
    ),
    "broken.pdf": (lambda: b"%PDF-1.7\n" + b"rubbish " * 99, "EV705", DAMAGED_PDF),
    "half.pdf": (lambda: as_pdf([EQUITY])[:300], "EV705", DAMAGED_PDF),
    "half.docx": (lambda: as_docx(EQUITY)[:700], "EV705", DAMAGED_WORD),
    "not-xml.docx": (lambda: as_docx(EQUITY, more={"word/document.xml": "<w:document"}), "EV705", DAMAGED_WORD),
    "no-words.docx": (lambda: as_docx([]), "EV704", f"it holds no words\n    {PICTURE}"),
    "bomb.docx": (lambda: archive("word/document.xml", size=60_000_000), "EV705", BOMB),
    "many-parts.docx": (lambda: archive("word/document.xml", *map("p{}".format, range(5_001))), "EV705", BOMB),
    "entities.docx": (lambda: as_docx(EQUITY, more={"word/document.xml": ENTITIES}), "EV705", XML_ENTITIES),
    "spy.docx": (lambda: as_docx(EQUITY, more={"word/document.xml": FILE_ENTITY}), "EV705", XML_ENTITIES),
    "spy-utf16.docx": (
        lambda: archive_of("word/document.xml", FILE_ENTITY.replace("?>", " encoding='utf-16'?>", 1).encode("utf-16")),
        "EV705",
        XML_ENTITIES,
    ),
}
"""Name to the source's bytes, and the problem that they give."""


def archive_of(name: str, data: bytes) -> bytes:
    """Return a ZIP file with one part."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as parts:
        parts.writestr(name, data)
    return made.getvalue()


@pytest.mark.parametrize("name", BYTES)
def test_broken_bytes_get_their_message(name: str, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each source of broken bytes is told exactly what is wrong with it, with status 1, and nothing is written."""
    make, code, message = BYTES[name]
    (tree.parent / name).write_bytes(make())
    status, output, error = add(tree, monkeypatch, name)
    assert output == f"{name}:1: {code} {message}\n"
    assert error == "1 problem; nothing was written\n"
    assert status == 1


def test_a_file_of_500_megabytes_is_not_read(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file far beyond every limit is refused by its size."""
    with (tree.parent / "huge.pdf").open("wb") as huge:
        huge.truncate(500_000_000)
    _, output, _ = add(tree, monkeypatch, "huge.pdf")
    assert output == (
        "huge.pdf:1: EV703 it has 500,000,000 bytes; at most 50,000,000 are read\n    add the statement pages instead\n"
    )


def test_what_is_no_file_is_told_for_each(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing path, a folder, a device, a bad name and none are all told in one run."""
    status, output, _ = add(tree, monkeypatch, "nowhere.html", "project", "/dev/zero", "a\0b", "ftp://x/y", "")
    assert status == 1
    assert output == (
        f"nowhere.html:1: EV701 there is no such file\n    {NO_FILE}\n"
        "project:1: EV704 there is no file in this folder\n    name the folder that holds the pages\n"
        "/dev/zero:1: EV701 this is not a plain file\n    save CQC's page as a file\n"
        f"a\\x00b:1: EV701 there is no such file\n    {NO_FILE}\n"
        "ftp://x/y:1: EV701 there is no such file\n    give an address that begins with https://\n"
        "a source without a name:1: EV701 there is no such file\n    give the name of a file, an address, or -\n"
    )


def test_two_reports_in_one_call(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of two authorities, or of two months, are refused together."""
    other = as_html([(kind, words.replace("Anytown Council", "Othershire Council")) for kind, words in EQUITY])
    (tree.parent / "a.html").write_text(as_html(statement_units("safeguarding")), "utf-8")
    (tree.parent / "b.html").write_text(other, "utf-8")
    (tree.parent / "c.html").write_text(as_html(EQUITY).replace("4 July 2025", "4 July 2026"), "utf-8")
    mend = "    add the sources of one report in one call, the others in another\n"
    _, output, _ = add(tree, monkeypatch, "a.html", "b.html")
    assert output == f"b.html:1: EV708 this is of 'othershire', but a.html of 'anytown'\n{mend}"
    _, output, _ = add(tree, monkeypatch, "a.html", "c.html")
    assert output == f"c.html:1: EV708 this is of '2026-07', but a.html of '2025-07'\n{mend}"


def test_two_texts_of_one_statement(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two different texts for one statement are refused, and two scores of one statement."""
    (tree.parent / "a.html").write_text(as_html(EQUITY), "utf-8")
    (tree.parent / "b.html").write_text(as_html(EQUITY).replace("Nobody", "Somebody"), "utf-8")
    _, output, _ = add(tree, monkeypatch, "a.html", "b.html")
    assert output == (
        "b.html:1: EV709 a second, other text of 'equity': the first is in a.html\n    leave one of the two out\n"
    )
    (tree.parent / "s.txt").write_text(as_text(summary_units()), "utf-8")
    (tree.parent / "c.txt").write_text(as_text(statement_units("equity", score=2)), "utf-8")
    _, output, _ = add(tree, monkeypatch, "c.txt", "s.txt")
    assert (
        "s.txt:1: EV403 it gives equity the score 3, but c.txt gives 2\n"
        "    compare both with CQC's page and correct the wrong one\n"
    ) in output


def test_the_wrong_statement_by_option(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that names its statement is never filed under another."""
    (tree.parent / "a.html").write_text(as_html(EQUITY), "utf-8")
    _, output, _ = add(tree, monkeypatch, "a.html", "--statement", "learning")
    assert output == (
        "a.html:1: EV505 --statement says 'learning' but the text is that of 'equity'\n"
        "    leave --statement out, or take the right page\n"
    )


def test_a_document_that_takes_too_long(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that is made to keep its reader busy is given up after a while, and that is said."""
    monkeypatch.setattr(apart, "LONGEST", 2)
    (tree.parent / "long.html").write_bytes(b"<p>words</p>" * 1_500_000)
    _, output, _ = add(tree, monkeypatch, "long.html")
    assert output == (
        "long.html:1: EV705 it takes longer than 2 seconds to read\n"
        "    save it again from CQC's page, without what does not belong to it\n"
    )
