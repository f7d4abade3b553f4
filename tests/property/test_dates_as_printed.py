"""Whatever the order and the marks, a printed date can be read as the day it is."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from common.domain.dates import dates_in

_DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 12, 31))
_FORMS = st.sampled_from(
    [
        "%Y-%m-%d",
        "%d.%m.%Y",
        "%d/%m/%Y",
        "%m/%d/%Y",
        "%d-%m-%Y",
        "%d %B %Y",
        "%B %d, %Y",
        "%d-%b-%Y",
        "%d %b %y",
    ]
)


@given(day=_DAYS, form=_FORMS, before=st.sampled_from(["", "Date: ", "on ", "("]))
def test_a_printed_date_is_among_its_readings(day: date, form: str, before: str) -> None:
    text = before + day.strftime(form)
    (found,) = dates_in(text)
    assert day in found.readings
    assert text[found.start : found.end] == day.strftime(form)


@given(st.text(max_size=60))
def test_looking_for_dates_never_fails(text: str) -> None:
    for found in dates_in(text):
        assert 0 <= found.start < found.end <= len(text)
        assert found.readings
