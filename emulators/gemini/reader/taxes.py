"""The tax of a document: as a whole, and by its rates."""

from __future__ import annotations

import re
from decimal import Decimal

from emulators.gemini.reader.layout import folded
from emulators.gemini.reader.solution import CENT, Kinds, Solution
from emulators.gemini.reader.sums import Sum, fits
from emulators.gemini.reader.sumwords import TAX_NAME

# Taxes that stand for themselves even without a rate beside them.
_OWN = frozenset(("cgst", "sgst", "igst", "utgst", "ugst", "cess", "hst", "pst", "qst"))
_ANY = ("tax", "steuer", "")


def amount(by_kind: Kinds, best: Solution | None) -> Decimal | None:
    """The whole tax where the document prints it; a sum that it does not print is not made up."""
    rows = by_kind.get("tax", [])
    used = best.tax if best is not None else []
    if len(used) == 1:
        return used[0].value
    if used:
        whole = sum((row.value for row in used), Decimal(0))
        return next((row.value for row in rows if row not in used and abs(row.value - whole) <= CENT), None)
    if len({(_word(row), row.value) for row in rows}) == 1:
        return rows[0].value
    # Without a net sum to check by, the tax that the others add up to.
    parts = sum((row.value for row in rows), Decimal(0))
    summing = (row.value for row in rows if len(rows) > 2 and abs(parts - 2 * row.value) <= CENT)
    return next(summing, None)


def breakdown(by_kind: Kinds, best: Solution | None, taxable: Decimal | None) -> list[dict[str, object]]:
    """One entry for each tax and rate; sums over several rates are none."""
    rows = by_kind.get("tax", [])
    used = best.tax if best is not None else []
    found: list[dict[str, object]] = []
    seen: set[tuple[str, Decimal | None, Decimal]] = set()
    for row in rows:
        word = _word(row)
        key = (word, row.rate, row.value)
        repeated = any(one[1:] == key[1:] and (word in one[0] or one[0] in word) for one in seen)
        if repeated or (row.rate is None and not _counts(row, rows, used)):
            continue
        seen.add(key)
        base = row.base
        if base is None and row.rate and taxable is not None and fits(taxable, row.rate, row.value):
            base = taxable
        found.append({"type": _printed(row), "rate": row.rate, "taxable_amt": base, "amount": row.value})
    return found


def _counts(row: Sum, rows: list[Sum], used: list[Sum]) -> bool:
    """Whether a line without a rate is a tax of its own, not the sum of others."""
    rated = [other for other in rows if other.rate is not None]
    if _word(row) not in _OWN:
        return not rated and (row in used or len(rows) == 1)
    return not any(_word(other) == _word(row) for other in rated)


def _word(row: Sum) -> str:
    found = TAX_NAME.search(row.label)
    return found.group(1) if found else ""


def _printed(row: Sum) -> str | None:
    """The tax's name as its line prints it."""
    word = _word(row)
    if not word:
        return None
    # Folded letter by letter, so that positions stay those of the printed text.
    plain = "".join((folded(char) or char)[:1] for char in row.printed)
    found = re.search(rf"(?<![a-z]){re.escape(word)}", plain)
    return row.printed[found.start() : found.end()] if found else word.upper()
