"""A party's block: its name, and the address below it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from emulators.gemini.reader.labelled import beside, rest_of
from emulators.gemini.reader.layout import Cell, Document, folded
from emulators.gemini.reader.partynames import (
    CONTACT,
    REGISTERED,
    address_lines,
    cleaned,
    is_label,
    is_name,
    return_line,
)
from emulators.gemini.reader.partywords import BUYER, DETAIL, SELLER, SHIP, TITLE, WEAK_BUYER, WEAK_SELLER
from emulators.gemini.reader.vocabulary import ANY_LABEL

_NAME_KEY = re.compile(
    r"^(?:name|firma|company(?: name)?|nom|nome|nombre|naam|legal name|trade name|unternehmen|"
    r"raison sociale|ragione sociale|denominazione|razon social)\s*:?\s*"
)
_ADDRESS_KEY = re.compile(
    r"(?:anschrift|adresse|address|strasse|street|ort|city|plz|zip|indirizzo|direccion|domicilio|adres|rue|"
    r"ville|country|land)"
)
_ADDRESS_LABEL = re.compile(rf"{_ADDRESS_KEY.pattern}\s*:\s*")
_TAX_NUMBER = re.compile(r"\b(?:vat|gst|gstin|tax|ust|tva|iva|btw)\b.*\d{5}")
_MOST_LINES = 10
_MOST_ADDRESS = 6


@dataclass
class Party:
    """A name, the lines of its address, and the cells where both stand."""

    name: str | None = None
    address: list[str] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)

    @property
    def full_address(self) -> str | None:
        return ", ".join(line.strip(" ,;") for line in self.address) or None


def labelled(document: Document, label: re.Pattern[str]) -> Party | None:
    """The party that a label introduces: behind it, below it or beside it."""
    best: tuple[float, Party] | None = None
    for cell in document.cells:
        match = label.match(cell.fold)
        if match is None:
            continue
        party, score = _at_label(document, cell, match.end())
        if party is not None and (best is None or score > best[0] + 0.01):
            best = (score - 0.05 * (cell.page - 1), party)
    return best[1] if best else None


def _at_label(document: Document, cell: Cell, end: int) -> tuple[Party | None, float]:
    behind = re.sub(r"^[\s:.,;–-]+", "", rest_of(cell, end))
    if behind and not re.match(r"^\(.*\)$", behind):
        return (party_of([behind], stack(document, cell), [cell]), 3.0) if is_name(behind) else (None, 0.0)
    pairs = _pairs(document, cell)
    if pairs is not None:
        return pairs, 3.0
    line = document.lines[cell.line]
    right = line.cells[cell.index + 1] if cell.index + 1 < len(line.cells) else beside(document, cell)
    if right is not None and right.x0 - cell.x1 < 0.3 * document.width(cell.page):
        text = right.text.lstrip(" :")
        if is_name(text) and not is_label(text):
            return party_of([text], stack(document, right), [right]), 2.8
    below = party_of([], stack(document, cell), [])
    return below, 3.0 if below is not None and below.address else 2.5


def _pairs(document: Document, head: Cell) -> Party | None:
    """A section of names and values in two columns below `head` ("Name:  Lieferant GmbH")."""
    party = Party()
    seen = 0
    in_address = False
    for line in document.lines[head.line + 1 : head.line + 14]:
        first = line.cells[0]
        level = abs(first.x0 - head.x0) <= 30
        if line.page != head.page or (not level and not (in_address and seen and len(line.cells) == 1)):
            break
        if not level:
            # A value's next line stands under the value, without a name of its own.
            party.address.append(first.text)
            party.cells.append(first)
            continue
        if len(line.cells) < 2:
            break
        seen += 1
        key, value = first.fold.rstrip(" :"), line.cells[1].text.lstrip(" :")
        party.cells += line.cells[:2]
        in_address = bool(_ADDRESS_KEY.match(key))
        named = any(pattern.fullmatch(key) for pattern in (_NAME_KEY, BUYER, SELLER))
        if party.name is None and named:
            party.name = cleaned(value) if is_name(value) else None
        elif in_address:
            party.address.append(value)
    return party if party.name else None


def stack(document: Document, top: Cell) -> list[Cell]:
    """The cells below `top` that share an edge or their middle with it, until a gap or the next party."""
    found: list[Cell] = []
    last = top
    following = document.lines[top.line].cells[top.index + 1 :]
    edge = following[0].x0 if following and is_label(following[0].text) else 1e9
    for line in document.lines[top.line + 1 : top.line + 16]:
        gap = line.base - last.base
        wide = 2.3 if found else 3.4
        far = line.page != top.page or gap > wide * max(last.size, 6.0)
        if far or len(found) > _MOST_LINES or line.number >= document.table:
            break
        if gap < 0.5 * top.size:
            continue
        chosen = next((cell for cell in line.cells if _continues(cell, top, found)), None)
        if chosen is None:
            continue
        if len(chosen.fold) < 30 and any(one.match(chosen.fold) for one in (BUYER, SHIP, SELLER)):
            break
        alone = chosen.fold.rstrip(" :")
        if return_line(chosen.text) or WEAK_BUYER.fullmatch(alone) or WEAK_SELLER.fullmatch(alone):
            break
        last = _trimmed(chosen, edge)
        found.append(last)
    return found


def _continues(cell: Cell, top: Cell, found: list[Cell]) -> bool:
    first = found[0] if found else top
    indent = 8.0 if found else max(top.x1 - top.x0, 60.0)
    return (
        -8.0 < cell.x0 - first.x0 < indent
        or abs((cell.x0 + cell.x1) - (first.x0 + first.x1)) < 12
        or abs(cell.x1 - first.x1) < 3
    )


def _trimmed(cell: Cell, edge: float) -> Cell:
    """`cell` without the words that stand in the next label's column."""
    words = [word for word in cell.words if word.x0 < edge - 1]
    if not words or len(words) == len(cell.words):
        return cell
    return Cell(words, cell.page, cell.line, cell.index)


def party_of(first: list[str], below: list[Cell], cells: list[Cell]) -> Party | None:
    """A party from the lines of a block: the first that is a name, then its address."""
    party = Party(cells=list(cells))
    lines = [(text, cells[0] if cells else None) for text in first] + [(cell.text, cell) for cell in below]
    for printed, cell in lines:
        if cell is not None and cell not in party.cells:
            party.cells.append(cell)
        plain = folded(printed)
        if party.name is None:
            key = _NAME_KEY.match(plain)
            text = printed[key.end() :].strip() if key else printed
            parts = return_line(text)
            if parts and is_name(parts[0]):
                party.name, party.address = cleaned(parts[0]), _plain_parts(parts[1:])
            elif is_name(text):
                party.name = cleaned(text)
            elif TITLE.match(folded(text)):
                break
        elif _ends(printed, plain, party):
            break
        elif len(party.address) < _MOST_ADDRESS and not _is_detail(printed, plain):
            key = _ADDRESS_LABEL.match(plain)
            party.address.append(printed[key.end() :] if key else printed)
    party.address = address_lines(party.address)
    return party if party.name else None


def _plain_parts(parts: list[str]) -> list[str]:
    """The parts of a line up to the first that is a tax number or another detail."""
    ends = (index for index, part in enumerate(parts) if _is_detail(part, folded(part)))
    return parts[: next(ends, len(parts))]


def _is_detail(text: str, plain: str) -> bool:
    known = REGISTERED.match(plain) or DETAIL.match(plain) or _TAX_NUMBER.search(plain)
    return bool(known or CONTACT.search(text))


def _ends(text: str, plain: str, party: Party) -> bool:
    """Whether a line no longer belongs to the address."""
    if _is_detail(text, plain):
        return (
            bool(party.address)
            and not re.match(r"attn|attention|c/o|z", plain)
            and not REGISTERED.match(plain)
        )
    labelled = ANY_LABEL.match(plain) or WEAK_BUYER.match(plain) or BUYER.match(plain)
    return not re.search(r"\w", text) or bool(labelled and ":" in text and not _ADDRESS_KEY.match(plain))
