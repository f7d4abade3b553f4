"""Who invoices whom."""

from __future__ import annotations

import re
from dataclasses import dataclass

from emulators.gemini.reader import addresses, letterhead
from emulators.gemini.reader.layout import Document
from emulators.gemini.reader.partyblocks import Party, labelled
from emulators.gemini.reader.partywords import BUYER, FIRST_BUYER, SELLER, SHIP, WEAK_BUYER, WEAK_SELLER


@dataclass
class Parties:
    vendor: Party
    buyer: Party


def read(document: Document) -> Parties:
    """Both parties, empty where the document does not show one."""
    buyer = _introduced(document, (FIRST_BUYER, BUYER, WEAK_BUYER)) or Party()
    shipped = labelled(document, SHIP) or Party()
    seller = _introduced(document, (SELLER, WEAK_SELLER)) or Party()
    if seller.name is None:
        seller = letterhead.read(document, [buyer, shipped])
    if buyer.name is None:
        buyer = addresses.addressee(document, seller, shipped)
    if seller.name is not None and not seller.address:
        seller.address = addresses.address_of(document, seller, [buyer, shipped])
    return Parties(seller, buyer)


def _introduced(document: Document, labels: tuple[re.Pattern[str], ...]) -> Party | None:
    return next((party for label in labels if (party := labelled(document, label)) is not None), None)
