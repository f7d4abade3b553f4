"""invoice_time: one row for every model call, written before it starts and completed when it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from common.domain.ids import scattered_key
from common.records import usage_days
from common.records.database import (
    LISTING_SECONDS,
    Changed,
    batch,
    collection,
    commit,
    create,
    translated,
    waiting,
    where,
)

if TYPE_CHECKING:
    from google.cloud.firestore import Query

NAME = "invoice_time"
STARTED = "started"
INTERRUPTED = "interrupted"

_MARKED_AT_ONCE = 100
_TRIES = 5
"""A row is changed while it is completed when its reader is given up, and when its user is forgotten."""


@dataclass(frozen=True)
class Asked:
    """What is known of a model call before it is made."""

    endpoint: str
    api_key: str | None
    """The key's name, never the key."""
    model: str
    file_name: str | None
    pages: int
    invoice_id: int | None = None
    user_id: str | None = None
    """Whose file it is, in whose daily totals the call is counted too."""


@dataclass(frozen=True)
class Answered:
    """What is known of it afterwards; tokens are 0 where the service reported none."""

    outcome: str
    model: str | None = None
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    thoughts_tokens: int = 0
    price_usd: Decimal | None = None
    usd_inr: Decimal | None = None
    price_inr: Decimal | None = None
    seconds: Decimal = Decimal(0)


def start(log_id: int, asked: Asked) -> None:
    """Writes the row of a call that is about to be made."""
    create(
        NAME,
        scattered_key(str(log_id)),
        {
            "id": log_id,
            "endpoint": asked.endpoint,
            "api_key": asked.api_key,
            "model_asked": asked.model,
            "file_name": asked.file_name,
            "pages": asked.pages,
            "invoice_id": asked.invoice_id,
            "user_id": asked.user_id,
            "time": datetime.now(UTC),
            **_answer_fields(Answered(STARTED)),
        },
    )


def finish(log_id: int, answered: Answered) -> None:
    """Completes the row and adds it to its day's totals, both at once and only once: safe to repeat."""
    from common import clients

    document = collection(NAME).document(scattered_key(str(log_id)))
    for _ in range(_TRIES):
        with translated():
            snapshot = document.get(**waiting())
        row = snapshot.to_dict()
        if row is None:
            break
        if row["outcome"] not in (STARTED, INTERRUPTED):
            return
        writes = batch()
        option = clients.firestore().write_option(last_update_time=snapshot.update_time)
        writes.update(document, _answer_fields(answered), option=option)
        model = answered.model or row["model_asked"]
        made = usage_days.Call(log_id, row["time"].date(), row.get("user_id"), model)
        usage_days.add_in(writes, made, _used(answered))
        try:
            commit(writes)
        except Changed:
            continue
        return
    raise Changed("the usage log's row was changed by another")


def mark_interrupted(log_id: int) -> None:
    """Says of a call whose process ended in the middle of it that nobody heard its answer."""
    document = collection(NAME).document(scattered_key(str(log_id)))
    with translated():
        snapshot = document.get(**waiting())
    if not snapshot.exists or snapshot.get("outcome") != STARTED:
        return
    from common import clients

    option = clients.firestore().write_option(last_update_time=snapshot.update_time)
    try:
        with translated():
            document.update({"outcome": INTERRUPTED}, option=option, **waiting())
    except Changed:
        return


def mark_abandoned(before: datetime) -> int:
    """Marks calls that began before a time and were never completed; returns how many."""
    query = collection(NAME).where(filter=where("outcome", "==", STARTED)).limit(_MARKED_AT_ONCE)
    with translated():
        begun = [row.to_dict() or {} for row in query.get(**waiting())]
    old = [row["id"] for row in begun if row["time"] < before]
    for log_id in old:
        mark_interrupted(log_id)
    return len(old)


def forget_file_of_invoice(invoice_id: int) -> int:
    """Takes file and user out of the rows of an invoice; returns how many named a file."""
    return _forget_files(collection(NAME).where(filter=where("invoice_id", "==", invoice_id)))


def forget_files_below(prefix: str) -> int:
    """Takes file and user out of the rows whose file's name begins with `prefix`; returns how many."""
    query = collection(NAME).where(filter=where("file_name", ">=", prefix))
    return _forget_files(query.where(filter=where("file_name", "<", f"{prefix}\uf8ff")))


def _forget_files(query: Query) -> int:
    with translated():
        rows = [row for row in query.get(**waiting(LISTING_SECONDS)) if row.get("file_name") is not None]
        for row in rows:
            row.reference.update({"file_name": None, "user_id": None}, **waiting())
    return len(rows)


def _answer_fields(answered: Answered) -> dict[str, Any]:
    return {
        "outcome": answered.outcome,
        "model_answered": answered.model,
        "input_tokens": answered.input_tokens,
        "output_tokens": answered.output_tokens,
        "cached_tokens": answered.cached_tokens,
        "thoughts_tokens": answered.thoughts_tokens,
        "price_usd": _text(answered.price_usd),
        "usd_inr": _text(answered.usd_inr),
        "price_inr": _text(answered.price_inr),
        "seconds": _text(answered.seconds),
    }


def _used(answered: Answered) -> usage_days.Used:
    return usage_days.Used(
        1,
        answered.input_tokens,
        answered.output_tokens,
        answered.price_inr or Decimal(0),
        int(answered.price_inr is None),
    )


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)
