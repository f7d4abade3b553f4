"""The system's state at a glance: how many records are where, and what reading took by day and model."""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import httpx
import pytest

from common.domain.exact_json import loads
from tests import checked_records
from tests.contract.caller import Caller, error
from tests.documents import Drawn
from tests.running import RunningCloud


@pytest.fixture
def user() -> str:
    """A user who has nothing yet."""
    return f"status-{secrets.token_hex(5)}"


def status(http: httpx.Client, **query: str) -> dict[str, Any]:
    answer = http.get("/status/", params=query)
    assert answer.status_code == 200, answer.text
    found = loads(answer.text)
    assert isinstance(found, dict)
    return found


def completed(cloud: RunningCloud, user: str | None, model: str, **answered: Any) -> int:
    """A row of the usage log for one call, completed by the code that readers run."""
    checked_records.use_records_of(cloud)
    from common.records import usage_log
    from common.records.sequences import next_id

    log_id = next_id(usage_log.NAME)
    usage_log.start(log_id, usage_log.Asked("gemini", None, model, "a.pdf", 1, user_id=user))
    usage_log.finish(log_id, usage_log.Answered("ok", model=model, **answered))
    return log_id


PRICED: dict[str, Any] = {"input_tokens": 1000, "output_tokens": 50, "price_inr": Decimal("0.123456789")}


def test_a_user_without_anything_has_a_state_of_nothing_on_thirty_days(http: httpx.Client, user: str) -> None:
    found = status(http, user_id=user)
    assert found["user_id"] == user
    assert found["invoices"] == {"queued": 0, "reading": 0, "done": 0, "failed": 0}
    assert found["direct"] == {"done": 0, "failed": 0}
    assert found["awaiting_review"] == 0
    nothing = {"calls": 0, "input_tokens": 0, "output_tokens": 0, "price_inr": 0, "unpriced": 0}
    assert (found["usage"]["total"], found["usage"]["models"]) == (nothing, [])
    days = [datetime.fromisoformat(each["day"]).date() for each in found["usage"]["days"]]
    assert len(days) == 30
    assert {later - earlier for earlier, later in pairwise(days)} == {timedelta(days=1)}
    assert days[-1] == datetime.fromisoformat(found["time"]).astimezone(UTC).date()


@pytest.mark.parametrize("nobody", ["a/b", "..", "x" * 5000, "é"])
def test_what_can_be_no_users_id_is_nobody(http: httpx.Client, nobody: str) -> None:
    found = status(http, user_id=nobody)
    assert set(found["invoices"].values()) == {0}


def test_records_are_counted_by_what_becomes_of_them(
    http: httpx.Client, cloud: RunningCloud, user: str
) -> None:
    drawn = Drawn()
    read = checked_records.read_from(drawn)
    failed = {"status": False, "message": "PDF cannot be read: it asks for a password", "model": "m"}
    for state, data in (
        ("queued", None),
        ("reading", None),
        ("done", read),
        ("done", read),
        ("failed", failed),
    ):
        checked_records.invoice(cloud, data, drawn.pdf(), "a.pdf", owner=user, state=state)
    checked_records.direct(cloud, read, drawn.pdf(), "b.pdf", owner=user)
    checked_records.direct(cloud, failed, drawn.pdf(), "c.pdf", owner=user)
    found = status(http, user_id=user)
    assert found["invoices"] == {"queued": 1, "reading": 1, "done": 2, "failed": 1}
    assert found["direct"] == {"done": 1, "failed": 1}
    assert found["awaiting_review"] == 5
    everybody = status(http)
    assert everybody["user_id"] is None
    assert all(everybody["invoices"][state] >= found["invoices"][state] for state in found["invoices"])


def test_an_upload_is_counted_and_what_its_reading_took_is_its_users(
    http: httpx.Client, cloud: RunningCloud
) -> None:
    caller = Caller.new(http)
    before = status(http)["usage"]["total"]
    number = caller.uploaded()
    caller.once(number, "done")
    found = status(http, user_id=caller.user_id)
    assert found["invoices"]["done"] == 1
    (row,) = cloud.records("invoice_time", invoice_id=number)
    (model,) = found["usage"]["models"]
    assert model == {
        "model": row["model_answered"],
        "calls": 1,
        "input_tokens": row["input_tokens"],
        "output_tokens": row["output_tokens"],
        "price_inr": Decimal(row["price_inr"]),
        "unpriced": 0,
    }
    assert row["input_tokens"] > 0
    assert found["usage"]["days"][-1]["models"] == [model]
    after = status(http)["usage"]["total"]
    assert after["calls"] > before["calls"]
    assert after["price_inr"] >= before["price_inr"] + model["price_inr"]


def test_calls_are_added_up_by_day_and_model_to_the_last_digit(
    http: httpx.Client, cloud: RunningCloud, user: str
) -> None:
    for _ in range(9):
        completed(cloud, user, "gemini-2.5-pro", **PRICED)
    completed(cloud, user, "model `.of/ tomorrow", input_tokens=7, price_inr=None)
    completed(cloud, user, "__model__", input_tokens=1, price_inr=Decimal(0))
    completed(cloud, None, "gemini-2.5-pro", **PRICED)
    usage = status(http, user_id=user)["usage"]
    assert usage["models"] == [
        {
            "model": "gemini-2.5-pro",
            "calls": 9,
            "input_tokens": 9000,
            "output_tokens": 450,
            "price_inr": Decimal("1.111111101"),
            "unpriced": 0,
        },
        {
            "model": "model",
            "calls": 1,
            "input_tokens": 1,
            "output_tokens": 0,
            "price_inr": 0,
            "unpriced": 0,
        },
        {
            "model": "model `.of/ tomorrow",
            "calls": 1,
            "input_tokens": 7,
            "output_tokens": 0,
            "price_inr": 0,
            "unpriced": 1,
        },
    ]
    assert usage["total"]["calls"] == 11
    assert usage["total"]["price_inr"] == Decimal("1.111111101")


def test_a_row_that_is_completed_twice_is_counted_once(
    http: httpx.Client, cloud: RunningCloud, user: str
) -> None:
    from common.records import usage_log

    log_id = completed(cloud, user, "gemini-2.5-pro", **PRICED)
    usage_log.finish(log_id, usage_log.Answered("ok", model="gemini-2.5-pro", **PRICED))
    assert status(http, user_id=user)["usage"]["total"]["calls"] == 1


def test_calls_that_end_at_once_are_all_counted_and_none_of_them_twice(
    http: httpx.Client, cloud: RunningCloud, user: str
) -> None:
    checked_records.use_records_of(cloud)
    from common.records import usage_log
    from common.records.sequences import next_id

    log_ids = [next_id(usage_log.NAME) for _ in range(8)]
    for log_id in log_ids:
        usage_log.start(log_id, usage_log.Asked("gemini", None, "gemini-2.5-pro", "a.pdf", 1, user_id=user))
    answered = usage_log.Answered("ok", model="gemini-2.5-pro", **PRICED)
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda log_id: usage_log.finish(log_id, answered), [*log_ids, *log_ids]))
    total = status(http, user_id=user)["usage"]["total"]
    assert (total["calls"], total["input_tokens"]) == (8, 8000)
    assert total["price_inr"] == 8 * PRICED["price_inr"]


def test_a_row_that_was_given_up_and_then_completed_is_counted_once(
    http: httpx.Client, cloud: RunningCloud, user: str
) -> None:
    checked_records.use_records_of(cloud)
    from common.records import usage_log
    from common.records.sequences import next_id

    log_id = next_id(usage_log.NAME)
    usage_log.start(log_id, usage_log.Asked("gemini", None, "gemini-2.5-pro", "a.pdf", 1, user_id=user))
    usage_log.mark_interrupted(log_id)
    assert status(http, user_id=user)["usage"]["total"]["calls"] == 0
    for _ in range(2):
        usage_log.finish(log_id, usage_log.Answered("ok", **PRICED))
        usage_log.mark_interrupted(log_id)
    assert status(http, user_id=user)["usage"]["total"]["calls"] == 1
    assert cloud.usage_row(log_id)["outcome"] == "ok"


def test_a_row_whose_user_was_forgotten_meanwhile_is_nobodys(cloud: RunningCloud, user: str) -> None:
    checked_records.use_records_of(cloud)
    from common.records import usage_log
    from common.records.sequences import next_id

    log_id, name = next_id(usage_log.NAME), f"docs/{user}/a.pdf"
    usage_log.start(log_id, usage_log.Asked("gemini", None, "gemini-2.5-pro", name, 1, user_id=user))
    usage_log.forget_files_below(f"docs/{user}/")
    usage_log.finish(log_id, usage_log.Answered("ok", **PRICED))
    assert cloud.records("usage_days", user_id=user) == []


def test_days_that_are_over_for_long_are_deleted_by_the_database(cloud: RunningCloud, user: str) -> None:
    completed(cloud, user, "gemini-2.5-pro", **PRICED)
    (day,) = cloud.records("usage_days", user_id=user)
    assert timedelta(days=90) < day["expires"] - datetime.now(UTC) < timedelta(days=101)


def test_a_query_that_is_wrong_is_refused(http: httpx.Client) -> None:
    assert error(http.post("/status/")) == (405, "Method not allowed")
