"""The functions as Terraform's table has them, against what their code reads and uses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from infra.checks.configuration import Configuration
from infra.checks.reach import Place, Reached, reached
from infra.checks.settings_used import fields_read, variables

SECRETS = frozenset({"TOKEN_KEY", "TOKEN_PUBLIC_KEYS", "LINK_SECRET", "GEMINI_API_KEY"})
LOCAL = frozenset({"STORAGE_EMULATOR_HOST", "GEMINI_BASE_URL", "VERTEX_BASE_URL"})
"""They put another server in Google's place: never in the cloud."""

TOPICS = frozenset({"EXTRACTION_TOPIC", "DEAD_LETTER_TOPIC"})
"""Only what publishes to a topic reads its name."""

_BUCKET = "common.files.bucket"
_WRITES = ("write", "replace", "delete")
_READS = ("read", "read_range", "stat")
_QUOTED = re.compile(r'"([A-Z][A-Z_]+)"')


@dataclass(frozen=True)
class Needs:
    """What a function's code asks of its surroundings."""

    settings: frozenset[str]
    secrets: frozenset[str]
    files: str
    signs: bool
    publishes: frozenset[str]
    models: bool
    records: bool


@cache
def needs(root: Path, bundle: str, entry: str) -> Needs:
    """What the code behind an entry point needs."""
    names = variables((root / "common/config.py").read_text("utf-8"))
    code = reached(root, root / "functions" / bundle / "main.py", entry)
    read = frozenset(names[field] for field in fields_read(code, {*names}))
    return Needs(
        settings=read - SECRETS - LOCAL,
        secrets=read & SECRETS,
        files="write"
        if _uses(code, _BUCKET, *_WRITES)
        else "read"
        if _uses(code, _BUCKET, *_READS)
        else "none",
        signs=_uses(code, "common.files.signing", "signer"),
        publishes=read & TOPICS,
        models=_uses(code, "common.services", "vertex"),
        records=_uses(code, "common.clients", "firestore"),
    )


def _uses(code: Reached, module: str, *names: str) -> bool:
    return any(Place(module, name) in code for name in names)


def environment(configuration: Configuration, root: Path) -> Iterator[str]:
    """Where a function is told other variables than its code reads."""
    for name, row in configuration.local("functions").items():
        needed = needs(root, row["bundle"], name)
        for column, wanted in (("settings", needed.settings), ("secrets", needed.secrets)):
            yield from _differences(f"{name}'s {column}", {*row[column]}, wanted)
    own = {*configuration.local("own_settings")}
    chosen = {*_QUOTED.findall(str(_variable(configuration, "settings")["validation"]))}
    known = {*variables((root / "common/config.py").read_text("utf-8")).values()} - SECRETS - LOCAL
    yield from _differences("settings that Terraform can give", own | chosen, known)
    yield from (f"{name} is given twice" for name in sorted(own & chosen))


def access(configuration: Configuration, root: Path) -> Iterator[str]:
    """Where a function may do more, or less, than its code does."""
    for name, row in configuration.local("functions").items():
        needed = needs(root, row["bundle"], name)
        wanted = {"files": needed.files, "signs": needed.signs, "models": needed.models}
        for column, value in wanted.items():
            if row[column] != value:
                yield f"{name}: {column} is {row[column]!r}, and its code asks for {value!r}"
        yield from _differences(f"{name}'s publishes", {*row["publishes"]}, needed.publishes)
        if not needed.records:
            yield f"{name} may read records, and its code does not"


def _differences(what: str, given: set[str], wanted: frozenset[str] | set[str]) -> Iterator[str]:
    yield from (f"{what} lack {name}" for name in sorted(wanted - given))
    yield from (f"{what} have {name}, which the code does not read" for name in sorted(given - wanted))


def _variable(configuration: Configuration, name: str) -> Mapping[str, Any]:
    for block in configuration.of_kind("variable"):
        if block.labels == (name,):
            return block.body
    raise KeyError(f"var.{name}")
