"""What the gateway adds to a call."""

from __future__ import annotations

from benchmarks.measure import Comparison, compare, milliseconds_each
from benchmarks.system import System
from benchmarks.wire import Wire


def latency(system: System, rounds: int) -> Comparison:
    """GET /invoices/ of a user without any, through the gateway ÷ straight to the function."""
    path = "/invoices/?user_id=bench-nobody"
    with Wire(system.gateway) as through, system.wire("invoices") as straight:
        return compare(
            "through the gateway ÷ straight to the function",
            "ms",
            lambda: milliseconds_each(lambda: through.get(path), 300),
            lambda: milliseconds_each(lambda: straight.get(path), 300),
            rounds=rounds,
        )
