"""A number below the bare word for an invoice, in a row of heads: "Customer | Date | Invoice | Due date"."""

from __future__ import annotations

import re

from emulators.gemini.reader import identifiers
from emulators.gemini.reader.labelled import Candidate
from emulators.gemini.reader.layout import Cell, Document, Line, overlap
from emulators.gemini.reader.vocabulary import ANY_LABEL

_TITLE = re.compile(r"(?:tax |sales )?(?:invoice|rechnung|facture|fattura|factura|fatura|factuur|faktura)")
_HEADS = 3
_SCORE = 5.0


def headed_numbers(document: Document) -> list[Candidate]:
    """Numbers right below such a word, where the row's other words are heads of values too."""
    found: list[Candidate] = []
    for line in document.lines:
        if len(line.cells) < _HEADS or line.number in document.items or not _heads(line):
            continue
        for cell in line.cells:
            if not _TITLE.fullmatch(cell.fold.strip(" :.#")):
                continue
            below = _below(document, line, cell)
            value = identifiers.first_number(below.text) if below is not None else None
            if below is not None and value is not None:
                found.append(Candidate(value, _SCORE, line.page, below.line, below))
    return found


def _heads(line: Line) -> bool:
    """Whether a line is a row of heads: no figure in it, and at least one other known label."""
    known = [cell for cell in line.cells if ANY_LABEL.match(cell.fold) and not _TITLE.fullmatch(cell.fold)]
    return bool(known) and not re.search(r"\d", line.text)


def _below(document: Document, line: Line, cell: Cell) -> Cell | None:
    """The cell of the next line that stands under a head."""
    if line.number + 1 >= len(document.lines):
        return None
    following = document.lines[line.number + 1]
    near = following.page == line.page and following.base - line.base < 3.2 * max(cell.size, 5.0)
    under = [other for other in following.cells if overlap(other, cell) > 0.3] if near else []
    return under[0] if len(under) == 1 else None
