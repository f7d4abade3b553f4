"""Values that stand at a label: behind it, to the right of it, or below it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from emulators.gemini.reader.layout import Cell, Document, folded, overlap
from emulators.gemini.reader.vocabulary import AFTER, ANY_LABEL, BEFORE, LABELS

# What a place tries to read: the words offered, and the value they begin with (or None).
Read = Callable[[str], "str | None"]

_HEAD = re.compile(r"^[\s:;.#°º=\-–|)]+")


@dataclass(frozen=True)
class Candidate:
    """A value of a field: how good its place is, and where the label stands."""

    value: str
    score: float
    page: int
    line: int
    cell: Cell


def candidates(document: Document, field: str, read: Read) -> list[Candidate]:
    """All values that `read` takes at labels of `field`, best first; the earlier one of equals."""
    found: list[Candidate] = []
    for line in document.lines:
        if line.number in document.items:
            continue  # an item's own order number is not the invoice's
        for cell in line.cells:
            for start, end, weight in _labels(field, cell.fold):
                for text, place, bonus in _places(document, cell, start, end):
                    value = read(text)
                    if value is not None:
                        score = weight + bonus - (2.0 if start > 24 else 0.0) - 0.02 * (cell.page - 1)
                        found.append(Candidate(value, score, cell.page, line.number, place))
                        break
    found.sort(key=lambda one: (-one.score, one.line))
    return found


def _labels(field: str, fold: str) -> Iterator[tuple[int, int, float]]:
    """The labels of `field` in folded text; of those that overlap, the heaviest."""
    hits: list[tuple[int, int, float]] = []
    for pattern, weight in LABELS[field]:
        for match in pattern.finditer(fold):
            if BEFORE[field].search(fold[: match.start()]) or AFTER[field].match(fold[match.end() :]):
                continue
            hits.append((match.start(), match.end(), weight))
    hits.sort(key=lambda hit: (-hit[2], hit[0] - hit[1]))
    taken: list[tuple[int, int, float]] = []
    for hit in hits:
        if not any(hit[0] < other[1] and other[0] < hit[1] for other in taken):
            taken.append(hit)
    yield from taken


def rest_of(cell: Cell, end: int) -> str:
    """The printed text of `cell` behind position `end` of its folded text."""
    position = 0
    for index, word in enumerate(cell.words):
        length = len(folded(word.text))
        if position + length > end:
            offset = max(0, end - position)
            tail = word.text[offset:] if offset < len(word.text) else ""
            return " ".join([tail, *(other.text for other in cell.words[index + 1 :])]).strip()
        position += length + 1
    return ""


def _places(document: Document, cell: Cell, start: int, end: int) -> Iterator[tuple[str, Cell, float]]:
    """Where the value of a label may stand, best first: text, its cell and what the place is worth."""
    behind = _HEAD.sub("", rest_of(cell, end))
    if behind:
        yield behind, cell, 3.0
    line = document.lines[cell.line]
    after = line.cells[cell.index + 1 : cell.index + 3]
    if not behind and after and after[0].fold.strip(": ") == "" and len(after) > 1:
        after = after[1:]
    label_only = not behind
    width = document.width(cell.page)
    rights = [(after[0], 2.5)] if after else []
    near = beside(document, cell)
    if near is not None and (not after or near is not after[0]):
        rights.append((near, 2.2))
    below = next(_below(document, cell, start, end), None)
    headed = (
        label_only and below is not None and bool(after) and _heads_columns(document, cell, after[0], below)
    )
    if headed and below is not None:
        yield _HEAD.sub("", below.text), below, 2.5
    if label_only:
        for right, bonus in rights:
            if right.x0 - cell.x1 < 0.24 * width:
                yield _HEAD.sub("", right.text), right, bonus
    if below is not None and not headed:
        yield _HEAD.sub("", below.text), below, 2.0 if label_only else 1.0
    if label_only:
        for right, bonus in rights:
            if 0.24 * width <= right.x0 - cell.x1 < 0.45 * width:
                yield _HEAD.sub("", right.text), right, bonus - 0.7


def _heads_columns(document: Document, cell: Cell, right: Cell, below: Cell) -> bool:
    """Whether `cell` and its neighbour are heads over values, not a label and its value."""
    under = document.lines[below.line].cells[below.index + 1 : below.index + 2]
    level = bool(under) and abs(below.x0 - cell.x0) < 4 and abs(under[0].x0 - right.x0) < 4
    if not level or ANY_LABEL.match(below.fold):
        return False
    # Three lines and more of the same two columns are a list of labels with their values.
    for number in (cell.line - 1, below.line + 1):
        if not 0 <= number < len(document.lines):
            continue
        line = document.lines[number]
        near = line.page == cell.page and abs(line.base - cell.base) < 5 * max(cell.size, 5.0)
        edges = [other.x0 for other in line.cells]
        if near and all(any(abs(edge - x) < 4 for edge in edges) for x in (cell.x0, right.x0)):
            return False
    return True


def beside(document: Document, cell: Cell) -> Cell | None:
    """The nearest cell to the right whose line is a little higher or lower."""
    best: Cell | None = None
    for number in range(max(0, cell.line - 3), min(len(document.lines), cell.line + 4)):
        line = document.lines[number]
        if (
            line.page != cell.page
            or number == cell.line
            or abs(line.base - cell.base) > 0.6 * max(cell.size, 4.0)
        ):
            continue
        for other in line.cells:
            if other.x0 >= cell.x1 - 4 and (best is None or other.x0 < best.x0):
                best = other
    return best


def _below(document: Document, cell: Cell, start: int, end: int) -> Iterator[Cell]:
    """The first cell under the label that begins or ends with it, or that it covers."""
    length = max(len(cell.fold), 1)
    left = cell.x0 + (cell.x1 - cell.x0) * start / length
    right = cell.x0 + (cell.x1 - cell.x0) * min(end, length) / length
    for number in range(cell.line + 1, min(len(document.lines), cell.line + 8)):
        line = document.lines[number]
        if line.page != cell.page or line.base - cell.base > 3.2 * max(cell.size, 5.0):
            return
        if line.base - cell.base < 0.6 * cell.size:
            continue
        for other in line.cells:
            covers = min(other.x1, right) - max(other.x0, left)
            if covers > 0.3 * min(other.x1 - other.x0, right - left) or (
                overlap(other, cell) > 0.5 and start == 0
            ):
                yield other
                return
