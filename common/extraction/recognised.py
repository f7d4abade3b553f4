"""The words of the pages whose text was recognised in their picture."""

from __future__ import annotations

from itertools import groupby

from common.domain.recognised import PageWords, Run
from common.extraction.document import Document
from common.extraction.page import Page


def recognised(document: Document) -> list[PageWords]:
    """The words of each such page; pages with a text layer are not among them."""
    pages = (PageWords(page.number, _lines(page)) for page in document.pages if page.source == "ocr")
    return [page for page in pages if page.lines]


def _lines(page: Page) -> tuple[tuple[Run, ...], ...]:
    cells = groupby(page.cells, lambda cell: cell.line)
    return tuple(tuple(_run(page, *cell[:2]) for cell in line) for _, line in cells)


def _run(page: Page, start: int, end: int) -> Run:
    box = page.box(start, end)
    assert box is not None  # a cell has one
    return Run(page.text[start:end], (_tenths(box.x0), _tenths(box.y0), _tenths(box.x1), _tenths(box.y1)))


def _tenths(side: float) -> float:
    return round(side, 1)
