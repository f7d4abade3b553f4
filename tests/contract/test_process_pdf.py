"""/process-pdf/ on both services, in both versions, as documented."""

from __future__ import annotations

import base64
from decimal import Decimal

import httpx
import pytest

from tests.contract.caller import body, error
from tests.documents import Drawn
from tests.running import RunningCloud

ENDPOINTS = ("gemini", "vertex", "gemini/v2", "vertex/v2")
MESSAGES = {
    "gemini": "PDF processed successfully",
    "vertex": "PDF processed successfully via Vertex AI",
    "gemini/v2": "PDF processed (V2 optimized)",
    "vertex/v2": "PDF processed via Vertex AI (V2 optimized)",
}
MODELS = {
    "gemini": "gemini-2.5-pro, gemini-3-pro-preview, gemini-3-pro-image-preview, gemini-2.0-flash, "
    "gemini-2.5-flash",
    "vertex": "gemini-2.5-pro, gemini-2.5-flash, gemini-3-pro-preview, gemini-3-pro-image-preview",
    "gemini/v2": "gemini-2.5-pro, gemini-3-pro-preview, gemini-3-pro-image-preview, gemini-2.5-flash",
    "vertex/v2": "gemini-2.5-pro, gemini-3-pro-preview, gemini-3-pro-image-preview, gemini-2.5-flash",
}
FLASH = {
    "gemini": ("0.30", "2.50"),
    "vertex": ("0.10", "0.40"),
    "gemini/v2": ("0.30", "2.50"),
    "vertex/v2": ("0.30", "2.50"),
}


def send(http: httpx.Client, endpoint: str, **fields: object) -> httpx.Response:
    return http.post(f"/process-pdf/{endpoint}/", json={k: v for k, v in fields.items() if v is not None})


def order(api_key: str, pdf: bytes = b"", **fields: str | int) -> dict[str, object]:
    content = base64.b64encode(pdf or Drawn().pdf()).decode()
    return {"api_key": api_key, "model": "gemini-2.5-flash", "pdf_base64": content, **fields}


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_a_pdf_is_read_and_priced_exactly(http: httpx.Client, api_key: str, endpoint: str) -> None:
    drawn = Drawn()
    response = send(http, endpoint, **order(api_key, drawn.pdf(), pdf_name="invoice.pdf"))
    assert response.status_code == 200
    answer = body(response)
    assert (answer["status"], answer["message"], answer["model"]) == (
        True,
        MESSAGES[endpoint],
        "gemini-2.5-flash",
    )
    assert answer["data"]["invoice_number"] == drawn.number
    usage = answer["token_usage"]
    names = (
        ("input", "output", "total")
        if "v2" in endpoint
        else ("input_tokens", "output_tokens", "total_tokens")
    )
    assert tuple(usage) == names
    tokens_in, tokens_out, total = (usage[name] for name in names)
    assert total == tokens_in + tokens_out
    price_in, price_out = map(Decimal, FLASH[endpoint])
    usd = (tokens_in * price_in + tokens_out * price_out) / 1_000_000
    assert answer["price_usd"] == usd
    assert answer["price_inr"] == usd * 90
    assert answer["price"] == (usd * 90 if endpoint == "vertex" else usd)
    assert answer["log_id"] > 0
    assert answer["time_taken"] > 0
    assert {"evidence", "checks", "review", "pages", "sources", "duplicates", "usage"} <= set(answer)
    assert answer["sources"][0]["name"].startswith("local")


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_errors_come_in_the_documented_order(http: httpx.Client, api_key: str, endpoint: str) -> None:
    good = order(api_key)
    model_error = f"Invalid model. Supported models: {MODELS[endpoint]}"
    for fields, answer in (
        ({}, (400, "api_key is required")),
        ({"api_key": "x"}, (400, "model is required")),
        ({"api_key": "x", "model": "y"}, (400, "pdf_base64 is required")),
        ({**good, "pdf_name": 7}, (400, "pdf_name must be a string")),
        ({**good, "api_key": 7}, (400, "api_key must be a string")),
        ({**good, "model": "gpt", "api_key": "wrong"}, (400, model_error)),
        ({**good, "api_key": "wrong", "pdf_base64": "?"}, (401, "Invalid API key")),
        ({**good, "pdf_base64": "not base64!"}, (400, "pdf_base64 must be a Base64 encoded PDF")),
        ({**good, "pdf_base64": "aGVsbG8="}, (400, "pdf_base64 must be a Base64 encoded PDF")),
    ):
        assert error(send(http, endpoint, **fields)) == answer


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_a_body_that_is_no_object_is_refused(http: httpx.Client, endpoint: str) -> None:
    assert error(http.post(f"/process-pdf/{endpoint}/", content=b"[1]")) == (400, "Invalid JSON")


def test_a_pdf_that_cannot_be_read_says_why(http: httpx.Client, api_key: str) -> None:
    broken = b"%PDF-1.7\n" + b"nothing that a PDF has " * 20
    status, text = error(send(http, "gemini", **order(api_key, broken)))
    assert status == 422
    assert text.startswith("PDF cannot be read: ")


def test_a_model_that_keeps_failing_is_said_to_with_its_log_row(
    http: httpx.Client, api_key: str, cloud: RunningCloud
) -> None:
    drawn = Drawn()
    cloud.model_fails("500", times=None, match=drawn.number)
    try:
        response = send(http, "gemini", **order(api_key, drawn.pdf()))
    finally:
        cloud.model_recovers()
    assert response.status_code == 500
    answer = body(response)
    assert answer["error"] == "Processing failed"
    row = cloud.usage_row(answer["log_id"])
    assert row["outcome"] == "server_error"
    assert row["api_key"] == "development"


def test_a_passing_fault_of_the_model_is_tried_again(
    http: httpx.Client, api_key: str, cloud: RunningCloud
) -> None:
    drawn = Drawn()
    cloud.model_fails("429", times=1, match=drawn.number)
    answer = body(send(http, "gemini", **order(api_key, drawn.pdf())))
    assert answer["data"]["invoice_number"] == drawn.number
    assert answer["usage"]["model_calls"] == 2


@pytest.mark.parametrize("location", ["evil.example/", "a b"])
def test_a_location_that_could_be_another_host_is_refused(
    http: httpx.Client, api_key: str, location: str
) -> None:
    assert error(send(http, "vertex", **order(api_key, location=location))) == (400, "location is not valid")


def test_a_project_that_could_be_another_path_is_refused(http: httpx.Client, api_key: str) -> None:
    assert error(send(http, "vertex/v2", **order(api_key, project_id="../x"))) == (
        400,
        "project_id is not valid",
    )


def test_a_location_and_project_of_ones_own_are_used(
    http: httpx.Client, api_key: str, cloud: RunningCloud
) -> None:
    drawn = Drawn()
    mine = order(api_key, drawn.pdf(), project_id="my-gcp-project", location="asia-south1")
    assert send(http, "vertex/v2", **mine).status_code == 200
    paths = [call["path"] for call in cloud.model_calls()]
    assert any("/projects/my-gcp-project/locations/asia-south1/" in path for path in paths)
