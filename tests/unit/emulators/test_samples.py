"""The drawn invoices say what their true values say, add up, and come out the same each time."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from stdnum.ca import bn
from stdnum.de import vat as german_vat
from stdnum.gb import vat as british_vat
from stdnum.ie import vat as irish_vat
from stdnum.in_ import gstin

from emulators.samples import Sample, samples
from emulators.samples.notation import (
    count,
    day_month_year,
    dotted_date,
    german,
    indian,
    long_date,
    short_date,
    western,
)
from emulators.samples.scan import printed

ROOT = Path(__file__).resolve().parents[3]
CENT = Decimal("0.01")
DRAWN = samples()
IDS = [sample.name for sample in DRAWN]
AMOUNTS: dict[str, Callable[[Decimal], str]] = {
    "german-invoice.pdf": german,
    "gst-invoice.pdf": indian,
    "igst-invoice.pdf": indian,
}
DATES: dict[str, Callable[[str], str]] = {
    "us-invoice.pdf": long_date,
    "gst-invoice.pdf": short_date,
    "german-invoice.pdf": dotted_date,
    "scanned-invoice.pdf": day_month_year,
    "credit-note.pdf": day_month_year,
    "igst-invoice.pdf": day_month_year,
    "receipt.pdf": str,
}

each_sample = pytest.mark.parametrize("sample", DRAWN, ids=IDS)


def named(name: str) -> Sample:
    return next(sample for sample in DRAWN if sample.name == name)


def text_of(pdf: bytes) -> str:
    """The document's text as one line; single spaces, plain minus signs."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return re.sub(r"\s+", " ", " ".join(pages))


def grey_page(pdf: bytes) -> Image.Image:
    """The first page at 72 dots an inch, in shades of grey."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page: Image.Image = document[0].render(scale=1, grayscale=True).to_pil()
        return page.convert("L")
    finally:
        document.close()


def page_text(sample: Sample) -> str:
    """What a person reads: of the scan, what was printed before it was scanned."""
    return text_of(printed() if sample.name == "scanned-invoice.pdf" else sample.pdf)


def times_it_stands(text: str, amount: str) -> int:
    """How often an amount is printed as a number of its own, its minus before any currency sign."""
    plain = re.sub(r"[€$£₹]\s?", "", text)
    return len(re.findall(rf"(?<![\d.,-]){re.escape(amount)}(?![\d]|[.,]\d)", plain))


def test_drawing_again_in_another_process_gives_the_same_bytes() -> None:
    code = "from emulators.samples import samples; from hashlib import sha256\n"
    code += "for sample in samples(): print(sample.name, sha256(sample.pdf).hexdigest())"
    environment = {"PYTHONHASHSEED": "4711", "TZ": "Asia/Kolkata", "PYTHONPATH": str(ROOT)}
    again = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    drawn = [f"{sample.name} {sha256(sample.pdf).hexdigest()}" for sample in samples()]
    assert again.stdout.splitlines() == drawn


def test_every_sample_has_a_name_of_its_own_that_ends_in_pdf() -> None:
    assert len(set(IDS)) == len(IDS) == 7
    assert all(name.endswith(".pdf") for name in IDS)


@each_sample
def test_every_amount_of_the_truth_is_a_decimal(sample: Sample) -> None:
    def walk(value: object) -> None:
        assert not isinstance(value, (float, int))
        if isinstance(value, dict):
            for inner in value.values():
                walk(inner)
        elif isinstance(value, (list, tuple)):
            for inner in value:
                walk(inner)
        else:
            assert value is None or isinstance(value, (str, Decimal))

    walk(sample.truth)


@each_sample
def test_each_line_is_its_quantity_times_its_price(sample: Sample) -> None:
    for line in sample.values.items:
        assert line.amount == (line.quantity * line.unit_price - (line.discount or 0)).quantize(CENT)


@each_sample
def test_the_lines_add_up_to_the_subtotal(sample: Sample) -> None:
    assert sum(line.amount for line in sample.values.items) == sample.values.subtotal


@each_sample
def test_discount_and_charges_lead_from_the_subtotal_to_the_taxable_amount(sample: Sample) -> None:
    values = sample.values
    assert values.taxable_amt == values.subtotal - (values.discount_amt or 0) + (values.charges_amt or 0)
    assert (values.shipping_amt or 0) <= (values.charges_amt or 0)


@each_sample
def test_each_tax_is_its_rate_of_its_base_and_all_of_them_are_the_tax(sample: Sample) -> None:
    values = sample.values
    for tax in values.taxes:
        assert tax.amount == (tax.taxable_amt * tax.rate / 100).quantize(CENT, ROUND_HALF_UP)
    assert sum(tax.amount for tax in values.taxes) == values.tax_amt
    per_base = {(tax.taxable_amt, tax.rate): tax.taxable_amt for tax in values.taxes if tax.type != "SGST"}
    assert sum(per_base.values()) == values.taxable_amt


@each_sample
def test_tax_and_rounding_lead_to_the_total_and_the_prepayment_to_the_amount_due(sample: Sample) -> None:
    values = sample.values
    assert values.total_amt == values.taxable_amt + values.tax_amt + (values.round_off or 0)
    if values.amount_due is not None:
        assert values.amount_due == values.total_amt - (values.prepaid_amt or 0)


@each_sample
def test_every_name_number_and_code_is_printed(sample: Sample) -> None:
    text, values = page_text(sample), sample.values
    written = [
        values.vendor_name,
        values.vendor_tax_id,
        values.buyer_name,
        values.buyer_tax_id,
        values.invoice_number,
        values.po_number,
        values.payment_terms,
        values.irn,
    ]
    for value in filter(None, written):
        assert value in text


@each_sample
def test_both_dates_are_printed_as_their_country_writes_them(sample: Sample) -> None:
    text, write = page_text(sample), DATES[sample.name]
    assert write(sample.values.invoice_date) in text
    if sample.values.due_date:
        assert write(sample.values.due_date) in text


@each_sample
def test_every_amount_is_printed_as_its_country_writes_it(sample: Sample) -> None:
    text, values = page_text(sample), sample.values
    write = AMOUNTS.get(sample.name, western)
    amounts = [
        values.subtotal,
        values.shipping_amt,
        values.taxable_amt,
        *(tax.amount for tax in values.taxes),
        values.tax_amt,
        values.round_off,
        values.total_amt,
        values.amount_due,
    ]
    for amount in amounts:
        if amount is not None:
            assert times_it_stands(text, write(amount)), amount


@each_sample
def test_every_line_is_printed_as_often_as_it_occurs(sample: Sample) -> None:
    text, items = page_text(sample), sample.values.items
    write = AMOUNTS.get(sample.name, western)
    for line in items:
        assert line.description in text
        assert times_it_stands(text, write(line.amount)) >= sum(i.amount == line.amount for i in items)
        assert times_it_stands(text, write(line.unit_price))
        assert line.hsn_code is None or line.hsn_code in text
        assert count(line.quantity).replace(".", "," if write is german else ".") in text


def test_what_lowers_the_amount_is_printed_with_a_minus_and_held_without() -> None:
    american, german_one = named("us-invoice.pdf"), named("german-invoice.pdf")
    assert "-147.00" in text_of(american.pdf)
    assert american.values.discount_amt == Decimal("147.00")
    assert "-1.500,00" in text_of(german_one.pdf)
    assert german_one.values.prepaid_amt == Decimal("1500.00")


def test_the_german_invoice_goes_on_to_a_second_page_with_lines_on_both() -> None:
    sample = named("german-invoice.pdf")
    document = pypdfium2.PdfDocument(sample.pdf)
    try:
        first, second = (page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()
    on_first = [line for line in sample.values.items if line.description in first]
    on_second = [line for line in sample.values.items if line.description in second]
    assert len(on_first) == 19
    assert on_first + on_second == list(sample.values.items)


def test_the_scan_is_a_picture_without_a_text_layer() -> None:
    sample = named("scanned-invoice.pdf")
    assert text_of(sample.pdf).strip() == ""
    document = pypdfium2.PdfDocument(sample.pdf)
    try:
        (picture,) = document[0].get_objects()
        assert picture.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
    finally:
        document.close()


def test_the_scan_shows_the_printed_page_darker_where_there_is_ink() -> None:
    scanned = grey_page(named("scanned-invoice.pdf").pdf)
    original = grey_page(printed())
    assert scanned.size == original.size
    ink = [s for s, o in zip(scanned.tobytes(), original.tobytes(), strict=True) if o < 64]
    paper = [s for s, o in zip(scanned.tobytes(), original.tobytes(), strict=True) if o > 250]
    assert sum(ink) / len(ink) + 40 < sum(paper) / len(paper)


def test_gst_numbers_pass_their_check_and_the_states_decide_the_tax() -> None:
    within, between = named("gst-invoice.pdf").values, named("igst-invoice.pdf").values
    for values in (within, between):
        assert gstin.is_valid(values.vendor_tax_id)
        assert gstin.is_valid(values.buyer_tax_id or "")
    assert within.vendor_tax_id[:2] == (within.buyer_tax_id or "")[:2]
    assert {tax.type for tax in within.taxes} == {"CGST", "SGST"}
    assert between.vendor_tax_id[:2] != (between.buyer_tax_id or "")[:2]
    assert {tax.type for tax in between.taxes} == {"IGST"}


def test_the_irn_is_the_hash_of_seller_year_type_and_number() -> None:
    values = named("gst-invoice.pdf").values
    source = f"{values.vendor_tax_id}2026-27INV{values.invoice_number}"
    assert values.irn == sha256(source.encode()).hexdigest()


def test_the_other_tax_numbers_pass_their_checks_too() -> None:
    assert german_vat.is_valid(named("german-invoice.pdf").values.vendor_tax_id)
    assert british_vat.is_valid(named("scanned-invoice.pdf").values.vendor_tax_id)
    assert irish_vat.is_valid(named("credit-note.pdf").values.vendor_tax_id)
    assert bn.is_valid(named("receipt.pdf").values.vendor_tax_id)


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("0.4", "0.40"),
        ("999", "999.00"),
        ("1000", "1,000.00"),
        ("100000", "1,00,000.00"),
        ("12345678.9", "1,23,45,678.90"),
        ("-123456", "-1,23,456.00"),
    ],
)
def test_indian_amounts_group_by_three_and_then_by_two(amount: str, written: str) -> None:
    assert indian(Decimal(amount)) == written
