"""docs/bundles.md: what each function's bundle holds, and what its process loads when it starts."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.processes import ROOT
from bundles.bundle import BUNDLES, FUNCTIONS, build

_SECONDS = 60
_CHILD = """
import json, sys
from pathlib import Path
before = set(sys.modules)
from functions_framework import create_app
create_app(sys.argv[1], sys.argv[2])
held = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS"))
print(json.dumps({"modules": sorted(set(sys.modules) - before), "kib": int(held.split()[1])}))
"""
_HEAD = """# What is deployed

Written by `nox -s bench`, and alone by `nox -s bench -- --bundles`; do not edit it by hand.

A bundle is `main.py`, the part of `common/` that it reaches, also by imports within functions, and its
locked requirements, which the cloud installs. Of these the process loads little when it starts: clients
of Google's services, the PDF reader and the model's client are imported when a request first needs
them. "Loaded" counts the modules that a started process holds beyond a bare interpreter's, and those
of this project among them; memory is `VmRSS` of proc(5) at that moment.

| bundle | zip, kB | modules of common/ | requirements | loaded at the start | of them common/ | memory, MiB |
|---|---:|---:|---:|---:|---:|---:|
"""


@dataclass(frozen=True)
class Closure:
    """One bundle: bytes of its zip, what it holds, and what a started process has loaded of it."""

    name: str
    size: int
    shared: tuple[str, ...]
    """Dotted names below common/."""
    requirements: int
    loaded: frozenset[str]
    memory: float
    """MiB."""

    @property
    def row(self) -> str:
        """Its line of the table."""
        own = sum(name.split(".")[0] == "common" for name in self.loaded)
        return (
            f"| {self.name} | {self.size / 1000:,.0f} | {len(self.shared)} | {self.requirements} "
            f"| {len(self.loaded)} | {own} | {self.memory:.0f} |"
        )


def measured() -> list[Closure]:
    """Every bundle, built anew and its function started."""
    with TemporaryDirectory(prefix="bundles-") as folder:
        return [_measured(name, Path(folder)) for name in BUNDLES]


def page(closures: Iterable[Closure]) -> str:
    """The page's text."""
    closures = list(closures)
    lines = [_HEAD + "\n".join(closure.row for closure in closures), ""]
    for closure in closures:
        lines += [*section(closure.name, closure.shared), ""]
    return "\n".join(lines).rstrip() + "\n"


def section(name: str, shared: Iterable[str]) -> list[str]:
    """The page's lines about one bundle: its modules of common/ by package."""
    packages: dict[str, list[str]] = defaultdict(list)
    for each in shared:
        package, _, module = each.rpartition(".")
        packages[package].append(module)
    listed = [f"- `{package}`: {', '.join(sorted(names))}" for package, names in sorted(packages.items())]
    return [f"## {name}", "", *listed]


def _measured(name: str, into: Path) -> Closure:
    bundle = build(name, into)
    target = name if name in FUNCTIONS else name.partition("_")[0]
    started = subprocess.run(
        [sys.executable, "-c", _CHILD, target, str(ROOT / "functions" / target / "main.py")],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=True,
    )
    told = json.loads(started.stdout.splitlines()[-1])
    return Closure(
        name,
        bundle.archive.stat().st_size,
        tuple(modules(bundle.folder)),
        (bundle.folder / "requirements.txt").read_text("utf-8").count("=="),
        frozenset(told["modules"]),
        told["kib"] / 1024,
    )


def modules(folder: Path) -> Iterator[str]:
    """The dotted names of the modules of common/ in an unpacked bundle."""
    for path in sorted((folder / "common").rglob("*.py")):
        if path.name != "__init__.py":
            yield ".".join(path.relative_to(folder).with_suffix("").parts)
