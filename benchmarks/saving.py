"""A correction of a long record beside the bare write of the same records."""

from __future__ import annotations

import json
from itertools import count

from benchmarks import papers
from benchmarks.measure import Comparison, compare, milliseconds_each
from benchmarks.system import System
from common import clients
from common.domain.exact_json import dumps, loads
from common.records import results
from common.records.database import collection, where

ITEMS = 300
_TIMES = 5
"""Saves in a round."""

_JSON = {"Content-Type": "application/json"}


def save(system: System, rounds: int) -> Comparison:
    """POST /check/save/ with all items, one of them changed ÷ writing its result and the former one."""
    with system.wire("upload") as http:
        invoice_id = http.post_file("/upload/", "bench-save", "long.pdf", papers.of_lines(ITEMS))
    if system.wait_until_read(invoice_id) != "done":
        raise RuntimeError("the long invoice was not read")
    with system.wire("check_ui") as http:
        stands = loads(http.get(f"/check/data/?invoice_id={invoice_id}"))
        if not isinstance(stands, dict) or len(stands["data"]["items"]) != ITEMS:
            raise RuntimeError("the long invoice was read with another number of items")
        prices = count(1)

        def ours() -> None:
            stands["data"]["items"][ITEMS // 2]["unit_price"] = next(prices)
            body = {"invoice_id": invoice_id, "data": stands["data"], "version": stands["version"]}
            saved = json.loads(http.post("/check/save/", dumps(body).encode(), _JSON))
            stands["version"] = saved["version"]

        record = collection(results.INVOICE_DATA).document("benchmark")
        (found,) = collection(results.INVOICE_DATA).where(filter=where("invoice_id", "==", invoice_id)).get()
        fields = found.to_dict() or {}

        def raw() -> None:
            writes = clients.firestore().batch()
            writes.set(record, fields)
            writes.set(record.collection("history").document("former"), fields)
            writes.commit()

        return compare(
            f"POST /check/save/ of {ITEMS} items ÷ two document writes",
            "ms",
            lambda: milliseconds_each(ours, _TIMES),
            lambda: milliseconds_each(raw, _TIMES),
            rounds=rounds,
        )
