"""The columns of an items table, by the words at their heads."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from .layout import Cell, Document, Line, folded
from .numbers import Style, amount
from .page import Word
from .wordlist import choice, sections

# In this order: the first that fits names the column.
_KINDS = [(kind, re.compile(choice(patterns))) for kind, patterns in sections("columns")]
_NOISE = re.compile(
    r"[(\[](?:eur|usd|inr|gbp|chf|rs\.?|rm|₹|€|\$|£|aud|cad|myr|sgd|euro|in [a-z]{3}|excl?\.?[^)\]]*|"
    r"incl?\.?[^)\]]*|net|netto|ht|ttc|h\.t\.)[)\]]|\b(?:in )?(?:eur|usd|inr|gbp|chf|rs|myr|aud|cad|sgd)\b\.?|"
    r"[₹€$£*:]|\b(?:ohne|excl\.?|exkl\.?|inkl\.?|incl\.?|zzgl\.?|before|after|without|ex|hors) ?"
    r"(?:vat|tax|gst|mwst\.?|ust\.?|tva|iva|btw)\b\.?"
)
_TAIL = re.compile(r"[ .]+(?:ht|h\.t\.?|ttc|t\.t\.c\.?|netto|brutto|net|gross|excl\.?|incl\.?)$")


@dataclass
class Column:
    """One column: its kind ("other" when its head says nothing known) and how far its head reaches."""

    kind: str
    x0: float
    x1: float
    text: str = ""


@dataclass
class Head:
    """The heading of a table: its columns from left to right and the lines that it takes."""

    columns: list[Column]
    page: int
    first: int
    last: int
    base: float = 0.0
    size: float = 8.0

    def column(self, kind: str) -> Column | None:
        return next((column for column in self.columns if column.kind == kind), None)

    @property
    def kinds(self) -> set[str]:
        return {column.kind for column in self.columns}


@dataclass
class _Piece:
    x0: float
    x1: float
    texts: list[str] = field(default_factory=list)


@lru_cache(maxsize=4096)
def kind_of(text: str) -> str | None:
    """The kind of column that a head's folded text names."""
    plain = " ".join(_NOISE.sub(" ", text).split()).strip(" .-:/|")
    bare = plain or text.strip()
    short = _TAIL.sub("", bare)
    for candidate in (bare, short, bare.replace("- ", "").replace(" -", "-"), bare.replace(" ", "")):
        for kind, pattern in _KINDS:
            if pattern.fullmatch(candidate):
                return kind
    return None


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
    known = {kind for cell in line.cells for kind, *_ in _split_kinds(cell) if kind}
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
        (bool(money)
        and len(kinds - {"other"}) >= 3
        and bool(kinds & {"description", "quantity", "code"}))
        or ({"description", "amount"} <= kinds and len(head.columns) <= 3)
    )


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
    pieces: list[_Piece] = []
    main = max(lines, key=lambda one: len(one.cells))
    for line in [main, *(other for other in lines if other is not main)]:
        for cell in line.cells:
            for kind, x0, x1, text in (
                _split_kinds(cell) if line is main else [(None, cell.x0, cell.x1, cell.fold)]
            ):
                home = next(
                    (
                        piece
                        for piece in pieces
                        if min(piece.x1, x1) - max(piece.x0, x0) > 0 and line is not main
                    ),
                    None,
                )
                if home is None:
                    pieces.append(_Piece(x0, x1, [text]))
                else:
                    position = 0 if line.number < main.number else len(home.texts)
                    home.texts.insert(position, text)
                    home.x0, home.x1 = min(home.x0, x0), max(home.x1, x1)
    pieces.sort(key=lambda piece: piece.x0)
    columns = []
    for piece in pieces:
        text = " ".join(piece.texts)
        kind = kind_of(text) or next((kind for one in piece.texts if (kind := kind_of(one))), None)
        columns.append(Column(kind or "other", piece.x0, piece.x1, text))
    _settle(columns)
    return Head(columns, lines[0].page, lines[0].number, lines[-1].number, lines[-1].base, lines[0].size)


def _split_kinds(cell: Cell) -> list[tuple[str | None, float, float, str]]:
    """A cell of a heading as its columns: close heads share a cell ("Qty Unit Price Amount")."""
    whole = kind_of(cell.fold)
    words = cell.words
    if len(words) == 1 or (whole is not None and not _apart(words)):
        return [(whole, cell.x0, cell.x1, cell.fold)]
    parts: list[tuple[str | None, float, float, str]] = []
    start = 0
    while start < len(words):
        for end in range(min(len(words), start + 7), start, -1):
            text = folded(" ".join(word.text for word in words[start:end]))
            kind = kind_of(text)
            if kind is not None:
                parts.append((kind, words[start].x0, words[end - 1].x1, text))
                start = end
                break
        else:
            return _halves(cell)
    return parts


def _halves(cell: Cell) -> list[tuple[str | None, float, float, str]]:
    """A cell of unknown words, cut at its widest gap where that gives the head of a column."""
    words = cell.words
    best: tuple[float, int] | None = None
    for cut in range(1, len(words)):
        pair = [folded(" ".join(word.text for word in part)) for part in (words[:cut], words[cut:])]
        known = sum(kind_of(text) is not None for text in pair)
        gap = words[cut].x0 - words[cut - 1].x1
        if known and gap > 0.5 * cell.size and (best is None or known + gap / 100 > best[0]):
            best = (known + gap / 100, cut)
    if best is None:
        return [(None, cell.x0, cell.x1, cell.fold)]
    parts = (words[: best[1]], words[best[1] :])
    texts = [folded(" ".join(word.text for word in part)) for part in parts]
    return [(kind_of(text), part[0].x0, part[-1].x1, text) for part, text in zip(parts, texts, strict=True)]


def _apart(words: list[Word]) -> bool:
    """Whether words stand further apart than in a phrase, each the head of a column itself."""
    wide = any(b.x0 - a.x1 > 0.55 * max(a.size, 4.0) for a, b in pairwise(words))
    return wide and all(kind_of(folded(word.text)) for word in words)


def _settle(columns: list[Column]) -> None:
    """Heads that may mean two things, by what stands beside them."""
    kinds = [column.kind for column in columns]
    amounts = [index for index, kind in enumerate(kinds) if kind == "amount"]
    described = kinds.index("description") if "description" in kinds else len(kinds)
    if len(amounts) > 1 and "quantity" not in kinds and amounts[0] < described < len(kinds):
        columns[amounts[0]].kind = "quantity"
        amounts = amounts[1:]
    if len(amounts) > 1:
        # Several sums a line: the net one counts, else the last; a price before them is one.
        for index in amounts[:-1]:
            columns[index].kind = (
                "price" if "price" not in kinds and "price" in columns[index].text else "net"
            )
    if not amounts and "net" in kinds:
        columns[len(kinds) - 1 - kinds[::-1].index("net")].kind = "amount"
    elif not amounts and kinds.count("price") > 1:
        columns[len(kinds) - 1 - kinds[::-1].index("price")].kind = "amount"
    elif not amounts and kinds and kinds[-1] == "price" and "quantity" not in kinds:
        columns[-1].kind = "amount"
    described_by = [column for column in columns if column.kind == "description"]
    if len(described_by) > 1:
        # "Article | Description": the plainer word is the description, the other a code.
        named = [
            column
            for column in described_by
            if re.search(r"desc|bezeichn|beschreib|design|omschr|concept|particul|libell", column.text)
        ]
        for column in described_by:
            if column is not (named or described_by)[0]:
                column.kind = "code"
    if "description" not in kinds and "code" in kinds:
        names = [column for column in columns if column.kind == "code"]
        if len(names) > 1 or not any(column.kind == "other" for column in columns):
            names[-1].kind = "description"
    if "quantity" not in kinds and kinds.count("unit") == 1 and "price" in kinds:
        column = columns[kinds.index("unit")]
        if column.text.startswith("unit"):
            column.kind = "quantity"
