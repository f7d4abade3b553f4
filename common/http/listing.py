"""The filters of a list of invoices."""

from __future__ import annotations

from common.domain.calendar import iso_date
from common.errors import Rejected
from common.http.body import Body
from common.invoices import Filters


def filters(asked: Body) -> Filters:
    """Which of a user's invoices are wanted."""
    data_fetch = asked.text("data_fetch")
    if data_fetch is not None and data_fetch.strip().upper() not in ("Y", "N"):
        raise Rejected("data_fetch must be Y or N")
    vendor = asked.text("vendor_name")
    return Filters(
        data_fetch=None if data_fetch is None else data_fetch.strip().upper(),
        vendor_name=None if vendor is None else vendor.strip(),
        first_date=_date(asked, "from"),
        last_date=_date(asked, "to"),
    )


def _date(asked: Body, name: str) -> str | None:
    text = asked.text(name)
    if text is None:
        return None
    date = iso_date(text)
    if date is None:
        raise Rejected(f"{name} must be YYYY-MM-DD")
    return date
