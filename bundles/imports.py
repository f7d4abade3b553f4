"""What a source asks for: the modules it imports or runs, and the texts it could name files by."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Wanted:
    """Dotted names that a source may import, at its top or later; `name.attribute` pairs; its strings.

    `from a import b` gives both `a` and `a.b`: whether b is a module, the source can't tell.
    """

    modules: frozenset[str]
    attributes: frozenset[str]
    texts: frozenset[str]


def wanted(source: str, module: str, *, is_package: bool) -> Wanted:
    """What `module` wants. Imports under TYPE_CHECKING never run and are left out."""
    return _wanted(ast.parse(source), module if is_package else module.rpartition(".")[0])


def wanted_by_function(source: str, package: str) -> dict[str, Wanted]:
    """What each top-level function of a module in `package` wants when it is called."""
    functions = (node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef))
    return {node.name: _wanted(node, package) for node in functions}


def _wanted(node: ast.AST, package: str) -> Wanted:
    visitor = _Visitor(package)
    visitor.visit(node)
    return Wanted(frozenset(visitor.modules), frozenset(visitor.attributes), frozenset(visitor.texts))


class _Visitor(ast.NodeVisitor):
    def __init__(self, package: str) -> None:
        self.package = package
        self.modules: set[str] = set()
        self.attributes: set[str] = set()
        self.texts: set[str] = set()

    def visit_If(self, node: ast.If) -> None:
        if _is_type_checking(node.test):
            for statement in node.orelse:
                self.visit(statement)
        else:
            self.generic_visit(node)

    def visit_Import(self, node: ast.Import) -> None:
        self.modules.update(alias.name for alias in node.names)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        base = node.module or ""
        if node.level:
            above = self.package.split(".")
            kept = above[: len(above) - node.level + 1]
            base = ".".join([*kept, *([node.module] if node.module else [])])
        self.modules.add(base)
        self.modules.update(f"{base}.{alias.name}" for alias in node.names)

    def visit_Call(self, node: ast.Call) -> None:
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called == "import_module" and node.args and (name := _text(node.args[0])):
            self.modules.add(name)
        self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if isinstance(node.value, ast.Name):
            self.attributes.add(f"{node.value.id}.{node.attr}")
        self.generic_visit(node)

    def visit_List(self, node: ast.List) -> None:
        self._command(node.elts)
        self.generic_visit(node)

    def visit_Tuple(self, node: ast.Tuple) -> None:
        self._command(node.elts)
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self.texts.add(node.value)

    def _command(self, words: list[ast.expr]) -> None:
        """A command line that has `-m NAME` runs that module in a process of its own."""
        for word, following in pairwise(words):
            if _text(word) == "-m" and (name := _text(following)):
                self.modules.add(name)


def _is_type_checking(test: ast.expr) -> bool:
    return (isinstance(test, ast.Name) and test.id == "TYPE_CHECKING") or (
        isinstance(test, ast.Attribute) and test.attr == "TYPE_CHECKING"
    )


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
