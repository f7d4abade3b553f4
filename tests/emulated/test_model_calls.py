"""How a model's failures are met: waited out, asked for longer, or left to the next model."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from emulators.cloud import LocalOptions
from tests.contract.caller import body
from tests.documents import Drawn
from tests.environment import clean_environment
from tests.running import RunningCloud, started


def read(http: httpx.Client, drawn: Drawn) -> dict[str, object]:
    files = {"file": ("invoice.pdf", drawn.pdf(), "application/pdf")}
    answer = body(http.post("/invoice/extract-data/", files=files))
    assert isinstance(answer, dict)
    data = answer["data"]
    assert isinstance(data, dict)
    return data


@pytest.fixture(scope="module")
def with_fallback(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCloud]:
    """A cloud that asks a second model where the first one fails."""
    options = LocalOptions(
        folder=tmp_path_factory.mktemp("fallback"),
        port=0,
        environ=clean_environment(),
        settings={"EXTRACTION_FALLBACKS": "gemini-2.5-flash", "MODEL_SECONDS": "1"},
        parts=frozenset({"firestore", "storage", "pubsub", "gemini", "extract", "gateway", "extract_queue"}),
    )
    with started(options) as running:
        yield running


def test_an_answer_that_is_cut_off_is_asked_for_once_more_with_more_room(
    http: httpx.Client, cloud: RunningCloud
) -> None:
    drawn = Drawn()
    cloud.model_fails("max_tokens", times=1, match=drawn.number)
    data = read(http, drawn)
    assert data["status"] is True
    values, usage, review = data["data"], data["usage"], data["review"]
    assert isinstance(values, dict)
    assert isinstance(usage, dict)
    assert isinstance(review, dict)
    assert values["invoice_number"] == drawn.number
    assert usage["model_calls"] == 2
    rows = sorted(cloud.records("invoice_time"), key=lambda row: row["time"])[-2:]
    assert [row["outcome"] for row in rows] == ["truncated", "ok"]
    assert usage["output_tokens"] == sum(row["output_tokens"] for row in rows)
    assert "truncated" not in {reason["code"] for reason in review["reasons"]}


def test_an_answer_that_stays_cut_off_says_so(http: httpx.Client, cloud: RunningCloud) -> None:
    drawn = Drawn()
    with cloud.failing_model("max_tokens", match=drawn.number):
        data = read(http, drawn)
    usage = data["usage"]
    assert isinstance(usage, dict)
    assert usage["model_calls"] == 2
    if data["status"] is True:
        review = data["review"]
        assert isinstance(review, dict)
        assert "truncated" in {reason["code"] for reason in review["reasons"]}
    else:
        assert "cut off" in str(data["message"])


def test_a_longer_answer_is_asked_for_within_what_the_model_gives(
    http: httpx.Client, cloud: RunningCloud, api_key: str
) -> None:
    # This one gives 8,192 tokens at the most, and refuses a request for more.
    drawn = Drawn()
    cloud.model_fails("max_tokens", times=1, match=drawn.number)
    assert _process(http, api_key, drawn, "gemini-2.0-flash")["data"]["invoice_number"] == drawn.number
    rows = sorted(cloud.records("invoice_time"), key=lambda row: row["time"])[-2:]
    assert [row["outcome"] for row in rows] == ["truncated", "ok"]


def test_where_the_longer_answer_is_blocked_the_cut_one_stands(
    http: httpx.Client, cloud: RunningCloud, api_key: str
) -> None:
    drawn = Drawn()
    cloud.model_fails("max_tokens", times=1, match=drawn.number)
    cloud.model_fails("safety", times=1, match=drawn.number)
    answer = _process(http, api_key, drawn, "gemini-2.5-flash")
    assert "truncated" in {reason["code"] for reason in answer["review"]["reasons"]}
    assert answer["usage"]["model_calls"] == 2
    rows = sorted(cloud.records("invoice_time"), key=lambda row: row["time"])[-2:]
    assert [row["outcome"] for row in rows] == ["truncated", "blocked"]
    assert answer["log_id"] == rows[0]["id"]


def _process(http: httpx.Client, key: str, drawn: Drawn, model: str) -> Any:
    """POST /process-pdf/gemini/."""
    content = base64.b64encode(drawn.pdf()).decode()
    answer = http.post("/process-pdf/gemini/", json={"api_key": key, "model": model, "pdf_base64": content})
    assert answer.status_code == 200, answer.text
    return body(answer)


@pytest.mark.parametrize("fault", ["not_found", "safety", "500"])
def test_where_a_model_fails_the_next_one_is_asked(with_fallback: RunningCloud, fault: str) -> None:
    drawn = Drawn()
    with with_fallback.client() as http:
        with with_fallback.failing_model(fault, model="gemini-2.5-pro", match=drawn.number):
            data = read(http, drawn)
        values = data["data"]
        assert isinstance(values, dict)
        assert values["invoice_number"] == drawn.number
        assert data["model"] == "gemini-2.5-pro"
    last = max(with_fallback.records("invoice_time"), key=lambda row: row["id"])
    assert (last["model_asked"], last["outcome"]) == ("gemini-2.5-flash", "ok")


@pytest.mark.parametrize(
    ("fault", "outcome", "calls"),
    [("timeout", "timeout", 3), ("disconnect", "unreachable", 3), ("prompt_blocked", "blocked", 1)],
)
def test_each_failure_is_named_in_the_log_and_tried_again_where_that_may_help(
    with_fallback: RunningCloud, fault: str, outcome: str, calls: int
) -> None:
    drawn = Drawn()
    with (
        with_fallback.client() as http,
        with_fallback.failing_model(fault, match=drawn.number, seconds=30),
    ):
        data = read(http, drawn)
    assert data["status"] is False
    rows = sorted(with_fallback.records("invoice_time"), key=lambda row: row["id"])[-2 * calls :]
    assert [row["model_asked"] for row in rows] == ["gemini-2.5-pro"] * calls + ["gemini-2.5-flash"] * calls
    assert {row["outcome"] for row in rows} == {outcome}
