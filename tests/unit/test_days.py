"""Days and months as data and options write them: one way, the calendar's own days only."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.model.days import has_shape_of_day, is_day, is_month, is_within

NO_DAYS = [
    "",
    "2025-02-30",
    "2025-13-01",
    "2025-00-10",
    "1999-12-31",
    "20250704",
    "2025-W27-5",
    "2025-7-4",
    "04/07/2025",
]
NO_DAYS += ["2025-07-04\n", " 2025-07-04", "2025-07-04T10:00", "２０２５-07-04"]


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_each_day_of_the_century_is_one(day: date) -> None:
    """Every day from 2000 to 2099 in ISO form is a day, and its month a month that it is within."""
    text = day.isoformat()
    assert is_day(text)
    assert has_shape_of_day(text)
    assert is_month(text[:7])
    assert is_within(text, text[:7])
    assert is_within(text[:7], text)


@pytest.mark.parametrize("text", NO_DAYS)
def test_what_is_no_day(text: str) -> None:
    """What the calendar has not, another century's days, and days written in another way are none."""
    assert not is_day(text)
    assert not is_month(text)
    assert has_shape_of_day(text) == (text == "2025-02-30")


def test_two_days_of_a_month_are_not_the_same() -> None:
    """A month fits its days, and a day no other day."""
    assert not is_within("2025-07-04", "2025-07-18")
    assert not is_within("2025-07-04", "2025-08")
