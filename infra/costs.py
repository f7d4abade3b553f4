"""`python -m infra.costs`: what models cost for 1,000 invoices, by the price book."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from common.extraction.prices import Endpoint, book

INVOICES = 1000
USD_INR = 90


@dataclass(frozen=True)
class Tokens:
    """A mean invoice's tokens; output includes thinking."""

    input: int
    output: int


MEASURED = {"v1": Tokens(1965, 944), "v2": Tokens(1203, 329)}
"""Means of 33 invoices of one to three pages on the local system, whose stand-in estimates tokens:
emulators/gemini/tokens.py says how."""

TABLES: dict[Endpoint, str] = {"gemini": "v1", "vertex": "v1", "gemini_v2": "v2", "vertex_v2": "v2"}


def table() -> Iterator[str]:
    """The lines of a Markdown table: a model of an endpoint each, in USD and INR."""
    yield "| endpoint | model | USD | INR |"
    yield "|---|---|---:|---:|"
    for endpoint, profile in TABLES.items():
        tokens = MEASURED[profile]
        for row in book().documented[endpoint]:
            usd = (
                INVOICES
                * (tokens.input * row.rates.input + tokens.output * row.rates.output)
                / Decimal(10**6)
            )
            yield f"| {endpoint.replace('_', '/')} | {row.model} | {usd:.2f} | {usd * USD_INR:.0f} |"


if __name__ == "__main__":
    print("\n".join(table()))
