"""docs/load.md out of its template and a run's own figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from string import Template

from load.settings import Ramp
from load.steps import Held, saturated

_TEMPLATE = Path(__file__).with_name("load.md.in")


def page(
    routes: Sequence[Mapping[str, str]],
    steps: Sequence[Held],
    ramp: Ramp,
    machine: Mapping[str, str],
    day: date,
) -> str:
    """The page's text; `routes` are locust's rows, one for each route and the sum of all."""
    return Template(_TEMPLATE.read_text("utf-8")).substitute(
        day=day.isoformat(),
        machine="\n".join(f"| {name} | {value} |" for name, value in machine.items()),
        seconds=ramp.seconds,
        steps=_steps(steps),
        verdict=verdict(steps),
        routes=_routes(routes),
    )


def verdict(steps: Sequence[Held]) -> str:
    """What the machine holds, in a sentence."""
    best = saturated([*steps])
    if best is None:
        return "Not saturated: more callers still got more answers, so that it holds more than this."
    return (
        f"It holds {best.per_second:.0f} answers a second with {best.callers} callers; twice as many callers "
        "get no more."
    )


def _steps(steps: Sequence[Held]) -> str:
    lines = ["| callers | answers/s | failures/s | p50, ms | p95, ms |", "|---:|---:|---:|---:|---:|"]
    for one in steps:
        figures = (
            f"{one.per_second:.1f}",
            f"{one.failures_per_second:.2f}",
            f"{one.p50:,.0f}",
            f"{one.p95:,.0f}",
        )
        lines.append(f"| {one.callers} | {' | '.join(figures)} |")
    return "\n".join(lines)


def _routes(rows: Sequence[Mapping[str, str]]) -> str:
    lines = [
        "| route | requests | failed | p50, ms | p95, ms | p99, ms |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for row in rows:
        name = "all" if row["Name"] == "Aggregated" else row["Name"]
        figures = (row["Request Count"], row["Failure Count"], row["50%"], row["95%"], row["99%"])
        lines.append(f"| {name} | {' | '.join(f'{int(figure):,}' for figure in figures)} |")
    return "\n".join(lines)
