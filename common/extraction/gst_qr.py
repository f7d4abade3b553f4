"""The signed QR code of Indian GST invoices: a JWS whose payload names the invoice."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from common.domain import exact_json

Verdict = Literal["verified", "not verified", "refused"]

_TOKEN = re.compile(r"[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}")
_KID = re.compile(r"[A-Za-z0-9_-]{1,128}")
_DATE = re.compile(r"(\d{2})/(\d{2})/(\d{4})")
_TYPES = {"INV": "invoice", "CRN": "credit_note", "DBN": "debit_note"}
_CERTIFICATE = b"-----BEGIN CERTIFICATE-----"
_LARGEST_KEY = 20_000


@dataclass(frozen=True)
class GstQr:
    """What a signed QR code says, and whether its signature holds."""

    verdict: Verdict
    kid: str
    page: int
    """Page that shows it, from 1."""
    fields: dict[str, Any]
    """Its values by their names in `data.data`."""
    item_count: int | None
    main_hsn: str | None
    document_type: str
    """INV, CRN or DBN, as the IRN is computed from it."""


def find(pages: Iterable[tuple[int, Iterable[str]]], keys: str) -> GstQr | None:
    """The first GST code among the QR texts of `(page, texts)`; `keys` is the folder of nic_<kid>.pem."""
    for page, texts in pages:
        for text in texts:
            found = read(text.strip(), page, keys)
            if found is not None:
                return found
    return None


def read(token: str, page: int, keys: str) -> GstQr | None:
    """What a QR text says as a GST code; None for any other text."""
    if not _TOKEN.fullmatch(token):
        return None
    import jwt

    try:
        header = jwt.get_unverified_header(token)
    except jwt.PyJWTError:
        return None
    kid = str(header.get("kid", ""))
    inner = _payload(token)
    if inner is None and _key(kid, keys) is None:
        return None
    # A token of a known key whose content is none any more was changed behind its signature.
    verdict: Verdict = "refused" if inner is None else _verify(token, header, kid, keys)
    told = inner or {}
    return GstQr(
        verdict,
        kid,
        page,
        _fields(told),
        told["ItemCnt"] if isinstance(told.get("ItemCnt"), int) else None,
        _text(told.get("MainHsnCode")),
        str(told.get("DocTyp", "")).upper(),
    )


def _payload(token: str) -> dict[str, Any] | None:
    """What a token says of an invoice; None where it can't be read or says nothing of one."""
    import jwt

    try:
        payload = jwt.decode(token, options={"verify_signature": False})
        inner = exact_json.loads(str(payload.get("data", "")))
    except (jwt.PyJWTError, ValueError):
        return None
    return inner if isinstance(inner, dict) and "Irn" in inner else None


def _verify(token: str, header: dict[str, Any], kid: str, keys: str) -> Verdict:
    """Whether a configured key proves the signature: an unknown one proves nothing, a known may refute."""
    import jwt

    if header.get("alg") != "RS256":
        return "refused" if _key(kid, keys) is not None else "not verified"
    key = _key(kid, keys)
    if key is None:
        return "not verified"
    try:
        jwt.decode(
            token,
            key,
            algorithms=["RS256"],
            options={"verify_exp": False, "verify_aud": False, "verify_iat": False, "verify_nbf": False},
        )
    except jwt.PyJWTError:
        return "refused"
    return "verified"


def _key(kid: str, keys: str) -> Any:
    """The public key named by a key id; None where the folder has none that can be read."""
    if not keys or not _KID.fullmatch(kid):
        return None
    try:
        data = (Path(keys) / f"nic_{kid}.pem").read_bytes()[:_LARGEST_KEY]
        if _CERTIFICATE in data:
            from cryptography.x509 import load_pem_x509_certificate

            return load_pem_x509_certificate(data).public_key()
        from cryptography.hazmat.primitives.serialization import load_pem_public_key

        return load_pem_public_key(data)
    except (OSError, ValueError):
        return None


def _fields(inner: dict[str, Any]) -> dict[str, Any]:
    total = inner.get("TotInvVal")
    return {
        "vendor_tax_id": _text(inner.get("SellerGstin")),
        "buyer_tax_id": _text(inner.get("BuyerGstin")),
        "invoice_number": _text(inner.get("DocNo")),
        "invoice_date": _day(_text(inner.get("DocDt"))),
        "total_amt": Decimal(str(total))
        if isinstance(total, int | Decimal) and not isinstance(total, bool)
        else None,
        "document_type": _TYPES.get(str(inner.get("DocTyp", "")).upper()),
        "irn": _text(inner.get("Irn")),
    }


def _text(value: object) -> str | None:
    return (
        str(value).strip() or None if isinstance(value, str | int) and not isinstance(value, bool) else None
    )


def _day(text: str | None) -> str | None:
    match = _DATE.match(text or "")
    if match is None:
        return None
    try:
        return date(int(match[3]), int(match[2]), int(match[1])).isoformat()
    except ValueError:
        return None
