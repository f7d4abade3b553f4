"""The figures that sums are made of, and how exactly they can fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from common.domain.currencies import smallest
from common.extraction.paper import Paper
from common.extraction.sum_names import MEANINGS
from common.extraction.sums import witnesses

HUNDRED = Decimal(100)
HALF = Decimal("0.5")
_RUPEE = Decimal(1)
_EXTRAS = {
    "shipping_amt": frozenset({"shipping"}),
    "charges_amt": frozenset({"charges", "shipping"}),
    "discount_amt": frozenset({"discount"}),
    "round_off": frozenset({"round_off"}),
    "prepaid_amt": frozenset({"prepaid"}),
}


@dataclass
class Figures:
    """The values that the sums are made of, and what is known of each."""

    data: dict[str, Any]
    paper: Paper
    strengths: dict[str, float]
    """How surely each value's place means its field."""
    base_quantities: Sequence[Decimal | None] = ()
    line_charges: Sequence[Decimal | None] = ()
    row_numbers: Sequence[frozenset[Decimal]] = ()
    """For each item, the numbers that its own line prints."""
    on_one_line: Sequence[bool] = ()
    """For each item, whether quantity, price and amount stand on its own line."""
    confirmed: set[str] = field(default_factory=set)
    """Fields that a sum of at least three figures confirms."""
    confirmed_items: set[int] = field(default_factory=set)
    reconciled: bool | None = None
    """Whether the lines add up to a sum of the document; None where there is none to compare with."""

    def __getitem__(self, name: str) -> Decimal | None:
        value = self.data.get(name)
        return value if isinstance(value, Decimal) else None

    @property
    def unit(self) -> Decimal:
        """The smallest amount of the currency, as far as the figures themselves keep to it."""
        return smallest(self.data.get("currency"))


def places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def explained(figures: Figures, difference: Decimal, lacking: tuple[str, ...], slack: Decimal) -> str | None:
    """The printed sum, lacking among the values, that makes up a difference; its name and figure."""
    if not difference:
        return None
    for name in lacking:
        if figures[name] is not None:
            continue
        for value in witnesses(figures.paper, _EXTRAS[name]):
            if abs(abs(value) - abs(difference)) <= slack and value:
                return f"{MEANINGS[name].name} of {value}"
    return None


def same(one: Decimal, other: Decimal, slack: Decimal, figures: Figures, *, rounding: bool = False) -> bool:
    if abs(one - other) <= slack:
        return True
    # Indian invoices are rounded to the rupee, often without a line that says so.
    return (
        rounding
        and figures.data.get("currency") == "INR"
        and abs(one - other) < _RUPEE
        and other == other.to_integral_value()
    )


def slack_of(figures: Figures, terms: int) -> Decimal:
    """What rounding can make up in a sum of so many printed figures."""
    unit = min(figures.unit, Decimal("0.01"))
    return unit + min(unit * 4, unit * HALF * max(0, terms - 3) / 4)


def shown(value: Decimal) -> str:
    rounded = value.quantize(Decimal("0.01")) if places(value) > 2 else value
    return f"{rounded:f}"
