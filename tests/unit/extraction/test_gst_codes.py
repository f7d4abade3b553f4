"""The signed QR code of Indian invoices: verified, refused or not verified, and never a silent overwrite."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import jwt
import pytest
import zxingcpp
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from PIL import Image
from reportlab.lib.utils import ImageReader

from common.domain.gst import irn
from common.extraction.gst_qr import read
from tests.unit.extraction.sheet import Sheet, concluded, reasons

_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
_OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
_SELLER, _BUYER = "27AAPFU0939F1ZV", "27AAACI1195H1ZM"
_DAY = "12/08/2024"


def _irn() -> str:
    from datetime import date

    return irn(_SELLER, date(2024, 8, 12), "INV", "SGT/24-25/0412")


def _token(key: rsa.RSAPrivateKey = _KEY, **changes: Any) -> str:
    inner = {
        "SellerGstin": _SELLER,
        "BuyerGstin": _BUYER,
        "DocNo": "SGT/24-25/0412",
        "DocTyp": "INV",
        "DocDt": _DAY,
        "TotInvVal": 1180.0,
        "ItemCnt": 1,
        "MainHsnCode": "84818030",
        "Irn": _irn(),
        "IrnDt": "2024-08-12 10:00:00",
        **changes,
    }
    return jwt.encode(
        {"iss": "NIC", "data": json.dumps(inner)}, key, algorithm="RS256", headers={"kid": "KID1"}
    )


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder: Path = tmp_path_factory.mktemp("keys")
    (folder / "nic_KID1.pem").write_bytes(
        _KEY.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    )
    return str(folder)


def _pdf(token: str, *, page: int = 1, size: float = 72, total: str = "1,180.00") -> bytes:
    sheet = Sheet()
    for _ in range(page - 1):
        sheet.text(40, 40, "Terms and conditions").next_page()
    sheet.lines(
        40,
        40,
        [
            "Shree Ganesh Traders",
            f"GSTIN: {_SELLER}",
            "Tax Invoice",
            "Invoice No: SGT/24-25/0412",
            f"Date: {_DAY}",
            "Bill To:",
            "Konkan Hardware Stores",
            f"GSTIN: {_BUYER}",
            f"Total: Rs. {total}",
            f"IRN: {_irn()}",
        ],
    )
    sheet.canvas.drawImage(ImageReader(_code(token)), 480, 740, size, size)
    return sheet.pdf()


def _code(token: str) -> Image.Image:
    code = zxingcpp.create_barcode(token, zxingcpp.BarcodeFormat.QRCode, ec_level="L")
    return Image.fromarray(zxingcpp.write_barcode_to_image(code, scale=4))


def _fields(**changes: object) -> dict[str, Any]:
    return {
        "document_type": "invoice",
        "vendor_name": "Shree Ganesh Traders",
        "vendor_tax_id": _SELLER,
        "buyer_name": "Konkan Hardware Stores",
        "buyer_tax_id": _BUYER,
        "invoice_number": "SGT/24-25/0412",
        "invoice_date": "2024-08-12",
        "currency": "INR",
        "total_amt": Decimal("1180.00"),
        "irn": _irn(),
        **changes,
    }


def _checks(result: dict[str, Any]) -> dict[str, str]:
    return {check["name"]: check["status"] for check in result["checks"]}


def _verdict(result: dict[str, Any]) -> object:
    return next(source["verdict"] for source in result["sources"] if source["kind"] == "qr")


@pytest.mark.parametrize("page", [1, 2])
def test_a_code_on_any_page_is_verified_by_a_configured_key(keys: str, page: int) -> None:
    result = concluded(_pdf(_token(), page=page), _fields(), gst_keys=keys)
    assert _verdict(result) == "verified"
    assert _checks(result)["qr_signature"] == "passed"
    assert _checks(result)["irn"] == "passed"
    assert reasons(result) == set()


@pytest.mark.parametrize(("x", "y"), [(0, 0), (523, 770), (0, 770), (260, 400)])
def test_a_code_in_any_place_is_read_though_logos_stand_elsewhere(keys: str, x: float, y: float) -> None:
    sheet = Sheet().text(40, 300, "Tax Invoice")
    sheet.canvas.drawImage(ImageReader(Image.new("L", (90, 60), 120)), 100, 600, 90, 60)
    sheet.canvas.drawImage(ImageReader(_code(_token())), x, y, 72, 72)
    assert _verdict(concluded(sheet.pdf(), _fields(), gst_keys=keys)) == "verified"


def test_a_code_that_is_made_up_of_several_pictures_is_read(keys: str) -> None:
    code, sheet = _code(_token()), Sheet().text(40, 300, "Tax Invoice")
    middle = code.width // 2
    for left, right in ((0, middle), (middle, code.width)):
        part = code.crop((left, 0, right, code.height))
        width = 90 * part.width / code.width
        sheet.canvas.drawImage(ImageReader(part), 400 + 90 * left / code.width, 500, width, 90)
    assert _verdict(concluded(sheet.pdf(), _fields(), gst_keys=keys)) == "verified"


def test_a_code_without_a_known_key_proves_nothing() -> None:
    result = concluded(_pdf(_token()), _fields())
    assert _verdict(result) == "not verified"
    assert _checks(result)["qr_signature"] == "not_applicable"
    assert _checks(result)["irn"] == "passed"


def test_a_false_signature_is_refused(keys: str) -> None:
    result = concluded(_pdf(_token(_OTHER)), _fields(), gst_keys=keys)
    assert _verdict(result) == "refused"
    assert ("qr_refused", None) in reasons(result)
    assert _checks(result)["qr_signature"] == "failed"


def test_a_changed_payload_is_refused(keys: str) -> None:
    head, _, signature = _token().split(".")
    forged = ".".join([head, _token(_OTHER, TotInvVal=9.0).split(".")[1], signature])
    found = read(forged, 1, keys)
    assert found is not None
    assert found.verdict == "refused"


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_another_algorithm_is_refused(keys: str, algorithm: str) -> None:
    payload = jwt.decode(_token(), options={"verify_signature": False})
    forged = jwt.encode(
        payload, "k" * 32 if algorithm == "HS256" else "", algorithm=algorithm, headers={"kid": "KID1"}
    )
    found = read(forged if algorithm == "HS256" else forged + "A" * 20, 1, keys)
    assert found is None or found.verdict == "refused"


@pytest.mark.parametrize("kid", ["../../etc/passwd", "", "KID1/../KID1", "a" * 300])
def test_a_key_id_is_no_path(keys: str, kid: str) -> None:
    token = jwt.encode(
        {"data": json.dumps({"Irn": "x", "DocNo": "1"})}, _KEY, algorithm="RS256", headers={"kid": kid}
    )
    found = read(token, 1, keys)
    assert found is not None
    assert found.verdict == "not verified"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("total_amt", Decimal("1108.00")),
        ("invoice_number", "SGT/24-25/0421"),
        ("invoice_date", "2024-08-13"),
        ("vendor_tax_id", _BUYER),
    ],
)
def test_what_differs_from_the_code_is_named_and_kept(keys: str, field: str, value: object) -> None:
    result = concluded(_pdf(_token()), _fields(**{field: value}), gst_keys=keys)
    assert ("contradicts_qr", field) in reasons(result)
    assert result["data"][field] == value
    (sides,) = [
        each["sides"]
        for each in result["review"]["reasons"]
        if (each["code"], each["field"]) == ("contradicts_qr", field)
    ]
    assert [side["source"] for side in sides] == ["qr", "read"]
    assert sides[1]["value"] == value != sides[0]["value"]


def test_a_wrong_number_does_not_fit_the_irn(keys: str) -> None:
    result = concluded(_pdf(_token()), _fields(invoice_number="SGT/24-25/0421"), gst_keys=keys)
    assert ("irn_mismatch", "invoice_number") in reasons(result)
    assert ("irn_mismatch", "vendor_tax_id") not in reasons(result)


def test_what_the_answer_lacks_is_taken_from_a_verified_code(keys: str) -> None:
    result = concluded(_pdf(_token()), _fields(irn=None, buyer_tax_id=None), gst_keys=keys)
    assert result["data"]["irn"] == _irn()
    assert result["data"]["buyer_tax_id"] == _BUYER
    assert result["evidence"]["buyer_tax_id"]["source"] == "qr"


def test_a_refused_code_lends_nothing(keys: str) -> None:
    result = concluded(_pdf(_token(_OTHER)), _fields(buyer_tax_id=None), gst_keys=keys)
    assert result["data"]["buyer_tax_id"] is None


@pytest.mark.parametrize("text", ["https://example.org/pay?id=1", "upi://pay?pa=a@b", "a.b.c", ""])
def test_other_codes_are_let_be(text: str) -> None:
    assert read(text, 1, "") is None


def test_an_hsn_code_has_four_six_or_eight_digits() -> None:
    items = [
        {"description": "Valve", "hsn_code": code, "amount": Decimal(1)}
        for code in ("8481", "84818", "84818030")
    ]
    result = concluded(_pdf(_token()), _fields(items=items))
    wrong = {name for code, name in reasons(result) if code == "bad_format"}
    assert wrong == {"items[1].hsn_code"}
    assert _checks(result)["hsn_length"] == "failed"


def test_cgst_and_sgst_are_equal() -> None:
    taxes = [{"type": "CGST 9%", "amount": Decimal(90)}, {"type": "SGST 9%", "amount": Decimal(91)}]
    result = concluded(_pdf(_token()), _fields(taxes=taxes))
    assert _checks(result)["cgst_sgst_equal"] == "failed"
    assert ("sum_mismatch", "taxes") in reasons(result)


def test_a_serial_number_over_sixteen_characters_breaks_rule_46() -> None:
    result = concluded(_pdf(_token()), _fields(invoice_number="SGT/2024-2025/000412"))
    assert ("bad_format", "invoice_number") in reasons(result)


def test_a_gstin_that_fails_its_check_digit_is_doubted_and_kept() -> None:
    result = concluded(_pdf(_token()), _fields(buyer_tax_id="27AAACI1195H1ZK"))
    assert ("bad_check_digit", "buyer_tax_id") in reasons(result)
    assert _checks(result)["gstin_buyer"] == "failed"
    assert result["data"]["buyer_tax_id"] == "27AAACI1195H1ZK"
