"""A true extraction with one error in it."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from evaluation.marks import LINES, names

Truth = Mapping[str, Any]


@dataclass(frozen=True)
class WrongValue:
    """Another value in a field of the header."""

    field: str
    value: Any

    def planted(self, truth: Truth) -> dict[str, Any]:
        """The extraction with this error."""
        return {**copy.deepcopy(dict(truth)), self.field: self.value}

    def caught(self, reasons: Iterable[Mapping[str, Any]]) -> bool:
        """Whether a reason names the field."""
        return any(names(reason, self.field) for reason in reasons)


@dataclass(frozen=True)
class WrongCell:
    """Another value in a cell of a line.

    It is caught where its line is: a line has one confidence, and goes to a person whole.
    """

    item: int
    cell: str
    value: Any
    field: str = LINES

    def planted(self, truth: Truth) -> dict[str, Any]:
        """The extraction with this error."""
        made = copy.deepcopy(dict(truth))
        made[LINES][self.item][self.cell] = self.value
        return made

    def caught(self, reasons: Iterable[Mapping[str, Any]]) -> bool:
        """Whether a reason names the line, or the lines as a whole."""
        return any(names(reason, LINES, self.item) for reason in reasons)

    def pinpointed(self, reasons: Iterable[Mapping[str, Any]]) -> bool:
        """Whether a reason names this very cell, or its line without one."""
        return any(names(reason, LINES, self.item, self.cell) for reason in reasons)


@dataclass(frozen=True)
class DroppedLine:
    """A line left out."""

    item: int
    field: str = LINES
    value: None = None

    def planted(self, truth: Truth) -> dict[str, Any]:
        """The extraction with this error."""
        made = copy.deepcopy(dict(truth))
        del made[LINES][self.item]
        return made

    def caught(self, reasons: Iterable[Mapping[str, Any]]) -> bool:
        """Whether a reason says that a line is missing, or doubts the lines as a whole."""
        return any(
            reason["field"] == LINES and (reason["item"] is None or reason["code"] == "missing_line")
            for reason in reasons
        )


@dataclass(frozen=True)
class DoubledLine:
    """A line given twice, one below the other."""

    item: int
    field: str = LINES
    value: None = None

    def planted(self, truth: Truth) -> dict[str, Any]:
        """The extraction with this error."""
        made = copy.deepcopy(dict(truth))
        made[LINES].insert(self.item + 1, dict(made[LINES][self.item]))
        return made

    def caught(self, reasons: Iterable[Mapping[str, Any]]) -> bool:
        """Whether a reason names one of the two lines, or the lines as a whole."""
        reasons = list(reasons)
        return any(names(reason, LINES, place) for reason in reasons for place in (self.item, self.item + 1))


Change = WrongValue | WrongCell | DroppedLine | DoubledLine
