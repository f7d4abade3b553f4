"""A page's numbers, dates and labels, found once and looked up by every check."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from common.domain.dates import PrintedDate, dates_in
from common.domain.money import Notation, readings
from common.extraction.page import Cell, Page
from common.extraction.vocabulary import Label, Word, labels, plain, words

_DIGITS = r"\d{1,3}(?:[,.'\u2019]\d{2,3})+(?:[.,]\d{1,6})?(?![\d])|\d+(?:[.,]\d{1,6})?(?![\d])|(?<![\d])[.,]\d{1,4}(?![\d])"
_NUMBER = re.compile(
    rf"(?P<open>\()?(?P<sign>[-\u2212\u2010\u2011\u2013+])?(?P<money1>[$\u20ac\u00a3\u20b9\u00a5])?"
    rf"(?P<sign2>[-\u2212\u2010\u2011\u2013])?(?P<digits>{_DIGITS})"
    rf"(?P<dash>,-|\.-|,\u2013|,\u2014)?(?P<trail>-(?![\w]))?(?P<close>\))?"
)
_SPACED = re.compile(r"[ \u00a0\u202f\u2009]")
_CODES = "EUR|USD|INR|GBP|CHF|PLN|CZK|SEK|NOK|DKK|HUF|AED|MYR|SGD|JPY|CNY|CAD|AUD|NZD|HKD|ZAR|SAR|QAR|BRL|MXN|RON|TRY"
_CURRENCY_BEFORE = re.compile(
    rf"(?:[$€£₹¥₩₺₽₪฿]|(?<![^\W_])(?:{_CODES}|Rs\.?|RM|kr\.?|SFr\.?|Fr\.|zł|Euro))\s?[-\u2212(]?\s?$",
    re.IGNORECASE,
)
_CURRENCY_AFTER = re.compile(rf"\s?(?:[$€£₹¥₩₺₽₪฿]|zł|Kč|Ft\b|kr\b|lei\b|(?:{_CODES}|Euro)\b)", re.IGNORECASE)
_PERCENT_AFTER = re.compile(r"\s?(?:%|percent\b|vH\b|v\.H\.|Prozent\b)")
_MINUS = frozenset("-\u2212\u2010\u2011\u2013")
_DECISIVE = 4


class Number(NamedTuple):
    """A printed number: where it stands and what it can mean, likeliest first."""

    start: int
    end: int
    values: tuple[Decimal, ...]
    decimals: int
    """Digits behind the decimal mark; 0 for a whole number."""
    percent: bool
    money: bool
    """Whether a currency's sign or code stands at it."""
    glued: bool
    """Whether a letter or digit stands directly at it, as in "4kg" or "A4"."""


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
        for number in _numbers(self.text, self.notation):
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
    def rows(self) -> Compact:
        """The page's letters and digits, line by line."""
        return compact(self.plain, range(len(self.plain)))

    @cached_property
    def flow(self) -> Compact:
        """The page's letters and digits, each column of text read down before the next."""
        return compact(
            self.plain,
            [at for chain in columns(self.cells) for cell in chain for at in range(cell.start, cell.end)],
        )

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


def compact(text: str, order: Iterable[int]) -> Compact:
    """The letters and digits of a plain text in an order of reading."""
    at = [position for position in order if text[position].isalnum()]
    return Compact("".join(text[position] for position in at), at)


def columns(cells: tuple[Cell, ...]) -> list[list[Cell]]:
    """Cells chained downwards: paragraphs and columns, each from its top."""
    follower: dict[int, int] = {}
    taken: set[int] = set()
    for number, cell in enumerate(cells):
        height = cell.box.y1 - cell.box.y0
        for other in range(number + 1, min(len(cells), number + 60)):
            below = cells[other]
            if below.line == cell.line or other in taken:
                continue
            if below.box.y0 - cell.box.y1 > 1.6 * height:
                break
            if abs(below.box.x0 - cell.box.x0) <= 1.2 * height:
                follower[number] = other
                taken.add(other)
                break
    chains: list[list[Cell]] = []
    for number in range(len(cells)):
        if number in taken:
            continue
        chain = [cells[number]]
        at = number
        while at in follower:
            at = follower[at]
            chain.append(cells[at])
        chains.append(chain)
    return chains


def _numbers(text: str, notation: Notation | None) -> Iterator[Number]:
    last: re.Match[str] | None = None
    for match in _NUMBER.finditer(text):
        number = _number(text, match, match.start(), notation)
        if number is not None:
            yield number
            if last is not None:
                yield from _spaced(text, last, match, notation)
        last = match


def _number(text: str, match: re.Match[str], start: int, notation: Notation | None) -> Number | None:
    end = match.end()
    if match["open"] and not match["close"]:
        start += 1
    if match["close"] and not match["open"]:
        end -= 1
    digits = match["digits"]
    values = readings(digits, notation)
    if not values:
        return None
    first_digit = match.start("digits")
    lead = text[max(0, first_digit - 8) : start]
    negative = bool(match["open"] and match["close"]) or bool(match["trail"])
    sign = match["sign"] or match["sign2"]
    before = text[start - 1] if start else " "
    if sign in _MINUS and sign is not None:
        # "2018-51112" and "RE-2019" hold hyphens, not minus signs.
        if match["sign"] and (before.isalnum() or before in "-/."):
            start += 1
        else:
            negative = True
    after = text[end : end + 12]
    tail = after[:1]
    money = bool(match["money1"]) or bool(_CURRENCY_BEFORE.search(lead)) or bool(_CURRENCY_AFTER.match(after))
    glued = (
        before.isalnum()
        or (before in "/-."
        and start > 1
        and text[start - 2].isalnum())
        or tail.isalnum()
        or (tail in "/-:" and after[1:2].isalnum())
    ) and not money
    decimals = _decimals(digits, values[0])
    return Number(
        start,
        end,
        tuple(-value if negative else value for value in values),
        decimals,
        bool(_PERCENT_AFTER.match(after)),
        money,
        glued,
    )


def _decimals(digits: str, value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _spaced(
    text: str, last: re.Match[str], match: re.Match[str], notation: Notation | None
) -> Iterator[Number]:
    """A number whose thousands are parted by spaces: 1 234,56."""
    gap = text[last.end() : match.start()]
    whole, rest = last["digits"], match["digits"]
    if len(gap) != 1 or not _SPACED.fullmatch(gap) or last["dash"] or last["trail"] or last["close"]:
        return
    if not whole.isdigit() or not 1 <= len(whole) <= 3 or match["sign"] or match["open"] or match["money1"]:
        return
    if not re.fullmatch(r"\d{3}(?:[.,]\d{1,4})?", rest):
        return
    start = last.start()
    if start and text[start - 1].isalnum():
        return
    joined = re.sub(r",", ".", whole + rest)
    value = Decimal(joined)
    if last["sign"] in _MINUS and last["sign"]:
        value = -value
    after = text[match.end() : match.end() + 12]
    money = bool(
        _CURRENCY_BEFORE.search(text[max(0, last.start("digits") - 6) : last.start("digits")])
    ) or bool(_CURRENCY_AFTER.match(after))
    yield Number(
        start, match.end(), (value,), _decimals(rest, value), bool(_PERCENT_AFTER.match(after)), money, False
    )


def notation_of(pages: Iterable[Page]) -> Notation:
    """The decimal mark that a document's numbers show; undecided where they disagree or are silent."""
    marks: Counter[str] = Counter()
    for page in pages:
        text = page.text
        marks["."] += len(re.findall(r"(?<![\d.,])\d{1,3}(?:,\d{3})*\.\d{2}(?![\d.,])", text))
        marks[","] += len(re.findall(r"(?<![\d.,])\d{1,3}(?:\.\d{3})*,\d{2}(?![\d.,])", text))
    for mark, other in ((".", ","), (",", ".")):
        if marks[mark] >= _DECISIVE * max(1, marks[other]) or (marks[mark] >= 1 and marks[other] == 0):
            return Notation(mark)
    return Notation()
