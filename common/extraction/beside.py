"""The label in front of a value, in its cell or to its left."""

from __future__ import annotations

from common.extraction.headings import SUMS, meanings_of
from common.extraction.page import Cell
from common.extraction.place import Place
from common.extraction.printed import Index
from common.extraction.vocabulary import Label, is_currency_word

_UNITS = frozenset({"quantity", "unit"})
_FILLERS = frozenset(
    (
        "of in at on the a von vom der die das am im den no nr n de du la le da del di is are for und and auf"
        " incl inkl included including excl"
    ).split()
)


def label_before(index: Index, cell: Cell, start: int) -> Place | None:
    """The label in front of the value, in the same cell."""
    inside = [label for label in index.labels_in(cell.start, start) if label.end <= start]
    if not inside:
        return None
    # Labels that follow one another without a value between are one: "Total (incl. VAT)".
    chosen = inside[-1]
    for label in reversed(inside[:-1]):
        gap = index.text[label.end : chosen.start]
        if index.has_value(label.end, chosen.start) or ":" in gap or len(gap.split()) > 1 or _strange(gap):
            break
        chosen = label
    between = index.text[chosen.end : start]
    strength = 0.97
    strange = _strange(between)
    if index.has_value(chosen.end, start):
        strength = 0.6
    elif len(strange) > 3:
        strength = 0.5
    elif strange and ":" not in between:
        strength = 0.75
    return Place(
        meanings_of(index, chosen, cell.line), strength, index.text[chosen.start : chosen.end], "before"
    )


def _strange(text: str) -> list[str]:
    """The words of a text that neither fill nor name a currency."""
    words = (word.strip(".,:;#()[]-*/%").lower() for word in text.split())
    return [
        word
        for word in words
        if len(word) > 1
        and word not in _FILLERS
        and not is_currency_word(word)
        and any(map(str.isalpha, word))
    ]


def weight(index: Index, cell: Cell, label: Label) -> float:
    """How surely a cell is a label: 1 where the label is all of its words, little where it is one of many."""
    rest = _strange(index.text[cell.start : label.start]) + _strange(index.text[label.end : cell.end])
    known = sum(
        len(other.meanings) > 0 and other.start > label.end for other in index.labels_in(label.end, cell.end)
    )
    share = (len(index.text[label.start : label.end].split()) + known) / (
        len(index.text[label.start : label.end].split()) + len(rest)
    )
    return 1.0 if share >= 0.6 else 0.8 if share >= 0.5 else 0.5


def label_left(index: Index, number: int) -> Place | None:
    """The label in the nearest cell to the left that holds one."""
    skipped = 0
    rate: Place | None = None
    for at in _row_left(index, number):
        other = index.cells[at]
        inside, value = index.cell_labels[at], index.cell_values[at]
        if inside:
            label = _head(index, other, inside, value)
            if value and label.meanings <= _UNITS and _starts_with_number(index, other, label):
                continue  # "180 pcs": a count with its unit, no label
            if value and rate is None and not skipped and _leads_with_rate(index, other, label):
                # "Freight | 100.00 | 19 % VAT | 5.80": the rate is a cell of the row, its name stands before.
                rate = Place(
                    meanings_of(index, label, other.line),
                    0.6,
                    index.text[other.start : other.end].strip(" :"),
                    "left",
                )
                continue
            if value and _last_value_after(index, other, label):
                # "VAT 19 % | 12.00": the label's own number is a rate or a count, and the sum stands beside.
                skipped += 0 if _is_rate_only(index, other) else 1
            strength = 0.95 * weight(index, other, label) - 0.25 * skipped
            if strength <= 0.3:
                return rate
            return Place(
                meanings_of(index, label, other.line),
                strength,
                index.text[other.start : other.end].strip(" :"),
                "left",
            )
        if value:
            skipped += 1
        elif any(sign.isalpha() for sign in index.text[other.start : other.end]):
            if _only_currency(index.text[other.start : other.end]):
                continue
            if skipped or rate is not None:
                return rate
            return _torn(index, at) or Place(
                frozenset(), 0.5, index.text[other.start : other.end].strip(" :"), "left"
            )
    # Nothing names the row but its rate: "9% GST | 1,722.81".
    return rate if rate is None or skipped else rate._replace(strength=0.9)


def _row_left(index: Index, number: int) -> list[int]:
    """The cells to the left in a row, nearest first; smaller type may make a line of its own beside it."""
    cell = index.cells[number]
    found: list[tuple[float, int]] = []
    for at in range(max(0, number - 14), min(len(index.cells), number + 6)):
        other = index.cells[at]
        if at == number or abs(other.line - cell.line) > 1 or other.box.x1 > cell.box.x0 + 2:
            continue
        shared = min(other.box.y1, cell.box.y1) - max(other.box.y0, cell.box.y0)
        lower = min(other.box.y1 - other.box.y0, cell.box.y1 - cell.box.y0)
        if other.line == cell.line or shared > 0.5 * lower:
            found.append((other.box.x1, at))
    return [at for _, at in sorted(found, reverse=True)][:12]


def _starts_with_number(index: Index, cell: Cell, label: Label) -> bool:
    return any(number.start < label.start for number in index.numbers_in(cell.start, label.start))


def _torn(index: Index, number: int) -> Place | None:
    """A label whose last words stand apart or are misread: "Total | Gr ss"."""
    row = _row_left(index, number)
    if not row:
        return None
    before = index.cells[row[0]]
    inside = index.cell_labels[row[0]]
    gap = index.cells[number].box.x0 - before.box.x1
    if not inside or index.cell_values[row[0]] or gap > 2 * (before.box.y1 - before.box.y0):
        return None
    if not inside[0].meanings & SUMS:
        return None
    return Place(
        meanings_of(index, inside[0], before.line),
        0.72,
        index.text[before.start : before.end].strip(" :"),
        "left",
    )


def _leads_with_rate(index: Index, cell: Cell, label: Label) -> bool:
    """Whether a cell is a rate with its tax's name behind it: "19 % VAT (S)"."""
    return "tax" in label.meanings and any(
        number.percent for number in index.numbers_in(cell.start, label.start)
    )


def _head(index: Index, cell: Cell, inside: list[Label], value: bool) -> Label:
    """The label that names a cell: what follows its last value, else what it begins with, else the last."""
    if value and not all(number.percent for number in index.numbers_in(cell.start, cell.end)):
        behind = [label for label in inside if not index.has_value(label.end, cell.end)]
        if behind and len(behind) < len(inside):
            return behind[0]
    first = inside[0]
    lead = [
        word for word in index.text[cell.start : first.start].split() if any(sign.isalpha() for sign in word)
    ]
    return first if len(lead) <= 1 else inside[-1]


def _last_value_after(index: Index, cell: Cell, label: Label) -> bool:
    return index.has_value(label.end, cell.end)


def _is_rate_only(index: Index, cell: Cell) -> bool:
    """Whether the numbers of a cell are rates or counts: "VAT 19 %", "Tax (8%)", "VAT (19 % of 100)"."""
    taxed = any(label.meanings & {"tax", "tax_rate"} for label in index.labels_in(cell.start, cell.end))
    return taxed and all(
        number.percent or number.decimals == 0 for number in index.numbers_in(cell.start, cell.end)
    )


def _only_currency(text: str) -> bool:
    return all(is_currency_word(word.strip(".:()").lower()) for word in text.split())
