"""What a person corrects in a record: a new version of its result, the former one in its history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import cast

from common import results
from common.checked import Checked, document, find, history, last_unverified
from common.domain import proofs
from common.domain.account import account
from common.domain.changes import Change, changes, lines_of, origins_of
from common.domain.correction import corrected
from common.domain.invoice import Extracted, Processing
from common.domain.likeness import Likeness, identity_fields, likeness
from common.domain.pointed import with_pointed
from common.errors import CurrentlyOther, Rejected
from common.files import bucket
from common.rechecked import rechecked
from common.records import direct_records, invoices
from common.records import results as records
from common.records.database import Changed, batch, commit
from common.records.results import StoredResult

FILLED_IN = "Filled in by hand"
"""What is said of a record that could not be read and that a person has filled in."""

_BY_HAND: Mapping[str, object] = {
    "status": True,
    "message": FILLED_IN,
    "model": "by hand",
    "sources": [],
    "duplicates": [],
}

TRIES = 5
"""How often a save that names no version is tried while others save too."""


@dataclass(frozen=True)
class Correction:
    """What a person sends."""

    values: Mapping[str, object]
    """Some or all of `data.data`; absent fields stay as they are."""
    version: int | None = None
    """The version that was edited; None: whatever stands."""
    verified: bool | None = None
    """Whether the person vouches for the whole record; None leaves the mark as it is."""
    by: str | None = None
    """The user whose token it came with."""
    evidence: Mapping[str, object] = field(default_factory=dict)
    """Where on the page the person took values from."""


def save(checked: Checked, correction: Correction) -> Extracted:
    """Stores a correction as the record's new version; nothing new where nothing changes.

    A record that could not be read is filled in by it, and one whose mark is taken
    back is as doubtful again as it was. Raises Rejected for values that can't be.
    If the version that was edited is no longer the current one, CurrentlyOther is
    raised with what stands now and nothing is changed.
    """
    for _ in range(TRIES):
        stands = checked.extracted
        if stands is None or checked.stored is None:
            raise Rejected("The record has no data to correct")
        if correction.version is not None and correction.version != stands.version:
            break
        try:
            return _save(checked, checked.stored, stands, correction)
        except Changed:
            checked = find(checked.parameter, checked.number)
    raise CurrentlyOther(
        "The record was changed by another", {**document(checked), "history": history(checked)}
    )


def tried(checked: Checked, values: Mapping[str, object]) -> dict[str, object]:
    """The checks and reasons that a record would have with these values; nothing is stored."""
    stands = checked.extracted
    if stands is None:
        raise Rejected("The record has no data to correct")
    change = _change(stands, values, vouched=False)
    return {"checks": change.data["checks"], "review": change.data["review"]}


@dataclass(frozen=True)
class _Change:
    """A result's data after a correction, and what is other than before."""

    data: dict[str, object]
    changed: list[Change]


def _change(
    stands: Extracted,
    sent: Mapping[str, object],
    *,
    vouched: bool,
    evidence: Mapping[str, object] = MappingProxyType({}),
) -> _Change:
    values = cast("Mapping[str, object]", stands.data.get("data") or {})
    new = corrected(values, sent)
    origins = origins_of(lines_of(values.get("items")), lines_of(new["items"]))
    changed = changes(values, new, origins)
    review = proofs.review(stands.data.get("review"), origins, changed, vouched=False)
    checks, review = rechecked(values, new, origins, stands.data.get("checks"), review)
    sure = proofs.confidence(values.get("confidence"), new, origins, changed, review, vouched=vouched)
    final = {"needed": False, "reasons": []} if vouched else review
    data = {
        **stands.data,
        **(_BY_HAND if stands.status == "ERROR" else {}),
        "data": {**new, "confidence": sure},
        "overall_confidence": proofs.overall(sure, final),
        "evidence": with_pointed(
            proofs.evidence(stands.data.get("evidence"), origins, changed), evidence, changed
        ),
        "checks": checks,
        "review": final,
    }
    return _Change(data, changed)


def _save(checked: Checked, former: StoredResult, stands: Extracted, correction: Correction) -> Extracted:
    mark = stands.manual_verified if correction.verified is None else correction.verified
    change = _change(stands, correction.values, vouched=mark, evidence=correction.evidence)
    data, changed = change.data, change.changed
    if stands.status == "ERROR" and not changed:
        raise Rejected("data must hold a value: nothing was read from this record")
    if not changed and mark == stands.manual_verified:
        return stands
    if stands.manual_verified and not mark:
        data = {**data, **_doubts_again(checked, data)}
    result = replace(
        results.stored(
            stands.id,
            f"{'direct' if checked.parameter == 'id' else 'invoice'}/{checked.number}",
            data,
            version=checked.counted + 1,
            manual_verified=mark,
            remarks=stands.remarks,
        ),
        correction=account(changed, mark, correction.by),
        words_object=former.words_object,
    )
    _replace(checked, result, former, likeness(data))
    return results.extracted(result)


def _doubts_again(checked: Checked, data: Mapping[str, object]) -> dict[str, object]:
    """What is doubtful of values that nobody vouches for any longer: by the last version that nobody did."""
    before = last_unverified(checked)
    if before is None:
        return {}
    values = cast("Mapping[str, object]", data["data"])
    again = _change(before, values, vouched=False).data
    return {name: again[name] for name in ("data", "overall_confidence", "checks", "review")}


def _replace(checked: Checked, result: StoredResult, former: StoredResult, like: Likeness | None) -> None:
    """Makes `result` the current one in one step with its history; raises Changed if `former` is no more."""
    writes = batch()
    if checked.parameter == "id":
        direct_records.correct_in(writes, checked.number, result, former, like)
    else:
        records.correct_invoice_in(writes, checked.number, result, former)
        invoices.change_in(
            writes,
            checked.number,
            version=result.version,
            **identity_fields(like),
            **_filled_in(checked, former),
        )
    try:
        commit(writes)
    except Changed:
        if result.body_object is not None:
            bucket.delete(result.body_object)
        raise


def _filled_in(checked: Checked, former: StoredResult) -> dict[str, object]:
    """What else becomes of an invoice that could not be read and now has its data: nobody need try again."""
    state = checked.processing
    if former.status == "OK" or state is None:
        return {}
    if state.state != "failed":
        return {"data_fetch": True}
    return {
        "data_fetch": True,
        "processing": Processing("done", FILLED_IN, state.attempt, datetime.now(UTC)),
    }
