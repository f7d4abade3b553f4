"""What can be a party's name, and what the lines around it are."""

from __future__ import annotations

import re

from emulators.gemini.reader import dates
from emulators.gemini.reader.columns import kind_of as column_of
from emulators.gemini.reader.layout import folded
from emulators.gemini.reader.partywords import (
    BUYER,
    DETAIL,
    FIRST_BUYER,
    LEGAL,
    POSTAL,
    SELLER,
    SHIP,
    STREET,
    TITLE,
    WEAK_BUYER,
    WEAK_SELLER,
)
from emulators.gemini.reader.sumwords import kind_of as sum_of
from emulators.gemini.reader.vocabulary import ANY_LABEL

# Between the parts of a return line: "Muster GmbH · Hauptstr. 1 · 12345 Berlin".
SEPARATOR = re.compile(r"\s+[-–—·•●|*]\s+|\s*[·•●|]\s*| {3,}")
CONTACT = re.compile(
    r"@|www\.|https?:|\b(?:tel|phone|fax|fon)\b|\+\d|\(\d{3}\) ?\d{3}-\d{4}|\b\d{3}-\d{3}-\d{4}\b",
    re.IGNORECASE,
)
REGISTERED = re.compile(
    r"^(?:co\.? ?(?:reg\.? ?)?no\.?|company (?:reg(?:istration)?\.? )?no\.?|roc|reg\.? ?no\.?)?"
    r"[ :.]*\(?\d{4,9} ?-? ?[a-z]?\)?$"
)
_CAPITAL = re.compile(r"\bcapital(?:e| social)?\b")
_SALUTATION = re.compile(
    r"herrn?|frau|firma|mr\.?|mrs\.?|ms\.?|mme|m\.|madame|monsieur|sra?\.?|dhr\.?|mevr\.?"
)
_PARTIES = (BUYER, FIRST_BUYER, SELLER, SHIP, WEAK_BUYER, WEAK_SELLER)
# A remark or a request, and no name: in brackets, marked as a footnote, or in a sentence's words.
_REMARK = re.compile(
    r"[(\[*\u2020].*|.*\b(?:please|bitte|this is|do not|not to be|thank you|vielen dank|merci de)\b.*"
)
_LETTERS = 3
_LONGEST = 90
_COURTESY = re.compile(r"^(?:m/s\.?|messrs\.?|spett\.le|spett\.)\s*", re.IGNORECASE)
_ASIDE = re.compile(
    r"\s*[(\[](?:gstin|vat|ust|tax|co\.? ?reg|reg|roc|company)[^)\]]*[)\]]?\s*$", re.IGNORECASE
)


def is_name(text: str) -> bool:
    """Whether `text` can be a name: words, and no label, figure, address or title."""
    plain = folded(text)
    letters = sum(char.isalpha() for char in text)
    if letters < _LETTERS or len(text) > _LONGEST or letters < 0.45 * len(text.replace(" ", "")):
        return False
    words = plain.split()
    if (
        _SALUTATION.fullmatch(plain)
        or _REMARK.fullmatch(plain)
        or len(words) > 12
        or (text[:1].islower() and len(words) > 4)
    ):
        return False
    if TITLE.match(plain) or CONTACT.search(text) or text.rstrip().endswith(":"):
        return False
    if any(label.fullmatch(plain.rstrip(" :.")) for label in _PARTIES):
        return False
    if ANY_LABEL.match(plain) and (":" in text or "#" in text or len(plain.split()) == 1):
        return False
    if LEGAL.search(plain):
        return True
    # A date, the head of a column, a label: words that stand where a name might.
    other = DETAIL.match(plain) or is_address(text) or column_of(plain) or dates.find(text, "dmy")
    named = sum_of(plain)
    return not other and (named is None or named[1] < 1.0)


def is_address(text: str) -> bool:
    """Whether `text` is a line of an address and nothing else: a house in a street, a code and its town."""
    plain = folded(text)
    if re.match(r"^\d+[a-z]?,? ", plain) and STREET.search(plain):
        return True
    return bool(POSTAL.search(text) and (STREET.search(plain) or re.search(r"\d{4,}", text)))


def is_label(text: str) -> bool:
    """Whether `text` introduces something else than a name."""
    plain = folded(text)
    known = (BUYER, SELLER, SHIP, TITLE, ANY_LABEL)
    return any(pattern.match(plain) for pattern in known) and not LEGAL.search(plain)


def cleaned(text: str) -> str:
    """A name without the courtesies before it and the numbers behind it."""
    text = _COURTESY.sub("", text.strip())
    text = re.sub(r"\s*\(\d{4,9} ?-? ?[A-Z]?\)?$", "", text)
    return _ASIDE.sub("", text).strip(" ,;:|*-–")


def return_line(text: str) -> list[str]:
    """The parts of a sender's line (name, street, town); empty for any other text."""
    if not POSTAL.search(text):
        return []
    parts = [part.strip() for part in SEPARATOR.split(text) if part.strip()]
    if len(parts) >= 3:
        # Somewhere behind the name stands a town; a register's number is none.
        towns = [part for part in parts[1:] if POSTAL.search(part) and not DETAIL.match(folded(part))]
        return parts if towns and not _CAPITAL.search(folded(text)) else []
    # Commas part it too, but also plain addresses: then the first part must be a company's name.
    parts = [part.strip() for part in text.split(",") if part.strip()]
    return parts if len(parts) >= 3 and LEGAL.search(folded(parts[0])) else []


def address_lines(lines: list[str]) -> list[str]:
    """The lines from the first that looks like an address; none where no street or town is among them."""
    if not any(POSTAL.search(line) or STREET.search(folded(line)) for line in lines):
        return []
    for index, line in enumerate(lines):
        begins = POSTAL.search(line) or STREET.search(folded(line)) or re.search(r"\d", line)
        if begins and not dates.find(line, "dmy"):
            # A department or a person before it stays out, as a slogan does.
            return lines[index:]
    return []
