"""Daily budgets hold, also against calls at once and calls that died."""

from __future__ import annotations

import base64
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import httpx
import pytest

from tests.contract.caller import body, error
from tests.documents import Drawn
from tests.running import RunningCloud

ROOT = Path(__file__).parents[2]


@pytest.fixture
def key_with(cloud: RunningCloud) -> Callable[[str], str]:
    """Makes a key with a daily budget, as an operator does."""

    def make(rupees: str) -> str:
        made = subprocess.run(
            [sys.executable, "-m", "emulators.apikey", "create", "a customer", "--daily-budget-inr", rupees],
            env={**cloud.environment(), "PYTHONPATH": str(ROOT)},
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        return made.stdout.strip()

    return make


def send(http: httpx.Client, key: str) -> httpx.Response:
    content = base64.b64encode(Drawn().pdf()).decode()
    order = {"api_key": key, "model": "gemini-2.5-flash", "pdf_base64": content}
    return http.post("/process-pdf/gemini/", json=order)


def spent(cloud: RunningCloud) -> Decimal:
    rows = cloud.records("invoice_time", api_key="a customer")
    return sum((Decimal(row["price_inr"]) for row in rows if row["price_inr"]), Decimal(0))


def test_a_spent_budget_is_said_with_when_to_come_again(
    http: httpx.Client, cloud: RunningCloud, key_with: Callable[[str], str]
) -> None:
    key, before = key_with("1"), spent(cloud)
    answers = []
    for _ in range(20):
        answers.append(send(http, key))
        if answers[-1].status_code != 200:
            break
    assert len(answers) > 2
    assert error(answers[-1]) == (429, "Daily budget exhausted")
    assert 0 < int(answers[-1].headers["retry-after"]) <= 86_400
    assert Decimal("0.5") < spent(cloud) - before <= 1


def test_calls_at_once_do_not_overrun_a_budget(
    http: httpx.Client, cloud: RunningCloud, key_with: Callable[[str], str]
) -> None:
    key, before = key_with("1"), spent(cloud)
    with ThreadPoolExecutor(12) as pool:
        statuses = [answer.status_code for answer in pool.map(lambda _: send(http, key), range(24))]
    assert set(statuses) == {200, 429}
    assert 0 < spent(cloud) - before <= 1


def test_what_a_call_that_died_had_reserved_is_given_back(
    http: httpx.Client, cloud: RunningCloud, key_with: Callable[[str], str]
) -> None:
    key = key_with("0.5")
    assert send(http, key).status_code == 200
    (day,) = [
        one for one in cloud.snapshots("budget_days") if one.get("nano_inr") < 500_000_000 and is_of(one, key)
    ]
    reservation = {
        "key_id": day.get("key_id"),
        "day": datetime.now(UTC).date().isoformat(),
        "nano_inr": 500_000_000,
        "expires": datetime.now(UTC) + timedelta(minutes=5),
    }
    document = cloud.firestore().collection("budget_reservations").document("left-by-a-call-that-died")
    document.set(reservation)
    day.reference.update({"nano_inr": day.get("nano_inr") + 500_000_000})
    assert send(http, key).status_code == 429
    document.update({"expires": datetime.now(UTC) - timedelta(seconds=1)})
    assert send(http, key).status_code == 200
    assert not document.get(timeout=30).exists


def is_of(day: object, key: str) -> bool:
    """Whether a day's counter is that of `key`."""
    import hashlib

    return bool(day.get("key_id") == hashlib.sha256(key.encode()).hexdigest())  # type: ignore[attr-defined]


def test_the_development_key_has_no_budget(http: httpx.Client, api_key: str, cloud: RunningCloud) -> None:
    assert body(send(http, api_key))["status"] is True
    assert not [one for one in cloud.snapshots("budget_days") if is_of(one, api_key)]


def test_a_revoked_key_is_refused(
    http: httpx.Client, cloud: RunningCloud, key_with: Callable[[str], str]
) -> None:
    key = key_with("10")
    run = [sys.executable, "-m", "emulators.apikey", "revoke", "a customer"]
    subprocess.run(
        run, env={**cloud.environment(), "PYTHONPATH": str(ROOT)}, cwd=ROOT, timeout=60, check=True
    )
    assert error(send(http, key)) == (401, "Invalid API key")
