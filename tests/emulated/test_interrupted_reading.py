"""A process that is killed while it reads an invoice loses nothing and blocks nobody."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import httpx

from tests.contract.caller import Caller
from tests.documents import Drawn
from tests.running import RunningCloud, eventually


def kill_whole(pid: int) -> None:
    """Ends a server and its workers at once, without a word to them."""
    workers = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    for one in (pid, *map(int, workers)):
        os.kill(one, signal.SIGKILL)


def test_killed_in_the_middle_of_a_model_call_the_invoice_is_read_after_the_redelivery(
    http: httpx.Client, cloud: RunningCloud
) -> None:
    caller, drawn = Caller.new(http), Drawn()
    cloud.model_fails("slow", times=1, seconds=60, match=drawn.number)
    invoice_id = caller.uploaded(drawn.pdf())
    eventually(lambda: cloud.records("invoice_time", invoice_id=invoice_id))
    eventually(lambda: caller.data(invoice_id)["processing"]["stage"] == "asking the model")
    former = cloud.pids()["extract_queue"]
    kill_whole(former)
    eventually(lambda: cloud.pids()["extract_queue"] != former, within=20)
    found = caller.once(invoice_id, "done", within=90)
    assert found["processing"]["attempt"] == 2
    assert found["invoice_data"]["data"]["data"]["invoice_number"] == drawn.number
    rows = sorted(cloud.records("invoice_time", invoice_id=invoice_id), key=lambda row: row["time"])
    assert [row["outcome"] for row in rows] == ["interrupted", "ok"]
    assert cloud.records("leases", invoice_id=invoice_id) == []
    cloud.model_recovers()
