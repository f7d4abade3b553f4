"""UN/CEFACT Cross Industry Invoice: Factur-X, ZUGFeRD 2 and XRechnung (D16B), and ZUGFeRD 1.0."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from common.domain import dates, tax_ids
from common.extraction.einvoice.invoice import DOCUMENT_TYPE, EInvoice, is_freight, joined, total
from common.extraction.einvoice.tree import Node

ROOTS = frozenset({"CrossIndustryInvoice", "CrossIndustryDocument"})

_AGREEMENT = "ApplicableHeaderTradeAgreement|ApplicableSupplyChainTradeAgreement"
_SETTLEMENT = "ApplicableHeaderTradeSettlement|ApplicableSupplyChainTradeSettlement"
_SUMMATION = "SpecifiedTradeSettlementHeaderMonetarySummation|SpecifiedTradeSettlementMonetarySummation"
_LINE_AGREEMENT = "SpecifiedLineTradeAgreement|SpecifiedSupplyChainTradeAgreement"
_LINE_DELIVERY = "SpecifiedLineTradeDelivery|SpecifiedSupplyChainTradeDelivery"
_LINE_SETTLEMENT = "SpecifiedLineTradeSettlement|SpecifiedSupplyChainTradeSettlement"
_LINE_SUMMATION = "SpecifiedTradeSettlementLineMonetarySummation|SpecifiedTradeSettlementMonetarySummation"
_RATE = "RateApplicablePercent|ApplicablePercent"
_ONE = Decimal(1)
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")


def read(root: Node, name: str) -> EInvoice:
    """The invoice in a CII document; raises ValueError where it holds none."""
    document = root.first("ExchangedDocument|HeaderExchangedDocument")
    transaction = root.first("SupplyChainTradeTransaction|SpecifiedSupplyChainTradeTransaction")
    if document is None or transaction is None:
        raise ValueError("no invoice in the document")
    agreement = transaction.first(_AGREEMENT)
    settlement = transaction.first(_SETTLEMENT)
    profile = (
        root.text(
            "ExchangedDocumentContext|SpecifiedExchangedDocumentContext/GuidelineSpecifiedDocumentContextParameter/ID"
        )
        or ""
    ).lower()
    lines = [line for line in transaction.all("IncludedSupplyChainTradeLineItem") if _counts(line)]
    fields: dict[str, Any] = {
        "language": document.text("LanguageID"),
        "document_type": DOCUMENT_TYPE.get(document.text("TypeCode") or "380", "other"),
        "invoice_number": document.text("ID"),
        "invoice_date": _day(document.first("IssueDateTime")),
        "irn": None,
    }
    if agreement is not None:
        fields |= _parties(agreement)
    if settlement is not None:
        fields |= _settled(settlement)
    fields["items"] = [_item(line) for line in lines]
    return EInvoice(
        name,
        fields,
        not any(short in profile for short in ("minimum", "basicwl", "basic-wl")),
        tuple(_base_quantity(line) for line in lines),
        tuple(total(_allowances(line.first(_LINE_SETTLEMENT), charge=True)) for line in lines),
    )


def _parties(agreement: Node) -> dict[str, Any]:
    seller, buyer = agreement.first("SellerTradeParty"), agreement.first("BuyerTradeParty")
    return {
        "vendor_name": seller.text("Name") if seller else None,
        "vendor_tax_id": _tax_id(seller),
        "vendor_address": _address(seller),
        "buyer_name": buyer.text("Name") if buyer else None,
        "buyer_tax_id": _tax_id(buyer),
        "po_number": agreement.text("BuyerOrderReferencedDocument/IssuerAssignedID|ID"),
    }


def _settled(settlement: Node) -> dict[str, Any]:
    currency = settlement.text("InvoiceCurrencyCode")
    summation = settlement.first(_SUMMATION)
    fields: dict[str, Any] = {
        "currency": currency,
        "payment_terms": " ".join(
            words
            for node in settlement.all("SpecifiedTradePaymentTerms/Description")
            if (words := node.text())
        )
        or None,
        "due_date": _day(settlement.first("SpecifiedTradePaymentTerms/DueDateDateTime")),
        "taxes": [
            {
                "type": tax.text("TypeCode") or "VAT",
                "rate": tax.number(_RATE),
                "taxable_amt": tax.number("BasisAmount"),
                "amount": tax.number("CalculatedAmount"),
            }
            for tax in settlement.all("ApplicableTradeTax")
        ],
        "shipping_amt": _freight(settlement),
    }
    if summation is not None:
        fields |= {
            "subtotal": summation.number("LineTotalAmount"),
            "discount_amt": summation.number("AllowanceTotalAmount"),
            "charges_amt": summation.number("ChargeTotalAmount"),
            "taxable_amt": _in_currency(summation, "TaxBasisTotalAmount", currency),
            "tax_amt": _in_currency(summation, "TaxTotalAmount", currency),
            "round_off": summation.number("RoundingAmount"),
            "total_amt": _in_currency(summation, "GrandTotalAmount", currency),
            "prepaid_amt": summation.number("TotalPrepaidAmount"),
            "amount_due": summation.number("DuePayableAmount"),
        }
    return fields


def _in_currency(summation: Node, name: str, currency: str | None) -> Decimal | None:
    """The amount in the invoice's currency; the tax total may stand in the accounting currency too."""
    nodes = list(summation.all(name))
    own = [node for node in nodes if node.attribute("currencyID") in (None, currency)]
    return next((value for node in own or nodes if (value := node.value) is not None), None)


def _freight(settlement: Node) -> Decimal | None:
    amounts = [
        amount
        for charge in settlement.all("SpecifiedLogisticsServiceCharge")
        if (amount := charge.number("AppliedAmount")) is not None
    ]
    for charge in settlement.all("SpecifiedTradeAllowanceCharge"):
        amount = charge.number("ActualAmount")
        if (
            _is_charge(charge)
            and amount is not None
            and is_freight(charge.text("Reason"), charge.text("ReasonCode"))
        ):
            amounts.append(amount)
    return total(amounts)


def _allowances(settlement: Node | None, *, charge: bool) -> list[Decimal]:
    if settlement is None:
        return []
    return [
        amount
        for each in settlement.all("SpecifiedTradeAllowanceCharge")
        if _is_charge(each) is charge and (amount := each.number("ActualAmount")) is not None
    ]


def _is_charge(node: Node) -> bool:
    return (node.text("ChargeIndicator/Indicator") or node.text("ChargeIndicator") or "").lower() in (
        "true",
        "1",
    )


def _counts(line: Node) -> bool:
    """Whether a line is a line item: neither a text nor a group's heading."""
    status = (line.text("AssociatedDocumentLineDocument/LineStatusReasonCode") or "").upper()
    settlement = line.first(_LINE_SETTLEMENT)
    amount = settlement.number(f"{_LINE_SUMMATION}/LineTotalAmount") if settlement else None
    return status not in ("GROUP", "INFORMATION") and amount is not None


def _item(line: Node) -> dict[str, Any]:
    product, delivery = line.first("SpecifiedTradeProduct"), line.first(_LINE_DELIVERY)
    agreement, settlement = line.first(_LINE_AGREEMENT), line.first(_LINE_SETTLEMENT)
    quantity = delivery.first("BilledQuantity") if delivery else None
    hsn = None
    for code in product.all("DesignatedProductClassification/ClassCode") if product else ():
        if (code.attribute("listID") or "").upper() == "HS":
            hsn = code.text()
    return {
        "description": (product.text("Name") or product.text("Description")) if product else None,
        "hsn_code": hsn,
        "quantity": delivery.number("BilledQuantity") if delivery else None,
        "unit": quantity.attribute("unitCode") if quantity else None,
        "unit_price": _price(agreement),
        "discount": total(_allowances(settlement, charge=False)),
        "tax_rate": settlement.number(f"ApplicableTradeTax/{_RATE}") if settlement else None,
        "tax_amt": None,
        "amount": settlement.number(f"{_LINE_SUMMATION}/LineTotalAmount") if settlement else None,
    }


def _price(agreement: Node | None) -> Decimal | None:
    if agreement is None:
        return None
    net = agreement.number("NetPriceProductTradePrice/ChargeAmount")
    return net if net is not None else agreement.number("GrossPriceProductTradePrice/ChargeAmount")


def _base_quantity(line: Node) -> Decimal | None:
    agreement = line.first(_LINE_AGREEMENT)
    base = agreement.number("NetPriceProductTradePrice/BasisQuantity") if agreement else None
    return base if base and base != _ONE else None


def _tax_id(party: Node | None) -> str | None:
    """The VAT id of a party (scheme VA), else its tax number (FC)."""
    if party is None:
        return None
    numbers = {
        (node.attribute("schemeID") or "").upper(): node.text()
        for node in party.all("SpecifiedTaxRegistration/ID")
    }
    number = numbers.get("VA") or numbers.get("FC")
    return tax_ids.compact(number) if number else None


def _address(party: Node | None) -> str | None:
    place = party.first("PostalTradeAddress") if party else None
    if place is None:
        return None
    town = " ".join(part for part in (place.text("PostcodeCode"), place.text("CityName")) if part)
    return joined(
        place.text("LineOne"), place.text("LineTwo"), place.text("LineThree"), town, place.text("CountryID")
    )


def _day(node: Node | None) -> str | None:
    """The day of a date node: format 102 (20240305) or ISO."""
    if node is None:
        return None
    text = node.text("DateTimeString|DateTime") or node.text() or ""
    compact = _COMPACT_DATE.match(text)
    day: date | None = dates.iso("-".join(compact.groups()) if compact else text)
    return day.isoformat() if day else None
