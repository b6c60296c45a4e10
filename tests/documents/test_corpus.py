"""Documents that other programs made: the words that must arrive from each do, in order, or it is refused by name."""

from __future__ import annotations

import pytest

from tests.documents.cases import CASES
from tests.documents.reading import HERE, KEPT, Made, made, reading, wanted
from tests.documents.table import GUIDE, TABLE_END, TABLE_START, table

REFUSED = {"signs-ghostscript.pdf": "letters on page 1 have no meaning that a program can tell"}
"""Documents that have lost words themselves, and the beginning of what is said of them."""
LISTED = {
    "chromium-untagged.pdf": "http://www.cqc.org.uk/",
    "mail.eml": "From: clerk@example.org",
    "pandoc.md": "title: ",
}
"""The end of a file's name to words that must be told as left out."""


@pytest.mark.parametrize("document", made(), ids=lambda each: each.file)
def test_every_word_of_a_kept_document_arrives(document: Made) -> None:
    """The key findings of a document are its own words, each once, in order; else it is refused in one line."""
    found = reading(document.file)
    if document.file in REFUSED:
        assert found.refused.startswith(REFUSED[document.file])
        return
    assert not found.refused
    assert found.words in wanted(document.case)


@pytest.mark.parametrize("end", LISTED)
def test_what_is_left_out_is_listed(end: str) -> None:
    """Headers of printed pages, of mail and of Markdown are told, whatever the page."""
    files = [each.file for each in made() if each.file.endswith(f"-{end}") and each.case != "notes"]
    assert files
    assert all(LISTED[end] in reading(file).told for file in files)


def test_the_corpus_is_whole() -> None:
    """At least 150 documents of at least eight programs are kept, each with its line of provenance, and no other."""
    assert {each.file for each in made()} == {file.name for file in KEPT.iterdir()}
    assert len(made()) >= 150
    assert len({each.maker for each in made()} - {"by hand"}) >= 8
    assert {each.case for each in made()} == {case.name for case in CASES}
    assert all(each.how for each in made())
    assert sum(file.stat().st_size for file in HERE.rglob("*")) < 6_000_000


def test_the_guide_has_the_table_that_is_measured() -> None:
    """The guide says of each program and format what the corpus says (``python -m tests.documents.table``)."""
    guide = GUIDE.read_text("utf-8")
    assert guide.partition(TABLE_START)[2].partition(TABLE_END)[0].strip() == table().strip()
