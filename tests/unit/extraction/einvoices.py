"""Small e-invoices in each syntax, about the invoice of `base`."""

from __future__ import annotations

import io

import pypdf

_RAM = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity"
_LINES = (
    ("Steel brackets", "4.0000", "250.0000", "1000.00"),
    ("Delivery boxes", "2.0000", "100.0000", "200.00"),
    ("Packing straps", "10.0000", "7.3500", "73.50"),
)


def attached(pdf: bytes, name: str, xml: bytes) -> bytes:
    """The PDF with an e-invoice inside."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf))
    writer.add_attachment(name, xml)
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def cii(
    *,
    profile: str = "urn:cen.eu:en16931:2017",
    total: str = "1560.00",
    lines: bool = True,
    first: str = "1000.00",
) -> bytes:
    """Factur-X and ZUGFeRD 2."""
    rows = "".join(
        f"""<ram:IncludedSupplyChainTradeLineItem>
        <ram:SpecifiedTradeProduct><ram:Name>{name}</ram:Name></ram:SpecifiedTradeProduct>
        <ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice><ram:ChargeAmount>{price}</ram:ChargeAmount>
        </ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement>
        <ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="C62">{quantity}</ram:BilledQuantity>
        </ram:SpecifiedLineTradeDelivery>
        <ram:SpecifiedLineTradeSettlement><ram:ApplicableTradeTax><ram:TypeCode>VAT</ram:TypeCode>
        <ram:RateApplicablePercent>20.00</ram:RateApplicablePercent></ram:ApplicableTradeTax>
        <ram:SpecifiedTradeSettlementLineMonetarySummation>
        <ram:LineTotalAmount>{first if number == 0 else amount}</ram:LineTotalAmount>
        </ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement>
        </ram:IncludedSupplyChainTradeLineItem>"""
        for number, (name, quantity, price, amount) in enumerate(_LINES if lines else ())
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
    <rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
      xmlns:ram="{_RAM}:100" xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
    <rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>{profile}</ram:ID>
    </ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>
    <rsm:ExchangedDocument><ram:ID>INV-30917</ram:ID><ram:TypeCode>380</ram:TypeCode>
    <ram:IssueDateTime><udt:DateTimeString format="102">20240305</udt:DateTimeString></ram:IssueDateTime>
    </rsm:ExchangedDocument>
    <rsm:SupplyChainTradeTransaction>{rows}
    <ram:ApplicableHeaderTradeAgreement>
    <ram:SellerTradeParty><ram:Name>Northwind Supplies Ltd</ram:Name><ram:PostalTradeAddress>
    <ram:PostcodeCode>BS1 4RW</ram:PostcodeCode><ram:LineOne>12 Harbour Road</ram:LineOne>
    <ram:CityName>Bristol</ram:CityName><ram:CountryID>GB</ram:CountryID></ram:PostalTradeAddress>
    <ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">GB980780684</ram:ID></ram:SpecifiedTaxRegistration>
    </ram:SellerTradeParty>
    <ram:BuyerTradeParty><ram:Name>Contoso Retail Limited</ram:Name></ram:BuyerTradeParty>
    <ram:BuyerOrderReferencedDocument><ram:IssuerAssignedID>PO-7781</ram:IssuerAssignedID>
    </ram:BuyerOrderReferencedDocument></ram:ApplicableHeaderTradeAgreement>
    <ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>GBP</ram:InvoiceCurrencyCode>
    <ram:ApplicableTradeTax><ram:CalculatedAmount>260.00</ram:CalculatedAmount><ram:TypeCode>VAT</ram:TypeCode>
    <ram:BasisAmount>1300.00</ram:BasisAmount><ram:RateApplicablePercent>20.00</ram:RateApplicablePercent>
    </ram:ApplicableTradeTax>
    <ram:SpecifiedTradeAllowanceCharge><ram:ChargeIndicator><udt:Indicator>true</udt:Indicator></ram:ChargeIndicator>
    <ram:ActualAmount>26.50</ram:ActualAmount><ram:Reason>Freight</ram:Reason></ram:SpecifiedTradeAllowanceCharge>
    <ram:SpecifiedTradePaymentTerms><ram:Description>30 days net</ram:Description>
    <ram:DueDateDateTime><udt:DateTimeString format="102">20240404</udt:DateTimeString></ram:DueDateDateTime>
    </ram:SpecifiedTradePaymentTerms>
    <ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:LineTotalAmount>1273.50</ram:LineTotalAmount>
    <ram:ChargeTotalAmount>26.50</ram:ChargeTotalAmount>
    <ram:TaxBasisTotalAmount>1300.00</ram:TaxBasisTotalAmount>
    <ram:TaxTotalAmount currencyID="GBP">260.00</ram:TaxTotalAmount>
    <ram:GrandTotalAmount>{total}</ram:GrandTotalAmount><ram:TotalPrepaidAmount>500.00</ram:TotalPrepaidAmount>
    <ram:DuePayableAmount>1060.00</ram:DuePayableAmount></ram:SpecifiedTradeSettlementHeaderMonetarySummation>
    </ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>""".encode()


def zugferd_1() -> bytes:
    """ZUGFeRD 1.0, which names the same things otherwise."""
    text = cii(profile="urn:ferd:CrossIndustryDocument:invoice:1p0:comfort").decode()
    for newer, older in (
        ("CrossIndustryInvoice:100", "CrossIndustryDocument:invoice:1p0"),
        ("rsm:CrossIndustryInvoice", "rsm:CrossIndustryDocument"),
        ("rsm:ExchangedDocumentContext", "rsm:SpecifiedExchangedDocumentContext"),
        ("rsm:ExchangedDocument>", "rsm:HeaderExchangedDocument>"),
        ("rsm:SupplyChainTradeTransaction", "rsm:SpecifiedSupplyChainTradeTransaction"),
        ("ApplicableHeaderTrade", "ApplicableSupplyChainTrade"),
        ("SpecifiedLineTrade", "SpecifiedSupplyChainTrade"),
        ("RateApplicablePercent", "ApplicablePercent"),
        ("SpecifiedTradeSettlementLineMonetarySummation", "SpecifiedTradeSettlementMonetarySummation"),
        ("SpecifiedTradeSettlementHeaderMonetarySummation", "SpecifiedTradeSettlementMonetarySummation"),
        ("IssuerAssignedID", "ID"),
    ):
        text = text.replace(newer, older)
    return text.encode()


def ubl() -> bytes:
    """XRechnung and Peppol."""
    rows = "".join(
        f"""<cac:InvoiceLine><cbc:ID>{number}</cbc:ID><cbc:InvoicedQuantity unitCode="C62">{quantity}</cbc:InvoicedQuantity>
        <cbc:LineExtensionAmount currencyID="GBP">{amount}</cbc:LineExtensionAmount>
        <cac:Item><cbc:Name>{name}</cbc:Name><cac:ClassifiedTaxCategory><cbc:Percent>20</cbc:Percent>
        </cac:ClassifiedTaxCategory></cac:Item>
        <cac:Price><cbc:PriceAmount currencyID="GBP">{price}</cbc:PriceAmount></cac:Price></cac:InvoiceLine>"""
        for number, (name, quantity, price, amount) in enumerate(_LINES)
    )
    return f"""<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
      xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
      xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
    <cbc:ID>INV-30917</cbc:ID><cbc:IssueDate>2024-03-05</cbc:IssueDate><cbc:DueDate>2024-04-04</cbc:DueDate>
    <cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>GBP</cbc:DocumentCurrencyCode>
    <cac:OrderReference><cbc:ID>PO-7781</cbc:ID></cac:OrderReference>
    <cac:AccountingSupplierParty><cac:Party><cac:PartyName><cbc:Name>Northwind</cbc:Name></cac:PartyName>
    <cac:PostalAddress><cbc:StreetName>12 Harbour Road</cbc:StreetName><cbc:CityName>Bristol</cbc:CityName>
    <cbc:PostalZone>BS1 4RW</cbc:PostalZone></cac:PostalAddress>
    <cac:PartyTaxScheme><cbc:CompanyID>GB980780684</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>
    </cac:PartyTaxScheme><cac:PartyLegalEntity><cbc:RegistrationName>Northwind Supplies Ltd</cbc:RegistrationName>
    </cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty>
    <cac:AccountingCustomerParty><cac:Party><cac:PartyLegalEntity>
    <cbc:RegistrationName>Contoso Retail Limited</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party>
    </cac:AccountingCustomerParty>
    <cac:PaymentTerms><cbc:Note>30 days net</cbc:Note></cac:PaymentTerms>
    <cac:AllowanceCharge><cbc:ChargeIndicator>true</cbc:ChargeIndicator>
    <cbc:AllowanceChargeReason>Freight</cbc:AllowanceChargeReason><cbc:Amount currencyID="GBP">26.50</cbc:Amount>
    </cac:AllowanceCharge>
    <cac:TaxTotal><cbc:TaxAmount currencyID="GBP">260.00</cbc:TaxAmount><cac:TaxSubtotal>
    <cbc:TaxableAmount currencyID="GBP">1300.00</cbc:TaxableAmount><cbc:TaxAmount currencyID="GBP">260.00</cbc:TaxAmount>
    <cac:TaxCategory><cbc:Percent>20</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory>
    </cac:TaxSubtotal></cac:TaxTotal>
    <cac:LegalMonetaryTotal><cbc:LineExtensionAmount currencyID="GBP">1273.50</cbc:LineExtensionAmount>
    <cbc:TaxExclusiveAmount currencyID="GBP">1300.00</cbc:TaxExclusiveAmount>
    <cbc:TaxInclusiveAmount currencyID="GBP">1560.00</cbc:TaxInclusiveAmount>
    <cbc:ChargeTotalAmount currencyID="GBP">26.50</cbc:ChargeTotalAmount>
    <cbc:PrepaidAmount currencyID="GBP">500.00</cbc:PrepaidAmount>
    <cbc:PayableAmount currencyID="GBP">1060.00</cbc:PayableAmount></cac:LegalMonetaryTotal>{rows}</Invoice>""".encode()
