"""The local cloud as tests see it: its addresses, its bucket, its records, and the stand-in's control."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

from emulators.cloud import LocalOptions, local_cloud
from tests.environment import clean_environment

PROJECT = "local-invoices"
BUCKET = "invoices"


@dataclass(frozen=True)
class RunningCloud:
    """A local cloud that is up. `urls` and `pids` are those of its parts, by name."""

    gateway: str
    api_key: str
    urls: dict[str, str]
    pids: Callable[[], dict[str, int]]
    folder: Path
    """Where its logs are."""

    def client(self) -> httpx.Client:
        """A caller at the gateway."""
        return httpx.Client(base_url=self.gateway, timeout=120)

    # The bucket, as a program that is not ours would use it.

    def object_url(self, name: str) -> str:
        """Where the emulator keeps an object."""
        return f"{self.urls['storage']}/storage/v1/b/{BUCKET}/o/{quote(name, safe='')}"

    def put_object(self, name: str, content: bytes, content_type: str = "application/pdf") -> None:
        """Copies a file into the bucket."""
        response = httpx.post(
            f"{self.urls['storage']}/upload/storage/v1/b/{BUCKET}/o",
            params={"uploadType": "media", "name": name},
            content=content,
            headers={"Content-Type": content_type},
            timeout=60,
        )
        response.raise_for_status()

    def read_object(self, name: str) -> bytes:
        """An object's content."""
        response = httpx.get(self.object_url(name), params={"alt": "media"}, timeout=60)
        response.raise_for_status()
        return response.content

    def delete_object(self, name: str) -> None:
        """Removes an object."""
        httpx.delete(self.object_url(name), timeout=60).raise_for_status()

    def objects(self, prefix: str) -> list[str]:
        """The names of all objects below `prefix`."""
        response = httpx.get(
            f"{self.urls['storage']}/storage/v1/b/{BUCKET}/o", params={"prefix": prefix}, timeout=60
        )
        response.raise_for_status()
        return sorted(item["name"] for item in response.json().get("items", []))

    # The records.

    def snapshots(self, collection: str, **equal: object) -> list[Any]:
        """Documents of a collection whose fields equal those given."""
        from google.cloud.firestore import FieldFilter

        query = self.firestore().collection(collection)
        for name, value in equal.items():
            query = query.where(filter=FieldFilter(name, "==", value))
        return list(query.get(timeout=30))

    def records(self, collection: str, **equal: object) -> list[dict[str, Any]]:
        """What those documents hold."""
        return [snapshot.to_dict() or {} for snapshot in self.snapshots(collection, **equal)]

    def firestore(self) -> Any:
        """A client of the records."""
        from google.cloud import firestore

        os.environ["FIRESTORE_EMULATOR_HOST"] = self.urls["firestore"].removeprefix("http://")
        return firestore.Client(project=PROJECT)

    def usage_row(self, log_id: int) -> dict[str, Any]:
        """One row of invoice_time."""
        (row,) = self.records("invoice_time", id=log_id)
        return row

    def environment(self) -> dict[str, str]:
        """What a program needs to work on this system."""
        facts = json.loads((self.folder / "state.json").read_text())
        return {**clean_environment(), **facts["environment"]}

    # The model.

    def model_fails(self, fault: str, **how: object) -> None:
        """Orders a fault from the stand-in."""
        response = httpx.post(
            f"{self.urls['gemini']}/control/faults", json={"fault": fault, **how}, timeout=30
        )
        response.raise_for_status()

    def model_recovers(self) -> None:
        """Takes all orders for faults back."""
        httpx.delete(f"{self.urls['gemini']}/control/faults", timeout=30).raise_for_status()

    @contextmanager
    def failing_model(self, fault: str, **how: object) -> Iterator[None]:
        """A fault that lasts as long as the block."""
        self.model_fails(fault, **{"times": None, **how})
        try:
            yield
        finally:
            self.model_recovers()

    def model_calls(self) -> list[dict[str, Any]]:
        """What the stand-in was asked, oldest first."""
        calls: list[dict[str, Any]] = httpx.get(f"{self.urls['gemini']}/control/calls", timeout=30).json()[
            "calls"
        ]
        return calls

    # The queue.

    def push(self, attributes: dict[str, str], data: str = "") -> httpx.Response:
        """Delivers a message to extract's queue entry point, as Pub/Sub does."""
        message = {"attributes": attributes, "data": data, "messageId": "1"}
        return httpx.post(f"{self.urls['extract_queue']}/", json={"message": message}, timeout=120)

    def dead_letters(self, subscription: str = "invoice-files-dead-keep") -> list[dict[str, Any]]:
        """Messages that were given up; they are left where they are."""
        response = httpx.post(
            f"{self.urls['pubsub']}/v1/projects/{PROJECT}/subscriptions/{subscription}:pull",
            json={"maxMessages": 1000, "returnImmediately": True},
            timeout=30,
        )
        response.raise_for_status()
        received = response.json().get("receivedMessages", [])
        if received:
            httpx.post(
                f"{self.urls['pubsub']}/v1/projects/{PROJECT}/subscriptions/{subscription}:modifyAckDeadline",
                json={"ackIds": [one["ackId"] for one in received], "ackDeadlineSeconds": 0},
                timeout=30,
            ).raise_for_status()
        return [one["message"] for one in received]


@contextmanager
def started(options: LocalOptions) -> Iterator[RunningCloud]:
    """A local cloud, by the same supervisor that runs it for a user, for as long as the block."""
    with local_cloud(options) as running:
        yield RunningCloud(
            gateway=running.gateway_url,
            api_key=running.api_key,
            urls=dict(running.urls),
            pids=lambda: dict(running.pids),
            folder=options.folder,
        )


def eventually(true: Callable[[], object], within: float = 60.0) -> Any:
    """What `true` gives as soon as it is truthy; fails after `within` seconds."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        found = true()
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError(f"still {true()!r} after {within} s")
