"""Boxes beside the text of a PDF: wherever a program draws them, they come whole behind the paragraph beside them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import permutations

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from build_scripts.contribute.importers import importer
from build_scripts.model.evidence import Imported

Lines = Sequence[tuple[float, float, str]]
"""Places from the left and from the foot, and the words that stand there."""


def column(left: float, top: float, text: str, leading: float = 14) -> Lines:
    """Return the lines of a text below each other, parted by slashes."""
    return [(left, top - leading * number, words) for number, words in enumerate(text.split(" / "))]


def pdf(*pages: Sequence[Lines]) -> Imported:
    """Return what is read from a PDF that draws the blocks of each page in this order."""
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=A4)
    for blocks in pages:
        canvas.setFont("Helvetica", 11)
        for left, base, words in (line for block in blocks for line in block):
            canvas.drawString(left, base, words)
        canvas.showPage()
    canvas.save()
    return importer("pdf")(data.getvalue())


WIDE = (
    "Staff in the harbour told us that people waited for a first visit, and that some of them had / "
    "waited for longer than the plan of the council had said they would, for reasons that differed."
)
BESIDE = (
    "Partners of the council agreed that it had begun / to ask people what they wanted, and that / "
    "unpaid carers had been asked as well, by letters / that the clerk of the market wrote each week."
)
BELOW = (
    "Leaders wrote down what they had heard from people, and they told us that they would answer all / "
    "of them before the end of the year, by letter or by telephone, as each of them had asked for."
)
BOX = "How people wait: / 42 in the north and / 17 in the south, as / the clerk counted."
TOLD = "a box beside the text of page 1 was put behind the paragraph that it stands beside: “How people wait: …”"


def joined(text: str) -> str:
    """Return lines as the paragraph that they are."""
    return text.replace(" / ", " ")


@pytest.mark.parametrize("order", tuple(permutations(range(3))), ids=str)
@pytest.mark.parametrize("side", ["left", "right"])
def test_a_box_comes_whole_wherever_it_is_drawn(order: tuple[int, ...], side: str) -> None:
    """First, last or between: the text beside it is one paragraph, the box stands behind it, and that is told."""
    text, box = (60, 350) if side == "right" else (210, 60)
    blocks = [
        [*column(60, 700, WIDE), *column(text, 664, BESIDE), *column(60, 600, BELOW)],
        column(box, 660, BOX, leading=12),
        column(60, 760, "Anytown Council"),
    ]
    found = pdf([blocks[number] for number in order])
    arrived = [line for line in found.text.splitlines() if line and line != "Anytown Council"]
    assert arrived == [joined(WIDE), joined(BESIDE), joined(BOX), joined(BELOW)]
    assert found.unsure == (TOLD,)


@pytest.mark.parametrize("top", [660, 664])
@pytest.mark.parametrize("side", ["left", "right"])
def test_a_box_that_is_drawn_line_by_line_with_the_text(top: int, side: str) -> None:
    """A program may draw what stands at one height together: the text, which runs on, and the box come apart."""
    text, box = (60, 350) if side == "right" else (210, 60)
    blocks = [column(60, 700, WIDE), column(text, 664, BESIDE), column(box, top, BOX, 12), column(60, 600, BELOW)]
    found = pdf([sorted((line for block in blocks for line in block), key=lambda line: (-line[1], line[0]))])
    assert found.text.split("\n\n") == [joined(WIDE), joined(BESIDE), joined(BOX), joined(BELOW)]
    assert found.unsure == (TOLD,)


def test_what_stands_side_by_side_and_does_not_run_on_is_a_table() -> None:
    """Rows of cells, items with their bullets, and words with what they mean stay as they are."""
    cells = [f"Team {number} of the harbour\t{number} people waited" for number in range(5)]
    items = ["• to ask people what they want and then to write", "• to answer each of them within ten days and to"]
    labels = [
        "Aim\tto ask people what they want, and then to write",
        "End\tto answer each of them within ten days, and to",
    ]
    rows = [*cells, *(each for row in (*items, *labels) for each in (row, "\tlisten"))]
    lines = [
        (60 if not number else 90 if row[0] == "•" else 330, 700 - 16 * place, words)
        for place, row in enumerate(rows)
        for number, words in enumerate(row.replace("• ", "•\t").split("\t"))
        if words
    ]
    found = pdf([lines])
    assert found.text.split() == " ".join(rows).split()
    assert [line for line in found.text.splitlines() if line][:5] == cells
    assert found.unsure == ()


def test_a_box_amid_a_sentence_does_not_cut_it() -> None:
    """What stands beside the foot of a page is drawn before the next one, on which the sentence goes on."""
    above = "Partners of the council agreed that it had begun / to ask people what they wanted, and that by letters"
    below = "that the clerk of the market wrote each week they / had been asked as well, and so had unpaid carers."
    found = pdf([column(60, 664, above), column(350, 664, BOX)], [column(60, 760, below)])
    assert found.text.split("\n\n") == [joined(f"{above} {below}"), joined(BOX)]
    assert found.unsure == (TOLD,)


def test_a_paragraph_that_is_drawn_last_stands_in_the_gap_that_is_left_for_it() -> None:
    """Browsers draw last what a style sheet gives a place; its words come where they stand."""
    found = pdf([[*column(60, 700, WIDE), *column(60, 600, BELOW)], column(60, 660, BESIDE)])
    assert found.text.split("\n\n") == [joined(WIDE), joined(BESIDE), joined(BELOW)]
    assert found.unsure == ()


def test_two_columns_are_no_boxes() -> None:
    """Columns are read one after the other, also below a title and above a line across both."""
    left = BESIDE.replace("wrote each week.", "wrote / each week.")
    right = left.replace("Partners", "Leaders")
    found = pdf([column(60, 700, WIDE), column(60, 664, left), column(330, 664, right), column(60, 590, BELOW)])
    assert found.text.split("\n\n") == [joined(each) for each in (WIDE, left, right, BELOW)]
    assert found.unsure == ()


def test_cells_of_several_lines_stay_in_their_rows() -> None:
    """A table whose cells are drawn one by one is read row by row, also where a cell stands at another's middle."""
    rows = [
        [column(60, 690, "a long wait for a / visit in the north / of the harbour"), column(330, 676, "42 people")],
        [column(60, 640, "a wait for care"), column(330, 640, "17 people, of / whom 9 were new")],
    ]
    found = pdf([column(60, 720, WIDE), *rows[0], *rows[1], column(60, 600, BELOW)])
    words = " ".join(found.text.split())
    assert words == joined(f"{WIDE} a long wait for a visit in the north of the harbour 42 people "
                           f"a wait for care 17 people, of whom 9 were new {BELOW}")  # fmt: skip
    assert found.unsure == ()


def test_a_page_of_a_thousand_pieces_is_read_as_it_is() -> None:
    """A page with more rows than any text has is not searched for boxes: that would take ever longer."""
    blocks = [column(60 + 80 * (number % 6), 800 - number % 97, f"b{number} / c{number}") for number in range(600)]
    assert len(pdf(blocks).text.split()) == 1_200
