"""Dead letters are not an end: what was given up is listed, sent again and read once, or discarded."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from common.processing import GIVEN_UP
from tests.contract.caller import Caller, body
from tests.documents import Drawn
from tests.running import PROJECT, RunningCloud, eventually

ROOT = Path(__file__).parents[2]


@pytest.fixture
def caller(http: httpx.Client) -> Caller:
    return Caller.new(http)


def deadletter(cloud: RunningCloud, *words: str) -> subprocess.CompletedProcess[str]:
    """The operator's command on this system."""
    return subprocess.run(
        [sys.executable, "-m", "emulators.deadletter", *words],
        cwd=ROOT,
        env=cloud.environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def letters_about(cloud: RunningCloud, text: str) -> list[list[str]]:
    """The listed letters whose line has `text`: id, time, invoice, object, reason."""
    done = deadletter(cloud, "list")
    assert done.returncode == 0, done.stderr
    return [line.split("\t") for line in done.stdout.splitlines() if text in line]


def write_letter(cloud: RunningCloud, attributes: dict[str, str]) -> None:
    """A message that was given up, as the handler or Pub/Sub itself writes it."""
    httpx.post(
        f"{cloud.urls['pubsub']}/v1/projects/{PROJECT}/topics/invoice-files-dead:publish",
        json={"messages": [{"attributes": attributes}]},
        timeout=30,
    ).raise_for_status()


def gave_up(cloud: RunningCloud, caller: Caller, drawn: Drawn) -> int:
    """An invoice on which the queue has made all its attempts in vain."""
    with cloud.failing_model("503", match=drawn.number):
        invoice_id = caller.uploaded(drawn.pdf())
        caller.once(invoice_id, "failed", within=120)
    return invoice_id


def calls_of(cloud: RunningCloud, invoice_id: int) -> list[str]:
    rows = sorted(cloud.records("invoice_time", invoice_id=invoice_id), key=lambda row: row["time"])
    return [row["outcome"] for row in rows]


def test_a_letter_that_is_replayed_twice_is_read_once(caller: Caller, cloud: RunningCloud) -> None:
    drawn = Drawn()
    invoice_id = gave_up(cloud, caller, drawn)
    name = f"docs/{caller.user_id}/invoice.pdf"
    ((letter, _, invoice, listed_name, reason),) = eventually(lambda: letters_about(cloud, name))
    assert (invoice, listed_name) == (f"invoice {invoice_id}", name)
    assert "the model's service failed" in reason
    # A replay that was cut off before it could settle the letter is made once more: the same letter again.
    (copy,) = [one for one in cloud.dead_letters() if one["attributes"].get("objectId") == name]
    assert copy["messageId"] == letter
    done = deadletter(cloud, "replay", letter)
    assert (done.returncode, done.stdout) == (0, f"{letter}\tsent again\n")
    write_letter(cloud, copy["attributes"])
    ((second, *_),) = eventually(lambda: letters_about(cloud, name))
    assert deadletter(cloud, "replay", second).returncode == 0
    found = caller.once(invoice_id, "done")
    assert found["invoice_data"]["data"]["data"]["invoice_number"] == drawn.number
    time.sleep(3)
    assert calls_of(cloud, invoice_id) == ["server_error"] * 5 + ["ok"]
    assert letters_about(cloud, name) == []
    assert len(caller.listed()["invoices"]) == 1


def test_replaying_what_was_read_meanwhile_reads_nothing(caller: Caller, cloud: RunningCloud) -> None:
    invoice_id = caller.uploaded()
    caller.once(invoice_id, "done")
    for _ in range(2):
        write_letter(
            cloud,
            {"eventType": "READ_AGAIN", "invoiceId": str(invoice_id), "deadLetterReason": "no answer"},
        )
    listed = eventually(lambda: letters_about(cloud, f"invoice {invoice_id}\t"))
    done = deadletter(cloud, "replay", "all")
    assert done.returncode == 0, done.stderr
    assert all(letter in done.stdout for letter, *_ in listed)
    time.sleep(2)
    assert calls_of(cloud, invoice_id) == ["ok"]
    assert letters_about(cloud, f"invoice {invoice_id}\t") == []


def test_a_dropped_file_whose_message_was_given_up_becomes_an_invoice(
    caller: Caller, cloud: RunningCloud
) -> None:
    drawn = Drawn()
    name = f"docs/{caller.user_id}/lost.pdf"
    cloud.put_object(name, drawn.pdf())
    (invoice,) = eventually(lambda: caller.listed()["invoices"])
    caller.once(invoice["id"], "done")
    for collection in ("invoices", "object_names"):
        for one in cloud.snapshots(collection):
            if name in (one.to_dict() or {}).values():
                one.reference.delete()
    generation = httpx.get(cloud.object_url(name), timeout=30).json()["generation"]
    write_letter(
        cloud,
        {
            "eventType": "OBJECT_FINALIZE",
            "objectId": name,
            "objectGeneration": generation,
            "CloudPubSubDeadLetterSourceDeliveryCount": "10",
        },
    )
    (again,) = eventually(lambda: caller.listed()["invoices"])
    assert again["id"] != invoice["id"]
    assert caller.once(again["id"], "failed")["invoice_data"]["data"]["message"] == GIVEN_UP
    ((letter, _, of_invoice, _, reason),) = eventually(lambda: letters_about(cloud, name))
    assert of_invoice == f"invoice {again['id']}"
    assert reason == "not taken in all its deliveries"
    assert deadletter(cloud, "replay", letter).returncode == 0
    found = caller.once(again["id"], "done")
    assert found["invoice_data"]["data"]["data"]["invoice_number"] == drawn.number


def left_waiting(cloud: RunningCloud, invoice_id: int, stage: str, since: datetime) -> None:
    """Puts an invoice back to where it was when the last delivery of its message broke off."""
    (record,) = cloud.snapshots("invoices", id=invoice_id)
    processing = {"state": "queued", "stage": stage, "attempt": 1, "since": since}
    record.reference.update({"data_fetch": False, "processing": processing})


def test_an_invoice_whose_message_pubsub_gave_up_says_so_until_it_is_replayed(
    caller: Caller, cloud: RunningCloud
) -> None:
    drawn = Drawn()
    invoice_id = caller.uploaded(drawn.pdf())
    caller.once(invoice_id, "done")
    left_waiting(cloud, invoice_id, "waiting to be read", datetime.now(UTC) - timedelta(hours=1))
    write_letter(cloud, {"eventType": "READ_AGAIN", "invoiceId": str(invoice_id)})
    found = caller.once(invoice_id, "failed")
    assert found["invoice"]["data_fetch"] == "N"
    assert found["invoice_data"]["status"] == "ERROR"
    assert found["invoice_data"]["data"]["message"] == GIVEN_UP
    waiting = body(caller.http.get("/review/", params={"user_id": caller.user_id}))
    assert [(record["invoice_id"], record["codes"]) for record in waiting["records"]] == [
        (invoice_id, ["failed"])
    ]
    ((letter, *_),) = eventually(lambda: letters_about(cloud, f"invoice {invoice_id}\t"))
    assert deadletter(cloud, "replay", letter).returncode == 0
    found = caller.once(invoice_id, "done")
    assert found["invoice_data"]["data"]["data"]["invoice_number"] == drawn.number
    assert calls_of(cloud, invoice_id) == ["ok", "ok"]


def test_a_letter_that_is_told_late_takes_nothing_from_a_newer_wish(
    caller: Caller, cloud: RunningCloud
) -> None:
    invoice_id = caller.uploaded()
    caller.once(invoice_id, "done")
    left_waiting(cloud, invoice_id, "sent again, waiting to be read", datetime.now(UTC))
    told = {"eventType": "READ_AGAIN", "invoiceId": str(invoice_id)}
    for minutes, state in ((1, "queued"), (-1, "failed")):
        message = {
            "attributes": told,
            "messageId": "1",
            "publishTime": (datetime.now(UTC) - timedelta(minutes=minutes)).isoformat(),
        }
        for _ in range(3):
            answer = httpx.post(
                f"{cloud.urls['extract_queue']}/given-up/", json={"message": message}, timeout=60
            )
            assert answer.status_code == 200
        assert caller.data(invoice_id)["processing"]["state"] == state
    assert calls_of(cloud, invoice_id) == ["ok"]


@pytest.mark.parametrize(
    "told",
    [
        {"eventType": "READ_AGAIN", "invoiceId": "many"},
        {"eventType": "READ_AGAIN"},
        {"eventType": "OBJECT_FINALIZE", "objectId": "docs/1/a.pdf"},
        {"eventType": "OBJECT_FINALIZE", "objectGeneration": "1"},
        {},
    ],
)
def test_a_message_that_names_nothing_is_not_asked_for_again(
    cloud: RunningCloud, told: dict[str, str]
) -> None:
    for path in ("/", "/given-up/"):
        url = f"{cloud.urls['extract_queue']}{path}"
        assert httpx.post(url, json={"message": {"attributes": told}}, timeout=30).status_code == 200
        bad = {"message": {"attributes": told, "publishTime": "yesterday"}}
        assert httpx.post(url, json=bad, timeout=30).status_code == 400


def test_a_discarded_letter_is_gone_and_nothing_is_read(caller: Caller, cloud: RunningCloud) -> None:
    invoice_id = caller.uploaded(b"%PDF-1.7\nnothing that a PDF has")
    caller.once(invoice_id, "failed")
    write_letter(cloud, {"eventType": "READ_AGAIN", "invoiceId": str(invoice_id), "deadLetterReason": "?"})
    ((letter, *_),) = eventually(lambda: letters_about(cloud, f"invoice {invoice_id}\t"))
    done = deadletter(cloud, "discard", letter)
    assert (done.returncode, done.stdout) == (0, f"{letter}\tdiscarded\n")
    assert letters_about(cloud, f"invoice {invoice_id}\t") == []
    assert caller.data(invoice_id)["processing"]["state"] == "failed"


def test_listing_leaves_the_letters_where_they_are(cloud: RunningCloud) -> None:
    write_letter(cloud, {"eventType": "READ_AGAIN", "invoiceId": "999999999", "deadLetterReason": "listed"})
    first = eventually(lambda: letters_about(cloud, "invoice 999999999\t"))
    assert letters_about(cloud, "invoice 999999999\t") == first
    done = deadletter(cloud, "replay", first[0][0])
    assert done.stdout == f"{first[0][0]}\tread meanwhile, or gone: nothing to do\n"


def test_a_letter_that_does_not_exist_is_said_to(cloud: RunningCloud) -> None:
    done = deadletter(cloud, "replay", "no-such-letter")
    assert done.returncode == 1
    assert done.stderr == "deadletter: there is no dead letter no-such-letter\n"
