"""Which value a property of a response schema asks for."""

from __future__ import annotations

import re

from emulators.gemini.body import snake

INVOICE = (
    "language type document_type vendor_name vendor_tax_id vendor_address buyer_name buyer_tax_id "
    "buyer_address invoice_number invoice_date due_date payment_terms po_number currency subtotal "
    "discount_amt shipping_amt charges_amt taxable_amt taxes tax_amt round_off total_amt prepaid_amt "
    "amount_due irn items"
).split()
ITEM = "description hsn_code quantity unit unit_price discount tax_rate tax_amt amount page".split()
TAX = "type rate taxable_amt amount".split()

# Other names in use for the same thing; the first word of each line is the field.
_INVOICE_WORDS = """
language: lang document_language
type: document_kind writing
document_type: doc_type doctype invoice_type kind
vendor_name: vendor supplier supplier_name seller seller_name merchant merchant_name issuer
vendor_name: issuer_name company_name
vendor_tax_id: vendor_gstin seller_gstin supplier_gstin gstin vendor_vat_id vendor_vat_number
vendor_tax_id: vat_number tax_id supplier_tax_id seller_tax_id vendor_vat vendor_gst
vendor_address: supplier_address seller_address merchant_address
buyer_name: buyer customer customer_name bill_to bill_to_name client client_name recipient recipient_name
buyer_tax_id: buyer_gstin customer_gstin buyer_vat_id customer_tax_id customer_vat_id buyer_vat
buyer_address: customer_address billing_address bill_to_address
invoice_number: invoice_no invoice_id inv_no number document_number bill_number bill_no
invoice_date: date issue_date date_of_issue document_date inv_date bill_date
due_date: payment_due_date due payable_by
payment_terms: terms payment_condition payment_conditions
po_number: purchase_order purchase_order_number po order_number po_no
currency: currency_code curr ccy
subtotal: sub_total subtotal_amt subtotal_amount line_total net_lines
discount_amt: discount discount_amount total_discount
shipping_amt: shipping freight shipping_amount shipping_cost delivery
charges_amt: charges other_charges charge_amount surcharges
taxable_amt: taxable_amount taxable net_amount net_total net total_net amount_before_tax taxable_value
taxes: tax_breakdown tax_lines tax_details vat_breakdown
tax_amt: tax tax_amount total_tax tax_total vat vat_amount gst_amount
round_off: rounding roundoff round_off_amt rounding_amount
total_amt: total total_amount grand_total invoice_total gross_amount gross total_gross amount_total
prepaid_amt: prepaid prepaid_amount paid_amount advance amount_paid
amount_due: due_amount balance_due balance amount_payable payable
irn: invoice_reference_number
items: line_items lines products positions item_list
"""
_ITEM_WORDS = """
description: desc name item item_name product product_name text
hsn_code: hsn sac hsn_sac hsn_sac_code
quantity: qty quant count
unit: uom unit_of_measure measure
unit_price: price rate price_unit unit_cost unit_amount
discount: discount_amt discount_amount disc
tax_rate: vat_rate gst_rate tax_percent tax_percentage vat
tax_amt: tax tax_amount vat_amount gst_amount
amount: total line_total total_amt net_amount total_amount amt line_amount sum
page: page_number
"""
_TAX_WORDS = """
type: name tax_type kind tax_name
rate: percent percentage tax_rate
taxable_amt: base taxable_amount basis taxable net
amount: tax tax_amount amt tax_amt
"""


def _table(names: list[str], words: str) -> dict[str, str]:
    table = {}
    for line in words.strip().splitlines():
        name, _, others = line.partition(":")
        table.update(dict.fromkeys(others.split(), name))
    return {**table, **{name: name for name in names}}


_TABLES = {
    "invoice": (INVOICE, _table(INVOICE, _INVOICE_WORDS)),
    "items": (ITEM, _table(ITEM, _ITEM_WORDS)),
    "taxes": (TAX, _table(TAX, _TAX_WORDS)),
}
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def field_of(context: str, name: str, title: str = "", description: str = "", prefix: str = "") -> str | None:
    """The field that a property means, or None.

    `context` is "invoice", "items" or "taxes". Its own name decides when it is a
    field's; else a title or description that is or starts with a field's name;
    else a common synonym. `prefix` is the name of an object around it ("vendor").
    """
    fields, table = _TABLES[context]
    plain = snake(name)
    if prefix and (joined := table.get(f"{prefix}_{plain}")):
        return joined
    if plain in fields:
        return plain
    for text in (title, description):
        first = _WORD.match(text.strip())
        if first and snake(first.group()) in fields:
            return snake(first.group())
    return table.get(plain)
