"""Tables of what an engine read right and wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from statistics import median

from common.domain.fields import ORDER
from evaluation.marks import LINES, LineCount, Mark
from evaluation.plots import Bar, Plot
from evaluation.reading import Scored
from evaluation.sample import CELLS
from evaluation.tables import Column, Table, Value, share
from evaluation.tally import COLUMNS, Tally

_ORDER = (*ORDER, *(f"{LINES}.{cell}" for cell in CELLS))
_SLOW = 0.95


def totals(documents: Sequence[Scored]) -> dict[str, Value]:
    """The figures of the whole run, the one that matters most first."""
    tally = Tally.of(mark for document in documents for mark in document.marks)
    lines = _lines(documents)
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
        "usd": _usd(documents),
        "local_ms_median": _middle([document.cost.local_ms for document in documents]),
        "model_ms_median": _middle([d.cost.model_ms for d in documents if d.cost.calls]),
    }


def tables(documents: Sequence[Scored]) -> list[Table]:
    """Every table of the report."""
    return [
        _fields(documents),
        _by_vendor(documents),
        _by_field_and_vendor(documents),
        _line_items(documents),
        _costs(documents),
        _documents(documents),
        _misses(documents),
    ]


def plots(documents: Sequence[Scored]) -> list[Plot]:
    """Every plot of the report."""
    legend = ("exact", "missing", "wrong, flagged", "wrong, unflagged")
    slowest = sorted(documents, key=lambda document: -_ms(document))[:20]
    return [
        Plot("Values by field", legend, [_bar(name, tally) for name, tally in _field_tallies(documents)]),
        Plot("Values by vendor", legend, [_bar(name, tally) for name, tally in _vendor_tallies(documents)]),
        Plot(
            "Milliseconds of the slowest documents",
            ("this system", "waiting for the model"),
            [Bar(d.sample.name, (round(d.cost.local_ms), round(d.cost.model_ms))) for d in slowest],
        ),
    ]


def _fields(documents: Sequence[Scored]) -> Table:
    rows = []
    for name, tally in _field_tallies(documents):
        by_vendor = _grouped(documents, lambda document: document.sample.vendor)
        shares = [Tally.of(_named(each, name)).exact_share for each in by_vendor.values()]
        known = [each for each in shares if each is not None]
        rows.append((name, *tally.row, sum(known, Decimal(0)) / len(known)))
    return Table(
        "fields",
        "By field",
        (Column("field", "field", "text"), *COLUMNS, Column("vendor_average", "vendor average", "share")),
        rows,
        "The vendor average counts each vendor once, however many documents it has.",
    )


def _by_vendor(documents: Sequence[Scored]) -> Table:
    return Table(
        "vendors",
        "By vendor",
        (Column("vendor", "vendor", "text"), Column("documents", "documents"), *COLUMNS),
        [
            (vendor, len(each), *Tally.of(_marks(each)).row)
            for vendor, each in _grouped(documents, lambda document: document.sample.vendor).items()
        ],
    )


def _by_field_and_vendor(documents: Sequence[Scored]) -> Table:
    rows: list[tuple[Value, ...]] = []
    brief: list[tuple[Value, ...]] = []
    by_vendor = _grouped(documents, lambda document: document.sample.vendor)
    for name, _ in _field_tallies(documents):
        for vendor, each in by_vendor.items():
            tally = Tally.of(_named(each, name))
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


def _line_items(documents: Sequence[Scored]) -> Table:
    rows: list[tuple[Value, ...]] = []
    for vendor, each in _grouped(documents, lambda document: document.sample.vendor).items():
        count = _lines(each)
        if count.true or count.read:
            rows.append((vendor, *_line_row(count)))
    rows.append(("all", *_line_row(_lines(documents))))
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


def _costs(documents: Sequence[Scored]) -> Table:
    rows: list[tuple[Value, ...]] = []
    groups = list(_grouped(documents, lambda document: document.sample.group).items())
    for name, each in [*groups, ("all", list(documents))]:
        tally = Tally.of(_marks(each))
        local = [document.cost.local_ms for document in each]
        waited = [document.cost.model_ms for document in each if document.cost.calls]
        rows.append(
            (
                name,
                len(each),
                sum(document.pages for document in each),
                sum(bool(document.failure) for document in each),
                tally.unflagged,
                tally.exact_share,
                sum(document.cost.calls for document in each),
                sum(document.cost.input_tokens for document in each),
                sum(document.cost.output_tokens for document in each),
                _usd(each),
                _middle(local),
                _slow(local),
                _middle(waited),
            )
        )
    return Table(
        "folders",
        "By folder: quality, tokens, cost and time",
        (
            Column("folder", "folder", "text"),
            Column("documents", "documents"),
            Column("pages", "pages"),
            Column("failed", "failed"),
            Column("wrong_unflagged", "wrong, unflagged"),
            Column("exact_share", "exact", "share"),
            Column("model_calls", "calls"),
            Column("input_tokens", "tokens in"),
            Column("output_tokens", "tokens out"),
            Column("usd", "USD", "usd"),
            Column("local_ms_median", "local ms, median", "ms"),
            Column("local_ms_p95", "95th", "ms"),
            Column("model_ms_median", "model ms, median", "ms"),
        ),
        rows,
    )


def _documents(documents: Sequence[Scored]) -> Table:
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
                _exact(_ms(each)),
                each.failure or None,
            )
            for each in documents
        ],
        brief=[],
    )


def _misses(documents: Sequence[Scored]) -> Table:
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


def _field_tallies(documents: Sequence[Scored]) -> list[tuple[str, Tally]]:
    marks: defaultdict[str, list[Mark]] = defaultdict(list)
    for mark in _marks(documents):
        marks[mark.field].append(mark)
    return [(name, Tally.of(marks[name])) for name in _ORDER if name in marks]


def _vendor_tallies(documents: Sequence[Scored]) -> list[tuple[str, Tally]]:
    by_vendor = _grouped(documents, lambda document: document.sample.vendor)
    return [(vendor, Tally.of(_marks(each))) for vendor, each in by_vendor.items()]


def _bar(name: str, tally: Tally) -> Bar:
    return Bar(name, (tally.exact, tally.missing, tally.wrong - tally.unflagged, tally.unflagged))


def _marks(documents: Iterable[Scored]) -> list[Mark]:
    return [mark for document in documents for mark in document.marks]


def _named(documents: Iterable[Scored], field: str) -> list[Mark]:
    return [mark for mark in _marks(documents) if mark.field == field]


def _grouped(documents: Sequence[Scored], key: Callable[[Scored], str]) -> dict[str, list[Scored]]:
    groups: defaultdict[str, list[Scored]] = defaultdict(list)
    for document in documents:
        groups[key(document)].append(document)
    return dict(sorted(groups.items()))


def _lines(documents: Iterable[Scored]) -> LineCount:
    total = LineCount()
    for document in documents:
        total = total.plus(document.lines)
    return total


def _usd(documents: Iterable[Scored]) -> Decimal | None:
    total = Decimal(0)
    for document in documents:
        if document.cost.usd is None:
            return None
        total += document.cost.usd
    return total


def _ms(document: Scored) -> float:
    return document.cost.local_ms + document.cost.model_ms


def _middle(times: Sequence[float]) -> Decimal | None:
    return _exact(median(times)) if times else None


def _slow(times: Sequence[float]) -> Decimal | None:
    return _exact(sorted(times)[min(len(times) - 1, int(len(times) * _SLOW))]) if times else None


def _exact(milliseconds: float) -> Decimal:
    return Decimal(str(round(milliseconds, 1)))
