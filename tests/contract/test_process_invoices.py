"""/process-invoices/ as documented."""

from __future__ import annotations

import httpx
import pytest

from tests.contract.caller import Caller, body, error
from tests.documents import Drawn
from tests.running import RunningCloud

PATH = "/process-invoices/"


@pytest.mark.parametrize(
    ("fields", "answer"),
    [
        ({}, (400, "invoice_id is required")),
        ({"invoice_id": ""}, (400, "invoice_id is required")),
        ({"invoice_id": 1}, (400, "user_id is required")),
        ({"invoice_id": "abc"}, (400, "user_id is required")),
        ({"invoice_id": "abc", "user_id": "1"}, (400, "invoice_id must be a valid integer")),
        ({"invoice_id": True, "user_id": "1"}, (400, "invoice_id must be a valid integer")),
        ({"invoice_id": "1e3", "user_id": "1"}, (400, "invoice_id must be a valid integer")),
        ({"invoice_id": "abc", "user_id": []}, (400, "user_id must be a string")),
        ({"invoice_id": 0, "user_id": "1"}, (404, "Invoice not found")),
        ({"invoice_id": 10**30, "user_id": "1"}, (404, "Invoice not found")),
    ],
)
def test_errors_come_in_the_documented_order(
    http: httpx.Client, fields: dict[str, object], answer: tuple[int, str]
) -> None:
    assert error(http.post(PATH, json=fields)) == answer


def test_an_invoice_that_the_queue_has_read_is_already_processed(http: httpx.Client) -> None:
    caller = Caller.new(http)
    invoice_id = caller.uploaded()
    caller.once(invoice_id, "done")
    for sent in (
        {"json": {"invoice_id": invoice_id, "user_id": caller.user_id}},
        {"data": {"invoice_id": str(invoice_id), "user_id": caller.user_id}},
    ):
        response = http.post(PATH, **sent)
        assert (response.status_code, body(response)) == (
            200,
            {"message": "Invoice already processed", "invoice_id": invoice_id, "status": "already_processed"},
        )


def test_only_the_user_who_uploaded_it_may_process_an_invoice(http: httpx.Client) -> None:
    caller = Caller.new(http)
    invoice_id = caller.uploaded()
    response = http.post(PATH, json={"invoice_id": invoice_id, "user_id": "somebody-else"})
    assert error(response) == (403, "Permission denied. You can only process invoices you uploaded.")


def test_a_failed_invoice_is_processed_on_demand(http: httpx.Client, cloud: RunningCloud) -> None:
    caller = Caller.new(http)
    drawn = Drawn()
    cloud.model_fails("safety", times=None, match=drawn.number)
    invoice_id = caller.uploaded(drawn.pdf())
    failed = caller.once(invoice_id, "failed")
    assert failed["invoice"]["data_fetch"] == "N"
    assert failed["invoice_data"]["status"] == "ERROR"
    assert failed["invoice_data"]["data"]["status"] is False
    assert failed["invoice_data"]["data"]["message"]
    again = http.post(PATH, json={"invoice_id": invoice_id, "user_id": caller.user_id})
    answer = body(again)
    assert again.status_code == 500
    assert (answer["error"], answer["invoice_id"]) == ("Processing failed", invoice_id)
    assert answer["result"]["status"] == "error"
    cloud.model_recovers()
    response = http.post(PATH, json={"invoice_id": invoice_id, "user_id": caller.user_id})
    assert (response.status_code, body(response)) == (
        200,
        {
            "message": "Invoice processed successfully",
            "invoice_id": invoice_id,
            "result": {"invoice_id": invoice_id, "status": "success", "message": "Processed successfully"},
        },
    )
    found = caller.data(invoice_id)
    assert found["invoice"]["data_fetch"] == "Y"
    assert found["invoice_data"]["data"]["data"]["invoice_number"] == drawn.number
