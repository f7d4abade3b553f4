"""Tables as every report shows them: the terminal, the JSON file and the HTML page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Literal

Value = str | int | Decimal | None
_TENTH = Decimal("0.1")
Kind = Literal["text", "count", "share", "usd", "ms"]


@dataclass(frozen=True)
class Column:
    """A column: its name in JSON, its heading for people, and what it holds."""

    key: str
    heading: str
    kind: Kind = "count"
    """"share" is a Decimal from 0 to 1."""


@dataclass(frozen=True)
class Table:
    """Rows of values; `brief` are those for a terminal, where these are not all."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    note: str = ""
    brief: Sequence[Sequence[Value]] | None = None

    def records(self) -> list[dict[str, Value]]:
        """The rows as JSON objects."""
        return [
            {column.key: value for column, value in zip(self.columns, row, strict=True)} for row in self.rows
        ]


def share(part: int, whole: int) -> Decimal | None:
    """`part` of `whole` from 0 to 1; None of nothing."""
    return None if whole == 0 else Decimal(part) / whole


def written(kind: Kind, value: Value) -> str:
    """A value as people read it; "-" for none."""
    if value is None:
        return "-"
    if kind == "share":
        # Never rounded up: 100 % means all.
        return f"{(100 * Decimal(value)).quantize(_TENTH, ROUND_FLOOR)} %"
    if kind == "usd":
        return f"{Decimal(value):.4f}"
    if kind == "ms":
        return f"{Decimal(value):.1f}"
    return f"{value:,}" if isinstance(value, int) else printable(str(value))


def printable(text: str) -> str:
    """`text` on one line, without signs that a terminal would obey or that turn its direction."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
