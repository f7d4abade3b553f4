"""Writing: uploads, ids and webhook hits beside the bare client calls they are made of."""

from __future__ import annotations

import io
import json
import uuid
from datetime import UTC, datetime, timedelta

from google.cloud.firestore import Increment

from benchmarks.measure import Comparison, Spread, compare, per_second, seconds
from benchmarks.processes import Memory
from benchmarks.system import System
from common import clients
from common.config import settings
from common.records.sequences import next_id

THREADS = 8
UPLOADED = 25 * 1024 * 1024


def upload(system: System, rounds: int) -> tuple[Comparison, Spread]:
    """A 25 MiB POST /upload/ ÷ the client's upload; and MiB of the function's peak over a warm, idle one."""
    pdf = _large_pdf()
    memory = Memory(system.pids["upload"])
    above: list[float] = []
    bucket = clients.storage().bucket(settings().bucket)

    with system.wire("upload") as http:
        waiting = [http.post_file("/upload/", "bench-upload", "small.pdf", pdf[:4096])]
        _let_the_queue_finish(system, waiting)
        idle = memory.now()

        def ours() -> float:
            _let_the_queue_finish(system, waiting)
            memory.reset()
            name = f"{uuid.uuid4().hex}.pdf"
            elapsed = seconds(lambda: waiting.append(http.post_file("/upload/", "bench-upload", name, pdf)))
            above.append(memory.peak() - idle)
            return elapsed

        def raw() -> float:
            _let_the_queue_finish(system, waiting)
            blob = bucket.blob(f"benchmark/{uuid.uuid4().hex}.pdf")
            return seconds(
                lambda: blob.upload_from_file(io.BytesIO(pdf), size=len(pdf), content_type="application/pdf")
            )

        result = compare("POST /upload/ of 25 MiB ÷ client upload", "s", ours, raw, rounds=rounds)
        _let_the_queue_finish(system, waiting)
    return result, Spread.of(above)


def ids(rounds: int) -> Comparison:
    """Ids that 8 threads take in a second ÷ plain Increments of one document by 8 threads."""
    counter = clients.firestore().collection("benchmark").document(f"counter-{uuid.uuid4().hex}")

    def plain() -> None:
        writes = clients.firestore().batch()
        writes.set(counter, {"last": Increment(1)}, merge=True)
        int(writes.commit()[0].transform_results[0].integer_value)

    return compare(
        "ids ÷ plain Increments",
        "1/s",
        lambda: per_second(lambda: next_id("benchmark"), 20_000, THREADS),
        lambda: per_second(plain, 400, THREADS),
        rounds=rounds,
    )


def webhook(system: System, rounds: int) -> Comparison:
    """POST /webhook/ from 8 connections ÷ create() of like records from 8 threads."""
    body = json.dumps({"event": "payment.success", "data": {"amount": 100, "currency": "INR"}})
    headers = {"Content-Type": "application/json"}
    entry = json.dumps(
        {"method": "POST", "data": body, "headers": headers, "client_ip": "127.0.0.1"}
    ).encode()
    collection = clients.firestore().collection("benchmark")

    def create() -> None:
        now = datetime.now(UTC)
        fields = {"timestamp": now.isoformat(), "shard": 3, "method": "POST", "entry": entry}
        collection.document(uuid.uuid4().hex).create({**fields, "expires": now + timedelta(days=1)})

    with system.wire("webhook") as http:
        return compare(
            "hits ÷ creates",
            "1/s",
            lambda: per_second(lambda: http.post("/webhook/", body.encode(), headers), 800, THREADS),
            lambda: per_second(create, 800, THREADS),
            rounds=rounds,
        )


def _let_the_queue_finish(system: System, waiting: list[int]) -> None:
    """The reading of the last upload must not run beside the next measurement."""
    while waiting:
        system.wait_until_read(waiting.pop())


def _large_pdf() -> bytes:
    """25 MiB that begin like a PDF and are none: the upload takes it, the reading gives up at once."""
    head = b"%PDF-1.7\n% nothing but padding follows\n"
    return head + b"0123456789abcde\n" * ((UPLOADED - len(head)) // 16)
