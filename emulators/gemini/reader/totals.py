"""The sums of an invoice, chosen so that they add up, not by size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations

from . import sums
from .layout import Document, folded
from .numbers import Style
from .sums import Sum
from .sumwords import TAX_NAME
from .vocabulary import NO_TAX

_OWN_TAXES = frozenset(("cgst", "sgst", "igst", "utgst", "ugst", "cess", "hst", "pst", "qst"))
_CENT = Decimal("0.011")
_GRAND = re.compile(
    r"grand|invoice total|total invoice|gesamt|rechnungs|endbetrag|ttc|incl|inkl|fattura|documento|factura|"
    r"brutto|gross|final|after tax"
)


@dataclass
class Sums:
    """What the document prints below its items; None where it prints nothing."""

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


@dataclass
class _Solution:
    """A total, the net sum and tax that explain it, and the document-level lines between them."""

    total: Sum
    score: float
    net: Sum | None = None
    tax: list[Sum] = field(default_factory=list)
    between: list[Sum] = field(default_factory=list)


def read(
    document: Document, style: Style, tabled: list[Sum], skip: set[int], item_sum: Decimal | None
) -> Sums:
    """The sums; `tabled` are those of tables, `skip` their lines and the items', `item_sum` the items' total."""
    rows = tabled + sums.all_sums(document, style, skip)
    rows = [row for row in rows if row.kind not in ("carry", "ignore")]
    _rename_rounded(rows)
    by_kind: dict[str, list[Sum]] = {}
    for row in rows:
        by_kind.setdefault(row.kind, []).append(row)
    best = max(_solutions(by_kind, item_sum), key=lambda one: one.score, default=None)
    answer = Sums()
    if best is not None:
        answer.total_amt = best.total.value
    _nets(answer, by_kind, best, item_sum)
    _between(answer, by_kind, best)
    _taxes(answer, by_kind, best)
    _due(answer, by_kind)
    if answer.tax_amt is None and not answer.taxes and NO_TAX.search(folded(document.text)):
        answer.tax_amt = Decimal(0)
    return answer


def _rename_rounded(rows: list[Sum]) -> None:
    """A "rounding" line that prints the rounded total is one: a total and the other rounding lead to it."""
    for row in rows:
        if row.kind != "round_off" or abs(row.value) < 1:
            continue
        small = [other.value for other in rows if other.kind == "round_off" and other is not row]
        whole = [other.value for other in rows if other.kind in ("total", "due")]
        if row.value in whole or any(
            abs(total + part - row.value) <= _CENT for total in whole for part in small
        ):
            row.kind, row.label = "total", "rounded total"


def _rounded(total: Sum, by_kind: dict[str, list[Sum]]) -> bool:
    """Whether this is another total after its rounding."""
    return any(
        part.value and other.value != total.value and abs(other.value + part.value - total.value) <= _CENT
        for part in by_kind.get("round_off", [])
        for other in by_kind.get("total", [])
    )


def _solutions(by_kind: dict[str, list[Sum]], item_sum: Decimal | None) -> Iterator[_Solution]:
    nets = by_kind.get("net", []) + by_kind.get("subtotal", [])
    between = [
        row for kind in ("discount", "shipping", "charges", "round_off") for row in by_kind.get(kind, [])
    ][:6]
    options = list(_tax_options(by_kind.get("tax", [])))
    for total in (*by_kind.get("total", []), *by_kind.get("due", []), *_only_net(by_kind)):
        best = _Solution(total, _prior(total, by_kind))
        for net, taxed in ((net, taxed) for net in nets if net is not total for taxed in options):
            part = net.value + sum((row.value for row in taxed), Decimal(0))
            explained = _explained(total.value - part, between)
            if explained is None:
                continue
            # A sum with its tax says more than a total that merely repeats the net sum.
            score = 3.0 + (1.5 if taxed and any(row.value for row in taxed) else 0.0) - 0.2 * len(explained)
            score += 0.2 if net.kind == "net" else 0.0
            if _prior(total, by_kind) + score > best.score:
                best = _Solution(total, _prior(total, by_kind) + score, net, taxed, explained)
        if _before_commission(total, by_kind):
            best.score += 2.5
        if _rounded(total, by_kind):
            best.score += 2.5
        if item_sum is not None and best.net is None and abs(total.value - item_sum) <= _CENT:
            best.score += 1.0
        yield best


def _prior(total: Sum, by_kind: dict[str, list[Sum]]) -> float:
    score = {"total": 2.0, "due": 1.6}.get(total.kind, 0.3) * total.sure
    score += 0.6 if _GRAND.search(total.label) else 0.0
    score += 0.8 if total.money_like else 0.0
    same = [row for row in by_kind.get("total", []) + by_kind.get("due", []) if row.value == total.value]
    score += 0.4 * min(len(same) - 1, 2)
    last = max((row.line for rows in by_kind.values() for row in rows), default=0)
    return score + 0.3 * (total.line / last if last else 0.0)


def _before_commission(total: Sum, by_kind: dict[str, list[Sum]]) -> bool:
    """Whether an agency's commission leads from this total to what is due: the total stands before it."""
    return any(
        abs(total.value - abs(part.value) - due.value) <= _CENT
        for part in by_kind.get("commission", [])
        for kind in ("due", "net", "total")
        for due in by_kind.get(kind, [])
        if due is not total and part.value
    )


def _only_net(by_kind: dict[str, list[Sum]]) -> list[Sum]:
    """A document whose one sum is a net or sub total: it is the total too."""
    if by_kind.get("total") or by_kind.get("due"):
        return []
    return [row for row in by_kind.get("subtotal", []) + by_kind.get("net", []) if row.sure >= 0.9]


def _tax_options(taxes: list[Sum]) -> Iterator[list[Sum]]:
    """Sets of tax lines that may together be the tax: each alone, all different ones, none."""
    distinct: list[Sum] = []
    for row in taxes:
        if not any(row.value == other.value and row.label == other.label for other in distinct):
            distinct.append(row)
    distinct = distinct[:10]
    for row in distinct:
        yield [row]
    if len(distinct) <= 6:
        for count in range(2, len(distinct) + 1):
            yield from (list(some) for some in combinations(distinct, count))
    else:
        yield distinct
    yield []


def _explained(rest: Decimal, between: list[Sum]) -> list[Sum] | None:
    """Document-level lines that make up `rest`; an empty list when nothing is left to explain."""
    if abs(rest) <= _CENT:
        return []
    for count in range(1, min(len(between), 4) + 1):
        for some in combinations(between, count):
            if abs(sum((_effect(row) for row in some), Decimal(0)) - rest) <= _CENT:
                return list(some)
    return None


def _effect(row: Sum) -> Decimal:
    """What a line does to the total: a discount lowers it, whatever sign it is printed with."""
    return -abs(row.value) if row.kind == "discount" else row.value


def _nets(
    answer: Sums, by_kind: dict[str, list[Sum]], best: _Solution | None, item_sum: Decimal | None
) -> None:
    """The sum of the lines and the total without tax, which are one where nothing stands between them."""
    subtotals, nets = by_kind.get("subtotal", []), by_kind.get("net", [])
    tax = sum((row.value for row in best.tax), Decimal(0)) if best else Decimal(0)
    between = best.between if best else []
    rounding = sum((row.value for row in between if row.kind == "round_off"), Decimal(0))
    before_tax = best.total.value - tax - rounding if best and best.net is not None else None
    taxable = next(
        (row for row in nets if before_tax is not None and abs(row.value - before_tax) <= _CENT), None
    )
    if taxable is None and nets and before_tax is None:
        taxable = nets[-1]
    answer.taxable_amt = taxable.value if taxable else None
    moved = [row for row in between if row.kind != "round_off"]
    chosen = _subtotal(subtotals, best, item_sum)
    if chosen is None and moved and best is not None:
        chosen = best.net
    if chosen is None and taxable is not None:
        chosen = _earlier(nets, taxable, by_kind)
    answer.subtotal = chosen.value if chosen else None
    if moved:
        return
    if answer.subtotal is None:
        answer.subtotal = answer.taxable_amt
    elif answer.taxable_amt is None and before_tax is not None and abs(answer.subtotal - before_tax) <= _CENT:
        answer.taxable_amt = answer.subtotal


def _earlier(nets: list[Sum], taxable: Sum, by_kind: dict[str, list[Sum]]) -> Sum | None:
    """Another net sum, from which discounts and charges lead to the taxable one."""
    between = [row for kind in ("discount", "shipping", "charges") for row in by_kind.get(kind, [])][:6]
    for row in nets:
        if row.value != taxable.value and _explained(taxable.value - row.value, between):
            return row
    return None


def _subtotal(rows: list[Sum], best: _Solution | None, item_sum: Decimal | None) -> Sum | None:
    if item_sum is not None:
        same = [row for row in rows if abs(row.value - item_sum) <= _CENT]
        if same:
            return same[0]
    if best is not None and best.net in rows:
        return best.net
    return rows[0] if rows else None


def _between(answer: Sums, by_kind: dict[str, list[Sum]], best: _Solution | None) -> None:
    used = best.between if best else []
    for kind, name in (
        ("discount", "discount_amt"),
        ("shipping", "shipping_amt"),
        ("charges", "charges_amt"),
    ):
        rows = [row for row in used if row.kind == kind] or [
            row for row in by_kind.get(kind, []) if row.sure >= 0.9 and (row.money_like or row.value == 0)
        ]
        if rows:
            value = rows[-1].value
            setattr(answer, name, abs(value))
    rounds = [row for row in used if row.kind == "round_off"] or [
        row for row in by_kind.get("round_off", []) if abs(row.value) < 10
    ]
    if rounds:
        answer.round_off = rounds[-1].value
    if answer.charges_amt is None:
        # Freight is a charge (BT-108), and here the only one.
        answer.charges_amt = answer.shipping_amt


def _taxes(answer: Sums, by_kind: dict[str, list[Sum]], best: _Solution | None) -> None:
    rows = by_kind.get("tax", [])
    if not rows:
        return
    used = best.tax if best is not None else []
    whole = sum((row.value for row in used), Decimal(0))
    if len(used) == 1:
        answer.tax_amt = used[0].value
    elif used:
        same = [row for row in rows if row not in used and abs(row.value - whole) <= _CENT]
        answer.tax_amt = same[0].value if same else None
    elif len({row.value for row in rows}) == 1:
        answer.tax_amt = rows[0].value
    _breakdown(answer, rows, used)


def _breakdown(answer: Sums, rows: list[Sum], used: list[Sum]) -> None:
    """One entry for each tax and rate; sums over several rates are none."""
    rated = [row for row in rows if row.rate is not None]
    seen: set[tuple[str | None, Decimal | None, Decimal]] = set()
    for row in rows:
        name = TAX_NAME.search(row.label)
        word = name.group(1) if name else ""
        if row.rate is None and (
            any(_same_tax(row, other) for other in rated) or (rated and word not in _OWN_TAXES)
        ):
            continue
        if row.rate is None and row not in used and len(rows) > 1 and word not in _OWN_TAXES:
            continue
        key = (word, row.rate, row.value)
        if key in seen or any(one[1:] == key[1:] and (not word or not one[0]) for one in seen):
            continue
        seen.add(key)
        base = row.base
        if (
            base is None
            and row.rate
            and answer.taxable_amt is not None
            and sums.fits(answer.taxable_amt, row.rate, row.value)
        ):
            base = answer.taxable_amt
        answer.taxes.append(
            {"type": _printed(row, word), "rate": row.rate, "taxable_amt": base, "amount": row.value}
        )


def _same_tax(row: Sum, other: Sum) -> bool:
    mine, theirs = TAX_NAME.search(row.label), TAX_NAME.search(other.label)
    return (
        bool(mine and theirs and mine.group(1) == theirs.group(1))
        or mine is None
        or mine.group(1) in ("tax", "steuer")
    )


def _printed(row: Sum, word: str) -> str | None:
    """The tax's name as the line prints it."""
    if not word:
        return None
    found = re.search(re.escape(word), folded_same_length(row.printed))
    return row.printed[found.start() : found.end()] if found else word.upper()


def folded_same_length(text: str) -> str:
    """Folded text whose positions are those of `text`."""
    return "".join((folded(char) or char)[:1] for char in text)


def _due(answer: Sums, by_kind: dict[str, list[Sum]]) -> None:
    paid = [row for row in by_kind.get("prepaid", []) if row.sure >= 0.6]
    due = [row for row in by_kind.get("due", []) if row.sure >= 0.6]
    if paid:
        answer.prepaid_amt = abs(paid[-1].value)
    if due:
        fitting = [
            row
            for row in due
            if answer.total_amt is not None
            and abs(answer.total_amt - (answer.prepaid_amt or 0) - row.value) <= _CENT
        ]
        answer.amount_due = (fitting or due)[-1].value
