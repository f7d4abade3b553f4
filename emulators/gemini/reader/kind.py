"""What the document is: its type and its language."""

from __future__ import annotations

import re
from collections import Counter

from .layout import Cell, Document, folded

_TYPES: list[tuple[str, re.Pattern[str]]] = [
    ("credit_note", re.compile(r"\b(?:credit (?:note|memo|invoice|advice)|gutschrift|rechnungs-?korrektur|storno(?:rechnung)?|avoir|note de credit|facture d'avoir|nota (?:di|de) credito|factura rectificativa|abono|credit ?nota|creditfactuur)\b")),
    ("debit_note", re.compile(r"\b(?:debit (?:note|memo)|nota (?:di|de) debito|note de debit|debetnota|belastungsanzeige)\b")),
    ("other", re.compile(
        r"\b(?:contract(?: agreement)?|quotation|quote|estimate|(?:sales |purchase |work )?order(?: confirmation| form| acknowledg\w*)?|pro[- ]?forma(?: invoice)?|proposal|delivery (?:note|order)|packing (?:list|slip)|statement(?: of account)?|remittance advice|reminder|"
        r"angebot|auftragsbestatigung|bestellung|lieferschein|mahnung|zahlungserinnerung|vertrag|kostenvoranschlag|devis|bon de (?:commande|livraison)|commande|preventivo|ordine|documento di trasporto|presupuesto|pedido|albaran|offerte|orderbevestiging|pakbon|proformarechnung)\b")),
    ("receipt", re.compile(r"\b(?:(?:official |cash |sales |payment )?receipt|cash (?:bill|sale|memo)|quittung|kassenbon|kassenbeleg|barrechnung|recu|ticket(?: de caisse)?|ricevuta(?: fiscale)?|scontrino|recibo|kwitantie|kassabon)\b")),
    ("invoice", re.compile(
        r"\b(?:(?:tax |sales |commercial |vat |gst |service )?invoice|bill of supply|(?:tax |electricity |phone |water |utility )?bill|(?:handels|kosten|waren|sammel|schluss|abschlags|teil|honorar|entgelt)?rechnung|facture|fattura|factura|fatura|factuur|faktura|honorarnote)\b")),
]  # fmt: skip
_WORDS = {
    "English": "the and of to invoice total date amount due payment number for from bill description quantity price tax please with your thank you see paid by card cash change on no item items our is",
    "German": "der die das und rechnung betrag datum mwst ust netto gesamt zahlung bitte menge preis von mit nummer kunde ihre wir",
    "French": "le la les et de facture montant date tva total quantite prix paiement client pour vous nous des du au numero adresse",
    "Italian": "il la di e fattura importo data iva totale quantita prezzo pagamento cliente per del della descrizione imponibile numero",
    "Spanish": "el la de y factura importe fecha iva total cantidad precio pago cliente para del los descripcion numero base imponible",
    "Dutch": "de het een en factuur bedrag datum btw totaal aantal prijs betaling klant voor van met omschrijving nummer uw excl",
    "Portuguese": "o a de e fatura valor data iva total quantidade preco pagamento cliente para do da descricao numero",
}
_SETS = {name: frozenset(words.split()) for name, words in _WORDS.items()}


def document_type(document: Document, *, numbered: bool, total: bool) -> str | None:
    """The type that the title names; an invoice when the document only has an invoice's number."""
    best: tuple[float, str] | None = None
    body = _body(document)
    for cell in document.cells:
        if cell.page > 1 or len(cell.words) > 7:
            continue
        for name, pattern in _TYPES:
            match = pattern.search(cell.fold)
            if match is None:
                continue
            score = _title_score(document, cell, match, body) - (1.2 if name == "other" else 0.0)
            if score > 1.5 and (best is None or score > best[0]):
                best = (score, name)
            break
    if best is not None:
        return best[1]
    plain = folded(document.text)
    if _TYPES[3][1].search(plain) and not _TYPES[4][1].search(plain):
        return "receipt"
    if numbered:
        return "invoice"
    return "receipt" if total and _narrow(document) else ("other" if document.cells and not total else None)


def _title_score(document: Document, cell: Cell, match: re.Match[str], body: float) -> float:
    height = cell.y0 / max(document.height(cell.page), 1)
    covered = (match.end() - match.start()) / max(len(cell.fold), 1)
    score = 2.0 * covered + min(3.0, 4.0 * (cell.size / body - 1)) + (1.0 if height < 0.35 else -1.0)
    letters = cell.text[match.start() : match.end()]
    score += 0.6 if letters.isupper() and len(letters) > 4 else 0.0
    score += 0.3 if cell.bold else 0.0
    score -= 1.2 if match.start() > 0 and covered < 0.5 else 0.0
    # A label with its value ("Order No. 123") is no title; an invoice's may carry its number.
    rest = cell.fold[match.end() :].strip(" :")
    if re.match(r"^(?:date|to|for|address|no\b|nr\b|number|#|id\b|total|amount|period|month|ref|type|terms|by|dates)", rest) or cell.text.rstrip().endswith(":"):
        score -= 1.0
    if cell.size < 1.15 * body:
        # In plain type, what has a value beside it is a label; and only an invoice is titled that quietly.
        line = document.lines[cell.line]
        beside = cell.index + 1 < len(line.cells)
        score -= 1.5 if beside and line.cells[cell.index + 1].x0 - cell.x1 < 0.3 * document.width(1) else 0.0
    return score


def _body(document: Document) -> float:
    sizes = sorted(word.size for line in document.lines for word in line.words)
    return sizes[len(sizes) // 2] if sizes else 10.0


def _narrow(document: Document) -> bool:
    return document.width(1) < 0.55 * document.height(1)


_STEMS = {
    "English": r"invoice\w*|receipt|bill",
    "German": r"\w*rechnung\w*|gutschrift\w*|\w*betrag|\w*steuer|zahlbar|\w*preis|menge",
    "French": r"factures?|avoir|reglement|montant|designation|tva|ttc|echeance",
    "Italian": r"fattur\w*|imponibile|importo|scadenza|quantita|iva",
    "Spanish": r"factur(?:a|as|ado|ar)|importe|vencimiento|cantidad|iva|cuota",
    "Dutch": r"factuur\w*|btw|verval\w*|bedrag|aantal|\w*prijs",
    "Portuguese": r"fatura|vencimento|quantidade|iva",
}
_STEM_PATTERNS = {name: re.compile(pattern) for name, pattern in _STEMS.items()}


def language(document: Document) -> str | None:
    """The language with most of the commonest words of invoices; those that only it has count more."""
    words = re.findall(r"[a-z]+", folded(document.text))
    counts: Counter[str] = Counter()
    for name, known in _SETS.items():
        stem = _STEM_PATTERNS[name]
        counts[name] = sum((word in known) + 2 * bool(stem.fullmatch(word)) for word in words)
    if not words:
        return None
    (name, count), (_, second) = counts.most_common(2)
    return name if count >= 3 and count > 1.15 * second else None
