"""A user's data is removed on request, all of it, and nobody else's."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from common.records.results import LARGEST_INLINE
from tests.contract.caller import Caller, body, error
from tests.documents import Drawn
from tests.running import RunningCloud, eventually

ROOT = Path(__file__).parents[2]


def forget(cloud: RunningCloud, *words: str, code: int = 0) -> dict[str, int]:
    """The operator's command: what it removed, by kind."""
    done = subprocess.run(
        [sys.executable, "-m", "emulators.forget", *words],
        cwd=ROOT,
        env=cloud.environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == code, done.stderr
    return {
        kind: int(count) for count, _, kind in (line.partition("\t") for line in done.stdout.splitlines())
    }


@pytest.fixture
def caller(http: httpx.Client) -> Caller:
    """A user with an account."""
    name = Caller.new(http).user_id
    account = {"user_name": name, "user_password": "a password"}
    return Caller(http, str(body(http.post("/signup/", json=account))["user_id"]))


def traces(cloud: RunningCloud, user_id: str, invoices: list[int]) -> list[object]:
    """Everything in records and bucket that names the user or one of the invoices."""
    named = f"/{user_id}/"
    found: list[object] = [*cloud.objects(f"docs{named}")]
    for number in invoices:
        found += cloud.objects(f"results/invoice/{number}/")
        found += [
            f"row {row['id']}" for row in cloud.records("invoice_time", invoice_id=number) if row["file_name"]
        ]
        found += cloud.records("leases", invoice_id=number)
    for collection, field in (
        ("invoices", "auth_id"),
        ("invoice_data", "auth_id"),
        ("idempotency_keys", "user_id"),
        ("invoice_direct_data", "owner"),
        ("invoice_time", "user_id"),
        ("usage_days", "user_id"),
    ):
        found += cloud.records(collection, **{field: user_id})
    found += [one["name"] for one in cloud.records("object_names") if named in one["name"]]
    history = cloud.firestore().collection_group("history").get(timeout=30)
    current = {one.id for one in cloud.snapshots("invoice_data")} | {
        one.id for one in cloud.snapshots("invoice_direct_data")
    }
    found += [one.reference.path for one in history if one.reference.parent.parent.id not in current]
    return found + cloud.records("users", id=int(user_id))


def test_a_forgotten_user_leaves_nothing_and_the_rows_of_the_log_no_name(
    caller: Caller, cloud: RunningCloud
) -> None:
    other = Caller.new(caller.http)
    kept = other.uploaded()
    files = {
        "file": ("invoice.pdf", Drawn().pdf(), "application/pdf"),
        "supporting_doc_1": ("proof.txt", b"proof", "text/plain"),
    }
    sent = caller.http.post(
        "/upload/", data={"user_id": caller.user_id}, files=files, headers={"Idempotency-Key": "a key"}
    )
    first = int(body(sent)["invoice_id"])
    caller.once(first, "done")
    caller.http.post(f"/invoice/{first}/refetch/")
    eventually(lambda: caller.data(first)["invoice_data"]["version"] == 2)
    second = caller.uploaded()
    caller.once(second, "done")
    announced = {"user_id": caller.user_id, "file_name": "large.pdf", "size": 9}
    third = body(caller.http.post("/upload/url/", json=announced))["invoice_id"]
    other.once(kept, "done")
    assert traces(cloud, caller.user_id, [first, second, third])
    removed = forget(cloud, caller.user_id)
    assert removed == {
        "invoices": 3,
        "direct records": 0,
        "results": 2,
        "former results": 1,
        "objects": 3,
        "claims": 4,
        "usage rows without a file name now": 3,
        "days of usage": 1,
        "idempotency keys": 1,
        "accounts": 1,
    }
    assert traces(cloud, caller.user_id, [first, second, third]) == []
    assert len(cloud.records("invoice_time", invoice_id=first)) == 2
    assert caller.listed()["invoices"] == []
    assert error(caller.http.get(f"/invoice/{first}/data/")) == (404, "Invoice not found")
    assert set(forget(cloud, caller.user_id).values()) == {0}
    assert other.data(kept)["invoice"]["data_fetch"] == "Y"
    assert other.http.get(f"/invoice/{kept}/file/").status_code == 200


def test_what_a_users_token_sent_to_be_read_at_once_is_forgotten(caller: Caller, cloud: RunningCloud) -> None:
    sent = caller.http.post(
        "/invoice/extract-data/", files={"file": ("direct.pdf", Drawn().pdf(), "application/pdf")}
    )
    number, name = body(sent)["id"], body(sent)["filename"]
    (record,) = cloud.snapshots("invoice_direct_data", id=number)
    # As it is stored where tokens are asked for.
    record.reference.update({"owner": caller.user_id})
    removed = forget(cloud, caller.user_id)
    assert removed["direct records"] == 1
    assert removed["usage rows without a file name now"] == 1
    assert cloud.records("invoice_direct_data", id=number) == []
    assert cloud.records("object_names", name=name) == []
    assert name not in cloud.objects("direct_pdf/")


def test_a_result_that_lies_in_the_bucket_is_forgotten(caller: Caller, cloud: RunningCloud) -> None:
    number = caller.uploaded()
    caller.once(number, "done")
    large = f"results/invoice/{number}/1-large.json"
    cloud.put_object(large, b"{" + b" " * LARGEST_INLINE + b"}", "application/json")
    assert forget(cloud, caller.user_id)["objects"] == 2
    assert cloud.objects(f"results/invoice/{number}/") == []


def test_an_invoice_that_is_read_meanwhile_leaves_nothing(caller: Caller, cloud: RunningCloud) -> None:
    drawn = Drawn()
    with cloud.failing_model("slow", seconds=4, match=drawn.number):
        number = caller.uploaded(drawn.pdf())
        eventually(lambda: cloud.records("invoice_time", invoice_id=number))
        forget(cloud, caller.user_id)
        eventually(lambda: cloud.records("invoice_time", invoice_id=number)[0]["outcome"] == "ok")
    eventually(lambda: not traces(cloud, caller.user_id, [number]) or forget(cloud, caller.user_id))
    assert cloud.records("invoices", id=number) == []
    assert cloud.records("invoice_data", invoice_id=number) == []


@pytest.mark.parametrize("user", ["", "a/b", "..", "x" * 129])
def test_what_can_be_no_user_is_refused(cloud: RunningCloud, user: str) -> None:
    assert forget(cloud, user, code=1) == {}


def test_a_person_at_a_terminal_is_asked_first(caller: Caller, cloud: RunningCloud) -> None:
    number = caller.uploaded()
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "emulators.forget", caller.user_id]
    process = subprocess.Popen(
        command, cwd=ROOT, env=cloud.environment(), stdin=theirs, stdout=subprocess.PIPE, text=True
    )
    os.write(ours, b"n\n")
    output, _ = process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert process.returncode == 1
    assert "nothing removed" in output
    assert caller.data(number)["invoice"]["id"] == number
