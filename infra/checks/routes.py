"""Routes that functions serve, and routes that the gateway leads to them: the same ones."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from emulators.gateway.openapi import METHODS, document, operations

TEMPLATE = "infra/terraform/openapi.yaml.tftpl"
_ANY = "ANY_METHOD"
_DEPTH = re.compile(r"<\w+:\w+>|\{\w+=\*\*\}")
_SEGMENT = re.compile(r"<\w+>|\{\w+\}")


@dataclass(frozen=True, order=True)
class Route:
    """A method of a path of a function; parameters have no names here."""

    function: str
    path: str
    method: str

    def __str__(self) -> str:
        return f"{self.method} {self.path} of {self.function}"


def findings(root: Path, functions: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Routes that only one side has, and time limits that don't fit."""
    names = [name for name, row in functions.items() if row["bundle"] == name]
    spec = document((root / TEMPLATE).read_text("utf-8"), {name: f"https://{name}.example" for name in names})
    routed: dict[Route, float] = {
        Route(_function(each.address), _shape(each.path), each.method): each.deadline
        for each in operations(spec)
    }
    served = {route for name in names for route in served_by(root / "functions" / name / "main.py", name)}
    preflights = {route for route in routed if route.method == "OPTIONS"} - served
    yield from (
        f"the gateway has {route}, which is not served" for route in sorted({*routed} - served - preflights)
    )
    yield from (f"the gateway lacks {route}" for route in sorted(served - {*routed}))
    for route, deadline in routed.items():
        if deadline > functions[route.function]["timeout"]:
            yield f"the gateway waits {deadline:g} s for {route}, which is stopped before"


def served_by(main: Path, entry: str) -> Iterator[Route]:
    """The routes of the app that the function `entry` in `main` calls."""
    tree = ast.parse(main.read_text("utf-8"))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    called = {
        node.func.id
        for function in functions
        if function.name == entry
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    for function in functions:
        for decorator in function.decorator_list:
            match decorator:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id=app), attr="route"),
                    args=[method, ast.Constant(value=str(path))],
                ) if app in called:
                    yield from (Route(entry, _shape(path), each) for each in _methods(method))


def _methods(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Name) and node.id == _ANY:
        return [method.upper() for method in METHODS]
    return [str(ast.literal_eval(node))]


def _shape(path: str) -> str:
    return _SEGMENT.sub("{}", _DEPTH.sub("{**}", path)).rstrip("/")


def _function(address: str) -> str:
    return address.removeprefix("https://").removesuffix(".example")
