"""Tax numbers of both parties: GSTIN, VAT ids, EIN and their like."""

from __future__ import annotations

import re
from dataclasses import dataclass

from emulators.gemini.reader.labelled import rest_of
from emulators.gemini.reader.layout import Cell, Document
from emulators.gemini.reader.parties import Parties
from emulators.gemini.reader.partywords import BUYER, SHIP
from emulators.gemini.reader.wordlist import choices

_WORDS = choices("taxids")
_ALONE = re.compile(rf"(?<![A-Z0-9])(?:{_WORDS['gstin']}|{_WORDS['vat id']})(?![A-Z0-9])")
_LABEL = re.compile(
    rf"(?<![a-z])(?:(?P<vat>{_WORDS['vat label']})|{_WORDS['tax label']})"
    r"(?![a-z])[\s.:#°º]*(?:no|nr|number)?[\s.:#°º]*"
)
_NUMBERED = re.compile(r"(?:id|nr|no|number|nummer|numero|reg|iva|intra|in|ein|cif|nif|abn)\b|#")
_BANK = re.compile(r"iban|gläubiger|glaubiger|creditor", re.IGNORECASE)
_VALUE = re.compile(r"[A-Z]{0,3}[ -]?[A-Z0-9]?\d[A-Z0-9./\- ]{3,24}")


@dataclass(frozen=True)
class _Id:
    value: str
    rank: int
    cell: Cell


def read(document: Document, parties: Parties) -> tuple[str | None, str | None]:
    """The vendor's and the buyer's number; VAT ids and GSTINs before plain tax numbers."""
    ids = list(_ids(document))
    buyer_cells = {id(cell) for cell in parties.buyer.cells}
    buyer = [one for one in ids if id(one.cell) in buyer_cells or _is_buyers(document, one.cell, parties)]
    vendor = [one for one in ids if one not in buyer]
    shipped = {one.value for one in vendor if _near_label(document, one.cell, SHIP)}
    vendor = [
        one for one in vendor if one.value not in shipped or len({other.value for other in vendor}) == 1
    ]
    best_buyer = min(buyer, key=lambda one: (one.rank, one.cell.line), default=None)
    vendor = [one for one in vendor if best_buyer is None or one.value != best_buyer.value] or vendor
    best_vendor = min(vendor, key=lambda one: (one.rank, one.cell.line), default=None)
    return best_vendor.value if best_vendor else None, best_buyer.value if best_buyer else None


def _ids(document: Document) -> list[_Id]:
    found: list[_Id] = []
    for line in document.lines:
        for cell in line.cells:
            text = cell.text
            for match in _ALONE.finditer(text.upper()):
                if not _BANK.search(text[: match.start()]):
                    found.append(_Id(match.group(), 0, cell))
            for match in _LABEL.finditer(cell.fold):
                named = _NUMBERED.search(match.group())
                value = _behind(document, cell, match.end(), 5 if named else 8)
                if value is not None and not any(one.cell is cell and one.value == value for one in found):
                    found.append(_Id(value, 0 if match.group("vat") else 1, cell))
    return found


def _behind(document: Document, cell: Cell, end: int, least: int) -> str | None:
    text = rest_of(cell, end).lstrip(" :.#°º")
    if not text:
        line = document.lines[cell.line]
        following = line.cells[cell.index + 1 : cell.index + 2]
        text = following[0].text.lstrip(" :.#") if following else ""
    match = _VALUE.match(text.upper())
    if match is None:
        return None
    words = match.group().split()
    value = words[0]
    for word in words[1:]:
        # Groups of digits belong together; a word of letters is the next label.
        if not re.fullmatch(r"[\d./-]+|[A-Z]?\d[\dA-Z]*|B\d\d|MVA", word) or len(value) > 16:
            break
        value += word
    value = value.strip(" .-/")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+|\d+[.,]\d{2}", value):
        return None
    digits = sum(char.isdigit() for char in value)
    return value if least <= digits <= 15 and len(value) <= 20 else None


def _is_buyers(document: Document, cell: Cell, parties: Parties) -> bool:
    if re.match(
        r"(?:buyer|customer|client|kunden|ihre|your|votre|vostr|cliente|recipient|klant|uw)", cell.fold
    ):
        return True
    if parties.buyer.cells and _inside(cell, parties.buyer.cells):
        return True
    return _near_label(document, cell, BUYER)


def _inside(cell: Cell, cells: list[Cell]) -> bool:
    """Whether `cell` continues the block of `cells`: same column, a few lines below."""
    last, first = cells[-1], cells[0]
    return (
        cell.page == last.page
        and first.base <= cell.base < last.base + 4.2 * last.size
        and abs(cell.x0 - last.x0) < 30
    )


def _near_label(document: Document, cell: Cell, label: re.Pattern[str]) -> bool:
    """Whether a label of that kind heads the column of `cell`, with no other label between."""
    for line in reversed(document.lines[max(0, cell.line - 9) : cell.line]):
        if line.page != cell.page or cell.base - line.base > 12 * max(cell.size, 6.0):
            return False
        for other in line.cells:
            if abs(other.x0 - cell.x0) < 15 and label.match(other.fold):
                return True
    return False
