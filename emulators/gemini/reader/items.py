"""The lines of an invoice: its items, from their table or, without a heading, from their shape."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from emulators.gemini.reader import plainitems, tablerows
from emulators.gemini.reader.columns import Head
from emulators.gemini.reader.layout import Document, folded
from emulators.gemini.reader.numbers import Style, amount
from emulators.gemini.reader.rowcells import Row
from emulators.gemini.reader.vocabulary import DETAIL_LINE

_UNIT = re.compile(r"^[A-Za-z][A-Za-z.²³/]{0,9}$")
_MAIN = frozenset(("description", "amount", "price", "quantity"))
# Rates in force somewhere: in a column headed by a tax's name alone, other figures are amounts.
_RATES = frozenset(
    Decimal(rate)
    for rate in (
        "0 2.5 2.6 3 3.8 4 5 5.5 6 7 7.7 8 8.1 8.25 9 10 12 13 13.5 14 15 16 17 18 19 20 21 22 23 24 25 27 28"
    ).split()
)
_MOST_TEXT = 400
_NEARER = 0.8


@dataclass
class Item:
    """One line; None for what it does not print. `lines` are those of the page that it takes."""

    description: str | None = None
    hsn_code: str | None = None
    quantity: Decimal | None = None
    unit: str | None = None
    unit_price: Decimal | None = None
    discount: Decimal | None = None
    tax_rate: Decimal | None = None
    tax_amt: Decimal | None = None
    amount: Decimal | None = None
    net: Decimal | None = None
    page: int = 1
    lines: list[int] = field(default_factory=list)

    def values(self) -> dict[str, object]:
        names = ("description", "hsn_code", "quantity", "unit", "unit_price", "discount")
        rest = ("tax_rate", "tax_amt", "amount", "page")
        return {name: getattr(self, name) for name in (*names, *rest)}


def read(document: Document, heads: list[Head], style: Style, taken: set[int]) -> list[Item]:
    """The items in order of the pages; an empty list when none can be told apart.

    `taken` are lines of tables of sums, which end a table of items.
    """
    found: list[Item] = []
    first: set[str] | None = None
    for index, head in enumerate(heads):
        limit = _limit(document, head, heads[index + 1 : index + 2])
        limit = min([limit, *(number for number in taken if number > head.last)])
        if head.first in taken:
            continue
        kinds = head.kinds & _MAIN
        if first is not None and kinds != first:
            continue
        items = _table(document, head, limit, style)
        if items:
            found += items
            first = kinds
    if found:
        return found
    return [
        Item(
            description=one.description, quantity=one.quantity, unit_price=one.unit_price, amount=one.amount,
            page=one.page, lines=[one.line],
        )
        for one in plainitems.read(document, style)
    ]  # fmt: skip


def _limit(document: Document, head: Head, following: list[Head]) -> int:
    """The line where the table ends at the latest: the next heading, or the top of that heading's page."""
    if not following:
        return len(document.lines)
    if following[0].page == head.page:
        return following[0].first
    return next(line.number for line in document.lines if line.page == following[0].page)


def _table(document: Document, head: Head, limit: int, style: Style) -> list[Item]:
    items: list[Item] = []
    waiting: list[Row] = []
    rows = tablerows.rows(document, head, limit, style)
    leading = _leading(rows)
    for number, row in enumerate(rows):
        if row.starts:
            item = _item(row, head, style)
            parts = [_words_of(one) for one in [*waiting, row]]
            item.description = " ".join(part for part in parts if part) or None
            item.lines = [line.number for one in [*waiting, row] for line in one.lines]
            items.append(item)
            waiting = []
        elif items and row.line.page == items[-1].page and number not in leading:
            _continue(items[-1], row)
        elif number in leading:
            waiting.append(row)
        elif not items and re.search(r"[^\W\d_]", row.line.fold):
            waiting = [*waiting[-2:], row]
    return items


def _leading(rows: list[Row]) -> set[int]:
    """The lines of words that belong to the item below them.

    Where a cell of several lines stands level with the middle or the end of its row, its first
    lines are nearer to their own row than to what stands before them.
    """
    found: set[int] = set()
    starts = [number for number, row in enumerate(rows) if row.starts]
    for one, other in pairwise(starts):
        if rows[one].line.page != rows[other].line.page:
            continue
        gaps = [(rows[at + 1].line.base - rows[at].lines[-1].base, at) for at in range(one, other)]
        widest, last = max(gap for gap, _ in gaps), gaps[-1][0]
        if last < _NEARER * widest:
            cut = max(at for gap, at in gaps if gap == widest)
            found.update(range(cut + 1, other))
    return found


def _item(row: Row, head: Head, style: Style) -> Item:
    item = Item(page=row.line.page)
    for kind, name in (("price", "unit_price"), ("tax_amt", "tax_amt"), ("amount", "amount"), ("net", "net")):
        figure = row.figure(kind)
        if figure is not None and not figure.percent:
            setattr(item, name, figure.value)
    _quantity(item, row, style)
    rate, levied = row.figure("tax_rate"), head.column("tax_rate")
    if rate is not None and levied is not None:
        if rate.decimals == 2 and not rate.percent and rate.value not in _RATES and "%" not in levied.text:
            item.tax_amt = item.tax_amt if item.tax_amt is not None else rate.value
        elif 0 <= rate.value < 100:
            item.tax_rate = rate.value
    discount, column = row.figure("discount"), head.column("discount")
    if discount is not None and column is not None and not discount.percent and "%" not in column.text:
        item.discount = discount.value
    code = re.search(r"\b\d{4,8}\b", row.text("hsn").replace(" ", ""))
    item.hsn_code = code.group() if code else None
    return item


def _quantity(item: Item, row: Row, style: Style) -> None:
    words = [word.text for word in row.all_words("quantity")]
    for index, text in enumerate(words):
        match = re.fullmatch(r"([-\d.,'\u00a0]+)(?:x|X|×)?([A-Za-z][A-Za-z.²³]*)?", text)
        figure = amount(match.group(1), style) if match else None
        if match is None or figure is None:
            continue
        item.quantity = figure.value
        rest = [match.group(2) or "", *words[index + 1 :]]
        item.unit = next((one for one in rest if _UNIT.match(one) and one.lower() != "x"), None)
        break
    units = [word for word in row.text("unit").split() if _UNIT.match(word)]
    item.unit = units[0] if units else item.unit


def _words_of(row: Row) -> str:
    text = row.text("description")
    if not text and row.head.column("description") is None:
        text = row.text("other") or row.text("code")
    if not re.search(r"[^\W_]", text):
        return row.text("other") if re.search(r"[^\W\d_]", row.text("other")) else ""
    return text


def _continue(item: Item, row: Row) -> None:
    """A further line of the description; details that have a name of their own are not part of it."""
    text = _words_of(row)
    item.lines += [line.number for line in row.lines]
    plain = folded(text)
    if not text or DETAIL_LINE.match(plain) or re.fullmatch(r"[\d .()/-]+(?:\(?gtin\)?)?", plain):
        return
    if re.match(r"^[^:(]{2,24}:\s*\S", text) and item.description:
        return
    joined = f"{item.description} {text}" if item.description else text
    if len(joined) <= _MOST_TEXT:
        item.description = joined
