"""invoice_time: one row for every model call, written before it starts and completed when it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from common.domain.ids import scattered_key
from common.records.database import LISTING_SECONDS, Changed, collection, create, translated, waiting, where

if TYPE_CHECKING:
    from google.cloud.firestore import Query

NAME = "invoice_time"
STARTED = "started"
INTERRUPTED = "interrupted"


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
            "time": datetime.now(UTC),
            **_answer_fields(Answered(STARTED)),
        },
    )


def finish(log_id: int, answered: Answered) -> None:
    """Completes the row; safe to repeat."""
    with translated():
        collection(NAME).document(scattered_key(str(log_id))).update(_answer_fields(answered), **waiting())


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


def forget_file_of_invoice(invoice_id: int) -> int:
    """Takes the file's name out of the rows of an invoice; returns how many had one."""
    return _forget_files(collection(NAME).where(filter=where("invoice_id", "==", invoice_id)))


def forget_files_below(prefix: str) -> int:
    """Takes the file's name out of every row where it begins with `prefix`; returns how many had one."""
    query = collection(NAME).where(filter=where("file_name", ">=", prefix))
    return _forget_files(query.where(filter=where("file_name", "<", f"{prefix}\uf8ff")))


def _forget_files(query: Query) -> int:
    with translated():
        rows = [row for row in query.get(**waiting(LISTING_SECONDS)) if row.get("file_name") is not None]
        for row in rows:
            row.reference.update({"file_name": None}, **waiting())
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


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)
