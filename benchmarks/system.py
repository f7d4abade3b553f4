"""The running local cloud as the benchmarks see it."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.wire import Wire
from emulators.cloud import LocalCloud

_READ_SECONDS = 120.0


@dataclass(frozen=True)
class System:
    """Addresses without a trailing slash; `environment` is what a function's process is given."""

    gateway: str
    functions: Mapping[str, str]
    """URL of each function, past the gateway."""
    pids: Mapping[str, int]
    environment: Mapping[str, str]

    @classmethod
    def of(cls, cloud: LocalCloud) -> System:
        """The system that `cloud` runs."""
        return cls(cloud.gateway_url, cloud.urls, cloud.pids, cloud.environment)

    def wire(self, function: str) -> Wire:
        """A connection to one function, past the gateway."""
        return Wire(self.functions[function])

    def wait_until_read(self, invoice_id: int) -> str:
        """Waits for the queue's extraction; returns its last state."""
        end = time.monotonic() + _READ_SECONDS
        state = "unknown"
        with self.wire("invoices") as http:
            while time.monotonic() < end:
                state = str(json.loads(http.get(f"/invoice/{invoice_id}/data/"))["processing"]["state"])
                if state in ("done", "failed"):
                    break
                time.sleep(0.2)
        return state
