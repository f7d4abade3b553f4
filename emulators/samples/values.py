"""The true values of a drawn invoice, in the field names of the extraction's `data`."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Tax:
    """One rate of one tax: `rate` in percent, amounts in the document's currency."""

    type: str
    rate: Decimal
    taxable_amt: Decimal
    amount: Decimal


@dataclass(frozen=True)
class Line:
    """One item, each cell as its column prints it; None where the table has no such column."""

    description: str
    quantity: Decimal
    unit_price: Decimal
    amount: Decimal
    unit: str | None = None
    hsn_code: str | None = None
    discount: Decimal | None = None
    tax_rate: Decimal | None = None
    tax_amt: Decimal | None = None


@dataclass(frozen=True)
class Values:
    """What the document says; dates as YYYY-MM-DD, None for what it does not show."""

    language: str
    document_type: str
    vendor_name: str
    vendor_tax_id: str
    vendor_address: str
    invoice_number: str
    invoice_date: str
    currency: str
    subtotal: Decimal
    taxable_amt: Decimal
    taxes: tuple[Tax, ...]
    tax_amt: Decimal
    total_amt: Decimal
    items: tuple[Line, ...]
    type: str = "computerized"
    buyer_name: str | None = None
    buyer_tax_id: str | None = None
    due_date: str | None = None
    payment_terms: str | None = None
    po_number: str | None = None
    discount_amt: Decimal | None = None
    shipping_amt: Decimal | None = None
    charges_amt: Decimal | None = None
    round_off: Decimal | None = None
    prepaid_amt: Decimal | None = None
    amount_due: Decimal | None = None
    irn: str | None = None


@dataclass(frozen=True)
class Sample:
    """A drawn invoice: its file name, the PDF's bytes, and what a right reading of it finds."""

    name: str
    pdf: bytes
    values: Values

    @property
    def truth(self) -> dict[str, object]:
        """The values as plain data: taxes and items are dicts, money is Decimal."""
        return asdict(self.values)
