"""Every way through a function's statements, with what its names stand for at the end of each."""

from __future__ import annotations

import ast
from abc import ABC, abstractmethod

from infra.checks.values import UNKNOWN, Environment, Value, is_true

MOST_WAYS = 512


class TooManyWays(ValueError):
    """A function has more ways through it than are followed; the message says where."""


class Ways(ABC):
    """Follows statements; what an expression may be, its subclass says."""

    def __init__(self, constants: dict[str, Value]) -> None:
        self.globals = constants

    @abstractmethod
    def _values(self, node: ast.expr, way: Environment) -> list[Value]:
        """What an expression may be."""

    def _block(self, body: list[ast.stmt], start: Environment, answers: list[Value]) -> list[Environment]:
        """The environments in which the block may end; ways that return add to `answers`."""
        ways = [start]
        for statement in body:
            ways = [end for way in ways for end in self._statement(statement, way, answers)]
            if len(ways) > MOST_WAYS:
                raise TooManyWays(f"line {statement.lineno}: too many ways lead here")
        return ways

    def _statement(self, node: ast.stmt, way: Environment, answers: list[Value]) -> list[Environment]:
        match node:
            case ast.FunctionDef():
                self._block(node.body, way, [])
                return [way]
            case ast.Return():
                answers += self._values(node.value, way) if node.value else []
                return []
            case ast.If():
                return [
                    end
                    for taken, body in ((True, node.body), (False, node.orelse))
                    if is_true(node.test, {**self.globals, **way}) in (taken, None)
                    for end in self._block(body, _assumed(node.test, way, taken), answers)
                ]
            case ast.For():
                return self._loop(node, way, answers)
            case ast.While():
                self._values(node.test, way)
                return [way, *self._block(node.body, way, answers)]
            case ast.With():
                for item in node.items:
                    self._values(item.context_expr, way)
                return self._block(node.body, way, answers)
            case ast.Try():
                ends = self._block([*node.body, *node.orelse], way, answers)
                for handler in node.handlers:
                    ends += self._block(handler.body, way, answers)
                return [last for end in ends for last in self._block(node.finalbody, end, answers)]
            case ast.Assign() | ast.AnnAssign() if node.value is not None:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                return [
                    {**way, **_bound(target, value)}
                    for value in self._values(node.value, way)
                    for target in targets[:1]
                ]
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                self._values(child, way)
        return [way]

    def _loop(self, node: ast.For, way: Environment, answers: list[Value]) -> list[Environment]:
        ends = [way]
        for whole in self._values(node.iter, way):
            for value in whole if isinstance(whole, tuple) else (UNKNOWN,):
                ends += self._block(node.body, {**way, **_bound(node.target, value)}, answers)
        return ends


def _bound(target: ast.expr, value: Value) -> dict[str, Value]:
    """The names that an assignment gives `value` to."""
    if isinstance(target, ast.Name):
        return {target.id: value}
    if isinstance(target, ast.Tuple):
        parts = (
            value
            if isinstance(value, tuple) and len(value) == len(target.elts)
            else [UNKNOWN] * len(target.elts)
        )
        bound: dict[str, Value] = {}
        for each, part in zip(target.elts, parts, strict=True):
            bound |= _bound(each, part)
        return bound
    return {}


def _assumed(test: ast.expr, way: Environment, taken: bool) -> Environment:
    """On the way where `name == "text"` holds, the name has that text."""
    match test:
        case ast.Compare(
            left=ast.Name(id=name), ops=[ast.Eq()], comparators=[ast.Constant(value=str(text))]
        ) if taken:
            return {**way, name: text}
    return way
