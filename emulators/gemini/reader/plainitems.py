"""Items without a heading, as receipts print them: words and a sum at the right, above the totals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from emulators.gemini.reader import sumwords
from emulators.gemini.reader.currency import CODES
from emulators.gemini.reader.layout import Document, Line, folded
from emulators.gemini.reader.numbers import Style, amount
from emulators.gemini.reader.sums import sums_of

_MARKS = CODES | {"x", "X", "×", "@", "*", "RM", "Rs", "Rs.", "$", "€", "£", "₹"}


@dataclass
class PlainItem:
    """One such line; `line` is its number."""

    line: int
    page: int
    description: str | None
    quantity: Decimal | None
    unit_price: Decimal | None
    amount: Decimal


def read(document: Document, style: Style) -> list[PlainItem]:
    """Such lines up to the first sum below them."""
    found: list[PlainItem] = []
    text: str | None = None
    for line in document.lines:
        if _is_sum(line, style):
            if found:
                break
            continue
        item = _item(line, style)
        if item is None:
            words = line.cells[0].text if len(line.cells) == 1 else None
            text = words if words and re.search(r"[^\W\d_]{3}", words) and ":" not in words else None
            continue
        item.description = item.description or (text if text and not sumwords.kind_of(folded(text)) else None)
        if item.description:
            found.append(item)
        text = None
    else:
        # Nothing sums them up: figures of another kind.
        return []
    return found


def _is_sum(line: Line, style: Style) -> bool:
    kinds = ("subtotal", "total", "net", "due", "tax")
    return any(one.kind in kinds and one.money_like and one.sure >= 0.7 for one in sums_of(line, style))


def _item(line: Line, style: Style) -> PlainItem | None:
    """ "Bread 2 x 1.50 3.00" and its like; None for other lines."""
    tokens = [word.text for word in line.words]
    if sumwords.kind_of(line.cells[0].fold) and sums_of(line, style):
        return None
    figures = [(index, found) for index, token in enumerate(tokens) if (found := amount(token, style))]
    if (
        not figures
        or figures[-1][0] < len(tokens) - 2
        or figures[-1][1].decimals != 2
        or figures[-1][1].percent
    ):
        return None
    total = figures[-1][1].value
    words = tokens[: figures[-1][0]]
    counted = {index for index, _ in figures}
    # Quantity and price stand before the sum, a quantity or a code before the words.
    while words and (len(words) - 1 in counted or words[-1] in _MARKS):
        words = words[:-1]
    start = next(
        (index for index, token in enumerate(words) if index not in counted and token not in _MARKS), 0
    )
    words = words[start:]
    text = " ".join(words)
    item = PlainItem(
        line.number, line.page, text if re.search(r"[^\W\d_]{2}", text) else None, None, None, total
    )
    numbers = [found.value for _, found in figures[:-1] if not found.percent]
    for index, quantity in enumerate(numbers):
        for price in numbers[index + 1 :]:
            if item.quantity is None and quantity > 0 and abs(quantity * price - total) < Decimal("0.01"):
                # "2 x 7.90"; where the price comes first, it is the one with the cents.
                swapped = quantity != quantity.to_integral_value() and price == price.to_integral_value()
                item.quantity, item.unit_price = (price, quantity) if swapped else (quantity, price)
    return item
