"""What documents do to words, kind by kind: each row was once lost, changed, or said to be done when it was not."""

from __future__ import annotations

import io
from collections.abc import Sequence
from email.message import EmailMessage
from html import escape

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from build_scripts.contribute.importers import UnreadableError, importer
from build_scripts.contribute.missing import holds_nothing
from build_scripts.contribute.recognise import Found
from tests.documents.reading import found_in
from tests.helpers.documents import as_docx, as_html, as_mhtml, statement_units
from tests.helpers.strategies import FRAMEWORK

HEAD = (
    "Anytown Council: local authority assessment\nPublished: 14 March 2025\nEquity in experience and outcomes\n"
    "Score: 2\nThe local authority commitment\nWe listen.\n"
)
FINDINGS = "Key findings for this quality statement"
STAFF = "Staff told us that boats were counted."


def page(body: str, before: str = "") -> bytes:
    """Return a web page whose key findings are these."""
    head = "".join(f"<p>{line}</p>" for line in HEAD.strip().split("\n"))
    return f"<!DOCTYPE html><meta charset=utf-8>{before}<h1>Anytown</h1>{head}<h3>{FINDINGS}</h3>{body}".encode()


def findings(data: bytes) -> list[str]:
    """Return the lines below the last fixed line of the one page that a document holds."""
    (found,) = found_in(data).pages
    return [line for line in found.lines[found.lines.index(FINDINGS) + 1 :] if line]


def told(found: Found) -> str:
    """Return all that is told of a document."""
    return "\n".join([*found.document.dropped, *found.document.unsure, *found.unsure, *found.rest])


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<p>In 2023<sup>4</sup> of 41,300<sup>1,2</sup></p>", ["In 2023[4] of 41,300[1,2]"]),
        ("<p>The 4<sup>th</sup> of 20 m<sup>2</sup>, 20 km<sup>2</sup></p>", ["The 4th of 20 m², 20 km²"]),
        ("<p>See<sup><a href='#fn1'>[1]</a></sup> there.</p>", ["See[1] there."]),
        ("<p>2023<span style='vertical-align:super'>4</span></p>", ["2023[4]"]),
        (
            "<p><span style=display:block>One officer</span><span style=display:block>Given</span></p>",
            ["One officer", "Given"],
        ),
        ("<p><span>of the officer</span><span>Given to all.</span></p>", ["of the officer Given to all."]),
        (
            "<h4><button aria-expanded=true>How nets were counted</button></h4><p>By hand.</p>",
            ["How nets were counted", "By hand."],
        ),
        (
            "<button aria-controls=a>Nets and boats</button><div id=a hidden><p>By hand.</p></div>",
            ["Nets and boats", "By hand."],
        ),
        ("<div class='accordion__panel' style='display:none'><p>Nine weeks.</p></div>", ["Nine weeks."]),
        ("<details><summary>More</summary><p>Nine weeks.</p></details>", ["More", "Nine weeks."]),
        ("<p id=n><a href='#n'>How nets were counted</a></p>", ["How nets were counted"]),
        (
            "<div id=consent-to-care><h4>Consent to care</h4><p>It was asked for.</p></div>",
            ["Consent to care", "It was asked for."],
        ),
        ("<table><tr><th>Team<th>Waiting<tr><td>North<td>42</table>", ["• Team | Waiting", "• North | 42"]),
        ("<table><tr><td><p>North</p><p>pier</p><td>42</table>", ["• North pier | 42"]),
        ("<ol type=a><li>to listen<li>to answer</ol>", ["a. to listen", "b. to answer"]),
        ("<p>The ﬁnancial oﬃcer</p>", ["The financial officer"]),
        ("<p>漢<ruby>字<rt>kanji</rt></ruby></p>", ["漢字 (kanji)"]),
        (
            "<p>Yes.<sup><a href='#cmnt1'>[a]</a></sup></p><div><p><a href='#cmnt_ref1' id=cmnt1>[a]</a>Eh?</p></div>",
            ["Yes."],
        ),
        ("<p>One.</p><p><a href='#n1'>1</a>By the clerk.</p>", ["One.", "1 By the clerk."]),
        ("<table><tr><td><a href='#n1'>1</a></td><td>By the clerk.</td></tr></table>", ["• 1 | By the clerk."]),
        ("<p><a href='#n1'>1 </a>By the clerk.</p>", ["1 By the clerk."]),
        ("<p>\uf095 to listen</p><p>\uf095 to answer</p>", ["• to listen", "• to answer"]),
        ("<p>Boats.</p><h2>Is this page useful?</h2><button>Yes</button>", ["Boats."]),
        ("<p>Boats.</p><p>We use cookies to make this site work.</p>", ["Boats."]),
    ],
)
def test_web_pages(body: str, lines: list[str]) -> None:
    """What a page shows, or shows when it is opened, arrives as it reads; what is others' does not."""
    assert findings(page(body)) == lines


@pytest.mark.parametrize(
    ("body", "listed"),
    [
        ("<p style='display:none'>Nobody rang them.</p>", "Nobody rang them."),
        ("<svg><text>Drawn words</text></svg>", "Drawn words"),
        ("<p>In 2023<sup>4</sup></p>", "numbers of notes were put into brackets: 2023[4]"),
        ("<p><span>of the officer</span><span>Given to all.</span></p>", "words that touch were parted: officer Given"),
        ("<table><tr><th>Team<th>Waiting<tr><td>North<td>42</table>", "2 rows of a table became items of a list"),
        ("<p>It closed.&lt;/p&gt;</p>", "looks like markup and no word"),
        ("<p>A sign \uf123 of one font.</p>", "has a meaning in one font only"),
        ("<p>\uf123 to listen</p>", "U+F123 at the beginning of lines was read as a bullet"),
    ],
)
def test_what_is_left_out_or_concluded_is_told(body: str, listed: str) -> None:
    """Whatever does not arrive as it stood is told."""
    assert listed in told(found_in(page(f"<p>{STAFF}</p>{body}")))


@pytest.mark.parametrize(
    "around",
    ["<form>{}</form>", "<main></main>{}", "<article><p>A teaser.</p></article>{}", "<section>{}</section>"],
)
def test_pages_in_any_frame(around: str) -> None:
    """A form around the page, an empty main part, a teaser and a fragment hide nothing of it."""
    head = "".join(f"<p>{line}</p>" for line in HEAD.strip().split("\n"))
    body = f"<h2>Anytown</h2>{head}<h3>{FINDINGS}</h3><p>{STAFF}</p>"
    assert findings(around.format(body).encode()) == [STAFF]


def test_a_style_sheet_of_the_page_counts() -> None:
    """What a page's own sheet makes a block, or hides, is one, and is hidden."""
    sheet = "<style>.b{display:block} .h{display:none}</style>"
    body = "<p><span class=b>One officer</span><span class=b>given</span></p><p class=h>Hidden words.</p>"
    assert findings(page(body, sheet)) == ["One officer", "given"]
    assert "Hidden words." in told(found_in(page(body, sheet)))


@pytest.mark.parametrize(
    "written",
    [
        "K e y  f i n d i n g s  f o r  t h i s  q u a l i t y  s t a t e m e n t",
        "Key findings for\nthis quality statement",
        "Key findings\nfor this\n\nquality\nstatement",
        "KEY FINDINGS FOR THIS QUALITY STATEMENT:",
        "3. Key findings for this quality statement",
        "• Key findings for this quality statement (3)",
    ],
)
def test_fixed_lines_however_they_are_set(written: str) -> None:
    """A fixed line that is spaced, wrapped, numbered or in capitals is known, and its text arrives."""
    found = found_in(f"{HEAD}{written}\n{STAFF}\n".encode())
    (only,) = found.pages
    assert only.lines[-1] == STAFF
    assert holds_nothing(found, FRAMEWORK) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{HEAD.partition('The local')[0]}{STAFF}\n", "EV714 it has the score of equity (2), and no line by which"),
        (
            "Anytown Council: local authority assessment\nWhat people expect\nI am asked.\n",
            "EV714 it has “What people expect”",
        ),
        (
            "CQC rates Anytown\n• Safeguarding: three\n• Assessing needs – good\n",
            "EV714 it has 2 quality statements with words for scores (“Safeguarding: three”), no score as a figure",
        ),
        (
            "CQC rates Anytown\nSafeguarding\nA good standard\nSafeguarding scored a two, as people waited.\n",
            "EV714 it has 1 quality statement with words for scores (“Safeguarding: A good standard”), no score",
        ),
        ("Safeguarding is for three in four of us.\n", "EV707 nothing in it is the text of a quality statement"),
        ("Anytown Council\nNot found\n", "EV707 nothing in it is the text of a quality statement"),
        (
            f"Anytown, assessed by the Care Quality Commission, published 4 July 2025\n{HEAD}Key findings\n{STAFF}\n",
            "EV707 this is a page of an evidence explorer",
        ),
        (
            f"{HEAD}Key findings\n{STAFF}\nScores © CQC; copied from the source on 4 July 2025.\n",
            "EV707 this is a page of an evidence explorer",
        ),
        (
            f"{HEAD}Key findings\n{STAFF}\nText © Care Quality Commission; copied from CQC on 4 July 2025. It is so.\n",
            "EV707 this is a page of an evidence explorer",
        ),
    ],
)
def test_a_score_without_a_text_is_never_done(text: str, said: str) -> None:
    """What has a score or a fixed line and no text is told as that, with what is missing."""
    problem = holds_nothing(found_in(text.encode()), FRAMEWORK)
    assert problem is not None
    assert f"{problem.code} {problem.what}".startswith(said)


CONTENTS = "\n".join(
    f"{item.name}{' ' if number % 2 else chr(9)}{number + 2}" for number, item in enumerate(FRAMEWORK.statements)
)


@pytest.mark.parametrize(
    ("lines", "scores"),
    [
        (CONTENTS, 0),
        ("Contents\n" + "\n".join(f"{item.name}\t{1 + n // 3}" for n, item in enumerate(FRAMEWORK.statements)), 0),
        ("\n".join(f"{item.name} ...... {1 + n // 3}" for n, item in enumerate(FRAMEWORK.statements)), 0),
        ("\n".join(f"{item.name}\t2" for item in FRAMEWORK.statements), 9),
        ("\n".join(f"• {item.name}\nScore: 3" for item in FRAMEWORK.statements), 9),
        ("\n".join(f"• {item.name}\n• Score: 3" for item in FRAMEWORK.statements), 9),
        ("\n".join(f"Leadership\t{item.name}\t3" for item in FRAMEWORK.statements), 9),
    ],
)
def test_contents_are_no_scores(lines: str, scores: int) -> None:
    """Numbers of pages never become scores; scores with bullets, in lists and in tables do."""
    assert len(found_in(lines.encode()).scores) == scores


SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(body: str, **parts: str) -> bytes:
    """Return a Word document with this XML below the key findings."""
    rows = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in [*HEAD.strip().split("\n"), FINDINGS])
    math = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    main = f"<w:document {SPACE} {math}><w:body>{rows}{body}</w:body></w:document>"
    return as_docx([], more={"word/document.xml": main, **parts})


def run(words: str, properties: str = "") -> str:
    """Return a run of words."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (f"{run('See ')}<w:fldSimple>{run('Table 3')}</w:fldSimple>{run('.')}", ["See Table 3."]),
        (f"{run('Of ')}<m:oMath><m:r><m:t>57%</m:t></m:r></m:oMath>{run(' new')}", ["Of 57% new"]),
        (f"<w:dir>{run('Right')}</w:dir><w:bdo>{run(' to left')}</w:bdo>", ["Right to left"]),
        (f"{run('One')}<w:r><w:br w:type='page'/></w:r>{run('two')}", ["One", "two"]),
        (f"<w:moveFrom>{run('Old ')}</w:moveFrom><w:moveTo>{run('Moved')}</w:moveTo>", ["Moved"]),
        (f"{run('Seen')}{run(' unseen', '<w:vanish/>')}", ["Seen"]),
        (f"{run('2023')}{run('4', '<w:vertAlign w:val=_superscript_/>'.replace('_', chr(34)))}", ["2023[4]"]),
        (f"{run('2023')}{run('4', '<w:position w:val=_8_/>'.replace('_', chr(34)))}", ["2023[4]"]),
    ],
)
def test_word_documents(body: str, lines: list[str]) -> None:
    """What Word shows arrives: fields, equations, moved words, words from right to left; what it hides does not."""
    assert findings(word(f"<w:p>{body}</w:p>")) == lines


@pytest.mark.parametrize(
    ("instruction", "words"),
    [
        (r' EQ \\* jc3 \\* "Font:DejaVu Serif" \\* hps12 \\o\\al(\\s\\up 11(port),harbour)', "harbour (port)"),
        (r"EQ \\f(3,4)", "3/4"),
        (r"EQ \\r(\\f(3,4))", "3/4"),
        ("PAGE", ""),
        (r"SEQ \\f(3,4)", ""),
    ],
)
def test_equation_fields_in_rich_text_and_word(instruction: str, words: str) -> None:
    """What an equation field shows stands in its instruction: it is read and told, and other instructions are not."""
    head = "".join(f"{line}\\par " for line in [*HEAD.strip().split("\n"), FINDINGS])
    rich = f"{{\\rtf1 {head}One {{\\field{{\\*\\fldinst {{{instruction}}}}}{{\\fldrslt {{}}}}}} boat\\par}}".encode()
    plain = instruction.replace("\\\\", "\\")
    half = len(plain) // 2
    begin, end = ('<w:r><w:fldChar w:fldCharType="' + kind + '"/></w:r>' for kind in ("begin", "end"))
    parts = "".join(
        f"<w:r><w:instrText xml:space='preserve'>{escape(part)}</w:instrText></w:r>"
        for part in (plain[:half], plain[half:])
    )
    for data in (rich, word(f"<w:p>{run('One ')}{begin}{parts}{end}{run(' boat')}</w:p>")):
        assert findings(data) == [" ".join(f"One {words} boat".split())]
        assert (f"an equation was read as “{words}”" in told(found_in(data))) == bool(words)


def test_what_word_hides_is_listed() -> None:
    """Hidden words are told."""
    assert "unseen" in told(found_in(word(f"<w:p>{run('Seen')}{run('unseen', '<w:vanish/>')}</w:p>")))


def test_an_embedded_document_is_refused_by_name() -> None:
    """Another document inside, which only Word can show, is no silent gap."""
    with pytest.raises(UnreadableError, match="another document inside it"):
        importer("docx")(word("<w:altChunk/>"))


def drawn(draw: Sequence[tuple[str, tuple[float, float], str]], turned: int = 0) -> bytes:
    """Return a PDF of one page: font or angle, place, words."""
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=A4)
    if turned:
        canvas.setPageRotation(turned)
        canvas.rotate(90)
        canvas.translate(0, -A4[0])
    for kind, (left, base), words in draw:
        canvas.saveState()
        canvas.setFont("Helvetica", 7 if kind == "raised" else 12)
        canvas.translate(left, base)
        canvas.rotate(45 if kind == "askew" else 0)
        canvas.drawString(0, 0, words)
        canvas.restoreState()
    canvas.showPage()
    canvas.save()
    return data.getvalue()


def test_a_turned_page_reads_as_any_other() -> None:
    """A page that is written sideways gives its lines in order."""
    lines = [("", (60, 500 - 20 * number), words) for number, words in enumerate(("Boats were counted.", "Nets too."))]
    assert importer("pdf")(drawn(lines, turned=90)).text.split() == ["Boats", "were", "counted.", "Nets", "too."]


def test_a_watermark_is_told_and_left_out() -> None:
    """Words at an angle are none of the text."""
    document = importer("pdf")(drawn([("", (60, 700), "Boats were counted."), ("askew", (200, 400), "DRAFT")]))
    assert (document.text, document.dropped) == ("Boats were counted.", ("DRAFT",))


def test_a_damaged_pdf_is_told() -> None:
    """What PDFium puts together again in silence may lack letters: that is said; bytes before the file harm nothing."""
    data = drawn([("", (60, 700), "Boats were counted.")])
    assert importer("pdf")(data).unsure == importer("pdf")(b"\n\n" + data).unsure == ()
    place = data.index(b"endstream") + 10
    for broken in (data[:place] + b"%" * 500 + b"\n" + data[place:], data.replace(b"startxref", b"startxxxx")):
        assert [each.partition(",")[0] for each in importer("pdf")(broken).unsure] == ["the file is damaged"]


def test_a_small_figure_that_stands_high_is_a_note() -> None:
    """2023 with a note 4 never becomes 20234."""
    assert importer("pdf")(drawn([("", (60, 700), "In 2023"), ("raised", (100.7, 705), "4")])).text == "In 2023[4]"
    assert importer("pdf")(drawn([("", (60, 700), "In 2023"), ("raised", (100.7, 705), "ii")])).text == "In 2023[ii]"


def test_a_mail_whose_text_is_attached_leads_to_it() -> None:
    """A mail that only brings a document is told with the name of the document and what to do."""
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "clerk@example.org", "Anytown"
    mail.set_content("The report is attached.")
    mail.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="report.pdf")
    problem = holds_nothing(found_in(mail.as_bytes()), FRAMEWORK)
    assert problem is not None
    assert problem.what.endswith("; “report.pdf” is attached and was not read")
    assert problem.mend == "save what is attached, and add it"


def test_a_single_file_of_chrome_brings_its_address() -> None:
    """A page saved as one file says where it was published."""
    found = found_in(as_mhtml(as_html(statement_units("equity"))))
    assert found.address.endswith("/anytown-0725")
    assert found.pages[0].statement == "equity"


def test_one_bad_byte_is_read_or_its_place_is_told() -> None:
    """A letter in another encoding among UTF-8 is read and told; one that is none is named with its line and words."""
    good = f"{HEAD}{FINDINGS}\nPeople said “no” at the caf".encode()
    assert findings(good + b"\xe9.\n") == ["People said “no” at the café."]
    assert "“é”" in told(found_in(good + b"\xe9.\n"))
    with pytest.raises(UnreadableError, match=r"byte 0x9d in line 8, in “.*at the caf"):
        found_in(good + b"\x9d.\n")


def test_lines_end_as_any_program_ends_them() -> None:
    """Vertical tabs and Unicode's own line ends part lines."""
    ends = iter("\v\u2028\u2029\f\x85" * 9)
    text = "".join(next(ends) if letter == "\n" else letter for letter in f"{HEAD}{FINDINGS}\n{STAFF}")
    assert findings(text.encode()) == [STAFF]


def test_a_table_of_scores_with_cells_over_several_rows() -> None:
    """The name of an area beside several rows, the first of them too, takes no statement's name or score away."""
    table = (
        "<table><tr><td rowspan=2>Working with people</td><td>Assessing needs</td><td>Score: 2</td></tr>"
        "<tr><td>Supporting people to live healthier lives</td><td>Score: 3</td></tr>"
        "<tr><td rowspan=2>Equity in experience and outcomes</td><td>Score: 2</td></tr>"
        "<tr><td>Shortfalls</td></tr></table>"
    )
    found = found_in(f"<h1>Anytown Council: local authority assessment</h1>{table}".encode())
    assert found.scores == (("assessing-needs", 2), ("healthier-lives", 3), ("equity", 2))
