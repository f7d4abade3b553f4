"""Tax numbers: one form without spaces, and the check digits of the kinds that have them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_GSTIN = re.compile(r"\d{2}[A-Z]{5}\d{4}[A-Z][0-9A-Z]{3}")
"""The 14th sign is a Z on real numbers; the portal's own test numbers have others."""
_VAT_COUNTRIES = frozenset(
    "AT BE BG CH CY CZ DE DK EE EL ES FI FR GB GR HR HU IE IT LT LU LV MT NL NO PL PT RO SE SI SK XI".split()
)
_SWISS = re.compile(r"(CHE\d{9})(?:MWST|TVA|IVA|TPV|VAT)?")
_VAT = re.compile(r"[A-Z]{2}[0-9A-Z]{5,13}")


@dataclass(frozen=True)
class TaxId:
    """What a tax number is: its kind, and whether its check digits hold (None: it has none)."""

    kind: Literal["gstin", "vat", "other"]
    valid: bool | None


def compact(text: str) -> str:
    """A tax number without spaces and in capitals: "DE 232 446 240" is DE232446240."""
    return re.sub(r"\s+", "", text).upper()


def examine(text: str) -> TaxId:
    """The kind and validity of a tax number; never raises, an odd one is just "other"."""
    number = re.sub(r"[\s.\-]", "", text).upper()
    if _GSTIN.fullmatch(number):
        return TaxId("gstin", _gstin_valid(number))
    swiss = _SWISS.fullmatch(number)
    if swiss is not None:
        return TaxId("vat", _swiss_valid(swiss[1]))
    if _VAT.fullmatch(number) and number[:2] in _VAT_COUNTRIES and any(sign.isdigit() for sign in number):
        return TaxId("vat", _vat_valid(number))
    return TaxId("other", None)


def _gstin_valid(number: str) -> bool:
    from stdnum.in_ import gstin

    return bool(gstin.is_valid(number))


def _swiss_valid(number: str) -> bool:
    """Whether a Swiss UID holds; the VAT suffix behind it is often left out."""
    from stdnum.ch import uid

    return bool(uid.is_valid(number))


def _vat_valid(number: str) -> bool | None:
    from stdnum import get_cc_module

    country = {"EL": "gr", "GB": "gb", "XI": "gb"}.get(number[:2], number[:2].lower())
    module = get_cc_module(country, "vat")
    if module is None:
        return None
    return bool(module.is_valid(number if country != "gb" else number[2:]))
