"""The fields of an invoice: names, order, kinds and meanings of what `data.data` holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "choice",
    "language",
    "name",
    "address",
    "text",
    "code",
    "tax_id",
    "date",
    "currency",
    "money",
    "rate",
    "quantity",
]


@dataclass(frozen=True)
class Field:
    """One field; `meaning` names its EN 16931 term where it has one."""

    name: str
    kind: Kind
    meaning: str


DOCUMENT_TYPES = ("invoice", "credit_note", "debit_note", "receipt", "other")
WRITING_TYPES = ("computerized", "handwritten", "mixed")

HEADER = (
    Field("language", "language", "language of the document, in English"),
    Field("type", "choice", "how the document is written: computerized, handwritten or mixed"),
    Field("document_type", "choice", "invoice, credit_note, debit_note, receipt or other"),
    Field("vendor_name", "name", "legal name of the seller who issues the invoice (BT-27)"),
    Field("vendor_tax_id", "tax_id", "the seller's VAT id or GSTIN, else the tax number, without spaces"),
    Field("vendor_address", "address", "the seller's postal address"),
    Field("buyer_name", "name", "who is invoiced (BT-44), not the ship-to"),
    Field("buyer_tax_id", "tax_id", "the buyer's VAT id or GSTIN, without spaces"),
    Field("invoice_number", "code", "number of the invoice as printed, without label, # or No."),
    Field("invoice_date", "date", "date of issue, YYYY-MM-DD"),
    Field("due_date", "date", "date until which to pay, only where printed as a date, YYYY-MM-DD"),
    Field("payment_terms", "text", "terms of payment, the sentence as printed"),
    Field("po_number", "code", "the buyer's purchase order number"),
    Field("currency", "currency", "ISO 4217 code"),
    Field(
        "subtotal", "money", "sum of the lines' net amounts before document discounts and charges (BT-106)"
    ),
    Field("discount_amt", "money", "document discount, positive when it lowers the total (BT-107)"),
    Field("shipping_amt", "money", "freight, a part of charges_amt"),
    Field(
        "charges_amt",
        "money",
        "document charges, freight included, positive when they raise the total (BT-108)",
    ),
    Field("taxable_amt", "money", "total without tax (BT-109)"),
    Field("tax_amt", "money", "total of tax; 0 where the document says so, null where it is silent (BT-110)"),
    Field("round_off", "money", "rounding to a whole amount, with its sign (BT-114)"),
    Field("total_amt", "money", "total with tax that the document asks for, before prepayments (BT-112)"),
    Field("prepaid_amt", "money", "amount already paid, positive (BT-113)"),
    Field("amount_due", "money", "amount left to pay (BT-115)"),
    Field("irn", "code", "invoice reference number of Indian GST, 64 hexadecimal digits"),
)
TAX_CELLS = (
    Field("type", "text", "name of the tax as printed, such as VAT, CGST, SGST, IGST"),
    Field("rate", "rate", "rate in percent"),
    Field("taxable_amt", "money", "amount that this tax is taken on"),
    Field("amount", "money", "amount of this tax"),
)
ITEM_CELLS = (
    Field("description", "text", "what was sold, as printed"),
    Field("hsn_code", "code", "HSN or SAC code"),
    Field("quantity", "quantity", "how many"),
    Field("unit", "text", "unit of the quantity, as printed"),
    Field("unit_price", "money", "price of one unit"),
    Field("discount", "money", "discount of the line as an amount; null where only a percentage is printed"),
    Field("tax_rate", "rate", "tax rate of the line in percent"),
    Field("tax_amt", "money", "tax of the line"),
    Field("amount", "money", "amount of the line as its column prints it"),
)

HEADER_NAMES = tuple(field.name for field in HEADER)
TAX_NAMES = tuple(field.name for field in TAX_CELLS)
ITEM_NAMES = tuple(field.name for field in ITEM_CELLS)
KIND_OF = {field.name: field.kind for field in HEADER}
ITEM_KIND_OF = {field.name: field.kind for field in ITEM_CELLS}
TAX_KIND_OF = {field.name: field.kind for field in TAX_CELLS}

ORDER = (
    *HEADER_NAMES[: HEADER_NAMES.index("tax_amt")],
    "taxes",
    *HEADER_NAMES[HEADER_NAMES.index("tax_amt") :],
    "items",
)
"""Names of `data.data` in the order of the contract, without confidence."""

NUMBER_KINDS = frozenset({"money", "rate", "quantity"})
