"""Finding the headings of tables that may hold items."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from emulators.gemini.reader.columns import Column, Head, kind_of, numbered, split
from emulators.gemini.reader.headkinds import settle
from emulators.gemini.reader.layout import Document, Line
from emulators.gemini.reader.numbers import Style, amount


@dataclass
class _Piece:
    x0: float
    x1: float
    texts: list[str] = field(default_factory=list)


def heads(document: Document, style: Style) -> list[Head]:
    """The headings of tables that may hold items, in order."""
    found: list[Head] = []
    for line in document.lines:
        if found and found[-1].page == line.page and line.number <= found[-1].last:
            continue
        if _has_figures(line, style):
            continue
        head = _head(document, line, style)
        if head is not None:
            found.append(head)
    return found


def _has_figures(line: Line, style: Style) -> bool:
    return any(
        (found := amount(word.text, style)) is not None
        and (found.money or found.decimals or len(word.text) > 2)
        for word in line.words
    )


def _head(document: Document, line: Line, style: Style) -> Head | None:
    """The heading whose main line is `line`, with the lines that its words are wrapped onto."""
    known = {kind for cell in line.cells for kind, *_ in split(cell) if kind}
    if len(known) < 2 or not known & {"amount", "price", "quantity", "net", "description"}:
        return None
    best: Head | None = None
    for above in range(3):
        for below in range(3):
            lines = _around(document, line, above, below, style)
            if lines is None:
                continue
            head = _built(lines)
            if _fits(head) and (best is None or _worth(head) > _worth(best)):
                best = head
    return best


def _worth(head: Head) -> float:
    known = [column for column in head.columns if column.kind != "other"]
    return (
        len({column.kind for column in known})
        - 0.3 * (len(head.columns) - len(known))
        - 0.05 * (head.last - head.first)
    )


def _fits(head: Head) -> bool:
    kinds = head.kinds
    money = kinds & {"amount", "price", "net"}
    return (
        bool(money) and len(kinds - {"other"}) >= 3 and bool(kinds & {"description", "quantity", "code"})
    ) or ({"description", "amount"} <= kinds and len(head.columns) <= 3)


def _around(document: Document, line: Line, above: int, below: int, style: Style) -> list[Line] | None:
    """`line` with so many lines before and after it, if they may be parts of one heading."""
    lines = document.lines[line.number - above : line.number + below + 1] if line.number >= above else []
    if len(lines) != above + below + 1 or any(other.page != line.page for other in lines):
        return None
    for first, second in pairwise(lines):
        if second.base - first.base > 1.75 * max(line.size, 6.0):
            return None
    for other in lines:
        if other is not line and (
            _has_figures(other, style) or any(len(cell.words) > 4 for cell in other.cells)
        ):
            return None
        if other is not line and any(":" in cell.text for cell in other.cells):
            return None
    return lines


def _built(lines: list[Line]) -> Head:
    """The heading that these lines make, words that stand over each other in one column."""
    main = max(lines, key=lambda one: len(one.cells))
    pieces = [_Piece(x0, x1, [text]) for cell in main.cells for _, x0, x1, text in split(cell)]
    for line in lines:
        if line is not main:
            for cell in line.cells:
                for part in split(cell) if numbered(cell.words) else [(None, cell.x0, cell.x1, cell.fold)]:
                    _wrap(pieces, *part[1:], above=line.number < main.number)
    pieces.sort(key=lambda piece: piece.x0)
    columns = []
    for piece in pieces:
        text = " ".join(piece.texts)
        kind = kind_of(text) or next((kind for one in piece.texts if (kind := kind_of(one))), None)
        columns.append(Column(kind or "other", piece.x0, piece.x1, text))
    settle(columns)
    return Head(columns, lines[0].page, lines[0].number, lines[-1].number)


def _wrap(pieces: list[_Piece], x0: float, x1: float, text: str, *, above: bool) -> None:
    """Adds a word of another line to the head that it stands over or under."""
    for piece in pieces:
        if min(piece.x1, x1) - max(piece.x0, x0) > 0:
            piece.texts.insert(0 if above else len(piece.texts), text)
            piece.x0, piece.x1 = min(piece.x0, x0), max(piece.x1, x1)
            return
    pieces.append(_Piece(x0, x1, [text]))
