"""The API as an OpenAPI 2.0 document, made from the gateways' list of routes when a function is staged."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit


@dataclass(frozen=True)
class Operation:
    """One line of an overview."""

    method: str
    """ANY where all methods are the same operation."""
    path: str
    summary: str
    place: str
    """Where the reference has it: a fragment of its address."""


@dataclass(frozen=True)
class Group:
    """Operations that belong together."""

    name: str
    description: str
    operations: tuple[Operation, ...]


class ApiDocument:
    """The document in `file`, which is read when it is first asked for."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def served_from(self, root: str) -> dict[str, Any]:
        """The whole document, as that of the server at the URL `root`."""
        address = urlsplit(root)
        return {**self._document, "schemes": [address.scheme], "host": address.netloc}

    def groups(self) -> list[Group]:
        """All operations by their tag, in the document's order."""
        return [
            Group(tag["name"], tag["description"], self._tagged(tag["name"]))
            for tag in self._document["tags"]
        ]

    def _tagged(self, tag: str) -> tuple[Operation, ...]:
        found: list[Operation] = []
        for path, item in self._document["paths"].items():
            tagged = {
                method: each
                for method, each in item.items()
                if isinstance(each, dict) and tag in each.get("tags", ())
            }
            alike = len(tagged) > 1 and len({each["summary"] for each in tagged.values()}) == 1
            for method, each in list(tagged.items())[: 1 if alike else None]:
                place = f"/{quote(tag)}/{each['operationId']}"
                found.append(Operation("ANY" if alike else method.upper(), path, each["summary"], place))
        return tuple(found)

    @cached_property
    def _document(self) -> dict[str, Any]:
        read: dict[str, Any] = json.loads(self._file.read_text("utf-8"))
        return read
