"""A record on its way out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from common.domain.changes import Line, lines_of
from common.domain.dates import iso


@dataclass(frozen=True)
class Exported:
    """A record's values with what tells it from others."""

    parameter: str
    """"id" or "invoice_id"."""
    number: int
    file_name: str
    verified: bool
    values: Mapping[str, object]
    """`data.data`."""

    @property
    def name(self) -> str:
        """A short name that is a file's name too."""
        return f"{'record' if self.parameter == 'id' else 'invoice'}-{self.number}"

    @property
    def items(self) -> list[Line]:
        """The lines."""
        return lines_of(self.values.get("items"))

    @property
    def taxes(self) -> list[Line]:
        """The taxes."""
        return lines_of(self.values.get("taxes"))

    def text(self, name: str) -> str | None:
        """A text of the header; None where there is none."""
        value = self.values.get(name)
        return value if isinstance(value, str) and value else None

    def amount(self, name: str) -> Decimal | None:
        """A number of the header."""
        return number_in(self.values, name)

    def day(self, name: str) -> str | None:
        """A date of the header as YYYY-MM-DD, None for what is no date."""
        found = iso(self.values.get(name))
        return None if found is None else found.isoformat()


def number_in(values: Mapping[str, object], name: str) -> Decimal | None:
    """The number under `name`, exact."""
    value = values.get(name)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return Decimal(value)


def text_in(values: Mapping[str, object], name: str) -> str | None:
    """The text under `name`."""
    value = values.get(name)
    return value if isinstance(value, str) and value else None


def plain(number: Decimal) -> str:
    """A number in digits alone, without an exponent."""
    return f"{number:f}"


def only_printable(text: str) -> str:
    """`text` without the characters that XML 1.0 has no way to write."""
    return "".join(sign for sign in text if sign in "\t\n\r" or (sign >= " " and sign not in "\ufffe\uffff"))
