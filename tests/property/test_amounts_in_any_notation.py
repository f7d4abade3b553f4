"""Whatever the notation, an amount that is printed is read back exactly."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from common.domain.money import Notation, readings

_AMOUNTS = st.decimals(min_value=0, max_value=Decimal("99999999999.99"), places=2, allow_nan=False)


def _grouped(whole: str, mark: str, size: int) -> str:
    """Digits in groups from the right: threes, or one three and then twos."""
    groups = [whole[-3:]]
    rest = whole[:-3]
    while rest:
        groups.insert(0, rest[-size:])
        rest = rest[:-size]
    return mark.join(groups)


@given(
    amount=_AMOUNTS,
    marks=st.sampled_from(
        [(",", "."), (".", ","), (" ", ","), ("\u00a0", ","), ("'", "."), ("\u2019", "."), ("", ",")]
    ),
    size=st.sampled_from([3, 2]),
    minus=st.sampled_from(["{}", "-{}", "\u2212{}", "({})", "{}-"]),
)
def test_a_printed_amount_is_read_back(
    amount: Decimal, marks: tuple[str, str], size: int, minus: str
) -> None:
    group, decimal = marks
    whole, _, part = f"{amount:.2f}".partition(".")
    printed = minus.format((_grouped(whole, group, size) if group else whole) + decimal + part)
    wanted = amount if minus == "{}" else -amount
    assert readings(printed, Notation(decimal))[0] == wanted
    assert wanted in readings(printed)


@given(st.text(alphabet="0123456789.,'() -\u2212\u00a0€%ab", max_size=24))
def test_reading_never_fails(text: str) -> None:
    for value in readings(text):
        assert value.is_finite()
