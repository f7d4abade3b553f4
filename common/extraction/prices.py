"""What a model call costs, in USD, by a dated price book: the documented tables first."""

from __future__ import annotations

import logging
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

Endpoint = Literal["gemini", "vertex", "gemini_v2", "vertex_v2"]
Tier = Literal["standard", "flex", "batch"]

_MILLION = Decimal(1_000_000)
_LONG_PROMPT = 200_000
_HALF = Decimal("0.5")
_REGIONAL = Decimal("1.10")
"""What a Vertex location other than "global" adds to the newer flash models."""

_VERSION = re.compile(r"-\d{3}$")
"""A pinned version, as in gemini-2.0-flash-001, costs what its model does."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Rates:
    """USD per million tokens."""

    input: Decimal
    output: Decimal
    cached: Decimal


@dataclass(frozen=True)
class Row:
    """The price of a model, up to a day; `long` holds for prompts over 200,000 tokens."""

    model: str
    rates: Rates
    long: Rates | None
    until: date | None
    regional: bool


@dataclass(frozen=True)
class Source:
    """Where a part of the book comes from, and on which day it was read there."""

    name: str
    read: date


@dataclass(frozen=True)
class PriceBook:
    """The documented table of each endpoint, and current prices for everything else."""

    documented: Mapping[str, tuple[Row, ...]]
    current: tuple[Row, ...]
    usd_inr: Decimal
    """Rupees a dollar, where the setting names no other rate."""
    sources: Mapping[str, Source]
    """Of documented, current and conversion."""

    def row(self, endpoint: Endpoint, model: str, when: date) -> Row | None:
        """The row that prices `model` on a day; None for a model that the book does not know."""
        for name in (model, _VERSION.sub("", model)):
            for row in (*self.documented[endpoint], *self.current):
                if row.model == name and (row.until is None or when < row.until):
                    return row
        return None


@cache
def book() -> PriceBook:
    """The price book of this release."""
    content = tomllib.loads(Path(__file__).with_name("prices.toml").read_text("utf-8"))
    documented = {
        endpoint: tuple(_row(fields) for fields in rows)
        for endpoint, rows in content["documented"].items()
        if isinstance(rows, list)
    }
    current = tuple(_row(fields) for fields in content["current"]["models"])
    sources = {name: Source(part["source"], part["read"]) for name, part in content.items()}
    return PriceBook(documented, current, Decimal(content["conversion"]["usd_inr"]), sources)


def supported_models(endpoint: Endpoint) -> tuple[str, ...]:
    """The models that an endpoint takes, in the documentation's order."""
    return tuple(row.model for row in book().documented[endpoint])


def price_of(
    endpoint: Endpoint,
    model: str,
    when: date,
    *,
    input_tokens: int,
    output_tokens: int,
    cached_tokens: int = 0,
    tier: Tier = "standard",
    location: str = "",
) -> Decimal | None:
    """The exact price of a call in USD; None, with a warning, for a model without a known price.

    `input_tokens` counts the whole prompt, cached tokens included; `output_tokens`
    includes thinking. `location` is Vertex's, for models that cost more in a region.
    """
    row = book().row(endpoint, model.removeprefix("models/"), when)
    if row is None:
        log.warning("no price is known for model %s", model)
        return None
    rates = row.long if row.long is not None and input_tokens > _LONG_PROMPT else row.rates
    cached = min(cached_tokens, input_tokens)
    price = (
        (input_tokens - cached) * rates.input + cached * rates.cached + output_tokens * rates.output
    ) / _MILLION
    if tier != "standard":
        price *= _HALF
    if row.regional and endpoint.startswith("vertex") and location not in ("", "global"):
        price *= _REGIONAL
    return Decimal(f"{price.normalize():f}")


def _row(fields: Mapping[str, object]) -> Row:
    until, long = fields.get("until"), fields.get("over_200k")
    return Row(
        str(fields["model"]),
        _rates(fields),
        _rates(long) if isinstance(long, dict) else None,
        until if isinstance(until, date) else None,
        bool(fields.get("regional", False)),
    )


def _rates(fields: Mapping[str, object]) -> Rates:
    return Rates(*(Decimal(str(fields[name])) for name in ("input", "output", "cached")))
