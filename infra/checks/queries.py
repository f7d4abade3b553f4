"""The queries that common/records makes, read from its code by following every way through it.

Nothing is run. A value that the code alone does not tell is unknown, and a
condition on one is taken both ways. A query whose collection or fields stay
unknown is an error, and so is a `where` that no way leads to: better no answer
than half of one.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from infra.checks.values import UNKNOWN, Environment, Filter, Maker, Query, Record, Value
from infra.checks.ways import Ways

_ENDS: Final = ("get", "stream", "count", "on_snapshot")
_LEFT_OUT: Final = ("limit", "select", "start_after", "start_at", "end_at", "end_before", "offset")


class UnreadableQuery(ValueError):
    """A query was found that can't be read from the code; the message says where."""


def queries(folder: Path) -> set[Query]:
    """Every query that the modules of `folder` make."""
    found: set[Query] = set()
    constants = {path.stem: _constants(ast.parse(path.read_text("utf-8"))) for path in folder.glob("*.py")}
    for path in sorted(folder.glob("*.py")):
        found |= of_module(path.read_text("utf-8"), path.name, constants)
    return found


def of_module(source: str, name: str, constants: Mapping[str, Mapping[str, Value]]) -> set[Query]:
    """The queries that one module makes; `constants` are those of the modules that it may import from."""
    reader = _Reader(ast.parse(source), name, constants)
    reader.read()
    return reader.found


def _constants(tree: ast.Module) -> dict[str, Value]:
    return {
        statement.targets[0].id: statement.value.value
        for statement in tree.body
        if isinstance(statement, ast.Assign)
        and isinstance(statement.targets[0], ast.Name)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    }


class _Reader(Ways):
    def __init__(self, tree: ast.Module, name: str, constants: Mapping[str, Mapping[str, Value]]) -> None:
        super().__init__(_constants(tree))
        self.tree, self.name = tree, name
        self.found: set[Query] = set()
        self.seen: set[int] = set()
        self.calling: list[str] = []
        self.functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
        for node in tree.body:
            if isinstance(node, ast.ImportFrom):
                known = constants.get((node.module or "").rpartition(".")[2], {})
                self.globals |= {
                    each.asname or each.name: known[each.name] for each in node.names if each.name in known
                }
            elif isinstance(node, ast.ClassDef):
                fields = [
                    each.target.id
                    for each in node.body
                    if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)
                ]
                self.globals[node.name] = Maker(tuple(fields))

    def read(self) -> None:
        """Follows every function that another module may call, and every method."""
        methods = [
            method
            for node in self.tree.body
            if isinstance(node, ast.ClassDef)
            for method in node.body
            if isinstance(method, ast.FunctionDef)
        ]
        public = [each for name, each in self.functions.items() if not name.startswith("_")]
        for function in (*public, *methods):
            self._call(function, {})
        for node in filter(_is_narrowing, ast.walk(self.tree)):
            if isinstance(node, ast.expr) and id(node) not in self.seen:
                raise UnreadableQuery(f"{self.name}:{node.lineno}: nothing public leads to this")

    def _call(self, function: ast.FunctionDef, given: Environment) -> list[Value]:
        """What a function may give back."""
        if function.name in self.calling:
            # It calls itself: what the outer call finds is all there is.
            return [UNKNOWN]
        self.calling.append(function.name)
        names = [
            each.arg for each in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
        ]
        start = {**dict.fromkeys(names, UNKNOWN), **given}
        answers: list[Value] = []
        self._block(function.body, start, answers)
        self.calling.pop()
        return answers or [UNKNOWN]

    def _values(self, node: ast.expr, way: Environment) -> list[Value]:
        """What an expression may be; queries that it carries out are noted."""
        match node:
            case ast.Constant():
                return [node.value if isinstance(node.value, str | bool) else UNKNOWN]
            case ast.Name():
                return [way.get(node.id, self.globals.get(node.id, UNKNOWN))]
            case ast.Tuple() | ast.List():
                options: list[tuple[Value, ...]] = [()]
                for each in node.elts:
                    options = [(*option, value) for option in options for value in self._values(each, way)]
                return list(options)
            case ast.Attribute():
                return [
                    value.fields.get(node.attr, UNKNOWN) if isinstance(value, Record) else UNKNOWN
                    for value in self._values(node.value, way)
                ]
            case ast.Call():
                return self._called(node, way)
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                self._values(child, way)
            elif isinstance(child, ast.comprehension):
                self._values(child.iter, way)
        return [UNKNOWN]

    def _called(self, node: ast.Call, way: Environment) -> list[Value]:
        given = [self._values(each, way)[0] for each in node.args]
        named = {str(each.arg): self._values(each.value, way)[0] for each in node.keywords}
        function = node.func
        if isinstance(function, ast.Attribute):
            return [
                self._narrowed(node, value, function.attr, given, named)
                if isinstance(value, Query)
                else Query.of(given)
                if function.attr == "collection"
                else UNKNOWN
                for value in self._values(function.value, way)
            ]
        name = function.id if isinstance(function, ast.Name) else ""
        maker = self.globals.get(name)
        if isinstance(maker, Maker):
            return [maker.made(given, named)]
        if name in self.functions:
            return self._call(self.functions[name], _arguments(self.functions[name], given, named))
        if name == "collection":
            return [Query.of(given)]
        if name in ("where", "FieldFilter") and name not in way:
            return [Filter.of(given)]
        return [UNKNOWN]

    def _narrowed(
        self, node: ast.Call, query: Query, method: str, given: list[Value], named: Mapping[str, Value]
    ) -> Value:
        """The query after one more method of it."""
        if method == "where":
            condition = named.get("filter") or Filter.of(given)
            if not isinstance(condition, Filter) or not condition.is_known:
                raise UnreadableQuery(f"{self.name}:{node.lineno}: the condition's field is not known")
            return replace(query, filters=(*query.filters, condition), nodes=(*query.nodes, id(node)))
        if method == "order_by":
            falling = any(_names_descending(each.value) for each in node.keywords)
            field = given[0] if given else UNKNOWN
            if not isinstance(field, str):
                raise UnreadableQuery(f"{self.name}:{node.lineno}: the order's field is not known")
            return replace(query, orders=(*query.orders, (field, falling)), nodes=(*query.nodes, id(node)))
        if method in _LEFT_OUT:
            return query
        if method in _ENDS:
            self._note(query, node)
        return UNKNOWN

    def _note(self, query: Query, node: ast.Call) -> None:
        if query.filters or query.orders:
            if not isinstance(query.collection, str):
                raise UnreadableQuery(f"{self.name}:{node.lineno}: the query's collection is not known")
            self.seen |= {*query.nodes}
            self.found.add(replace(query, nodes=()))


def _is_narrowing(node: ast.AST) -> bool:
    """Whether it is a `.where(…)` or `.order_by(…)`."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("where", "order_by")
    )


def _names_descending(value: ast.expr) -> bool:
    return (isinstance(value, ast.Attribute) and value.attr == "DESCENDING") or (
        isinstance(value, ast.Constant) and value.value == "DESCENDING"
    )


def _arguments(function: ast.FunctionDef, given: list[Value], named: Mapping[str, Value]) -> Environment:
    return {**dict(zip([each.arg for each in function.args.args], given, strict=False)), **named}
