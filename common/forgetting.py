"""A user's data, removed on request: invoices, results with their history, files, claims and the account.

Order: an invoice is no longer shown → its file goes while its claim still stands, so that nobody takes it
for a new one → results → the record. Every step is safe to repeat, and a run that broke off is
continued by the next. Rows of the usage log stay for the accounts, without the file's and the user's name,
and so do everybody's totals of each day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from common.domain.user_ids import is_user_id
from common.errors import Rejected
from common.files import bucket
from common.records import (
    direct_records,
    forgotten,
    idempotency,
    invoices,
    object_names,
    usage_days,
    usage_log,
    users,
)
from common.records import results as records

KINDS = (
    *("invoices", "direct records", "results", "former results", "objects", "claims"),
    *("usage rows without a file name now", "days of usage", "idempotency keys", "accounts"),
)


def forget(user_id: str) -> dict[str, int]:
    """Removes all that is kept of the user; returns how many of each of KINDS that was.

    Raises Rejected for what can be no user's id, Unavailable if a part does not answer.
    """
    if not is_user_id(user_id):
        raise Rejected("user_id is not valid")
    removed: Counter[str] = Counter(dict.fromkeys(KINDS, 0))
    for invoice_id, file_names in forgotten.invoices_of(user_id):
        invoices.change_if_there(invoice_id, shown=False)
        _remove_record(removed, records.INVOICE_DATA, invoice_id, f"invoice/{invoice_id}", file_names)
        removed["usage rows without a file name now"] += usage_log.forget_file_of_invoice(invoice_id)
        invoices.remove(invoice_id)
        forgotten.remove_lease(invoice_id)
        removed["invoices"] += 1
    for record_id, file_name in forgotten.direct_records_of(user_id):
        _remove_record(removed, direct_records.NAME, record_id, f"direct/{record_id}", [file_name])
        removed["direct records"] += 1
    _remove_objects(removed, bucket.names(f"docs/{user_id}/"))
    removed["usage rows without a file name now"] += usage_log.forget_files_below(f"docs/{user_id}/")
    removed["days of usage"] += usage_days.forget_user(user_id)
    removed["idempotency keys"] += idempotency.forget_user(user_id)
    removed["accounts"] += users.remove(user_id)
    return dict(removed)


def _remove_record(
    removed: Counter[str], collection: str, number: int, place: str, file_names: Iterable[str]
) -> None:
    """Files, results and history of one record, and at last the results' own record."""
    _remove_objects(removed, file_names)
    _remove_objects(removed, bucket.names(f"results/{place}/"))
    if collection == direct_records.NAME:
        for name in file_names:
            removed["usage rows without a file name now"] += usage_log.forget_files_below(name)
    history, current = forgotten.remove_result(collection, number)
    removed["former results"] += history
    removed["results"] += current


def _remove_objects(removed: Counter[str], names: Iterable[str]) -> None:
    for name in names:
        if bucket.stat(name) is not None:
            bucket.delete(name)
            removed["objects"] += 1
        if object_names.find(name) is not None:
            object_names.release(name)
            removed["claims"] += 1
