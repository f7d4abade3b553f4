"""The names of data.data."""

from __future__ import annotations

from common.domain.fields import HEADER_NAMES, ORDER


def test_the_order_holds_every_field_once() -> None:
    assert sorted(ORDER) == sorted([*HEADER_NAMES, "taxes", "items"])
    assert ORDER[-1] == "items"
