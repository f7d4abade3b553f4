"""What errors are planted in: a document, the true extraction, and a source of chance."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from evaluation.sameness import folded

_AMOUNT = re.compile(r"(?<![\w.,-])(\d[\d.,' ]{0,12}?[.,]\d{2})(?![\w.,%]|\s?%)")
_CODE = re.compile(r"(?<![\w./-])[A-Z]{0,4}-?\d{4,12}(?![\w/-])(?![.,]\d)")
_DATE = re.compile(r"\b(\d{2})\.(\d{2})\.(20\d{2})\b|\b(20\d{2})-(\d{2})-(\d{2})\b")


@dataclass(frozen=True)
class Subject:
    """A document whose text is known, and its true values."""

    truth: Mapping[str, Any]
    text: str
    chance: random.Random

    def number(self, field: str) -> Decimal | None:
        """A true amount that is neither absent nor 0."""
        value = self.truth.get(field)
        return Decimal(value) if value else None

    @property
    def items(self) -> list[dict[str, Any]]:
        """The true lines."""
        return list(self.truth.get("items") or [])

    @property
    def writes_commas(self) -> bool:
        """Whether the document's decimal mark is a comma."""
        return len(re.findall(r"\d,\d{2}\b", self.text)) > len(re.findall(r"\d\.\d{2}\b", self.text))

    def other_codes(self) -> list[str]:
        """What else on the document looks like a number of a document or of a customer."""
        own = folded(str(self.truth.get("invoice_number") or ""))
        found = {code for code in _CODE.findall(self.text) if folded(code)}
        return sorted(code for code in found if folded(code) not in own and own not in folded(code))

    def other_amounts(self) -> list[Decimal]:
        """What else on the document looks like an amount; what is to be paid is none of it."""
        own = {abs(each) for name in ("total_amt", "amount_due") if (each := self.number(name))}
        found = {Decimal(re.sub(r"\D", "", each)) / 100 for each in _AMOUNT.findall(self.text)}
        return sorted(found - own - {Decimal(0)})

    def other_dates(self) -> Iterator[str]:
        """What else on the document is a date beyond doubt, as YYYY-MM-DD."""
        own = {self.truth.get("invoice_date"), self.truth.get("due_date")}
        for match in _DATE.finditer(self.text):
            day, month, year = match.group(1, 2, 3) if match[1] else match.group(6, 5, 4)
            try:
                told = date(int(year), int(month), int(day)).isoformat()
            except ValueError:
                continue
            if told not in own:
                yield told
