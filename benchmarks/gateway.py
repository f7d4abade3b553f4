"""What the gateway adds to a call."""

from __future__ import annotations

import httpx

from benchmarks.measure import Comparison, compare, milliseconds_each
from benchmarks.system import System


def latency(system: System, rounds: int) -> Comparison:
    """GET /invoices/ of a user without any, through the gateway ÷ straight to the function."""
    path = "/invoices/?user_id=bench-nobody"
    with httpx.Client(base_url=system.gateway, timeout=60) as through, system.client("invoices") as straight:
        return compare(
            "through the gateway ÷ straight to the function",
            "ms",
            lambda: milliseconds_each(lambda: through.get(path).raise_for_status(), 300),
            lambda: milliseconds_each(lambda: straight.get(path).raise_for_status(), 300),
            rounds=rounds,
        )
