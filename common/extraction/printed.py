"""A page's numbers, dates and labels, found once and looked up by every check."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import chain, compress, count
from typing import NamedTuple

from common.domain.dates import PrintedDate, dates_in
from common.domain.money import Notation
from common.extraction.numbers import Number, numbers_in_text
from common.extraction.page import Cell, Page
from common.extraction.vocabulary import Label, Word, labels, plain, words


class Index:
    """What stands on one page, ready to be looked up."""

    def __init__(self, page: Page, notation: Notation | None = None) -> None:
        self.page = page
        self.text = page.text
        self.notation = notation

    @cached_property
    def plain(self) -> str:
        """The page's text in lower case without accents, character for character."""
        return plain(self.text)

    @cached_property
    def words(self) -> list[Word]:
        """The page's words."""
        return words(self.plain, self.text)

    @cached_property
    def labels(self) -> list[Label]:
        """The page's labels, from left to right and top to bottom."""
        return list(labels(self.plain, self.words))

    @cached_property
    def dates(self) -> list[PrintedDate]:
        """The page's dates, each within its cell."""
        return [
            PrintedDate(item.start + cell.start, item.end + cell.start, item.readings, item.order)
            for cell in self.cells
            for item in dates_in(self.text[cell.start : cell.end])
        ]

    @cached_property
    def numbers(self) -> list[Number]:
        """The page's numbers; those within a date are left out."""
        taken = [(each.start, each.end) for each in self.dates]
        starts = [start for start, _ in taken]
        found: list[Number] = []
        for number in numbers_in_text(self.text, self.notation):
            at = bisect_right(starts, number.start) - 1
            if at >= 0 and taken[at][1] > number.start:
                continue
            if at + 1 < len(taken) and taken[at + 1][0] < number.end:
                continue
            found.append(number)
        return sorted(found, key=lambda number: (number.start, -number.end))

    @cached_property
    def _number_starts(self) -> list[int]:
        return [number.start for number in self.numbers]

    def numbers_in(self, start: int, end: int) -> list[Number]:
        """The numbers that begin within a part of the text."""
        first = bisect_right(self._number_starts, start - 1)
        return self.numbers[first : bisect_right(self._number_starts, end - 1)]

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The page's cells in reading order."""
        return self.page.cells

    @cached_property
    def _cell_starts(self) -> list[int]:
        return [cell.start for cell in self.cells]

    def cell_at(self, position: int) -> int:
        """Index of the cell that holds a position of the text."""
        return max(0, bisect_right(self._cell_starts, position) - 1)

    @cached_property
    def _label_starts(self) -> list[int]:
        return [label.start for label in self.labels]

    def labels_in(self, start: int, end: int) -> list[Label]:
        """The labels that begin within a part of the text."""
        first = bisect_right(self._label_starts, start - 1)
        return self.labels[first : bisect_right(self._label_starts, end - 1)]

    @cached_property
    def cell_labels(self) -> list[list[Label]]:
        """The labels that begin within each cell."""
        return [self.labels_in(cell.start, cell.end) for cell in self.cells]

    @cached_property
    def cell_values(self) -> list[bool]:
        """Whether a number or date begins within each cell."""
        return [self.has_value(cell.start, cell.end) for cell in self.cells]

    @cached_property
    def rows(self) -> Compact:
        """The page's letters and digits, line by line."""
        shown = list(map(str.isalnum, self.plain))
        return Compact("".join(compress(self.plain, shown)), list(compress(count(), shown)))

    @cached_property
    def flow(self) -> Compact:
        """The page's letters and digits, each column of text read down before the next."""
        text, at = self.rows
        signs: list[str] = []
        places: list[int] = []
        for cell in chain.from_iterable(columns(self.cells)):
            first = bisect_left(at, cell.start)
            behind = bisect_left(at, cell.end, first)
            signs.append(text[first:behind])
            places += at[first:behind]
        return Compact("".join(signs), places)

    @cached_property
    def _value_starts(self) -> list[int]:
        return sorted([number.start for number in self.numbers] + [each.start for each in self.dates])

    def has_value(self, start: int, end: int) -> bool:
        """Whether a number or date begins within a part of the text."""
        at = bisect_right(self._value_starts, start - 1)
        return at < len(self._value_starts) and self._value_starts[at] < end


class Compact(NamedTuple):
    """A text reduced to letters and digits, so that spaces, hyphens and line ends don't matter."""

    text: str
    at: list[int]
    """Where each character stands in the page's text."""

    def find(self, needle: str) -> Iterator[tuple[int, int]]:
        """The parts of the page's text whose letters and digits are `needle`."""
        start = self.text.find(needle)
        while start >= 0 and needle:
            yield self.at[start], self.at[start + len(needle) - 1] + 1
            start = self.text.find(needle, start + 1)


def columns(cells: tuple[Cell, ...]) -> list[list[Cell]]:
    """Cells chained downwards: paragraphs and columns, each from its top."""
    follower: dict[int, int] = {}
    taken: set[int] = set()
    for number, (_, _, line, (left, top, _, bottom)) in enumerate(cells):
        height = bottom - top
        for other in range(number + 1, min(len(cells), number + 60)):
            _, _, its_line, (its_left, its_top, _, _) = cells[other]
            if its_line == line or other in taken:
                continue
            if its_top - bottom > 1.6 * height:
                break
            if abs(its_left - left) <= 1.2 * height:
                follower[number] = other
                taken.add(other)
                break
    chains: list[list[Cell]] = []
    for number in range(len(cells)):
        if number in taken:
            continue
        column = [cells[number]]
        at = number
        while at in follower:
            at = follower[at]
            column.append(cells[at])
        chains.append(column)
    return chains
