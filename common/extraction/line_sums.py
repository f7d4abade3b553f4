"""The sums of the lines: each within itself, and all of them together."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from common.extraction.figures import HALF, HUNDRED, Figures, explained, places, same, shown, slack_of
from common.extraction.review import Reason, Review
from common.extraction.sum_names import MEANINGS
from common.extraction.sums import witnesses

_TWO_PERCENT = Decimal("0.02")
_SUMMED = (None, "amount")
"""Cells of a line that its sum is made of; None for the line or the lines as a whole."""
_TARGETS = ("subtotal", "taxable_amt", "total_amt")
"""Sums that the lines can make, the one that they should first."""
_PRICED_BY = (Decimal(10), Decimal(100), Decimal(1000))


def check_lines(figures: Figures, review: Review) -> None:
    """quantity × price − discount = amount, for each line that has them."""
    failed: list[str] = []
    tried = 0
    for number, item in enumerate(figures.data["items"]):
        outcome = line_amount(figures, number, item)
        if outcome is None:
            continue
        tried += 1
        if outcome is True:
            figures.confirmed_items.add(number)
            continue
        failed.append(str(outcome))
        cells = [cell for cell in ("quantity", "unit_price", "amount") if review.doubted_cell(number, cell)]
        for cell in () if cells else ("quantity", "unit_price", "amount"):
            review.doubt("sum_mismatch", f"Line {number + 1}: {outcome}.", "items", number, cell)
    if not tried:
        review.check("line_amount", "not_applicable", ("items",), "No line has quantity, price and amount.")
    elif failed:
        review.check("line_amount", "failed", ("items",), "; ".join(failed[:20]) + ".")
    else:
        review.check("line_amount", "passed", ("items",), f"Quantity × price = amount on {tried} lines.")


def line_amount(figures: Figures, number: int, item: dict[str, Any]) -> bool | str | None:
    """Whether a line's own figures fit; a text with the figures where they don't, None where some lack."""
    quantity, price, amount = item.get("quantity"), item.get("unit_price"), item.get("amount")
    if quantity is None or price is None or amount is None:
        return None
    base = figures.base_quantities[number] if number < len(figures.base_quantities) else None
    extra = figures.line_charges[number] if number < len(figures.line_charges) else None
    gross = quantity * price / (base or 1)
    discount = item.get("discount") or Decimal(0)
    tolerance = _tolerance(figures, quantity, price, amount)
    for wanted in (
        gross - discount + (extra or 0),
        gross - discount,
        gross + discount,
        gross - discount * quantity,
    ):
        if abs(wanted - amount) <= tolerance or (
            abs(wanted + amount) <= tolerance and amount * wanted < 0 and _credit(figures)
        ):
            return True
    if number < len(figures.row_numbers) and item.get("discount") is None:
        # A discount that is printed as a percentage only.
        for percent in figures.row_numbers[number]:
            if 0 < percent < HUNDRED and abs(gross * (1 - percent / HUNDRED) - amount) <= tolerance:
                return True
    # A price for ten, a hundred or a thousand: as printed, and the lines' amounts add up.
    as_printed = number < len(figures.on_one_line) and figures.on_one_line[number]
    bases = _PRICED_BY if as_printed and figures.reconciled and price != amount else ()
    if any(abs(gross / base - discount - amount) <= tolerance for base in bases):
        return True
    rate = item.get("tax_rate")
    if rate is not None:
        taxed = gross * (1 + rate / HUNDRED)
        if abs(taxed - discount - amount) <= tolerance * 2:
            return True
    tax = item.get("tax_amt")
    if tax is not None and abs(gross - discount + tax - amount) <= tolerance * 2:
        return True
    return (
        f"{quantity} × {price}"
        + (f" − {discount}" if discount else "")
        + f" is {shown(gross - discount)}, not {amount}"
    )


def _credit(figures: Figures) -> bool:
    return figures.data.get("document_type") == "credit_note"


def _tolerance(figures: Figures, quantity: Decimal, price: Decimal, amount: Decimal) -> Decimal:
    """What rounding of the printed price and amount can make up."""
    decimals = places(price.normalize())
    slack = abs(quantity) * HALF * Decimal(1).scaleb(-max(decimals, 2))
    return (
        min(slack, abs(amount) * _TWO_PERCENT) + max(figures.unit, Decimal("0.01")) * HALF + Decimal("0.005")
    )


def check_line_sum(figures: Figures, review: Review) -> None:
    """BR-CO-10: the lines add up to the subtotal, or, printed with tax, to the total."""
    amounts = [item.get("amount") for item in figures.data["items"]]
    fields = ("items", "subtotal")
    if not amounts or any(amount is None for amount in amounts):
        review.check("BR-CO-10", "not_applicable", fields, "Not every line has an amount.")
        return
    total = sum(amounts, Decimal(0))
    slack = slack_of(figures, len(amounts))
    targets = [(name, target) for name in _TARGETS if (target := figures[name]) is not None]
    if not targets:
        review.check(
            "BR-CO-10", "not_applicable", fields, "No sum of the document to compare the lines with."
        )
        return
    options = _options(figures, total)
    wanted, target = targets[0]
    for name, stated in targets:
        if any(same(option, stated, slack, figures) for option in options[name]):
            figures.reconciled = True
            figures.confirmed.add("items")
            if name == wanted and len(amounts) > 1:
                figures.confirmed.add(name)
            what = f"{stated}" if name == wanted else f"the {MEANINGS[name].name} of {stated}"
            review.check("BR-CO-10", "passed", ("items", name), f"The lines add up to {what}.")
            return
    extra = explained(
        figures, target - total, ("discount_amt", "shipping_amt", "charges_amt", "round_off"), slack
    )
    if extra is not None and wanted != "subtotal":
        figures.reconciled = True
        review.check(
            "BR-CO-10", "passed", ("items", wanted), f"The lines and the printed {extra} add up to {target}."
        )
        return
    figures.reconciled = False
    message = f"The lines add up to {shown(total)}, the {MEANINGS[wanted].name} is {target}"
    review.check("BR-CO-10", "failed", ("items", wanted), f"{message}; difference {shown(target - total)}.")


def _options(figures: Figures, total: Decimal) -> dict[str, tuple[Decimal, ...]]:
    """What each sum of the document may be where the lines make `total`: by what their amounts hold."""
    discount = figures["discount_amt"] or Decimal(0)
    charges = figures["charges_amt"] or figures["shipping_amt"] or Decimal(0)
    tax = figures["tax_amt"] or _taxes(figures)
    rounding = figures["round_off"] or Decimal(0)
    line_tax = sum((item.get("tax_amt") or Decimal(0) for item in figures.data["items"]), Decimal(0))
    return {
        "subtotal": (total, total - tax, total - line_tax, total + line_tax),
        "taxable_amt": (total - discount + charges, total, total - tax - discount + charges),
        "total_amt": (
            total - discount + charges + tax + rounding,
            total - discount + charges + rounding,
            total + rounding,
            total + tax + rounding,
        ),
    }


def _taxes(figures: Figures) -> Decimal:
    """What the taxes make together, where the document does not add them up."""
    return sum((row.get("amount") or Decimal(0) for row in figures.data["taxes"]), Decimal(0))


def blame_line_sum(figures: Figures, review: Review, *, missing: bool) -> None:
    """Names what a sum of lines that does not fit makes doubtful; `missing`: an unread line explains it."""
    failed = next(
        (check for check in review.checks if check.name == "BR-CO-10" and check.status == "failed"), None
    )
    if failed is None or missing:
        return
    target = failed.fields[1]
    if review.doubted(target) or any(_explains(each) for each in review.reasons):
        return
    rest = witnesses(figures.paper, MEANINGS[target].own)
    total = sum((item["amount"] for item in figures.data["items"]), Decimal(0))
    slack = slack_of(figures, len(figures.data["items"]))
    if any(same(total, value, slack, figures) for value in rest):
        review.doubt("sum_mismatch", failed.message, target)
        return
    sure = target in figures.confirmed or figures.strengths.get(target, 0.0) >= 0.9
    if not sure:
        review.doubt("sum_mismatch", failed.message, target)
    review.doubt("sum_mismatch", f"{failed.message} A line may be missing, or be none.", "items")
    for number in range(len(figures.data["items"])):
        if number not in figures.confirmed_items:
            review.doubt("sum_mismatch", failed.message, "items", number, "amount")


def _explains(reason: Reason) -> bool:
    """Whether a reason about the lines can be why they don't add up: not one about a text or a code."""
    return reason.field == "items" and reason.cell in _SUMMED
