"""`python -m benchmarks`: measures the ratios and writes docs/performance.md."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import browser, closures, cold_start, gateway, machine, reading, reads, report, saving, writes
from benchmarks.measure import Comparison, Spread
from benchmarks.processes import ROOT
from benchmarks.system import System
from emulators.cloud import CannotStart, LocalOptions, PartEnded, local_cloud

PAGE = ROOT / "docs" / "performance.md"


@dataclass
class Run:
    """What is measured on, and what was found beside the ratios."""

    system: System
    rounds: int
    folders: Sequence[Path]
    """With PDFs of the person who measures."""

    memory: Spread = field(default_factory=lambda: Spread(0, 0, 0))
    """MiB above the idle function while a large upload passed."""


def _upload(run: Run) -> Iterable[Comparison]:
    row, run.memory = writes.upload(run.system, run.rounds)
    return [row]


TABLES: dict[str, Callable[[Run], Iterable[Comparison]]] = {
    "cold_start": lambda run: cold_start.started(run.system, run.rounds),
    "cold_read": lambda run: cold_start.reading(run.system, run.rounds),
    "gateway": lambda run: [gateway.latency(run.system, run.rounds)],
    "one_invoice": lambda run: [reads.one_invoice(run.system, run.rounds)],
    "many_invoices": lambda run: [reads.many_invoices(run.system, run.rounds)],
    "pages": lambda run: reading.pages(run.system, run.rounds, run.folders),
    "einvoices": lambda run: reading.einvoices(run.rounds, run.folders),
    "first_page": lambda run: [browser.first_page(run.system, run.rounds)],
    "held": lambda run: [browser.held(run.system, min(run.rounds, 3))],
    "save": lambda run: [saving.save(run.system, run.rounds)],
    "ids": lambda run: [writes.ids(run.rounds)],
    "webhook": lambda run: [writes.webhook(run.system, run.rounds)],
    "upload": _upload,
}
"""By the names that the page's template has for them, in the order in which they are measured."""

STAND_IN = {"GEMINI_API_KEY": "", "GEMINI_BASE_URL": "", "VERTEX_PROJECT": "", "VERTEX_BASE_URL": ""}


def main() -> int:
    """Measures all ratios on a local cloud of its own and writes the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=main.__doc__)
    parser.add_argument(
        "folders",
        type=Path,
        nargs="*",
        help="PDFs of one's own, read beside the drawn ones, a row for each folder",
    )
    parser.add_argument("--rounds", type=int, default=7, help="counted rounds of each (default: %(default)d)")
    parser.add_argument("--page", type=Path, default=PAGE, help="the file to write (default: %(default)s)")
    parser.add_argument("--only", choices=sorted(TABLES), help="one table, printed and not written")
    parser.add_argument("--bundles", action="store_true", help="only the page of the bundles, written")
    asked = parser.parse_args()
    bundles = asked.page.with_name("bundles.md")
    if asked.bundles:
        bundles.write_text(closures.page(closures.measured()), "utf-8")
        print(f"written: {bundles}")
        return 0
    for each in asked.folders:
        if not each.is_dir():
            parser.error(f"{each} is no folder")
    before = machine.facts()
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder:
        # Only the stand-in answers: a real model's time and price are no part of these figures.
        options = LocalOptions(folder=Path(folder), port=0, settings=STAND_IN, report=print)
        try:
            with local_cloud(options) as cloud:
                # The bare clients of this process are to reach the same emulators.
                os.environ.update(cloud.environment)
                run = Run(System.of(cloud), asked.rounds, asked.folders)
                chosen = [asked.only] if asked.only else [*TABLES]
                tables = {name: [_told(row) for row in TABLES[name](run)] for name in chosen}
        except (CannotStart, PartEnded) as error:
            print(f"bench: {error}", file=sys.stderr)
            return 1
    if not asked.only:
        asked.page.write_text(report.page(tables, run.memory, before, datetime.now(UTC).date()), "utf-8")
        bundles.write_text(closures.page(closures.measured()), "utf-8")
        print(f"written: {asked.page}, {bundles}")
    return 0


def _told(row: Comparison) -> Comparison:
    print(
        f"{row.name}: {row.ratio.median:.2f} ({row.ratio.low:.2f}-{row.ratio.high:.2f});"
        f" {row.subject.median:.3g} and {row.baseline.median:.3g} {row.unit}",
        flush=True,
    )
    return row


if __name__ == "__main__":
    sys.exit(main())
