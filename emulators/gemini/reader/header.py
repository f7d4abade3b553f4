"""Number, dates, terms and order of an invoice."""

from __future__ import annotations

import re

from emulators.gemini.reader import dates, identifiers
from emulators.gemini.reader.headed import headed_numbers
from emulators.gemini.reader.labelled import candidates
from emulators.gemini.reader.layout import Document
from emulators.gemini.reader.vocabulary import BEFORE, OTHER_DATE

_NEAR = 6.0
# "Berlin, den 3. Mai 2024", "Paris, le 3 mai 2024".
_PLACE = re.compile(r"^[\w .-]{2,30},? (?:den|le|il|op)? ?$|^[\w .-]{2,30}, $")


def read(document: Document, currency: str | None) -> dict[str, object]:
    """The header's values by the names of their fields."""
    american = currency == "USD" or (currency is None and document.letter)
    order = dates.order_of((line.text for line in document.lines), "mdy" if american else "dmy")

    def first_date(text: str) -> str | None:
        found = dates.find(text, order)
        return found[0].value.isoformat() if found and found[0].start <= 12 else None

    numbers = candidates(document, "invoice_number", identifiers.first_number) or headed_numbers(document)
    issued = candidates(document, "invoice_date", first_date)
    due = candidates(document, "due_date", first_date)
    orders = candidates(document, "po_number", identifiers.first_number)
    if numbers:
        # "Invoice No. 471102 of 15.11.2024": the date behind the number is the invoice's.
        line = numbers[0].line
        issued.sort(key=lambda one: -(one.score + (_NEAR if one.line == line and one.score < _NEAR else 0.0)))
    return {
        "invoice_number": numbers[0].value if numbers else None,
        "invoice_date": issued[0].value if issued else _lone_date(document, order),
        "due_date": due[0].value if due else None,
        "po_number": orders[0].value if orders else None,
    }


def _lone_date(document: Document, order: dates.Order) -> str | None:
    """The date that no label introduces, if there is one only, or one that has its line to itself."""
    found: list[tuple[str, bool]] = []
    for cell in document.cells:
        if cell.page > 1:
            break
        for one in dates.find(cell.text, order):
            before, after = cell.fold[: one.start], cell.fold[one.end :]
            if BEFORE["invoice_date"].search(before) or OTHER_DATE.search(before):
                continue
            alone = not re.search(r"[a-z]{3}", _PLACE.sub("", before)) and not re.search(r"[a-z]{3}", after)
            if cell.line < document.table or alone:
                found.append((one.value.isoformat(), alone))
    values = {value for value, _ in found}
    if len(values) == 1:
        return values.pop()
    owners = {value for value, own in found if own}
    return owners.pop() if len(owners) == 1 else None
