"""A whole document as the checks see it: its pages' contents and what they say together."""

from __future__ import annotations

import math
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from common.domain.dates import PrintedDate
from common.errors import Unreadable
from common.extraction.document import Document
from common.extraction.numbers import Number, notation_of
from common.extraction.page import Box
from common.extraction.place import Place
from common.extraction.places import places
from common.extraction.printed import Index
from common.extraction.tongue import language_of

_MAX_WITNESS_PAGES = 30
_ENGLISH = frozenset({None, "English"})
"""Languages in which the month may stand first; None for one that can't be told."""
_LETTER = (612.0, 792.0, 1008.0)
"""Width of North American paper and its two usual heights, in points."""


class Found(NamedTuple):
    """Where a value stands, and the label that speaks for it."""

    page: int
    """Position of the page in the document, from 0."""
    start: int
    end: int
    place: Place | None = None


class Paper:
    """The pages of a document, each found out about once."""

    def __init__(self, document: Document, seconds: float = math.inf, spent: float = 0.0) -> None:
        """`seconds` is how long all work on the document may take, `spent` how long reading it took."""
        self._seconds = seconds
        self._until = time.monotonic() + seconds - spent
        self.pages = document.pages
        self.notation = notation_of(self.pages)
        self.indexes = [Index(page, self.notation) for page in self.pages]
        self.witnesses: dict[frozenset[str], list[Decimal]] = {}
        """The sums that labels name, by their meanings, as they are asked for."""
        self.seller: str | None = None
        """ISO code of the seller's country, once that is known."""
        self._places: dict[tuple[int, int, int], list[Place]] = {}

    def places(self, page: int, start: int, end: int) -> list[Place]:
        """What speaks for a value, the surest first; raises Unreadable when the time is up."""
        if time.monotonic() > self._until:
            raise Unreadable(f"PDF took more than {self._seconds:g} seconds to read")
        key = (page, start, end)
        if key not in self._places:
            self._places[key] = places(self.indexes[page], start, end)
        return self._places[key]

    def text(self, found: Found) -> str:
        """The value as printed, its spaces collapsed."""
        return " ".join(self.pages[found.page].text[found.start : found.end].split())

    def box(self, found: Found) -> Box | None:
        """The union of the value's glyphs."""
        return self.pages[found.page].box(found.start, found.end)

    def spot(self, found: Found) -> Box | None:
        """The same on the page turned so that its text runs from left to right."""
        return self.pages[found.page].spot(found.start, found.end)

    @cached_property
    def numbers(self) -> dict[Decimal, list[tuple[int, Number]]]:
        """Every printed number by what it can mean."""
        found: defaultdict[Decimal, list[tuple[int, Number]]] = defaultdict(list)
        for page, index in enumerate(self.indexes):
            for number in index.numbers:
                for value in number.values:
                    found[value].append((page, number))
        return dict(found)

    @cached_property
    def dates(self) -> list[tuple[int, PrintedDate]]:
        """Every printed date in reading order."""
        return [(page, item) for page, index in enumerate(self.indexes) for item in index.dates]

    @cached_property
    def summary_pages(self) -> list[int]:
        """The pages whose labels speak of sums of the document; the last ones of very many."""
        found = [
            page
            for page, index in enumerate(self.indexes)
            if any(label.meanings & {"total", "due", "taxable", "subtotal", "tax"} for label in index.labels)
        ]
        return found if len(found) <= _MAX_WITNESS_PAGES else found[:5] + found[-(_MAX_WITNESS_PAGES - 5) :]

    @cached_property
    def sums(self) -> list[tuple[Found, Number]]:
        """The numbers that a label calls a sum of the document, with the label."""
        found: list[tuple[Found, Number]] = []
        for page in self.summary_pages:
            end = -1
            for number in self.indexes[page].numbers:
                if number.percent or number.glued or number.end <= end:
                    continue  # "330,00" within "6 330,00"
                end = number.end
                if not (number.money or number.decimals):
                    continue
                said = self.places(page, number.start, number.end)
                if said and said[0].meanings:
                    found.append((Found(page, number.start, number.end, said[0]), number))
        return found

    @cached_property
    def date_order(self) -> str | None:
        """Whether the document writes day or month first, where its own dates show it: "dmy" or "mdy"."""
        votes: Counter[str] = Counter()
        for page, item in self.dates:
            printed = self.pages[page].text[item.start : item.end]
            if item.order in ("dmy", "mdy"):
                votes[item.order] += 1
            elif item.order is None and "." in printed and len(item.readings) > 1:
                votes["dmy"] += 1
        if votes and len([order for order in votes if votes[order]]) == 1:
            return next(iter(votes))
        if votes:
            (first, count), *rest = votes.most_common()
            if not rest or count >= 4 * rest[0][1]:
                return first
        return None

    @cached_property
    def countries(self) -> frozenset[str]:
        """Countries that the document's own tax numbers, signs and addresses point to."""
        from common.extraction.country import countries_in

        return countries_in(index.text for index in self.indexes[:5])

    @cached_property
    def american(self) -> bool:
        """Whether all pages have the sizes of North American paper."""
        return bool(self.pages) and all(
            abs(page.width - _LETTER[0]) < 1 and min(abs(page.height - high) for high in _LETTER[1:]) < 1
            for page in self.pages
        )

    @cached_property
    def letters(self) -> int:
        """How many letters and digits the document shows."""
        return sum(len(index.rows.text) for index in self.indexes)

    def days(self, item: PrintedDate) -> tuple[date, ...]:
        """What a printed date can mean on this document: one day where its order is decided."""
        if len(item.readings) < 2:
            return item.readings
        order = self.date_order or self._order_by_country
        if order == "dmy":
            return item.readings[:1]
        if order == "mdy":
            return item.readings[1:2]
        return item.readings

    @cached_property
    def _order_by_country(self) -> str | None:
        countries = self.countries if self.seller is None else frozenset({self.seller})
        if countries and (countries <= {"US"} or ("US" in countries and self.american)):
            return "mdy"
        if countries and "US" not in countries and not countries & {"CA", "PH"}:
            return "dmy"
        if not countries and language_of("\n".join(index.text for index in self.indexes[:5])) not in _ENGLISH:
            return "dmy"  # the month stands first in English alone
        return None

    def search(self, needle: str) -> Iterator[tuple[int, int, int]]:
        """Where letters and digits stand, whatever spaces, hyphens and line ends are between them."""
        for page, index in enumerate(self.indexes):
            seen: set[tuple[int, int]] = set()
            for compact in (index.rows, index.flow):
                for start, end in compact.find(needle):
                    if start < end and (start, end) not in seen:
                        seen.add((start, end))
                        yield page, start, end
