"""docs/performance.md out of its template and the measured rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from string import Template

from benchmarks.measure import Comparison, Spread

_TEMPLATE = Path(__file__).with_name("performance.md.in")


def page(
    tables: Mapping[str, Sequence[Comparison]], memory: Spread, machine: Mapping[str, str], day: date
) -> str:
    """The page's text; `tables` has a list of rows for each table that the template names."""
    texts = {name: table(rows) for name, rows in tables.items()}
    gateway = tables["gateway"][0]
    return Template(_TEMPLATE.read_text("utf-8")).substitute(
        texts,
        day=day.isoformat(),
        machine="\n".join(f"| {name} | {value} |" for name, value in machine.items()),
        upload_memory=_range(memory, "{:.0f}"),
        gateway_added=f"{gateway.subject.median - gateway.baseline.median:.2f}",
    )


def table(rows: Sequence[Comparison]) -> str:
    """A Markdown table: medians, and the least and greatest of each behind them."""
    lines = ["| measured | subject | baseline | ratio | rounds |", "|---|---|---|---|---|"]
    for row in rows:
        sides = [f"{_range(side, _digits(side))} {row.unit}" for side in (row.subject, row.baseline)]
        ratio = _range(row.ratio, _digits(row.ratio))
        lines.append(
            f"| {row.name} | {sides[0]} | {sides[1]} | **{ratio.replace(' ', '** ', 1)} | {row.rounds} |"
        )
    return "\n".join(lines)


def _range(spread: Spread, form: str) -> str:
    low, high = form.format(spread.low), form.format(spread.high)
    return f"{form.format(spread.median)} ({low}–{high})"


def _digits(spread: Spread) -> str:
    """Three figures that say something: 12,345 and 123 and 12.3 and 1.23."""
    size = abs(spread.median)
    return "{:,.0f}" if size >= 100 else "{:.1f}" if size >= 10 else "{:.2f}"
