"""A process that is killed while it reads an invoice loses nothing and blocks nobody."""

from __future__ import annotations

import base64
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import httpx

from common.domain.ids import scattered_key
from tests.contract.caller import Caller
from tests.documents import Drawn
from tests.emulated.killing import kill_whole
from tests.running import RunningCloud, eventually


def test_killed_in_the_middle_of_a_model_call_the_invoice_is_read_after_the_redelivery(
    http: httpx.Client, cloud: RunningCloud
) -> None:
    caller, drawn = Caller.new(http), Drawn()
    cloud.model_fails("slow", times=1, seconds=60, match=drawn.number)
    invoice_id = caller.uploaded(drawn.pdf())
    eventually(lambda: cloud.records("invoice_time", invoice_id=invoice_id))
    eventually(lambda: caller.data(invoice_id)["processing"]["stage"] == "asking the model")
    former = cloud.pids()["extract_queue"]
    kill_whole(former)
    eventually(lambda: cloud.pids().get("extract_queue", former) != former, within=20)
    found = caller.once(invoice_id, "done", within=90)
    assert found["processing"]["attempt"] == 2
    assert found["invoice_data"]["data"]["data"]["invoice_number"] == drawn.number
    rows = sorted(cloud.records("invoice_time", invoice_id=invoice_id), key=lambda row: row["time"])
    assert [row["outcome"] for row in rows] == ["interrupted", "ok"]
    assert cloud.records("leases", invoice_id=invoice_id) == []
    cloud.model_recovers()


def test_an_answer_that_a_killed_reader_had_paid_for_is_not_paid_for_again(
    http: httpx.Client, cloud: RunningCloud
) -> None:
    caller, drawn = Caller.new(http), Drawn()
    invoice_id = caller.uploaded(drawn.pdf())
    caller.once(invoice_id, "done")
    (record,) = cloud.snapshots("invoices", id=invoice_id)
    (row,) = cloud.snapshots("invoice_time", invoice_id=invoice_id)
    # As it stands when the reader dies between the model's answer and its own last write.
    row.reference.update({"outcome": "started", "input_tokens": 0})
    cost = {"input_tokens": 1000, "output_tokens": 50, "cached_tokens": 0, "thoughts_tokens": 0}
    answer = {
        **cost,
        "fields": {"vendor_name": "Northwind Supplies Ltd", "invoice_number": drawn.number, "items": []},
        "model_asked": "gemini-2.5-pro",
        "model_answered": "gemini-2.5-pro",
        "total_tokens": 1050,
        "seconds": 1.5,
        "source_name": "the one that was paid",
        "truncated": False,
    }
    kept = json.dumps({"log_id": row.get("id"), "answer": answer}).encode()
    past = datetime.now(UTC) - timedelta(seconds=1)
    cloud.firestore().collection("leases").document(scattered_key(str(invoice_id))).set(
        {
            "invoice_id": invoice_id,
            "holder": "a dead reader",
            "until": past,
            "call": row.get("id"),
            "kept": {"generation": record.get("generation"), "answer": kept},
        }
    )
    record.reference.update({"data_fetch": False, "processing.state": "reading"})
    calls = len(cloud.model_calls())
    sent = cloud.push({"eventType": "READ_AGAIN", "invoiceId": str(invoice_id)})
    assert sent.status_code == 200
    found = caller.once(invoice_id, "done")
    assert len(cloud.model_calls()) == calls
    assert found["invoice_data"]["data"]["sources"][0]["name"] == "the one that was paid"
    (completed,) = cloud.records("invoice_time", invoice_id=invoice_id)
    assert (completed["outcome"], completed["input_tokens"]) == ("ok", 1000)
    assert cloud.records("leases", invoice_id=invoice_id) == []


def test_an_answer_about_a_former_file_is_not_taken_for_the_new_ones(
    http: httpx.Client, cloud: RunningCloud
) -> None:
    caller, drawn = Caller.new(http), Drawn()
    invoice_id = caller.uploaded(drawn.pdf())
    caller.once(invoice_id, "done")
    cloud.firestore().collection("leases").document(scattered_key(str(invoice_id))).set(
        {
            "invoice_id": invoice_id,
            "holder": "a dead reader",
            "until": datetime.now(UTC) - timedelta(seconds=1),
            "call": None,
            "kept": {"generation": 1, "answer": b"{}"},
        }
    )
    assert caller.http.post(f"/invoice/{invoice_id}/refetch/").status_code == 200
    eventually(lambda: caller.data(invoice_id)["invoice_data"]["version"] == 2)
    assert [row["outcome"] for row in cloud.records("invoice_time", invoice_id=invoice_id)] == ["ok", "ok"]


def test_a_call_for_a_caller_who_waited_is_marked_too_when_its_process_died(
    http: httpx.Client, cloud: RunningCloud, api_key: str
) -> None:
    drawn = Drawn()
    cloud.model_fails("slow", times=1, seconds=60, match=drawn.number)
    content = base64.b64encode(drawn.pdf()).decode()
    order = {"api_key": api_key, "model": "gemini-2.5-flash", "pdf_base64": content, "pdf_name": drawn.number}
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(http.post, "/process-pdf/gemini/", json=order)
        (row,) = eventually(lambda: cloud.snapshots("invoice_time", file_name=drawn.number))
        former = cloud.pids()["extract"]
        kill_whole(former)
        assert answer.result().status_code >= 500
    eventually(lambda: cloud.pids().get("extract", former) != former, within=20)
    cloud.model_recovers()
    assert cloud.usage_row(row.get("id"))["outcome"] == "started"
    # As it stands when nobody can be waiting any more.
    row.reference.update({"time": row.get("time") - timedelta(minutes=16)})
    other = base64.b64encode(Drawn().pdf()).decode()
    eventually(lambda: http.post("/process-pdf/gemini/", json={**order, "pdf_base64": other}).is_success)
    assert cloud.usage_row(row.get("id"))["outcome"] == "interrupted"
