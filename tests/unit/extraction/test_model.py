"""One network call to a model, against a server that speaks its protocol, and what can go wrong with it."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from common.domain.fields import ITEM_NAMES, ORDER, TAX_NAMES
from common.errors import ModelFailed
from common.extraction import pipeline
from common.extraction.model import ModelAnswer, Unusable, ask
from common.extraction.model_client import gemini_client, vertex_client
from common.extraction.prepared import Prepared
from common.extraction.request import Profile
from tests.documents import Drawn
from tests.unit.extraction import base

_USAGE = {
    "promptTokenCount": 1000,
    "candidatesTokenCount": 60,
    "thoughtsTokenCount": 40,
    "totalTokenCount": 1100,
}


def _in_camel_case(value: Any) -> Any:
    """A request as the service takes it: the library mixes both spellings, the service reads both."""
    if isinstance(value, list):
        return [_in_camel_case(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        name
        if name in (*ORDER, *ITEM_NAMES, *TAX_NAMES)
        else re.sub(r"_([a-z])", lambda m: m[1].upper(), name): _in_camel_case(each)
        for name, each in value.items()
    }


@dataclass
class Server:
    """What the server answers next, and what it was asked."""

    url: str = ""
    status: int = 200
    body: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    wait: threading.Event | None = None
    asked: list[tuple[str, dict[str, Any], dict[str, str]]] = field(default_factory=list)

    def answers(self, text: str, finish: str = "STOP", usage: dict[str, int] | None = None) -> None:
        self.body = {
            "candidates": [{"content": {"role": "model", "parts": [{"text": text}]}, "finishReason": finish}],
            "usageMetadata": usage or _USAGE,
            "modelVersion": "gemini-2.5-pro-002",
        }


@pytest.fixture
def server() -> Iterator[Server]:
    state = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = _in_camel_case(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            state.asked.append((self.path, body, dict(self.headers)))
            if state.wait is not None:
                state.wait.wait(10)
            content = json.dumps(state.body).encode()
            self.send_response(state.status)
            for name, value in {"content-type": "application/json", **state.headers}.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        state.url = f"http://127.0.0.1:{running.server_port}"
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield state
        if state.wait is not None:
            state.wait.set()
        running.shutdown()
        thread.join(10)


@pytest.fixture(scope="module")
def prepared() -> Prepared:
    return pipeline.prepare(base.sheet().pdf(), pipeline.Limits())


def _ask(
    server: Server,
    prepared: Prepared,
    *,
    profile: Profile = "v1",
    model: str = "gemini-2.5-pro",
    seconds: float = 5,
) -> ModelAnswer:
    client = gemini_client("key", server.url, 5)
    return ask(client, b"%PDF-1.4", profile=profile, model=model, prepared=prepared, timeout_seconds=seconds)


def _failed(server: Server, prepared: Prepared) -> ModelFailed:
    with pytest.raises(ModelFailed) as failed:
        _ask(server, prepared)
    return failed.value


def test_an_answer_comes_with_exact_numbers_and_its_cost(server: Server, prepared: Prepared) -> None:
    server.answers('{"invoice_number": "INV-1", "total_amt": 1560.10, "items": []}')
    answer = _ask(server, prepared)
    assert answer.fields["total_amt"] == Decimal("1560.10")
    assert (answer.input_tokens, answer.output_tokens, answer.thoughts_tokens) == (1000, 100, 40)
    assert answer.total_tokens == 1100
    assert (answer.model_asked, answer.model_answered) == ("gemini-2.5-pro", "gemini-2.5-pro-002")
    assert answer.source_name == "gemini-2.5-pro-002"
    assert not answer.truncated


def test_thinking_that_is_counted_among_the_candidates_is_not_counted_twice(
    server: Server, prepared: Prepared
) -> None:
    usage = {
        "promptTokenCount": 1000,
        "candidatesTokenCount": 100,
        "thoughtsTokenCount": 40,
        "totalTokenCount": 1100,
    }
    server.answers("{}", usage=usage)
    assert _ask(server, prepared).output_tokens == 100


def test_cached_tokens_are_a_part_of_the_prompt(server: Server, prepared: Prepared) -> None:
    server.answers("{}", usage={**_USAGE, "cachedContentTokenCount": 800})
    answer = _ask(server, prepared)
    assert (answer.input_tokens, answer.cached_tokens) == (1000, 800)


def test_the_stand_in_is_named_as_what_it_is(server: Server, prepared: Prepared) -> None:
    server.answers("{}")
    server.headers = {"x-stand-in": "local stand-in"}
    assert _ask(server, prepared).source_name == "local stand-in"


def test_the_gemini_api_is_called_where_it_is_said_to_be(server: Server, prepared: Prepared) -> None:
    server.answers("{}")
    _ask(server, prepared)
    path, body, headers = server.asked[0]
    assert path == "/v1beta/models/gemini-2.5-pro:generateContent"
    assert {name.lower(): value for name, value in headers.items()}["x-goog-api-key"] == "key"
    assert body["contents"][0]["parts"][0]["inlineData"]["mimeType"] == "application/pdf"


def test_vertex_is_called_with_project_and_location(server: Server, prepared: Prepared) -> None:
    server.answers("{}")
    client = vertex_client("proj", "asia-south1", server.url, 5, token="any")
    ask(client, b"%PDF", profile="v1", model="gemini-2.5-pro", prepared=prepared, timeout_seconds=5)
    wanted = (
        "/v1beta1/projects/proj/locations/asia-south1/publishers/google/models/gemini-2.5-pro:generateContent"
    )
    assert server.asked[0][0] == wanted


def test_a_pdf_that_lies_in_a_bucket_can_be_named_instead_of_sent(server: Server, prepared: Prepared) -> None:
    server.answers("{}")
    client = vertex_client("proj", "asia-south1", server.url, 5, token="any")
    place = {"prepared": prepared, "timeout_seconds": 5, "uri": "gs://invoices/docs/1/large.pdf"}
    ask(client, b"%PDF", profile="v1", model="gemini-2.5-pro", **place)  # type: ignore[arg-type]
    part = server.asked[0][1]["contents"][0]["parts"][0]
    assert part == {"fileData": {"fileUri": "gs://invoices/docs/1/large.pdf", "mimeType": "application/pdf"}}


def test_the_first_profile_asks_by_the_names_of_the_data(server: Server, prepared: Prepared) -> None:
    server.answers("{}")
    _ask(server, prepared)
    schema = server.asked[0][1]["generationConfig"]["responseSchema"]
    assert list(schema["properties"]) == list(ORDER)
    assert list(schema["properties"]["items"]["items"]["properties"]) == list(ITEM_NAMES)
    assert schema["properties"]["total_amt"]["nullable"] is True


def test_the_second_profile_asks_shortly_and_is_told_apart_by_descriptions(
    server: Server, prepared: Prepared
) -> None:
    server.answers(
        '{"no": "INV-1", "to": 12.5, "it": [{"d": "Bolts", "a": 12.5}], "tx": [{"n": "VAT", "r": 20}]}'
    )
    answer = _ask(server, prepared, profile="v2")
    config = server.asked[0][1]["generationConfig"]
    properties = config["responseSchema"]["properties"]
    assert [value["description"].split(":")[0] for value in properties.values()] == list(ORDER)
    assert all(len(name) <= 3 and "nullable" not in value for name, value in properties.items())
    assert len(json.dumps(config)) < 6000
    assert answer.fields["invoice_number"] == "INV-1"
    assert answer.fields["items"] == [{"description": "Bolts", "amount": Decimal("12.5")}]
    assert answer.fields["taxes"] == [{"type": "VAT", "rate": 20}]


@pytest.mark.parametrize(
    ("model", "thinking"),
    [
        ("gemini-2.5-pro", {"thinkingBudget": 128}),
        ("gemini-2.5-flash", {"thinkingBudget": 0}),
        ("gemini-3-pro-preview", {"thinkingLevel": "LOW"}),
        ("gemini-3.5-flash", {"thinkingLevel": "MINIMAL"}),
        ("gemini-2.0-flash", None),
    ],
)
def test_the_second_profile_thinks_as_little_as_the_model_can(
    server: Server, prepared: Prepared, model: str, thinking: dict[str, object] | None
) -> None:
    server.answers("{}")
    _ask(server, prepared, profile="v2", model=model)
    config = server.asked[0][1]["generationConfig"]
    assert config.get("thinkingConfig") == thinking
    assert config["mediaResolution"] == "MEDIA_RESOLUTION_LOW"


def test_a_careful_call_spares_neither_thinking_nor_sight(server: Server, prepared: Prepared) -> None:
    server.answers("{}")
    client = gemini_client("key", server.url, 5)
    for profile in ("v1", "v2"):
        ask(
            client,
            b"%PDF",
            profile=profile,
            model="gemini-3-pro-preview",
            prepared=replace(prepared, only=frozenset({"total_amt", "items"})),
            timeout_seconds=5,
            careful=True,
        )
    for (_, body, _), names in zip(server.asked, (("total_amt", "items"), ("to", "it")), strict=True):
        config = body["generationConfig"]
        assert not {"thinkingConfig", "mediaResolution"} & set(config)
        assert tuple(config["responseSchema"]["properties"]) == names


def test_a_scan_is_looked_at_with_full_resolution(server: Server) -> None:
    server.answers("{}")
    scanned = pipeline.prepare(Drawn().scan(), pipeline.Limits())
    _ask(server, scanned, profile="v2")
    assert "mediaResolution" not in server.asked[0][1]["generationConfig"]


def test_a_partial_e_invoice_asks_only_for_the_rest(server: Server) -> None:
    from tests.unit.extraction.einvoices import attached, cii

    xml = cii(profile="urn:factur-x.eu:1p0:minimum", lines=False)
    partial = pipeline.prepare(attached(base.sheet().pdf(), "factur-x.xml", xml), pipeline.Limits())
    server.answers("{}")
    _ask(server, partial)
    names = server.asked[0][1]["generationConfig"]["responseSchema"]["properties"]
    assert "items" in names
    assert "total_amt" not in names


@pytest.mark.parametrize(
    ("status", "outcome", "passing"),
    [
        (429, "rate_limited", True),
        (500, "server_error", True),
        (503, "server_error", True),
        (504, "timeout", True),
        (400, "bad_request", False),
        (403, "bad_request", False),
        (404, "bad_request", False),
    ],
)
def test_a_refusal_says_whether_a_later_try_may_succeed(
    server: Server, prepared: Prepared, status: int, outcome: str, passing: bool
) -> None:
    server.status, server.body = status, {"error": {"code": status, "message": "no", "status": "X"}}
    failed = _failed(server, prepared)
    assert (failed.outcome, failed.passing) == (outcome, passing)
    assert len(server.asked) == 1


def test_silence_is_a_timeout(server: Server, prepared: Prepared) -> None:
    server.wait = threading.Event()
    server.answers("{}")
    with pytest.raises(ModelFailed) as failed:
        _ask(server, prepared, seconds=0.3)
    assert (failed.value.outcome, failed.value.passing) == ("timeout", True)


def test_a_server_that_is_not_there_is_unreachable(prepared: Prepared) -> None:
    failed = _failed(Server(url="http://127.0.0.1:9"), prepared)
    assert (failed.outcome, failed.passing) == ("unreachable", True)


def test_a_blocked_document_fails_and_its_cost_is_kept(server: Server, prepared: Prepared) -> None:
    server.body = {"promptFeedback": {"blockReason": "SAFETY"}, "usageMetadata": _USAGE}
    failed = _failed(server, prepared)
    assert isinstance(failed, Unusable)
    assert (failed.outcome, failed.passing) == ("blocked", False)
    assert (failed.answer.input_tokens, failed.answer.output_tokens) == (1000, 100)


def test_a_blocked_answer_fails_and_its_cost_is_kept(server: Server, prepared: Prepared) -> None:
    server.answers('{"invoice_number": "INV', finish="SAFETY")
    failed = _failed(server, prepared)
    assert isinstance(failed, Unusable)
    assert (failed.outcome, failed.answer.total_tokens) == ("blocked", 1100)


def test_a_cut_answer_keeps_what_came_whole(server: Server, prepared: Prepared) -> None:
    server.answers(
        '{"invoice_number": "INV-1", "items": [{"amount": 1}, {"amount": 2}, {"amo', finish="MAX_TOKENS"
    )
    answer = _ask(server, prepared)
    assert answer.truncated
    assert answer.fields == {"invoice_number": "INV-1", "items": [{"amount": 1}, {"amount": 2}]}


def test_an_answer_cut_before_anything_fails_and_its_cost_is_kept(server: Server, prepared: Prepared) -> None:
    server.answers("", finish="MAX_TOKENS")
    failed = _failed(server, prepared)
    assert isinstance(failed, Unusable)
    assert (failed.outcome, failed.answer.output_tokens) == ("truncated", 100)


@pytest.mark.parametrize("text", ["", "no JSON", "[1]", '{"a": NaN}', '"text"'])
def test_an_answer_that_is_no_object_fails_and_its_cost_is_kept(
    server: Server, prepared: Prepared, text: str
) -> None:
    server.answers(text)
    failed = _failed(server, prepared)
    assert isinstance(failed, Unusable)
    assert failed.outcome == "bad_answer"
    assert failed.answer.input_tokens == 1000
