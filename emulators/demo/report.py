"""The demo's findings for a person at a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from emulators.demo.comparison import Mark
from emulators.demo.flow import Reading

STAND_IN = "stand-in"
_LONGEST = 60


def show(console: Console, reading: Reading, marks: Sequence[Mark]) -> None:
    """A table of one invoice's values, a mark to each, and its check page."""
    right = sum(mark.right for mark in marks)
    table = Table(
        title=f"{reading.sample.name}: {right} of {len(marks)} values right,"
        f" {reading.state} after {reading.seconds:.1f} s",
        title_justify="left",
        title_style="bold",
    )
    table.add_column("")
    table.add_column("Value")
    table.add_column("Read", overflow="fold")
    table.add_column("On the invoice, where it differs", overflow="fold")
    for mark in marks:
        if mark.right and mark.true == "-":
            continue
        table.add_row(
            Text("✓", "green") if mark.right else Text("✗", "red"),
            mark.field,
            Text(_short(mark.read)),
            Text("" if mark.right else _short(mark.true), "red"),
        )
    console.print(table)
    console.print(f"Check page: {reading.check_url}", highlight=False, soft_wrap=True)
    console.print()


def sources(console: Console, readings: Sequence[Reading]) -> None:
    """Says what read the values, and that a stand-in is none of Google's models."""
    names = sorted({name for reading in readings for name in reading.readers})
    if any(STAND_IN in name for name in names):
        console.print(
            "The values were read by the offline stand-in for Gemini, a program of this project,"
            " not by a model: they show that the system works, not how well a model reads."
        )
    else:
        console.print(f"The values were read by: {', '.join(names) or 'nothing'}", markup=False)


def mismatches(console: Console, marks: Sequence[tuple[Reading, Sequence[Mark]]]) -> int:
    """Lists every wrong value; the exit code, 0 where there is none and all were read."""
    lines = []
    for reading, found in marks:
        if reading.state != "done":
            why = reading.extraction.get("message")
            lines.append(f"{reading.sample.name} is {reading.state}, not done{f': {why}' if why else ''}")
        lines += [
            f"{reading.sample.name}: {mark.field} is {mark.true}, read as {mark.read}"
            for mark in found
            if not mark.right
        ]
    if not lines:
        console.print("Every value of every invoice is right.", style="bold green")
        return 0
    console.print(f"{len(lines)} wrong:", style="bold red")
    for line in lines:
        console.print(f"  {line}", markup=False, highlight=False, soft_wrap=True)
    return 1


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
