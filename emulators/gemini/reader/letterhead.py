"""The issuer that no label names: letterhead, return line, footer and payee, weighed together."""

from __future__ import annotations

import re

from emulators.gemini.reader.labelled import rest_of
from emulators.gemini.reader.layout import Cell, Document, folded
from emulators.gemini.reader.partyblocks import Party, party_of, stack
from emulators.gemini.reader.partynames import cleaned, is_name, return_line
from emulators.gemini.reader.partywords import LEGAL, PAYEE, POSTAL, STREET
from emulators.gemini.reader.vocabulary import ANY_LABEL

_HEAD, _FOOT = 0.3, 0.82
_MOST_WORDS = 9
_LEAST = 0.6


class _Names:
    """Names with what speaks for each, and the cell that says it best."""

    def __init__(self, others: set[str]) -> None:
        self._others = others
        self._scores: dict[str, float] = {}
        self._where: dict[str, tuple[str, Cell]] = {}
        self._best: dict[str, float] = {}

    def add(self, text: str, cell: Cell, score: float) -> None:
        name = cleaned(text)
        key = folded(name)
        if key and key not in self._others and is_name(name):
            self._scores[key] = self._scores.get(key, 0.0) + score
            if key not in self._where or score > self._best[key]:
                self._best[key] = score
                self._where[key] = (name, cell)

    def best(self) -> tuple[str, Cell] | None:
        """The name with the most for it: a legal form, and longer names that contain it, count too."""
        total = {key: self._whole(key) for key in self._scores}
        if not total:
            return None
        key = max(total, key=lambda one: total[one])
        # The legal name before the brand that it begins with.
        legal = [other for other in total if other.startswith(f"{key} ") and LEGAL.search(other[len(key) :])]
        return self._where[legal[0] if legal and not LEGAL.search(key) else key]

    def _whole(self, key: str) -> float:
        around = [min(score, 2.0) for other, score in self._scores.items() if other != key and key in other]
        return self._scores[key] + 0.5 * sum(around) + (0.8 if LEGAL.search(key) else 0.0)


def read(document: Document, others: list[Party]) -> Party:
    """The issuer; `others` are the parties that are known."""
    taken = {id(cell) for party in others for cell in party.cells}
    names = _Names({folded(party.name or "") for party in others})
    for cell in document.cells:
        if id(cell) not in taken:
            _weigh(document, cell, names)
    best = names.best()
    if best is None:
        return Party()
    name, cell = best
    for other in document.cells:
        parts = return_line(other.text)
        if parts and folded(cleaned(parts[0])) == folded(name):
            return Party(name=name, address=parts[1:], cells=[cell, other])
    return party_of([name], stack(document, cell), [cell]) or Party(name=name, cells=[cell])


def _weigh(document: Document, cell: Cell, names: _Names) -> None:
    height = cell.y0 / max(document.height(cell.page), 1)
    if match := PAYEE.match(cell.fold):
        _payee(document, cell, match.end(), names)
        return
    parts = return_line(cell.text)
    if parts and is_name(parts[0]):
        names.add(parts[0], cell, 3.0 if height < 0.4 else 2.0)
        return
    legal = LEGAL.search(cell.fold) is not None
    figures = re.search(r"\d[.,]\d\d\b", cell.text)
    if figures or len(cell.words) > _MOST_WORDS or (cell.page > 1 and height < 0.9):
        return
    street = STREET.search(cell.fold) and re.search(r"\d", cell.text)
    if not legal and (POSTAL.search(cell.text) or street):
        return
    if height < _HEAD and cell.line < document.table:
        score = _head_score(document, cell, height, legal=legal)
        if score > _LEAST:
            names.add(cell.text, cell, score)
    elif height > _FOOT and legal:
        names.add(cell.text, cell, 1.2)


def _head_score(document: Document, cell: Cell, height: float, *, legal: bool) -> float:
    score = 1.0 - height + (1.2 if legal else 0.0)
    grown = cell.size - document.body
    # Sizes that a recognizer measured vary with the letters of the line.
    score += min(0.5, 0.1 * grown) if document.pages[0].recognized else min(1.5, 0.25 * grown)
    score += 0.9 - 0.3 * cell.line if cell.line < 3 else 0.0
    score += 1.0 if _heads_address(document, cell) else 0.0
    return score - (1.0 if ANY_LABEL.match(cell.fold) else 0.0)


def _heads_address(document: Document, cell: Cell) -> bool:
    below = stack(document, cell)[:4]
    return any(POSTAL.search(other.text) or STREET.search(other.fold) for other in below)


def _payee(document: Document, cell: Cell, end: int, names: _Names) -> None:
    """Whom to pay, or for whom a signature stands: mostly the issuer."""
    behind = re.sub(r"^[\s:.]+", "", rest_of(cell, end))
    if behind:
        if len(behind.split()) < _MOST_WORDS:
            names.add(behind, cell, 1.6)
        return
    below = stack(document, cell)
    if below:
        names.add(below[0].text, below[0], 2.2)
