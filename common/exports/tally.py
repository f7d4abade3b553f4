"""Records as purchase vouchers for Tally's XML import (Tally Developer Reference, "Import of data in XML").

In a voucher a credit is positive and a debit negative; together they are zero.
The party is credited with the total, purchases and taxes are debited.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from xml.etree.ElementTree import Element, SubElement, tostring

from common.errors import Unprocessable
from common.exports.record import Exported, number_in, only_printable, plain, text_in

PURCHASE = "Purchase"
ROUNDING = "Round Off"
NEEDED = ("vendor_name", "invoice_date", "total_amt")


def tally_of(records: Sequence[Exported]) -> bytes:
    """One envelope, a voucher for each record; raises Unprocessable where one lacks what a voucher needs."""
    envelope = Element("ENVELOPE")
    _text(SubElement(envelope, "HEADER"), "TALLYREQUEST", "Import Data")
    data = SubElement(SubElement(envelope, "BODY"), "IMPORTDATA")
    _text(SubElement(data, "REQUESTDESC"), "REPORTNAME", "Vouchers")
    messages = SubElement(data, "REQUESTDATA")
    for record in records:
        _voucher(SubElement(messages, "TALLYMESSAGE"), record)
    body: bytes = tostring(envelope, "utf-8", xml_declaration=True)
    return body


def _voucher(message: Element, record: Exported) -> None:
    missing = [name for name in NEEDED if record.values.get(name) is None]
    day = record.day("invoice_date")
    total = record.amount("total_amt")
    if missing or day is None or total is None:
        raise Unprocessable(f"{record.name}: a voucher needs {', '.join(missing or NEEDED)}")
    credit_note = record.values.get("document_type") == "credit_note"
    kind = "Debit Note" if credit_note else PURCHASE
    total = abs(total) * (-1 if credit_note else 1)
    voucher = SubElement(message, "VOUCHER", VCHTYPE=kind, ACTION="Create", OBJVIEW="Accounting Voucher View")
    vendor = record.text("vendor_name") or ""
    _text(voucher, "DATE", day.replace("-", ""))
    _text(voucher, "VOUCHERTYPENAME", kind)
    _text(voucher, "REFERENCE", record.text("invoice_number"))
    _text(voucher, "REFERENCEDATE", day.replace("-", ""))
    _text(voucher, "PARTYLEDGERNAME", vendor)
    _text(voucher, "PARTYGSTIN", record.text("vendor_tax_id"))
    _text(voucher, "NARRATION", f"{record.file_name} ({record.name})")
    sign = -1 if credit_note else 1
    taxes = [
        (text_in(row, "type") or "Tax", abs(amount) * sign)
        for row in record.taxes
        if (amount := number_in(row, "amount")) is not None
    ]
    if not taxes and record.amount("tax_amt"):
        taxes = [("Tax", abs(record.amount("tax_amt") or Decimal(0)) * sign)]
    rounding = record.amount("round_off") or Decimal(0)
    purchases = total - sum((amount for _, amount in taxes), Decimal(0)) - rounding
    _entry(voucher, vendor, total, party=True)
    _entry(voucher, PURCHASE, -purchases)
    for name, amount in taxes:
        _entry(voucher, name, -amount)
    if rounding:
        _entry(voucher, ROUNDING, -rounding)


def _entry(voucher: Element, ledger: str, amount: Decimal, *, party: bool = False) -> None:
    entry = SubElement(voucher, "ALLLEDGERENTRIES.LIST")
    _text(entry, "LEDGERNAME", ledger)
    _text(entry, "ISDEEMEDPOSITIVE", "Yes" if amount < 0 else "No")
    _text(entry, "ISPARTYLEDGER", "Yes" if party else "No")
    _text(entry, "AMOUNT", plain(amount))


def _text(parent: Element, name: str, value: str | None) -> None:
    if value is not None:
        SubElement(parent, name).text = only_printable(value)
