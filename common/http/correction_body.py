"""The body of a correction, checked before anything is read for it."""

from __future__ import annotations

from common.corrections import Correction
from common.domain.pointed import pointed
from common.errors import Rejected
from common.http.body import Body


def correction(body: Body, user: str | None) -> Correction:
    """What a person sends; raises Rejected naming what is missing or of a wrong type."""
    body.demand("data")
    values = body.values["data"]
    if not isinstance(values, dict):
        raise Rejected("data must be an object")
    mark = body.text("manual_verified")
    if mark is not None and mark.strip().upper() not in ("Y", "N"):
        raise Rejected("manual_verified must be Y or N")
    return Correction(
        values=values,
        version=None if body.is_missing("version") else body.integer("version"),
        verified=None if mark is None else mark.strip().upper() == "Y",
        by=user,
        evidence=pointed(body.values.get("evidence")),
    )
