"""How invoices introduce the two parties, and what is no name. Patterns are for folded text."""

from __future__ import annotations

import re

from emulators.gemini.reader.wordlist import choices

_WORDS = choices("parties")
# Behind a label: its end, or what shows that it goes on as another label ("customer no").
_ASIDE = r"(?: ?\([^)]*\))?"
_NO_NUMBER = (
    r"(?!no\b|nr\b|number|id\b|code|ref|po\b|order|service|since|account|copy|vat|gst|tax|nummer|numero)"
)

BUYER = re.compile(rf"^{_WORDS['buyer']}{_ASIDE}(?= ?[:.,]|$| {_NO_NUMBER})")
# Short words that introduce a party only where they stand alone or before a colon.
WEAK_BUYER = re.compile(rf"^{_WORDS['weak_buyer']}(?= ?:|$)")
WEAK_SELLER = re.compile(rf"^{_WORDS['weak_seller']}(?= ?:|$)")
# The advertiser is invoiced through its agency, whose address the paper goes to.
FIRST_BUYER = re.compile(rf"^{_WORDS['first_buyer']}(?= ?:|$| )")
SELLER = re.compile(rf"^{_WORDS['seller']}(?: name| details| information| address)?{_ASIDE}(?= ?[:.]|$)")
PAYEE = re.compile(rf"^{_WORDS['payee']}(?= ?[:.]|$| )")
SHIP = re.compile(rf"^{_WORDS['ship']}")
LEGAL = re.compile(rf"(?<![a-z0-9]){_WORDS['legal']}(?![a-z0-9])")
TITLE = re.compile(
    rf"^(?:{_WORDS['title_before']} ?)*{_WORDS['title']}"
    r"(?: ?(?:no|nr|n|#|number|nummer|copy|kopie|original|duplicate|date)\b.*)?[\s:.#/()-]*$"
)
# A line of a block that is a detail, not a name or an address.
DETAIL = re.compile(rf"^(?:{_WORDS['detail']}(?![a-z])|{_WORDS['detail stem']})")
STREET = re.compile(rf"\b{_WORDS['street']}(?!\w)|strasse\b|str\.? ?\d")
# A postal code and its town; for text as it is printed, not folded.
POSTAL = re.compile(_WORDS["postal"])
