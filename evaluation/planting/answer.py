"""The answer that a perfect model would give about a document, and what the system says to an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from common.domain.currencies import SIGNS, WORDS
from common.extraction import pipeline
from common.extraction.model import ModelAnswer
from common.extraction.prepared import Prepared
from evaluation.planting import embedded
from evaluation.sample import Sample

_MODEL = "the truth"


def text_of(prepared: Prepared) -> str:
    """Everything that the pages show."""
    return "\n".join(page.text for page in prepared.document.pages)


def perfect(sample: Sample, prepared: Prepared, limits: pipeline.Limits) -> dict[str, Any]:
    """What is true of a document and stands on it.

    Beside what the ground truth calls visible: the currency where its code, sign or
    name is printed, the kind of document, and what the e-invoice of an original says
    and the pages print.
    """
    text = text_of(prepared)
    made = dict(sample.truth)
    if sample.original is not None:
        made = embedded.completed(sample.original.read_bytes(), made, text, limits)
    currency = sample.silent.get("currency")
    if currency is not None and "currency" not in made and _prints_currency(currency, text):
        made["currency"] = currency
    if "document_type" not in made and sample.silent.get("document_type"):
        made["document_type"] = sample.silent["document_type"]
    made.setdefault("type", "computerized")
    return made


def judged(prepared: Prepared, fields: Mapping[str, Any]) -> dict[str, Any]:
    """What the system says when a model answers with `fields`."""
    answer = ModelAnswer(fields, _MODEL, _MODEL, 0, 0, 0, 0, 0, Decimal(0), _MODEL)
    result: dict[str, Any] = pipeline.conclude(
        prepared, answer, profile="v1", model=_MODEL, usage={}, message=""
    )
    return result


def _prints_currency(code: str, text: str) -> bool:
    return any(
        re.search(rf"(?<![A-Za-z]){re.escape(word)}(?![A-Za-z])", text, re.IGNORECASE)
        for word in _words(code)
    )


def _words(code: str) -> Iterator[str]:
    yield code
    for table in (SIGNS, WORDS):
        yield from (word for word, codes in table.items() if code in codes)
