"""What is known of values in code that is read and not run."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias


@dataclass(frozen=True)
class Unknown:
    """A value that only a run would tell."""


UNKNOWN: Final = Unknown()


@dataclass(frozen=True)
class Filter:
    """A condition of a query."""

    field: Value
    operator: Value

    @classmethod
    def of(cls, given: list[Value]) -> Filter:
        """From the arguments that say it: field, operator, value."""
        padded = [*given, UNKNOWN, UNKNOWN]
        return cls(padded[0], padded[1])

    @property
    def is_known(self) -> bool:
        """Whether its field and operator are."""
        return isinstance(self.field, str) and isinstance(self.operator, str)


@dataclass(frozen=True)
class Query:
    """A query of one collection. An order is a field, and whether it falls."""

    collection: Value
    filters: tuple[Filter, ...] = ()
    orders: tuple[tuple[str, bool], ...] = ()
    nodes: tuple[int, ...] = field(default=(), compare=False)
    """The places in the code that narrowed it."""

    @classmethod
    def of(cls, given: list[Value]) -> Query:
        """All of the collection that is named."""
        return cls(given[0] if given else UNKNOWN)


@dataclass(frozen=True)
class Record:
    """An object of one of the module's own classes."""

    fields: Mapping[str, Value]


@dataclass(frozen=True)
class Maker:
    """A class, by the names of its fields in their order."""

    names: tuple[str, ...]

    def made(self, given: list[Value], named: Mapping[str, Value]) -> Record:
        """An object of it."""
        return Record({**dict(zip(self.names, given, strict=False)), **named})


Value: TypeAlias = "str | bool | tuple[Value, ...] | Unknown | Filter | Query | Record | Maker"
Environment: TypeAlias = Mapping[str, Value]


def is_true(test: ast.expr, known: Environment) -> bool | None:
    """Whether a condition holds; None if only a run would tell."""
    match test:
        case ast.Compare(left=ast.Name(id=name), ops=[op], comparators=[ast.Constant(value=value)]):
            found = known.get(name, UNKNOWN)
            if isinstance(found, Unknown):
                return None
            if isinstance(op, ast.Eq):
                return found == value
            if isinstance(op, ast.NotEq):
                return found != value
            if isinstance(op, ast.Is) and value is None:
                return False
            if isinstance(op, ast.IsNot) and value is None:
                return True
    return None
