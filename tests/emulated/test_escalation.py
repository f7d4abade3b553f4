"""A stronger model is asked for what is in doubt, once, and pays its way through log, budget and crashes."""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest

from common.domain.ids import scattered_key
from emulators.cloud import LocalOptions
from tests.contract.caller import Caller, body
from tests.documents import Drawn
from tests.emulated.killing import kill_whole
from tests.environment import clean_environment
from tests.running import RunningCloud, eventually, started

ROOT = Path(__file__).parents[2]
FIRST, STRONGER = "gemini-2.5-pro", "gemini-3-pro-preview"


@pytest.fixture(scope="module")
def escalating(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCloud]:
    """A cloud that asks a stronger model for doubtful fields."""
    options = LocalOptions(
        folder=tmp_path_factory.mktemp("escalating"),
        port=0,
        environ=clean_environment(),
        settings={"EXTRACTION_ESCALATION_MODEL": STRONGER},
        parts=frozenset(
            "firestore storage pubsub gemini upload invoices extract extract_queue gateway".split()
        ),
    )
    with started(options) as running:
        yield running


@pytest.fixture
def http(escalating: RunningCloud) -> Iterator[httpx.Client]:
    with escalating.client() as client:
        yield client
    escalating.model_recovers()


def read(http: httpx.Client, drawn: Drawn) -> dict[str, Any]:
    """What is read from a document at once."""
    files = {"file": ("invoice.pdf", drawn.pdf(), "application/pdf")}
    data: dict[str, Any] = body(http.post("/invoice/extract-data/", files=files))["data"]
    return data


def calls(cloud: RunningCloud, drawn: Drawn) -> list[str]:
    """The models that were asked about a document, in order."""
    digest = hashlib.sha256(drawn.pdf()).hexdigest()
    return [call["model"] for call in cloud.model_calls() if call["sha256"] == digest]


def rows(cloud: RunningCloud, count: int) -> list[dict[str, Any]]:
    """The newest rows of the usage log."""
    return sorted(cloud.records("invoice_time"), key=lambda row: row["time"])[-count:]


def misread(cloud: RunningCloud, drawn: Drawn, model: str = FIRST, /, **values: object) -> None:
    """Makes a model wrong about a document, as long as the test runs."""
    cloud.model_fails("wrong_values", times=None, model=model, match=drawn.number, values=values)


def test_what_nothing_is_held_against_is_asked_once(http: httpx.Client, escalating: RunningCloud) -> None:
    drawn = Drawn()
    data = read(http, drawn)
    assert data["review"]["needed"] is False
    assert calls(escalating, drawn) == [FIRST]
    assert "escalation" not in data


def test_a_doubtful_value_is_replaced_by_what_the_stronger_model_can_prove(
    http: httpx.Client, escalating: RunningCloud
) -> None:
    drawn = Drawn()
    misread(escalating, drawn, total_amt=1461)
    data = read(http, drawn)
    assert data["data"]["total_amt"] == 1416
    assert data["data"]["confidence"]["total_amt"] > Decimal("0.9")
    assert data["evidence"]["total_amt"]["text"] == "1,416.00"
    assert data["review"] == {"needed": False, "reasons": []}
    assert data["escalation"]["model"] == STRONGER
    assert "total_amt" in data["escalation"]["taken"]
    assert data["model"] == FIRST
    assert [source["kind"] for source in data["sources"]] == ["model", "model", "text"]


def test_both_calls_are_logged_and_counted(http: httpx.Client, escalating: RunningCloud) -> None:
    drawn = Drawn()
    misread(escalating, drawn, total_amt=1461)
    usage = read(http, drawn)["usage"]
    first, second = rows(escalating, 2)
    assert [row["model_asked"] for row in (first, second)] == [FIRST, STRONGER]
    assert [row["outcome"] for row in (first, second)] == ["ok", "ok"]
    assert usage["model_calls"] == 2
    assert usage["input_tokens"] == first["input_tokens"] + second["input_tokens"]
    assert usage["output_tokens"] == first["output_tokens"] + second["output_tokens"]
    assert usage["price_usd"] == Decimal(first["price_usd"]) + Decimal(second["price_usd"])
    # It was asked for the fields in doubt alone: its schema and its answer are the shorter ones.
    assert second["input_tokens"] < first["input_tokens"] * 2 / 3
    assert second["output_tokens"] - second["thoughts_tokens"] < 100


def test_where_the_two_models_disagree_and_neither_has_proof_a_person_is_told(
    http: httpx.Client, escalating: RunningCloud
) -> None:
    drawn = Drawn()
    misread(escalating, drawn, vendor_name="Southwind")
    misread(escalating, drawn, STRONGER, vendor_name="Eastwind")
    data = read(http, drawn)
    assert data["data"]["vendor_name"] == "Southwind"
    assert data["data"]["confidence"]["vendor_name"] < Decimal("0.5")
    assert data["escalation"] == {"model": STRONGER, "fields": ["vendor_name"], "taken": []}
    (reason,) = data["review"]["reasons"]
    assert (reason["code"], reason["field"]) == ("not_found", "vendor_name")
    assert reason["message"].endswith(f"A second model ({STRONGER}) says Eastwind.")


@pytest.mark.parametrize("fault", ["500", "safety", "bad_json", "not_found"])
def test_a_stronger_model_that_fails_leaves_the_extraction_as_it_was(
    http: httpx.Client, escalating: RunningCloud, fault: str
) -> None:
    drawn = Drawn()
    misread(escalating, drawn, total_amt=1461)
    escalating.model_fails(fault, times=None, model=STRONGER, match=drawn.number)
    data = read(http, drawn)
    assert data["status"] is True
    assert data["data"]["total_amt"] == 1461
    assert data["usage"]["model_calls"] == 2
    assert calls(escalating, drawn) == [FIRST, STRONGER]
    first, second = rows(escalating, 2)
    assert (first["outcome"], second["outcome"] != "ok") == ("ok", True)
    assert data["usage"]["price_usd"] == Decimal(first["price_usd"]) + Decimal(second["price_usd"])


def test_lines_of_an_answer_that_was_cut_off_are_not_taken(
    http: httpx.Client, escalating: RunningCloud
) -> None:
    drawn = Drawn()
    misread(escalating, drawn, **{"items[1].amount": 290, "vendor_name": "Southwind"})
    escalating.model_fails("max_tokens", times=None, model=STRONGER, match=drawn.number)
    data = read(http, drawn)
    assert [item["amount"] for item in data["data"]["items"]] == [1000, 290]
    # It was asked for more room, once, and is paid for both.
    assert data["usage"]["model_calls"] == 3
    assert calls(escalating, drawn) == [FIRST, STRONGER, STRONGER]
    assert "items" in data["escalation"]["fields"]
    assert "items" not in data["escalation"]["taken"]
    about_lines = [each for each in data["review"]["reasons"] if each["field"] == "items"]
    assert about_lines
    assert not [each for each in about_lines if STRONGER in each["message"]]


@pytest.fixture
def budget_key(escalating: RunningCloud, request: pytest.FixtureRequest) -> str:
    """A key with a budget of as many rupees as the test says."""
    order = ["create", "a customer", "--daily-budget-inr", request.param]
    made = subprocess.run(
        [sys.executable, "-m", "emulators.apikey", *order],
        env={**escalating.environment(), "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return made.stdout.strip()


def process(http: httpx.Client, key: str, drawn: Drawn) -> Any:
    """POST /process-pdf/gemini/."""
    content = base64.b64encode(drawn.pdf()).decode()
    order = {"api_key": key, "model": "gemini-2.0-flash", "pdf_base64": content}
    answer = http.post("/process-pdf/gemini/", json=order)
    assert answer.status_code == 200, answer.text
    return body(answer)


def spent(cloud: RunningCloud, key: str) -> Decimal:
    """What is spent and reserved of a key's day."""
    digest = hashlib.sha256(key.encode()).hexdigest()
    (day,) = cloud.records("budget_days", key_id=digest)
    return Decimal(day["nano_inr"]) / 10**9


@pytest.mark.parametrize("budget_key", ["100"], indirect=True)
def test_both_calls_are_on_the_keys_budget(
    http: httpx.Client, escalating: RunningCloud, budget_key: str
) -> None:
    drawn = Drawn()
    misread(escalating, drawn, "gemini-2.0-flash", total_amt=1461)
    answer = process(http, budget_key, drawn)
    assert answer["data"]["total_amt"] == 1416
    assert answer["model"] == "gemini-2.0-flash"
    assert calls(escalating, drawn) == ["gemini-2.0-flash", STRONGER]
    assert spent(escalating, budget_key) == answer["price_inr"]
    assert escalating.records("budget_reservations") == []


@pytest.mark.parametrize("budget_key", ["0.1"], indirect=True)
def test_a_budget_without_room_for_the_stronger_model_still_gets_the_first_ones_answer(
    http: httpx.Client, escalating: RunningCloud, budget_key: str
) -> None:
    drawn = Drawn()
    misread(escalating, drawn, "gemini-2.0-flash", total_amt=1461)
    answer = process(http, budget_key, drawn)
    assert answer["data"]["total_amt"] == 1461
    assert calls(escalating, drawn) == ["gemini-2.0-flash"]
    assert spent(escalating, budget_key) == answer["price_inr"] < Decimal("0.1")


def test_a_reader_that_dies_between_the_two_calls_does_not_pay_the_first_again(
    http: httpx.Client, escalating: RunningCloud
) -> None:
    caller, drawn = Caller.new(http), Drawn()
    misread(escalating, drawn, total_amt=1461)
    escalating.model_fails("slow", times=1, seconds=60, model=STRONGER, match=drawn.number)
    invoice_id = caller.uploaded(drawn.pdf())
    eventually(lambda: len(escalating.records("invoice_time", invoice_id=invoice_id)) == 2)
    assert caller.data(invoice_id)["processing"]["stage"] == "asking a stronger model"
    former = escalating.pids()["extract_queue"]
    kill_whole(former)
    eventually(lambda: escalating.pids().get("extract_queue", former) != former, within=20)
    found = caller.once(invoice_id, "done", within=90)["invoice_data"]["data"]
    assert found["data"]["total_amt"] == 1416
    assert found["usage"]["model_calls"] == 2
    logged = escalating.records("invoice_time", invoice_id=invoice_id)
    logged.sort(key=lambda row: row["time"])
    assert [(row["model_asked"], row["outcome"]) for row in logged] == [
        (FIRST, "ok"),
        (STRONGER, "interrupted"),
        (STRONGER, "ok"),
    ]
    assert escalating.records("leases", invoice_id=invoice_id) == []


def test_a_reader_that_dies_after_the_second_call_pays_for_nothing_again(
    http: httpx.Client, escalating: RunningCloud
) -> None:
    caller, drawn = Caller.new(http), Drawn()
    misread(escalating, drawn, total_amt=1461)
    invoice_id = caller.uploaded(drawn.pdf())
    before = caller.once(invoice_id, "done")["invoice_data"]["data"]
    logged = escalating.snapshots("invoice_time", invoice_id=invoice_id)
    first, second = sorted(logged, key=lambda row: row.get("time"))
    # As it stands when the reader dies between the second answer and its own last write.
    second.reference.update({"outcome": "started", "input_tokens": 0})
    (record,) = escalating.snapshots("invoices", id=invoice_id)
    kept = {
        "generation": record.get("generation"),
        "answer": _kept(first, {"invoice_number": drawn.number, "total_amt": 1461}),
        "second": _kept(second, {"total_amt": 1416}),
    }
    escalating.firestore().collection("leases").document(scattered_key(str(invoice_id))).set(
        {
            "invoice_id": invoice_id,
            "holder": "a dead reader",
            "until": datetime.now(UTC) - timedelta(seconds=1),
            "call": second.get("id"),
            "kept": kept,
        }
    )
    record.reference.update({"data_fetch": False, "processing.state": "reading"})
    count = len(escalating.model_calls())
    assert escalating.push({"eventType": "READ_AGAIN", "invoiceId": str(invoice_id)}).status_code == 200
    found = caller.once(invoice_id, "done")["invoice_data"]["data"]
    assert len(escalating.model_calls()) == count
    assert found["data"]["total_amt"] == 1416
    assert found["usage"]["model_calls"] == before["usage"]["model_calls"] == 2
    completed = escalating.usage_row(second.get("id"))
    assert (completed["outcome"], completed["input_tokens"]) == ("ok", 1000)
    assert len(escalating.records("invoice_time", invoice_id=invoice_id)) == 2


def _kept(row: Any, fields: dict[str, object]) -> bytes:
    """An answer as a lease keeps it."""
    answer = {
        "input_tokens": 1000,
        "output_tokens": 50,
        "cached_tokens": 0,
        "thoughts_tokens": 0,
        "fields": {**fields, "items": []},
        "model_asked": row.get("model_asked"),
        "model_answered": row.get("model_asked"),
        "total_tokens": 1050,
        "seconds": 1.5,
        "source_name": "the one that was paid",
        "truncated": False,
    }
    return json.dumps({"log_id": row.get("id"), "answer": answer}).encode()
