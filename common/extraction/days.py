"""Dates of the document: found as printed, where such a date stands, and read in the document's own order."""

from __future__ import annotations

from datetime import date, timedelta

from common.domain.dates import PrintedDate
from common.extraction.paper import Found, Paper
from common.extraction.places import Place
from common.extraction.sums import said
from common.extraction.verdict import Verdict, missing

OWN = {"invoice_date": frozenset({"invoice_date"}), "due_date": frozenset({"due_date"})}
_TITLE = frozenset({"invoice_number", "invoice_title"})
_NAMES = {"invoice_date": "invoice date", "due_date": "due date"}
_SURE = 0.8
_ENOUGH = 0.55
_FOREIGN = 0.6


def ground(paper: Paper, field: str, day: date, *, other: date | None = None, terms: int | None = None) -> Verdict:
    """Where a date stands and whether such a date stands there.

    `other` is the other date of the pair (due for issue, issue for due) and `terms`
    the days between them as the document prints them: they can decide between
    day and month.
    """
    best: tuple[float, Found, PrintedDate] | None = None
    for page, item in paper.dates:
        if day not in item.readings:
            continue
        fit, place = _fit(paper, field, page, item)
        if day not in paper.days(item):
            fit -= 2
        if best is None or fit > best[0]:
            best = fit, Found(page, item.start, item.end, place), item
    if best is None:
        return missing(f"{day} is not printed anywhere on the document.")
    fit, found, item = best
    if fit <= -1:
        meant = paper.days(item)[0]
        return Verdict(
            found, 0.1, "not_found", f"The document prints {paper.text(found)}, which is {meant} in its order of day and month, not {day}."
        )
    others = rivals(paper, field, day)
    name = _NAMES[field]
    if fit < 0:
        assert found.place is not None
        instead = f" The document’s {name} is {others[0]}." if others else ""
        return Verdict(found, 0.2, "wrong_place", f"{day} stands only beside {said(found.place)}.{instead}")
    if fit < _ENOUGH:
        if others:
            return Verdict(
                found, 0.25, "wrong_place", f"Nothing beside {day} calls it the {name}; the document’s {name} is {others[0]}."
            )
        if field == "due_date":
            return Verdict(found, 0.3, "wrong_place", f"Nothing beside {day} says that payment is due then.")
    if len(paper.days(item)) > 1 and not _settled(item, day, other, terms):
        return Verdict(
            found,
            0.3,
            "ambiguous_date",
            f"{paper.text(found)} can be {' or '.join(str(each) for each in paper.days(item))}, and nothing on the document decides.",
        )
    own = bool(found.place and found.place.meanings & OWN[field])
    return Verdict(found, max(fit, 0.4), labelled=own)


def _settled(item: PrintedDate, day: date, other: date | None, terms: int | None) -> bool:
    """Whether the printed days of payment fit this reading of the date, and no other."""
    if other is None or terms is None:
        return False
    fitting = [reading for reading in item.readings if abs((other - reading)) == timedelta(days=terms)]
    return fitting == [day]


def _fit(paper: Paper, field: str, page: int, item: PrintedDate) -> tuple[float, Place | None]:
    """How a printed date's place fits a field: an own label's strength, 0 without a label, below 0 for a foreign one."""
    spoken = paper.places(page, item.start, item.end)
    for place in spoken:
        if place.meanings & OWN[field]:
            return place.strength, place
        if field == "invoice_date" and place.meanings & _TITLE and not place.meanings & {"other_date"}:
            if place.how == "before":
                return 0.75 * max(place.strength, 0.8), place
            if place.how in ("above", "left"):
                return 0.3, place
        if place.strength >= _FOREIGN and place.meanings:
            return -place.strength, place
    return 0.1, None


def rivals(paper: Paper, field: str, day: date) -> list[date]:
    """Other days that a sure label calls by this field's name."""
    found: list[date] = []
    for page, item in paper.dates:
        for place in paper.places(page, item.start, item.end)[:1]:
            if place.meanings & OWN[field] and place.strength >= _SURE:
                if day in item.readings:
                    return []
                found.append(paper.days(item)[0])
    return found
