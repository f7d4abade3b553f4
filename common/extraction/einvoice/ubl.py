"""OASIS UBL 2.1 invoices and credit notes, as XRechnung and Peppol use them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from common.domain import dates, tax_ids
from common.extraction.einvoice.invoice import DOCUMENT_TYPE, EInvoice, is_freight, joined, total
from common.extraction.einvoice.tree import Node

ROOTS = frozenset({"Invoice", "CreditNote"})
_ONE = Decimal(1)


def read(root: Node, name: str) -> EInvoice:
    """The invoice in a UBL document; raises ValueError where it holds none."""
    credit = root.name == "CreditNote"
    totals = root.first("LegalMonetaryTotal")
    if totals is None or root.text("ID") is None:
        raise ValueError("no invoice in the document")
    currency = root.text("DocumentCurrencyCode")
    code = root.text("InvoiceTypeCode|CreditNoteTypeCode")
    due = root.text("DueDate") or root.text("PaymentMeans/PaymentDueDate")
    tax = _tax_total(root, currency)
    lines = list(root.all("InvoiceLine|CreditNoteLine"))
    fields: dict[str, Any] = {
        "language": None,
        "document_type": DOCUMENT_TYPE.get(code or "", "credit_note" if credit else "invoice"),
        "invoice_number": root.text("ID"),
        "invoice_date": _day(root.text("IssueDate")),
        "due_date": _day(due),
        "payment_terms": " ".join(words for node in root.all("PaymentTerms/Note") if (words := node.text()))
        or None,
        "po_number": root.text("OrderReference/ID"),
        "currency": currency,
        "irn": None,
        **_party(root.first("AccountingSupplierParty/Party"), "vendor"),
        **_party(root.first("AccountingCustomerParty/Party"), "buyer"),
        "subtotal": totals.number("LineExtensionAmount"),
        "discount_amt": totals.number("AllowanceTotalAmount"),
        "charges_amt": totals.number("ChargeTotalAmount"),
        "shipping_amt": total(
            [
                amount
                for charge in root.all("AllowanceCharge")
                if _is_charge(charge)
                and (amount := charge.number("Amount")) is not None
                and is_freight(charge.text("AllowanceChargeReason"), charge.text("AllowanceChargeReasonCode"))
            ]
        ),
        "taxable_amt": totals.number("TaxExclusiveAmount"),
        "taxes": [
            {
                "type": part.text("TaxCategory/TaxScheme/ID") or "VAT",
                "rate": part.number("TaxCategory/Percent"),
                "taxable_amt": part.number("TaxableAmount"),
                "amount": part.number("TaxAmount"),
            }
            for part in (tax.all("TaxSubtotal") if tax else ())
        ],
        "tax_amt": tax.number("TaxAmount") if tax else None,
        "round_off": totals.number("PayableRoundingAmount"),
        "total_amt": totals.number("TaxInclusiveAmount"),
        "prepaid_amt": totals.number("PrepaidAmount"),
        "amount_due": totals.number("PayableAmount"),
        "items": [_item(line) for line in lines],
    }
    fields.pop("buyer_address", None)
    return EInvoice(
        name,
        fields,
        True,
        tuple(_base_quantity(line) for line in lines),
        tuple(total(_allowances(line, charge=True)) for line in lines),
    )


def _tax_total(root: Node, currency: str | None) -> Node | None:
    """The tax total in the invoice's currency; a second one may stand in the accounting currency."""
    totals = list(root.all("TaxTotal"))
    for each in totals:
        amount = each.first("TaxAmount")
        if amount is not None and amount.attribute("currencyID") in (None, currency):
            return each
    return totals[0] if totals else None


def _party(party: Node | None, role: str) -> dict[str, Any]:
    if party is None:
        return {f"{role}_name": None, f"{role}_tax_id": None, f"{role}_address": None}
    numbers = {
        (scheme.text("TaxScheme/ID") or "").upper(): scheme.text("CompanyID")
        for scheme in party.all("PartyTaxScheme")
    }
    number = numbers.get("VAT") or next(filter(None, numbers.values()), None)
    place = party.first("PostalAddress")
    town = " ".join(filter(None, (place.text("PostalZone"), place.text("CityName")))) if place else None
    return {
        f"{role}_name": party.text("PartyLegalEntity/RegistrationName") or party.text("PartyName/Name"),
        f"{role}_tax_id": tax_ids.compact(number) if number else None,
        f"{role}_address": joined(
            place.text("StreetName"),
            place.text("AdditionalStreetName"),
            place.text("AddressLine/Line"),
            town,
            place.text("Country/IdentificationCode"),
        )
        if place
        else None,
    }


def _item(line: Node) -> dict[str, Any]:
    quantity = line.first("InvoicedQuantity|CreditedQuantity")
    hsn = None
    for code in line.all("Item/CommodityClassification/ItemClassificationCode"):
        if (code.attribute("listID") or "").upper() == "HS":
            hsn = code.text()
    return {
        "description": line.text("Item/Name") or line.text("Item/Description"),
        "hsn_code": hsn,
        "quantity": quantity.value if quantity else None,
        "unit": quantity.attribute("unitCode") if quantity else None,
        "unit_price": line.number("Price/PriceAmount"),
        "discount": total(_allowances(line, charge=False)),
        "tax_rate": line.number("Item/ClassifiedTaxCategory/Percent"),
        "tax_amt": None,
        "amount": line.number("LineExtensionAmount"),
    }


def _allowances(line: Node, *, charge: bool) -> list[Decimal]:
    return [
        amount
        for each in line.all("AllowanceCharge")
        if _is_charge(each) is charge and (amount := each.number("Amount")) is not None
    ]


def _is_charge(node: Node) -> bool:
    return (node.text("ChargeIndicator") or "").lower() in ("true", "1")


def _base_quantity(line: Node) -> Decimal | None:
    base = line.number("Price/BaseQuantity")
    return base if base and base != _ONE else None


def _day(text: str | None) -> str | None:
    day = dates.iso(text)
    return day.isoformat() if day else None
