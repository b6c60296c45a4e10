"""The home page: how councils are rated, one real passage that nobody chose, the newest reports."""

from __future__ import annotations

from dataclasses import replace

import pytest

from build_scripts.model.standing import colours
from build_scripts.model.vocabulary import RatingBand
from build_scripts.pages import render_pages
from build_scripts.pages.whole_site import quoted
from tests.helpers.anytown import collection, evidence, report
from tests.helpers.readers import front_matter, look, mkdocs_html
from tests.helpers.strategies import FRAMEWORK

LONG = "A long walk along the pier, past boats and gulls, on a grey day in May with rain to come. " * 2


def test_the_passage_is_of_the_newest_report_short_and_of_people() -> None:
    """Of the newest report with a section, the shortest paragraph that is a whole thought, of people if it can be."""
    old, new = report("anytown-2024-01"), report("othertown-2025-01")
    texts = [
        evidence(old, "equity", f"Sailors told us so. {LONG}"),
        evidence(new, "equity", "A gull.", f"{LONG}The end.", f"{LONG}And {LONG}"),
    ]

    found = quoted(collection(texts))

    assert found
    assert found.tagged.passage.text == f"{LONG}The end."
    assert quoted(collection(reversed(texts))) == found
    assert quoted(collection([])) is None


def test_home_counts_every_council_once() -> None:
    """Ratings of newest reports are counted, the councils without one too; without a passage nothing is quoted."""
    reports = (report("anytown-2025-01"), report("anytown-2023-01", score=1), report("othertown-2024-01", score=4))
    words = look(mkdocs_html(front_matter(render_pages(collection([], reports))["index.md"].decode())[0])).words

    said = " ".join(words.split())
    counted = (
        "O Outstanding 1 council G Good 1 council R Requires improvement 0 councils I Inadequate 0 councils"
        " No report here yet 1 council"
    )
    assert counted in said
    assert "Figures: CQC’s reports published up to January 2025, copied on 21 November 2026." in said
    assert "From the evidence" not in said
    assert "reports on 2 of 3 councils" in said
    assert "So far you can read 0 of the 27 sections of the reports here." in said


@pytest.mark.parametrize(
    ("bands", "expected"),
    [
        ([("Well", 63, 100), ("Ill", 25, 62)], {"Well": 4, "Ill": 3}),
        (
            [("A", 90, 100), ("B", 80, 89), ("C", 70, 79), ("D", 60, 69), ("E", 25, 59)],
            dict(zip("ABCDE", (4, 3, 2, 1, 1), strict=True)),
        ),
    ],
)
def test_any_number_of_ratings_has_colours(bands: list[tuple[str, int, int]], expected: dict[str, int]) -> None:
    """A rating has the colour of a score, the best that of the best; more ratings than scores share the last."""
    assert colours(replace(FRAMEWORK, ratings=tuple(RatingBand(*band) for band in bands))) == expected
