"""The signed code of Indian invoices on paper: an inch wide, scanned at 200 dpi, askew and as a JPEG."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import jwt
import pypdfium2
import pytest
import zxingcpp
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from common.domain.gst import irn
from common.extraction import pipeline
from common.extraction.gst_qr import read
from tests.unit.extraction.sheet import A4, Sheet, answered, reasons

_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
_INCH = 72.0
_DPI = 200
_GREY = 255
_KINDS = {"INV": "invoice", "CRN": "credit_note", "DBN": "debit_note"}
_CASES = [
    ("27AAPFU0939F1ZV", "SGT/24-25/0412", "INV", "12/08/2024"),
    ("29AAGCB7383J1Z4", "KS-0001877", "CRN", "31/03/2025"),
    ("27AAACI1195H1ZM", "LT2526A0009", "DBN", "01/04/2025"),
]


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder: Path = tmp_path_factory.mktemp("keys")
    (folder / "nic_KID1.pem").write_bytes(
        _KEY.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    )
    return str(folder)


def _token(seller: str, number: str, kind: str, day: str) -> str:
    inner = {
        "SellerGstin": seller,
        "BuyerGstin": "27AAACI1195H1ZM",
        "DocNo": number,
        "DocTyp": kind,
        "DocDt": day,
        "TotInvVal": 118000.5,
        "ItemCnt": 12,
        "MainHsnCode": "84818030",
        "Irn": irn(seller, _day(day), kind, number),
        "IrnDt": "2025-04-01 10:00:00",
    }
    claims = {"iss": "NIC", "data": json.dumps(inner)}
    headers = {"kid": "KID1", "typ": "JWT", "x5t": "EsHHwqZXH1w4SLRx2r7iUahcEyk"}
    return jwt.encode(claims, _KEY, algorithm="RS256", headers=headers)


def _day(text: str) -> date:
    day, month, year = map(int, text.split("/"))
    return date(year, month, day)


def _printed(token: str) -> Image.Image:
    """The page with its code an inch wide, as a picture of 200 dots an inch."""
    code = zxingcpp.create_barcode(token, zxingcpp.BarcodeFormat.QRCode, ec_level="L")
    picture = Image.fromarray(zxingcpp.write_barcode_to_image(code, scale=4))
    sheet = Sheet().text(40, 60, "Tax Invoice", 16)
    sheet.canvas.drawImage(ImageReader(picture), 460, 700, _INCH, _INCH)
    page = pypdfium2.PdfDocument(sheet.pdf())[0]
    shown: Image.Image = page.render(scale=_DPI / 72).to_pil()
    return shown.convert("L")


def _scanned(picture: Image.Image, degrees: float, quality: int | None) -> bytes:
    """The picture askew, through JPEG where a quality is given, as a PDF without text."""
    turned = picture.rotate(degrees, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=_GREY)
    content = io.BytesIO()
    if quality is not None:
        turned.save(content, "JPEG", quality=quality)
        content.seek(0)
        turned = Image.open(content)
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4, invariant=True)
    canvas.drawImage(ImageReader(turned), 0, 0, *A4)
    canvas.save()
    return made.getvalue()


@pytest.mark.parametrize(("degrees", "quality"), [(0, None), (3, None), (-3, None), (0, 60), (3, 60)])
@pytest.mark.parametrize("case", _CASES, ids=["invoice", "credit note", "debit note"])
def test_a_code_of_an_inch_is_read_from_a_scan_and_its_irn_recomputes(
    keys: str, case: tuple[str, str, str, str], degrees: float, quality: int | None
) -> None:
    seller, number, kind, day = case
    pdf = _scanned(_printed(_token(*case)), degrees, quality)
    qr = pipeline.prepare(pdf, pipeline.Limits(), gst_keys=keys).qr
    assert qr is not None
    assert qr.verdict == "verified"
    assert (qr.fields["vendor_tax_id"], qr.fields["invoice_number"]) == (seller, number)
    assert qr.fields["document_type"] == _KINDS[kind]
    assert qr.fields["irn"] == irn(seller, _day(day), kind, number)


@pytest.mark.parametrize("place", [0.05, 0.3, 0.5, 0.8, 0.95])
def test_one_changed_byte_is_refused(keys: str, place: float) -> None:
    head, body, signature = _token(*_CASES[0]).split(".")
    at = int(len(body) * place)
    changed = body[:at] + ("A" if body[at] != "A" else "B") + body[at + 1 :]
    qr = read(f"{head}.{changed}.{signature}", 1, keys)
    assert qr is not None
    assert qr.verdict == "refused"


def test_a_changed_code_on_paper_is_told_and_not_used(keys: str) -> None:
    head, body, signature = _token(*_CASES[0]).split(".")
    forged = f"{head}.{body[:40]}{'A' if body[40] != 'A' else 'B'}{body[41:]}.{signature}"
    prepared = pipeline.prepare(_scanned(_printed(forged), 0, None), pipeline.Limits(), gst_keys=keys)
    result = pipeline.conclude(
        prepared, answered({"document_type": "invoice"}), profile="v1", model="asked", usage={}, message=""
    )
    assert "qr_refused" in {code for code, _ in reasons(result)}
    data = result["data"]
    assert isinstance(data, dict)
    assert data["irn"] is None
