"""What became of each document, and each value that is not exact."""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.counts import exact, ms_of
from evaluation.reading import Scored
from evaluation.tables import Column, Table
from evaluation.tally import COLUMNS, Tally


def documents_table(documents: Sequence[Scored]) -> Table:
    """Every document with its figures."""
    return Table(
        "documents",
        "Documents",
        (
            Column("document", "document", "text"),
            Column("vendor", "vendor", "text"),
            Column("source", "source", "text"),
            Column("review", "review", "text"),
            *COLUMNS,
            Column("usd", "USD", "usd"),
            Column("ms", "ms", "ms"),
            Column("failure", "failure", "text"),
        ),
        [
            (
                each.sample.name,
                each.sample.vendor,
                each.source or None,
                "needed" if each.review else None,
                *Tally.of(each.marks).row,
                each.cost.usd,
                exact(ms_of(each)),
                each.failure or None,
            )
            for each in documents
        ],
        brief=[],
    )


def misses(documents: Sequence[Scored]) -> Table:
    """Every value that is not exact, those that would be booked unseen first."""
    rows = [
        (
            each.sample.name,
            mark.field,
            mark.outcome,
            "yes" if mark.flagged else "no",
            _said(mark.true),
            _said(mark.read),
        )
        for each in documents
        for mark in each.marks
        if mark.outcome != "exact"
    ]
    return Table(
        "misses",
        "Every value that is not exact",
        tuple(
            Column(key, key, "text") for key in ("document", "field", "outcome", "flagged", "true", "read")
        ),
        sorted(rows, key=lambda row: (row[2] != "wrong", row[3])),
        brief=[],
    )


def _said(value: object) -> str | None:
    return None if value is None else str(value)
