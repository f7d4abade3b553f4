"""What a bookkeeper is told: reasons to look at a value, and the checks that were made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Code = Literal[
    "not_found",
    "wrong_place",
    "sum_mismatch",
    "bad_format",
    "bad_check_digit",
    "ambiguous_date",
    "ambiguous_currency",
    "missing_line",
    "doubled_line",
    "contradicts_xml",
    "contradicts_qr",
    "irn_mismatch",
    "qr_refused",
    "hidden_text",
    "instructions",
    "several_invoices",
    "unread_pages",
    "illegible",
    "truncated",
    "not_an_invoice",
    "duplicate",
]
Status = Literal["passed", "failed", "not_applicable"]


@dataclass(frozen=True)
class Side:
    """What one of two sources that contradict each other says: the value itself, in its field's kind."""

    source: Literal["xml", "qr", "page", "read"]
    """The embedded XML, the signed QR code, what the page prints, what was read from the document."""
    value: object


@dataclass(frozen=True)
class Reason:
    """Why a person should look: at a field, at a cell of a line, or (field None) at the whole document."""

    code: Code
    message: str
    field: str | None = None
    item: int | None = None
    cell: str | None = None
    sides: tuple[Side, ...] = ()
    """Of a contradiction."""

    def as_json(self) -> dict[str, Any]:
        """The reason as it stands in `review`; a contradiction with both values."""
        told: dict[str, Any] = {
            "code": self.code,
            "field": self.field,
            "item": self.item,
            "cell": self.cell,
            "message": self.message,
        }
        if self.sides:
            told["sides"] = [{"source": side.source, "value": side.value} for side in self.sides]
        return told


@dataclass(frozen=True)
class Check:
    """A rule that was tried; a failed one has its figures in the message."""

    name: str
    status: Status
    fields: tuple[str, ...]
    message: str

    def as_json(self) -> dict[str, Any]:
        """The check as it stands in `checks`."""
        return {
            "name": self.name,
            "status": self.status,
            "fields": list(self.fields),
            "message": self.message,
        }


@dataclass
class Review:
    """Reasons and checks as they come up; the same reason is given once."""

    reasons: list[Reason] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)

    def doubt(
        self,
        code: Code,
        message: str,
        field: str | None = None,
        item: int | None = None,
        cell: str | None = None,
        *,
        sides: tuple[Side, ...] = (),
    ) -> None:
        """Adds a reason, unless that field or cell has one of this code already."""
        if not any(
            (each.code, each.field, each.item, each.cell) == (code, field, item, cell)
            for each in self.reasons
        ):
            self.reasons.append(Reason(code, message, field, item, cell, sides))

    def check(self, name: str, status: Status, fields: tuple[str, ...], message: str) -> None:
        """Adds a check."""
        self.checks.append(Check(name, status, fields, message))

    def doubted(self, field: str, item: int | None = None) -> bool:
        """Whether a reason names the field, or for items the line."""
        return any(each.field == field and (item is None or each.item == item) for each in self.reasons)

    def doubted_cell(self, item: int, cell: str) -> bool:
        """Whether a reason names a cell of a line."""
        return any(each.field == "items" and each.item == item and each.cell == cell for each in self.reasons)
