"""How much a place looks like the sender's: letterhead, sender line, footer, contact details."""

from __future__ import annotations

import re
from collections.abc import Iterator

from common.extraction.page import Cell
from common.extraction.paper import Paper
from common.extraction.printed import Index
from common.extraction.vocabulary import plain

_CONTACT = re.compile(
    r"\b(?:phone|tel|telefon|fon|fax|telefax|mobile|e-?mail|www|https?|iban|bic|swift|bankverbindung|bankname"
    r"|ust|mwst|vat|tva|btw|tax id|gstin|pan|cin|abn|ein|uid|cif|nif|p\.? ?iva|partita iva|nip|momsnr|cvr"
    r"|hrb|hra|kvk|siret|registergericht|amtsgericht|geschaftsfuhrer|company no|reg)\b"
    r"|\b(?:bank|main|billing)(?: (?:account|details|name))?\s?:|\bsort code\b"
    r"|@|\.(?:com|de|nl|fr|net|org|co)\b"
)
_POSTCODE = re.compile(
    r"\b(?:[a-z]{1,2}-?)?\d{4,6}\s+[^\W\d]|[^\W\d],?\s+[a-z]{2}\s+\d{5}\b|\b\d{5}(?:-\d{4})?$|\b[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}\b|\b\d{6}\b"
)
_HOUSE = re.compile(r"^\d+[a-z]?,?\s|\s\d+\s?[a-z]?$", re.IGNORECASE)
"""The number of a house at an end of a text: "12 Harbour Road", "Hauptstr. 5"."""
_SEPARATOR = re.compile(r"[•·●∙|–]|\s-\s|\s\*\s")
BLOCK_LINES = 9
"""Lines that an address block has at most."""
_WINDOW = 3.0
"""Line heights that an address may stand below its sender's line."""
_TOP = 0.22
_HEAD = 0.15
"""Share of a page that running heads and feet take up."""
_BOTTOM = 0.86


def looks(paper: Paper, page: int, cell: Cell, start: int, needle: str) -> tuple[float, float]:
    """How much a place looks like the sender's and like the recipient's."""
    index = paper.indexes[page]
    height = paper.pages[page].reach or 1.0
    line = index.page.lines[cell.line]
    row = index.plain[line.start : line.end]
    sender = recipient = 0.0
    own = index.plain[cell.start : cell.end]
    line_of_sender = bool(_SEPARATOR.search(row) and _POSTCODE.search(row))
    if line_of_sender:
        sender += 1.5
    margin = cell.box.y1 < height * _HEAD or cell.box.y0 > height * (1 - _HEAD)
    running = page > 0 and margin and _runs(paper, page, cell, needle)
    if running:
        sender += 1.0
    block = list(block_below(index, cell))
    below = " \n ".join(index.plain[each.start : each.end] for each in block)
    if _CONTACT.search(below) or _CONTACT.search(own):
        sender += 0.8
    elif not line_of_sender and any(
        _POSTCODE.search(index.plain[each.start : each.end]) for each in block[:4]
    ):
        recipient += 1.0
    if page == 0 and _below_sender_line(index, cell, needle):
        recipient += 1.0
    if cell.box.y0 < height * _TOP and page == 0 and cell.line <= 2:
        sender += 0.6
    if cell.box.y0 > height * _BOTTOM:
        sender += 0.7
    if _in_domains(paper, needle):
        sender += 0.8
    if re.search(r"\b(?:copyright|\(c\)|©|powered by|operated by)", row):
        sender += 0.3
    return sender, recipient


def sender_names(paper: Paper) -> list[str]:
    """The names that lines of a sender begin with: "Muster GmbH · Hauptstr. 1 · 12345 Berlin"."""
    cached: list[str] | None = paper.__dict__.get("_sender_names")
    if cached is None:
        cached = [
            name for index in paper.indexes[:1] for cell in index.cells if (name := _sender_name(index, cell))
        ]
        paper.__dict__["_sender_names"] = cached
    return cached


def _sender_name(index: Index, cell: Cell) -> str | None:
    """The name that a cell begins with where it is a sender's line."""
    parts = [part.strip() for part in _SEPARATOR.split(index.text[cell.start : cell.end])]
    towns = any(_POSTCODE.search(plain(part)) for part in parts[1:])
    named = sum(map(str.isalpha, parts[0])) > 2 and not _HOUSE.search(parts[0])
    return parts[0] if len(parts) > 2 and towns and named else None


def _below_sender_line(index: Index, cell: Cell, needle: str) -> bool:
    """Whether a cell is the first of an address window: a line of its sender stands right above it."""
    height = max(6.0, cell.box.y1 - cell.box.y0)
    for other in reversed(index.cells[: index.cell_at(cell.start)]):
        if cell.box.y0 - other.box.y1 > _WINDOW * height:
            return False
        if other.line == cell.line or abs(other.box.x0 - cell.box.x0) > 1.5 * height:
            continue
        name = _sender_name(index, other)
        return name is not None and needle not in "".join(filter(str.isalnum, plain(name)))
    return False


def _runs(paper: Paper, page: int, cell: Cell, needle: str) -> bool:
    """Whether a name stands at the same place of the page before: a running head or foot."""
    for other in paper.indexes[page - 1].cells:
        if abs(other.box.y0 - cell.box.y0) < 2 and abs(other.box.x0 - cell.box.x0) < 2:
            text = paper.indexes[page - 1].plain[other.start : other.end]
            return needle in "".join(filter(str.isalnum, text))
    return False


def block_below(index: Index, cell: Cell) -> Iterator[Cell]:
    """The cells below a cell that belong to its block."""
    bottom, lines, last = cell.box.y1, 0, cell.line
    height = max(6.0, cell.box.y1 - cell.box.y0)
    for other in index.cells[index.cell_at(cell.start) + 1 :]:
        if other.line == cell.line or abs(other.box.x0 - cell.box.x0) > 1.5 * height:
            continue
        if other.box.y0 - bottom > 1.5 * height or lines >= BLOCK_LINES:
            return
        if other.line != last:
            lines += 1
            last = other.line
        bottom = max(bottom, other.box.y1)
        yield other


def _in_domains(paper: Paper, needle: str) -> bool:
    """Whether a mail or web address of the document carries the name."""
    cached = paper.__dict__.get("_domains")
    if cached is None:
        cached = set()
        for index in paper.indexes[:5]:
            for match in re.finditer(
                r"(?:@|www\.|https?://(?:www\.)?)([a-z0-9\-.]+)\.[a-z]{2,}", index.plain
            ):
                cached.add(re.sub(r"[^a-z0-9]", "", match[1]))
        paper.__dict__["_domains"] = cached
    for domain in cached:
        if len(domain) >= 4 and (domain in needle or needle[: max(6, len(domain) - 3)] in domain):
            return True
    return False
