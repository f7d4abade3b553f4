"""The indexes that queries need (Google Cloud, "Index types in Cloud Firestore"), and Terraform's.

Firestore joins the index of each single field for a query of equalities alone.
An order or a range beside an equality needs a composite index: the equalities'
fields, in any order, and then the ordered ones.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from infra.checks.configuration import Configuration
from infra.checks.queries import queries
from infra.checks.values import Query

_EQUALITIES = ("==", "in")
_RANGES = ("<", "<=", ">", ">=")


class UnknownOperator(ValueError):
    """A query has an operator whose need of indexes nobody has written down here."""


@dataclass(frozen=True)
class Index:
    """A composite index. `last` are its ordered fields, each with whether it falls."""

    collection: str
    equal: frozenset[str]
    last: tuple[tuple[str, bool], ...]

    def __str__(self) -> str:
        ordered = (f"-{name}" if falls else name for name, falls in self.last)
        return f"{self.collection}: {', '.join((*sorted(self.equal), *ordered))}"


def needed(query: Query) -> Index | None:
    """The composite index that a query needs; None where those of its single fields do."""
    equal = {str(each.field) for each in query.filters if each.operator in _EQUALITIES}
    ranged = [str(each.field) for each in query.filters if each.operator in _RANGES]
    if len(equal) + len({*ranged}) < len({each.field for each in query.filters}):
        raise UnknownOperator(f"{query.collection}: {[each.operator for each in query.filters]}")
    # Without a word about it, a range is ordered by its field.
    ordered = query.orders or tuple((name, False) for name in dict.fromkeys(ranged))
    last = tuple((name, falls) for name, falls in ordered if name not in equal)
    return Index(str(query.collection), frozenset(equal), last) if equal and last else None


def singly(query: Query) -> set[str]:
    """The fields whose own index a query needs; none where it needs a composite one."""
    if needed(query) is not None:
        return set()
    return {*(str(each.field) for each in query.filters), *(name for name, _ in query.orders)}


def findings(configuration: Configuration, records: Path) -> Iterator[str]:
    """What Terraform's indexes lack, have for nothing, or take away."""
    made = queries(records)
    wanted = {index for query in made if (index := needed(query)) is not None}
    given = configuration.local("indexes")
    unserved = {
        index
        for index in wanted
        if not any(_serves(collection, fields, index) for collection, fields in _listed(given))
    }
    yield from (f"no composite index for {index}" for index in sorted(unserved, key=str))
    for collection, fields in _listed(given):
        if not any(_serves(collection, fields, index) for index in wanted):
            yield f"no query needs the index {collection}: {', '.join(fields)}"
    yield from _taken_away(configuration, made)
    yield from _unknown_fields(configuration, records)


def _listed(given: dict[str, list[list[str]]]) -> Iterator[tuple[str, list[str]]]:
    for collection, indexes in given.items():
        yield from ((collection, fields) for fields in indexes)


def _serves(collection: str, fields: list[str], index: Index) -> bool:
    first, last = fields[: len(index.equal)], fields[len(index.equal) :]
    return (
        collection == index.collection
        and {*first} == index.equal
        and tuple((name.removeprefix("-"), name.startswith("-")) for name in last) == index.last
    )


def _taken_away(configuration: Configuration, made: set[Query]) -> Iterator[str]:
    """Single fields that a query needs and that are not indexed, by themselves or with all that they hold."""
    off = {(name, field) for name, fields in configuration.local("unindexed").items() for field in fields}
    off |= {*configuration.local("expiring").items()}
    for query in made:
        for field in singly(query):
            parts = field.split(".")
            paths = {".".join(parts[:length]) for length in range(1, len(parts) + 1)}
            if any((query.collection, path) in off for path in paths):
                yield f"{query.collection}.{field} is asked for and not indexed"


def _unknown_fields(configuration: Configuration, records: Path) -> Iterator[str]:
    """Fields that are named in Terraform and that no record has."""
    written = {
        node.value
        for path in records.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    for table in ("unindexed", "expiring"):
        for collection, fields in configuration.local(table).items():
            for field in [fields] if isinstance(fields, str) else fields:
                if not {collection, *field.split(".")} <= written:
                    yield f"no record has {collection}.{field}"
