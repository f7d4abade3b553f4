"""Sums of the document: found in their own notation, where such a sum stands."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from common.extraction.numbers import Number
from common.extraction.other_totals import part_of, rounded
from common.extraction.paper import Found, Paper
from common.extraction.place import Place
from common.extraction.sum_names import MEANINGS, UNSIGNED, Meaning, said
from common.extraction.verdict import Verdict, missing

_EITHER = frozenset({"total", "subtotal"})
"""Meanings of a word that is the total in one language and a subtotal in another, as "Suma"."""
_SURE = 0.8
_ENOUGH = 0.55
_CLEAR = 0.8
_ROUNDED = 0.85
_UNTOLD = 0.35
"""An amount whose place does not tell what it is: the other sums have to."""
_LONGEST = 24
"""Signs of the longest number whose thousands are parted by spaces."""
_CENT = Decimal("0.01")


class Candidate(NamedTuple):
    """An occurrence of an amount and how its place fits the field."""

    found: Found
    number: Number
    fit: float
    """0…1 for an own label, lower for one that can stand in; 0 without a label; below 0 for a foreign one."""
    tail: bool
    """Whether it is the end of a longer number, as 234,56 of 1 234,56."""


def ground(paper: Paper, field: str, value: Decimal, *, either_sign: bool = False) -> Verdict:
    """Where a sum of the document stands, and whether such a sum stands there."""
    meaning = MEANINGS[field]
    if field == "total_amt" and _only_net(paper):
        meaning = meaning._replace(near=meaning.near | {"taxable", "subtotal"})
    candidates = [
        _candidate(paper, meaning, page, number)
        for page, number in _occurrences(paper, value, either_sign or field in UNSIGNED)
    ]
    if not candidates:
        if value == 0:
            return _zero(paper, field)
        return missing(f"{value} is not printed anywhere on the document.")
    best = max(candidates, key=lambda each: (each.fit - each.tail, each.found.page, each.found.start))
    if best.tail:
        # "500,00" of "Total 12 500,00": the sum of twelve things, if the other sums say so.
        return Verdict(best.found, _UNTOLD)
    rivals = witnesses(paper, meaning.own)
    if field == "total_amt" and best.found.place is not None and best.found.place.meanings >= _EITHER:
        others = [each for each in witnesses(paper, frozenset({"total", "due"})) if abs(each) != abs(value)]
        if others:
            says = f"{value} stands beside {said(best.found.place)}; the document’s total is {_list(others)}."
            return Verdict(best.found, 0.2, "wrong_place", says)
    if field == "total_amt":
        verdict = _among_totals(paper, value, best, rivals)
        if verdict is not None:
            return verdict
    if best.fit >= _ENOUGH:
        own = bool(best.found.place and best.found.place.meanings & meaning.own)
        if not own and rivals and all(abs(each) != abs(value) for each in rivals):
            place = best.found.place
            assert place is not None
            return Verdict(
                best.found,
                0.2,
                "wrong_place",
                f"{value} stands beside {said(place)}; the document’s {meaning.name} is {_list(rivals)}.",
            )
        return Verdict(best.found, best.fit, labelled=own)
    if best.fit < 0:
        assert best.found.place is not None
        instead = f" The document’s {meaning.name} is {_list(rivals)}." if rivals else ""
        return Verdict(
            best.found, 0.2, "wrong_place", f"{value} stands only beside {said(best.found.place)}.{instead}"
        )
    rivals = rivals or witnesses(paper, meaning.near)
    if rivals and all(abs(each) != abs(value) for each in rivals):
        return Verdict(
            best.found,
            0.25,
            "wrong_place",
            f"Nothing beside {value} calls it the {meaning.name}; the document’s is {_list(rivals)}.",
        )
    return Verdict(best.found, 0.4)


def _among_totals(paper: Paper, value: Decimal, best: Candidate, totals: list[Decimal]) -> Verdict | None:
    """What is to say of an amount where the document calls several its total; None if nothing is."""
    for each in rounded(paper, totals):
        if abs(each.after) == abs(value):
            return Verdict(each.found, _ROUNDED, labelled=True)
        if abs(each.before) == abs(value) and best.fit >= _ENOUGH:
            message = f"{value} is the total before it is rounded; the document’s total is {each.after:,}."
            return Verdict(best.found, 0.2, "wrong_place", message)
    where = part_of(paper, best.found, best.number, totals) if best.fit >= _ENOUGH else None
    if where is None:
        return None
    others = [each for each in totals if abs(each) != abs(value)]
    instead = f"; the document’s total is {_list(others)}" if others else ""
    message = f"{value} stands {where}{instead}."
    return Verdict(best.found, 0.2, "wrong_place", message)


def _only_net(paper: Paper) -> bool:
    """Whether the document names no total, amount due or tax: then its net sum is what it asks for."""
    return not any(witnesses(paper, frozenset({name})) for name in ("total", "due", "tax"))


def witnesses(paper: Paper, own: frozenset[str]) -> list[Decimal]:
    """The values that a sure label of one of these meanings stands at, in reading order."""
    if own not in paper.witnesses:
        paper.witnesses[own] = _witnesses(paper, own)
    return paper.witnesses[own]


def _witnesses(paper: Paper, own: frozenset[str]) -> list[Decimal]:
    found: list[tuple[Decimal, bool]] = []
    for where, number in paper.sums:
        place = where.place
        if place is None or not place.meanings & own or place.strength < _SURE or place.inner:
            continue
        if "total" in own and place.meanings >= _EITHER:
            continue
        others = paper.places(where.page, number.start, number.end)[1:]
        if all(
            each.meanings & own or each.strength < _CLEAR or not each.meanings or each.heading
            for each in others
        ):
            found.append((number.values[0], "%" in place.text))
    # Several sums of one rate each are parts, not the whole.
    parts = {value for value, of_a_rate in found if of_a_rate}
    kept = [value for value, of_a_rate in found if not (of_a_rate and len(parts) > 1)]
    return list(dict.fromkeys(kept))


def taxes_printed(paper: Paper) -> list[Decimal]:
    """What a sure label calls a tax, place by place: CGST and SGST that no line adds up."""
    return [
        number.values[0]
        for where, number in paper.sums
        if where.place is not None
        and "tax" in where.place.meanings
        and where.place.strength >= _SURE
        and not number.percent
    ]


def _occurrences(paper: Paper, value: Decimal, either_sign: bool) -> Iterable[tuple[int, Number]]:
    for wanted in {value, -value} if either_sign else {value}:
        yield from paper.numbers.get(wanted, ())


def _candidate(paper: Paper, meaning: Meaning, page: int, number: Number) -> Candidate:
    said_here = paper.places(page, number.start, number.end)
    fit, place = 0.0, None
    if number.percent:
        return Candidate(
            Found(page, number.start, number.end, Place(frozenset({"tax_rate"}), 0.9, "%", "before")),
            number,
            -0.9,
            False,
        )
    for each in said_here:
        strength = each.strength * (0.85 if each.inner else 1.0)
        if each.meanings & meaning.own:
            score = strength
        elif each.meanings & meaning.near:
            score = strength * 0.8
        else:
            continue
        if said_here[0].strength - each.strength <= 0.36 and score > fit:
            fit, place = score, each
    own_row = said_here and said_here[0].heading and any(each.how == "left" for each in said_here[1:])
    if place is None and said_here and said_here[0].meanings and said_here[0].strength >= 0.6 and not own_row:
        fit, place = -said_here[0].strength, said_here[0]
    if fit <= 0 and "tax" in meaning.own and _taxed(paper, page, number):
        fit, place = 0.8, Place(frozenset({"tax"}), 0.8, _around(paper, page, number), "left")
    if place is None and number.glued:
        fit = -0.5
        place = Place(frozenset(), 0.5, _around(paper, page, number), "before")
    elif place is None and not number.money and not number.decimals and fit == 0:
        fit = -0.4
        place = Place(frozenset(), 0.4, _around(paper, page, number), "before")
    tail = any(
        each.end == number.end and each.start < number.start
        for each in paper.indexes[page].numbers_in(number.start - _LONGEST, number.start)
    )
    return Candidate(Found(page, number.start, number.end, place), number, fit, tail)


def _taxed(paper: Paper, page: int, number: Number) -> bool:
    """Whether a number is the tax of the amount before it: "VAT 19 % | 198.00 | 37.62"."""
    index = paper.indexes[page]
    span = index.page.lines[index.cells[index.cell_at(number.start)].line]
    row = index.numbers_in(span.start, number.start)
    rates = [each.values[0] for each in row if each.percent]
    bases = [each.values[0] for each in row if each.decimals and not each.percent]
    return any(abs(base * rate / 100 - number.values[0]) <= _CENT * 2 for rate in rates for base in bases)


def _around(paper: Paper, page: int, number: Number) -> str:
    text = paper.pages[page].text
    start = text.rfind("\n", 0, number.start) + 1
    end = text.find("\n", number.end)
    return " ".join(text[start : end if end >= 0 else len(text)].split())


def _zero(paper: Paper, field: str) -> Verdict:
    """A nought that is not printed: right where the document says that there is no tax."""
    if field == "tax_amt":
        for page, index in enumerate(paper.indexes):
            for phrase in EXEMPT:
                at = index.plain.find(phrase)
                if at >= 0:
                    return Verdict(Found(page, at, at + len(phrase)), 0.9, labelled=True)
    return missing("0 is not printed on the document, and nothing on it says so.")


EXEMPT = (
    "reverse charge",
    "reverse-charge",
    "steuerfrei",
    "umsatzsteuerbefreit",
    "kleinunternehmer",
    "nicht steuerbar",
    "steuerschuldnerschaft",
    "vat exempt",
    "tax exempt",
    "exempt from vat",
    "exempt",
    "zero rated",
    "zero-rated",
    "nil rated",
    "autoliquidation",
    "non applicable, art",
    "tva non applicable",
    "exonere",
    "exoneration",
    "exento",
    "inversion del sujeto pasivo",
    "inversione contabile",
    "esente",
    "non imponibile",
    "btw verlegd",
    "vrijgesteld",
    "intra-community",
    "innergemeinschaftlich",
    "export",
    "without payment of",
    "not subject to vat",
    "no vat",
    "no tax",
    "no gst",
    "0%",
    "0 %",
)


def _list(values: list[Decimal]) -> str:
    return " or ".join(f"{value:,}" for value in values[:3])
