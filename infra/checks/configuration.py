"""A Terraform module's files, read by python-hcl2: what they declare, and what they say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import hcl2

_MARK = "__"
"""What the parser's own keys begin with."""


@dataclass(frozen=True)
class Block:
    """One block at the top of a file: its kind, its labels and its content."""

    kind: str
    labels: tuple[str, ...]
    body: dict[str, Any]
    file: Path


@dataclass(frozen=True)
class Configuration:
    """All .tf files of one folder. Raises lark's errors for a file that is no HCL."""

    folder: Path

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Every block, by file."""
        return tuple(block for path in sorted(self.folder.glob("*.tf")) for block in blocks(path))

    def of_kind(self, kind: str) -> Iterator[Block]:
        """The blocks of one kind."""
        return (block for block in self.blocks if block.kind == kind)

    @cached_property
    def locals(self) -> dict[str, Any]:
        """Every local value, as it is written."""
        return {name: value for block in self.of_kind("locals") for name, value in block.body.items()}

    def local(self, name: str) -> Any:
        """A local value that has no expression in it."""
        return self.locals[name]

    def resource(self, kind: str, name: str) -> dict[str, Any]:
        """The content of a resource."""
        for block in self.of_kind("resource"):
            if block.labels == (kind, name):
                return block.body
        raise KeyError(f"{kind}.{name}")


def blocks(path: Path) -> list[Block]:
    """The blocks of one file."""
    loaded = hcl2.loads(path.read_text("utf-8"))
    return [
        Block(kind, labels, body, path)
        for kind, entries in loaded.items()
        if not kind.startswith(_MARK)
        for entry in entries
        for labels, body in _unfolded(entry)
    ]


def _unfolded(entry: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """A block's labels are keys around its content, which is marked."""
    if "__is_block__" in entry:
        yield (), _plain(entry)
        return
    for label, inner in entry.items():
        for labels, body in _unfolded(inner):
            yield (label.strip('"'), *labels), body


def _plain(value: Any) -> Any:
    """Without the parser's marks: quoted texts as texts, keys unquoted; expressions stay `${…}`."""
    if isinstance(value, dict):
        return {
            str(key).strip('"'): _plain(inner) for key, inner in value.items() if not key.startswith(_MARK)
        }
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, str) and len(value) > 1 and value[0] == value[-1] == '"':
        return value[1:-1]
    return value
