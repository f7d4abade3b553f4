"""A record as a UBL 2.1 invoice or credit note (OASIS Standard, 4 November 2013; ISO/IEC 19845)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from common.errors import Unprocessable
from common.exports.record import Exported, number_in, only_printable, plain, text_in

CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
INVOICE = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
CREDIT_NOTE = "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2"

TYPE_CODES = {"invoice": "380", "debit_note": "383", "receipt": "380", "other": "380"}
"""UNTDID 1001."""

UNKNOWN_UNIT = "ZZ"
"""UN/ECE Recommendation 20, mutually defined: the printed unit stands in the line's note."""

NEEDED = ("invoice_number", "invoice_date", "currency", "total_amt")


def ubl_of(record: Exported) -> bytes:
    """The document; raises Unprocessable where a value that UBL demands was not read."""
    missing = [name for name in NEEDED if record.values.get(name) in (None, "")]
    if record.day("invoice_date") is None and "invoice_date" not in missing:
        missing.append("invoice_date")
    if missing:
        raise Unprocessable(f"UBL demands {', '.join(missing)}")
    return _Writer(record).document()


class _Writer:
    """Writes one record; the order of the elements is the schema's."""

    def __init__(self, record: Exported) -> None:
        self.record = record
        self.credit = record.values.get("document_type") == "credit_note"
        self.currency = str(record.values["currency"])
        self.namespace = CREDIT_NOTE if self.credit else INVOICE
        self.root = Element(f"{{{self.namespace}}}{'CreditNote' if self.credit else 'Invoice'}")

    def document(self) -> bytes:
        record = self.record
        register_namespace("", self.namespace)
        register_namespace("cac", CAC)
        register_namespace("cbc", CBC)
        _text(self.root, "UBLVersionID", "2.1")
        _text(self.root, "ID", record.text("invoice_number"))
        if record.text("irn"):
            # An IRN is 64 digits; UBL's UUID takes any text.
            _text(self.root, "UUID", record.text("irn"))
        _text(self.root, "IssueDate", record.day("invoice_date"))
        if self.credit:
            _text(self.root, "CreditNoteTypeCode", "381")
        else:
            _text(self.root, "DueDate", record.day("due_date"))
            kind = record.text("document_type") or "invoice"
            _text(self.root, "InvoiceTypeCode", TYPE_CODES.get(kind, "380"))
        _text(self.root, "DocumentCurrencyCode", self.currency)
        if record.text("po_number"):
            _text(SubElement(self.root, f"{{{CAC}}}OrderReference"), "ID", record.text("po_number"))
        self._party("AccountingSupplierParty", "vendor")
        self._party("AccountingCustomerParty", "buyer")
        if record.text("payment_terms"):
            _text(SubElement(self.root, f"{{{CAC}}}PaymentTerms"), "Note", record.text("payment_terms"))
        self._allowance("discount_amt", charge=False)
        self._allowance("charges_amt", charge=True)
        if record.amount("charges_amt") is None:
            self._allowance("shipping_amt", charge=True)
        self._taxes()
        self._totals()
        for index, line in enumerate(record.items, 1):
            self._line(index, line)
        if not record.items:
            self._line(
                1, {"description": None, "amount": record.amount("subtotal") or record.amount("total_amt")}
            )
        body: bytes = tostring(self.root, "utf-8", xml_declaration=True)
        return body

    def _party(self, element: str, role: str) -> None:
        record = self.record
        party = SubElement(SubElement(self.root, f"{{{CAC}}}{element}"), f"{{{CAC}}}Party")
        name = record.text(f"{role}_name")
        if name:
            _text(SubElement(party, f"{{{CAC}}}PartyName"), "Name", name)
        address = record.text(f"{role}_address")
        if address:
            line = SubElement(SubElement(party, f"{{{CAC}}}PostalAddress"), f"{{{CAC}}}AddressLine")
            _text(line, "Line", address)
        number = record.text(f"{role}_tax_id")
        if number:
            scheme = SubElement(party, f"{{{CAC}}}PartyTaxScheme")
            _text(scheme, "CompanyID", number)
            _text(SubElement(scheme, f"{{{CAC}}}TaxScheme"), "ID", "VAT")
        if name:
            _text(SubElement(party, f"{{{CAC}}}PartyLegalEntity"), "RegistrationName", name)

    def _allowance(self, name: str, *, charge: bool) -> None:
        amount = self.record.amount(name)
        if not amount:
            return
        allowance = SubElement(self.root, f"{{{CAC}}}AllowanceCharge")
        _text(allowance, "ChargeIndicator", "true" if charge else "false")
        _text(allowance, "AllowanceChargeReason", "Charges" if charge else "Discount")
        self._money(allowance, "Amount", amount)

    def _taxes(self) -> None:
        total = self.record.amount("tax_amt")
        rows = [row for row in self.record.taxes if number_in(row, "amount") is not None]
        if total is None and not rows:
            return
        tax_total = SubElement(self.root, f"{{{CAC}}}TaxTotal")
        if total is None:
            total = sum((number_in(row, "amount") or Decimal(0) for row in rows), Decimal(0))
        self._money(tax_total, "TaxAmount", total)
        for row in rows:
            part = SubElement(tax_total, f"{{{CAC}}}TaxSubtotal")
            self._money(part, "TaxableAmount", number_in(row, "taxable_amt"))
            self._money(part, "TaxAmount", number_in(row, "amount"))
            category = SubElement(part, f"{{{CAC}}}TaxCategory")
            rate = number_in(row, "rate")
            if rate is not None:
                _text(category, "Percent", plain(rate))
            scheme = SubElement(category, f"{{{CAC}}}TaxScheme")
            _text(scheme, "Name", text_in(row, "type") or "VAT")

    def _totals(self) -> None:
        record = self.record
        totals = SubElement(self.root, f"{{{CAC}}}LegalMonetaryTotal")
        self._money(totals, "LineExtensionAmount", record.amount("subtotal"))
        self._money(totals, "TaxExclusiveAmount", record.amount("taxable_amt"))
        self._money(totals, "TaxInclusiveAmount", record.amount("total_amt"))
        self._money(totals, "AllowanceTotalAmount", record.amount("discount_amt"))
        charges = record.amount("charges_amt")
        self._money(
            totals, "ChargeTotalAmount", record.amount("shipping_amt") if charges is None else charges
        )
        self._money(totals, "PrepaidAmount", record.amount("prepaid_amt"))
        self._money(totals, "PayableRoundingAmount", record.amount("round_off"))
        due = record.amount("amount_due")
        self._money(totals, "PayableAmount", record.amount("total_amt") if due is None else due)

    def _line(self, index: int, line: Mapping[str, object]) -> None:
        element = SubElement(self.root, f"{{{CAC}}}{'CreditNoteLine' if self.credit else 'InvoiceLine'}")
        _text(element, "ID", str(index))
        unit = text_in(line, "unit")
        if unit:
            _text(element, "Note", unit)
        quantity = number_in(line, "quantity")
        if quantity is not None:
            name = "CreditedQuantity" if self.credit else "InvoicedQuantity"
            counted = _text(element, name, plain(quantity))
            if counted is not None:
                counted.set("unitCode", UNKNOWN_UNIT)
        self._money(element, "LineExtensionAmount", number_in(line, "amount") or Decimal(0))
        discount = number_in(line, "discount")
        if discount and not self.credit:
            allowance = SubElement(element, f"{{{CAC}}}AllowanceCharge")
            _text(allowance, "ChargeIndicator", "false")
            self._money(allowance, "Amount", discount)
        tax = number_in(line, "tax_amt")
        if tax is not None:
            self._money(SubElement(element, f"{{{CAC}}}TaxTotal"), "TaxAmount", tax)
        item = SubElement(element, f"{{{CAC}}}Item")
        _text(item, "Name", text_in(line, "description") or f"Line {index}")
        code = text_in(line, "hsn_code")
        if code:
            classified = SubElement(item, f"{{{CAC}}}CommodityClassification")
            written = _text(classified, "ItemClassificationCode", code)
            if written is not None:
                written.set("listID", "HS")
        rate = number_in(line, "tax_rate")
        if rate is not None:
            category = SubElement(item, f"{{{CAC}}}ClassifiedTaxCategory")
            _text(category, "Percent", plain(rate))
            _text(SubElement(category, f"{{{CAC}}}TaxScheme"), "ID", "VAT")
        price = number_in(line, "unit_price")
        if price is not None:
            self._money(SubElement(element, f"{{{CAC}}}Price"), "PriceAmount", price)

    def _money(self, parent: Element, name: str, amount: Decimal | None) -> None:
        written = None if amount is None else _text(parent, name, plain(amount))
        if written is not None:
            written.set("currencyID", self.currency)


def _text(parent: Element, name: str, value: str | None) -> Element | None:
    """Adds a basic component; nothing for None."""
    if value is None:
        return None
    element = SubElement(parent, f"{{{CBC}}}{name}")
    element.text = only_printable(value)
    return element
