"""How invoices introduce the two parties, and what is no name. Patterns are for folded text."""

from __future__ import annotations

import re

BUYER = re.compile(
    r"^(?:bill(?:ed)?[ -]?to(?: party)?|bill to address|invoice(?:d)? to|invoice address|billing (?:address|to|party|details|information)|sold to|(?:the )?customer(?: name| details| information| address)?|"
    r"client(?: name| details)?|(?:details of )?(?:the )?(?:buyer|purchaser|receiver|recipient)(?: name| details)?|party(?:'?s)? name|account name|advertiser|charge to|prepared for|invoice for|m/s|"
    r"rechnungsempfanger|rechnungsadresse|rechnungsanschrift|rechnung an|kunde|kaufer(?: ?/ ?leistungsempfanger)?|leistungsempfanger|auftraggeber|empfanger|"
    r"facture a|factur[e]+ a|adresse de facturation|acheteur|destinataire|client facture|nom du client|"
    r"destinatario|cliente|spett(?:\.le|abile|\.)(?: ditta)?|intestatario|cessionario(?: ?/ ?committente)?|committente|fatturare a|intestato a|"
    r"facturar a|facturado a|datos (?:del )?cliente|datos de facturacion|nombre del cliente|adquirente|"
    r"klant|factuuradres|factuur aan|afnemer|debiteur|klantgegevens|t\.a\.v\.)"
    r"(?: ?\([^)]*\))?(?= ?[:.,]|$| {1,2}(?!no\b|nr\b|number|id\b|code|ref|po\b|order|service|since|account|copy|vat|gst|tax|nummer|numero))"
)
# Short words that introduce a party only where they stand alone or before a colon.
WEAK_BUYER = re.compile(r"^(?:to|an|a|aan|firma|herrn?|frau|attn\.?|kunde|messrs\.?)(?= ?:|$)")
WEAK_SELLER = re.compile(r"^(?:from|de|von|van|da|company|our company)(?= ?:|$)")
# The advertiser is invoiced through its agency, whose address the paper goes to.
FIRST_BUYER = re.compile(r"^(?:advertiser|end customer|on behalf of|account name)(?= ?:|$| )")
SELLER = re.compile(
    r"^(?:seller|vendor|supplier|sold by|issued by|issuer|service provider|merchant|bill(?:ed)? (?:from|by)|details of (?:the )?(?:supplier|seller)|"
    r"verkaufer|lieferant|rechnungs(?:er)?steller|leistungserbringer|absender|auftragnehmer|"
    r"vendeur|fournisseur|emetteur|prestataire|emis par|"
    r"cedente(?: ?/ ?prestatore)?|prestatore|fornitore|venditore|emittente|mittente|"
    r"emisor|proveedor|vendedor|datos (?:del )?(?:emisor|proveedor)|facturado por|"
    r"leverancier|verkoper|afzender)(?: name| details| information| address)?(?: ?\([^)]*\))?(?= ?[:.]|$)"
)
PAYEE = re.compile(
    r"^(?:remit(?:tance)?(?: payment)?(?: to| address)?|remit to address|send payments? to|(?:please )?make (?:all )?(?:checks?|cheques?|payments?) payable to|payable to|pay to|"
    r"account (?:holder|name)|a/c name|beneficiary(?: name)?|bank account name|kontoinhaber(?:in)?|zahlungsempfanger|empfanger der zahlung|titulaire(?: du compte)?|beneficiaire|"
    r"intestatario conto|beneficiario|titular(?: de la cuenta)?|ten name van|rekeninghouder|for and on behalf of|for)(?= ?[:.]|$| )"
)
SHIP = re.compile(
    r"^(?:ship(?:ped|ping)?[ -]?(?:to|address|information|details)|deliver(?:y|ed)?[ -]?(?:to|address|location)|consignee|consigned to|place of (?:delivery|supply)|service (?:address|location)|site address|"
    r"liefer(?:adresse|anschrift|ort)|(?:abweichender )?warenempfanger|lieferung an|versandadresse|leistungsort|"
    r"(?:adresse de )?livraison|livre a|lieu de livraison|destinazione(?: merce)?|luogo di (?:consegna|destinazione)|consegna|"
    r"(?:direccion de )?(?:envio|entrega)|enviar a|afleveradres|bezorgadres|leveringsadres)"
)
LEGAL = re.compile(
    r"(?<![a-z0-9])(?:gmbh(?: ?& ?co\.? ?kg)?|ag|kg|ohg|ug|e\.? ?k\.?|gbr|mbh|se|ltd\.?|limited|llc|l\.l\.c\.?|llp|inc\.?|incorporated|corp\.?|corporation|plc|pvt\.?|private limited|"
    r"co\.?(?=$|,? (?:kg|ltd|inc|limited|llc|pvt|sa|ag|gmbh)\b)|company|pty|sdn\.? ?bhd\.?|bhd|s/b|pte|sarl|s\.a\.r\.l\.?|sas|s\.a\.s\.?|sasu|eurl|sa|s\.a\.|s\.?r\.?l\.?s?|s\.?p\.?a\.?|s\.?n\.?c\.?|s\.?l\.?u?\.?|b\.?v\.?|n\.?v\.?|v\.?o\.?f\.?|"
    r"oy|ab|a/s|aps|as|sp\. z o\.o\.|s\.r\.o\.|kft|lda|ltda|cv|gesmbh|enterprises?|industries|traders|trading|stores?|group|holding|associates|services|solutions|technologies|systems)(?![a-z0-9])"
)
TITLE = re.compile(
    r"^(?:(?:tax|sales|commercial|proforma|pro[- ]forma|vat|gst|service|original|duplicate|triplicate|official|billing|retail|cash|simplified|final|customer|copy) ?)*"
    r"(?:invoice|bill|receipt|credit (?:note|memo)|debit (?:note|memo)|statement|order|quotation|quote|estimate|contract|bill of supply|original|duplicate|copy|paid|unpaid|draft|void|overdue|"
    r"rechnung|rechnungskorrektur|gutschrift|angebot|lieferschein|mahnung|handelsrechnung|kostenrechnung|warenrechnung|stornorechnung|facture|avoir|devis|fattura|ricevuta|nota di credito|preventivo|"
    r"factura|recibo|abono|presupuesto|factuur|creditnota|offerte|kopie|kopia|nota de credito|original for recipient)"
    r"(?: ?(?:no|nr|n|#|number|nummer|copy|kopie|original|duplicate|date)\b.*)?[\s:.#/()-]*$"
)
# A line of a block that is a detail, not a name or an address.
DETAIL = re.compile(
    r"^(?:tel|phone|ph\b|ph\.|fon|telefon|telephone|mob|mobile|cell|fax|telefax|e-?mail|mail|www\.|http|web(?:site)?|internet|url|contact|kontakt|ansprechpartner|attn|attention|c/o|z\.? ?hd|zu handen|"
    r"gst(?:in|no| no| reg| id|\b)|vat|ust|uid|tva|iva|btw|p\.? ?iva|partita|codice|c\.?f\.?\b|cif|nif|n\.i\.f|siret|siren|rcs|kvk|abn|acn|ein|tax|steuer|pan\b|cin\b|uin|tin\b|pst|hst|company (?:no|reg)|reg(?:istration|istered|\.)? ?(?:no|number|nr)|co\.? ?reg|roc|"
    r"handelsregister|hrb|hra|amtsgericht|registergericht|geschaftsf|geschafts|vorstand|aufsichtsrat|gln|ustid|id\b|iban|bic|swift|bank|blz|konto|kto|account|a/c|sort code|routing|state(?: name| code)?\b|code|globale?|anschrift|adresse|address|your|ihre?\b|our|unsere?|steuer|wahrung|currency|place of|"
    r"kunden|customer (?:no|id|number|code)|lief-?nr|nummer|abteilung|kostenstelle|main:|billing:|sales\b|page|seite|date|datum|due|terms|invoice|rechnung|order|po\b|ref|license|licence|fssai|msme|udyam|drug|store|till|cashier|tel\.|capital|ape|naf)"
)
STREET = re.compile(
    r"\b(?:street|st\.|road|rd\.?|avenue|ave\.?|lane|ln\.?|drive|dr\.?|blvd|boulevard|way|court|suite|ste\.?|floor|p\.? ?o\.? ?box|postfach|strasse|str\.|weg|platz|allee|gasse|rue|av\.|via|viale|place|piazza|corso|calle|avda|plaza|jalan|jln|lot|no\.? ?\d|plot|sector|nagar|marg|building|tower|house|laan|straat|plein|gracht)(?!\w)|strasse\b|str\.? ?\d"
)
POSTAL = re.compile(
    r"\b(?:[A-Z]{1,3}[- ])?\d{4,6}(?: [A-Z]{2}\b)? *[A-ZÀ-Þ][\w'À-ÿ-]+|\b[A-Z]{2},? +\d{5}(?:-\d{4})?\b|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b|[A-Za-z]+[ ,–-]+\d{3} ?\d{3}\b|\b\d{4} ?[A-Z]{2}\b|[A-Za-z.]+,? +\d{5,6}\b"
)
