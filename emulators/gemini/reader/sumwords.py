"""What the lines below the items are called. Patterns are for folded text."""

from __future__ import annotations

import re

_TAX = (
    r"(?:tax(?:es)?|vat|v\.a\.t\.?|gst|g\.s\.t\.?|hst|pst|qst|igst|cgst|sgst|utgst|cess|mwst\.?|mehrwertsteuer|ust\.?|umsatzsteuer|"
    r"steuer|tva|t\.v\.a\.?|iva|i\.v\.a\.?|btw|b\.t\.w\.?|moms|mva|sst|service tax|sales tax)"
)
_TOTAL = r"(?:total|totale|totaal|totaux|gesamt|summe|som|suma|importo|importe|montant|bedrag|betrag|amount)"

# In this order: the first that fits names the line.
_KINDS: list[tuple[str, str]] = [
    ("subtotal", r"(?:sub ?-?total|sous[- ]?total|subtotale|subtotaal|zwischensumme|positions?summe|summe (?:der )?positionen)(?: amount)?(?: \(?(?:net|netto|before|excl|ex|ohne|h\.?t|hors|zzgl|without)\b.*)?"),
    ("total", rf"(?:{_TOTAL}|grand total|gesamtbetrag|rechnungs(?:betrag|summe)|endbetrag|gesamtsumme|price|sum)(?: \w+)? \(?(?:incl(?:\.|usief|usive(?: of)?|uding)?|inkl\.?|inc\.?|including|inclusief|after|with|ttc)(?: ?(?:all )?(?:{_TAX}|taxes))?\)?|(?:total|amount) (?:credit(?:ed)?|debit(?:ed)?|refund(?:ed)?)|(?:credit|refund) (?:total|amount)|total(?:ly)? rounded|rounded (?:grand )?total|total after rounding|total (?:payable|due) \(?(?:incl).*"),
    ("carry", r"ubertrag|carried (?:forward|over)|brought (?:forward|over)|a reporter|report\b(?! )|riporto|suma y sigue|transport ?:$|page total|seitensumme|total (?:of )?(?:this )?page"),
    ("commission", r"(?:less:? )?(?:agency )?commissions?"),
    ("ignore", r"total (?:spots|qty|quantity|items|weight|units|pieces|hours|discount %|savings)|aired|net weight|gross weight|you saved|balance as of|cash (?:tendered|received|paid)?$|^cash\b|change(?: due)?$|tendered|^visa\b|mastercard|credit card|debit card|skonto|rounded total in words|previous balance|opening balance|points|hours$"),
    ("round_off", r"round(?:ed|ing)?[ -]?(?:off|adj(?:ustment|\.)?|amount|diff(?:erence)?)?\b|rundung(?:sdifferenz|sbetrag)?|arrondi|arrotondamento|redondeo|afronding"),
    ("prepaid", r"(?:less:? |minus )?(?:amount |already |total )?(?:prepaid|paid(?: to date| amount)?|deposits?(?: paid| received)?|advance(?: paid| payment| received)?s?|prepayments?|down ?payment)(?: received)?|payments?(?: received| made| applied)|(?:erhaltene |abzgl\.? |abzuglich |geleistete )*(?:an|voraus|abschlags)zahlung(?:en)?|bereits (?:bezahlt|gezahlt)|acomptes?(?: verse| recu)?|deja (?:paye|verse|regle)|acconto|anticipo|gia pagato|pagado|pago a cuenta|vooruitbetaald|aanbetaling|voorschot|reeds betaald|credits? applied"),
    ("due", rf"(?:total |net |invoice )?(?:amount|balance|sum) (?:now )?(?:due|payable|owing|outstanding|to pay)(?: now)?|due (?:amount|balance|payable|now)|total (?:amount )?(?:due|payable|to pay|owing)|balance(?: due| owing)?|net payable|(?:total )?(?:amt\.? )?payable(?: amount| amt\.?)?|zahlbetrag|(?:noch )?zu (?:be)?zahlen(?:der betrag)?|(?:offener |falliger |uberweisungs|rest|zu zahlender )(?:betrag|rechnungsbetrag)|restbetrag|net a payer|reste? a payer|solde(?: du)?|a payer|montant du|da pagare|netto a pagare|saldo|a pagar|pendiente|te betalen(?: bedrag)?|openstaand(?: bedrag)?|nog te betalen|please pay|pay this amount"),
    ("discount", r"(?:less |minus |trade |special |cash |invoice |total |volume |overall )*disc(?:ount)?s?\b|rebate|(?:gesamt|rechnungs|mengen|sonder)?rabatt|nachlass|gesamtbetrag der abschlage|abschlag(?:e)?\b|remises?|rabais|ristourne|sconto|sconti|descuentos?|desconto|korting|promo(?:tion)?(?: code)?|coupon|voucher"),
    ("shipping", r"shipping(?: (?:and|&) handling| cost| charges?| fee)?|freight(?: charges?)?|delivery(?: charges?| fee| cost)?|postage(?: (?:and|&) packing)?|p ?& ?p|carriage|courier(?: charges?)?|transport(?:ation)?(?:kosten| charges?| cost)?|versand(?:kosten|spesen)?|fracht(?:kosten|betrag)?|porto|frais de (?:port|livraison|transport|envoi)|livraison|spese di (?:spedizione|trasporto)|spedizione|trasporto|gastos de envio|envio|portes|verzendkosten|bezorgkosten"),
    ("net", rf"(?:total |sub ?total |amount |sum |value |price |invoice (?:total|amount) )(?:before|excl(?:\.|uding|usive(?: of)?)?|ex\.?|without|net of|exclusive of|less) ?(?:any )?{_TAX}|"
            rf"(?:total |sub ?total )?(?:taxable|assessable)(?: (?:amount|amt\.?|value|total|supply|supplies))?|(?:total )?net(?:t)?(?: (?:total|amount|sum|value|price|invoice amount))|net(?:t)?$|(?:amount|value) of supplies|"
            rf"(?:total|amount) net|(?:gesamt|summe|rechnungs)?[ -]?netto[- ]?(?:gesamt)?(?:betrag|summe|wert|rechnungsbetrag|preis)?\b|(?:summe|gesamt(?:betrag|summe)?|rechnungs(?:summe|betrag)|betrag|total|zwischensumme|waren(?:wert)?|positionen) \(?(?:ohne|exkl\.?|excl\.?|zzgl\.?|vor|netto)\b.*|"
            rf"steuer(?:pflichtiger|basis) ?(?:betrag|basisbetrag)|bemessungsgrundlage|(?:basis|steuer ?basis|grund)[- ]?betrag|(?:tax )?bas[ei]s?(?: amount)?|grundlage|(?:total|montant|sous[- ]total|somme|prix) (?:h\.?t\.?|hors (?:taxes?|tva))\b|base (?:ht|imponible|imposable|tributable)|total h\.?t\.?|"
            rf"(?:totale )?imponibile|totale netto|base imponible|importe neto|total neto|(?:totaal|subtotaal|bedrag|som) (?:excl(?:\.|usief)?|ex\.?|exclusief|netto)(?: ?{_TAX})?|netto ?(?:totaal|bedrag)|grondslag|maatstaf"),
    ("tax", rf"(?:total |add:? |plus |zzgl\.? |zuzuglich |inkl\.? |incl\.? |davon |enth\.? |enthaltene |includes? |including |incl\. |dont |output |input |local |state |central |integrated |union territory |reduced |standard |normal |sum |montant |importo |importe |totale |totaal |cuota |bedrag |summe |gesamt |gesetzl\.? |gesetzliche )*{_TAX}(?:[- ]?(?:total|amount|amt\.?|betrag|summe|payable|due|gesamt|value|charged|bedrag|collected|element))?(?: (?:in|a|de|du|von|at|on|auf|op|di|su|over|s/)\b.*)?|steuerbetrag|(?:ust|mwst)[-. ]*(?:betrag|gesamt|summe)|imposta|impuestos?|taxes?"),
    ("total", rf"(?:grand|overall|invoice|bill|order|final|gross|total) total|total(?: invoice| gross| bill| sales?| order| contract)?(?: (?:amount|value|price|sum|charge|charges|cost))?(?: (?:in|of) (?:this )?(?:invoice|bill))?|(?:invoice|gross|bill|final) (?:amount|value|sum)|"
              rf"amount(?: in)?(?: total)?|(?:gesamt|end|rechnungs|brutto)[- ]?(?:betrag|summe|total|rechnungsbetrag)|gesamtpreis|endpreis|rechnungs(?:end)?(?:betrag|summe)|rechnungstotal|gesamt|summe(?: brutto| gesamt)?|brutto(?:gesamt)?|gesamtsumme brutto|(?:betrag|summe|total|gesamtbetrag|rechnungssumme|rechnungsbetrag|gesamtsumme) \(?(?:brutto|inkl\.?|incl\.?)|"
              rf"(?:total|montant|somme|prix|net)(?: general| global| a payer)? ?(?:t\.?t\.?c\.?|toutes taxes comprises)|montant total|total general|total de la facture|"
              rf"total(?:e|i)?(?: (?:fattura|documento|generale|complessivo|dovuto|importo|iva inclusa|iva compresa|ivato|lordo|da pagare))*|importo (?:totale|complessivo)|"
              rf"total (?:factura|fatura|general|con iva|iva incluida|a facturar|presupuesto)|importe total|valor total|"
              rf"(?:eind|factuur)?(?:totaal|bedrag)|totaal(?:bedrag)?(?: (?:incl(?:\.|usief)?|inclusief|te voldoen)(?: ?{_TAX})?)?|(?:total|amount|sum|price|subtotal) (?:after|incl(?:\.|uding|usive(?: of)?)?|inc\.?|with|inclusive of) ?(?:all )?(?:{_TAX}|taxes)?|te voldoen|nett total(?= |$)"),
    ("subtotal", r"sub ?-?total(?: amount)?|sous[- ]?total|subtotale|subtotaal|sub-?totals?|zwischen(?:summe|total|betrag)|positions?summe|summe (?:der )?(?:positionen|einzelposten|artikel)|(?:total |sum of )?(?:line|lines|items?|goods|merchandise|product|services?|parts|labou?r)(?: items?)? total|total (?:of )?(?:goods|items|lines|merchandise|lignes|articles|positions)|waren(?:wert|summe)|basic (?:amount|value)|total articles|totale (?:merce|righe)|suma (?:de )?lineas|importe bruto"),
    ("charges", r"sur ?charges?|handling(?: charges?| fee)?|packing(?: (?:and|&) forwarding)?(?: charges?)?|p ?& ?f|service (?:charge|fee)s?|(?:other|additional|misc(?:ellaneous)?|admin(?:istration)?) (?:charges?|fees?)|gesamtbetrag der zuschlage|zuschlage?\b|nebenkosten|bearbeitungsgebuhr|frais (?:de dossier|divers|supplementaires)|spese(?: varie| incasso)?|recargos?|toeslag(?:en)?|administratiekosten|tip|gratuity|insurance|eco ?tax|convenience fee|environmental fee|fees?"),
]  # fmt: skip
KINDS = [(kind, re.compile(rf"^(?:{pattern})(?![a-z])|(?<![a-z])(?:{pattern})$")) for kind, pattern in _KINDS]
STRONG = [(kind, re.compile(rf"^(?:{pattern})$")) for kind, pattern in _KINDS]
TAX_NAME = re.compile(
    r"(?<![a-z])(cgst|sgst|igst|utgst|ugst|cess|gst|hst|pst|qst|vat|mwst|mehrwertsteuer|ust|umsatzsteuer|tva|iva|btw|moms|sst|service tax|"
    r"sales tax|tax|steuer)(?![a-z])"
)
_EDGES = re.compile(r"^[\s:;.,=\-–+*|(/)]+|[\s:;.,=\-–+*|(/]+$")
_ASIDES = re.compile(r"(?:\b(?:vom|of|from|dated|on|per|du|del|van|am) )?\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b|\([^)]*\)?|\[[^\]]*\]|@ ?|\d+(?:[.,]\d+)?\s*%|\b(?:eur|usd|inr|gbp|chf|rm|rs|dem|myr|sgd|cad|aud|aed|euro|in)\b\.?|[$€£₹¥]")


def cleaned(label: str) -> str:
    """A label without rates, currencies, brackets and marks."""
    text = _ASIDES.sub(" ", label)
    for _ in range(2):
        text = _EDGES.sub("", text)
    return " ".join(text.split())


# "Takeaway total", "Total for March": a total of something, which is mostly the document's.
_SOME_TOTAL = re.compile(r"(?!(?:page|running|previous|item|line|points|qty|quantity|sub|tax|vat|gst|mid|year) )(?:\S+ ){1,2}total$|total (?:for|of|this) .{2,30}$")
_NET = re.compile(r"[(\[](?:netto|net|excl|exkl|ohne|h\.?t\b|hors|zzgl|before|without|ex\b)")


def kind_of(label: str) -> tuple[str, float] | None:
    """The kind of sum that a folded label names, and how surely (0…1)."""
    text = cleaned(label)
    if not text or len(text) > 60:
        return None
    for kind, pattern in STRONG:
        if pattern.match(text):
            return ("net" if kind == "total" and _NET.search(label) else kind), 1.0
    if _SOME_TOTAL.match(text):
        return ("net" if _NET.search(label) else "total"), 0.7
    for kind, pattern in KINDS:
        if match := pattern.search(text):
            share = (match.end() - match.start()) / len(text)
            if share >= 0.45:
                return kind, 0.5 + share / 4
    return None
