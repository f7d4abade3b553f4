"""The result of a run: as JSON for programs, as a page, and as text for a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from common.domain import exact_json
from evaluation.page import html
from evaluation.plots import Plot
from evaluation.tables import Kind, Table, Value, printable, written
from evaluation.terminal import text

JSON, PAGE = "result.json", "report.html"


@dataclass(frozen=True)
class Report:
    """One run: what was asked, what came out. `lead` names the total that matters most, with its meaning."""

    mode: str
    """"extraction" or "planted errors"."""
    when: datetime
    facts: Mapping[str, str]
    lead: tuple[str, str]
    totals: Mapping[str, Value]
    tables: Sequence[Table]
    plots: Sequence[Plot]

    def as_json(self) -> str:
        """The whole result; shares are numbers from 0 to 1."""
        return exact_json.dumps(
            {
                "mode": self.mode,
                "when": self.when.isoformat(timespec="seconds"),
                "facts": self.facts,
                "totals": self.totals,
                "tables": {table.name: table.records() for table in self.tables},
            }
        )

    def as_text(self) -> str:
        """What a terminal shows, the figure that matters most first."""
        key, meaning = self.lead
        head = [f"{meaning}: {self.totals[key]}", ""]
        head += [f"{name}: {printable(value)}" for name, value in self.facts.items()]
        head.append("; ".join(_named(name, value) for name, value in self.totals.items() if name != key))
        return "\n".join([*head, "", *filter(None, map(text, self.tables))])

    def as_page(self) -> str:
        """The HTML page."""
        key, meaning = self.lead
        shown = {**self.facts, "at": self.when.isoformat(sep=" ", timespec="minutes")}
        totals = {
            name.replace("_", " "): written(_kind(name), value)
            for name, value in self.totals.items()
            if name != key
        }
        return html(
            f"Evaluation: {self.mode}",
            (str(self.totals[key]), meaning),
            {**shown, **totals},
            self.plots,
            self.tables,
        )

    def write(self, folder: Path) -> tuple[Path, Path]:
        """Writes the JSON file and the page into `folder`; gives where they are."""
        folder.mkdir(parents=True, exist_ok=True)
        data, page = folder / JSON, folder / PAGE
        data.write_text(self.as_json() + "\n", "utf-8")
        page.write_text(self.as_page(), "utf-8")
        return data, page


def _named(name: str, value: Value) -> str:
    return f"{name.replace('_', ' ')} {written(_kind(name), value)}"


def _kind(name: str) -> Kind:
    if name.endswith(("_share", "_precision", "_recall")):
        return "share"
    if name.endswith("_median"):
        return "ms"
    return "usd" if name == "usd" else "count"
