"""`python -m emulators.demo`: uploads the sample invoices and exits 0 only if all was read right."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import ExitStack

import httpx
from rich.console import Console

from emulators.cloud import CannotStart, PartEnded
from emulators.demo.comparison import compare
from emulators.demo.flow import Reading, Visitor, WentWrong
from emulators.demo.report import mismatches, show, sources
from emulators.demo.running import running, started
from emulators.samples import samples

SECONDS = 180.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the demo; the exit code is 0 only if every value of every sample is right."""
    asked = _options().parse_args(arguments)
    console = Console(width=None if sys.stdout.isatty() else 110)
    try:
        with ExitStack() as stack:
            url = None if asked.own else running()
            own = url is None
            if url is None:
                console.print("Starting a local cloud …")
                url = stack.enter_context(started(lambda line: console.print(line, highlight=False)))
            else:
                console.print(f"Using the local cloud that runs on {url}")
            code = run(console, url, asked.seconds)
            if asked.keep:
                console.print("The check pages stay until Ctrl-C.")
                _wait_for_interrupt()
            elif own:
                console.print("This local cloud stops now; --keep keeps it, and the check pages with it.")
            return code
    except (CannotStart, PartEnded, WentWrong) as error:
        console.print(f"demo: {error}", style="red", markup=False, highlight=False)
    except httpx.HTTPError as error:
        console.print(f"demo: no answer: {error}", style="red", markup=False, highlight=False)
    except KeyboardInterrupt:
        return 130
    return 1


def run(console: Console, url: str, limit: float) -> int:
    """Shows how the system at `url` reads every sample within `limit` seconds; the exit code."""
    drawn = samples()
    with httpx.Client(base_url=url, timeout=60) as client:
        visitor = Visitor(client)
        readings = [visitor.upload(sample) for sample in drawn]
        console.print(f"{len(readings)} invoices uploaded for user {visitor.user_id}; the queue reads them:")
        readings = visitor.wait(readings, limit, lambda reading: _progress(console, reading))
    console.print()
    marks = [(reading, compare(reading.sample.values, reading.data)) for reading in readings]
    for reading, found in marks:
        show(console, reading, found)
    sources(console, readings)
    return mismatches(console, marks)


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m emulators.demo", description=main.__doc__)
    parser.add_argument("--own", action="store_true", help="start a system even where one runs already")
    parser.add_argument("--keep", action="store_true", help="keep the check pages open until Ctrl-C")
    parser.add_argument(
        "--seconds", type=float, default=SECONDS, help="how long to wait for the queue (default: %(default)g)"
    )
    return parser


def _progress(console: Console, reading: Reading) -> None:
    console.print(f"  {reading.seconds:5.1f} s  {reading.sample.name}: {reading.state}", highlight=False)


def _wait_for_interrupt() -> None:
    try:
        while True:
            input()
    except (KeyboardInterrupt, EOFError):
        return


if __name__ == "__main__":
    sys.exit(main())
