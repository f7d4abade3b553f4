"""How a local cloud is asked for."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from emulators.cloud.environment import ROOT
from emulators.cloud.function_parts import FUNCTIONS

EMULATORS = frozenset({"firestore", "pubsub", "storage"})
ALL = EMULATORS | {"gemini", "gateway", *FUNCTIONS}
EXPORT_SECONDS = 60.0


def _say_nothing(line: str) -> None:
    pass


@dataclass(frozen=True)
class LocalOptions:
    """One run of the local cloud."""

    folder: Path = ROOT / ".local"
    """Where logs and state.json go, and the bucket unless `keep` is given."""
    port: int = 8000
    """The gateway's; 0 takes a free one."""
    keep: Path | None = None
    """A folder that keeps the data over restarts."""
    export_seconds: float = EXPORT_SECONDS
    """How often Firestore's data goes to `keep`; it does at the end in any case."""
    parts: frozenset[str] = ALL
    environ: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    """The user's own settings."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """Settings that win over `environ`; an empty one counts as not given."""
    sources: Mapping[str, Path] = field(default_factory=dict)
    """Other files for some of the functions than their own main.py."""
    report: Callable[[str], None] = _say_nothing
    """Is given lines for a person."""

    @property
    def given(self) -> dict[str, str]:
        """All that the user has set."""
        return {**self.environ, **self.settings}
