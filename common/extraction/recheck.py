"""The rules that need no page, tried on values that a person has typed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from common.domain.fields import ITEM_NAMES, ORDER, TAX_NAMES
from common.extraction import arithmetic, identity
from common.extraction.arithmetic import Figures
from common.extraction.document import Document
from common.extraction.paper import Paper
from common.extraction.review import Review


def recheck(values: Mapping[str, object]) -> Review:
    """The sums, and the rules about numbers that name things, on the values of `data.data`."""
    data = _whole(values)
    paper = Paper(Document((), ()))
    review = Review()
    identity.check(paper, data, None, review)
    figures = Figures(data, paper, {})
    arithmetic.check(figures, review)
    arithmetic.blame_line_sum(figures, review, missing=False)
    return review


def _whole(values: Mapping[str, object]) -> dict[str, Any]:
    """Every name of `data.data`; numbers as Decimal."""
    data: dict[str, Any] = {name: _exact(values.get(name)) for name in ORDER}
    for name, cells in (("items", ITEM_NAMES), ("taxes", TAX_NAMES)):
        rows = values.get(name)
        data[name] = [
            {cell: _exact(row.get(cell)) for cell in cells}
            for row in (rows if isinstance(rows, list) else [])
            if isinstance(row, Mapping)
        ]
    return data


def _exact(value: object) -> object:
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
