"""Drawing on a page: text, rules and fills, with y running down from the top edge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Literal

import font_manrope  # type: ignore[import-untyped]
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

A4 = (595.28, 841.89)
LETTER = (612.0, 792.0)
INK = "#1d2433"
GREY = "#5d6675"

Align = Literal["left", "right", "centre"]


@dataclass(frozen=True)
class Face:
    """A text face and its bold, by the names that reportlab knows them under."""

    regular: str
    bold: str


HELVETICA = Face("Helvetica", "Helvetica-Bold")
TIMES = Face("Times-Roman", "Times-Bold")
COURIER = Face("Courier", "Courier-Bold")


@cache
def manrope() -> Face:
    """An embedded face that has the rupee sign, which the built-in ones lack."""
    folder = Path(font_manrope.font_directory)
    registerFont(TTFont("Manrope", folder / "Manrope-Regular.ttf"))
    registerFont(TTFont("Manrope-Bold", folder / "Manrope-Bold.ttf"))
    return Face("Manrope", "Manrope-Bold")


class Sheet:
    """A document being drawn, page by page. The same calls give the same bytes."""

    def __init__(self, size: tuple[float, float], face: Face, title: str) -> None:
        self.width, self.height = size
        self.face = face
        self._out = BytesIO()
        self._canvas = Canvas(self._out, pagesize=size, invariant=1, pageCompression=1)
        self._canvas.setTitle(title)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 9,
        bold: bool = False,
        colour: str = INK,
        align: Align = "left",
    ) -> None:
        """One line with its baseline at `y`; `x` is its left edge, right edge or centre."""
        self._canvas.setFont(self.face.bold if bold else self.face.regular, size)
        self._canvas.setFillColor(colour)
        draw = {
            "left": self._canvas.drawString,
            "right": self._canvas.drawRightString,
            "centre": self._canvas.drawCentredString,
        }[align]
        draw(x, self.height - y, text)

    def lines(
        self,
        x: float,
        y: float,
        lines: Sequence[str],
        *,
        size: float = 9,
        colour: str = INK,
        leading: float | None = None,
        first_bold: bool = False,
    ) -> float:
        """Lines one below the other; returns where the next would stand."""
        step = leading or size * 1.42
        for index, line in enumerate(lines):
            self.text(x, y, line, size=size, colour=colour, bold=first_bold and index == 0)
            y += step
        return y

    def pairs(
        self, x: float, x_value: float, y: float, pairs: Sequence[tuple[str, str]], *, size: float = 9
    ) -> float:
        """Labels with their values beside them; returns where the next would stand."""
        for label, value in pairs:
            self.text(x, y, label, size=size, colour=GREY)
            self.text(x_value, y, value, size=size, bold=True)
            y += size * 1.6
        return y

    def sums(
        self, x: float, x_value: float, y: float, rows: Sequence[tuple[str, str]], *, size: float = 9
    ) -> float:
        """Labels with right-aligned amounts; returns where the next would stand."""
        for label, value in rows:
            self.text(x, y, label, size=size)
            self.text(x_value, y, value, size=size, align="right")
            y += size * 1.75
        return y

    def rule(
        self,
        x: float,
        y: float,
        x_end: float,
        *,
        colour: str = "#c9ced8",
        weight: float = 0.6,
        dashed: bool = False,
    ) -> None:
        """A horizontal line."""
        self._canvas.setStrokeColor(colour)
        self._canvas.setLineWidth(weight)
        self._canvas.setDash([2, 2] if dashed else [])
        self._canvas.line(x, self.height - y, x_end, self.height - y)

    def bar(self, x: float, y: float, y_end: float, *, colour: str = "#c9ced8", weight: float = 0.6) -> None:
        """A vertical line."""
        self._canvas.setStrokeColor(colour)
        self._canvas.setLineWidth(weight)
        self._canvas.setDash([])
        self._canvas.line(x, self.height - y, x, self.height - y_end)

    def fill(
        self, x: float, y: float, width: float, height: float, colour: str, *, radius: float = 0
    ) -> None:
        """A filled rectangle whose top left corner is at x, y."""
        self._canvas.setFillColor(colour)
        self._canvas.roundRect(x, self.height - y - height, width, height, radius, stroke=0, fill=1)

    def frame(self, x: float, y: float, width: float, height: float, *, colour: str = "#8a92a0") -> None:
        """An outlined rectangle whose top left corner is at x, y."""
        self._canvas.setStrokeColor(colour)
        self._canvas.setLineWidth(0.6)
        self._canvas.setDash([])
        self._canvas.rect(x, self.height - y - height, width, height, stroke=1, fill=0)

    @contextmanager
    def vector(self, x: float, y: float) -> Iterator[Canvas]:
        """The bare canvas with its origin at x, y: for a logo."""
        self._canvas.saveState()
        self._canvas.translate(x, self.height - y)
        yield self._canvas
        self._canvas.restoreState()

    def next_page(self) -> None:
        """Ends this page and begins the next."""
        self._canvas.showPage()

    def pdf(self) -> bytes:
        """Ends the document and returns it."""
        self._canvas.showPage()
        self._canvas.save()
        return self._out.getvalue()
