"""Marks of many values, counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from evaluation.marks import Mark
from evaluation.tables import Column, Value, share

COLUMNS = (
    Column("wrong_unflagged", "wrong, unflagged"),
    Column("wrong", "wrong"),
    Column("missing", "missing"),
    Column("exact", "exact"),
    Column("values", "values"),
    Column("exact_share", "exact", "share"),
    Column("exact_flagged", "exact, flagged"),
)


@dataclass
class Tally:
    """What became of a number of values."""

    exact: int = 0
    missing: int = 0
    wrong: int = 0
    """All that are wrong, flagged or not."""
    unflagged: int = 0
    """Wrong, and no reason for review names the value: it would be booked unseen."""
    alarmed: int = 0
    """Exact, and yet a reason names the value."""

    @classmethod
    def of(cls, marks: Iterable[Mark]) -> Tally:
        """All of `marks`, counted."""
        made = cls()
        for mark in marks:
            made.exact += mark.outcome == "exact"
            made.missing += mark.outcome == "missing"
            made.wrong += mark.outcome == "wrong"
            made.unflagged += mark.outcome == "wrong" and not mark.flagged
            made.alarmed += mark.outcome == "exact" and mark.flagged
        return made

    @property
    def values(self) -> int:
        """How many were counted."""
        return self.exact + self.missing + self.wrong

    @property
    def exact_share(self) -> Decimal | None:
        """Exact values of all."""
        return share(self.exact, self.values)

    @property
    def row(self) -> tuple[Value, ...]:
        """The figures in the order of COLUMNS."""
        return (
            self.unflagged,
            self.wrong,
            self.missing,
            self.exact,
            self.values,
            self.exact_share,
            self.alarmed,
        )
