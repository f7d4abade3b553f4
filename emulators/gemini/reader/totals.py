"""What an invoice prints below its items."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from emulators.gemini.reader import solution, taxes
from emulators.gemini.reader.layout import Document, folded
from emulators.gemini.reader.numbers import Style, amount
from emulators.gemini.reader.solution import CENT, Kinds, Solution, explained
from emulators.gemini.reader.sums import Sum
from emulators.gemini.reader.vocabulary import NO_TAX

_SURE = 0.9
_ROUNDING = 10


@dataclass
class Sums:
    """The sums by the names of their fields; None where the document prints nothing."""

    subtotal: Decimal | None = None
    discount_amt: Decimal | None = None
    shipping_amt: Decimal | None = None
    charges_amt: Decimal | None = None
    taxable_amt: Decimal | None = None
    tax_amt: Decimal | None = None
    round_off: Decimal | None = None
    total_amt: Decimal | None = None
    prepaid_amt: Decimal | None = None
    amount_due: Decimal | None = None
    taxes: list[dict[str, object]] = field(default_factory=list)


def read(rows: list[Sum], document: Document, item_sum: Decimal | None) -> Sums:
    """The sums from their named lines; `item_sum` is what the items add up to."""
    rows = [row for row in rows if row.kind not in ("carry", "ignore")]
    if any(row.money_like for row in rows):
        # Where sums have cents, a bare whole number is a count or a rate.
        rows = [row for row in rows if row.money_like or row.value == 0 or row.figures[-1].decimals]
    solution.rename_rounded(rows)
    solution.rename_after_commission(rows)
    by_kind: Kinds = {}
    for row in rows:
        by_kind.setdefault(row.kind, []).append(row)
    best = solution.best(by_kind, item_sum)
    answer = Sums(total_amt=best.total.value if best is not None else None)
    _nets(answer, by_kind, best, item_sum)
    _between(answer, by_kind, best)
    answer.tax_amt = taxes.amount(by_kind, best)
    answer.taxes = taxes.breakdown(by_kind, best, answer.taxable_amt)
    if answer.tax_amt is None and not answer.taxes and NO_TAX.search(folded(document.text)):
        answer.tax_amt = Decimal(0)
    _due(answer, by_kind)
    return answer


def bare_subtotal(document: Document, style: Style, last: int, item_sum: Decimal | None) -> list[Sum]:
    """The sum of the items where it stands below their column without a name; `last` is their last line."""
    for line in document.lines[last + 1 : last + 3]:
        figure = amount(line.cells[0].text, style) if len(line.cells) == 1 else None
        if figure is not None and item_sum is not None and figure.value == item_sum:
            return [Sum("subtotal", [figure], "", 1.0, line.page, line.number)]
    return []


def _nets(answer: Sums, by_kind: Kinds, best: Solution | None, item_sum: Decimal | None) -> None:
    """The sum of the lines and the total without tax, which are one where nothing stands between them."""
    nets = by_kind.get("net", [])
    before_tax = best.before_tax if best is not None else None
    if before_tax is None:
        taxable = nets[-1] if nets else None
    else:
        taxable = next((row for row in nets if abs(row.value - before_tax) <= CENT), None)
    answer.taxable_amt = taxable.value if taxable else None
    moved = [row for row in best.between if row.kind != "round_off"] if best else []
    chosen = _subtotal(by_kind.get("subtotal", []), best, item_sum)
    if chosen is None and moved and best is not None:
        chosen = best.net
    if chosen is None and taxable is not None:
        chosen = _earlier(nets, taxable, by_kind)
    answer.subtotal = chosen.value if chosen else None
    if moved:
        return
    if answer.subtotal is None:
        answer.subtotal = answer.taxable_amt
    elif answer.taxable_amt is None and before_tax is not None and abs(answer.subtotal - before_tax) <= CENT:
        answer.taxable_amt = answer.subtotal


def _earlier(nets: list[Sum], taxable: Sum, by_kind: Kinds) -> Sum | None:
    """Another net sum, from which discounts and charges lead to the taxable one."""
    between = [row for kind in ("discount", "shipping", "charges") for row in by_kind.get(kind, [])][:6]
    leading = (
        row for row in nets if row.value != taxable.value and explained(taxable.value - row.value, between)
    )
    return next(leading, None)


def _subtotal(rows: list[Sum], best: Solution | None, item_sum: Decimal | None) -> Sum | None:
    if item_sum is not None:
        same = [row for row in rows if abs(row.value - item_sum) <= CENT]
        if same:
            return same[0]
    if best is not None and best.net in rows:
        return best.net
    return rows[0] if rows else None


def _between(answer: Sums, by_kind: Kinds, best: Solution | None) -> None:
    """Discounts, freight, charges and rounding: those that explain the total, else those clearly named."""
    used = best.between if best else []

    def value(kind: str) -> Decimal | None:
        rows = [row for row in used if row.kind == kind] or [
            row for row in by_kind.get(kind, []) if row.sure >= _SURE and (row.money_like or row.value == 0)
        ]
        return rows[-1].value if rows else None

    discount, freight, charges, rounding = map(value, ("discount", "shipping", "charges", "round_off"))
    answer.discount_amt = None if discount is None else abs(discount)
    answer.shipping_amt = None if freight is None else abs(freight)
    answer.charges_amt = None if charges is None else abs(charges)
    if rounding is not None and abs(rounding) < _ROUNDING:
        answer.round_off = rounding
    if answer.charges_amt is None:
        # Freight is a charge (BT-108), and here the only one.
        answer.charges_amt = answer.shipping_amt
    elif answer.shipping_amt is not None and {"shipping", "charges"} <= {row.kind for row in used}:
        # Both make up the charges, whose sum is not printed.
        answer.charges_amt = None


def _due(answer: Sums, by_kind: Kinds) -> None:
    paid = by_kind.get("prepaid", [])
    due = by_kind.get("due", [])
    if paid:
        answer.prepaid_amt = abs(paid[-1].value)
    if due:
        expected = (answer.total_amt or Decimal(0)) - (answer.prepaid_amt or Decimal(0))
        fitting = [row for row in due if abs(row.value - expected) <= CENT]
        answer.amount_due = (fitting or due)[-1].value
