"""How many records there are of each state, counted by Firestore and not read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from common.domain.invoice import State
from common.records.database import collection, translated, waiting, where
from common.records.direct_records import NAME as DIRECT_RECORDS
from common.records.invoices import NAME as INVOICES
from common.records.results import INVOICE_DATA

if TYPE_CHECKING:
    from google.cloud.firestore import Query

MOST = 100_000
"""Where counting ends: it takes an index read for each thousand."""


def invoices(state: State, owner: str | None) -> int:
    """Shown invoices in that state; of `owner` alone unless that is None."""
    query = collection(INVOICES).where(filter=where("processing.state", "==", state))
    query = query.where(filter=where("shown", "==", True))
    if owner is not None:
        query = query.where(filter=where("auth_id", "==", owner))
    return _counted(query)


def direct_records(status: Literal["OK", "ERROR"], owner: str | None) -> int:
    """Direct records with such a result; of `owner` alone unless that is None."""
    query = collection(DIRECT_RECORDS).where(filter=where("result.status", "==", status))
    if owner is not None:
        query = query.where(filter=where("owner", "==", owner))
    return _counted(query)


def awaiting_review(owner: str | None) -> int:
    """Records of both kinds that wait for a person's look; of `owner` alone unless that is None."""
    uploaded = collection(INVOICE_DATA).where(filter=where("awaits_review", "==", True))
    direct = collection(DIRECT_RECORDS).where(filter=where("awaits_review", "==", True))
    if owner is not None:
        uploaded = uploaded.where(filter=where("auth_id", "==", owner))
        direct = direct.where(filter=where("owner", "==", owner))
    return min(MOST, _counted(uploaded) + _counted(direct))


def _counted(query: Query) -> int:
    counting: Any = query.limit(MOST).count()  # typed by its library as a class, not as what it makes
    with translated():
        return int(counting.get(**waiting())[0][0].value)
