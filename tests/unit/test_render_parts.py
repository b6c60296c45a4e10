"""What pages are put together from: sentences on accuracy, numbers and dates in words, marks, links."""

from __future__ import annotations

import pytest
from jinja2 import DictLoader

from build_scripts.model.accuracy import Measure
from build_scripts.model.evidence import Match, Passage, region_slug
from build_scripts.model.wording import counted, long_date
from build_scripts.pages.frame.addresses import linker, markdown_linker, page_file
from build_scripts.pages.frame.markdown import make_environment
from build_scripts.pages.frame.site import lower_first, marked_lines, share
from build_scripts.pages.themes_and_voices import accuracy_sentence

ON = "In the 27 passages labelled by hand"
FEW = " Too few checked to say how good it is."


@pytest.mark.parametrize(
    ("measure", "sentence"),
    [
        (None, "Its accuracy has not been measured."),
        (
            Measure(),
            f"{ON}, neither a person nor the rule found it, so its accuracy is not known.",
        ),
        (Measure(0, 2, 0), f"{ON}, a person found it in none, the rule in 2."),
        (
            Measure(0, 0, 3),
            f"{ON}, a person found it in 3; the rule found none of these, and no others.{FEW}",
        ),
        (
            Measure(9, 1, 1),
            f"{ON}, a person found it in 10; the rule found 9 of these, and 1 more.",
        ),
        (
            Measure(4, 1, 2),
            f"{ON}, a person found it in 6; the rule found 4 of these, and 1 more.{FEW}",
        ),
    ],
)
def test_accuracy_sentence(measure: Measure | None, sentence: str) -> None:
    """What was measured of a rule is said in numbers of passages, also where there is nothing to divide by."""
    assert accuracy_sentence(measure, 27) == sentence


def test_small_words() -> None:
    """Numbers, dates, shares and first letters are written for reading."""
    assert [counted(number, "authority") for number in (0, 1, 1204)] == [
        "0 authorities",
        "1 authority",
        "1,204 authorities",
    ]
    assert [long_date(value) for value in ("2024-11-08", "2024-11")] == ["8 November 2024", "November 2024"]
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
