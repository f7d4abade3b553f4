"""Which variables of the environment a function's code reads: common/config.py's, and no others."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from infra.checks.reach import Reached


class UnreadableConfig(ValueError):
    """common/config.py no longer has the form that is read here."""


def variables(config: str) -> dict[str, str]:
    """The environment's variable of each field of Settings, from the source of common/config.py."""
    for node in ast.walk(ast.parse(config)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Settings":
            return {str(each.arg): _variable(each.value) for each in node.keywords}
    raise UnreadableConfig("no Settings(…) is made there")


def fields_read(code: Reached, fields: set[str]) -> set[str]:
    """Fields of Settings that the code takes from `settings()`, or from a variable that holds it."""
    holders = {name: {"settings", *_holders(tree)} for name, tree in code.trees.items()}
    return {
        inner.attr
        for place, nodes in code.code.items()
        for node in nodes
        for inner in ast.walk(node)
        if isinstance(inner, ast.Attribute)
        and inner.attr in fields
        and _is_held(inner.value, holders[place.module])
    }


def _is_held(value: ast.expr, holders: set[str]) -> bool:
    held = value.func if isinstance(value, ast.Call) else value
    return isinstance(held, ast.Name) and held.id in holders


def _holders(tree: ast.AST) -> Iterator[str]:
    """Names that settings() is given to, and parameters of type Settings."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Assign)
            and getattr(getattr(node.value, "func", None), "id", "") == "settings"
        ):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))
        if isinstance(node, ast.arg) and getattr(node.annotation, "id", "") == "Settings":
            yield node.arg


def _variable(value: ast.expr) -> str:
    """The one text in capitals in the expression that reads a setting."""
    texts = {
        node.value
        for node in ast.walk(value)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isupper()
    }
    names = {text for text in texts if text.replace("_", "").isalnum()}
    if len(names) != 1:
        raise UnreadableConfig(f"line {value.lineno} names {sorted(names)}: one variable is wanted")
    return names.pop()
