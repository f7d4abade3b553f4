"""`python -m load`: mixed traffic through the local gateway, more and more of it, until no more is answered.

Writes docs/load.md, an HTML report and the figures as CSV; prints latency by route and what each step held.
"""

from __future__ import annotations

import argparse
import csv
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import machine
from emulators.cloud import CannotStart, LocalOptions, PartEnded, local_cloud
from emulators.cloud.environment import ROOT
from emulators.cloud.running import LocalCloud
from load import page
from load.settings import Ramp
from load.steps import held

STAND_IN = {"GEMINI_API_KEY": "", "GEMINI_BASE_URL": "", "VERTEX_PROJECT": "", "VERTEX_BASE_URL": ""}
PAGE = ROOT / "docs" / "load.md"
SHARE_OF_FAILURES = 0.01
"""More failures than this share of all requests make the run a failure."""


def main(arguments: list[str] | None = None) -> int:
    """Runs the ramp on a local cloud of its own; the exit code is 1 where answers were wrong."""
    usual = Ramp()
    parser = argparse.ArgumentParser(prog="load", description=__doc__)
    parser.add_argument(
        "--first", type=int, default=usual.first, help="callers of the first step (%(default)d)"
    )
    parser.add_argument("--steps", type=int, default=usual.steps, help="each has twice as many (%(default)d)")
    parser.add_argument("--seconds", type=int, default=usual.seconds, help="of a step (%(default)d)")
    parser.add_argument("--report", type=Path, default=ROOT / "build" / "load", metavar="DIR")
    parser.add_argument("--page", type=Path, default=PAGE, metavar="FILE", help="to write (%(default)s)")
    asked = parser.parse_args(arguments)
    before = machine.facts()
    ramp = Ramp(asked.first, asked.steps, asked.seconds)
    asked.report.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="load-") as folder:
        options = LocalOptions(folder=Path(folder), port=0, settings=STAND_IN, report=print)
        try:
            with local_cloud(options) as cloud:
                _drive(cloud, ramp, asked.report)
        except (CannotStart, PartEnded) as error:
            print(f"load: {error}", file=sys.stderr)
            return 1
    return _tell(asked.report, ramp, asked.page, before)


def _drive(cloud: LocalCloud, ramp: Ramp, report: Path) -> None:
    """Locust in a process of its own: it replaces the sockets of the one that it is in."""
    command = [
        *(sys.executable, "-m", "locust", "--headless", "--only-summary", "--skip-log-setup"),
        *("--locustfile", f"{ROOT / 'load/locustfile.py'},{ROOT / 'load/ramp.py'}"),
        *("--host", cloud.gateway_url, "--csv", str(report / "load"), "--csv-full-history"),
        *("--html", str(report / "load.html")),
    ]
    own = {"LOAD_API_KEY": cloud.api_key, "LOAD_RAMP": ramp.text, "PYTHONPATH": str(ROOT)}
    with (report / "locust.log").open("wb") as log:
        subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, **own},
            stdout=log,
            stderr=subprocess.STDOUT,
            timeout=ramp.steps * ramp.seconds + 180,
            check=False,
        )


def _tell(report: Path, ramp: Ramp, written: Path, before: dict[str, str]) -> int:
    with (report / "load_stats.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    print(f"{'route':32}{'requests':>9}{'failed':>8}{'p50':>8}{'p95':>8}{'p99':>8}{'max':>9}  ms")
    for row in rows:
        maximum = round(float(row["Max Response Time"]))
        print(
            f"{row['Name']:32}{row['Request Count']:>9}{row['Failure Count']:>8}"
            f"{row['50%']:>8}{row['95%']:>8}{row['99%']:>8}{maximum:>9}"
        )
    steps = held(report / "load_stats_history.csv", ramp)
    print(f"\n{'callers':>8}{'answers/s':>11}{'failures/s':>12}{'p50':>8}{'p95':>8}  ms")
    for one in steps:
        print(
            f"{one.callers:>8}{one.per_second:>11.1f}{one.failures_per_second:>12.2f}{one.p50:>8.0f}{one.p95:>8.0f}"
        )
    print(page.verdict(steps))
    written.write_text(page.page(rows, steps, ramp, before, datetime.now(UTC).date()), "utf-8")
    print(f"report: {report / 'load.html'}, {written}")
    every = rows[-1]
    return int(int(every["Failure Count"]) > SHARE_OF_FAILURES * int(every["Request Count"]))


if __name__ == "__main__":
    sys.exit(main())
