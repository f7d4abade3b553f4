"""Reading records through the invoices function beside reading them with the bare client."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from google.cloud.firestore import FieldFilter

from benchmarks.measure import Comparison, compare, milliseconds_each, seconds
from benchmarks.system import System
from common import clients
from common.domain.exact_json import loads
from common.domain.ids import scattered_key
from common.domain.invoice import Details, Invoice, Processing
from common.records import invoices
from common.records.sequences import lease
from emulators.samples import samples

LISTED = 10_000
_WRITTEN_AT_ONCE = 400


def one_invoice(system: System, rounds: int) -> Comparison:
    """Warm GET /invoice/{id}/data/ ÷ the two documents it answers from, got with the client."""
    with system.wire("upload") as uploads:
        number = uploads.post_file("/upload/", "bench-data", "invoice.pdf", samples()[0].pdf)
    if system.wait_until_read(number) != "done":
        raise RuntimeError("the sample invoice was not read")
    key = scattered_key(str(number))
    documents = [clients.firestore().collection(name).document(key) for name in ("invoices", "invoice_data")]

    def raw() -> None:
        for document in documents:
            if not document.get().exists:
                raise RuntimeError("the record is gone")

    with system.wire("invoices") as http:
        return compare(
            "GET /invoice/{id}/data/ ÷ two document reads",
            "ms",
            lambda: milliseconds_each(lambda: http.get(f"/invoice/{number}/data/"), 200),
            lambda: milliseconds_each(raw, 200),
            rounds=rounds,
        )


def many_invoices(system: System, rounds: int) -> Comparison:
    """GET /invoices/ of 10,000 invoices ÷ the query for the same documents with the client."""
    user = f"bench-list-{datetime.now(UTC):%H%M%S%f}"
    _fill(user)
    query = (
        clients.firestore()
        .collection(invoices.NAME)
        .where(filter=FieldFilter("auth_id", "==", user))
        .where(filter=FieldFilter("shown", "==", True))
        .order_by("id")
    )

    def raw() -> None:
        if len([snapshot.to_dict() for snapshot in query.stream()]) != LISTED:
            raise RuntimeError("the query found another number of invoices")

    with system.wire("invoices") as http:

        def ours() -> None:
            body = loads(http.get(f"/invoices/?user_id={user}"))
            if not isinstance(body, dict) or len(body["invoices"]) != LISTED:
                raise RuntimeError("the list has another number of invoices")

        return compare(
            f"GET /invoices/ of {LISTED:,} ÷ the query",
            "s",
            lambda: seconds(ours),
            lambda: seconds(raw),
            rounds=rounds,
        )


def _fill(user: str) -> None:
    last = lease("invoices", LISTED)
    now = datetime.now(UTC)
    for start in range(last - LISTED + 1, last + 1, _WRITTEN_AT_ONCE):
        writes = clients.firestore().batch()
        for number in range(start, min(start + _WRITTEN_AT_ONCE, last + 1)):
            invoices.set_in(writes, _invoice(number, user, now), f"docs/{user}/invoice_{number}.pdf")
        writes.commit()


def _invoice(number: int, user: str, now: datetime) -> Invoice:
    return Invoice(
        id=number,
        auth_id=user,
        file_name="",
        details=Details("ABC Corp", "TAX123456", f"INV-{number}", "2026-10-12", Decimal("1500.50"), "Q4"),
        supporting_doc_1=None,
        supporting_doc_2=None,
        data_fetch=True,
        refetch=False,
        processing=Processing("done", "read", 1, now),
        shown=True,
        sha256=f"{number:064x}",
        generation=1,
        created=now,
        version=1,
    )
