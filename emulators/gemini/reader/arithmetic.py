"""Columns whose heads mislead or say nothing, set right: quantity times price is the amount."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import permutations

from emulators.gemini.reader.columns import Head
from emulators.gemini.reader.rowcells import Row


def settle(head: Head, read: list[Row]) -> None:
    """Columns whose heads mislead or say nothing, set right by arithmetic: quantity × price = amount."""
    _describe(head, read)
    sample = [row for row in read if len([one for one in row.figures.values() if not one.percent]) >= 2][:30]
    kinds = [column.kind for column in head.columns]
    if "amount" not in kinds:
        money = [
            index
            for index in range(len(kinds))
            if kinds[index] in ("other", "price", "net") and any(_is_money(row, index) for row in sample)
        ]
        others = [index for index in money if kinds[index] == "other"]
        if others:
            head.columns[others[-1]].kind = "amount"
    now = tuple(_index(head, kind) for kind in ("quantity", "price", "amount"))
    if None not in now and _share(sample, *now) >= 0.5:
        return
    numeric = [
        index
        for index, column in enumerate(head.columns)
        if column.kind in ("quantity", "price", "amount", "net", "other", "unit")
        and any(index in row.figures for row in sample)
    ]
    best: tuple[float, tuple[int, int, int]] | None = None
    for first, second, third in permutations(numeric, 3):
        if first > second:
            continue
        share = _share(sample, first, second, third)
        if share >= 0.8 and (best is None or share > best[0]):
            best = (share, (first, second, third))
    if best is None:
        return
    first, second, third = best[1]
    swapped = head.columns[first].kind == "price" or head.columns[second].kind == "quantity"
    for column in head.columns:
        if column.kind in ("quantity", "price", "amount"):
            column.kind = "net" if column.kind == "amount" else "other"
    head.columns[first].kind, head.columns[second].kind = (
        ("price", "quantity") if swapped else ("quantity", "price")
    )
    head.columns[third].kind = "amount"


def _describe(head: Head, read: list[Row]) -> None:
    """The description is where words stand: "Item | Product" may head a line's number and its goods."""
    named = [index for index, column in enumerate(head.columns) if column.kind == "description"]
    rows = [row for row in read if row.starts and named and named[0] in row.words][:30]
    if not rows or _worded(rows, named[0]) > 0.2:
        return
    others = [index for index, column in enumerate(head.columns) if column.kind in ("code", "other")]
    best = max(others, key=lambda index: _worded(rows, index), default=None)
    if best is not None and _worded(rows, best) >= 0.6:
        head.columns[named[0]].kind = "pos" if head.column("pos") is None else "code"
        head.columns[best].kind = "description"


def _worded(rows: list[Row], index: int) -> float:
    """In how many of the rows a column has a word of three letters or more."""
    texts = (" ".join(word.text for word in row.words.get(index, [])) for row in rows)
    return sum(bool(re.search(r"[^\W\d_]{3}", text)) for text in texts) / len(rows)


def _is_money(row: Row, index: int) -> bool:
    found = row.figures.get(index)
    return found is not None and not found.percent and (found.decimals == 2 or found.money)


def _index(head: Head, kind: str) -> int | None:
    return next((index for index, column in enumerate(head.columns) if column.kind == kind), None)


def _share(sample: list[Row], quantity: int | None, price: int | None, total: int | None) -> float:
    """In how many of the rows that have all three figures the product is right; 0 for none."""
    assert quantity is not None and price is not None and total is not None
    having = [row.figures for row in sample if {quantity, price, total} <= row.figures.keys()]
    telling = [one for one in having if one[total].value not in (one[quantity].value, one[price].value)]
    right = [
        one
        for one in telling
        if abs(one[quantity].value * one[price].value - one[total].value)
        <= max(Decimal("0.02"), abs(one[total].value) / 200)
    ]
    return len(right) / len(telling) if telling else (0.5 if having else 0.0)
