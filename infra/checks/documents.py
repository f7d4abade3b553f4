"""What docs/deploy.md and docs/operations.md name is there, and every alert is explained."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from infra.checks.configuration import Configuration

PAGES = ("docs/deploy.md", "docs/operations.md")
ALERTS = "docs/operations.md"
_SESSION = re.compile(r"nox -s (\w+)")
_ADDRESS = re.compile(r"\b(google_\w+\.\w+)")
_OUTPUT = re.compile(r"terraform[^`\n]* output (?:-\w+ )*(\w+)")
_VARIABLE = re.compile(r"^\| `(\w+)` \|", re.MULTILINE)
_TITLE = re.compile(r'title\s*=\s*"([^"$]+)"|See \\"([^"$\\]+)\\"')


def findings(configuration: Configuration, root: Path) -> Iterator[str]:
    """Names in the pages that nothing has, and alerts that no heading explains."""
    sessions = _sessions((root / "noxfile.py").read_text("utf-8"))
    resources = {".".join(block.labels) for block in configuration.of_kind("resource")}
    outputs = {block.labels[0] for block in configuration.of_kind("output")}
    variables = {block.labels[0] for block in configuration.of_kind("variable")}
    for page in PAGES:
        text = (root / page).read_text("utf-8")
        for kind, pattern, known in (
            ("nox session", _SESSION, sessions),
            ("resource", _ADDRESS, resources),
            ("output", _OUTPUT, outputs),
        ):
            yield from (
                f"{page}: there is no {kind} {name}" for name in sorted({*pattern.findall(text)} - known)
            )
    described = {*_VARIABLE.findall((root / PAGES[0]).read_text("utf-8"))}
    yield from (f"{PAGES[0]}: variable {name} is not described" for name in sorted(variables - described))
    yield from (f"{PAGES[0]}: there is no variable {name}" for name in sorted(described - variables))
    headings = set(re.findall(r"^## (.+)$", (root / ALERTS).read_text("utf-8"), re.MULTILINE))
    yield from (
        f"{ALERTS}: no heading explains {title}" for title in sorted(titles(configuration.folder) - headings)
    )


def titles(folder: Path) -> set[str]:
    """What the alerts are called."""
    return {one or other for one, other in _TITLE.findall((folder / "alerts.tf").read_text("utf-8"))}


def _sessions(noxfile: str) -> set[str]:
    return {
        node.name
        for node in ast.parse(noxfile).body
        if isinstance(node, ast.FunctionDef)
        and any("session" in ast.unparse(each) for each in node.decorator_list)
    }
