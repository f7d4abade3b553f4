"""What a function's entry point can reach in the code, definition by definition.

An import alone reaches only what a module runs when it is loaded. Whatever a
definition names counts as used, whether or not it is called: the answer may be
too large, never too small, as long as nothing is called by a name made at run time.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

SHARED = "common"
TOP = "<module>"
"""Stands for the statements that a module runs when it is loaded."""


def called(name: str) -> str:
    """Stands for what happens when the object `name` of a module is called."""
    return f"{name}()"


@dataclass(frozen=True, order=True)
class Place:
    """A definition of a module: a function, a class or a variable at its top level."""

    module: str
    name: str


@dataclass(frozen=True)
class Reached:
    """The places that were reached, each with its code."""

    code: dict[Place, list[ast.AST]]
    trees: dict[str, ast.Module]

    def __contains__(self, place: Place) -> bool:
        return place in self.code


def reached(root: Path, main: Path, entry: str) -> Reached:
    """Everything that `entry`, a function in the file `main`, can reach in it and in `root`/common."""
    search = _Search(root, {"main": _Module(ast.parse(main.read_text("utf-8")), "", root)})
    search.visit(Place("main", entry))
    return Reached(search.code, {name: module.tree for name, module in search.modules.items()})


@dataclass
class _Module:
    tree: ast.Module
    package: str
    root: Path

    @cached_property
    def places(self) -> dict[str, list[ast.AST]]:
        """The code of each top-level name, and under TOP what runs without being asked."""
        found: dict[str, list[ast.AST]] = {TOP: []}
        for statement in _statements(self.tree.body):
            names = _names(statement)
            for name in names:
                found.setdefault(name, []).append(statement)
            if not names and not isinstance(statement, ast.Import | ast.ImportFrom):
                found[TOP].append(statement)
            for decorator in getattr(statement, "decorator_list", []):
                # @app.route(…) hands the function to app: who calls app may call it.
                holder = _holder(decorator)
                if holder:
                    found.setdefault(called(holder), []).append(statement)
        return found

    @cached_property
    def imported(self) -> dict[str, Place]:
        """What each imported name stands for; a module's own place is its TOP."""
        found: dict[str, Place] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    found[alias.asname or alias.name] = Place(alias.name, TOP)
            elif isinstance(node, ast.ImportFrom):
                base = node.module or ""
                if node.level:
                    above = self.package.split(".")
                    kept = ".".join(above[: len(above) - node.level + 1])
                    base = f"{kept}.{base}" if base else kept
                for alias in node.names:
                    whole = f"{base}.{alias.name}"
                    is_module = _file(self.root, whole) is not None
                    found[alias.asname or alias.name] = (
                        Place(whole, TOP) if is_module else Place(base, alias.name)
                    )
        return found


@dataclass
class _Search:
    root: Path
    modules: dict[str, _Module]
    code: dict[Place, list[ast.AST]] = field(default_factory=dict)

    def visit(self, first: Place) -> None:
        waiting = [first]
        while waiting:
            place = waiting.pop()
            module = self._module(place.module)
            if module is None or place in self.code:
                continue
            if place.name not in module.places:
                # A name that the module itself imported.
                passed_on = module.imported.get(place.name)
                waiting += [passed_on] if passed_on else []
                continue
            self.code[place] = module.places[place.name]
            waiting.append(Place(place.module, TOP))
            for node in self.code[place]:
                waiting += self._used(place.module, module, node)

    def _used(self, name: str, module: _Module, node: ast.AST) -> Iterator[Place]:
        for inner in ast.walk(node):
            if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name):
                if called(inner.func.id) in module.places:
                    yield Place(name, called(inner.func.id))
            elif isinstance(inner, ast.Name):
                if inner.id in module.places:
                    yield Place(name, inner.id)
                elif inner.id in module.imported:
                    yield module.imported[inner.id]
            elif isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name):
                target = module.imported.get(inner.value.id)
                if target is not None and target.name == TOP:
                    yield Place(target.module, inner.attr)
            elif isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                # A module that is run as a process of its own, or loaded by its name.
                named = self._module(inner.value) if inner.value.startswith(SHARED + ".") else None
                yield from (Place(inner.value, each) for each in (named.places if named else ()))

    def _module(self, name: str) -> _Module | None:
        if name not in self.modules:
            file = _file(self.root, name)
            if file is None:
                return None
            package = name if file.name == "__init__.py" else name.rpartition(".")[0]
            self.modules[name] = _Module(ast.parse(file.read_text("utf-8")), package, self.root)
        return self.modules[name]


def _file(root: Path, module: str) -> Path | None:
    """The file of a module of common/."""
    if module.partition(".")[0] != SHARED or not module.replace(".", "").isidentifier():
        return None
    place = root.joinpath(*module.split("."))
    for file in (place.with_suffix(".py"), place / "__init__.py"):
        if file.is_file():
            return file
    return None


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Top-level statements, also those under TYPE_CHECKING's else and the like; not what never runs."""
    for statement in body:
        if isinstance(statement, ast.If) and getattr(statement.test, "id", "") == "TYPE_CHECKING":
            yield from _statements(statement.orelse)
        else:
            yield statement


def _names(statement: ast.stmt) -> list[str]:
    """The names that a statement defines."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [statement.name]
    targets = (
        statement.targets
        if isinstance(statement, ast.Assign)
        else [statement.target]
        if isinstance(statement, ast.AnnAssign)
        else []
    )
    return [node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)]


def _holder(decorator: ast.expr) -> str | None:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
        return called.value.id
    return None
