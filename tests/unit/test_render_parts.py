"""What pages are put together from: sentences on accuracy, numbers and dates in words, marks, links."""

from __future__ import annotations

import pytest
from jinja2 import DictLoader

from build_scripts.model.accuracy import Measure
from build_scripts.model.evidence import Match, Passage, region_slug
from build_scripts.model.wording import counted, day_range, long_date, share
from build_scripts.pages.frame.addresses import linker, markdown_linker, page_file
from build_scripts.pages.frame.markdown import make_environment
from build_scripts.pages.frame.site import lower_first, marked_lines
from build_scripts.pages.themes_and_voices import accuracy_sentence


@pytest.mark.parametrize(
    ("measure", "sentence"),
    [
        (None, "Nobody has checked yet how often it is right."),
        (Measure(), "Too few were checked to say how often it is right: a reader gave it to no paragraph."),
        (Measure(0, 2, 0), "Too few were checked to say how often it is right: a reader gave it to no paragraph."),
        (Measure(1, 0, 0), "Too few were checked to say how often it is right: a reader gave it to 1 paragraph."),
        (Measure(5, 1, 4), "Too few were checked to say how often it is right: a reader gave it to 9 paragraphs."),
        (
            Measure(9, 1, 1),
            "In 10 paragraphs with this label, about 9 are right. Of 10 that should have it, about 9 have it.",
        ),
        (
            Measure(1, 9, 9),
            "In 10 paragraphs with this label, about 1 is right. Of 10 that should have it, about 1 has it.",
        ),
    ],
)
def test_accuracy_sentence(measure: Measure | None, sentence: str) -> None:
    """How often a rule is right is said of ten paragraphs, or that too few were checked, and of how many."""
    assert accuracy_sentence(measure) == sentence


def test_small_words() -> None:
    """Numbers, dates, shares and first letters are written for reading."""
    assert [counted(number, "theme or voice") for number in (0, 1, 1204)] == [
        "0 themes or voices",
        "1 theme or voice",
        "1,204 themes or voices",
    ]
    assert [long_date(value) for value in ("2024-11-08", "2024-11")] == ["8 November 2024", "November 2024"]
    days = (
        ("2026-11-28", "2026-11-28"),
        ("2026-11-21", "2026-11-28"),
        ("2026-05-30", "2026-06-08"),
        ("2025-01-02", "2026-01-02"),
    )
    assert [day_range(first, last) for first, last in days] == [
        "on 28 November 2026",
        "from 21 to 28 November 2026",
        "from 30 May to 8 June 2026",
        "from 2 January 2025 to 2 January 2026",
    ]
    assert [share(value) for value in (None, 0, 0.666, 1)] == ["–", "0.00", "0.67", "1.00"]
    assert [lower_first(value) for value in ("Equity", "NHS", "A", "")] == ["equity", "NHS", "a", ""]


@pytest.mark.parametrize(
    ("text", "spans", "lines"),
    [
        ("a pier", [], ["a pier"]),
        ("a pier", [(2, 6)], ["a <mark>pier</mark>"]),
        ("a pier", [(0, 4), (2, 6)], ["<mark>a pier</mark>"]),
        ("a pier", [(0, 6), (2, 4)], ["<mark>a pier</mark>"]),
        ("a pier", [(2, 6), (0, 1)], ["<mark>a</mark> <mark>pier</mark>"]),
        ("<a> & <b>", [(0, 3)], ["<mark>&#60;a&#62;</mark> &#38; &#60;b&#62;"]),
        ("one\ntwo\nthree", [(4, 7), (10, 13)], ["one", "<mark>two</mark>", "th<mark>ree</mark>"]),
        ("one\ntwo", [(0, 7)], ["<mark>one</mark>", "<mark>two</mark>"]),
    ],
)
def test_marks(text: str, spans: list[tuple[int, int]], lines: list[str]) -> None:
    """Matches are marked, overlapping ones as one, in the items where they stand."""
    matches = [Match(start, end, "phrase") for start, end in spans]

    assert list(marked_lines(Passage("p-1", text, 1, None, "\n" in text), matches)) == lines


@pytest.mark.parametrize(
    ("here", "target", "link"),
    [
        ("/", "/themes/piers/", "themes/piers/"),
        ("/themes/piers/", "/", "../../"),
        ("/themes/piers/", "/themes/", "../"),
        ("/themes/piers/", "/reports/a/equity/#p-1", "../../reports/a/equity/#p-1"),
        ("/themes/piers/", "/themes/piers/#p-1", "#p-1"),
        ("/themes/piers/", "/themes/piers/", "./"),
    ],
)
def test_links_are_relative(here: str, target: str, link: str) -> None:
    """Links work wherever the site is served, at a domain's root or below a path."""
    assert linker(here)(target) == link


def test_files_of_addresses() -> None:
    """An address is a folder with an index, and Markdown links name that file, so that MkDocs checks them."""
    assert page_file("/themes/") == "themes/index.md"
    assert markdown_linker("/themes/piers/")("/contribute/") == "../../contribute/index.md"
    assert region_slug("Yorkshire and The Humber") == "yorkshire-and-the-humber"


@pytest.mark.parametrize("words", ["Anytown.", "Othertown."])
def test_a_template_that_changed_is_compiled_again(words: str) -> None:
    """Whatever was compiled before under its name, a template says what it holds now."""
    environment = make_environment()
    environment.loader = DictLoader({"page.md": words})
    assert environment.get_template("page.md").render() == words
