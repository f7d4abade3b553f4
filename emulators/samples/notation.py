"""How amounts and dates are written in the places the samples come from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def western(amount: Decimal) -> str:
    """1234.5 as 1,234.50."""
    return f"{amount:,.2f}"


def german(amount: Decimal) -> str:
    """1234.5 as 1.234,50."""
    return western(amount).translate(str.maketrans(",.", ".,"))


def indian(amount: Decimal) -> str:
    """123456 as 1,23,456.00: the last three digits, then pairs (lakh, crore)."""
    whole, paise = f"{abs(amount):.2f}".split(".")
    head, tail = whole[:-3], whole[-3:]
    groups = [head[max(0, end - 2) : end] for end in range(len(head), 0, -2)][::-1]
    return ("-" if amount < 0 else "") + ",".join([*groups, tail]) + "." + paise


def count(quantity: Decimal) -> str:
    """A quantity without an empty fraction: 8, 2.5."""
    return f"{quantity.normalize():f}"


def long_date(iso: str) -> str:
    """2026-03-12 as March 12, 2026."""
    day = date.fromisoformat(iso)
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def day_month_year(iso: str) -> str:
    """2026-03-12 as 12 March 2026."""
    day = date.fromisoformat(iso)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_date(iso: str) -> str:
    """2026-03-12 as 12-Mar-2026."""
    day = date.fromisoformat(iso)
    return f"{day.day:02}-{_MONTHS[day.month - 1][:3]}-{day.year}"


def dotted_date(iso: str) -> str:
    """2026-03-12 as 12.03.2026."""
    return f"{date.fromisoformat(iso):%d.%m.%Y}"
