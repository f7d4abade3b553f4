"""A page to draw a small invoice on, and the short way from it to what extraction says."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from common.extraction import pipeline
from common.extraction.document import Document
from common.extraction.model import ModelAnswer
from common.extraction.page import Page
from common.extraction.reader import read

A4 = (595.0, 842.0)


class Sheet:
    """A PDF that is drawn from the top left corner, in points."""

    def __init__(self, width: float = A4[0], height: float = A4[1]) -> None:
        self._content = io.BytesIO()
        self._height = height
        self.canvas = Canvas(self._content, pagesize=(width, height), invariant=True)

    def text(self, x: float, y: float, words: str, size: float = 9) -> Sheet:
        """Words that start at x on a baseline at y."""
        self.canvas.setFont("Helvetica", size)
        self.canvas.drawString(x, self._height - y, words)
        return self

    def right(self, x: float, y: float, words: str, size: float = 9) -> Sheet:
        """Words that end at x."""
        self.canvas.setFont("Helvetica", size)
        self.canvas.drawRightString(x, self._height - y, words)
        return self

    def lines(self, x: float, y: float, rows: Iterable[str], step: float = 12, size: float = 9) -> Sheet:
        """Rows of words below one another."""
        for number, row in enumerate(rows):
            self.text(x, y + number * step, row, size)
        return self

    def pairs(self, x: float, y: float, rows: Iterable[tuple[str, str]], wide: float = 90) -> Sheet:
        """Labels with their values beside them."""
        for number, (label, value) in enumerate(rows):
            self.text(x, y + number * 13, label).text(x + wide, y + number * 13, value)
        return self

    def sums(self, x: float, y: float, rows: Iterable[tuple[str, str]], wide: float = 140) -> Sheet:
        """Labels with amounts that end in one column."""
        for number, (label, value) in enumerate(rows):
            self.text(x, y + number * 14, label).right(x + wide, y + number * 14, value)
        return self

    def table(self, y: float, columns: Iterable[tuple[float, str]], rows: Iterable[Iterable[str]]) -> Sheet:
        """A heading and rows; a negative x is a column's right edge."""
        places = list(columns)
        for x, title in places:
            self.text(x, y, title) if x > 0 else self.right(-x, y, title)
        for number, row in enumerate(rows):
            for (x, _), cell in zip(places, row, strict=True):
                at = y + 18 + number * 15
                self.text(x, at, cell) if x > 0 else self.right(-x, at, cell)
        return self

    def next_page(self) -> Sheet:
        """Goes on with an empty page."""
        self.canvas.showPage()
        return self

    def pdf(self) -> bytes:
        """The document."""
        self.canvas.showPage()
        self.canvas.save()
        return self._content.getvalue()


def english(amount: Decimal) -> str:
    """1,234.50"""
    return f"{amount:,.2f}"


def german(amount: Decimal) -> str:
    """1.234,50"""
    return f"{amount:,.2f}".replace(",", "'").replace(".", ",").replace("'", ".")


def french(amount: Decimal) -> str:
    """1 234,50"""
    return f"{amount:,.2f}".replace(",", " ").replace(".", ",")


def swiss(amount: Decimal) -> str:
    """1'234.50"""
    return f"{amount:,.2f}".replace(",", "'")


def indian(amount: Decimal) -> str:
    """1,23,456.50"""
    whole, _, part = f"{abs(amount):.2f}".partition(".")
    groups = [whole[-3:]]
    whole = whole[:-3]
    while whole:
        groups.insert(0, whole[-2:])
        whole = whole[:-2]
    return ("-" if amount < 0 else "") + ",".join(groups) + "." + part


def read_pdf(pdf: bytes) -> Document:
    """The document, read in a reading process."""
    return read(pdf, pipeline.Limits())


def first_page(pdf: bytes) -> Page:
    """The first page of a document."""
    return read_pdf(pdf).pages[0]


def answered(fields: Mapping[str, Any], *, truncated: bool = False) -> ModelAnswer:
    """An answer as a model would give it."""
    return ModelAnswer(fields, "asked", "answered", 10, 5, 0, 0, 15, Decimal(1), "answered", truncated)


def concluded(pdf: bytes, fields: Mapping[str, Any] | None, *, gst_keys: str = "") -> dict[str, Any]:
    """What the pipeline makes of a document and an answer about it."""
    prepared = pipeline.prepare(pdf, pipeline.Limits(), gst_keys=gst_keys)
    answer = None if fields is None else answered(fields)
    return pipeline.conclude(prepared, answer, profile="v1", model="asked", usage={}, message="done")


def reasons(result: Mapping[str, Any]) -> set[tuple[str, str | None]]:
    """Code and field of each reason; items as items[0].amount."""
    found = set()
    for reason in result["review"]["reasons"]:
        name = reason["field"]
        if name == "items" and reason["item"] is not None:
            name = f"items[{reason['item']}]" + (f".{reason['cell']}" if reason["cell"] else "")
        found.add((reason["code"], name))
    return found


def doubted(result: Mapping[str, Any]) -> set[str | None]:
    """The fields that reasons name."""
    return {name for _, name in reasons(result)}
