"""Who invoices whom: names and addresses."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from .labelled import beside, rest_of
from .layout import Cell, Document, folded
from .partywords import (
    BUYER,
    DETAIL,
    FIRST_BUYER,
    LEGAL,
    PAYEE,
    POSTAL,
    SELLER,
    SHIP,
    STREET,
    TITLE,
    WEAK_BUYER,
    WEAK_SELLER,
)
from .vocabulary import ANY_LABEL

_SEPARATOR = re.compile(r"\s+[-–—·•●|*]\s+|\s*[·•●|]\s*| {3,}")
_NAME_LABEL = re.compile(
    r"^(?:name|firma|company(?: name)?|nom|nome|nombre|naam|legal name|trade name|unternehmen|raison sociale|ragione sociale|denominazione|razon social)\s*:?\s*"
)
_ADDRESS_KEY = re.compile(
    r"(?:anschrift|adresse|address|strasse|street|ort|city|plz|zip|indirizzo|direccion|domicilio|adres|rue|ville|country|land)"
)
_REGISTERED = re.compile(
    r"^(?:co\.? ?(?:reg\.? ?)?no\.?|company (?:reg(?:istration)?\.? )?no\.?|roc|reg\.? ?no\.?)?[ :.]*\(?\d{4,9} ?-? ?[a-z]?\)?$"
)
_CONTACT = re.compile(r"@|www\.|https?:|\b(?:tel|phone|fax|fon)\b|\+\d\d", re.IGNORECASE)


@dataclass
class Party:
    """A name, the lines of its address, and the cells where both stand."""

    name: str | None = None
    address: list[str] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)

    @property
    def full_address(self) -> str | None:
        return ", ".join(line.strip(" ,;") for line in self.address) or None


@dataclass
class Parties:
    vendor: Party
    buyer: Party


def read(document: Document, table: int) -> Parties:
    """The parties; `table` is the number of the line where the items begin."""
    buyer = _introduced(document, (FIRST_BUYER, BUYER, WEAK_BUYER)) or Party()
    shipped = _labelled(document, SHIP)
    seller = _introduced(document, (SELLER, WEAK_SELLER)) or Party()
    if seller.name is None:
        seller = _letterhead(document, table, [party for party in (buyer, shipped) if party])
    if buyer.name is None:
        buyer = _addressee(document, seller, shipped)
    if seller.name is not None and not seller.address:
        seller.address = _address_of(document, seller, [party for party in (buyer, shipped) if party])
    return Parties(seller, buyer)


def _introduced(document: Document, labels: tuple[re.Pattern[str], ...]) -> Party | None:
    return next((party for label in labels if (party := _labelled(document, label)) is not None), None)


def _labelled(document: Document, label: re.Pattern[str]) -> Party | None:
    """The party that a label introduces: behind it, below it or beside it."""
    best: tuple[float, Party] | None = None
    for cell in document.cells:
        match = label.match(cell.fold)
        if match is None:
            continue
        party, score = _at_label(document, cell, match.end())
        if party is not None and party.name and (best is None or score > best[0] + 0.01):
            best = (score - 0.05 * (cell.page - 1), party)
    return best[1] if best else None


def _at_label(document: Document, cell: Cell, end: int) -> tuple[Party | None, float]:
    behind = re.sub(r"^[\s:.,;–-]+", "", rest_of(cell, end))
    if behind and not re.match(r"^\(.*\)$", behind):
        if is_name(behind):
            return _party([behind], _stack(document, cell), [cell]), 3.0
        return None, 0.0
    pairs = _pairs(document, cell)
    if pairs is not None:
        return pairs, 3.0
    line = document.lines[cell.line]
    right = line.cells[cell.index + 1] if cell.index + 1 < len(line.cells) else beside(document, cell)
    if right is not None and right.x0 - cell.x1 < 0.3 * document.width(cell.page):
        text = right.text.lstrip(" :")
        if is_name(text) and not _is_label(text):
            return _party([text], _stack(document, right), [right]), 2.8
    below = _party([], _stack(document, cell), [])
    if below is not None and below.name:
        return below, 2.5 + (0.5 if below.address else 0.0)
    return None, 0.0


def _is_label(text: str) -> bool:
    plain = folded(text)
    known = (BUYER, SELLER, SHIP, TITLE, ANY_LABEL)
    return any(pattern.match(plain) for pattern in known) and not LEGAL.search(plain)


def _pairs(document: Document, head: Cell) -> Party | None:
    """A section of names and values in two columns below `head` ("Name:  Lieferant GmbH")."""
    party = Party()
    seen = in_address = 0
    for line in document.lines[head.line + 1 : head.line + 14]:
        first = line.cells[0]
        if line.page != head.page or (abs(first.x0 - head.x0) > 30 and seen == 0):
            break
        if abs(first.x0 - head.x0) > 30:
            # A value's next line stands under the value, without a name of its own.
            if in_address and len(line.cells) == 1:
                party.address.append(first.text)
                party.cells.append(first)
                continue
            break
        if len(line.cells) < 2:
            break
        seen += 1
        key, value = first.fold.rstrip(" :"), line.cells[1].text.lstrip(" :")
        party.cells += line.cells[:2]
        in_address = 1 if _ADDRESS_KEY.match(key) else 0
        if party.name is None and (
            _NAME_LABEL.fullmatch(key) or BUYER.fullmatch(key) or SELLER.fullmatch(key)
        ):
            party.name = _clean(value) if is_name(value) else None
        elif in_address:
            party.address.append(value)
    return party if party.name else None


def _stack(document: Document, top: Cell) -> list[Cell]:
    """The cells below `top`, at its left edge or a little indented, until a gap."""
    found: list[Cell] = []
    last = top
    following = document.lines[top.line].cells[top.index + 1 :]
    edge = following[0].x0 if following and _is_label(following[0].text) else 1e9
    for line in document.lines[top.line + 1 : top.line + 16]:
        if line.page != top.page:
            break
        gap = line.base - last.base
        if gap > (3.4 if not found else 2.3) * max(last.size, 6.0):
            break
        if gap < 0.5 * top.size:
            continue
        inside = [cell for cell in line.cells if top.x0 - 6 < cell.x0 < max(top.x1, top.x0 + 60) + 4]
        if found:
            inside = [
                cell
                for cell in inside
                if abs(cell.x0 - found[0].x0) < 8 or abs(_mid(cell) - _mid(found[0])) < 6
            ]
        if not inside:
            continue
        chosen = inside[0]
        heads = any(pattern.match(chosen.fold) for pattern in (BUYER, SHIP, SELLER))
        if heads and len(chosen.fold) < 30:
            break
        chosen = _trimmed(chosen, edge)
        found.append(chosen)
        last = chosen
        if len(found) > 10:
            break
    return found


def _trimmed(cell: Cell, edge: float) -> Cell:
    """`cell` without the words that stand in the next label's column."""
    words = [word for word in cell.words if word.x0 < edge - 1]
    return (
        cell if not words or len(words) == len(cell.words) else Cell(words, cell.page, cell.line, cell.index)
    )


def _mid(cell: Cell) -> float:
    return (cell.x0 + cell.x1) / 2


def _party(first: list[str], stack: list[Cell], cells: list[Cell]) -> Party | None:
    """A party from the lines of a block: the first that is a name, then its address."""
    party = Party(cells=list(cells))
    lines = [(text, cells[0] if cells else None) for text in first] + [(cell.text, cell) for cell in stack]
    for text, cell in lines:
        if cell is not None and cell not in party.cells:
            party.cells.append(cell)
        plain = folded(text)
        if party.name is None:
            if match := _NAME_LABEL.match(plain):
                text = text[match.end() :].strip()
                plain = folded(text)
            if is_name(text):
                party.name = _clean(text)
            elif TITLE.match(plain):
                break
            continue
        if _REGISTERED.match(plain):
            continue
        if DETAIL.match(plain) or _CONTACT.search(text):
            if party.address and not re.match(r"attn|attention|c/o|z", plain):
                break
            continue
        if not re.search(r"\w", text) or (ANY_LABEL.match(plain) and ":" in text):
            break
        if len(party.address) < 6:
            party.address.append(text)
    party.address = _address_lines(party.address)
    return party if party.name else None


def _address_lines(lines: list[str]) -> list[str]:
    """The lines from the first that looks like an address; none when none does."""
    for index, line in enumerate(lines):
        if POSTAL.search(line) or STREET.search(folded(line)) or re.search(r"\d", line):
            # A department or a person before it stays out, as a slogan does.
            return lines[index:]
    return []


def is_name(text: str) -> bool:
    """Whether `text` can be a party's name: words, and no label, figure, address or title."""
    plain = folded(text)
    letters = sum(char.isalpha() for char in text)
    if letters < 3 or len(text) > 90 or letters < 0.45 * len(text.replace(" ", "")):
        return False
    if DETAIL.match(plain) and not LEGAL.search(plain):
        return False
    if TITLE.match(plain) or _CONTACT.search(text) or text.rstrip().endswith(":"):
        return False
    if re.match(r"^\d+[a-z]?,? ", plain) and STREET.search(plain) and not LEGAL.search(plain):
        return False
    if ANY_LABEL.match(plain) and (":" in text or "#" in text):
        return False
    return not (
        POSTAL.search(text)
        and not LEGAL.search(plain)
        and (STREET.search(plain) or re.search(r"\d{4,}", text))
    )


def _clean(text: str) -> str:
    text = re.sub(r"^(?:m/s\.?|messrs\.?|spett\.le|spett\.)\s*", "", text.strip(), flags=re.IGNORECASE)
    text = re.sub(r"\s*\(\d{4,9} ?-? ?[A-Z]?\)?$", "", text)
    text = re.sub(
        r"\s*[(\[](?:gstin|vat|ust|tax|co\.? ?reg|reg|roc|company)[^)\]]*[)\]]?\s*$",
        "",
        text,
        flags=re.IGNORECASE,
    )
    return text.strip(" ,;:|*-–")


def _letterhead(document: Document, table: int, others: list[Party]) -> Party:
    """The issuer that no label names: the letterhead, the return line, the footer and the payee, weighed together."""
    taken = {id(cell) for party in others for cell in party.cells}
    names = {folded(party.name or "") for party in others}
    scores: dict[str, float] = {}
    where: dict[str, tuple[str, Cell]] = {}

    def add(text: str, cell: Cell, score: float) -> None:
        name = _clean(text)
        key = folded(name)
        if not is_name(name) or key in names or not key:
            return
        scores[key] = scores.get(key, 0.0) + score
        where.setdefault(key, (name, cell))

    for cell in document.cells:
        if id(cell) in taken:
            continue
        height = cell.y0 / max(document.height(cell.page), 1)
        if match := PAYEE.match(cell.fold):
            _add_payee(document, cell, match.end(), add)
            continue
        parts = [part for part in _SEPARATOR.split(cell.text) if part.strip()]
        if len(parts) >= 3 and POSTAL.search(cell.text) and is_name(parts[0]):
            add(parts[0], cell, 3.0 if height < 0.4 else 2.0)
            continue
        if cell.page > 1 and height < 0.9:
            continue
        if re.search(r"\d[.,]\d\d\b", cell.text) or len(cell.words) > 9:
            continue
        if not LEGAL.search(cell.fold) and (POSTAL.search(cell.text) or STREET.search(cell.fold)):
            continue
        if height < 0.3 and cell.line < table:
            score = 1.0 - height
            score += 1.2 if LEGAL.search(cell.fold) else 0.0
            # Sizes that a recognizer measured vary with the letters of the line.
            grown = cell.size - _body(document)
            score += min(0.5, 0.1 * grown) if document.pages[0].recognized else min(1.5, 0.25 * grown)
            score += 0.9 - 0.3 * cell.line if cell.line < 3 else 0.0
            score += 1.0 if _heads_address(document, cell) else 0.0
            score -= 1.0 if ANY_LABEL.match(cell.fold) else 0.0
            if score > 0.6:
                add(cell.text, cell, score)
        elif height > 0.82 and LEGAL.search(cell.fold):
            add(cell.text, cell, 1.2)
    for key in list(scores):
        for other in scores:
            if other != key and len(key) > 4 and (key in other):
                scores[key] += 0.5 * min(scores[other], 2.0)
        if LEGAL.search(key):
            scores[key] += 0.8
    if not scores:
        return Party()
    key = max(scores, key=lambda one: scores[one])
    name, cell = where[key]
    parts = [part.strip() for part in _SEPARATOR.split(cell.text) if part.strip()]
    if len(parts) >= 3 and POSTAL.search(cell.text):
        return Party(name=name, address=parts[1:], cells=[cell])
    party = _party([name], _stack(document, cell), [cell])
    return party or Party(name=name, cells=[cell])


def _add_payee(document: Document, cell: Cell, end: int, add: object) -> None:
    assert callable(add)
    behind = re.sub(r"^[\s:.]+", "", rest_of(cell, end))
    weight = 1.6
    if behind:
        if len(behind.split()) <= 8:
            add(behind, cell, weight)
        return
    stack = _stack(document, cell)
    if stack:
        add(stack[0].text, stack[0], weight + 0.6)


def _body(document: Document) -> float:
    sizes = sorted(word.size for line in document.lines for word in line.words)
    return sizes[len(sizes) // 2] if sizes else 10.0


def _heads_address(document: Document, cell: Cell) -> bool:
    below = _stack(document, cell)[:4]
    return any(POSTAL.search(other.text) or STREET.search(other.fold) for other in below)


def _addressee(document: Document, seller: Party, shipped: Party | None) -> Party:
    """The buyer of a letter: the address in its window, which no label introduces."""
    taken = {id(cell) for party in (seller, shipped) if party for cell in party.cells}
    for cell in document.cells:
        height = cell.y0 / max(document.height(1), 1)
        if (
            cell.page != 1
            or not 0.1 < height < 0.45
            or cell.x0 > 0.6 * document.width(1)
            or id(cell) in taken
        ):
            continue
        if not POSTAL.search(cell.text) or len(_SEPARATOR.split(cell.text)) >= 3:
            continue
        block = _above(document, cell, taken)
        if len(block) < 2 or any(_CONTACT.search(other.text) for other in block):
            continue
        party = _party([], [*block, cell], [])
        if (
            party is not None
            and party.name
            and party.address
            and folded(party.name) != folded(seller.name or "")
        ):
            return party
    return Party()


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
        if id(cell) in taken or len(_SEPARATOR.split(cell.text)) >= 3 or _is_label(cell.text):
            break
        found.insert(0, cell)
        last = cell
    return found


def _ends_address(text: str) -> bool:
    plain = folded(text)
    return bool(
        DETAIL.match(plain) or _CONTACT.search(text) or _is_label(text) or re.search(r"\d[.,]\d\d$", text)
    )


def _address_of(document: Document, seller: Party, others: list[Party]) -> list[str]:
    """The address at another place of the seller's name, in its return line, or on its own at the top."""
    key = folded(seller.name or "")
    taken = {id(cell) for party in others for cell in party.cells}
    for cell in document.cells:
        if key and key in cell.fold and id(cell) not in taken:
            parts = [part.strip() for part in _SEPARATOR.split(cell.text) if part.strip()]
            if len(parts) >= 3 and folded(parts[0]) == key and POSTAL.search(cell.text):
                return parts[1:]
            party = _party([seller.name or ""], _stack(document, cell), [cell]) if cell.fold == key else None
            if party is not None and any(POSTAL.search(line) for line in party.address):
                return party.address
    for cell in document.cells:
        if cell.page != 1 or cell.y0 > 0.35 * document.height(1):
            break
        if id(cell) in taken or not POSTAL.search(cell.text) or _CONTACT.search(cell.text):
            continue
        below = [other.text for other in _stack(document, cell)[:4]]
        ends = next((index for index, text in enumerate(below) if _ends_address(text)), len(below))
        lines = [other.text for other in _above(document, cell, taken)] + [cell.text] + below[:ends]
        lines = [line for line in lines if folded(line) != key]
        if lines := _address_lines(lines):
            return lines
    return []
