"""What two records of one invoice have in common: vendor, number, date and total."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

_NEEDED = ("vendor_name", "invoice_number", "invoice_date", "total_amt")
_NO_WORD = re.compile(r"[\W_]+")


class Likeness(NamedTuple):
    """Two digests of an invoice's vendor, number, date and total. Case, spaces, punctuation and a
    total's last zeros don't matter."""

    own: str
    """The vendor by its tax id, or by its name where none was read."""
    named: str
    """The vendor by its name: one of two readings may lack the tax id."""


def likeness(data: Mapping[str, object]) -> Likeness | None:
    """The likeness of a result; None where it failed or a part was not read."""
    values = data.get("data")
    if data.get("status") is not True or not isinstance(values, Mapping):
        return None
    if any(values.get(name) is None for name in _NEEDED):
        return None
    tax_id = values.get("vendor_tax_id")
    named = _digest(values["vendor_name"], values)
    return Likeness(_digest(tax_id, values) if tax_id else named, named)


def identity_fields(like: Likeness | None) -> dict[str, str | None]:
    """The fields of a record that say what it is like; both are null where that is not known."""
    return {"identity": like and like.own, "identity_by_name": like and like.named}


def _digest(vendor: object, values: Mapping[str, object]) -> str:
    total = values["total_amt"]
    written = total if isinstance(total, str) else f"{total:f}"
    parts = [_folded(vendor), _folded(values["invoice_number"]), str(values["invoice_date"])]
    parts.append(written.rstrip("0").rstrip(".") if "." in written else written)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _folded(value: object) -> str:
    return _NO_WORD.sub("", unicodedata.normalize("NFKC", str(value)).casefold())
