"""What stands in the records and the bucket after it all, counted against what was sent."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from chaos.senders import Sent
from common import clients
from common.config import settings

PAID = ("ok", "truncated")
"""Outcomes of a model call that was answered, and so is paid for."""


@dataclass(frozen=True)
class Account:
    """Names of what is wrong; counts of what is worth knowing."""

    wrong: dict[str, list[str]]
    known: dict[str, int]

    @property
    def is_right(self) -> bool:
        """Whether nothing is lost, double, or left over."""
        return not any(self.wrong.values())


def account(sent: list[Sent]) -> Account:
    """Compares what there is with what was sent."""
    invoices = {one["id"]: one for one in _all("invoices")}
    claims = {one["name"]: one for one in _all("object_names")}
    results = {one["invoice_id"]: one for one in _all("invoice_data")}
    rows = _all("invoice_time")
    objects = {blob.name for blob in clients.storage().list_blobs(settings().bucket)}
    numbers = Counter(one["invoice_no"] for one in invoices.values())
    number_of = {one["id"]: one["invoice_no"] for one in invoices.values()}
    paid = Counter(row["invoice_id"] for row in rows if row["outcome"] in PAID)
    named = {
        name
        for one in invoices.values()
        for name in (one["file_name"], one["supporting_doc_1"], one["supporting_doc_2"])
        if name
    }
    wrong = {
        "unanswered": [one.number for one in sent if one.invoice_id is None],
        "lost": [one.number for one in sent if one.invoice_id is not None and one.invoice_id not in invoices],
        "not read": [
            f"{one['id']}: {one['processing']['state']} {one['processing']['stage']}"
            for one in invoices.values()
            if one["processing"]["state"] != "done" or not one["data_fetch"]
        ],
        "read wrongly": [
            one.number for one in sent if _is_other(results.get(one.invoice_id or 0), one.number)
        ],
        "doubled": [number for number, count in numbers.items() if count > 1],
        "charged twice": [
            f"{number} (invoice {one})"
            for one, count in paid.items()
            if count > 1
            for number in [number_of.get(one)]
        ],
        "charged and gone": [f"invoice {one}" for one in paid if one not in invoices],
        "rows left open": [str(row["id"]) for row in rows if row["outcome"] == "started"],
        "orphan objects": sorted(name for name in objects if name not in named),
        "orphan claims": [
            name
            for name, one in claims.items()
            if one["owner"] not in invoices or name not in objects or one["expires"] is not None
        ],
        "missing objects": sorted(named - objects),
        "hidden records": [str(one["id"]) for one in invoices.values() if not one["shown"]],
        "orphan results": [str(one) for one in results if one not in invoices],
        "tokens misjudged": [each for one in sent for each in one.misjudged],
        "leases left": [str(one["invoice_id"]) for one in _all("leases")],
    }
    outcomes = Counter(row["outcome"] for row in rows)
    known = {
        "uploads": len(sent),
        "answered": sum(one.invoice_id is not None for one in sent),
        "requests": sum(one.tries for one in sent),
        "tokens refused for their time": sum(one.refused for one in sent),
        "invoices": len(invoices),
        "results": len(results),
        **{f"model calls {outcome}": count for outcome, count in sorted(outcomes.items())},
    }
    return Account(wrong, known)


def _is_other(result: dict[str, Any] | None, number: str) -> bool:
    return result is not None and number.encode() not in (result["body"] or b"")


def _all(collection: str) -> list[dict[str, Any]]:
    return [one.to_dict() or {} for one in clients.firestore().collection(collection).get(timeout=60)]
