"""The demo's findings for a person at a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from emulators.demo.comparison import Mark
from emulators.demo.flow import Reading

_LONGEST = 60


def show(console: Console, reading: Reading, marks: list[Mark]) -> None:
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


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
