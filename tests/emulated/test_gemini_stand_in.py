"""The Gemini stand-in as a running server, called by the official client for both services."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pypdf
import pytest
from google import genai
from google.genai import errors, types
from google.oauth2.credentials import Credentials

from common.domain import exact_json
from tests.unit.emulators.gemini.drawn import Paper, us_invoice

ROOT = Path(__file__).parents[2]
MODEL = "gemini-2.5-flash"
GENERATE = f"/v1beta/models/{MODEL}:generateContent"
VERTEX = f"/v1beta1/projects/p/locations/us-central1/publishers/google/models/{MODEL}:generateContent"
NULLABLE = {"nullable": True}
SCHEMA: dict[str, Any] = {
    "type": "OBJECT",
    "properties": {
        "invoice_number": {"type": "STRING", **NULLABLE},
        "total_amt": {"type": "NUMBER", **NULLABLE},
        "items": {
            "type": "ARRAY",
            "items": {
                "type": "OBJECT",
                "properties": {
                    "description": {"type": "STRING", **NULLABLE},
                    "amount": {"type": "NUMBER", **NULLABLE},
                },
            },
        },
    },
    "required": ["invoice_number", "total_amt", "items"],
}


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A stand-in of this module's own, on a free port."""
    process = subprocess.Popen(
        [sys.executable, "-m", "emulators.gemini", "--port", "0"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        address = process.stdout.readline().rpartition(" ")[2].strip()
        assert address.startswith("http://127.0.0.1:")
        yield address
    finally:
        process.terminate()
        assert process.wait(timeout=10) == 0
        process.stdout.close()


@pytest.fixture(autouse=True)
def no_faults(url: str) -> Iterator[None]:
    """Each test finds a stand-in in order, and leaves it so."""
    yield
    httpx.delete(f"{url}/control/faults")


@pytest.fixture
def gemini(url: str) -> Iterator[genai.Client]:
    options = types.HttpOptions(base_url=url, api_version="v1beta", timeout=30_000)
    client = genai.Client(vertexai=False, api_key="any", http_options=options)
    yield client
    client.close()


@pytest.fixture
def vertex(url: str) -> Iterator[genai.Client]:
    client = genai.Client(
        vertexai=True,
        project="p",
        location="us-central1",
        credentials=Credentials(token="any"),  # type: ignore[no-untyped-call]
        http_options=types.HttpOptions(base_url=url, timeout=30_000),
    )
    yield client
    client.close()


def config(**more: Any) -> types.GenerateContentConfig:
    return types.GenerateContentConfig(response_mime_type="application/json", response_schema=SCHEMA, **more)


def document(data: bytes, mime_type: str = "application/pdf") -> list[Any]:
    return [types.Part.from_bytes(data=data, mime_type=mime_type)]


def ask(
    client: genai.Client, pdf: bytes, *, model: str = MODEL, **more: Any
) -> types.GenerateContentResponse:
    contents = [*document(pdf), "Read this document."]
    return client.models.generate_content(model=model, contents=contents, config=config(**more))


def values(response: types.GenerateContentResponse) -> dict[str, Any]:
    found = exact_json.loads(response.text or "")
    assert isinstance(found, dict)
    return found


def order(url: str, fault: str, **how: object) -> None:
    httpx.post(f"{url}/control/faults", json={"fault": fault, **how}).raise_for_status()


def raw_body(pdf: bytes, **more: object) -> dict[str, object]:
    data = base64.b64encode(pdf).decode()
    return {"contents": [{"parts": [{"inlineData": {"mimeType": "application/pdf", "data": data}}]}], **more}


def post(url: str, path: str, body: object, **headers: str) -> httpx.Response:
    return httpx.post(f"{url}{path}", json=body, headers={"x-goog-api-key": "any", **headers}, timeout=30)


# Answers.


@pytest.mark.parametrize("service", ["gemini", "vertex"])
def test_both_services_read_the_pdf_that_they_are_sent(service: str, request: pytest.FixtureRequest) -> None:
    client: genai.Client = request.getfixturevalue(service)
    found = values(ask(client, us_invoice().pdf()))
    assert found["invoice_number"] == "BR-2041"
    assert found["total_amt"] == Decimal("2268.54")
    assert [item["description"] for item in found["items"]] == ["Site survey", "Workshop, half a day"]


def test_another_document_gets_another_answer(gemini: genai.Client) -> None:
    paper = Paper()
    paper.text(45, 60, "INVOICE", size=18)
    paper.lines(45, 90, "Invoice No: Z-9", "Total: 12.50 EUR")
    found = values(ask(gemini, paper.pdf()))
    assert found == {"invoice_number": "Z-9", "total_amt": Decimal("12.50"), "items": []}


def test_printed_digits_survive_the_way_to_the_client(gemini: genai.Client) -> None:
    text = ask(gemini, us_invoice().pdf()).text or ""
    assert '"amount":900.00' in text


def test_the_schema_decides_the_names_and_types_of_an_answer(gemini: genai.Client) -> None:
    schema = {
        "type": "OBJECT",
        "properties": {
            "no": {"type": "STRING", "description": "invoice_number: as printed", "nullable": True},
            "to": {"type": "STRING", "description": "total_amt"},
            "colour": {"type": "STRING", "nullable": True},
            "weight": {"type": "NUMBER"},
            "dt": {"type": "STRING", "enum": ["invoice", "receipt"], "description": "document_type"},
        },
        "required": ["no", "to", "colour", "dt"],
        "property_ordering": ["to", "no", "colour", "weight", "dt"],
    }
    response = gemini.models.generate_content(
        model=MODEL,
        contents=document(us_invoice().pdf()),
        config=types.GenerateContentConfig(response_mime_type="application/json", response_schema=schema),
    )
    assert response.text == '{"to":"2268.54","no":"BR-2041","colour":null,"dt":"invoice"}'


def test_a_json_schema_is_answered_as_well(gemini: genai.Client) -> None:
    schema = {
        "$defs": {"Item": {"type": "object", "properties": {"amount": {"type": ["number", "null"]}}}},
        "type": "object",
        "properties": {
            "due_date": {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]},
            "items": {"type": "array", "items": {"$ref": "#/$defs/Item"}},
        },
    }
    response = gemini.models.generate_content(
        model=MODEL,
        contents=document(us_invoice().pdf()),
        config=types.GenerateContentConfig(
            response_mime_type="application/json", response_json_schema=schema
        ),
    )
    assert values(response) == {
        "due_date": "2026-04-04",
        "items": [{"amount": Decimal("900.00")}, {"amount": Decimal("1200.50")}],
    }


def test_snake_case_bodies_are_understood(url: str) -> None:
    data = base64.urlsafe_b64encode(us_invoice().pdf()).decode()
    body = {
        "contents": [{"parts": [{"inline_data": {"mime_type": "application/pdf", "data": data}}]}],
        "generation_config": {"response_mime_type": "application/json", "response_schema": SCHEMA},
    }
    answer = post(url, GENERATE, body).json()
    assert json.loads(answer["candidates"][0]["content"]["parts"][0]["text"])["invoice_number"] == "BR-2041"


def test_without_a_schema_it_says_in_plain_words_what_it_is(gemini: genai.Client) -> None:
    text = gemini.models.generate_content(model=MODEL, contents="Hello, who are you?").text or ""
    assert "stand-in" in text


def test_every_answer_says_that_it_is_a_stand_in(gemini: genai.Client) -> None:
    response = ask(gemini, us_invoice().pdf())
    assert response.sdk_http_response is not None and response.sdk_http_response.headers is not None
    assert response.sdk_http_response.headers["x-stand-in"] == "local stand-in"
    assert (response.response_id or "").startswith("stand-in-")
    assert response.model_version == MODEL


def test_a_stream_brings_the_same_answer_in_pieces(gemini: genai.Client) -> None:
    contents = document(us_invoice().pdf())
    pieces = list(gemini.models.generate_content_stream(model=MODEL, contents=contents, config=config()))
    text = "".join(piece.text or "" for piece in pieces)
    assert json.loads(text)["invoice_number"] == "BR-2041"


def test_the_models_of_both_services_are_listed(url: str, gemini: genai.Client) -> None:
    assert f"models/{MODEL}" in [model.name for model in gemini.models.list()]
    assert gemini.models.get(model=MODEL).name == f"models/{MODEL}"
    listed = httpx.get(f"{url}/v1beta1/publishers/google/models", headers={"Authorization": "Bearer any"})
    assert {"name": f"publishers/google/models/{MODEL}"}.items() <= listed.json()["publisherModels"][
        3
    ].items()


def test_a_scan_is_read_by_recognizing_its_letters(gemini: genai.Client) -> None:
    found = values(ask(gemini, scanned(us_invoice().pdf())))
    assert found["invoice_number"] == "BR-2041"
    assert found["total_amt"] == Decimal("2268.54")


def test_a_picture_is_read_like_a_page(gemini: genai.Client) -> None:
    contents = document(picture(us_invoice().pdf()), "image/png")
    response = gemini.models.generate_content(model=MODEL, contents=contents, config=config())
    assert values(response)["total_amt"] == Decimal("2268.54")


# Tokens.


def test_pages_and_text_are_counted_as_the_service_counts_them(gemini: genai.Client) -> None:
    paper = us_invoice()
    paper.next_page()
    paper.text(45, 60, "Terms and conditions")
    usage = ask(gemini, paper.pdf()).usage_metadata
    assert usage is not None and usage.prompt_tokens_details is not None
    counts = {detail.modality: detail.token_count for detail in usage.prompt_tokens_details}
    assert counts[types.MediaModality.DOCUMENT] == 2 * 258
    assert usage.prompt_token_count == sum(count or 0 for count in counts.values())
    spent = (usage.candidates_token_count or 0) + (usage.thoughts_token_count or 0)
    assert usage.total_token_count == usage.prompt_token_count + spent


@pytest.mark.parametrize(
    ("resolution", "tokens"),
    [
        ("MEDIA_RESOLUTION_LOW", 280),
        ("MEDIA_RESOLUTION_MEDIUM", 560),
        ("MEDIA_RESOLUTION_HIGH", 1120),
    ],
)
def test_gemini_3_pages_cost_by_media_resolution(gemini: genai.Client, resolution: str, tokens: int) -> None:
    response = ask(gemini, us_invoice().pdf(), model="gemini-3.5-flash", media_resolution=resolution)
    assert response.usage_metadata is not None and response.usage_metadata.prompt_tokens_details is not None
    assert response.usage_metadata.prompt_tokens_details[1].token_count == tokens


def test_counting_tokens_agrees_with_the_prompt_of_an_answer(url: str) -> None:
    body = raw_body(us_invoice().pdf(), systemInstruction={"parts": [{"text": "Read it." * 30}]})
    counted = post(url, f"/v1beta/models/{MODEL}:countTokens", {"generateContentRequest": body}).json()
    answered = post(url, GENERATE, body).json()
    assert counted["totalTokens"] == answered["usageMetadata"]["promptTokenCount"] == 258 + 60


def test_a_model_that_may_not_think_has_no_thoughts(gemini: genai.Client) -> None:
    thinking = ask(gemini, us_invoice().pdf()).usage_metadata
    off = types.ThinkingConfig(thinking_budget=0)
    silent = ask(gemini, us_invoice().pdf(), thinking_config=off).usage_metadata
    assert thinking is not None and silent is not None
    assert (thinking.thoughts_token_count or 0) > 0
    assert not silent.thoughts_token_count


def test_an_answer_longer_than_its_limit_is_cut_there(gemini: genai.Client) -> None:
    off = types.ThinkingConfig(thinking_budget=0)
    response = ask(gemini, us_invoice().pdf(), thinking_config=off, max_output_tokens=10)
    assert response.candidates is not None and response.usage_metadata is not None
    assert response.candidates[0].finish_reason == types.FinishReason.MAX_TOKENS
    assert response.usage_metadata.candidates_token_count == 10
    assert response.parsed is None


# Refusals.


def test_a_call_without_credentials_is_refused_by_both_services(url: str) -> None:
    gemini = httpx.post(f"{url}{GENERATE}", json=raw_body(us_invoice().pdf()))
    vertex = httpx.post(f"{url}{VERTEX}", json=raw_body(us_invoice().pdf()), headers={"x-goog-api-key": "k"})
    assert (gemini.status_code, gemini.json()["error"]["status"]) == (403, "PERMISSION_DENIED")
    assert (vertex.status_code, vertex.json()["error"]["status"]) == (401, "UNAUTHENTICATED")


def test_an_unknown_model_is_not_found(gemini: genai.Client, vertex: genai.Client) -> None:
    for client in (gemini, vertex):
        with pytest.raises(errors.ClientError) as refused:
            ask(client, us_invoice().pdf(), model="gemini-9-ultra")
        assert (refused.value.code, refused.value.status) == (404, "NOT_FOUND")


def encrypted(pdf: bytes) -> bytes:
    writer = pypdf.PdfWriter(BytesIO(pdf))
    writer.encrypt("secret", algorithm="AES-256")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "document",
    [b"%PDF-1.7\nnothing follows", b"no document at all", encrypted(us_invoice().pdf())],
    ids=["broken", "no pdf", "encrypted"],
)
def test_a_document_without_readable_pages_is_an_invalid_argument(
    gemini: genai.Client, document: bytes
) -> None:
    with pytest.raises(errors.ClientError) as refused:
        ask(gemini, document)
    assert (refused.value.code, refused.value.message) == (400, "The document has no pages.")


def test_data_that_is_not_base64_is_an_invalid_argument(url: str) -> None:
    body = {"contents": [{"parts": [{"inlineData": {"mimeType": "application/pdf", "data": "@@@"}}]}]}
    answer = post(url, GENERATE, body)
    assert (answer.status_code, answer.json()["error"]["status"]) == (400, "INVALID_ARGUMENT")
    assert "Base64" in answer.json()["error"]["message"]


def test_more_pages_than_the_service_takes_are_refused(url: str) -> None:
    paper = Paper()
    for _ in range(1_000):
        paper.next_page()
    answer = post(url, GENERATE, raw_body(paper.pdf()))
    assert answer.status_code == 400
    assert "1001 pages" in answer.json()["error"]["message"]


def test_a_name_that_the_protocol_does_not_have_is_refused(url: str) -> None:
    body = raw_body(us_invoice().pdf(), generationConfig={"maxTokens": 5})
    answer = post(url, GENERATE, body)
    assert answer.status_code == 400
    assert 'Unknown name "maxTokens"' in answer.json()["error"]["message"]


def test_a_pro_model_can_not_be_told_to_stop_thinking(gemini: genai.Client) -> None:
    with pytest.raises(errors.ClientError) as refused:
        ask(
            gemini,
            us_invoice().pdf(),
            model="gemini-2.5-pro",
            thinking_config=types.ThinkingConfig(thinking_budget=0),
        )
    assert refused.value.code == 400


def test_a_form_that_draws_itself_for_ever_is_refused_in_time_and_others_are_served(
    url: str, gemini: genai.Client
) -> None:
    started = time.monotonic()
    answers: list[httpx.Response] = []
    hostile = threading.Thread(target=lambda: answers.append(post_slowly(url, self_drawing_form())))
    hostile.start()
    assert values(ask(gemini, us_invoice().pdf()))["invoice_number"] == "BR-2041"
    assert time.monotonic() - started < 10
    hostile.join(timeout=60)
    assert [answer.status_code for answer in answers] == [400]
    assert values(ask(gemini, us_invoice().pdf()))["invoice_number"] == "BR-2041"


def post_slowly(url: str, pdf: bytes) -> httpx.Response:
    return httpx.post(f"{url}{GENERATE}", json=raw_body(pdf), headers={"x-goog-api-key": "any"}, timeout=60)


def self_drawing_form() -> bytes:
    """A page whose form draws two copies of itself, each of which draws two more, and so on."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R "
        b"/Resources << /XObject << /F 5 0 R >> /Font << /T 6 0 R >> >> >>",
        stream(b"/F Do"),
        stream(
            b"BT /T 9 Tf 20 20 Td (again) Tj ET /F Do /F Do",
            b"/Type /XObject /Subtype /Form /BBox [0 0 300 300] "
            b"/Resources << /XObject << /F 5 0 R >> /Font << /T 6 0 R >> >>",
        ),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = bytearray(b"%PDF-1.4\n")
    for number, item in enumerate(objects, 1):
        out += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    return bytes(out + b"trailer << /Root 1 0 R /Size 7 >>\n%%EOF")


def stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), more, content)


# Faults.


@pytest.mark.parametrize(("fault", "status"), [("429", 429), ("500", 500), ("503", 503), ("not_found", 404)])
@pytest.mark.parametrize("service", ["gemini", "vertex"])
def test_ordered_refusals_come_as_the_services_own(
    service: str, fault: str, status: int, url: str, request: pytest.FixtureRequest
) -> None:
    client: genai.Client = request.getfixturevalue(service)
    order(url, fault)
    with pytest.raises(errors.APIError) as refused:
        ask(client, us_invoice().pdf())
    assert refused.value.code == status
    assert values(ask(client, us_invoice().pdf()))["invoice_number"] == "BR-2041"


def test_a_spent_quota_says_when_to_come_back(url: str) -> None:
    order(url, "429", seconds=4)
    error = post(url, GENERATE, raw_body(us_invoice().pdf())).json()["error"]
    assert error["status"] == "RESOURCE_EXHAUSTED"
    assert {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "4s"} in error["details"]


def test_a_blocked_prompt_has_no_candidate_and_costs_its_tokens(url: str, gemini: genai.Client) -> None:
    order(url, "prompt_blocked")
    response = ask(gemini, us_invoice().pdf())
    assert not response.candidates
    assert response.prompt_feedback is not None
    assert response.prompt_feedback.block_reason == types.BlockedReason.PROHIBITED_CONTENT
    assert response.usage_metadata is not None and (response.usage_metadata.prompt_token_count or 0) > 258


def test_an_answer_stopped_for_safety_has_no_text(url: str, gemini: genai.Client) -> None:
    order(url, "safety")
    response = ask(gemini, us_invoice().pdf())
    assert response.candidates is not None
    assert response.candidates[0].finish_reason == types.FinishReason.SAFETY
    assert not response.text


@pytest.mark.parametrize("fault", ["truncated_json", "bad_json", "max_tokens"])
def test_spoiled_answers_are_no_json(url: str, gemini: genai.Client, fault: str) -> None:
    order(url, fault)
    response = ask(gemini, us_invoice().pdf())
    assert response.text
    with pytest.raises(ValueError):
        exact_json.loads(response.text)
    assert response.candidates is not None
    assert (response.candidates[0].finish_reason == types.FinishReason.MAX_TOKENS) == (fault == "max_tokens")


def test_wrong_values_replace_what_was_read(url: str, gemini: genai.Client) -> None:
    order(url, "wrong_values", values={"total_amt": 99.5, "items[0]": None, "items[1].amount": 7})
    found = values(ask(gemini, us_invoice().pdf()))
    assert found["total_amt"] == Decimal("99.5")
    assert found["items"] == [{"description": "Workshop, half a day", "amount": 7}]


def test_cached_tokens_are_told_as_a_part_of_the_prompt(url: str, gemini: genai.Client) -> None:
    order(url, "cached_tokens", tokens=200)
    usage = ask(gemini, us_invoice().pdf()).usage_metadata
    assert usage is not None
    assert usage.cached_content_token_count == 200
    assert (usage.prompt_token_count or 0) > 200


def test_an_old_name_may_be_served_by_a_newer_model(url: str, gemini: genai.Client) -> None:
    order(url, "served_by", model_version="gemini-3.8-flash")
    assert ask(gemini, us_invoice().pdf()).model_version == "gemini-3.8-flash"


def test_a_dropped_connection_and_a_time_out_reach_the_caller(url: str) -> None:
    order(url, "disconnect")
    with pytest.raises(httpx.RemoteProtocolError):
        post(url, GENERATE, raw_body(us_invoice().pdf()))
    order(url, "timeout", seconds=30)
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(
            f"{url}{GENERATE}",
            json=raw_body(us_invoice().pdf()),
            headers={"x-goog-api-key": "any"},
            timeout=0.5,
        )


def test_clearing_the_faults_lets_go_of_a_call_that_is_held(url: str, gemini: genai.Client) -> None:
    order(url, "slow", seconds=60)
    with ThreadPoolExecutor(1) as pool:
        held = pool.submit(ask, gemini, us_invoice().pdf())
        time.sleep(0.3)
        assert not held.done()
        httpx.delete(f"{url}/control/faults")
        assert values(held.result(timeout=10))["invoice_number"] == "BR-2041"


def test_a_fault_strikes_as_often_as_ordered_also_under_load(url: str) -> None:
    order(url, "503", times=5)
    with ThreadPoolExecutor(8) as pool:
        bodies = [raw_body(us_invoice().pdf())] * 24
        codes = [answer.status_code for answer in pool.map(lambda body: post(url, GENERATE, body), bodies)]
    assert sorted(codes) == [200] * 19 + [503] * 5


def test_a_fault_may_wait_for_one_document(url: str, gemini: genai.Client) -> None:
    order(url, "500", match="Harbor Retail", times=None)
    other = Paper()
    other.lines(45, 60, "Invoice No: Z-9", "Total: 12.50 EUR")
    assert values(ask(gemini, other.pdf()))["invoice_number"] == "Z-9"
    with pytest.raises(errors.ServerError):
        ask(gemini, us_invoice().pdf())


def test_an_order_that_makes_no_sense_is_refused(url: str) -> None:
    for body in ({"fault": "earthquake"}, {"fault": "500", "times": 0}, {"fault": "slow", "seconds": -1}):
        assert httpx.post(f"{url}/control/faults", json=body).status_code == 400


# Control and load.


def test_past_calls_are_listed_without_content(url: str, gemini: genai.Client) -> None:
    httpx.delete(f"{url}/control/calls")
    ask(gemini, us_invoice().pdf())
    (call,) = httpx.get(f"{url}/control/calls").json()["calls"]
    assert (call["model"], call["pages"], call["outcome"], call["status"]) == (MODEL, 1, "ok", 200)
    assert len(call["sha256"]) == 64 and call["prompt_tokens"] > 258
    assert "BR-2041" not in json.dumps(call)


def test_eight_calls_at_once_are_all_answered_soon(url: str) -> None:
    papers = []
    for number in range(24):
        paper = us_invoice()
        paper.text(45, 500, f"Copy {number}")
        papers.append(raw_body(paper.pdf()))
    post(url, GENERATE, papers[0])
    started = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda body: post(url, GENERATE, body), papers))
    assert {answer.status_code for answer in answers} == {200}
    assert time.monotonic() - started < 12


def scanned(pdf: bytes) -> bytes:
    """The document as a scanner would make it: pictures of its pages, without text."""
    import pypdfium2

    pages = [page.render(scale=2).to_pil().convert("L") for page in pypdfium2.PdfDocument(pdf)]
    out = BytesIO()
    pages[0].save(out, "PDF", resolution=144, save_all=True, append_images=pages[1:])
    return out.getvalue()


def picture(pdf: bytes) -> bytes:
    import pypdfium2

    out = BytesIO()
    pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil().save(out, "PNG")
    return out.getvalue()
