"""Stretches that are kept merged are met exactly where one of those that they were made of is."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from build_scripts.tagging.spans import merged, overlapping

SPANS = st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda span: (span[0], span[0] + span[1]))


@given(st.lists(SPANS), SPANS)
def test_merged_spans_cover_what_they_were_made_of(spans: list[tuple[int, int]], asked: tuple[int, int]) -> None:
    """They cover the same letters, apart from one another, and those that are met are all that have a letter there."""
    covered = merged(spans)
    assert {at for span in covered for at in range(*span)} == {at for span in spans for at in range(*span)}
    assert all(before[1] < after[0] for before, after in pairwise(covered))
    assert overlapping(covered, *asked) == [span for span in covered if {*range(*span)} & {*range(*asked)}]
