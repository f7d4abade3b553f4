"""Further true values of a document, out of the e-invoice that its original carries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from common.extraction import pipeline
from evaluation.sameness import folded

_SUMS = ("subtotal", "discount_amt", "charges_amt", "shipping_amt", "prepaid_amt")
_CODES = ("buyer_tax_id", "po_number")
_WORDS = 0.9
"""So much of a description's letters must stand on the pages, word by word."""


def completed(
    original: bytes, truth: Mapping[str, Any], text: str, limits: pipeline.Limits
) -> dict[str, Any]:
    """`truth` with what the e-invoice inside `original` says and the pages' `text` prints.

    Cells of lines that the pages do not print are taken out, for the same reason.
    """
    einvoice = pipeline.prepare(original, limits).einvoice
    made = dict(truth)
    if einvoice is None:
        return made
    told, letters = einvoice.fields, folded(text)
    for name in _SUMS:
        value = told.get(name)
        if name not in made and value and prints(value, text):
            made[name] = value if name == "subtotal" else abs(value)
    for name in _CODES:
        value = told.get(name)
        if name not in made and value and folded(str(value)) in letters:
            made[name] = value
    rows = [row for row in told.get("taxes") or [] if row["amount"] is not None]
    if "taxes" not in made and rows and all(prints(row["amount"], text) for row in rows):
        made["taxes"] = [{**row, "taxable_amt": _printed(row["taxable_amt"], text)} for row in rows]
    if made.get("items"):
        made["items"] = [_line(line, text, letters) for line in made["items"]]
    # An amount due of 0 is seldom printed as one.
    if not made.get("amount_due"):
        made.pop("amount_due", None)
    return made


def prints(value: Decimal, text: str) -> bool:
    """Whether an amount stands in a text, in one of the usual notations."""
    flat = re.sub(r"\s+", " ", text)
    for places in (2, 3, 4, 0):
        english = f"{abs(value):,.{places}f}"
        if Decimal(english.replace(",", "")) != abs(value):
            continue
        german = english.translate(str.maketrans(",.", ".,"))
        forms = {english, german, english.replace(",", ""), german.replace(".", "")}
        if any(re.search(rf"(?<!\d){re.escape(form)}(?!\d)", flat) for form in forms):
            return True
    return False


def _printed(value: Decimal | None, text: str) -> Decimal | None:
    return value if value is not None and prints(value, text) else None


def _line(line: Mapping[str, Any], text: str, letters: str) -> dict[str, Any]:
    made = {
        **line,
        "quantity": _printed(line["quantity"], text),
        "unit_price": _printed(line["unit_price"], text),
    }
    words = [folded(word) for word in str(line["description"] or "").split()]
    shown = sum(len(word) for word in words if word in letters)
    if "".join(words) not in letters and shown < _WORDS * sum(map(len, words)):
        made["description"] = None
    return made
