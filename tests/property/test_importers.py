"""Properties of the importers: no word is lost on its way from any document, and no bytes make one fail."""

from __future__ import annotations

import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from typing import TypeVar

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from build_scripts.contribute.importers import UnreadableError, importer
from build_scripts.contribute.importers.kinds import kind_of
from build_scripts.contribute.importers.pdf_layout import lay_flat
from build_scripts.contribute.importers.pdf_rows import Piece
from build_scripts.contribute.recognise import recognise
from build_scripts.model.evidence import Imported, SourceFile
from build_scripts.text.statement_page import parse_statement_page
from tests.helpers.anytown import vocabulary
from tests.helpers.documents import (
    PATHS,
    Unit,
    as_docx,
    as_html,
    as_mail,
    as_markdown,
    as_mhtml,
    as_odt,
    as_pdf,
    as_rtf,
    as_text,
    as_webarchive,
    page_units,
    statement_units,
    summary_units,
    words_of,
)
from tests.helpers.examples import examples
from tests.helpers.projects import ROOT
from tests.helpers.strategies import FRAMEWORK, Page, pages

MAKERS: dict[str, Callable[[list[Unit]], bytes]] = {
    "text": lambda units: as_text(units).encode(),
    "html": lambda units: as_html(units).encode(),
    "docx": as_docx,
    "pdf": lambda units: as_pdf([units], running=False),
    "odt": as_odt,
    "rtf": as_rtf,
    "markdown": lambda units: as_markdown(units).encode(),
    "mail": lambda units: as_mail(as_html(units)),
    "mhtml": lambda units: as_mhtml(as_html(units)),
    "webarchive": lambda units: as_webarchive(as_html(units)),
}
VOCABULARY = vocabulary()


def words(document: Imported) -> list[str]:
    """Return the words that arrived, bullets left out."""
    return [word for word in document.text.split() if word != "•"]


@pytest.mark.parametrize("kind", MAKERS)
@given(page=pages())
@examples(25)
def test_no_word_is_lost(kind: str, page: Page) -> None:
    """The words that arrive from a page in any format are those that were put in, each once, in order."""
    units = page_units(page)
    data = MAKERS[kind](units)

    assert kind_of(data) == kind
    assert words(importer(kind)(data)) == words_of(units)


@pytest.mark.parametrize("kind", MAKERS)
@given(page=pages())
@examples(25)
def test_headings_paragraphs_and_lists_arrive_as_such(kind: str, page: Page) -> None:
    """A page from any format gives the passages, headings and lists, and so the links, that its plain text gives."""
    units = page_units(page)

    def parsed(document: Imported) -> tuple[object, ...]:
        (found,) = recognise(document, VOCABULARY).pages
        source = SourceFile("equity.txt", "\n".join(found.lines).encode())
        page, _ = parse_statement_page(source, FRAMEWORK)
        assert page is not None
        passages = [(each.id, each.text, each.heading, each.is_list) for each in page.passages]
        return page.statement, page.score, [each.text for each in page.headings], passages, page.expectations

    assert parsed(importer(kind)(MAKERS[kind](units))) == parsed(importer("text")(as_text(units).encode()))


@given(
    drawn=st.lists(pages(), min_size=1, max_size=4),
    columns=st.sampled_from((1, 1, 2)),
    justified=st.booleans(),
    size=st.sampled_from((9.0, 10.5, 12.0)),
)
@examples(30)
def test_no_word_of_a_laid_out_report_is_lost(drawn: list[Page], columns: int, justified: bool, size: float) -> None:
    """In one column or two, ragged or justified, small or large: only running headers and page numbers go."""
    units = [page_units(page) for page in drawn]

    # On a page alone nothing tells a running header from a first line.
    running = len(units) > 1
    document = importer("pdf")(as_pdf(units, columns=columns, justified=justified, size=size, running=running))

    assert words(document) == [word for group in units for word in words_of(group)]
    assert all(
        re.fullmatch(r"Page \d+|Local authority assessment of the invented Anytown", row) for row in document.dropped
    )


ANY = st.one_of(st.binary(max_size=4_000), st.text(max_size=2_000).map(lambda text: text.encode("utf-8", "replace")))
VALID = {kind: make(statement_units("equity")) for kind, make in MAKERS.items()}
TAGS = st.sampled_from(
    [
        *("<p>", "</p>", "<main>", "</main>", "<table><tr><td>", "</td><td>", "</table>", "<ul><li>", "</li>"),
        *("</ul>", "<ol start=9>", "<nav>", "</nav>", "<script>", "</script>", "<!--", "-->", "<![CDATA["),
        *("<svg>", "<math>", "<template>", "<select><option>", "<textarea>", "<pre>\n", "<br>"),
        *("<a href='#x'>", "<a href='#x'>1</a>", "</a>", "<b", "&#0;", "&shy;", "<div style='display:none'>", "</div>"),
        *("<div class=cookie-banner>", "<div id=consent>", "<noscript>", "</noscript>", "<aside>", "<form>", "</form>"),
        *("<h2>", "</h2>", "<button>", "<td>", "<body>", "</html>", "\0", "\x85", "words"),
    ]
)


@st.composite
def damaged(draw: st.DrawFn, kind: str) -> bytes:
    """Return a document of a kind with some of its bytes changed, cut out or doubled."""
    data = bytearray(VALID[kind])
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, max(len(data) - 1, 0)))
        length = draw(st.integers(0, 60))
        match draw(st.sampled_from(("change", "cut", "double"))):
            case "change":
                data[place : place + length] = draw(st.binary(max_size=60))
            case "cut":
                del data[place : place + length]
            case _:
                data[place:place] = data[place : place + length]
    return bytes(data)


@st.composite
def repacked(draw: st.DrawFn) -> bytes:
    """Return a Word document whose archive is well and whose XML is not."""
    with zipfile.ZipFile(BytesIO(VALID["docx"])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = draw(st.sampled_from(sorted(parts)))
    text = parts[name].decode()
    names = sorted(set(re.findall(r"w:\w+|\w+=\"[^\"]*\"", text))) or [""]
    for _ in range(draw(st.integers(1, 4))):
        text = text.replace(draw(st.sampled_from(names)), draw(st.sampled_from([*names, "w:x", "", "<", "&amp;"])), 1)
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for each, data in {**parts, name: text.encode()}.items():
            archive.writestr(each, data)
    return made.getvalue()


def check(kind: str, data: bytes) -> None:
    """Assert that the importer, and what reads its text, return something or say what is wrong."""
    document, error = attempt(importer(kind), data)
    if error:
        assert re.fullmatch("EV70[2345]", error.code)
        assert error.what
        assert error.mend
    if document:
        told = [document.text, document.dropped, document.unsure, document.title, document.address, document.links]
        assert json.dumps(told)
        for page in recognise(document, VOCABULARY).pages:
            lines = "\n".join(page.lines).encode("utf-8", "replace")
            parse_statement_page(SourceFile("equity.txt", lines), FRAMEWORK)


Result = TypeVar("Result")


def attempt(step: Callable[[bytes], Result], data: bytes) -> tuple[Result | None, UnreadableError | None]:
    """Return what a step makes of bytes, or what it says is wrong with them; anything else is a failure."""
    try:
        return step(data), None
    except UnreadableError as error:
        return None, error


@pytest.mark.parametrize("kind", MAKERS)
@given(data=ANY)
@examples(200)
def test_no_bytes_make_an_importer_fail(kind: str, data: bytes) -> None:
    """Any bytes give a document or a problem, never an exception, even to an importer of another kind."""
    check(kind, data)


@given(data=ANY)
@examples(300)
def test_any_bytes_are_of_a_kind_or_refused(data: bytes) -> None:
    """The kind of any bytes is one that can be read, or a problem says what they are."""
    kind, error = attempt(kind_of, data)
    assert kind in (*MAKERS, "zip") or (error and error.code in ("EV702", "EV704"))


@pytest.mark.parametrize("kind", MAKERS)
@given(data=st.data())
@examples(150)
def test_no_damage_makes_an_importer_fail(kind: str, data: st.DataObject) -> None:
    """A document with broken bytes in it gives what can be read of it, or a problem."""
    check(kind, data.draw(damaged(kind)))


@given(data=repacked())
@examples(150)
def test_no_xml_makes_the_word_importer_fail(data: bytes) -> None:
    """XML that is not what Word writes gives what can be read of it, or a problem."""
    check("docx", data)


@given(parts=st.lists(st.one_of(TAGS, st.text(max_size=20)), max_size=60))
@examples(400)
def test_no_tags_make_the_html_importer_fail(parts: list[str]) -> None:
    """Tags in any order give a document."""
    check("html", "".join(parts).encode("utf-8", "replace"))


@given(
    parts=st.lists(
        st.one_of(TAGS.filter(lambda tag: tag not in ("\0", "<textarea>")), st.text("abcd", min_size=1)), max_size=60
    )
)
@example(["<math>", "<![CDATA[", "<p>"])
@examples(300)
def test_every_visible_word_of_html_is_kept_or_told(parts: list[str]) -> None:
    """Whatever a page's tags, each of its words, hidden ones too, stands in the text, or in what was dropped."""
    html = " ".join(parts)
    tree = LexborHTMLParser(html.replace("\0", "\ufffd"))

    def shown() -> Counter[str]:
        return Counter(re.findall("[a-z]+", tree.body.text(separator=" ") if tree.body else ""))

    every = shown()
    for never in ("script", "style", "template", "svg", "title"):
        for node in tree.css(never):
            node.decompose()
    wanted = shown()
    document = importer("html")(html.encode())
    arrived = Counter(re.findall("[a-z]+", " ".join([document.text, *document.dropped])))
    assert not wanted - arrived
    assert all(arrived[word] <= every[word] for word in wanted), "words of a drawing may be told as well, none twice"


@given(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1))
@example("<b people waited>")
@example("\U0001f600")
@examples(200)
def test_every_letter_of_rich_text_arrives(letters: str) -> None:
    """Whatever its number, a letter that rich text gives by its number in UTF-16 is that letter, and no markup."""
    units = memoryview(letters.encode("utf-16-le")).cast("h")
    assert importer("rtf")("{{\\rtf1 {}}}".format("".join(f"\\u{unit}?" for unit in units)).encode()).text == letters


@given(
    st.lists(
        st.tuples(st.sampled_from(["", r"\intbl ", r"\pard ", r"\trowd "]), st.sampled_from(["par", "cell", "row"]))
    )
)
@example([("", "cell"), ("", "row"), ("", "par")])
@examples(200)
def test_every_word_of_rich_text_arrives_once(drawn: list[tuple[str, str]]) -> None:
    """Words stay apart and none is lost, however paragraphs, cells and rows end, in the right order or not."""
    words = [f"w{number}" for number in range(len(drawn) + 1)]
    parts = [f"{opens}{word}\\{ends} " for word, (opens, ends) in zip(words, drawn, strict=False)]
    document = importer("rtf")(f"{{\\rtf1 {''.join(parts)}{words[-1]}}}".encode())
    assert sorted(document.text.split()) == sorted(words)


PIECES = st.lists(
    st.builds(
        Piece,
        text=st.one_of(
            st.sampled_from(["•", "1.", "word-", "word‐", "word\xad", "Page 1", "1", "a b c", "x"]),
            st.text("ab -", min_size=1),
        ).map(lambda text: " ".join(text.split()) or "x"),
        left=st.floats(0, 600),
        right=st.floats(0, 600),
        base=st.sampled_from([800.0, 780.0, 700.0, 688.0, 676.0, 40.0]),
        size=st.sampled_from([0.0, 8.0, 10.5, 12.0]),
        bold=st.booleans(),
        first=st.floats(0, 300),
        space=st.floats(0, 20),
    ),
    max_size=12,
)


@given(st.lists(PIECES, max_size=6))
@examples(400)
def test_no_piece_of_any_layout_is_lost(drawn: list[list[Piece]]) -> None:
    """Wherever pieces stand on their pages, each letter is in a line or in what was dropped."""
    lines, dropped, _ = lay_flat(drawn)

    def letters(texts: list[str]) -> list[str]:
        return sorted(re.sub(r"[\s‐\xad-]", "", "".join(texts)))

    kept = letters(lines)
    put_in = letters([piece.text for page in drawn for piece in page])
    assert len(kept) <= len(put_in)
    if not dropped:
        assert kept == put_in
    for letter in set(put_in) - set(kept):
        assert letter in "".join(dropped)


WORDS = ["understand", "information", "carers", "people", "into", "overcome", "reported", "the", "and", "to", "of"]
COMPOUNDS = ["asset-based", "co-produced", "face-to-face", "twenty-year", "person-centred", "drop-in", "self-neglect"]


@st.composite
def cut_texts(draw: st.DrawFn, sign: str) -> tuple[str, list[str]]:
    """Return a text and its lines, some of which end inside a word: with the sign, or after the word's own hyphen."""
    words = draw(st.lists(st.sampled_from([*WORDS, *COMPOUNDS]), min_size=1, max_size=60))
    lines = [""]
    for word in words:
        places = [place for place in range(2, len(word) - 1) if "-" not in word[place - 2 : place] + word[place]]
        places += [place + 1 for place, letter in enumerate(word) if letter == "-"]
        lines[-1] += f"{' ' if lines[-1] else ''}{word}"
        match draw(st.sampled_from(("go on", "go on", "cut", "end"))):
            case "cut" if places:
                place = draw(st.sampled_from(places))
                cut = sign if word[place - 1] != "-" else ""
                lines[-1:] = [lines[-1][: place - len(word)] + cut, word[place:]]
            case "end":
                lines.append("")
    return " ".join(words), [line for line in lines if line]


def one_paragraph(lines: list[str]) -> tuple[str, str]:
    """Return what lines of one width become, and what is told of them."""
    (line,), _, unsure = lay_flat(
        [[Piece(line, 60, 500, 10_000 - 14 * number, 11) for number, line in enumerate(lines)]]
    )
    return line, " ".join(unsure)


@given(cut_texts("-"))
@examples(400)
def test_a_hyphen_is_right_or_told(drawn: tuple[str, list[str]]) -> None:
    """However lines cut English words and compounds of them, each comes back as it was, or is told as a doubt."""
    text, lines = drawn
    line, told = one_paragraph(lines)
    assert len(line.split()) == len(text.split())
    assert all(word == wanted or word in told for word, wanted in zip(line.split(), text.split(), strict=True))


@pytest.mark.parametrize("sign", ["‐", "\xad"])
@given(data=st.data())
@examples(100)
def test_a_sign_that_only_cuts_words_leaves_no_doubt(sign: str, data: st.DataObject) -> None:
    """Where words are cut with another sign than they have of their own, all come back as they were."""
    text, lines = data.draw(cut_texts(sign).filter(lambda drawn: any(line.endswith(sign) for line in drawn[1])))
    assert one_paragraph(lines) == (text, "")


def test_a_whole_report_of_each_kind_is_cut_into_its_nine_pages() -> None:
    """A report in one document gives nine pages and nine scores, its summary's words apart from them."""
    units = [*summary_units(), *(unit for id in PATHS for unit in statement_units(id))]
    for kind, make in MAKERS.items():
        found = recognise(importer(kind)(make(units)), VOCABULARY)
        assert [page.statement for page in found.pages] == list(PATHS), kind
        assert len(found.scores) == 9
        assert any("People in Anytown liked the pier" in line for line in found.rest)


@pytest.mark.parametrize("report", ["camden-2025-02", "westminster-2024-11"])
@pytest.mark.parametrize("layout", ["html", "docx", "pdf", "pdf in two justified columns"])
def test_real_texts_keep_their_links_in_every_format(report: str, layout: str) -> None:
    """CQC's own texts, put into any format and read again, give the very ids that they have in the collection."""
    path = ROOT / "data" / "reports" / report / "equity.txt"
    page, _ = parse_statement_page(SourceFile("equity.txt", path.read_bytes()), FRAMEWORK)
    assert page is not None
    lines = [line.strip() for line in path.read_text("utf-8").splitlines() if line.strip()]
    units = [("heading" if len(line) < 90 else "text", line) for line in lines]
    made = {
        "html": lambda: as_html(units).encode(),
        "docx": lambda: as_docx(units),
        "pdf": lambda: as_pdf([units]),
        "pdf in two justified columns": lambda: as_pdf([units], columns=2, justified=True),
    }

    (found,) = recognise(importer(layout[:4].strip())(made[layout]()), VOCABULARY).pages
    again, problems = parse_statement_page(SourceFile("equity.txt", "\n".join(found.lines).encode()), FRAMEWORK)

    assert again is not None
    assert problems == ()
    assert [each.id for each in again.passages] == [each.id for each in page.passages]
    assert [each.text for each in again.headings] == [each.text for each in page.headings]
