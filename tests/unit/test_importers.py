"""What single importers do with ugly documents: hyphens, tables, columns, encodings, furniture of pages."""

from __future__ import annotations

import encodings.aliases
import io
import plistlib
from collections.abc import Sequence

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from build_scripts.contribute.importers import UnreadableError, importer
from build_scripts.contribute.importers.kinds import kind_of
from build_scripts.contribute.importers.pdf_layout import lay_flat
from build_scripts.contribute.importers.pdf_rows import Piece
from tests.helpers.documents import as_docx

html, pdf, text, docx = (importer(kind) for kind in ("html", "pdf", "text", "docx"))


def drawn(*pages: Sequence[tuple[float, float, str]], size: float = 11) -> bytes:
    """Return a PDF with words at places (from the left, from the foot)."""
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=A4)
    for page in pages:
        canvas.setFont("Helvetica", size)
        for left, base, words in page:
            canvas.drawString(left, base, words)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def test_hyphens_at_line_ends() -> None:
    """A hyphen that only the line's end put there goes, one of a compound stays; what is in doubt is told."""
    lines = [
        "Staff spoke of the develop-",
        "ment of co-",
        "production, of short-",
        "and long-term plans for 2023-",
        "2025.",
    ]
    lines += ["The development of a self-", "neglect policy was seldom-", "heard of: seldom-heard people."]
    document = pdf(drawn([(60, 700 - 14 * number, line) for number, line in enumerate(lines)]))
    assert " ".join(document.text.split()) == (
        "Staff spoke of the development of co-production, of short- and long-term plans for 2023-2025. "
        "The development of a self-neglect policy was seldom-heard of: seldom-heard people."
    )
    assert document.unsure == ("hyphens at the ends of lines were kept in co-production, self-neglect",)


@pytest.mark.parametrize(
    ("lines", "expected", "told"),
    [
        # No word is cut here: a hyphen is the word's own.
        (["Support is asset-", "based here."], "Support is asset-based here.", ""),
        (["They meet face-", "to-face, or person-to-", "person."], "They meet face-to-face, or person-to-person.", ""),
        # One word is, and so another may be.
        (["Peo-", "ple said it is asset-", "based."], "People said it is asset-based.", "kept in asset-based"),
        (["Peo-", "ple under-", "stand it."], "People understand it.", "taken out of understand"),
        (["Peo-", "ple said seni-", "or staff came."], "People said senior staff came.", ""),
        # The document has the word elsewhere.
        (["Peo-", "ple are asset-", "based. Asset-based!"], "People are asset-based. Asset-based!", ""),
        # U+2010 cuts words where the others are U+002D; where the text has it inside lines, it may be the word's own.
        (["It is asset-", "based infor‐", "mation."], "It is asset-based information.", ""),
        (["Face‐to‐face or asset‐", "based."], "Face‐to‐face or asset‐based.", ""),
        (["SAFE‐", "GUARDING"], "SAFEGUARDING", ""),
        (["The Anglo-", "Saxon and 24-", "hour care"], "The Anglo-Saxon and 24-hour care", ""),
    ],
)
def test_what_a_hyphen_is(lines: list[str], expected: str, told: str) -> None:
    """A hyphen is the word's own by its sign, the document's other words, or English; otherwise a doubt is told."""
    pieces = [Piece(line, 60, 500, 700 - 14 * number, 11) for number, line in enumerate(lines)]
    (line,), _, unsure = lay_flat([pieces])
    assert line == expected
    assert [note.removeprefix("hyphens at the ends of lines were ") for note in unsure] == ([told] if told else [])


def test_a_paragraph_that_may_end_with_a_page() -> None:
    """Where a full line with a full stop ends a page, its paragraph is taken to go on, and that is told."""
    words = [
        "a line that is as wide as any other of its page here",
        "of words that fill it, as wide as any other is here",
    ]
    lines = [*(words * 3), "and the last one ends with the foot of its page too."]
    page = [(60.0, 400 - 14.0 * number, line) for number, line in enumerate(lines)]
    document = pdf(drawn(page, [(60, 700, "The next page begins so."), *((x, y + 280, line) for x, y, line in page)]))
    assert "of its page too. The next page begins so." in document.text
    assert document.unsure == (
        "a paragraph may end with “…with the foot of its page too.”, where a page or column does",
    )


def test_a_table_of_scores_keeps_its_rows() -> None:
    """Cells stand in their row, a tab between them, and are never read as columns."""
    names = ["Assessing needs", "Safeguarding", "Governance, management and sustainability", "Learning"]
    page = [(left, 700 - 20 * row, words) for row, name in enumerate(names) for left, words in ((60, name), (420, "3"))]
    assert [line for line in pdf(drawn(page)).text.split("\n") if line] == [f"{name}\t3" for name in names]


def test_columns_written_row_by_row() -> None:
    """Two columns whose lines a program wrote from left to right across both are read one after the other."""
    left = [f"line {number} of the first column of words" for number in range(8)]
    right = [f"row {number} of the second column of it" for number in range(8)]
    page = [(x, 700 - 14 * n, line) for n in range(8) for x, line in ((60, left[n]), (320, right[n]))]
    assert " ".join(pdf(drawn(page)).text.split()) == " ".join([*left, *right])


def test_running_rows_and_page_numbers() -> None:
    """Headers and numbered footers of pages go; what stands on one page only stays."""
    pages = [
        [(60, 800, "Anytown report"), (60, 700, f"Words of page {number}."), (300, 30, f"{number} / 4")]
        for number in range(1, 5)
    ]
    pages[2].append((60, 760, "A heading of the third"))
    document = pdf(drawn(*pages))
    assert document.dropped == ("Anytown report", "1 / 4", "2 / 4", "3 / 4", "4 / 4")
    assert "A heading of the third" in document.text
    assert [f"page {number}." in document.text for number in range(1, 5)] == [True] * 4


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("5:59 AM", "6:00 AM"),
        ("11/29/26, 11:59 PM", "11/30/26, 12:00 AM"),
        ("29/11/2026, 09:59:59", "29/11/2026, 10:00:00"),
    ],
)
@pytest.mark.parametrize("later", [1, 2, 4])
def test_a_clock_that_goes_on_while_pages_are_printed(later: int, before: str, after: str) -> None:
    """A browser writes the time of each page into its header: it goes from the last pages, too, where it is another."""
    pages = [
        [(60, 800, f"{after if number > 5 - later else before} Equity"), (60, 700, f"Words of page {number}.")]
        for number in range(1, 6)
    ]
    document = pdf(drawn(*pages))
    assert document.dropped == (f"{before} Equity", f"{after} Equity")
    assert document.text.split() == [word for number in range(1, 6) for word in ("Words", "of", "page", f"{number}.")]


@pytest.mark.parametrize(
    ("data", "expected", "unsure"),
    [
        ("Caf\xe9 – “said”".encode(), "Caf\xe9 – “said”", False),
        ("\ufeffCaf\xe9".encode(), "Caf\xe9", False),
        ("Caf\xe9 – “said”".encode("cp1252"), "Caf\xe9 – “said”", True),
        ("Caf\xe9".encode("utf-16"), "Caf\xe9", False),
        ("Caf\xe9".encode("utf-16-be"), None, False),
        (b"a\r\nb\rc", "a\nb\nc", False),
    ],
)
def test_encodings(data: bytes, expected: str | None, unsure: bool) -> None:
    """Text is read in the encoding that it says or shows; Windows-1252 is told of."""
    if expected is None:
        with pytest.raises(Exception, match="NUL characters"):
            text(data)
        return
    document = text(data)
    assert document.text == expected
    assert bool(document.unsure) is unsure


@pytest.mark.parametrize("name", ["windows-1252", "iso-8859-1", "nonsense", "utf-8", "rot13"])
def test_a_page_that_names_its_encoding(name: str) -> None:
    """What a page declares is believed where its bytes are no UTF-8; a name that is none of text is not."""
    page = f'<meta charset="{name}"><p>“Caf\xe9” – said</p>'.encode("cp1252")
    assert html(page).text == "“Caf\xe9” – said"


def test_only_encodings_of_browsers_are_obeyed() -> None:
    """No name of Python's that browsers do not know makes a page, mail or web archive fail, or changes its words."""
    page = b"<p>Caf\xe9 \\u0041 +AEE- &#x41;"
    for name in {
        *encodings.aliases.aliases,
        *encodings.aliases.aliases.values(),
        "undefined",
        "idna",
        "unicode_escape",
    }:
        mail = f"From: a@example.org\nContent-Type: text/html; charset={name}\n\n".encode() + page
        main = {"WebResourceData": page, "WebResourceTextEncodingName": name}
        said = f'<meta charset="{name}">'.encode() + page
        for kind, data in (("html", said), ("mail", mail), ("webarchive", plistlib.dumps({"WebMainResource": main}))):
            assert importer(kind)(data).text.endswith(" \\u0041 +AEE- A"), (kind, name)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>one<br>two</p>", "one\ntwo"),
        ("<p>a<b>b</b>c <i>d</i></p>", "abc d"),
        ("<ul><li>one<li>two</ul>", "• one\n• two"),
        ("<ol start=3><li>one<li>two</ol>", "3. one\n4. two"),
        ("<ul><li><a href=/x>menu</a></ul>", "menu"),
        ("<table><tr><td>a</td><td><p>b</p></td></tr></table>", "a\tb"),
        ("<pre>a\n  b</pre>", "a\nb"),
        ("<p>a&nbsp;b&#8217;s &amp; c</p>", "a b’s & c"),
        ("<p hidden>no</p><p style='display: none'>no</p>yes", "yes"),
        ("<body class=cookie-seen><p>yes</p>", "yes"),
        ("<p>unclosed <div>x", "unclosed\n\nx"),
        ("<main>yes</main><p>no", "yes"),
        ("<article>one</article><article>two</article>", "one\n\ntwo"),
        ("<div role=dialog>no</div><div class='x cookie-banner--open'>no</div>yes", "yes"),
        ("<div id=onetrust-consent-sdk><h2>no</h2></div><div id=CybotCookiebotDialog>no</div>yes", "yes"),
        ("<div id=ccc>no</div><div id=sliding-popup>no</div>yes", "yes"),
        ("<div id=capacity-and-consent>yes</div>", "yes"),
        ("<div class='consent-to-care gdpr'>yes</div>", "yes"),
        ("<div class='cookies'><h1>yes</h1></div>", "yes"),
        ("<main><div id=mental-capacity-and-consent>yes</div></main>", "yes"),
        ("<main><section class=cookie-banner>yes</section></main><div class=cookie-banner>no</div>", "yes"),
        ("<form id=whole-page><nav>no</nav><main>yes</main></form>", "yes"),
        ("<form><h1>yes</h1><p>yes</p></form>", "yes\n\nyes"),
        ("<h2><a href=#part>yes</a></h2><h3><button>yes</button></h3><p><a href=#top>no</a></p>", "yes\n\nyes"),
        ("<main><div hidden=until-found>yes</div></main>", "yes"),
        ("<svg><text>no</text></svg><script>no</script>yes", "yes"),
        ("", ""),
    ],
)
def test_html(page: str, expected: str) -> None:
    """A page's blocks are lines, its lists have bullets or numbers, and what is not its own is left out."""
    assert html(page.encode()).text == expected


NO = "stands in the page's main part and was left out: it is"


@pytest.mark.parametrize(
    ("page", "unsure"),
    [
        ("<aside>Carers waited.</aside>", [f"“Carers waited.” {NO} an aside"]),
        ("<div role=complementary>Carers waited.</div>", [f"“Carers waited.” {NO} an aside"]),
        ("<footer>Carers <b>waited.</b></footer>", [f"“Carers waited.” {NO} a footer"]),
        ("<div hidden><p>Carers</p><p>waited.</p></div>", [f"“Carers waited.” {NO} hidden"]),
        ("<section style='display:none'>Carers waited.</section>", [f"“Carers waited.” {NO} hidden"]),
        ("<noscript>Carers waited.</noscript>", [f"“Carers waited.” {NO} meant for browsers without scripts"]),
        ("<nav>Carers waited. <aside>Next</aside></nav><dialog>Close</dialog><button hidden></button>", []),
        (
            "".join(f"<aside>{n}</aside>" for n in range(7)),
            [*(f"“{n}” {NO} an aside" for n in range(5)), "and 2 more were left out of its main part"],
        ),
    ],
)
def test_what_is_left_out_of_the_main_part_is_told(page: str, unsure: list[str]) -> None:
    """All of it is listed, and where it may be words of the report, that is a doubt for a person to look at."""
    document = html(f"<main>{page}Nobody was turned away.</main><aside>Elsewhere</aside>".encode())
    assert document.text == "Nobody was turned away."
    assert list(document.unsure) == unsure
    assert {"Carers", "waited."} <= set(" ".join(document.dropped).split()) or "Carers" not in page


def test_a_page_knows_where_it_came_from() -> None:
    """Its own canonical address, or that which the browser noted when it saved the page, is taken."""
    canonical = b'<link rel="canonical" href="https://www.cqc.org.uk/a"><p>x'
    saved = b"<!-- saved from url=(0024)https://www.cqc.org.uk/b --><html><p>x"
    assert [html(page).address for page in (canonical, saved)] == [
        "https://www.cqc.org.uk/a",
        "https://www.cqc.org.uk/b",
    ]


def test_tracked_changes_are_read_as_accepted() -> None:
    """Words put in are read, words taken out are not, and that there were any is told."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = (
        '<w:p><w:r><w:t xml:space="preserve">kept </w:t></w:r>'
        '<w:ins w:id="1" w:author="a"><w:r><w:t>added</w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="a"><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>'
    )
    document = docx(
        as_docx([], more={"word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>"})
    )
    assert document.text == "kept added"
    assert document.unsure == ("it has tracked changes: it was read as if all were accepted",)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<!DOCTYPE html><p>x", "html"),
        (b"\xef\xbb\xbf  <html>", "html"),
        ("<html><p>x".encode("utf-16"), "html"),
        (b"<!-- note --><?xml version='1.0'?><html>", "html"),
        (b"junk %PDF-1.4", "pdf"),
        (b"PK\x03\x04", "zip"),
        (b"MZ is how this text begins", "text"),
        (b"From: me\nwords", "text"),
        (b"<b>bold</b> words", "text"),
    ],
)
def test_kinds(data: bytes, kind: str) -> None:
    """A document is what its first bytes say."""
    assert kind_of(data) == kind


@pytest.mark.parametrize("above", [b"<!---->", b"<!-- a -->\n "])
def test_what_stands_above_a_page_is_read_once(above: bytes) -> None:
    """Comments without end are no page, and are told at once; with a page below them they belong to it."""
    assert kind_of(above * 600 + b"x") == "text"
    assert kind_of(above * 600 + b"<p>x") == "html"


@pytest.mark.parametrize(
    ("kind", "page"),
    [
        ("html", b"<div>" * 30_000),
        ("html", b"<ul><li>" * 30_000),
        ("html", b"<a href='#x'>word " * 30_000),
        ("html", b"<DIV class=x>" * 30_000 + b"</div>" * 30_000),
        ("markdown", b"![" * 30_000),
    ],
)
def test_what_is_made_to_exhaust_is_refused_at_once(kind: str, page: bytes) -> None:
    """Elements that stand in one another without end are told before a tree is built: that alone would take long."""
    with pytest.raises(UnreadableError, match="it may be made to exhaust computers") as refused:
        importer(kind)(page)
    assert refused.value.code == "EV705"


def test_what_stands_beside_one_another_is_no_depth() -> None:
    """Many items, cells, paragraphs and words in bold, closed or not, are as many lines."""
    page = b"<p>one<p>two <b>bold</b></p><ul><li>item<li>item</ul>" * 3_000
    assert importer("html")(page).text.split("\n").count("one") == 3_000


def test_a_paragraph_beside_a_box_is_one() -> None:
    """Lines that end early, since a box stands beside them, are one paragraph while a small letter goes on."""
    beside = ["Staff told us that boats were counted each week", "in the harbour of the town, and that people who came"]
    below = [
        "by boat were asked in writing what they needed, all of them, whoever they were and whenever they came."
    ] * 4
    pieces = [Piece(line, 60, 300, 700 - 14 * number, 11) for number, line in enumerate(beside)]
    pieces += [Piece(line, 60, 540, 672 - 14 * number, 11) for number, line in enumerate(below)]
    (first, *_), _, _ = lay_flat([pieces])
    assert first.startswith(" ".join([*beside, below[0]]))


def test_headers_that_break_the_library_are_damage() -> None:
    """A mail whose parts have headers that the standard library falls over is damaged; a saved page needs none."""
    header = "Content-Disposition: attachment; filename*0*=utf-8''a; filename*"
    data = f"{header}\nMIME-Version: 1.0\nContent-Type: text/html\n\n<p>Nobody was turned away.</p>\n".encode()
    with pytest.raises(UnreadableError, match="its headers cannot be read"):
        importer("mail")(data)
    assert "Nobody was turned away." in importer("mhtml")(data).text
