"""Addresses without a label: the buyer's in a letter's window, and the seller's apart from its name."""

from __future__ import annotations

import re

from emulators.gemini.reader.layout import Cell, Document, folded
from emulators.gemini.reader.partyblocks import Party, party_of, stack
from emulators.gemini.reader.partynames import CONTACT, address_lines, is_label, return_line
from emulators.gemini.reader.partywords import DETAIL, POSTAL


def addressee(document: Document, seller: Party, shipped: Party) -> Party:
    """The buyer of a letter: the address in its window, which no label introduces."""
    taken = {id(cell) for party in (seller, shipped) for cell in party.cells}
    for cell in document.cells:
        height = cell.y0 / max(document.height(1), 1)
        inside = 0.1 < height < 0.45 and cell.x0 <= 0.6 * document.width(1)
        if cell.page != 1 or not inside or id(cell) in taken:
            continue
        if not POSTAL.search(cell.text) or return_line(cell.text):
            continue
        block = _above(document, cell, taken)
        if len(block) < 2 or any(CONTACT.search(other.text) for other in block):
            continue
        party = party_of([], [*block, cell], [])
        if party is not None and party.address and folded(party.name or "") != folded(seller.name or ""):
            return party
    return Party()


def address_of(document: Document, seller: Party, others: list[Party]) -> list[str]:
    """The seller's address at another place of its name, in its return line, or on its own at the top."""
    key = folded(seller.name or "")
    taken = {id(cell) for party in others for cell in party.cells}
    for cell in document.cells:
        if not key or key not in cell.fold or id(cell) in taken:
            continue
        parts = return_line(cell.text)
        if parts and folded(parts[0]) == key:
            return parts[1:]
        party = party_of([seller.name or ""], stack(document, cell), [cell]) if cell.fold == key else None
        if party is not None and any(POSTAL.search(line) for line in party.address):
            return party.address
    return _on_top(document, key, taken)


def _on_top(document: Document, key: str, taken: set[int]) -> list[str]:
    for cell in document.cells:
        if cell.page != 1 or cell.y0 > 0.35 * document.height(1):
            return []
        if id(cell) in taken or not POSTAL.search(cell.text) or CONTACT.search(cell.text):
            continue
        below = [other.text for other in stack(document, cell)[:4]]
        ends = next((index for index, text in enumerate(below) if _ends(text)), len(below))
        lines = [other.text for other in _above(document, cell, taken)] + [cell.text] + below[:ends]
        if found := address_lines([line for line in lines if folded(line) != key]):
            return found
    return []


def _above(document: Document, foot: Cell, taken: set[int]) -> list[Cell]:
    """The cells above `foot` at its left edge, from top to bottom, up to a gap or a sender's line."""
    found: list[Cell] = []
    last = foot
    for line in reversed(document.lines[max(0, foot.line - 14) : foot.line]):
        if line.page != foot.page or last.base - line.base > 3.3 * max(last.size, 6.0):
            break
        cell = next((cell for cell in line.cells if abs(cell.x0 - foot.x0) < 4), None)
        if cell is None:
            continue
        if id(cell) in taken or return_line(cell.text) or is_label(cell.text):
            break
        found.insert(0, cell)
        last = cell
    return found


def _ends(text: str) -> bool:
    detail = DETAIL.match(folded(text)) or CONTACT.search(text)
    return bool(detail or is_label(text) or re.search(r"\d[.,]\d\d$", text))
