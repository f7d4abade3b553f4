"""Log-based metrics, against the lines that the code writes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from infra.checks.configuration import Configuration

_WRITERS = ("info", "warning", "fault")


def findings(configuration: Configuration, root: Path) -> Iterator[str]:
    """Metrics that count a line which nobody writes, or a field that it lacks."""
    lines = written(root)
    for name, metric in configuration.local("metrics").items():
        message, value = metric["message"], metric["value"]
        if message not in lines:
            yield f"metric {name}: nothing logs {message!r}"
            continue
        fields = {*metric["labels"], *([value] if value else [])}
        yield from (
            f"metric {name}: the line {message!r} has no {field}" for field in sorted(fields - lines[message])
        )


def written(root: Path) -> dict[str, set[str]]:
    """Each message that common/ logs, with the names of its facts."""
    found: dict[str, set[str]] = {}
    for path in (root / "common").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="logs"), attr=writer), args=[message, *_]
                ) if writer in _WRITERS:
                    facts = {str(each.arg) for each in node.keywords}
                    for text in _texts(message):
                        found[text] = found.get(text, facts) & facts
    return found


def _texts(message: ast.expr) -> Iterator[str]:
    """The message, or each that it may be."""
    if isinstance(message, ast.Constant) and isinstance(message.value, str):
        yield message.value
    elif isinstance(message, ast.IfExp):
        yield from _texts(message.body)
        yield from _texts(message.orelse)
