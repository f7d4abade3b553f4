"""Words that were recognised on pages which are pictures, and how they are kept beside a result."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from common.domain.exact_json import dumps

LARGEST = 4 * 1024 * 1024
"""Bytes that are kept of one document; a page full of small print takes some 30,000."""


class Run(NamedTuple):
    """Words that stand together on a line."""

    text: str
    box: tuple[float, float, float, float]
    """x0, y0, x1, y1 in points of the page as shown, origin top left, as evidence has them."""


class PageWords(NamedTuple):
    """The words of one page: its lines from top to bottom, each from its start."""

    page: int
    """Counts from 1."""
    lines: tuple[tuple[Run, ...], ...]


def written(pages: Iterable[PageWords]) -> bytes:
    """The words as JSON, `{"pages": [{"page", "lines": [[{"text", "box"}]]}]}`.

    Whole pages in their order, up to the first with which it would be over LARGEST.
    """
    kept: list[bytes] = []
    size = 0
    for page, lines in pages:
        entry = {"page": page, "lines": [[run._asdict() for run in line] for line in lines]}
        content = dumps(entry).encode()
        size += len(content) + 1
        if size > LARGEST:
            break
        kept.append(content)
    return b'{"pages":[' + b",".join(kept) + b"]}"
