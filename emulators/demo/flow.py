"""One user's way through the system over HTTP: sign up, upload, wait for the queue, fetch the data."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import httpx

from common.domain.exact_json import loads
from emulators.samples import Sample

_BETWEEN_LOOKS = 0.5
"""Seconds."""


class WentWrong(RuntimeError):
    """The system answered otherwise than it promises; the message says how."""


@dataclass(frozen=True)
class Reading:
    """A sample's way: its invoice, how the reading ended, and what `GET /invoice/{id}/data/` says."""

    sample: Sample
    invoice_id: int
    check_url: str
    state: str
    extraction: Mapping[str, object] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def data(self) -> Mapping[str, object]:
        """The extracted values; empty where nothing was read."""
        values = self.extraction.get("data")
        return values if isinstance(values, Mapping) else {}

    @property
    def readers(self) -> list[str]:
        """Names of the sources that the values came from."""
        sources = self.extraction.get("sources")
        rows = sources if isinstance(sources, list) else []
        return [str(row.get("name")) for row in rows if isinstance(row, Mapping)]


class Visitor:
    """A new user of the system at `client`'s address; works in open and in token mode."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        account = {"user_name": f"demo-{secrets.token_hex(6)}", "user_password": secrets.token_urlsafe(18)}
        self._answer(client.post("/signup/", json=account), 201)
        login = self._answer(client.post("/login/", json=account), 200)
        client.headers["Authorization"] = f"Bearer {login['access_token']}"
        self.user_id = str(login["user_id"])

    def upload(self, sample: Sample) -> Reading:
        """Sends the sample up; it is then queued."""
        answer = self._answer(
            self._client.post(
                "/upload/",
                data={"user_id": self.user_id},
                files={"file": (sample.name, sample.pdf, "application/pdf")},
            ),
            201,
        )
        number = answer["invoice_id"]
        if not isinstance(number, int):
            raise WentWrong(f"/upload/ gave the invoice id {number!r}")
        return Reading(sample, number, f"{self._client.base_url}/check/?invoice_id={number}", "queued")

    def wait(self, readings: list[Reading], limit: float, report: Callable[[Reading], None]) -> list[Reading]:
        """Looks at each invoice until all are done or failed, or until `limit` seconds have passed.

        `report` is told of every change of state. What is unfinished at the end keeps its last state.
        """
        started = time.monotonic()
        current = {reading.invoice_id: reading for reading in readings}
        while True:
            for before in list(current.values()):
                if before.state not in ("done", "failed"):
                    now = self._look(before, time.monotonic() - started)
                    current[before.invoice_id] = now
                    if now.state != before.state:
                        report(now)
            waiting = [r for r in current.values() if r.state not in ("done", "failed")]
            if not waiting or time.monotonic() - started > limit:
                return list(current.values())
            time.sleep(_BETWEEN_LOOKS)

    def _look(self, reading: Reading, seconds: float) -> Reading:
        answer = self._answer(self._client.get(f"/invoice/{reading.invoice_id}/data/"), 200)
        processing, stored = answer.get("processing"), answer.get("invoice_data")
        state = str(processing.get("state")) if isinstance(processing, Mapping) else "unknown"
        extraction = stored.get("data") if isinstance(stored, Mapping) else None
        return Reading(
            reading.sample,
            reading.invoice_id,
            str(answer.get("check_url") or reading.check_url),
            state,
            extraction if isinstance(extraction, Mapping) else {},
            seconds,
        )

    def _answer(self, response: httpx.Response, status: int) -> Mapping[str, object]:
        asked = f"{response.request.method} {response.request.url.path}"
        if response.status_code != status:
            raise WentWrong(f"{asked} answered {response.status_code}: {response.text[:300]}")
        body = loads(response.content)
        if not isinstance(body, Mapping):
            raise WentWrong(f"{asked} answered no JSON object")
        return body
