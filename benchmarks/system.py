"""The running local cloud as the benchmarks see it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

import httpx

_READ_SECONDS = 120.0


@dataclass(frozen=True)
class System:
    """Addresses without a trailing slash; `environment` is what a function's process is given."""

    gateway: str
    functions: Mapping[str, str]
    """URL of each function, past the gateway."""
    pids: Mapping[str, int]
    environment: Mapping[str, str]

    def client(self, function: str) -> httpx.Client:
        """An HTTP client of one function, past the gateway; one connection, kept alive."""
        return httpx.Client(base_url=self.functions[function], timeout=60)

    def upload(self, client: httpx.Client, user: str, name: str, pdf: bytes) -> int:
        """Uploads a PDF with `client`; returns the invoice's id."""
        files = {"file": (name, pdf, "application/pdf")}
        answer = client.post("/upload/", data={"user_id": user}, files=files)
        answer.raise_for_status()
        return int(answer.json()["invoice_id"])

    def wait_until_read(self, invoice_id: int) -> str:
        """Waits for the queue's extraction; returns its last state."""
        end = time.monotonic() + _READ_SECONDS
        state = "unknown"
        with self.client("invoices") as client:
            while time.monotonic() < end:
                state = client.get(f"/invoice/{invoice_id}/data/").json()["processing"]["state"]
                if state in ("done", "failed"):
                    break
                time.sleep(0.2)
        return state
