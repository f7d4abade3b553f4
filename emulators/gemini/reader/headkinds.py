"""Heads that may mean two things, settled by what stands beside them."""

from __future__ import annotations

import re

from emulators.gemini.reader.columns import Column

_DESCRIBES = re.compile(r"desc|bezeichn|beschreib|design|omschr|concept|particul|libell")


def settle(columns: list[Column]) -> None:
    """Sets the kinds of `columns` right where their words alone mislead."""
    _settle_amounts(columns)
    _settle_descriptions(columns)
    kinds = [column.kind for column in columns]
    if "quantity" not in kinds and kinds.count("unit") == 1 and "price" in kinds:
        column = columns[kinds.index("unit")]
        if column.text.startswith("unit"):
            column.kind = "quantity"


def _settle_amounts(columns: list[Column]) -> None:
    """One column is the line's sum: of several the last, and a price or net sum where there is none."""
    kinds = [column.kind for column in columns]
    amounts = [index for index, kind in enumerate(kinds) if kind == "amount"]
    described = kinds.index("description") if "description" in kinds else len(kinds)
    if len(amounts) > 1 and "quantity" not in kinds and amounts[0] < described < len(kinds):
        # "Amount  Product  Price  Total": the first is how many.
        columns[amounts[0]].kind = "quantity"
        amounts = amounts[1:]
    for index in amounts[:-1]:
        priced = "price" not in kinds and "price" in columns[index].text
        columns[index].kind = "price" if priced else "net"
    if amounts:
        return
    if "net" in kinds:
        columns[_last(kinds, "net")].kind = "amount"
    elif kinds.count("price") > 1 or (kinds[-1:] == ["price"] and "quantity" not in kinds):
        columns[_last(kinds, "price")].kind = "amount"


def _settle_descriptions(columns: list[Column]) -> None:
    """One column describes; another of that name, or a code without it, is or becomes the other."""
    described = [column for column in columns if column.kind == "description"]
    named = [column for column in described if _DESCRIBES.search(column.text)]
    for column in described:
        # "Article  Description": the plainer word is the description, the other a code.
        if column is not (named or described)[0]:
            column.kind = "code"
    if described:
        return
    codes = [column for column in columns if column.kind == "code"]
    if len(codes) > 1 or (codes and not any(column.kind == "other" for column in columns)):
        codes[-1].kind = "description"


def _last(kinds: list[str], kind: str) -> int:
    return len(kinds) - 1 - kinds[::-1].index(kind)
