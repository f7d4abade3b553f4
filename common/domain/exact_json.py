"""JSON whose numbers keep every digit: Decimal inside, a JSON number outside."""

from __future__ import annotations

import json
import math
from decimal import Decimal

import simplejson


def loads(text: str | bytes) -> object:
    """The value of JSON `text`, fractions as Decimal.

    Raises ValueError for what is no JSON, for NaN and infinities, for numbers
    that no double can hold (1e999), and for text with lone surrogates, which
    no encoding can carry further.
    """
    if isinstance(text, bytes):
        text = text.decode("utf-8-sig")
    try:
        value: object = json.loads(text, parse_float=_fraction, parse_constant=_refuse)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if "\\u" in text:
        dumps(value).encode()
    return value


def dumps(value: object) -> str:
    """JSON of `value`, compact; Decimals as numbers with all their digits."""
    return simplejson.dumps(
        value, use_decimal=True, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    )


def _fraction(text: str) -> Decimal:
    if math.isinf(float(text)):
        raise ValueError("number out of range")
    return Decimal(text)


def _refuse(text: str) -> object:
    raise ValueError(f"{text} is no JSON number")
