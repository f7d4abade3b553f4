"""Records as a release wrote them: taken from a run, kept as JSON, and put back into another run.

`python -m tests.former_records FOLDER` takes one record of every collection (and of every state that an
upgrade may meet) from a local cloud of its own, as the code beside it writes them.
"""

from __future__ import annotations

import base64
import json
import sys
import tempfile
import threading
import time
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from emulators.cloud import ALL, LocalOptions, local_cloud
from tests.documents import Drawn
from tests.environment import clean_environment
from tests.running import RunningCloud, eventually

KEPT = Path(__file__).parent / "records_of_0_1"
PDF = "invoice.pdf"
USER = "1"
PASSWORD = "a former password"
KEY = "ims_a-key-that-the-former-release-gave-out-0123"
REPEATED = "a-former-key"
COLLECTIONS = (
    *("users", "invoices", "invoice_data", "invoice_direct_data", "invoice_time", "webhook_logs"),
    *("api_keys", "sequences", "object_names", "leases", "idempotency_keys", "budget_days"),
    "budget_reservations",
)


def encoded(value: Any) -> Any:
    """A field's value as JSON holds it."""
    if isinstance(value, dict):
        return {name: encoded(member) for name, member in value.items()}
    if isinstance(value, list):
        return [encoded(member) for member in value]
    if isinstance(value, datetime):
        return {"$time": value.isoformat()}
    return {"$bytes": base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def decoded(value: Any) -> Any:
    """What `encoded` was given."""
    if isinstance(value, list):
        return [decoded(member) for member in value]
    if not isinstance(value, dict):
        return value
    if "$time" in value:
        return datetime.fromisoformat(value["$time"])
    if "$bytes" in value:
        return base64.b64decode(value["$bytes"])
    return {name: decoded(member) for name, member in value.items()}


def kept() -> dict[str, dict[str, Any]]:
    """The stored records by their path, as their fields were."""
    found: dict[str, dict[str, Any]] = {}
    for file in sorted(KEPT.glob("*.json")):
        found.update({path: decoded(fields) for path, fields in json.loads(file.read_text("utf-8")).items()})
    return found


def restore(cloud: RunningCloud) -> None:
    """Puts all of them, and the file that they are about, into a system that has nothing yet."""
    database = cloud.firestore()
    for path, fields in kept().items():
        database.document(path).set(fields)
    for name in ("docs/1/invoice.pdf", "direct_pdf/127_0_0_1/invoice.pdf", "docs/1/failed.pdf"):
        cloud.put_object(name, (KEPT / PDF).read_bytes())


def take(folder: Path) -> None:
    """Runs the system and writes what its records are."""
    with tempfile.TemporaryDirectory() as own:
        parts = ALL - {"check_ui"}
        options = LocalOptions(folder=Path(own), port=0, environ=clean_environment(), parts=parts)
        with local_cloud(options) as running:
            cloud = RunningCloud(
                running.gateway_url, running.api_key, dict(running.urls), lambda: running.pids, options.folder
            )
            with cloud.client() as http:
                found = _lived(cloud, http)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / PDF).write_bytes(Drawn(number="INV-2025-4711").pdf())
    for collection in COLLECTIONS:
        mine = {path: encoded(fields) for path, fields in found.items() if path.startswith(f"{collection}/")}
        text = json.dumps(mine, indent=1, ensure_ascii=False, sort_keys=True)
        (folder / f"{collection}.json").write_text(text + "\n", "utf-8")


def _lived(cloud: RunningCloud, http: httpx.Client) -> dict[str, dict[str, Any]]:
    """Everything that a record can become, and what was written then."""
    import os

    os.environ.update(cloud.environment())
    from decimal import Decimal

    from common.records import api_keys

    api_keys.add(KEY, "a former customer", Decimal(500))
    pdf = Drawn(number="INV-2025-4711").pdf()
    http.post("/signup/", json={"user_name": "Former", "user_password": PASSWORD, "mobile_no": "12345"})
    http.post("/webhook/", json={"event": "former"})
    for name, headers in (("invoice.pdf", {"Idempotency-Key": REPEATED}), ("failed.pdf", {})):
        if name == "failed.pdf":
            cloud.model_fails("prompt_blocked", times=None)
        answer = http.post(
            "/upload/",
            data={"user_id": USER, "vendor_name": "ABC Corp", "amt": "1500.50", "invoice_date": "2024-12-10"},
            files={"file": (name, pdf, "application/pdf")},
            headers=headers,
        )
        number = answer.json()["invoice_id"]
        eventually(partial(_has_ended, http, number))
    cloud.model_recovers()
    http.post("/invoice/1/refetch/")
    eventually(lambda: http.get("/invoice/1/data/").json()["invoice_data"]["version"] == 2)
    http.post("/invoice/extract-data/", files={"file": ("invoice.pdf", pdf, "application/pdf")})
    found: dict[str, dict[str, Any]] = {}
    cloud.model_fails("slow", times=None, seconds=6)
    order = {"api_key": KEY, "model": "gemini-2.5-flash", "pdf_base64": base64.b64encode(pdf).decode()}
    asking = threading.Thread(target=lambda: http.post("/process-pdf/gemini/", json=order))
    asking.start()
    http.post("/upload/", data={"user_id": USER}, files={"file": ("slow.pdf", pdf, "application/pdf")})
    eventually(lambda: cloud.records("leases") and cloud.records("leases")[0]["call"])
    eventually(lambda: cloud.records("budget_reservations"))
    for collection in COLLECTIONS:
        for snapshot in cloud.snapshots(collection):
            found[f"{collection}/{snapshot.id}"] = snapshot.to_dict()
            for former in snapshot.reference.collection("history").get(timeout=30):
                found[f"{collection}/{snapshot.id}/history/{former.id}"] = former.to_dict()
    asking.join()
    time.sleep(2)
    return found


def _has_ended(http: httpx.Client, number: int) -> bool:
    return http.get(f"/invoice/{number}/data/").json()["processing"]["state"] in ("done", "failed")


if __name__ == "__main__":
    take(Path(sys.argv[1]))
