"""All errors that one document has room for, tried one by one."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from common.errors import InvoiceSystemError
from common.extraction import pipeline
from common.extraction.prepared import Prepared
from evaluation.marks import LINES
from evaluation.planting import answer
from evaluation.planting.error import Change, WrongCell, WrongValue
from evaluation.planting.hiding import WAYS, CannotHide, with_hidden
from evaluation.planting.kinds import HIDDEN, changes
from evaluation.planting.subject import Subject
from evaluation.sample import Sample

_EARNED = frozenset({"bad_check_digit", "ambiguous_date", "ambiguous_currency"})
_UNLOCATED = frozenset({"language", "type", "document_type", "taxes"})
"""Fields that say something about the document and stand nowhere in it, or in rows of their own."""


@dataclass(frozen=True)
class Planted:
    """One error and whether it was caught."""

    kind: str
    change: Change
    true: Any
    caught: bool
    pinpointed: bool
    """Whether the reason names the very cell, for an error in a line."""


@dataclass(frozen=True)
class Alarm:
    """A reason that names a true value."""

    code: str
    field: str
    item: int | None
    cell: str | None
    message: str

    @property
    def earned(self) -> bool:
        """Whether the document itself gives the reason: a check digit that fails, two readings of a date."""
        return self.code in _EARNED


@dataclass
class Trial:
    """A document: what was planted in it, and what was alarmed although it is true."""

    sample: Sample
    left_out: str = ""
    """Why nothing was planted; empty where something was."""
    values: int = 0
    located: int = 0
    """Values that have a place on the page, of `locatable`."""
    locatable: int = 0
    planted: list[Planted] = field(default_factory=list)
    alarms: list[Alarm] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    """Fields of true values that were not located."""


def try_out(sample: Sample, limits: pipeline.Limits, seed: int) -> Trial:
    """Plants every error in the true extraction of a document, one at a time."""
    made = Trial(sample)
    try:
        pdf = sample.pdf()
        prepared = pipeline.prepare(pdf, limits)
    except (InvoiceSystemError, ValueError) as failed:
        made.left_out = str(failed)
        return made
    if prepared.einvoice is not None:
        made.left_out = "its e-invoice is exact: no answer of a model stands against it"
        return made
    text = answer.text_of(prepared)
    if not text.strip():
        made.left_out = "no text: --ocr reads pictures"
        return made
    truth = answer.perfect(sample, prepared, limits)
    subject = Subject(truth, text, random.Random(f"{seed}/{sample.name}"))
    _judge_truth(made, prepared, truth)
    for kind, change in changes(subject):
        made.planted.append(_tried(kind, change, prepared, truth))
    made.planted.extend(_hidden(pdf, subject, limits))
    return made


def _tried(kind: str, change: Change, prepared: Prepared, truth: Mapping[str, Any]) -> Planted:
    result = answer.judged(prepared, change.planted(truth))
    reasons = result["review"]["reasons"]
    caught = change.caught(reasons)
    if isinstance(change, WrongCell):
        true = truth[LINES][change.item].get(change.cell)
        return Planted(kind, change, true, caught, change.pinpointed(reasons))
    true = truth.get(change.field) if isinstance(change, WrongValue) else None
    return Planted(kind, change, true, caught, caught)


def _hidden(pdf: bytes, subject: Subject, limits: pipeline.Limits) -> Iterator[Planted]:
    """The values of a text that nobody sees, in a copy of the document that holds it."""
    total = Decimal(subject.chance.randrange(100_000, 999_999)) / 100
    number = f"HX-{subject.chance.randrange(10000, 99999)}"
    printed = f"{total:,.2f}"
    if subject.writes_commas:
        printed = printed.translate(str.maketrans(",.", ".,"))
    wrong = [
        WrongValue(name, value)
        for name, value in (("total_amt", total), ("invoice_number", number))
        if subject.truth.get(name)
    ]
    if not wrong:
        return
    try:
        lines = [f"Total {printed}", f"Invoice No. {number}"]
        prepared = pipeline.prepare(with_hidden(pdf, lines, subject.chance.choice(WAYS)), limits)
    except (CannotHide, InvoiceSystemError):
        return
    for change in wrong:
        yield _tried(HIDDEN, change, prepared, subject.truth)


def _judge_truth(made: Trial, prepared: Prepared, truth: Mapping[str, Any]) -> None:
    """What is said about the true extraction: reasons against true values, and values without a place."""
    result = answer.judged(prepared, truth)
    given, evidence = result["data"], result["evidence"]
    for name, value in given.items():
        if name in (LINES, "confidence") or value in (None, []):
            continue
        made.values += 1
        if name not in _UNLOCATED:
            made.locatable += 1
            if evidence.get(name) is None:
                made.lost.append(name)
    for place, line in enumerate(given[LINES]):
        for cell, value in line.items():
            if value is not None:
                made.values += 1
                made.locatable += 1
                if evidence[LINES][place].get(cell) is None:
                    made.lost.append(f"{LINES}.{cell}")
    made.located = made.locatable - len(made.lost)
    seen = set()
    for reason in result["review"]["reasons"]:
        name = reason["field"]
        about = (name, reason["item"], reason["cell"])
        # A reason about what the truth does not give, such as lines nobody listed, alarms for no true value.
        if name is not None and given.get(name) not in (None, []) and about not in seen:
            seen.add(about)
            made.alarms.append(Alarm(reason["code"], *about, reason["message"]))
