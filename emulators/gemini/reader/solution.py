"""The total of a document, chosen so that the sums add up, not by size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations

from emulators.gemini.reader.sums import Sum

CENT = Decimal("0.011")
Kinds = dict[str, list[Sum]]
_MOST = 14
_GRAND = re.compile(
    r"grand|invoice total|total invoice|gesamt|rechnungs|endbetrag|ttc|incl|inkl|fattura|documento|factura|"
    r"brutto|gross|final|after tax"
)


@dataclass
class Solution:
    """A total, the net sum and tax that explain it, and the document-level lines between them."""

    total: Sum
    score: float
    net: Sum | None = None
    tax: list[Sum] = field(default_factory=list)
    between: list[Sum] = field(default_factory=list)

    @property
    def before_tax(self) -> Decimal | None:
        """The total without tax and rounding; None when no net sum explains it."""
        if self.net is None:
            return None
        rounding = sum((row.value for row in self.between if row.kind == "round_off"), Decimal(0))
        return self.total.value - rounding - sum((row.value for row in self.tax), Decimal(0))


def best(by_kind: Kinds, item_sum: Decimal | None) -> Solution | None:
    """The total with the most for it; `item_sum` is what the items add up to."""
    return max(_solutions(by_kind, item_sum), key=lambda one: one.score, default=None)


def rename_rounded(rows: list[Sum]) -> None:
    """A "rounding" line that prints the rounded total is one: a total and the other rounding lead to it."""
    for row in rows:
        if row.kind != "round_off" or abs(row.value) < 1:
            continue
        small = [other.value for other in rows if other.kind == "round_off" and other is not row]
        whole = [other.value for other in rows if other.kind in ("total", "due")]
        if row.value in whole or any(
            abs(total + part - row.value) <= CENT for total in whole for part in small
        ):
            row.kind, row.label = "total", "rounded total"


def rename_after_commission(rows: list[Sum]) -> None:
    """A net sum that an agency's commission leads to is what is due, not the total without tax."""
    parts = [row.value for row in rows if row.kind == "commission" and row.value]
    for row in rows:
        totals = [other.value for other in rows if other.kind == "total" and other is not row]
        if row.kind in ("net", "subtotal") and any(
            abs(total - abs(part) - row.value) <= CENT for total in totals for part in parts
        ):
            row.kind = "due"


def _rounded(total: Sum, by_kind: Kinds) -> bool:
    """Whether this is another total after its rounding."""
    return any(
        part.value and other.value != total.value and abs(other.value + part.value - total.value) <= CENT
        for part in by_kind.get("round_off", [])
        for other in by_kind.get("total", [])
    )


def _solutions(by_kind: Kinds, item_sum: Decimal | None) -> Iterator[Solution]:
    nets = _distinct(by_kind.get("net", []) + by_kind.get("subtotal", []))
    # Bills of services call their net sum "charges".
    nets = nets or _distinct(by_kind.get("charges", []))
    kinds = ("discount", "shipping", "charges", "round_off")
    between = [row for kind in kinds for row in by_kind.get(kind, [])][:6]
    options = list(_tax_options(by_kind.get("tax", [])))
    for total in _distinct([*by_kind.get("total", []), *by_kind.get("due", []), *_only_net(by_kind)]):
        prior = _prior(total, by_kind)
        best = Solution(total, prior)
        for net in nets:
            for taxed in options:
                score = _score(total, net, taxed, between)
                if score is not None and prior + score[0] > best.score:
                    best = Solution(total, prior + score[0], net, taxed, score[1])
        if _before_commission(total, by_kind):
            best.score += 2.5
        if _rounded(total, by_kind):
            best.score += 2.5
        if item_sum is not None and best.net is None and abs(total.value - item_sum) <= CENT:
            best.score += 1.0
        yield best


def _score(total: Sum, net: Sum, taxed: list[Sum], between: list[Sum]) -> tuple[float, list[Sum]] | None:
    """How well a net sum and tax explain a total, and the lines between them; None where they don't."""
    if net is total:
        return None
    tax = sum((row.value for row in taxed), Decimal(0))
    lines = explained(total.value - net.value - tax, between)
    if lines is None:
        return None
    # A sum with its tax says more than a total that merely repeats the net sum.
    score = 3.0 + (1.5 if tax else 0.0) - 0.2 * len(lines) + (0.2 if net.kind == "net" else 0.0)
    return score, lines


def _distinct(rows: list[Sum]) -> list[Sum]:
    """The first few rows of different kind or value; hostile documents have no end of them."""
    found: dict[tuple[str, Decimal, str], Sum] = {}
    for row in rows:
        found.setdefault((row.kind, row.value, row.label), row)
    return list(found.values())[:_MOST]


def _prior(total: Sum, by_kind: Kinds) -> float:
    score = {"total": 2.0, "due": 1.6}.get(total.kind, 0.3) * total.sure
    score += 0.6 if _GRAND.search(total.label) else 0.0
    score += 0.8 if total.money_like else 0.0
    same = [row for row in by_kind.get("total", []) + by_kind.get("due", []) if row.value == total.value]
    score += 0.4 * min(len(same) - 1, 2)
    last = max((row.line for rows in by_kind.values() for row in rows), default=0)
    return score + 0.3 * (total.line / last if last else 0.0)


def _before_commission(total: Sum, by_kind: Kinds) -> bool:
    """Whether an agency's commission leads from this total to what is due: the total stands before it."""
    return any(
        abs(total.value - abs(part.value) - due.value) <= CENT
        for part in by_kind.get("commission", [])
        for kind in ("due", "net", "total")
        for due in by_kind.get(kind, [])
        if due is not total and part.value
    )


def _only_net(by_kind: Kinds) -> list[Sum]:
    """A document whose one sum is a net or sub total: it is the total too."""
    if by_kind.get("total") or by_kind.get("due"):
        return []
    return [row for row in by_kind.get("subtotal", []) + by_kind.get("net", []) if row.sure >= 0.9]


def _tax_options(taxes: list[Sum]) -> Iterator[list[Sum]]:
    """Sets of tax lines that may together be the tax: each alone, all different ones, none."""
    distinct = _distinct(taxes)[:10]
    for row in distinct:
        yield [row]
    if len(distinct) <= 6:
        for count in range(2, len(distinct) + 1):
            yield from (list(some) for some in combinations(distinct, count))
    else:
        yield distinct
    yield []


def explained(rest: Decimal, between: list[Sum]) -> list[Sum] | None:
    """Document-level lines that make up `rest`; an empty list when nothing is left to explain."""
    if abs(rest) <= CENT:
        return []
    for count in range(1, min(len(between), 4) + 1):
        for some in combinations(between, count):
            if abs(sum((_effect(row) for row in some), Decimal(0)) - rest) <= CENT:
                return list(some)
    return None


def _effect(row: Sum) -> Decimal:
    """What a line does to the total: a discount lowers it, whatever sign it is printed with."""
    return -abs(row.value) if row.kind == "discount" else row.value
