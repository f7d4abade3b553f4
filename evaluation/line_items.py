"""How many line items were found, by vendor."""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.counts import grouped, lines_of
from evaluation.marks import LineCount
from evaluation.reading import Scored
from evaluation.tables import Column, Table, Value, share


def line_items(documents: Sequence[Scored]) -> Table:
    """Line items by vendor."""
    rows: list[tuple[Value, ...]] = []
    for vendor, each in grouped(documents, lambda document: document.sample.vendor).items():
        count = lines_of(each)
        if count.true or count.read:
            rows.append((vendor, *_line_row(count)))
    rows.append(("all", *_line_row(lines_of(documents))))
    return Table(
        "lines",
        "Line items",
        (
            Column("vendor", "vendor", "text"),
            Column("wrong_unflagged", "wrong, unflagged"),
            Column("lost_unflagged", "lost, unflagged"),
            Column("true", "true"),
            Column("read", "read"),
            Column("matched", "matched"),
            Column("precision", "precision", "share"),
            Column("recall", "recall", "share"),
        ),
        rows,
    )


def _line_row(count: LineCount) -> tuple[Value, ...]:
    return (
        count.unflagged,
        count.lost_unflagged,
        count.true,
        count.read,
        count.matched,
        share(count.matched, count.read),
        share(count.matched, count.true),
    )
