"""What was read from a sample beside what the sample says, value by value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from emulators.samples import Values

_FIELDS = (
    "invoice_number",
    "invoice_date",
    "due_date",
    "vendor_name",
    "vendor_tax_id",
    "buyer_name",
    "buyer_tax_id",
    "currency",
    "subtotal",
    "discount_amt",
    "shipping_amt",
    "charges_amt",
    "taxable_amt",
    "tax_amt",
    "round_off",
    "total_amt",
    "prepaid_amt",
    "amount_due",
)


_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Mark:
    """One value: as it stands on the sample, as it was read, and whether they are the same."""

    field: str
    true: str
    read: str

    @property
    def right(self) -> bool:
        return self.true == self.read


def compare(true: Values, read: Mapping[str, object]) -> list[Mark]:
    """Marks for every compared field of `read`, a `data.data` whose numbers are exact.

    Texts must be the same to the letter and amounts the same number; a value that the
    sample does not show must be absent.
    """
    marks = [Mark(name, _written(getattr(true, name)), _written(read.get(name))) for name in _FIELDS]
    taxes = sorted(f"{_rate(tax.rate)} %: {_written(tax.amount)}" for tax in true.taxes)
    read_taxes = sorted(
        f"{_rate(tax.get('rate'))} %: {_written(tax.get('amount'))}" for tax in _rows(read.get("taxes"))
    )
    lines = [_written(line.amount) for line in true.items]
    read_lines = [_written(line.get("amount")) for line in _rows(read.get("items"))]
    return [
        *marks,
        Mark("taxes", _listed(taxes), _listed(read_taxes)),
        Mark("number of items", str(len(lines)), str(len(read_lines))),
        Mark("amounts of items", _listed(lines), _listed(read_lines)),
    ]


def _written(value: object) -> str:
    """A value in one way of writing: 234.1 and 234.100 are the same amount, 234.10; nothing is a dash."""
    if value is None:
        return "-"
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        plain = Decimal(value).normalize()
        return f"{plain:.2f}" if plain == plain.quantize(_CENT) else f"{plain:f}"
    return str(value)


def _rate(value: object) -> str:
    """A rate in percent without empty decimals."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else _written(value).removesuffix(".00")


def _listed(values: Iterable[str]) -> str:
    return ", ".join(values) or "-"


def _rows(value: object) -> list[Mapping[str, object]]:
    """The rows of a read list; what is no row counts as an empty one."""
    if not isinstance(value, list):
        return []
    return [row if isinstance(row, Mapping) else {} for row in value]
