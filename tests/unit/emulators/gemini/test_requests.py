"""Requests as the service checks them, its paths, its prices in tokens."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from emulators.gemini import tokens
from emulators.gemini.failure import Failure
from emulators.gemini.models import MODELS, find
from emulators.gemini.request import GenerateRequest, parse
from emulators.gemini.routes import Route
from emulators.gemini.routes import parse as route
from emulators.gemini.values import replaced

FLASH = MODELS["gemini-2.5-flash"]
PRO = MODELS["gemini-2.5-pro"]
THREE = MODELS["gemini-3.1-pro-preview"]
OLD = MODELS["gemini-2.0-flash"]


def asked(config: dict[str, Any] | None = None, model: str = "gemini-2.5-flash") -> GenerateRequest:
    body: dict[str, Any] = {"contents": [{"parts": [{"text": "Hello"}]}]}
    if config is not None:
        body["generationConfig"] = config
    return parse(json.dumps(body).encode(), MODELS[model], "gemini")


def refused(body: object) -> Failure:
    with pytest.raises(Failure) as failure:
        parse(json.dumps(body).encode(), FLASH, "gemini")
    assert failure.value.code == 400
    return failure.value


def test_names_may_be_snake_case_or_camel_case() -> None:
    snake = asked({"max_output_tokens": 9, "thinking_config": {"thinking_budget": 0}})
    camel = asked({"maxOutputTokens": 9, "thinkingConfig": {"thinkingBudget": 0}})
    assert (snake.max_output_tokens, snake.thinking) == (camel.max_output_tokens, camel.thinking) == (9, 0)


def test_both_alphabets_of_base64_are_taken() -> None:
    data = bytes(range(256))
    for encoded in (
        base64.b64encode(data),
        base64.urlsafe_b64encode(data),
        base64.b64encode(data).rstrip(b"="),
    ):
        part = {"inlineData": {"mimeType": "application/pdf", "data": encoded.decode()}}
        body = {"contents": [{"parts": [part]}]}
        assert parse(json.dumps(body).encode(), FLASH, "gemini").blobs[0].data == data


@pytest.mark.parametrize(
    "body",
    [
        [],
        {},
        {"contents": []},
        {"contents": [{"parts": []}]},
        {"contents": "Hello"},
        {"contents": [{"parts": [{"text": 5}]}]},
        {"contents": [{"parts": [{"inlineData": {"mimeType": "application/zip", "data": "AAAA"}}]}]},
        {"contents": [{"parts": [{"inlineData": {"mimeType": "application/pdf", "data": ""}}]}]},
        {"contents": [{"parts": [{"fileData": {"fileUri": "gs://bucket/file"}}]}]},
        {"contents": [{"parts": [{"text": "Hi"}]}], "generationConfig": {"maxOutputTokens": 0}},
        {"contents": [{"parts": [{"text": "Hi"}]}], "generationConfig": {"maxOutputTokens": 70_000}},
        {"contents": [{"parts": [{"text": "Hi"}]}], "generationConfig": {"candidateCount": 2}},
        {"contents": [{"parts": [{"text": "Hi"}]}], "generationConfig": {"responseMimeType": "text/html"}},
        {
            "contents": [{"parts": [{"text": "Hi"}]}],
            "generationConfig": {"responseSchema": {"type": "STRING"}},
        },
        {"contents": [{"parts": [{"text": "Hi"}]}], "surprise": 1},
    ],
)
def test_a_body_that_the_service_would_refuse_is_refused(body: object) -> None:
    refused(body)


def test_bytes_that_are_no_json_are_refused() -> None:
    for raw in (b"", b"{", b"\xff\xfe", b"[" * 100_000):
        with pytest.raises(Failure):
            parse(raw, FLASH, "gemini")


def test_a_document_over_the_inline_limit_is_refused() -> None:
    data = base64.b64encode(bytes(50 * 1024 * 1024 + 1)).decode()
    part = {"inlineData": {"mimeType": "application/pdf", "data": data}}
    assert "exceeds the limit" in refused({"contents": [{"parts": [part]}]}).message


@pytest.mark.parametrize(
    ("model", "config"),
    [
        ("gemini-2.5-pro", {"thinkingBudget": 0}),
        ("gemini-2.5-pro", {"thinkingBudget": 64}),
        ("gemini-2.5-flash", {"thinkingBudget": 30_000}),
        ("gemini-2.5-flash", {"thinkingLevel": "LOW"}),
        ("gemini-2.0-flash", {"thinkingBudget": 100}),
        ("gemini-3.1-pro-preview", {"thinkingLevel": "MINIMAL"}),
        ("gemini-3.5-flash", {"thinkingLevel": "LOW", "thinkingBudget": 5}),
        ("gemini-3.5-flash", {"thinkingLevel": "DEEP"}),
    ],
)
def test_thinking_that_a_model_can_not_do_is_refused(model: str, config: dict[str, Any]) -> None:
    with pytest.raises(Failure) as failure:
        asked({"thinkingConfig": config}, model)
    assert failure.value.code == 400


@pytest.mark.parametrize(
    ("model", "config", "budget"),
    [
        ("gemini-2.5-pro", {"thinkingBudget": 128}, 128),
        ("gemini-2.5-pro", {}, None),
        ("gemini-2.5-flash", {"thinkingBudget": -1}, None),
        ("gemini-2.5-flash", {"thinkingBudget": 0}, 0),
        ("gemini-2.0-flash", {}, 0),
        ("gemini-3.5-flash", {"thinkingLevel": "MINIMAL"}, 0),
        ("gemini-3.1-pro-preview", {"thinkingLevel": "low"}, 1_024),
    ],
)
def test_the_thinking_budget_is_understood(model: str, config: dict[str, Any], budget: int | None) -> None:
    assert asked({"thinkingConfig": config}, model).thinking == budget


def test_pages_cost_what_the_service_documents() -> None:
    assert tokens.of_page(FLASH, "") == tokens.of_page(PRO, "MEDIA_RESOLUTION_MEDIUM") == 258
    assert tokens.of_page(FLASH, "MEDIA_RESOLUTION_LOW") < 258
    levels = ("", "MEDIA_RESOLUTION_LOW", "MEDIA_RESOLUTION_MEDIUM", "MEDIA_RESOLUTION_HIGH")
    assert [tokens.of_page(THREE, level) for level in levels] == [560, 280, 560, 1120]


def test_thoughts_keep_within_their_budget() -> None:
    answer = "x" * 8_000
    assert tokens.of_thoughts(OLD, None, answer) == 0
    assert tokens.of_thoughts(FLASH, 0, answer) == 0
    assert tokens.of_thoughts(PRO, 128, answer) == 128
    assert tokens.of_thoughts(PRO, None, answer) > 128


def test_usage_adds_up() -> None:
    usage = tokens.Usage(text=40, pages=516, candidates=100, thoughts=30, cached=200)
    assert usage.metadata() == {
        "promptTokenCount": 556,
        "candidatesTokenCount": 100,
        "totalTokenCount": 686,
        "cachedContentTokenCount": 200,
        "promptTokensDetails": [
            {"modality": "TEXT", "tokenCount": 40},
            {"modality": "DOCUMENT", "tokenCount": 516},
        ],
        "thoughtsTokenCount": 30,
    }


def test_the_paths_of_both_services_are_known() -> None:
    assert route("/v1beta/models/m:generateContent") == Route("gemini", "v1beta", "m", "generateContent")
    assert route("/v1/models") == Route("gemini", "v1", "", "")
    vertex = route("/v1/projects/p/locations/l/publishers/google/models/m:countTokens")
    assert vertex is not None
    assert (vertex.service, vertex.model, vertex.action) == ("vertex", "m", "countTokens")
    assert vertex.parent == "projects/p/locations/l/publishers/google"
    assert route("/v2/models/m:generateContent") is None
    assert route("/") is None


def test_a_pinned_version_is_its_model() -> None:
    assert find("gemini-2.0-flash-001") is OLD
    assert find("gemini-9") is None


def test_replaced_values_reach_into_rows_and_drop_them() -> None:
    values: dict[str, object] = {"total_amt": 1, "items": [{"amount": 1}, {"amount": 2}, {"amount": 3}]}
    found = replaced(values, {"items[0]": None, "items[2].amount": 9, "total_amt": 7, "items[8].amount": 1})
    assert found == {"total_amt": 7, "items": [{"amount": 2}, {"amount": 9}]}
    assert values["total_amt"] == 1
