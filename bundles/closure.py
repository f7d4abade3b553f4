"""The part of common/ that a function uses, found from the code alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bundles.imports import Wanted, wanted, wanted_by_function

SHARED = "common"
CLIENTS = "common.clients"
"""The module that makes each Google client in a function of its own, which imports its library."""


@dataclass(frozen=True)
class Closure:
    """Everything that a function's own code reaches.

    `shared` are files below common/, as paths from the root; `foreign` are the
    dotted names that come from the standard library or from requirements.
    """

    shared: frozenset[Path]
    foreign: frozenset[str]


def closure(root: Path, function: Path) -> Closure:
    """What the code in the folder `function` reaches, also by imports within functions."""
    search = _Search(root)
    for source in sorted(function.rglob("*.py")):
        search.read(source, "", is_package=False)
    search.add_clients()
    return Closure(frozenset(search.shared), frozenset(search.foreign))


class _Search:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.shared: set[Path] = set()
        self.foreign: set[str] = set()
        self.used: set[str] = set()
        self.makers: dict[str, Wanted] = {}

    def read(self, source: Path, module: str, *, is_package: bool) -> None:
        """Follows all that one file wants."""
        text = source.read_text("utf-8")
        found = wanted(text, module, is_package=is_package)
        self.used |= found.modules | found.attributes
        later: set[str] = set()
        if module == CLIENTS:
            self.makers = wanted_by_function(text, SHARED)
            later = {name for maker in self.makers.values() for name in maker.modules}
        for name in sorted(found.modules):
            if name == SHARED or name.startswith(SHARED + "."):
                self._follow(name)
            elif name not in later:
                self.foreign.add(name)
        if module:
            self._take_data(source, found.texts)

    def add_clients(self) -> None:
        """Adds the libraries of those clients that something read so far asks for."""
        short = CLIENTS.rpartition(".")[2]
        for maker, found in self.makers.items():
            if {f"{short}.{maker}", f"{CLIENTS}.{maker}"} & self.used:
                self.foreign |= found.modules

    def _follow(self, name: str) -> None:
        """Takes the module `name` with the packages above it, which Python runs first."""
        parts = name.split(".")
        for length in range(1, len(parts) + 1):
            place = self.root.joinpath(*parts[:length])
            is_package = place.is_dir()
            source = place / "__init__.py" if is_package else place.with_suffix(".py")
            relative = source.relative_to(self.root)
            if source.is_file() and relative not in self.shared:
                self.shared.add(relative)
                self.read(source, ".".join(parts[:length]), is_package=is_package)

    def _take_data(self, source: Path, texts: frozenset[str]) -> None:
        """A file or folder beside a module that names it in a string is its data, unless it is code."""
        for beside in source.parent.iterdir():
            if beside.name not in texts:
                continue
            files = [beside] if beside.is_file() else [file for file in beside.rglob("*") if file.is_file()]
            if not any(file.suffix in (".py", ".pyc") for file in files):
                self.shared.update(file.relative_to(self.root) for file in files)
