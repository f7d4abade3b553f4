"""What the queue brings is read once, whatever is delivered and however often."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from tests.contract.caller import Caller, body
from tests.documents import Drawn
from tests.running import RunningCloud, eventually


@pytest.fixture
def caller(http: httpx.Client) -> Caller:
    return Caller.new(http)


def notification(cloud: RunningCloud, name: str) -> dict[str, str]:
    """The attributes that the bucket's notification of an object has."""
    described = httpx.get(cloud.object_url(name), timeout=30).json()
    return {
        "eventType": "OBJECT_FINALIZE",
        "bucketId": "invoices",
        "objectId": name,
        "objectGeneration": described["generation"],
        "payloadFormat": "JSON_API_V1",
    }


def test_an_uploaded_invoice_is_read_without_another_call(caller: Caller, cloud: RunningCloud) -> None:
    drawn = Drawn()
    invoice_id = caller.uploaded(drawn.pdf())
    found = caller.once(invoice_id, "done")
    assert found["invoice_data"]["data"]["data"]["invoice_number"] == drawn.number
    (row,) = cloud.records("invoice_time", invoice_id=invoice_id)
    assert row["outcome"] == "ok"
    assert row["model_asked"] == "gemini-2.5-pro"
    assert row["pages"] == 1
    assert row["input_tokens"] > 258
    assert row["file_name"] == f"docs/{caller.user_id}/invoice.pdf"
    assert row["usd_inr"] == "90"


def test_the_same_notification_twenty_times_at_once_costs_one_model_call(
    caller: Caller, cloud: RunningCloud
) -> None:
    drawn = Drawn()
    with cloud.failing_model("slow", seconds=2, match=drawn.number):
        invoice_id = caller.uploaded(drawn.pdf())
        message = notification(cloud, f"docs/{caller.user_id}/invoice.pdf")
        with ThreadPoolExecutor(20) as pool:
            answers = list(pool.map(lambda _: cloud.push(message), range(20)))
        assert {answer.status_code for answer in answers} <= {200, 503}
        caller.once(invoice_id, "done")
    assert cloud.push(message).status_code == 200
    rows = cloud.records("invoice_time", invoice_id=invoice_id)
    assert [row["outcome"] for row in rows] == ["ok"]


def test_a_caller_who_waits_shares_the_queues_model_call(caller: Caller, cloud: RunningCloud) -> None:
    drawn = Drawn()
    with cloud.failing_model("slow", seconds=3, match=drawn.number):
        invoice_id = caller.uploaded(drawn.pdf())
        wish = {"invoice_id": invoice_id, "user_id": caller.user_id}
        with ThreadPoolExecutor(3) as pool:
            answers = list(pool.map(lambda _: caller.http.post("/process-invoices/", json=wish), range(3)))
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert len(cloud.records("invoice_time", invoice_id=invoice_id)) == 1


def test_a_passing_fault_is_retried_until_it_has_passed(caller: Caller, cloud: RunningCloud) -> None:
    drawn = Drawn()
    cloud.model_fails("503", times=2, match=drawn.number)
    invoice_id = caller.uploaded(drawn.pdf())
    found = caller.once(invoice_id, "done")
    assert found["processing"]["attempt"] == 3
    rows = sorted(cloud.records("invoice_time", invoice_id=invoice_id), key=lambda row: row["time"])
    assert [row["outcome"] for row in rows] == ["server_error", "server_error", "ok"]


def test_after_the_last_attempt_the_record_and_the_dead_letters_say_so(
    caller: Caller, cloud: RunningCloud
) -> None:
    drawn = Drawn()
    with cloud.failing_model("429", match=drawn.number):
        invoice_id = caller.uploaded(drawn.pdf())
        found = caller.once(invoice_id, "failed", within=120)
    assert found["invoice"]["data_fetch"] == "N"
    assert found["invoice_data"]["status"] == "ERROR"
    assert found["processing"]["attempt"] == 5
    rows = cloud.records("invoice_time", invoice_id=invoice_id)
    assert [row["outcome"] for row in rows] == ["rate_limited"] * 5
    name = f"docs/{caller.user_id}/invoice.pdf"
    letter = eventually(
        lambda: [one for one in cloud.dead_letters() if one["attributes"].get("objectId") == name]
    )
    assert letter[0]["attributes"]["deadLetterReason"]


@pytest.mark.parametrize(
    "pdf", [b"%PDF-1.7\nnothing that a PDF has", b"%PDF-1.4\n%%EOF\n"], ids=["no pages", "empty"]
)
def test_a_pdf_that_can_never_be_read_is_an_error_at_once(
    caller: Caller, cloud: RunningCloud, pdf: bytes
) -> None:
    invoice_id = caller.uploaded(pdf)
    found = caller.once(invoice_id, "failed", within=20)
    assert found["invoice_data"]["status"] == "ERROR"
    assert found["invoice_data"]["data"]["message"]
    assert cloud.records("invoice_time", invoice_id=invoice_id) == []


def test_a_pdf_that_is_copied_into_the_bucket_becomes_an_invoice(caller: Caller, cloud: RunningCloud) -> None:
    drawn = Drawn()
    name = f"docs/{caller.user_id}/scanner/2026/पावती.PDF"
    cloud.put_object(name, drawn.pdf())
    (invoice,) = eventually(lambda: caller.listed()["invoices"])
    assert invoice["file_name"] == name
    assert invoice["auth_id"] == caller.user_id
    found = caller.once(invoice["id"], "done")
    assert found["invoice_data"]["data"]["data"]["invoice_number"] == drawn.number
    cloud.push(notification(cloud, name))
    assert len(caller.listed()["invoices"]) == 1


def test_a_copy_made_with_gcsfs_becomes_an_invoice(
    caller: Caller, cloud: RunningCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The library asks a real service what kind of bucket this is, which no emulator answers.
    monkeypatch.setenv("GCSFS_EXPERIMENTAL_ZB_HNS_SUPPORT", "false")
    import gcsfs

    files = gcsfs.GCSFileSystem(
        project="local-invoices", token="anon", endpoint_url=cloud.urls["storage"], skip_instance_cache=True
    )
    drawn = Drawn()
    files.pipe(f"invoices/docs/{caller.user_id}/dropped.pdf", drawn.pdf())
    (invoice,) = eventually(lambda: caller.listed()["invoices"])
    found = caller.once(invoice["id"], "done")
    assert found["invoice_data"]["data"]["data"]["invoice_number"] == drawn.number
    asyncio.run_coroutine_threadsafe(files.session.close(), files.loop).result(10)


def test_an_uploaders_own_copy_of_an_invoice_is_an_invoice_of_its_own(
    caller: Caller, cloud: RunningCloud
) -> None:
    pdf = Drawn().pdf()
    first = caller.uploaded(pdf)
    source = cloud.object_url(f"docs/{caller.user_id}/invoice.pdf")
    target = f"docs%2F{caller.user_id}%2Fcopy.pdf"
    httpx.post(f"{source}/rewriteTo/b/invoices/o/{target}", timeout=30).raise_for_status()
    eventually(lambda: len(caller.listed()["invoices"]) == 2)
    second = caller.listed()["invoices"][1]["id"]
    found = caller.once(second, "done")
    assert found["invoice_data"]["data"]["duplicates"] == [first]


@pytest.mark.parametrize(("first", "second"), [("GB980780684", None), (None, "GB980780684")])
def test_a_print_that_lacks_the_vendors_tax_id_is_a_duplicate_all_the_same(
    caller: Caller, first: str | None, second: str | None
) -> None:
    number = Drawn().number
    former = caller.uploaded(Drawn(number, tax_id=first).pdf())
    assert caller.once(former, "done")["invoice_data"]["data"]["data"]["vendor_tax_id"] == first
    latter = caller.once(caller.uploaded(Drawn(number, tax_id=second).pdf()), "done")
    assert latter["invoice_data"]["data"]["data"]["vendor_tax_id"] == second
    assert latter["invoice_data"]["data"]["duplicates"] == [former]


def test_a_dropped_file_that_is_replaced_is_read_again_as_the_same_invoice(
    caller: Caller, cloud: RunningCloud
) -> None:
    name = f"docs/{caller.user_id}/scan.pdf"
    former, latter = Drawn(), Drawn()
    cloud.put_object(name, former.pdf())
    (invoice,) = eventually(lambda: caller.listed()["invoices"])
    caller.once(invoice["id"], "done")
    cloud.put_object(name, latter.pdf())
    eventually(
        lambda: caller.data(invoice["id"])["invoice_data"]["data"]["data"]["invoice_number"] == latter.number
    )
    assert len(caller.listed()["invoices"]) == 1


def test_nothing_else_in_the_bucket_becomes_an_invoice(caller: Caller, cloud: RunningCloud) -> None:
    pdf = Drawn().pdf()
    files = {
        "file": ("invoice.pdf", pdf, "application/pdf"),
        "supporting_doc_1": ("proof.pdf", pdf, "application/pdf"),
    }
    caller.http.post("/upload/", data={"user_id": caller.user_id}, files=files)
    for name, content in (
        (f"docs/{caller.user_id}/notes.txt", b"text"),
        (f"docs/{caller.user_id}/fake.pdf", b"no pdf at all"),
        ("docs/loose.pdf", pdf),
        ("docs/a b/spaced.pdf", pdf),
        (f"other/{caller.user_id}/x.pdf", pdf),
    ):
        cloud.put_object(name, content)
        assert cloud.push(notification(cloud, name)).status_code == 200
    last = f"docs/{caller.user_id}/last.pdf"
    cloud.put_object(last, Drawn().pdf())
    eventually(lambda: last in [invoice["file_name"] for invoice in caller.listed()["invoices"]])
    assert len(caller.listed()["invoices"]) == 2


def test_a_message_that_overtakes_its_record_asks_to_be_delivered_again(
    caller: Caller, cloud: RunningCloud
) -> None:
    invoice_id = caller.uploaded()
    caller.once(invoice_id, "done")
    name = f"docs/{caller.user_id}/invoice.pdf"
    message = notification(cloud, name)
    (record,) = cloud.snapshots("invoices", id=invoice_id)
    (claim,) = cloud.snapshots("object_names", name=name)
    claim.reference.update({"expires": datetime.now(UTC) + timedelta(minutes=5)})
    record.reference.update({"shown": False, "data_fetch": False})
    assert cloud.push(message).status_code == 503
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(cloud.push, message)
        time.sleep(1)
        record.reference.update({"shown": True})
        assert waiting.result().status_code == 200
    assert caller.data(invoice_id)["invoice"]["data_fetch"] == "Y"


def test_a_message_about_an_object_that_is_gone_is_taken(cloud: RunningCloud) -> None:
    message = {"eventType": "OBJECT_FINALIZE", "objectId": "docs/nobody/gone.pdf", "objectGeneration": "1"}
    assert cloud.push(message).status_code == 200


def test_other_events_are_taken_and_ignored(cloud: RunningCloud) -> None:
    assert cloud.push({"eventType": "OBJECT_DELETE", "objectId": "docs/a/b.pdf"}).status_code == 200


def test_what_is_no_push_is_refused(cloud: RunningCloud) -> None:
    for content in (b"", b"{}", b'{"message": 1}', b'{"message": {"data": "?"}}'):
        answer = httpx.post(f"{cloud.urls['extract_queue']}/", content=content, timeout=30)
        assert answer.status_code == 400


def test_former_results_are_kept_as_history(caller: Caller, cloud: RunningCloud) -> None:
    invoice_id = caller.uploaded()
    before = caller.once(invoice_id, "done")["invoice_data"]
    caller.http.post(f"/invoice/{invoice_id}/refetch/")
    eventually(lambda: caller.data(invoice_id)["invoice_data"]["version"] == 2)
    (current,) = cloud.snapshots("invoice_data", invoice_id=invoice_id)
    (former,) = current.reference.collection("history").get(timeout=30)
    assert former.get("version") == before["version"]


def test_the_request_that_uploaded_an_invoice_is_named_where_it_was_read(
    caller: Caller, cloud: RunningCloud
) -> None:
    answer = caller.http.post(
        "/upload/",
        data={"user_id": caller.user_id},
        files={"file": ("invoice.pdf", Drawn().pdf(), "application/pdf")},
        headers={"X-Request-Id": f"trace-{caller.user_id}"},
    )
    assert answer.headers["x-request-id"] == f"trace-{caller.user_id}"
    name = body(answer)["file_path"]
    described = httpx.get(cloud.object_url(name), timeout=30).json()
    assert described["metadata"]["request_id"] == f"trace-{caller.user_id}"
