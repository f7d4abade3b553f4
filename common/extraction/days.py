"""Dates of the document: found as printed, where such a date stands, and read in the document's own order."""

from __future__ import annotations

import re
from datetime import date, timedelta

from common.domain.dates import PrintedDate
from common.extraction.paper import Found, Paper
from common.extraction.place import Place
from common.extraction.sum_names import said
from common.extraction.verdict import Verdict, missing

OWN = {"invoice_date": frozenset({"invoice_date"}), "due_date": frozenset({"due_date", "due"})}
_TITLE = frozenset({"invoice_number", "invoice_title"})
_NAMES = {"invoice_date": "invoice date", "due_date": "due date"}
_EARLY = re.compile(
    r"\b(?:bei zahlung|bei begleichung|if paid|when paid|paid by|en cas de paiement|pago antes|bij betaling"
    r"|skonto)\b"
)
_SAVES = re.compile(r"skonto|discount|escompte|descuento|korting|rabatt|sconto")
_LINKS = frozenset(
    "nr no number nummer vom von of dated du del from den dtd date am le datum on - – / issued".split()
)
_FEW = 5
_SURE = 0.8
_ENOUGH = 0.55
_FOREIGN = 0.6


def ground(
    paper: Paper, field: str, day: date, *, other: date | None = None, terms: int | None = None
) -> Verdict:
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
            found,
            0.1,
            "not_found",
            f"The document prints {paper.text(found)}, in its order of day and month {meant}, not {day}.",
        )
    others = rivals(paper, field, day)
    name = _NAMES[field]
    if fit < 0:
        assert found.place is not None
        instead = f" The document’s {name} is {others[0]}." if others else ""
        return Verdict(found, 0.2, "wrong_place", f"{day} stands only beside {said(found.place)}.{instead}")
    if fit < _ENOUGH:
        if field == "invoice_date" and not others and (due := _called_due(paper, day)) is not None:
            return Verdict(
                found,
                0.25,
                "wrong_place",
                f"{day} stands beside {said(due)}, and nothing calls it the {name}.",
            )
        if others:
            return Verdict(
                found,
                0.25,
                "wrong_place",
                f"Nothing beside {day} calls it the {name}; the document’s {name} is {others[0]}.",
            )
        if field == "due_date":
            return Verdict(found, 0.3, "wrong_place", f"Nothing beside {day} says that payment is due then.")
    if len(paper.days(item)) > 1 and not _settled(item, day, other, terms):
        return Verdict(
            found,
            0.3,
            "ambiguous_date",
            f"{paper.text(found)} can be {' or '.join(map(str, paper.days(item)))}, "
            "and nothing on the document decides.",
        )
    own = bool(found.place and found.place.meanings & OWN[field])
    return Verdict(found, max(fit, 0.4), labelled=own)


def _called_due(paper: Paper, day: date) -> Place | None:
    """The label that calls a day the due date, where one does."""
    for page, item in paper.dates:
        if day in item.readings:
            for place in paper.places(page, item.start, item.end)[:1]:
                if place.meanings & OWN["due_date"] and place.strength >= _SURE:
                    return place
    return None


def _settled(item: PrintedDate, day: date, other: date | None, terms: int | None) -> bool:
    """Whether the printed days of payment fit this reading of the date, and no other."""
    if other is None or terms is None:
        return False
    fitting = [reading for reading in item.readings if abs(other - reading) == timedelta(days=terms)]
    return fitting == [day]


def _fit(paper: Paper, field: str, page: int, item: PrintedDate) -> tuple[float, Place | None]:
    """How a date's place fits a field: a label's strength, near 0 without, negative for a foreign one."""
    spoken = paper.places(page, item.start, item.end)
    for place in spoken:
        if place.meanings & OWN[field]:
            if field == "due_date" and _discounted(paper, page, item):
                return -0.6, place
            return place.strength, place
        if field == "invoice_date" and place.meanings & _TITLE and not place.meanings & {"other_date"}:
            if _dates_the_title(paper, page, item, place):
                return 0.7, place
            return 0.3 if place.how != "before" else 0.1, place
        if place.strength >= _FOREIGN and place.meanings:
            return -place.strength, place
    return 0.1, None


def _dates_the_title(paper: Paper, page: int, item: PrintedDate, place: Place) -> bool:
    """Whether a date stands right behind the title and number: "Invoice No. 4711 of 5 March 2024"."""
    if place.how != "before" or not place.meanings & _TITLE:
        return False
    text = paper.pages[page].text
    start = text.rfind(place.text, 0, item.start)
    words = re.findall(r"\S+", text[start + len(place.text) : item.start].lower()) if start >= 0 else ["?"]
    plain_words = [word.strip(".,:;()#") for word in words if not any(map(str.isdigit, word))]
    return len(words) <= _FEW and all(word in _LINKS or not word for word in plain_words)


def _discounted(paper: Paper, page: int, item: PrintedDate) -> bool:
    """Whether paying by a date earns a discount: "Bei Zahlung bis 14.02.2024 gewähren wir 2 % Skonto"."""
    text = paper.indexes[page].plain
    start = max(text.rfind(". ", 0, item.start), text.rfind("\n", 0, item.start), 0)
    before, behind = text[start : item.start], text[item.end : item.end + 60].split(". ")[0]
    return bool(_EARLY.search(before)) and bool(_SAVES.search(before + behind))


def rivals(paper: Paper, field: str, day: date) -> list[date]:
    """Other days that a sure label calls by this field's name."""
    found: list[date] = []
    for page, item in paper.dates:
        for place in paper.places(page, item.start, item.end)[:1]:
            titled = field == "invoice_date" and _dates_the_title(paper, page, item, place)
            if field == "due_date" and _discounted(paper, page, item):
                continue
            if titled or (place.meanings & OWN[field] and place.strength >= _SURE):
                if day in item.readings:
                    return []
                found.append(paper.days(item)[0])
    return found
