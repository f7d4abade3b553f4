"""What both syntaxes of an e-invoice come to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

_FREIGHT = re.compile(
    r"fracht|versand|transport|porto|liefer|shipping|freight|postage|delivery|port\b|livraison|env[ií]o|spedizione",
    re.I,
)
_FREIGHT_CODES = frozenset({"FC", "DL", "ABW", "SH"})
"""UNTDID 7161 codes for freight, delivery and shipping charges."""

DOCUMENT_TYPE = {
    **dict.fromkeys(
        "380 384 386 387 388 389 390 393 394 395 326 751 80 82 84 130 875 876 877".split(), "invoice"
    ),
    **dict.fromkeys(("381", "261", "262", "296", "308", "396", "83", "420", "458", "532"), "credit_note"),
    **dict.fromkeys(("383",), "debit_note"),
}
"""UNTDID 1001 document types. 84 (a debit note for financial adjustments) and 80 are used as invoices."""


@dataclass(frozen=True)
class EInvoice:
    """An embedded e-invoice: its values by their names in `data.data`, and what its standard says of it."""

    name: str
    fields: dict[str, Any]
    has_lines: bool
    """Whether the profile carries line items; MINIMUM and BASIC WL do not."""
    base_quantities: tuple[Decimal | None, ...] = ()
    """For each item, the quantity that its price is for, where that is not one."""
    line_charges: tuple[Decimal | None, ...] = field(default=())
    """For each item, charges that raise its amount."""

    @property
    def whole(self) -> bool:
        """Whether it stands for the whole invoice, so that no model need be asked."""
        fields = self.fields
        named = all(fields.get(name) for name in ("vendor_name", "invoice_number", "invoice_date"))
        return self.has_lines and named and bool(fields.get("items")) and fields.get("total_amt") is not None


def is_freight(reason: str | None, code: str | None) -> bool:
    """Whether a charge is for carrying the goods."""
    return (code or "").upper() in _FREIGHT_CODES or bool(reason and _FREIGHT.search(reason))


def joined(*parts: str | None) -> str | None:
    """An address from its parts."""
    return ", ".join(part for part in parts if part) or None


def total(amounts: list[Decimal]) -> Decimal | None:
    """The sum of amounts, or None for none."""
    return sum(amounts, Decimal(0)) if amounts else None
