"""The words that invoices print beside their values, in English, German, French, Dutch, Italian, Spanish
and Portuguese. Patterns are for folded text: lower case, no accents."""

from __future__ import annotations

import re

# No. · Nr. · n° · nº (folds to "no") · num. · #
_NO = r"(?:no|nr|num|numero|nummer|number|numéro|n°|n\.|nº|id|#)\.?(?:\s?o\.?)?"

# field → (pattern, weight); the greater weight wins where two labels compete.
HEADER: dict[str, list[tuple[str, float]]] = {
    "invoice_number": [
        (rf"(?:tax |sales |commercial |proforma |vat |gst )?inv(?:oice)?\.? ?(?:serial )?{_NO}", 10),
        (r"(?:tax )?invoice (?:reference|ref)\.?(?: ?no)?", 8),
        (rf"(?:cash |tax )?bill ?{_NO}", 8),
        (rf"(?:receipt|cash ?sale|cs|rcpt|check|trans(?:action)?|chit) ?{_NO}", 6),
        (rf"(?:credit|debit) ?(?:note|memo|advice) ?{_NO}", 10),
        (rf"(?:document|doc)\.? ?{_NO}", 7),
        (rf"(?:statement|voucher) ?{_NO}", 4),
        (rf"(?:handels|sammel|schluss|abschlags|teil|kosten|eingangs)?(?:rechnungs?|rechn|rg|re)\.?[- ]?{_NO}(?![a-z])", 10),
        (rf"(?:\w*rechnung|rechnungs-?korrektur) ?(?:\(\d+\) ?)?(?:{_NO}|:)", 9),
        (rf"(?:gutschrifts?|rechnungskorrektur|storno(?:rechnung)?)[- ]?{_NO}", 9),
        (rf"beleg[- ]?{_NO}", 8),
        (rf"(?:facture|fact)\.? ?{_NO}", 10),
        (rf"{_NO} ?(?:de |de la |d')?(?:la )?(?:facture|piece|document)", 9),
        (rf"reference (?:de la |de )?facture", 8),
        (rf"(?:avoir|note de credit) ?{_NO}", 9),
        (rf"{_NO} ?(?:de |d')?avoir", 8),
        (rf"factuur[- ]?{_NO}", 10),
        (rf"creditnota ?{_NO}|credit(?:nota)?nummer", 9),
        (rf"(?:fattura|nota di credito|documento)(?: immediata| elettronica| accompagnatoria)? ?{_NO}", 10),
        (rf"{_NO} ?(?:di |della |del )?(?:fattura|documento)", 9),
        (rf"(?:factura|fatura|nota de credito|abono|recibo)(?: simplificada| rectificativa)? ?{_NO}", 10),
        (rf"{_NO} ?(?:de |da |de la )?(?:factura|fatura)", 9),
        (r"(?:tax |sales |commercial )?invoice ?:", 6),
        (rf"(?:\w+ ){{0,2}}(?:rechnung|invoice|facture|fattura|factura|factuur)\w* {_NO}", 7),
        (r"(?:rechnung|facture|fattura|factura|fatura|factuur) ?[:#]", 6),
        (r"(?:tax |sales )?invoice(?= )|invoice$", 3.5),
        (r"(?:rechnung|facture|fattura|factura|fatura|factuur|avoir|gutschrift)(?= )", 3),
    ],
    "invoice_date": [
        (r"(?:tax )?inv(?:oice)?\.?(?: issue)? ?(?:date|dt)\.?", 10),
        (r"date of (?:the )?(?:tax )?(?:invoice|issue)|issue date|date issued|issued(?: at| on)?|invoiced on", 9),
        (r"(?:bill|billing|tax|receipt|statement|document|doc\.?|credit (?:note|memo)|debit note|transaction) ?date", 8),
        (r"date of supply", 3),
        (r"(?:date ?/ ?)?tax point(?: ?/ ?date)?(?: date)?", 9),
        (r"(?:rechnungs|beleg|ausstellungs|gutschrifts)[- ]?(?:datum|dat\.?)|datum der rechnung", 10),
        (r"date (?:de |de la |d')?(?:facture|facturation|emission|l'avoir|avoir)|date d.?emission|facture du", 10),
        (r"factuur ?datum|datum factuur", 10),
        (r"data (?:della )?(?:fattura|documento|doc\.?|emissione|di emissione)", 10),
        (r"fecha (?:de )?(?:la )?(?:factura|emision|expedicion)|data (?:da |de )?(?:fatura|emissao)", 10),
        (r"dated|date", 5),
        (r"datum|fecha|data", 4),
        (r"(?:vom|von|du|del|le|il)(?= \d)|date ?/ ?time", 2),
    ],
    "due_date": [
        (r"(?:payment |invoice )?due (?:date|by|on)|date due|payment due(?: date| by| on)?|pay(?:able|ment)? (?:by|before|until|no later than)", 10),
        (r"(?:please )?(?:remit|pay|settle) (?:until|by|before)|last (?:date|day) (?:of|for) payment|due", 7),
        (r"fallig(?:keit)?(?:sdatum| am| zum| bis)?|zahlbar bis(?: zum| spatestens)?(?: am| zum)?|zahlungsziel|zahlungstermin|zahlung bis(?: zum)?|netto bis", 10),
        (r"(?:wird|werden) am(?= \d)", 4),
        (r"(?:bitte )?(?:uberweisen|zahlen|begleichen) sie (?:den betrag |den rechnungsbetrag )?bis(?: spatestens)?(?: zum)?|zu zahlen bis|bis zum", 8),
        (r"(?:date d.?)?echeance(?: le)?|date limite de (?:paiement|reglement)|a (?:payer|regler) (?:avant|pour)(?: le)?|payable (?:le|avant le)", 10),
        (r"vervaldatum|vervaldag|uiterste betaaldatum|te betalen (?:voor|uiterlijk)|betalen voor", 10),
        (r"(?:data )?scadenza(?: pagamento)?|scade il|da pagare entro(?: il)?", 10),
        (r"(?:fecha (?:de )?|data de )?vencim(?:iento|ento)|pagar antes (?:de|del)|vence", 10),
    ],
    "payment_terms": [
        (r"(?:payment|credit|invoice) ?terms?(?: and conditions)?|terms of payment|terms ?/ ?mode of payment|(?:mode|terms) ?/ ?terms of payment|payment conditions?", 10),
        (r"terms", 6),
        (r"zahlungs(?:bedingung(?:en)?|konditionen|frist|vereinbarung)|zahlbedingung(?:en)?", 10),
        (r"(?:conditions?|modalites?|delai) (?:de )?(?:paiement|reglement)", 10),
        (r"betalings(?:voorwaarden?|conditie|termijn)", 10),
        (r"(?:termini|condizioni|modalita) (?:di )?pagamento|pagamento", 8),
        (r"(?:condiciones|forma|termino|plazo) (?:de )?pago|condicoes de pagamento", 8),
    ],
    "po_number": [
        (rf"(?:customer |client |your |buyer'?s? )?(?:p\.? ?o\.?|purchase order)(?:[ /]*(?:{_NO}|ref(?:erence)?))?(?=$|[\s:.#])", 10),
        (rf"(?:your|customer'?s?|client|buyer'?s?) (?:order|purchase order|reference|ref)\.?(?: ?{_NO})?", 8),
        (rf"(?:ihre )?bestell(?:ung)?s?[- ]?{_NO}|ihre bestellung(?: vom)?(?: {_NO})?|ihr(?:e)? auftrag(?:s?{_NO})?|bestellung {_NO}|bestellreferenz", 9),
        (rf"(?:votre |v/)?(?:bon de )?commande(?: client)? ?{_NO}|{_NO} ?(?:de |de votre )?(?:bon de )?commande|votre (?:commande|reference)", 9),
        (rf"(?:uw )?(?:bestel|inkooporder)[- ]?{_NO}|uw (?:bestelling|referentie|order)|inkooporder", 9),
        (rf"(?:vs\.? |vostro )?ordine(?: d'acquisto| cliente)? ?{_NO}|(?:vs\.?|vostro) (?:ordine|rif(?:erimento)?\.?)", 9),
        (rf"(?:su |orden de |n\.? )?(?:pedido|orden de compra)(?: cliente)? ?{_NO}|su (?:pedido|referencia)|orden de compra", 9),
    ],
}

# What turns a label into another one when it stands right before it.
NOT_BEFORE: dict[str, str] = {
    "invoice_number": r"(?:original|ursprungs?|previous|related|against|reference to|ref\.? to|gegen|bezug|proforma|pro[- ]forma|corrected|dispatch|e[- ]?way|way|delivery|lieferschein|credit (?:for|of)|sur|facture d'origine|rettificata)[- ]?$",
    "invoice_date": r"(?:due|order|delivery|ship(?:ping|ped|ment)?|print(?:ed)?|po|p\.o\.|p\.?o|despatch|dispatch|ack|start|end|air|original|flight|gen\.?|service|period|supply|challan|note|echeance|livraison|commande|d'echeance|liefer|leistungs|bestell|auftrags?|lieferschein|entrega|consegna|ordine|scadenza|valid(?:ity)?|expiry|exp\.?|from|to|birth|joining|booking|travel|check[- ]?in|payment|registration|vertrags?|value|wert|valuta)[- .]?$",
    "due_date": r"(?:amount|balance|total|net|sum|past|over|tax|vat|interest)[- ]?$",
    "payment_terms": r"(?:incoterms? |general |delivery |shipping |our |the |these |standard |under |to the |liefer|lieferungs)[- ]?$",
    "po_number": r"(?:lieferschein|auftrag|unsere?|our|seller'?s?)[- ]?$",
}
# What does the same when it follows at once.
NOT_AFTER: dict[str, str] = {
    "invoice_number": r"^[ .:]*(?:date|datum|amount|total|betrag|period|month|address|to\b|of\b|balance|description|summary|value|copy|dt\b|vom \d|e/o|and\b|may\b|is\b|will\b|must\b|within\b|currency|type|status|sent|payment|discount)",
    "invoice_date": r"^[ .:]*(?:of (?:supply|delivery|shipment|order|birth|dispatch)|de (?:livraison|commande|echeance|naissance)|d'echeance|due|limite|range|from|to|dell'ordine|consegna|scadenza|vencimiento|entrega|de entrega|de vencimiento|di consegna|di scadenza|ordine)",
    "due_date": r"^[ .:]*(?:amount|balance|total|to\b|for payment)",
    "payment_terms": r"^[ ]?(?:and conditions|& conditions|of (?:delivery|service|use|sale)|apply)",
    "po_number": r"^[ .]*(?:box|bx|date|dt|datum|amount|vom|total|confirmation)",
}

LABELS: dict[str, list[tuple[re.Pattern[str], float]]] = {
    field: [(re.compile(rf"(?<![a-z0-9/])(?:{pattern})(?![a-z])"), weight) for pattern, weight in patterns]
    for field, patterns in HEADER.items()
}
BEFORE = {field: re.compile(pattern) for field, pattern in NOT_BEFORE.items()}
AFTER = {field: re.compile(pattern) for field, pattern in NOT_AFTER.items()}

# Any label at all: what stands here is never another label's value.
ANY_LABEL = re.compile(
    r"^(?:invoice|order|customer|client|account|acct|kunden|rechnungs|bestell|liefer|leistungs|auftrags?|beleg|steuer|ust|mwst|vat|"
    r"tax|gst|gstin|pan|cin|date|datum|data|fecha|due|terms|payment|zahlungs?|page|seite|reference|ref|referenz|bank|iban|bic|swift|"
    r"tel|phone|fax|e-?mail|web|www|total|subtotal|sub total|amount|currency|wahrung|ship|bill|sold|deliver|po|p\.o\.|numero|"
    r"n°|no\.|nr\.|numéro|fattura|factura|facture|factuur|sales|project|projekt|contact|ansprechpartner|sachbearbeiter|vendor|"
    r"supplier|place of supply|state|code|irn|ack|e-?way|dispatch|despatch|delivery|destination|vehicle|transport|buyer|"
    r"consignee|advertiser|product|estimate|property|agency|deal|alt|period|month|station|salesperson|rep|category|type|unit)\b"
)
