"""Terms of payment: the sentence as it is printed."""

from __future__ import annotations

import re

from emulators.gemini.reader import sumwords
from emulators.gemini.reader.labelled import candidates
from emulators.gemini.reader.layout import Cell, Document, folded
from emulators.gemini.reader.partywords import BUYER, PAYEE, SHIP, TITLE
from emulators.gemini.reader.vocabulary import ANY_LABEL, LABELS, NO_TERMS, SAYS_TERMS

_OPEN_END = re.compile(r"[,;–-]$|\b(?:und|and|the|der|die|das|de|la|within|of|to)$")
_MOST = 240
_SENTENCE = 150
# Heads of a table of terms, and other labels beside them.
_HEAD = re.compile(r"(?:beschreibung|description|incoterms?|zahlungsziel|falligkeit|due date|bank\w*)")


def read(document: Document) -> str | None:
    """The terms at their label, else the sentence that says when to pay; None without either."""
    found = candidates(document, "payment_terms", _value)
    if found:
        return _whole(document, found[0].cell, found[0].value)
    for cell in document.cells:
        if cell.line in document.items:
            continue
        begins = cell.text[:1].isupper() or cell.text[:1].isdigit()
        says = SAYS_TERMS.search(cell.fold) and not NO_TERMS.search(cell.fold)
        if says and begins and len(cell.words) >= 3 and len(cell.text) <= _SENTENCE:
            return _whole(document, cell, cell.text)
    return None


def _value(text: str) -> str | None:
    plain = folded(text)
    if not re.match(r"[^\W_]", text) or len(text) > _MOST or "http" in plain:
        return None
    if _HEAD.fullmatch(plain) or text.rstrip().endswith(":") or BUYER.match(plain) or SHIP.match(plain):
        return None
    if ANY_LABEL.match(plain) and re.search(r"[:#]", text):
        return None
    if any(pattern.fullmatch(plain) for labels in LABELS.values() for pattern, _ in labels):
        return None
    named = sumwords.kind_of(plain)
    if (named is not None and named[1] >= 1.0) or PAYEE.match(plain) or TITLE.match(plain):
        return None
    if re.fullmatch(r"[\d.,/ €$£-]+", text):
        return None
    return text.strip()


def _whole(document: Document, cell: Cell, text: str) -> str:
    """`text` with the lines below it that carry its sentence on."""
    last = cell
    for line in document.lines[cell.line + 1 : cell.line + 4]:
        if line.page != cell.page or line.base - last.base > 1.8 * max(last.size, 5.0):
            break
        below = next((other for other in line.cells if abs(other.x0 - cell.x0) < 4), None)
        ends = re.search(r"[.!]$", text)
        if below is None or (ends and not below.text[:1].islower()) or len(text) > _MOST:
            break
        if ANY_LABEL.match(below.fold) and not below.text[:1].islower():
            break
        goes_on = below.text[:1].islower() or _OPEN_END.search(text) or SAYS_TERMS.search(below.fold)
        if not ends and not goes_on and not _wide(document, last):
            break
        text, last = f"{text} {below.text}", below
    return text[:_MOST].strip()


def _wide(document: Document, cell: Cell) -> bool:
    """Whether the line is so long that it was probably broken."""
    return cell.x1 - cell.x0 > 0.33 * document.width(cell.page)
