"""The language of a text, by its commonest small words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

_WORDS = {
    "English": (
        "the of and to in for is on your this with are from you invoice date total amount due number"
        " payment tax please bill qty price description subtotal"
    ),
    "German": (
        "der die und das ist von für mit den dem wir sie rechnung nr datum betrag bitte zum zur auf"
        " aus bei netto mwst menge preis gesamt summe ust kunde steuer"
    ),
    "French": (
        "le la les de des et du pour vous est une sur facture numéro montant tva total date en nous"
        " avec votre quantité prix client adresse"
    ),
    "Spanish": (
        "el los las del y para por con una factura fecha importe total número iva cliente cantidad"
        " precio base pago nif su"
    ),
    "Italian": (
        "il di del della per con una fattura data importo totale numero iva cliente quantità prezzo"
        " imponibile pagamento partita spett"
    ),
    "Dutch": (
        "de het een van en voor met op uw factuur datum bedrag totaal nummer btw aantal prijs klant"
        " te betaling omschrijving wij"
    ),
    "Portuguese": (
        "o os as do da e para com uma fatura data valor total número iva cliente quantidade preço"
        " pagamento nif descrição não"
    ),
    "Polish": (
        "i w z na do faktura data kwota razem numer vat nabywca sprzedawca ilość cena wartość netto"
        " brutto zapłaty nip"
    ),
    "Swedish": (
        "och att det för med på är faktura datum belopp summa nummer moms kund antal pris betala"
        " förfallodatum"
    ),
    "Danish": (
        "og at det til med på er faktura dato beløb moms kunde antal pris betaling forfaldsdato i alt"
    ),
    "Norwegian": ("og det til med på er faktura dato beløp mva kunde antall pris betaling forfallsdato sum"),
    "Czech": (
        "a v na s do za faktura datum částka celkem číslo dph odběratel dodavatel množství cena splatnosti"
    ),
}
_LANGUAGES_OF: defaultdict[str, list[str]] = defaultdict(list)
for _language, _listed in _WORDS.items():
    for _word in {word for word in _listed.split() if len(word) > 1}:
        _LANGUAGES_OF[_word].append(_language)
NAMES = frozenset(name.lower() for name in _WORDS)
"""The languages that can be told, in lower case."""
_FEW = 6


def language_of(text: str) -> str | None:
    """The language of a text by its English name; None where the words don't decide."""
    counts: Counter[str] = Counter()
    for word in re.findall(r"[^\W\d_]+", text[:20_000].lower()):
        if word in _LANGUAGES_OF:
            counts.update(_LANGUAGES_OF[word])
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < _FEW:
        return None
    if len(ranked) > 1 and ranked[0][1] < 1.25 * ranked[1][1]:
        return None
    return ranked[0][0]
