"""From words to lines and cells: what stands beside, above and below what."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from emulators.gemini.reader.misread import corrected
from emulators.gemini.reader.page import Page, Word

_CELL_GAP = 1.05
_LETTER = (612.0, 792.0, 1008.0)
"""Width of North American paper and its two usual heights."""
_DIGITS_APART = 1.15
_JOINABLE = re.compile(r"[-(]?\d{1,3}")
_THOUSANDS = re.compile(r"\d{3}(?:,\d{1,4})?[-)]?")


def folded(text: str) -> str:
    """`text` for comparing: no case, no accents, one space between words."""
    if text.isascii():
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(one for one in plain if not unicodedata.combining(one)).split())


@dataclass(slots=True)
class Cell:
    """Words of one line that stand close together."""

    words: list[Word]
    page: int
    line: int
    index: int = 0
    text: str = ""
    fold: str = ""

    def __post_init__(self) -> None:
        self.text = " ".join(word.text for word in self.words)
        self.fold = folded(self.text)

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @property
    def y0(self) -> float:
        return min(word.y0 for word in self.words)

    @property
    def y1(self) -> float:
        return max(word.y1 for word in self.words)

    @property
    def base(self) -> float:
        return self.words[0].base

    @property
    def size(self) -> float:
        return max(word.size for word in self.words)

    @property
    def bold(self) -> bool:
        return all(word.bold for word in self.words)


@dataclass(slots=True)
class Line:
    """Cells on one baseline, from left to right. `number` counts through the whole document."""

    page: int
    number: int
    base: float
    cells: list[Cell] = field(default_factory=list)

    @property
    def words(self) -> list[Word]:
        return [word for cell in self.cells for word in cell.words]

    @property
    def text(self) -> str:
        return "  ".join(cell.text for cell in self.cells)

    @property
    def fold(self) -> str:
        return " ".join(cell.fold for cell in self.cells)

    @property
    def size(self) -> float:
        return max(cell.size for cell in self.cells)

    @property
    def x0(self) -> float:
        return self.cells[0].x0


@dataclass
class Document:
    """All pages as lines."""

    pages: list[Page]
    lines: list[Line] = field(default_factory=list)
    table: int = 10**9
    """The number of the line where the items begin, once that is known."""
    items: range = range(0)
    """The lines from the first to the last item's, once they are known."""

    @cached_property
    def cells(self) -> list[Cell]:
        return [cell for line in self.lines for cell in line.cells]

    @cached_property
    def body(self) -> float:
        """The size of type that most of the text has."""
        sizes = sorted(word.size for line in self.lines for word in line.words)
        return sizes[len(sizes) // 2] if sizes else 10.0

    def width(self, page: int) -> float:
        return self.pages[page - 1].width

    def height(self, page: int) -> float:
        return self.pages[page - 1].height

    @property
    def letter(self) -> bool:
        """Whether the pages are of North American paper."""
        return bool(self.pages) and all(
            abs(page.width - _LETTER[0]) < 1 and min(abs(page.height - high) for high in _LETTER[1:]) < 1
            for page in self.pages
        )

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


def document(pages: Iterable[Page]) -> Document:
    answer = Document(list(pages))
    for page in answer.pages:
        for words in _rows(page.words):
            row = _joined(_spaced(words))
            line = Line(page.number, len(answer.lines), row[0].base)
            for cell_words in _split(row):
                cell = Cell(cell_words, page.number, line.number, len(line.cells))
                if page.recognized:
                    cell.fold = corrected(cell.fold)
                line.cells.append(cell)
            answer.lines.append(line)
    return answer


def _rows(words: list[Word]) -> list[list[Word]]:
    """Words by baseline, top to bottom. A row's type may differ a little in size, not in place."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda one: (one.base, one.x0)):
        for row in reversed(rows[-4:]):
            close = abs(row[0].base - word.base) < 0.35 * min(max(word.size, 4.0), max(row[0].size, 4.0))
            if close and not any(one.x0 < word.x1 - 1 and word.x0 < one.x1 - 1 for one in row):
                row.append(word)
                break
        else:
            rows.append([word])
    for row in rows:
        row.sort(key=lambda one: one.x0)
    rows.sort(key=lambda row: row[0].base)
    return rows


def _spaced(words: list[Word]) -> list[Word]:
    """Spaced-out type ("I N V O I C E") as one word."""
    answer: list[Word] = []
    run: list[Word] = []
    for word in words:
        gap_fits = not run or word.x0 - run[-1].x1 < 0.9 * max(word.size, 4.0)
        if len(word.text) <= 2 and word.text.isalpha() and word.text.isupper() and gap_fits:
            run.append(word)
            continue
        answer += _merged(run)
        run = [word] if len(word.text) <= 2 and word.text.isalpha() and word.text.isupper() else []
        if not run:
            answer.append(word)
    return answer + _merged(run)


def _merged(run: list[Word]) -> list[Word]:
    if len(run) < 4 or sum(len(word.text) for word in run) < 5 or max(len(word.text) for word in run) > 2:
        return run
    if sum(len(word.text) == 1 for word in run) < len(run) * 0.6:
        return run
    return [_one(run, "")]


def _one(run: list[Word], between: str) -> Word:
    first = run[0]
    return Word(
        between.join(word.text for word in run),
        first.x0,
        min(word.y0 for word in run),
        max(word.x1 for word in run),
        max(word.y1 for word in run),
        first.base,
        max(word.size for word in run),
        first.bold,
    )


def _joined(words: list[Word]) -> list[Word]:
    """Numbers whose thousands are set apart by a space ("1 234,56") as one word."""
    answer: list[Word] = []
    index = 0
    while index < len(words):
        run = [words[index]]
        if _JOINABLE.fullmatch(words[index].text):
            while index + len(run) < len(words):
                following = words[index + len(run)]
                if not _THOUSANDS.fullmatch(following.text) or _columns_apart(run[-1], following):
                    break
                run.append(following)
                if "," in following.text:
                    break
        if len(run) > 1 and "," in run[-1].text:
            answer.append(_one(run, "\u00a0"))
            index += len(run)
        else:
            answer.append(words[index])
            index += 1
    return answer


def _columns_apart(last: Word, word: Word) -> bool:
    """Whether two numbers are further apart than a space that sets off thousands.

    A space is at most as wide as a digit; in type of even width just as wide.
    """
    if not (last.text[-1:].isdigit() and word.text[:1].isdigit()):
        return False
    return word.x0 - last.x1 > _DIGITS_APART * (word.x1 - word.x0) / len(word.text)


def _split(words: list[Word]) -> list[list[Word]]:
    cells: list[list[Word]] = []
    for word in words:
        last = cells[-1][-1] if cells else None
        if (
            last
            and word.x0 - last.x1 < _CELL_GAP * max(word.size, last.size, 4.0)
            and not _other_type(last, word)
            and not _columns_apart(last, word)
        ):
            cells[-1].append(word)
        else:
            cells.append([word])
    return cells


def _other_type(last: Word, word: Word) -> bool:
    """Whether words differ so much in size that a heading ends or begins between them."""
    small, large = sorted((last.size, word.size))
    return large > 1.45 * max(small, 1.0) and len(last.text) > 2 and len(word.text) > 2


def overlap(a: Cell, b: Cell) -> float:
    """How far two cells overlap sideways, as a share of the narrower one."""
    shared = min(a.x1, b.x1) - max(a.x0, b.x0)
    return shared / max(min(a.x1 - a.x0, b.x1 - b.x0), 1.0)
