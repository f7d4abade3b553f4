"""`confidence`: how sure a value is, by one rule, from the evidence alone."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from common.domain.fields import HEADER_NAMES
from common.extraction.judge import Judgement
from common.extraction.verdict import Verdict

_DOUBTED = 0.33


def confidence_of(judgement: Judgement) -> dict[str, Any]:
    """0…1 for each value: under 0.5 exactly where a reason names it, null for a null.

    | what speaks for the value | confidence |
    |---|---|
    | an embedded e-invoice | 0.99 |
    | a GST code with a proven signature, an unproven one | 0.98, 0.7 |
    | its own label, and a sum or an IRN that it fits | 0.97 |
    | either of the two | 0.9 |
    | its place alone, by how well it fits | 0.6 to 0.85 |
    | the whole document (language, kind) | 0.78 |
    | any of these, but a reason doubts it | a third of that |

    For a line: its own sum and that of all lines 0.97, either 0.9, neither 0.7.
    """
    made: dict[str, Any] = {}
    for name in HEADER_NAMES:
        made[name] = _field(judgement, name)
        if name == "taxable_amt":
            made["taxes"] = _taxes(judgement)
    made["items"] = [_item(judgement, number) for number in range(len(judgement.data["items"]))]
    return made


def _field(judgement: Judgement, name: str) -> Decimal | None:
    if judgement.data[name] is None:
        return None
    verdict = judgement.grounds.verdicts.get(name, Verdict(None, 0.5))
    confirmed = name in judgement.figures.confirmed
    if judgement.is_exact(name):
        sure = 0.99
    elif name in judgement.from_qr:
        sure = 0.98 if judgement.qr is not None and judgement.qr.verdict == "verified" else 0.7
    elif verdict.labelled and confirmed:
        sure = 0.97
    elif verdict.labelled or confirmed:
        sure = 0.9
    else:
        sure = 0.6 + 0.25 * min(1.0, verdict.strength)
    return _settled(sure, judgement.review.doubted(name))


def _taxes(judgement: Judgement) -> Decimal | None:
    if not judgement.data["taxes"]:
        return None
    confirmed = "taxes" in judgement.figures.confirmed
    sure = 0.99 if judgement.is_exact("taxes") else 0.95 if confirmed else 0.75
    return _settled(sure, judgement.review.doubted("taxes"))


def _item(judgement: Judgement, number: int) -> Decimal:
    fits = number in judgement.figures.confirmed_items
    if judgement.is_exact("items"):
        sure = 0.99
    elif fits and judgement.figures.reconciled:
        sure = 0.97
    elif fits or judgement.figures.reconciled:
        sure = 0.9
    else:
        sure = 0.7
    return _settled(sure, judgement.review.doubted("items", number))


def _settled(sure: float, doubted: bool) -> Decimal:
    return Decimal(str(round(sure * _DOUBTED if doubted else sure, 2)))
