"""Records for the check page, stored as extraction stores them: with evidence, checks and doubts."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from common.domain.recognised import PageWords
from tests.documents import Drawn
from tests.running import RunningCloud


def use_records_of(cloud: RunningCloud) -> None:
    """Lets this process write records where the cloud keeps them."""
    os.environ["FIRESTORE_EMULATOR_HOST"] = cloud.urls["firestore"].removeprefix("http://")
    os.environ["STORAGE_EMULATOR_HOST"] = cloud.urls["storage"]


def read_from(drawn: Drawn, **other: Any) -> dict[str, Any]:
    """What an extraction says of a drawn invoice; `other` replaces values of its fields.

    One line's amount is doubtful, and so is the due date, which is not there.
    """
    values: dict[str, Any] = {
        "language": "English",
        "type": "computerized",
        "document_type": "invoice",
        "vendor_name": drawn.vendor,
        "vendor_address": "12 Harbour Road, Boston, MA 02110, USA",
        "buyer_name": "Contoso Retail Inc",
        "invoice_number": drawn.number,
        "invoice_date": "2026-03-05",
        "currency": "USD",
        "subtotal": Decimal("1200.00"),
        "taxable_amt": Decimal("1200.00"),
        "taxes": [
            {"type": "Sales tax", "rate": 18, "taxable_amt": Decimal("1200.00"), "amount": Decimal("216.00")}
        ],
        "tax_amt": Decimal("216.00"),
        "total_amt": Decimal("1416.00"),
        "items": [
            _line("Steel brackets", 4, "250.00", "1000.00"),
            _line("Delivery boxes", 2, "100.00", "200.00"),
        ],
        **other,
    }
    for name in _NULL:
        values.setdefault(name, None)
    values["confidence"] = {
        name: None if value is None else Decimal("0.97")
        for name, value in values.items()
        if name not in ("items", "taxes")
    }
    values["confidence"]["invoice_date"] = Decimal("0.31")
    values["confidence"]["items"] = [Decimal("0.95") for _ in values["items"]]
    return {
        "status": True,
        "message": "PDF processed successfully using raw PDF upload",
        "model": "gemini-2.5-pro",
        "data": values,
        "evidence": deepcopy(_EVIDENCE) | {"items": [dict(line) for line in _LINES[: len(values["items"])]]},
        "checks": deepcopy(_CHECKS),
        "review": {"needed": True, "reasons": deepcopy(_REASONS)},
        "pages": {"total": 1, "read": 1, "with_text": 1, "scanned": 0, "unread": []},
        "sources": [{"kind": "model", "name": "gemini-2.5-pro (local stand-in)", "verdict": None}],
        "duplicates": [],
        "usage": {"model_calls": 1, "input_tokens": 812, "output_tokens": 344},
    }


def direct(
    cloud: RunningCloud,
    data: Mapping[str, object],
    pdf: bytes,
    name: str,
    owner: str | None = None,
    *,
    words: Sequence[PageWords] = (),
) -> int:
    """Stores a direct record; returns its id."""
    use_records_of(cloud)
    from common import results
    from common.domain.likeness import likeness
    from common.records import direct_records
    from common.records.database import batch, commit
    from common.records.sequences import next_id

    record_id = next_id(direct_records.NAME)
    filename = f"direct_pdf/192_0_2_7/{record_id}/{name}"
    cloud.put_object(filename, pdf)
    result = results.stored(record_id, f"direct/{record_id}", data, version=1, words=words)
    record = direct_records.StoredDirect(
        record_id, filename, owner, "192.0.2.7", f"{record_id:064}", len(pdf), datetime.now(UTC),
        likeness(data), result,
    )  # fmt: skip
    writes = batch()
    direct_records.set_in(writes, record)
    commit(writes)
    return record_id


def invoice(
    cloud: RunningCloud,
    data: Mapping[str, object] | None,
    pdf: bytes,
    name: str,
    *,
    owner: str = "check-1",
    state: str = "done",
    stage: str = "Processed successfully",
) -> int:
    """Stores an uploaded invoice, read or not; returns its id. Nothing is put into the queue."""
    use_records_of(cloud)
    from common import results
    from common.domain.invoice import Details, Invoice, Processing
    from common.records import invoices
    from common.records import results as records
    from common.records.database import batch, commit
    from common.records.sequences import next_id

    invoice_id = next_id(invoices.NAME)
    filename = f"checked/{owner}/{invoice_id}/{name}"
    cloud.put_object(filename, pdf)
    version = 0 if data is None else 1
    record = Invoice(
        id=invoice_id,
        auth_id=owner,
        file_name=filename,
        details=Details(),
        supporting_doc_1=None,
        supporting_doc_2=None,
        data_fetch=state == "done",
        refetch=False,
        processing=Processing(state, stage, 1, datetime.now(UTC)),  # type: ignore[arg-type]
        shown=True,
        sha256=f"{invoice_id:064}",
        generation=1,
        created=datetime.now(UTC),
        version=version,
    )
    writes = batch()
    invoices.set_in(writes, record, filename)
    if data is not None:
        result_id = next_id(records.INVOICE_DATA)
        result = results.stored(result_id, f"invoice/{invoice_id}", data, version=version)
        records.replace_in(writes, invoice_id, result, None, owner)
    commit(writes)
    return invoice_id


def finish(
    cloud: RunningCloud, invoice_id: int, data: Mapping[str, object], words: Sequence[PageWords] = ()
) -> None:
    """Stores what was read from an invoice that was being read."""
    use_records_of(cloud)
    from common import results
    from common.domain.invoice import Processing
    from common.records import invoices
    from common.records import results as records
    from common.records.database import batch, commit
    from common.records.sequences import next_id

    result = results.stored(
        next_id(records.INVOICE_DATA), f"invoice/{invoice_id}", data, version=1, words=words
    )
    done = Processing("done", "Processed successfully", 1, datetime.now(UTC))
    writes = batch()
    records.replace_in(writes, invoice_id, result, None)
    invoices.change_in(writes, invoice_id, processing=done, data_fetch=True, version=1)
    commit(writes)


def _line(description: str, quantity: int, unit_price: str, amount: str) -> dict[str, object]:
    return {
        "description": description,
        "hsn_code": None,
        "quantity": quantity,
        "unit": None,
        "unit_price": Decimal(unit_price),
        "discount": None,
        "tax_rate": None,
        "tax_amt": None,
        "amount": Decimal(amount),
    }


def _found(box: tuple[int, int, int, int], text: str) -> dict[str, object]:
    """Evidence at a box of the drawn page, 842 points high, given from its bottom left."""
    x0, y0, x1, y1 = box
    return {"page": 1, "box": [x0, 842 - y1, x1, 842 - y0], "text": text, "source": "text"}


_NULL = (
    *("vendor_tax_id", "buyer_tax_id", "due_date", "payment_terms", "po_number", "discount_amt", "irn"),
    *("shipping_amt", "charges_amt", "round_off", "prepaid_amt", "amount_due"),
)
_EVIDENCE: dict[str, Any] = {
    "vendor_name": _found((50, 776, 265, 794), "Northwind Supplies Ltd"),
    "vendor_address": _found((50, 761, 230, 773), "12 Harbour Road, Boston, MA 02110, USA"),
    "buyer_name": _found((50, 702, 135, 714), "Contoso Retail Inc"),
    "invoice_number": _found((405, 737, 490, 749), "INV"),
    "invoice_date": _found((412, 722, 465, 734), "2026-03-05"),
    "subtotal": _found((503, 571, 546, 583), "1,200.00"),
    "tax_amt": _found((510, 555, 546, 567), "216.00"),
    "total_amt": _found((503, 539, 546, 551), "1,416.00"),
}
_LINES: list[dict[str, object]] = [
    {
        "description": _found((50, 627, 118, 639), "Steel brackets"),
        "quantity": _found((344, 627, 351, 639), "4"),
        "unit_price": _found((424, 627, 456, 639), "250.00"),
        "amount": _found((503, 627, 546, 639), "1,000.00"),
    },
    {
        "description": _found((50, 609, 120, 621), "Delivery boxes"),
        "quantity": _found((344, 609, 351, 621), "2"),
        "unit_price": _found((424, 609, 456, 621), "100.00"),
        "amount": _found((510, 609, 546, 621), "200.00"),
    },
]
_CHECKS = [
    {"name": "BR-CO-10", "status": "passed", "fields": ["items", "subtotal"], "message": "1200.00 = 1200.00"},
    {
        "name": "line_amount",
        "status": "failed",
        "fields": ["items"],
        "message": "Line 2: 2 × 100.00 is 200.00, the line says 210.00",
    },
    {"name": "irn", "status": "not_applicable", "fields": ["irn"], "message": "no IRN"},
]
_REASONS = [
    {
        "code": "ambiguous_date",
        "field": "invoice_date",
        "item": None,
        "cell": None,
        "message": "05/03/2026 may be 5 March or 3 May.",
    },
    {
        "code": "sum_mismatch",
        "field": "items",
        "item": 1,
        "cell": "amount",
        "message": "2 × 100.00 is 200.00, not what the line says.",
    },
    {
        "code": "duplicate",
        "field": None,
        "item": None,
        "cell": None,
        "message": "The same invoice is there already: record 7.",
    },
]
