"""An embedded e-invoice that is whole is the invoice; where the page contradicts it, both are told."""

from __future__ import annotations

from decimal import Decimal

import pytest

from common.extraction import pipeline
from common.extraction.document import Attachment
from common.extraction.einvoice.find import find
from tests.unit.extraction import base
from tests.unit.extraction.einvoices import attached, cii, ubl, zugferd_1
from tests.unit.extraction.sheet import Sheet, answered, concluded, reasons

_SYNTAXES = [("factur-x.xml", cii()), ("ZUGFeRD-invoice.xml", zugferd_1()), ("xrechnung.xml", ubl())]
_IDS = ["CII", "ZUGFeRD 1", "UBL"]


@pytest.mark.parametrize(("name", "xml"), _SYNTAXES, ids=_IDS)
def test_every_syntax_gives_every_field(name: str, xml: bytes) -> None:
    invoice, broken = find([Attachment(name, xml)])
    assert broken == ()
    assert invoice is not None and invoice.whole
    for field, value in base.truth().items():
        if field in ("language", "type", "items", "taxes", "buyer_tax_id", "vendor_address"):
            continue
        assert invoice.fields[field] == value, field
    assert invoice.fields["vendor_address"].startswith("12 Harbour Road, BS1 4RW Bristol")
    assert invoice.fields["taxes"] == [
        {"type": "VAT", "rate": Decimal(20), "taxable_amt": Decimal(1300), "amount": Decimal(260)}
    ]
    first = invoice.fields["items"][0]
    assert (first["description"], first["quantity"], first["unit_price"], first["amount"], first["unit"]) == (
        "Steel brackets",
        Decimal(4),
        Decimal(250),
        Decimal(1000),
        "C62",
    )


@pytest.mark.parametrize(("name", "xml"), _SYNTAXES, ids=_IDS)
def test_a_whole_one_needs_no_model(name: str, xml: bytes) -> None:
    pdf = attached(base.sheet().pdf(), name, xml)
    assert not pipeline.prepare(pdf, pipeline.Limits()).question
    result = concluded(pdf, None)
    assert result["model"] == "embedded-xml"
    assert result["review"]["reasons"] == []
    assert result["data"]["language"] == "English"
    assert result["data"]["type"] == "computerized"
    assert result["data"]["total_amt"] == Decimal("1560.00")
    assert result["sources"][0] == {"kind": "xml", "name": name, "verdict": None}
    assert result["pages"] == {"total": 1, "read": 1, "with_text": 1, "scanned": 0, "unread": []}


def test_its_values_carry_the_place_where_the_page_shows_them() -> None:
    evidence = concluded(attached(base.sheet().pdf(), "factur-x.xml", cii()), None)["evidence"]
    assert evidence["total_amt"]["source"] == "xml"
    assert (evidence["total_amt"]["page"], evidence["total_amt"]["text"]) == (1, "£1,560.00")
    assert evidence["items"][0]["amount"]["text"] == "1,000.00"


def test_its_values_are_named_without_a_place_where_the_page_is_silent() -> None:
    result = concluded(attached(Sheet().text(40, 40, "See attachment").pdf(), "factur-x.xml", cii()), None)
    assert result["evidence"]["total_amt"] == {"page": None, "box": None, "text": "1560.00", "source": "xml"}
    assert result["review"]["reasons"] == []


def test_another_total_on_the_page_contradicts_it() -> None:
    result = concluded(attached(base.sheet().pdf(), "factur-x.xml", cii(total="1650.00")), None)
    assert ("contradicts_xml", "total_amt") in reasons(result)
    assert result["data"]["total_amt"] == Decimal("1650.00")
    (reason,) = [each for each in result["review"]["reasons"] if each["code"] == "contradicts_xml"]
    assert "1650.00" in reason["message"] and "1560.00" in reason["message"]
    assert reason["sides"] == [
        {"source": "xml", "value": Decimal("1650.00")},
        {"source": "page", "value": Decimal("1560.00")},
    ]


def test_what_the_page_contradicts_is_named_in_the_order_of_the_fields() -> None:
    # Hashes of strings differ from process to process: of an order that hung on them each run shows another.
    sheet = (
        Sheet()
        .text(40, 40, "Invoice", 16)
        .pairs(
            40,
            80,
            [
                ("Seller:", "Eastwind Trading Ltd"),
                ("Invoice No:", "INV-99999"),
                ("Invoice Date:", "7 May 2023"),
                ("Due Date:", "6 June 2023"),
            ],
        )
        .sums(300, 300, [("Subtotal", "2,273.50"), ("VAT 20 %", "480.00"), ("Total", "2,880.00")])
    )
    result = concluded(attached(sheet.pdf(), "factur-x.xml", cii()), None)
    told = [each["field"] for each in result["review"]["reasons"] if each["code"] == "contradicts_xml"]
    assert len(told) > 4
    assert told == [name for name in result["data"] if name in told]


def test_another_amount_of_a_line_on_the_page_contradicts_it() -> None:
    result = concluded(attached(base.sheet().pdf(), "factur-x.xml", cii(first="1010.00")), None)
    assert ("contradicts_xml", "items[0].amount") in reasons(result)
    assert [each["sides"] for each in result["review"]["reasons"] if each["item"] == 0] == [
        [{"source": "xml", "value": Decimal("1010.00")}, {"source": "page", "value": Decimal("1000.00")}]
    ]


@pytest.mark.parametrize("profile", ["urn:factur-x.eu:1p0:minimum", "urn:factur-x.eu:1p0:basicwl"])
def test_a_profile_without_lines_asks_for_what_it_lacks(profile: str) -> None:
    pdf = attached(base.sheet().pdf(), "factur-x.xml", cii(profile=profile, lines=False))
    prepared = pipeline.prepare(pdf, pipeline.Limits())
    assert prepared.question
    assert "items" in prepared.wanted
    assert "total_amt" not in prepared.wanted
    fields = {"items": base.truth()["items"], "total_amt": Decimal(1)}
    result = pipeline.conclude(
        prepared, answered(fields), profile="v1", model="gemini-2.5-pro", usage={}, message=""
    )
    assert result["model"] == "gemini-2.5-pro"
    data = result["data"]
    assert isinstance(data, dict)
    assert data["total_amt"] == Decimal("1560.00")
    assert len(data["items"]) == 3


@pytest.mark.parametrize(
    "xml",
    [
        b"<broken",
        b"",
        b"\xff\xfe\x00",
        b'<!DOCTYPE x [<!ENTITY a "b">]><Invoice>&a;</Invoice>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><Invoice/>',
        b"<Invoice/>",
        b"<a>" * 5000,
    ],
)
def test_a_broken_or_hostile_one_is_refused_and_the_model_is_asked(xml: bytes) -> None:
    invoice, broken = find([Attachment("factur-x.xml", xml)])
    assert invoice is None
    assert broken == ("factur-x.xml",)


def test_a_refused_one_is_named_among_the_sources() -> None:
    result = concluded(attached(base.sheet().pdf(), "factur-x.xml", b"<broken"), base.truth())
    assert {"kind": "xml", "name": "factur-x.xml", "verdict": "refused"} in result["sources"]


def test_of_two_standards_side_by_side_the_newer_counts() -> None:
    older = Attachment("ZUGFeRD-invoice.xml", zugferd_1().replace(b"1560.00", b"1.00"))
    invoice, _ = find([older, Attachment("factur-x.xml", cii())])
    assert invoice is not None
    assert invoice.name == "factur-x.xml"


def test_other_attachments_are_let_be() -> None:
    assert find([Attachment("terms.xml", b"<terms/>"), Attachment("data.xml", b"<broken")]) == (None, ())
