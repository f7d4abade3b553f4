"""Number, dates, terms and order of an invoice."""

from __future__ import annotations

from . import dates, identifiers
from .labelled import candidates
from .layout import Document


_NEAR = 6.0


def read(document: Document, currency: str | None) -> dict[str, object]:
    """The header's values by the names of their fields."""
    order = dates.order_of((line.text for line in document.lines), "mdy" if currency == "USD" else "dmy")

    def first_date(text: str) -> str | None:
        found = dates.find(text, order)
        return found[0].value.isoformat() if found and found[0].start <= 12 else None

    numbers = candidates(document, "invoice_number", identifiers.first_number)
    issued = candidates(document, "invoice_date", first_date)
    due = candidates(document, "due_date", first_date)
    orders = candidates(document, "po_number", identifiers.first_number)
    if numbers:
        # "Invoice No. 471102 of 15.11.2024": the date behind the number is the invoice's.
        line = numbers[0].line
        issued.sort(key=lambda one: -(one.score + (_NEAR if one.line == line and one.score < _NEAR else 0.0)))
    return {
        "invoice_number": numbers[0].value if numbers else None,
        "invoice_date": issued[0].value if issued else None,
        "due_date": due[0].value if due else None,
        "po_number": orders[0].value if orders else None,
    }
