"""A sum that has to come out: passed, or failed and whom to suspect."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from common.extraction.figures import Figures, explained, same, shown, slack_of
from common.extraction.review import Review
from common.extraction.sum_names import MEANINGS
from common.extraction.sums import witnesses

_SURE = 0.9
"""Strength of a place beside a label of the field's own."""


class Sum(NamedTuple):
    """A rule: what may come out, with the fields it is made of, and what stands there."""

    name: str
    options: list[tuple[Decimal, tuple[str, ...]]]
    target: Decimal
    shown: str
    """The sum, written out."""
    result: str
    """The field that holds the target."""
    lacking: tuple[str, ...]
    """Fields that may make up a difference where the document prints them and the values lack them."""


def note(figures: Figures, review: Review, rule: Sum) -> None:
    """Notes a sum as passed or failed, and a failed one as a reason for what it makes doubtful."""
    slack = slack_of(figures, 1)
    wanted, fields = rule.options[0]
    rounding = "round_off" in rule.lacking and figures["round_off"] is None
    for option, used in rule.options:
        if same(option, rule.target, slack, figures, rounding=rounding):
            review.check(rule.name, "passed", used, f"{rule.shown} = {rule.target}.")
            if len(used) > 2 and all(figures[each] for each in used if each not in ("taxes", "items")):
                figures.confirmed |= set(used)
            return
    difference = rule.target - wanted
    extra = explained(figures, difference, rule.lacking, slack)
    if extra is None and rule.result == "amount_due":
        extra = _deducted(figures, difference)
    if extra is not None:
        review.check(rule.name, "passed", fields, f"{rule.shown} and the printed {extra} make {rule.target}.")
        return
    message = f"{rule.shown} is {shown(wanted)}, not {rule.target}; difference {shown(difference)}."
    review.check(rule.name, "failed", fields, message)
    if not any(review.doubted(each) for each in fields):
        for each in _suspects(figures, rule, slack):
            review.doubt("sum_mismatch", message, each)


def _deducted(figures: Figures, difference: Decimal) -> str | None:
    """What a document takes off between its total and its amount due, as a commission or a retention.

    Both must stand beside their own labels, and what lies between them beside one of its own.
    """
    if (
        difference >= 0
        or min(figures.strengths.get(each, 0.0) for each in ("total_amt", "amount_due")) < _SURE
    ):
        return None
    for value in (-difference, difference):
        for page, number in figures.paper.numbers.get(value, ()):
            spoken = figures.paper.places(page, number.start, number.end)
            if (number.decimals or number.money) and any(place.how in ("before", "left") for place in spoken):
                return f"deduction of {-difference}"
    return None


def _leads_to_total(figures: Figures) -> bool:
    """Whether the total of tax is right: it leads from the net total to the total."""
    net, tax, total = figures["taxable_amt"], figures["tax_amt"], figures["total_amt"]
    if net is None or tax is None or total is None:
        return False
    return same(net + tax + (figures["round_off"] or 0), total, slack_of(figures, 1), figures)


def _suspects(figures: Figures, rule: Sum, slack: Decimal) -> list[str]:
    """The fields of a failed sum that there are grounds to suspect, else all of them."""
    wanted, fields = rule.options[0]
    if "taxes" in fields and _leads_to_total(figures):
        return ["taxes"]
    difference = rule.target - wanted
    repaired: list[str] = []
    for each in fields:
        value = figures[each]
        if value is None or each not in MEANINGS:
            continue
        if each == rule.result:
            needed = wanted
        elif each in ("discount_amt", "prepaid_amt"):
            needed = value - difference
        else:
            needed = value + difference
        rivals = witnesses(figures.paper, MEANINGS[each].own)
        if any(abs(rival - needed) <= slack and rival != value for rival in rivals):
            repaired.append(each)
    if repaired:
        return repaired
    weak = [
        each for each in fields if figures.strengths.get(each, 1.0) < 0.55 and each not in figures.confirmed
    ]
    return weak or [each for each in fields if each not in figures.confirmed] or list(fields)
