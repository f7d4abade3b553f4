"""No log line holds what people send: not content, names of files, passwords, keys or tokens."""

from __future__ import annotations

import base64
import json
import secrets
from typing import Any

import httpx
import pytest

from tests.contract.caller import Caller, body
from tests.documents import Drawn
from tests.running import PROJECT, RunningCloud, eventually

PARTS = ("auth", "upload", "invoices", "extract", "extract_queue", "webhook", "check_ui", "gateway")


def test_nothing_that_is_sent_is_logged(http: httpx.Client, cloud: RunningCloud, api_key: str) -> None:
    mark = f"mark{secrets.token_hex(8)}"
    account = {"user_name": f"user-{mark}", "user_password": f"password-{mark}"}
    http.post("/signup/", json=account)
    token = body(http.post("/login/", json=account))["access_token"]
    http.post("/login/", json={**account, "user_password": f"wrong-{mark}"})
    caller = Caller.new(http)
    drawn = Drawn(number=f"INV-{mark}", vendor=f"Vendor {mark}")
    pdf, name = drawn.pdf(), f"{mark}.pdf"
    said = {"vendor_name": mark, "remarks": f"remarks {mark}", "invoice_no": mark[:30]}
    invoice_id = body(caller.upload(pdf, name, **said))["invoice_id"]
    caller.once(invoice_id, "done")
    caller.upload(pdf, name, amt=mark)
    http.get("/invoices/", params={"user_id": mark, "vendor_name": mark}, headers=bearer(token))
    http.get(f"/invoice/{invoice_id}/file/", headers=bearer(token))
    http.get("/check/", params={"invoice_id": invoice_id, "link": mark})
    http.post("/invoice/extract-data/", files={"file": (name, pdf, "application/pdf")})
    broken = b"%PDF-1.7 " + mark.encode()
    http.post("/invoice/extract-data/", files={"file": (name, broken, "application/pdf")})
    content = base64.b64encode(pdf).decode()
    for key in (api_key, f"key-{mark}"):
        order = {"api_key": key, "model": "gemini-2.5-flash", "pdf_base64": content, "pdf_name": name}
        http.post("/process-pdf/gemini/", json=order)
    http.post(f"/webhook/?q={mark}", json={"secret": mark}, headers={"X-Token": mark, **bearer(mark)})
    with cloud.failing_model("bad_json", match=mark):
        http.post("/process-pdf/gemini/v2/", json={**order, "api_key": api_key})
    logs = {part: (cloud.folder / "logs" / f"{part}.log").read_text("utf-8", "replace") for part in PARTS}
    assert all(logs.values())
    for part, text in logs.items():
        for secret in (mark, token, api_key, content[:60]):
            assert secret not in text, f"{part} logs what was sent"


def test_what_is_logged_can_be_followed_by_its_request_id(http: httpx.Client, cloud: RunningCloud) -> None:
    caller, trace = Caller.new(http), f"trace-{secrets.token_hex(6)}"
    answer = http.post(
        "/upload/",
        data={"user_id": caller.user_id},
        files={"file": ("invoice.pdf", Drawn().pdf(), "application/pdf")},
        headers={"X-Request-Id": trace},
    )
    caller.once(body(answer)["invoice_id"], "done")
    followed = {}
    for part in ("upload", "extract_queue"):
        lines = (cloud.folder / "logs" / f"{part}.log").read_text("utf-8").splitlines()
        followed[part] = [json.loads(line) for line in lines if trace in line]
        assert all(line["severity"] == "INFO" for line in followed[part])
    assert {"model call", "invoice read"} <= {line["message"] for line in followed["extract_queue"]}
    (answered,) = followed["upload"]
    assert answered["route"] == "/upload/"
    assert (answered["method"], answered["status"]) == ("POST", 201)


def test_every_line_of_a_request_and_of_the_work_it_set_off_is_in_its_trace(
    http: httpx.Client, cloud: RunningCloud
) -> None:
    caller, request_id = Caller.new(http), f"request-{secrets.token_hex(6)}"
    trace, span = secrets.token_hex(16), secrets.token_hex(8)
    answer = http.post(
        "/upload/",
        data={"user_id": caller.user_id},
        files={"file": ("invoice.pdf", Drawn().pdf(), "application/pdf")},
        headers={"X-Request-Id": request_id, "traceparent": f"00-{trace}-{span}-01"},
    )
    invoice_id = body(answer)["invoice_id"]
    caller.once(invoice_id, "done")
    eventually(
        lambda: "answered" in {line["message"] for line in lines_of(cloud, "extract_queue", request_id)}
    )
    again = {"X-Request-Id": request_id, "X-Cloud-Trace-Context": f"{trace}/{int(span, 16)};o=1"}
    http.get(f"/invoice/{invoice_id}/data/", headers=again)
    refetched = {"X-Request-Id": request_id, "traceparent": f"00-{trace}-{span}-01"}
    assert http.post(f"/invoice/{invoice_id}/refetch/", headers=refetched).status_code == 200
    caller.once(invoice_id, "done")
    for part, least in (("upload", 1), ("invoices", 2), ("extract_queue", 6)):
        lines = lines_of(cloud, part, request_id)
        assert len(lines) >= least, part
        for line in lines:
            assert line["logging.googleapis.com/trace"] == f"projects/{PROJECT}/traces/{trace}"
            assert line["logging.googleapis.com/spanId"] == span
            assert line["logging.googleapis.com/trace_sampled"] is True


@pytest.mark.parametrize(
    "headers",
    [
        {"traceparent": f"00-{'0' * 32}-{'1' * 16}-01"},
        {"traceparent": f'00-{"1" * 32}-{"1" * 16}-01", "severity": "ERROR'},
        {"traceparent": "x" * 5000},
        {"X-Cloud-Trace-Context": f"../../{'1' * 32}/1;o=1"},
        {"X-Cloud-Trace-Context": f"{'1' * 32}/{'9' * 20};o=1"},
    ],
    ids=["zeros", "more", "long", "path", "large"],
)
def test_a_header_that_is_no_trace_is_logged_nowhere(
    http: httpx.Client, cloud: RunningCloud, headers: dict[str, str]
) -> None:
    request_id = f"request-{secrets.token_hex(6)}"
    answer = http.get("/invoices/?user_id=nobody", headers={**headers, "X-Request-Id": request_id})
    assert answer.status_code == 200
    (line,) = eventually(lambda: lines_of(cloud, "invoices", request_id))
    assert not [name for name in line if name.startswith("logging.googleapis.com/")]


def lines_of(cloud: RunningCloud, part: str, request_id: str) -> list[dict[str, Any]]:
    """What a part logged of a request."""
    text = (cloud.folder / "logs" / f"{part}.log").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines() if request_id in line]


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
