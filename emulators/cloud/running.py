"""A local cloud that runs, as its users see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from os import getpid
from pathlib import Path

from emulators.cloud.environment import BUCKET, PROJECT
from emulators.cloud.folder import STATE
from emulators.cloud.plan import API_KEY
from emulators.cloud.supervisor import Supervisor


@dataclass
class LocalCloud:
    """A local cloud that runs."""

    folder: Path
    gateway_url: str
    ports: Mapping[str, int]
    """By part."""
    urls: Mapping[str, str]
    """By part; the gateway's is the one for callers."""
    environment: Mapping[str, str]
    """What every function is told: with it a program of its own works on this system."""
    seconds: float
    """How long the start took."""
    _supervisor: Supervisor = field(repr=False)

    @property
    def pids(self) -> dict[str, int]:
        """By part, as of now: a function that ended has been started again as another process."""
        return self._supervisor.pids

    @property
    def api_key(self) -> str:
        """The development key; empty where a part that it needs was not asked for."""
        return self._supervisor.results.get(API_KEY, "").strip()

    @property
    def state(self) -> Path:
        """The file by which scripts find this system."""
        return self.folder / STATE

    def wait(self) -> None:
        """Waits for ever, unless an emulator ends: then raises PartEnded."""
        self._supervisor.wait()

    def facts(self) -> dict[str, object]:
        """What state.json holds. No function's secret is among it, the development key is."""
        hosts = ("FIRESTORE_EMULATOR_HOST", "PUBSUB_EMULATOR_HOST", "STORAGE_EMULATOR_HOST")
        names = (*hosts, "GOOGLE_CLOUD_PROJECT", "INVOICE_BUCKET", "EXTRACTION_TOPIC", "DEAD_LETTER_TOPIC")
        return {
            "gateway_url": self.gateway_url,
            "api_key": self.api_key,
            "ports": self.ports,
            "pids": self.pids,
            "urls": self.urls,
            "environment": {name: self.environment[name] for name in names if name in self.environment},
            "project": PROJECT,
            "bucket": BUCKET,
            "logs": str(self.folder / "logs"),
            "pid": getpid(),
            "ready_in_seconds": round(self.seconds, 1),
            "written": datetime.now(UTC).isoformat(timespec="seconds"),
        }
