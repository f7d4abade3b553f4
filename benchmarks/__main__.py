"""`python -m benchmarks`: measures the ratios and writes docs/performance.md."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import cold_start, gateway, machine, reads, report, writes
from benchmarks.measure import Comparison
from benchmarks.processes import ROOT
from benchmarks.system import System
from emulators.cloud import CannotStart, LocalOptions, PartEnded, local_cloud

PAGE = ROOT / "docs" / "performance.md"
STAND_IN = {"GEMINI_API_KEY": "", "GEMINI_BASE_URL": "", "VERTEX_PROJECT": "", "VERTEX_BASE_URL": ""}


def main() -> int:
    """Measures all ratios on a local cloud of its own and writes the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=main.__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="counted rounds of each (default: %(default)d)")
    parser.add_argument("--page", type=Path, default=PAGE, help="the file to write (default: %(default)s)")
    asked = parser.parse_args()
    before = machine.facts()
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder:
        # Only the stand-in answers: a real model's time and price are no part of these figures.
        options = LocalOptions(folder=Path(folder), port=0, settings=STAND_IN, report=print)
        try:
            with local_cloud(options) as cloud:
                # The bare clients of this process are to reach the same emulators.
                os.environ.update(cloud.environment)
                text = _measured(System.of(cloud), asked.rounds, before)
        except (CannotStart, PartEnded) as error:
            print(f"bench: {error}", file=sys.stderr)
            return 1
    asked.page.write_text(text, "utf-8")
    print(f"written: {asked.page}")
    return 0


def _measured(system: System, rounds: int, before: dict[str, str]) -> str:
    tables = {
        "cold_start": [_told(row) for row in cold_start.started(system, rounds)],
        "cold_read": [_told(row) for row in cold_start.reading(system, rounds)],
        "gateway": [_told(gateway.latency(system, rounds))],
        "one_invoice": [_told(reads.one_invoice(system, rounds))],
        "many_invoices": [_told(reads.many_invoices(system, rounds))],
        "ids": [_told(writes.ids(rounds))],
        "webhook": [_told(writes.webhook(system, rounds))],
    }
    upload, memory = writes.upload(system, rounds)
    tables["upload"] = [_told(upload)]
    return report.page(tables, memory, before, datetime.now(UTC).date())


def _told(row: Comparison) -> Comparison:
    print(
        f"{row.name}: {row.ratio.median:.2f} ({row.ratio.low:.2f}-{row.ratio.high:.2f});"
        f" {row.subject.median:.3g} and {row.baseline.median:.3g} {row.unit}",
        flush=True,
    )
    return row


if __name__ == "__main__":
    sys.exit(main())
