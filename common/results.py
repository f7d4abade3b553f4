"""Results of extractions with their whole content, wherever it lies."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Literal, cast

from common.domain.exact_json import dumps, loads
from common.domain.invoice import Extracted
from common.domain.recognised import PageWords, written
from common.domain.summary import summary
from common.files import bucket
from common.records import results
from common.records.results import LARGEST_INLINE, StoredResult

RESULTS = "results"
"""The bucket's folder for results that are too large for a record, and for recognised words."""


def extracted(stored: StoredResult) -> Extracted:
    """`stored` with its content; raises Missing if its object is gone."""
    body = stored.body if stored.body is not None else bucket.read(stored.body_object or "").decode()
    return Extracted(
        id=stored.id,
        status=cast('Literal["OK", "ERROR"]', stored.status),
        data=cast("dict[str, object]", loads(body)),
        manual_verified=stored.manual_verified,
        modified=stored.modified,
        remarks=stored.remarks,
        version=stored.version,
    )


def stored(
    result_id: int,
    place: str,
    data: Mapping[str, object],
    *,
    version: int,
    manual_verified: bool = False,
    remarks: str | None = None,
    words: Sequence[PageWords] = (),
) -> StoredResult:
    """The form in which `data` is stored; a large one is written to the bucket here, before its record.

    So are the words that were recognised on the pages, if there are any.
    `place` tells invoices and direct records apart ("invoice/7"). Written again
    after a crash, a version's object is the same or replaces one that no record names.
    """
    body = dumps(data)
    name = f"{RESULTS}/{place}/{version}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
    body_object = words_object = None
    if len(body.encode()) > LARGEST_INLINE:
        body_object = f"{name}.json"
        _write(body_object, body.encode())
    if words:
        words_object = f"{name}-words.json"
        _write(words_object, written(words))
    review = data.get("review")
    return StoredResult(
        id=result_id,
        status="OK" if data.get("status") is True else "ERROR",
        body=body if body_object is None else None,
        body_object=body_object,
        manual_verified=manual_verified,
        modified=datetime.now(UTC),
        remarks=remarks,
        version=version,
        review_needed=bool(review.get("needed")) if isinstance(review, Mapping) else False,
        summary=dumps(summary(data)),
        words_object=words_object,
    )


def _write(name: str, content: bytes) -> None:
    bucket.write(name, io.BytesIO(content), len(content), "application/json", {})


def of_invoice(invoice_id: int) -> Extracted | None:
    """The current result of an invoice, None until extraction has run."""
    found = results.of_invoice(invoice_id)
    return None if found is None else extracted(found)


def documented(result: Extracted, refetch: bool) -> dict[str, object]:
    """A result as the documentation's invoice_data shows it."""
    return {
        "id": result.id,
        "status": result.status,
        "data": result.data,
        "manual_verified": "Y" if result.manual_verified else "N",
        "modified_by": written_time(result.modified),
        "refetch": "Y" if refetch else "N",
        "remarks": result.remarks,
        "version": result.version,
    }


def written_time(time: datetime) -> str:
    """A time in UTC as the documentation's example writes it: to the second, without a zone."""
    return time.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
