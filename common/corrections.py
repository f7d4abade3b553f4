"""What a person corrects in a record: a new version of its result, the former one in its history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import cast

from common import results
from common.checked import Checked, document, find
from common.domain import proofs
from common.domain.changes import Change, changes, lines_of, origins_of
from common.domain.correction import corrected
from common.domain.exact_json import dumps
from common.domain.invoice import Extracted
from common.domain.pointed import with_pointed
from common.duplicates import identity
from common.errors import CurrentlyOther, Rejected
from common.files import bucket
from common.rechecked import rechecked
from common.records import invoices
from common.records import results as records
from common.records.database import Changed, batch, commit
from common.records.results import StoredResult

MOST_CHANGES_KEPT = 100
LONGEST_VALUE_KEPT = 120
"""Characters of an old or new value in the list of changes; the former version has it whole."""

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

    Raises Rejected for values that can't be. If the version that was edited is
    no longer the current one, CurrentlyOther is raised with what stands now and
    nothing is changed.
    """
    for _ in range(TRIES):
        stands = checked.extracted
        if stands is None or checked.stored is None or stands.status != "OK":
            raise Rejected("The record has no data to correct")
        if correction.version is not None and correction.version != stands.version:
            break
        try:
            return _save(checked, checked.stored, stands, correction)
        except Changed:
            checked = find(checked.parameter, checked.number)
    raise CurrentlyOther("The record was changed by another", document(checked))


def tried(checked: Checked, values: Mapping[str, object]) -> dict[str, object]:
    """The checks and reasons that a record would have with these values; nothing is stored."""
    stands = checked.extracted
    if stands is None or stands.status != "OK":
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
    data = {
        **stands.data,
        "data": {
            **new,
            "confidence": proofs.confidence(
                values.get("confidence"), new, origins, changed, review, vouched=vouched
            ),
        },
        "evidence": with_pointed(
            proofs.evidence(stands.data.get("evidence"), origins, changed), evidence, changed
        ),
        "checks": checks,
        "review": {"needed": False, "reasons": []} if vouched else review,
    }
    return _Change(data, changed)


def _save(checked: Checked, former: StoredResult, stands: Extracted, correction: Correction) -> Extracted:
    mark = stands.manual_verified if correction.verified is None else correction.verified
    change = _change(stands, correction.values, vouched=mark, evidence=correction.evidence)
    data, changed = change.data, change.changed
    if not changed and mark == stands.manual_verified:
        return stands
    result = replace(
        results.stored(
            stands.id,
            f"{'direct' if checked.parameter == 'id' else 'invoice'}/{checked.number}",
            data,
            version=checked.counted + 1,
            manual_verified=mark,
            remarks=stands.remarks,
        ),
        correction=_account(changed, mark, correction.by),
    )
    _replace(checked, result, former, identity(data))
    return results.extracted(result)


def _replace(checked: Checked, result: StoredResult, former: StoredResult, same: str | None) -> None:
    """Makes `result` the current one in one step with its history; raises Changed if `former` is no more."""
    writes = batch()
    if checked.parameter == "id":
        records.correct_direct_in(writes, checked.number, result, former, same)
    else:
        records.correct_invoice_in(writes, checked.number, result, former)
        invoices.change_in(writes, checked.number, version=result.version, identity=same)
    try:
        commit(writes)
    except Changed:
        if result.body_object is not None:
            bucket.delete(result.body_object)
        raise


def _account(changed: list[Change], mark: bool, by: str | None) -> str:
    """Who changed what, as it is kept beside the version: bounded, for the former version is kept whole."""
    return dumps(
        {
            "by": by,
            "manual_verified": "Y" if mark else "N",
            "changed": len(changed),
            "changes": [
                {
                    "field": change.field,
                    "item": change.item,
                    "cell": change.cell,
                    "old": _short(change.old),
                    "new": _short(change.new),
                }
                for change in changed[:MOST_CHANGES_KEPT]
            ],
        }
    )


def _short(value: object) -> object:
    if isinstance(value, str) and len(value) > LONGEST_VALUE_KEPT:
        return value[: LONGEST_VALUE_KEPT - 1] + "…"
    return value
