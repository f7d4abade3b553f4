"""What an engine read right and wrong: the totals of a run, its tables and its plots."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from evaluation.counts import (
    by_field,
    by_vendor,
    grouped,
    lines_of,
    marks_named,
    marks_of,
    middle,
    ms_of,
    usd_of,
)
from evaluation.expenses import folders
from evaluation.findings import documents_table, misses
from evaluation.line_items import line_items
from evaluation.plots import Bar, Plot
from evaluation.reading import Scored
from evaluation.tables import Column, Table, Value, share
from evaluation.tally import COLUMNS, Tally


def totals(documents: Sequence[Scored]) -> dict[str, Value]:
    """The figures of the whole run, the one that matters most first."""
    tally = Tally.of(mark for document in documents for mark in document.marks)
    lines = lines_of(documents)
    made: dict[str, Value] = {column.key: value for column, value in zip(COLUMNS, tally.row, strict=True)}
    return {
        **made,
        "documents": len(documents),
        "failed": sum(bool(document.failure) for document in documents),
        "line_precision": share(lines.matched, lines.read),
        "line_recall": share(lines.matched, lines.true),
        "lines_wrong_unflagged": lines.unflagged,
        "model_calls": sum(document.cost.calls for document in documents),
        "input_tokens": sum(document.cost.input_tokens for document in documents),
        "output_tokens": sum(document.cost.output_tokens for document in documents),
        "cached_tokens": sum(document.cost.cached_tokens for document in documents),
        "usd": usd_of(documents),
        "local_ms_median": middle([document.cost.local_ms for document in documents]),
        "model_ms_median": middle([d.cost.model_ms for d in documents if d.cost.calls]),
    }


def tables(documents: Sequence[Scored]) -> list[Table]:
    """Every table of the report."""
    return [
        _fields(documents),
        _fields_by_folder(documents),
        _vendors(documents),
        _fields_by_vendor(documents),
        line_items(documents),
        folders(documents),
        documents_table(documents),
        misses(documents),
    ]


def plots(documents: Sequence[Scored]) -> list[Plot]:
    """Every plot of the report."""
    legend = ("exact", "missing", "wrong, flagged", "wrong, unflagged")
    slowest = sorted(documents, key=lambda document: -ms_of(document))[:20]
    return [
        Plot("Values by field", legend, [_bar(name, tally) for name, tally in by_field(documents)]),
        Plot("Values by vendor", legend, [_bar(name, tally) for name, tally in by_vendor(documents)]),
        Plot(
            "Milliseconds of the slowest documents",
            ("this system", "waiting for the model"),
            [Bar(d.sample.name, (round(d.cost.local_ms), round(d.cost.model_ms))) for d in slowest],
        ),
    ]


def _fields(documents: Sequence[Scored]) -> Table:
    return Table(
        "fields",
        "By field",
        (Column("field", "field", "text"), *COLUMNS, Column("vendor_average", "vendor average", "share")),
        _field_rows(documents),
        "The vendor average counts each vendor once, however many documents it has.",
    )


def _field_rows(documents: Sequence[Scored]) -> list[tuple[Value, ...]]:
    rows: list[tuple[Value, ...]] = []
    vendors = grouped(documents, lambda document: document.sample.vendor)
    for name, tally in by_field(documents):
        shares = [Tally.of(marks_named(each, name)).exact_share for each in vendors.values()]
        known = [each for each in shares if each is not None]
        rows.append((name, *tally.row, sum(known, Decimal(0)) / len(known)))
    return rows


def _fields_by_folder(documents: Sequence[Scored]) -> Table:
    groups = grouped(documents, lambda document: document.sample.group)
    return Table(
        "fields_by_folder",
        "By folder and field",
        (
            Column("folder", "folder", "text"),
            Column("field", "field", "text"),
            *COLUMNS,
            Column("vendor_average", "vendor average", "share"),
        ),
        [(name, *row) for name, each in groups.items() for row in _field_rows(each)]
        if len(groups) > 1
        else [],
    )


def _vendors(documents: Sequence[Scored]) -> Table:
    return Table(
        "vendors",
        "By vendor",
        (Column("vendor", "vendor", "text"), Column("documents", "documents"), *COLUMNS),
        [
            (vendor, len(each), *Tally.of(marks_of(each)).row)
            for vendor, each in grouped(documents, lambda document: document.sample.vendor).items()
        ],
    )


def _fields_by_vendor(documents: Sequence[Scored]) -> Table:
    rows: list[tuple[Value, ...]] = []
    brief: list[tuple[Value, ...]] = []
    vendors = grouped(documents, lambda document: document.sample.vendor)
    for name, _ in by_field(documents):
        for vendor, each in vendors.items():
            tally = Tally.of(marks_named(each, name))
            if tally.values:
                rows.append((name, vendor, *tally.row))
                if tally.exact < tally.values:
                    brief.append(rows[-1])
    return Table(
        "fields_by_vendor",
        "By field and vendor",
        (Column("field", "field", "text"), Column("vendor", "vendor", "text"), *COLUMNS),
        rows,
        "A terminal shows only the rows that are not all exact.",
        brief,
    )


def _bar(name: str, tally: Tally) -> Bar:
    return Bar(name, (tally.exact, tally.missing, tally.wrong - tally.unflagged, tally.unflagged))
