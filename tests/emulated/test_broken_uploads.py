"""An upload that breaks off leaves nothing, whichever part it lost."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from tests.contract.caller import Caller, error
from tests.documents import Drawn
from tests.emulated.line import Line
from tests.running import RunningCloud, eventually

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Broken:
    """An upload function of its own whose lines to the records and the bucket can be cut."""

    caller: Caller
    records: Line
    bucket: Line
    process: subprocess.Popen[bytes]


@pytest.fixture
def broken(cloud: RunningCloud) -> Iterator[Broken]:
    with Line(cloud.urls["firestore"]) as records, Line(cloud.urls["storage"]) as bucket:
        port = free_port()
        environment = {
            **os.environ,
            "FIRESTORE_EMULATOR_HOST": records.address,
            "STORAGE_EMULATOR_HOST": f"http://{bucket.address}",
            "PYTHONPATH": str(ROOT),
            "THREADS": "4",
        }
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "functions_framework", "--target", "upload"),
                *("--source", str(ROOT / "functions/upload/main.py"), "--host", "127.0.0.1"),
                *("--port", str(port)),
            ],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=120) as http:
            eventually(lambda: answers(http), within=30)
            try:
                yield Broken(Caller.new(http), records, bucket, process)
            finally:
                os.killpg(process.pid, 9)
                process.wait(10)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def answers(http: httpx.Client) -> bool:
    try:
        return http.get("/").status_code == 404
    except httpx.TransportError:
        return False


def left_of(cloud: RunningCloud, user_id: str) -> list[str]:
    """Every object, claim and record that bears the user's name."""
    claims = [claim["name"] for claim in cloud.records("object_names") if f"/{user_id}/" in claim["name"]]
    records = [f"invoice {record['id']}" for record in cloud.records("invoices", auth_id=user_id)]
    return cloud.objects(f"docs/{user_id}/") + claims + records


def send(caller: Caller) -> httpx.Response:
    """A large invoice with a supporting document."""
    files = {
        "file": ("invoice.pdf", Drawn(padding=12_000_000).pdf(), "application/pdf"),
        "supporting_doc_1": ("proof.txt", b"x" * 6_000_000, "text/plain"),
    }
    return caller.http.post("/upload/", data={"user_id": caller.user_id}, files=files)


def works(broken: Broken, cloud: RunningCloud) -> None:
    """The next upload, once everything is back, is whole."""
    answer = send(broken.caller)
    assert answer.status_code == 201
    kept = left_of(cloud, broken.caller.user_id)
    assert len(kept) == 5


@pytest.mark.parametrize("sent", [0, 9_000_000])
def test_the_bucket_lost_in_the_middle_leaves_nothing(broken: Broken, cloud: RunningCloud, sent: int) -> None:
    broken.bucket.cut_after(sent)
    began = time.monotonic()
    status, text = error(send(broken.caller))
    assert (status, text) == (503, "The file storage is not available now; try again")
    assert time.monotonic() - began < 100
    assert broken.bucket.is_cut
    broken.bucket.mend()
    eventually(lambda: not left_of(cloud, broken.caller.user_id), within=60)
    works(broken, cloud)


@pytest.mark.parametrize("sent", [0, 800])
def test_the_records_lost_in_the_middle_leave_nothing(broken: Broken, cloud: RunningCloud, sent: int) -> None:
    assert send(broken.caller).status_code == 201
    broken.records.cut_after(sent)
    status, text = error(send(broken.caller))
    assert (status, text) == (503, "The records are not available now; try again")
    broken.records.mend()
    eventually(lambda: len(left_of(cloud, broken.caller.user_id)) == 5, within=60)


def test_what_a_killed_upload_left_is_swept_by_its_age(broken: Broken, cloud: RunningCloud) -> None:
    broken.bucket.cut_after(9_000_000)
    with pytest.raises(httpx.TransportError):
        kill_when(broken)
    broken.bucket.mend()
    left = left_of(cloud, broken.caller.user_id)
    assert left
    for claim in cloud.snapshots("object_names"):
        if f"/{broken.caller.user_id}/" in claim.get("name"):
            claim.reference.update({"expires": datetime.now(UTC) - timedelta(seconds=1)})
    with cloud.client() as http:
        eventually(
            lambda: Caller.new(http).uploaded() and not left_of(cloud, broken.caller.user_id), within=90
        )


def kill_when(broken: Broken) -> None:
    """Sends an upload and kills its function once the bucket's line is cut."""
    import threading

    def kill() -> None:
        eventually(lambda: broken.bucket.is_cut, within=30)
        os.killpg(broken.process.pid, 9)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        send(broken.caller)
    finally:
        killer.join()
