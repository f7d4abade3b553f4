"""A large upload is not held in memory more than once."""

from __future__ import annotations

from pathlib import Path

import httpx

from tests.contract.caller import Caller
from tests.documents import Drawn
from tests.running import RunningCloud

SIZE = 30 * 1024 * 1024


def worker_of(pid: int) -> int:
    """The process that answers: the server's one worker."""
    (worker,) = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(worker)


def peak(pid: int) -> int:
    """Bytes that the process had in memory at the most since its peak was reset."""
    (line,) = [
        line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmHWM")
    ]
    return int(line.split()[1]) * 1024


def test_an_upload_of_30_mb_takes_less_memory_than_the_file_is_large(
    http: httpx.Client, cloud: RunningCloud
) -> None:
    caller = Caller.new(http)
    caller.uploaded(Drawn(padding=1_000_000).pdf())
    worker = worker_of(cloud.pids()["upload"])
    Path(f"/proc/{worker}/clear_refs").write_text("5")
    before = peak(worker)
    pdf = Drawn(padding=SIZE).pdf()
    invoice_id = caller.uploaded(pdf)
    assert peak(worker) - before < SIZE
    assert http.get(f"/invoice/{invoice_id}/file/").content == pdf
