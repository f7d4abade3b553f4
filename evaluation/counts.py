"""What scored documents come to, by field, by vendor, by folder and all together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from statistics import median

from common.domain.fields import ORDER
from evaluation.marks import LINES, LineCount, Mark
from evaluation.reading import Scored
from evaluation.sample import CELLS
from evaluation.tally import Tally

_ORDER = (*ORDER, *(f"{LINES}.{cell}" for cell in CELLS))
_SLOW = 0.95


def grouped(documents: Sequence[Scored], key: Callable[[Scored], str]) -> dict[str, list[Scored]]:
    """The documents by a key of theirs, in the order of the keys."""
    groups: defaultdict[str, list[Scored]] = defaultdict(list)
    for document in documents:
        groups[key(document)].append(document)
    return dict(sorted(groups.items()))


def marks_of(documents: Iterable[Scored]) -> list[Mark]:
    """The marks of all values."""
    return [mark for document in documents for mark in document.marks]


def marks_named(documents: Iterable[Scored], field: str) -> list[Mark]:
    """The marks of one field."""
    return [mark for mark in marks_of(documents) if mark.field == field]


def by_field(documents: Sequence[Scored]) -> list[tuple[str, Tally]]:
    """What became of each field, in the order of the answer."""
    marks: defaultdict[str, list[Mark]] = defaultdict(list)
    for mark in marks_of(documents):
        marks[mark.field].append(mark)
    return [(name, Tally.of(marks[name])) for name in _ORDER if name in marks]


def by_vendor(documents: Sequence[Scored]) -> list[tuple[str, Tally]]:
    """What became of each vendor's values."""
    vendors = grouped(documents, lambda document: document.sample.vendor)
    return [(vendor, Tally.of(marks_of(each))) for vendor, each in vendors.items()]


def lines_of(documents: Iterable[Scored]) -> LineCount:
    """The line items of all documents."""
    total = LineCount()
    for document in documents:
        total = total.plus(document.lines)
    return total


def usd_of(documents: Iterable[Scored]) -> Decimal | None:
    """What they cost together; None where the price of one is unknown."""
    total = Decimal(0)
    for document in documents:
        if document.cost.usd is None:
            return None
        total += document.cost.usd
    return total


def ms_of(document: Scored) -> float:
    """A document's whole time, in milliseconds."""
    return document.cost.local_ms + document.cost.model_ms


def middle(times: Sequence[float]) -> Decimal | None:
    """The median, in milliseconds; None of nothing."""
    return exact(median(times)) if times else None


def slow(times: Sequence[float]) -> Decimal | None:
    """What only one in twenty takes longer than, in milliseconds; None of nothing."""
    return exact(sorted(times)[min(len(times) - 1, int(len(times) * _SLOW))]) if times else None


def exact(milliseconds: float) -> Decimal:
    """Milliseconds to a tenth."""
    return Decimal(str(round(milliseconds, 1)))
