"""What one part of a configuration says of another must be there: no dangling name, none for nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from infra.checks.configuration import Block, Configuration, blocks
from infra.checks.expressions import code_in

_TRAVERSAL = re.compile(r"(?<![\w.\]-])([a-zA-Z_][\w-]*)((?:\[[^\[\]]*\]|\.[a-zA-Z_*][\w-]*|\.\*)+)")
_INDEX = re.compile(r"\[([^\[\]]*)\]")
_STEP = re.compile(r"\.([a-zA-Z_][\w-]*)")
_READ = re.compile(r'\b(?:templatefile|file|filesha256|filebase64|fileexists)\(\s*"([^"]+)"')
_OWN = "${path.module}"


@dataclass
class _Names:
    """What a module declares, and which of it is used."""

    declared: dict[str, Block] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)


def findings(root: Path) -> Iterator[str]:
    """Of the module in `root` with its tests, and of every module below modules/."""
    for folder in (root, *sorted(path for path in (root / "modules").glob("*") if path.is_dir())):
        yield from of_module(Configuration(folder))


def of_module(configuration: Configuration) -> Iterator[str]:
    """Dangling references of one module, then what nothing uses."""
    names = _Names({name: block for block in configuration.blocks for name in _declares(block)})
    tests = [
        block for path in sorted(configuration.folder.glob("tests/*.tftest.hcl")) for block in blocks(path)
    ]
    runs = {f"run.{block.labels[0]}" for block in tests if block.kind == "run"}
    for block in configuration.blocks:
        yield from _dangling(block, block.body, names, set(), configuration.folder)
    used = {*names.used}
    outputs = {f"output.{block.labels[0]}" for block in configuration.of_kind("output")}
    for block in tests:
        yield from _dangling(block, block.body, names, runs | outputs, configuration.folder)
        yield from _unknown_inputs(block, names)
    for block in configuration.of_kind("module"):
        yield from _call(block, configuration.folder)
    for name, block in names.declared.items():
        if name not in used and block.kind in ("variable", "locals", "data"):
            yield f"{_at(block, configuration.folder)}: nothing uses {name}"


def _declares(block: Block) -> Iterator[str]:
    match block.kind:
        case "variable":
            yield f"var.{block.labels[0]}"
        case "locals":
            yield from (f"local.{name}" for name in block.body)
        case "resource":
            yield ".".join(block.labels)
        case "data" | "module":
            yield ".".join((block.kind, *block.labels))


def _dangling(block: Block, body: Any, names: _Names, also: set[str], folder: Path) -> Iterator[str]:
    for text in _texts(body):
        for code in code_in(text):
            for name, step in _references(code):
                names.used.add(name)
                if name not in names.declared and name not in also:
                    yield f"{_at(block, folder)}: {name} is nowhere"
                elif name.startswith("module.") and step:
                    yield from _output(block, names.declared[name], step, folder)
        for path in _READ.findall(text):
            here = path.replace(_OWN, ".")
            if here != path and "${" not in here and not (folder / here).exists():
                yield f"{_at(block, folder)}: there is no file {path}"


def _references(code: str) -> Iterator[tuple[str, str]]:
    """Each thing that an expression names, with the step after it."""
    for match in _TRAVERSAL.finditer(code):
        for index in _INDEX.findall(match[2]):
            yield from _references(index)
        first, steps = match[1], _STEP.findall(_INDEX.sub("", match[2]))
        if first in ("var", "local", "run", "output") and steps:
            yield f"{first}.{steps[0]}", ""
        elif first == "module" and steps:
            yield f"module.{steps[0]}", steps[1] if len(steps) > 1 else ""
        elif first == "data" and len(steps) > 1:
            yield f"data.{steps[0]}.{steps[1]}", ""
        elif first.startswith("google_") and steps:
            yield f"{first}.{steps[0]}", ""


def _output(block: Block, called: Block, step: str, folder: Path) -> Iterator[str]:
    outputs = {each.labels[0] for each in Configuration(folder / called.body["source"]).of_kind("output")}
    if step not in outputs:
        yield f"{_at(block, folder)}: module.{called.labels[0]} has no output {step}"


def _call(block: Block, folder: Path) -> Iterator[str]:
    """Whether a module is given what it asks for."""
    source = folder / block.body["source"]
    if not source.is_dir():
        yield f"{_at(block, folder)}: there is no module {block.body['source']}"
        return
    asked = {each.labels[0]: each.body for each in Configuration(source).of_kind("variable")}
    given = {*block.body} - {"source", "for_each", "count", "providers", "depends_on"}
    yield from (
        f"{_at(block, folder)}: the module has no variable {name}" for name in sorted(given - {*asked})
    )
    needed = {name for name, body in asked.items() if "default" not in body}
    yield from (f"{_at(block, folder)}: the module needs {name}" for name in sorted(needed - given))


def _unknown_inputs(block: Block, names: _Names) -> Iterator[str]:
    """Variables that a test gives a value to and that don't exist."""
    given = block.body if block.kind == "variables" else {}
    for each in block.body.get("variables", []) if block.kind == "run" else []:
        given = {**given, **each}
    yield from (
        f"{block.file.name}: var.{name} is nowhere" for name in given if f"var.{name}" not in names.declared
    )


def _texts(body: Any) -> Iterator[str]:
    if isinstance(body, dict):
        for key, value in body.items():
            yield from _texts(key)
            yield from _texts(value)
    elif isinstance(body, list):
        for each in body:
            yield from _texts(each)
    elif isinstance(body, str):
        yield body


def _at(block: Block, folder: Path) -> str:
    label = " ".join((block.kind, *block.labels))
    return f"{folder.name}/{block.file.name} ({label})"
