"""The sums of the document: from the lines to the amount due."""

from __future__ import annotations

from decimal import Decimal

from common.extraction.figures import HUNDRED, Figures, shown
from common.extraction.review import Review
from common.extraction.sum_rule import Sum, note


def check_net(figures: Figures, review: Review) -> None:
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
    note(
        figures,
        review,
        Sum(
            "BR-CO-13",
            options,
            net,
            f"{subtotal} − {discount or 0} + {charges or 0}",
            "taxable_amt",
            ("discount_amt", "shipping_amt", "charges_amt"),
        ),
    )


def _charges(figures: Figures) -> Decimal | None:
    charges, shipping = figures["charges_amt"], figures["shipping_amt"]
    return charges if charges is not None else shipping


def check_taxes(figures: Figures, review: Review) -> None:
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
        note(
            figures,
            review,
            Sum(
                "BR-CO-14",
                [(total, ("taxes", "tax_amt"))],
                tax,
                " + ".join(map(str, amounts[:12])),
                "tax_amt",
                (),
            ),
        )
    tried = 0
    wrong: list[str] = []
    for row in rows:
        base, rate, amount = row.get("taxable_amt"), row.get("rate"), row.get("amount")
        if base is None or rate is None or amount is None:
            continue
        tried += 1
        wanted = base * rate / HUNDRED
        if abs(wanted - amount) > max(figures.unit, Decimal("0.01")) * 2 and abs(wanted - amount) > abs(
            base
        ) * Decimal("0.0006"):
            wrong.append(f"{rate} % of {base} is {shown(wanted)}, not {amount}")
    if not tried:
        review.check("BR-CO-17", "not_applicable", ("taxes",), "No tax has base, rate and amount.")
    elif wrong:
        review.check("BR-CO-17", "failed", ("taxes",), "; ".join(wrong) + ".")
        if not review.doubted("taxes"):
            review.doubt("sum_mismatch", "; ".join(wrong) + ".", "taxes")
    else:
        review.check("BR-CO-17", "passed", ("taxes",), f"Base × rate = tax for {tried} taxes.")
        figures.confirmed.add("taxes")


def check_gross(figures: Figures, review: Review) -> None:
    """BR-CO-15: net + tax = gross."""
    net, tax, total = figures["taxable_amt"], figures["tax_amt"], figures["total_amt"]
    name = "taxable_amt"
    if net is None and figures["subtotal"] is not None:
        name = "subtotal"
        net = figures["subtotal"] - (figures["discount_amt"] or 0) + (_charges(figures) or 0)
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
    note(
        figures,
        review,
        Sum(
            "BR-CO-15",
            options,
            total,
            f"{net} + {tax}" + (f" + {rounding}" if rounding else ""),
            "total_amt",
            ("shipping_amt", "charges_amt", "discount_amt", "round_off"),
        ),
    )


def check_due(figures: Figures, review: Review) -> None:
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
    note(
        figures,
        review,
        Sum(
            "BR-CO-16",
            options,
            due,
            f"{total} − {prepaid}" + (f" + {rounding}" if rounding else ""),
            "amount_due",
            ("prepaid_amt", "round_off"),
        ),
    )


def check_rates(figures: Figures, review: Review) -> None:
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
    wanted = net * rows[0]["rate"] / HUNDRED
    if abs(wanted - tax) <= max(figures.unit, Decimal("0.01")) * 2:
        figures.confirmed |= {"taxable_amt", "tax_amt", "taxes"}
