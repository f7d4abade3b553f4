"""Do the figures fit together: lines, taxes, and the way from the lines to the amount due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from common.domain.currencies import smallest
from common.extraction.paper import Paper
from common.extraction.review import Review
from common.extraction.sums import MEANINGS, witnesses

_HUNDRED = Decimal(100)
_HALF = Decimal("0.5")
_TWO_PERCENT = Decimal("0.02")
_RUPEE = Decimal(1)
_EXTRAS = {
    "shipping_amt": frozenset({"shipping"}),
    "charges_amt": frozenset({"charges", "shipping"}),
    "discount_amt": frozenset({"discount"}),
    "round_off": frozenset({"round_off"}),
    "prepaid_amt": frozenset({"prepaid"}),
}


@dataclass
class Figures:
    """The values that the sums are made of, and what is known of each."""

    data: dict[str, Any]
    paper: Paper
    strengths: dict[str, float]
    """How surely each value's place means its field."""
    base_quantities: Sequence[Decimal | None] = ()
    line_charges: Sequence[Decimal | None] = ()
    row_numbers: Sequence[frozenset[Decimal]] = ()
    """For each item, the numbers that its own line prints."""
    confirmed: set[str] = field(default_factory=set)
    """Fields that a sum of at least three figures confirms."""
    confirmed_items: set[int] = field(default_factory=set)
    reconciled: bool | None = None
    """Whether the lines add up to a sum of the document; None where there is none to compare with."""

    def __getitem__(self, name: str) -> Decimal | None:
        value = self.data.get(name)
        return value if isinstance(value, Decimal) else None

    @property
    def unit(self) -> Decimal:
        """The smallest amount of the currency, as far as the figures themselves keep to it."""
        return smallest(self.data.get("currency"))


def check(figures: Figures, review: Review) -> None:
    """Tries every sum that the figures allow and notes the outcome."""
    _lines(figures, review)
    _line_sum(figures, review)
    _net(figures, review)
    _taxes(figures, review)
    _gross(figures, review)
    _due(figures, review)
    _rates(figures, review)


def _lines(figures: Figures, review: Review) -> None:
    """quantity × price − discount = amount, for each line that has them."""
    failed: list[str] = []
    tried = 0
    for number, item in enumerate(figures.data["items"]):
        outcome = line_amount(figures, number, item)
        if outcome is None:
            continue
        tried += 1
        if outcome is True:
            figures.confirmed_items.add(number)
            continue
        failed.append(outcome)
        cells = [cell for cell in ("quantity", "unit_price", "amount") if review.doubted_cell(number, cell)]
        for cell in () if cells else ("quantity", "unit_price", "amount"):
            review.doubt("sum_mismatch", f"Line {number + 1}: {outcome}.", "items", number, cell)
    if not tried:
        review.check("line_amount", "not_applicable", ("items",), "No line has quantity, price and amount.")
    elif failed:
        review.check("line_amount", "failed", ("items",), "; ".join(failed[:20]) + ".")
    else:
        review.check("line_amount", "passed", ("items",), f"Quantity × price = amount on {tried} lines.")


def line_amount(figures: Figures, number: int, item: dict[str, Any]) -> bool | str | None:
    """Whether a line's own figures fit; a text with the figures where they don't, None where some lack."""
    quantity, price, amount = item.get("quantity"), item.get("unit_price"), item.get("amount")
    if quantity is None or price is None or amount is None:
        return None
    base = figures.base_quantities[number] if number < len(figures.base_quantities) else None
    extra = figures.line_charges[number] if number < len(figures.line_charges) else None
    gross = quantity * price / (base or 1)
    discount = item.get("discount") or Decimal(0)
    tolerance = _tolerance(figures, quantity, price, amount)
    for wanted in (
        gross - discount + (extra or 0),
        gross - discount,
        gross + discount,
        gross - discount * quantity,
    ):
        if (
            abs(wanted - amount) <= tolerance
            or (abs(wanted + amount) <= tolerance
            and amount * wanted < 0
            and _credit(figures))
        ):
            return True
    if number < len(figures.row_numbers) and item.get("discount") is None:
        # A discount that is printed as a percentage only.
        for percent in figures.row_numbers[number]:
            if 0 < percent < _HUNDRED and abs(gross * (1 - percent / _HUNDRED) - amount) <= tolerance:
                return True
    rate = item.get("tax_rate")
    if rate is not None:
        taxed = gross * (1 + rate / _HUNDRED)
        if abs(taxed - discount - amount) <= tolerance * 2:
            return True
    tax = item.get("tax_amt")
    if tax is not None and abs(gross - discount + tax - amount) <= tolerance * 2:
        return True
    return (
        f"{quantity} × {price}"
        + (f" − {discount}" if discount else "")
        + f" is {_shown(gross - discount)}, not {amount}"
    )


def _credit(figures: Figures) -> bool:
    return figures.data.get("document_type") == "credit_note"


def _tolerance(figures: Figures, quantity: Decimal, price: Decimal, amount: Decimal) -> Decimal:
    """What rounding of the printed price and amount can make up."""
    places = _places(price.normalize())
    slack = abs(quantity) * _HALF * Decimal(1).scaleb(-max(places, 2))
    return (
        min(slack, abs(amount) * _TWO_PERCENT) + max(figures.unit, Decimal("0.01")) * _HALF + Decimal("0.005")
    )


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _line_sum(figures: Figures, review: Review) -> None:
    """BR-CO-10: the lines add up to the subtotal, or, printed with tax, to the total."""
    items = figures.data["items"]
    amounts = [item.get("amount") for item in items]
    fields = ("items", "subtotal")
    if not amounts or any(amount is None for amount in amounts):
        review.check("BR-CO-10", "not_applicable", fields, "Not every line has an amount.")
        return
    total = sum(amounts, Decimal(0))
    slack = _slack(figures, len(amounts))
    targets = {
        name: figures[name] for name in ("subtotal", "taxable_amt", "total_amt") if figures[name] is not None
    }
    if not targets:
        review.check(
            "BR-CO-10", "not_applicable", fields, "No sum of the document to compare the lines with."
        )
        return
    discount, charges = (
        figures["discount_amt"] or Decimal(0),
        figures["charges_amt"] or figures["shipping_amt"] or Decimal(0),
    )
    tax = figures["tax_amt"] or Decimal(0)
    rounding = figures["round_off"] or Decimal(0)
    line_tax = sum((item.get("tax_amt") or Decimal(0) for item in items), Decimal(0))
    options: dict[str, tuple[Decimal, ...]] = {
        "subtotal": (total, total - tax, total - line_tax, total + line_tax),
        "taxable_amt": (total - discount + charges, total, total - tax - discount + charges),
        "total_amt": (
            total - discount + charges + tax + rounding,
            total - discount + charges + rounding,
            total + rounding,
            total + tax + rounding,
        ),
    }
    wanted = (
        "subtotal" if "subtotal" in targets else "taxable_amt" if "taxable_amt" in targets else "total_amt"
    )
    target = targets[wanted]
    assert target is not None
    if any(_same(option, target, slack, figures) for option in options[wanted]):
        figures.reconciled = True
        if len(amounts) > 1:
            figures.confirmed.add(wanted)
        figures.confirmed |= {"items"}
        review.check("BR-CO-10", "passed", ("items", wanted), f"The lines add up to {target}.")
        return
    for name in ("taxable_amt", "total_amt"):
        other = targets.get(name)
        if (
            other is not None
            and name != wanted
            and any(_same(option, other, slack, figures) for option in options[name])
        ):
            figures.reconciled = True
            review.check(
                "BR-CO-10",
                "passed",
                ("items", name),
                f"The lines add up to the {MEANINGS[name].name} of {other}.",
            )
            figures.confirmed |= {"items"}
            return
    extra = _explained(
        figures, target - total, ("discount_amt", "shipping_amt", "charges_amt", "round_off"), slack
    )
    if extra is not None and wanted != "subtotal":
        figures.reconciled = True
        review.check(
            "BR-CO-10", "passed", ("items", wanted), f"The lines and the printed {extra} add up to {target}."
        )
        return
    figures.reconciled = False
    message = f"The lines add up to {_shown(total)}, the {MEANINGS[wanted].name} is {target}"
    review.check("BR-CO-10", "failed", ("items", wanted), f"{message}; difference {_shown(target - total)}.")


def blame_line_sum(figures: Figures, review: Review, *, missing: bool) -> None:
    """Names what a sum of lines that does not fit makes doubtful; `missing`: an unread line explains it."""
    failed = next(
        (check for check in review.checks if check.name == "BR-CO-10" and check.status == "failed"), None
    )
    if failed is None or missing:
        return
    target = failed.fields[1]
    if any(each.field == "items" for each in review.reasons) or review.doubted(target):
        return
    rest = witnesses(figures.paper, MEANINGS[target].own)
    total = sum((item["amount"] for item in figures.data["items"]), Decimal(0))
    slack = _slack(figures, len(figures.data["items"]))
    if any(_same(total, value, slack, figures) for value in rest):
        review.doubt("sum_mismatch", failed.message, target)
        return
    sure = target in figures.confirmed or figures.strengths.get(target, 0.0) >= 0.9
    if not sure:
        review.doubt("sum_mismatch", failed.message, target)
    if all(number in figures.confirmed_items for number in range(len(figures.data["items"]))):
        review.doubt("sum_mismatch", f"{failed.message} A line may be missing, or be none.", "items")
        return
    for number in range(len(figures.data["items"])):
        if number not in figures.confirmed_items:
            review.doubt("sum_mismatch", failed.message, "items", number, "amount")


def _net(figures: Figures, review: Review) -> None:
    """BR-CO-13: net = lines − allowances + charges."""
    subtotal, net = figures["subtotal"], figures["taxable_amt"]
    discount, charges = figures["discount_amt"], _charges(figures)
    fields = ("subtotal", "discount_amt", "charges_amt", "taxable_amt")
    if subtotal is None or net is None:
        review.check("BR-CO-13", "not_applicable", fields, "No subtotal or no net total.")
        return
    used = tuple(
        name
        for name in ("subtotal", "discount_amt", "shipping_amt", "charges_amt", "taxable_amt")
        if figures[name] is not None
    )
    options = [(subtotal - (discount or 0) + (charges or 0), used)]
    if charges is not None:
        # Freight that is charged behind the net total, with the tax.
        options.append((subtotal - (discount or 0), used))
    options.append((subtotal + (discount or 0) + (charges or 0), used))
    _judge(
        figures,
        review,
        "BR-CO-13",
        options,
        net,
        f"{subtotal} − {discount or 0} + {charges or 0}",
        "taxable_amt",
        ("discount_amt", "shipping_amt", "charges_amt"),
    )


def _charges(figures: Figures) -> Decimal | None:
    charges, shipping = figures["charges_amt"], figures["shipping_amt"]
    return charges if charges is not None else shipping


def _taxes(figures: Figures, review: Review) -> None:
    """BR-CO-14: the taxes add up; BR-CO-17: each is its rate of its base."""
    rows = figures.data["taxes"]
    amounts = [row.get("amount") for row in rows]
    tax = figures["tax_amt"]
    if not rows or any(amount is None for amount in amounts) or tax is None:
        review.check(
            "BR-CO-14", "not_applicable", ("taxes", "tax_amt"), "No amount of each tax, or no total of tax."
        )
    else:
        total = sum(amounts, Decimal(0))
        _judge(
            figures,
            review,
            "BR-CO-14",
            [(total, ("taxes", "tax_amt"))],
            tax,
            " + ".join(map(str, amounts[:12])),
            "tax_amt",
            (),
        )
    tried = 0
    wrong: list[str] = []
    for row in rows:
        base, rate, amount = row.get("taxable_amt"), row.get("rate"), row.get("amount")
        if base is None or rate is None or amount is None:
            continue
        tried += 1
        wanted = base * rate / _HUNDRED
        if abs(wanted - amount) > max(figures.unit, Decimal("0.01")) * 2 and abs(wanted - amount) > abs(
            base
        ) * Decimal("0.0006"):
            wrong.append(f"{rate} % of {base} is {_shown(wanted)}, not {amount}")
    if not tried:
        review.check("BR-CO-17", "not_applicable", ("taxes",), "No tax has base, rate and amount.")
    elif wrong:
        review.check("BR-CO-17", "failed", ("taxes",), "; ".join(wrong) + ".")
        if not review.doubted("taxes"):
            review.doubt("sum_mismatch", "; ".join(wrong) + ".", "taxes")
    else:
        review.check("BR-CO-17", "passed", ("taxes",), f"Base × rate = tax for {tried} taxes.")
        figures.confirmed.add("taxes")


def _gross(figures: Figures, review: Review) -> None:
    """BR-CO-15: net + tax = gross."""
    net, tax, total = figures["taxable_amt"], figures["tax_amt"], figures["total_amt"]
    name = "taxable_amt"
    if net is None and figures["subtotal"] is not None:
        name = "subtotal"
        net = figures["subtotal"] - (figures["discount_amt"] or 0) + (_charges(figures) or 0)  # type: ignore[operator]
    if net is None or total is None or tax is None:
        review.check(
            "BR-CO-15",
            "not_applicable",
            ("taxable_amt", "tax_amt", "total_amt"),
            "No net total, tax or total.",
        )
        return
    rounding = figures["round_off"] or Decimal(0)
    fields = (name, "tax_amt", *(("round_off",) if rounding else ()), "total_amt")
    options = [(net + tax + rounding, fields), (net + tax, fields)]
    charges = _charges(figures)
    if charges:
        options.append(
            (
                net + tax + charges + rounding,
                (*fields, "shipping_amt" if figures["charges_amt"] is None else "charges_amt"),
            )
        )
    if name == "subtotal" and figures["discount_amt"] is not None:
        options.append((net + tax + (figures["discount_amt"] or 0) * 2, fields))
    if name == "subtotal" and net is not None:
        # A subtotal that is printed with its tax.
        options.append((net + rounding, fields))
    _judge(
        figures,
        review,
        "BR-CO-15",
        options,
        total,
        f"{net} + {tax}" + (f" + {rounding}" if rounding else ""),
        "total_amt",
        ("shipping_amt", "charges_amt", "discount_amt", "round_off"),
    )


def _due(figures: Figures, review: Review) -> None:
    """BR-CO-16: due = gross − prepaid + rounding."""
    total, due = figures["total_amt"], figures["amount_due"]
    prepaid, rounding = figures["prepaid_amt"] or Decimal(0), figures["round_off"] or Decimal(0)
    if total is None or due is None:
        review.check(
            "BR-CO-16",
            "not_applicable",
            ("total_amt", "prepaid_amt", "amount_due"),
            "No total or no amount due.",
        )
        return
    fields = tuple(
        name for name in ("total_amt", "prepaid_amt", "round_off", "amount_due") if figures[name] is not None
    )
    options = [(total - prepaid + rounding, fields), (total - prepaid, fields)]
    _judge(
        figures,
        review,
        "BR-CO-16",
        options,
        due,
        f"{total} − {prepaid}" + (f" + {rounding}" if rounding else ""),
        "amount_due",
        ("prepaid_amt", "round_off"),
    )


def _rates(figures: Figures, review: Review) -> None:
    """One rate for all: net × rate = tax, where the document has a single tax."""
    rows = figures.data["taxes"]
    net, tax = figures["taxable_amt"], figures["tax_amt"]
    if (
        len(rows) != 1
        or rows[0].get("rate") is None
        or net is None
        or tax is None
        or rows[0].get("taxable_amt") is not None
    ):
        return
    wanted = net * rows[0]["rate"] / _HUNDRED
    if abs(wanted - tax) <= max(figures.unit, Decimal("0.01")) * 2:
        figures.confirmed |= {"taxable_amt", "tax_amt", "taxes"}


def _judge(
    figures: Figures,
    review: Review,
    name: str,
    options: list[tuple[Decimal, tuple[str, ...]]],
    target: Decimal,
    sum_shown: str,
    result: str,
    lacking: tuple[str, ...],
) -> None:
    """Notes a sum as passed or failed, and a failed one as a reason for what it makes doubtful."""
    slack = _slack(figures, 1)
    fields = options[0][1]
    for wanted, used in options:
        if _same(
            wanted, target, slack, figures, rounding="round_off" in lacking and figures["round_off"] is None
        ):
            review.check(name, "passed", used, f"{sum_shown} = {target}.")
            if len(used) > 2 and all(figures[each] for each in used if each not in ("taxes", "items")):
                figures.confirmed |= set(used)
            return
    difference = target - options[0][0]
    extra = _explained(figures, difference, lacking, slack)
    if extra is not None:
        review.check(name, "passed", fields, f"{sum_shown} and the printed {extra} make {target}.")
        return
    message = f"{sum_shown} is {_shown(options[0][0])}, not {target}; difference {_shown(difference)}"
    review.check(name, "failed", fields, f"{message}.")
    if any(review.doubted(each) for each in fields):
        return
    for each in _suspects(figures, fields, options[0][0], target, result, slack):
        review.doubt("sum_mismatch", f"{message}.", each)


def _suspects(
    figures: Figures, fields: tuple[str, ...], wanted: Decimal, target: Decimal, result: str, slack: Decimal
) -> list[str]:
    """The fields of a failed sum that there are grounds to suspect, else all of them."""
    repaired: list[str] = []
    for each in fields:
        value = figures[each]
        if value is None or each not in MEANINGS:
            continue
        needed = target - wanted + value if each != result else wanted
        if each in ("discount_amt", "prepaid_amt"):
            needed = value - (target - wanted)
        rivals = witnesses(figures.paper, MEANINGS[each].own)
        if any(abs(rival - needed) <= slack and rival != value for rival in rivals):
            repaired.append(each)
    if repaired:
        return repaired
    weak = [
        each for each in fields if figures.strengths.get(each, 1.0) < 0.55 and each not in figures.confirmed
    ]
    if weak:
        return weak
    free = [each for each in fields if each not in figures.confirmed]
    return free or list(fields)


def _explained(figures: Figures, difference: Decimal, lacking: tuple[str, ...], slack: Decimal) -> str | None:
    """The printed sum, lacking among the values, that makes up a difference; its name and figure."""
    if not difference:
        return None
    for name in lacking:
        if figures[name] is not None:
            continue
        for value in witnesses(figures.paper, _EXTRAS[name]):
            if abs(abs(value) - abs(difference)) <= slack and value:
                return f"{MEANINGS[name].name} of {value}"
    return None


def _same(one: Decimal, other: Decimal, slack: Decimal, figures: Figures, *, rounding: bool = False) -> bool:
    if abs(one - other) <= slack:
        return True
    # Indian invoices are rounded to the rupee, often without a line that says so.
    return (
        rounding
        and figures.data.get("currency") == "INR"
        and abs(one - other) < _RUPEE
        and other == other.to_integral_value()
    )


def _slack(figures: Figures, terms: int) -> Decimal:
    """What rounding can make up in a sum of so many printed figures."""
    unit = min(figures.unit, Decimal("0.01"))
    return unit + min(unit * 4, unit * _HALF * max(0, terms - 3) / 4)


def _shown(value: Decimal) -> str:
    rounded = value.quantize(Decimal("0.01")) if _places(value) > 2 else value
    return f"{rounded:f}"
