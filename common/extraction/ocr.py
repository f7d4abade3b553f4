"""Text of pages that are pictures, by rapidocr where it is installed. Runs in the reading process only."""

from __future__ import annotations

import math
from array import array
from functools import cache
from typing import Any

import pypdfium2.raw as pdfium

from common.extraction.characters import Characters, Glyph, Ink
from common.extraction.layout import compose
from common.extraction.page import Box
from common.extraction.pdfium import Frame
from common.extraction.picture import draw

_SCALE = 2.4
"""About 170 dpi: the text of a receipt is then some 20 pixels high."""
_SURE = 0.5
_TYPE = 0.8
"""Share of a line's height that its type size is."""


def text_of(page: pdfium.FPDF_PAGE, frame: Frame) -> tuple[str, array[float]] | None:
    """The text that a page's picture shows and its boxes; None where no engine is installed.

    An engine knows where a line lies, not each of its characters: these share the
    line's width by what a printed character usually takes.
    """
    engine = _engine()
    if engine is None:
        return None
    import numpy

    picture = draw(page, frame, _SCALE)
    grey = numpy.frombuffer(picture.data, dtype=numpy.uint8).reshape(picture.height, picture.stride)[
        :, : picture.width
    ]
    result = engine(numpy.stack([grey] * 3, axis=-1))
    characters = Characters()
    for number, (corners, text, score) in enumerate(_lines(result)):
        if score >= _SURE:
            size = _height(corners) / picture.scale * _TYPE
            characters.add(_spread(corners, text, picture.scale), Ink(size, 0, False, number))
    return compose(characters)


@cache
def _engine() -> Any:
    try:
        from rapidocr import RapidOCR
    except ImportError:
        return None
    return RapidOCR()


def _lines(result: Any) -> list[tuple[list[tuple[float, float]], str, float]]:
    if result is None or result.boxes is None:
        return []
    return [
        ([(float(x), float(y)) for x, y in corners], str(text), float(score))
        for corners, text, score in zip(result.boxes, result.txts, result.scores, strict=True)
    ]


def _height(corners: list[tuple[float, float]]) -> float:
    (x0, y0), _, _, (x3, y3) = corners
    return math.hypot(x3 - x0, y3 - y0)


def _spread(corners: list[tuple[float, float]], text: str, scale: float) -> list[Glyph]:
    """The characters of a line along its base, each with the share of its width that it usually takes."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = corners
    width = math.hypot(x1 - x0, y1 - y0)
    if not text or width <= 0 or (_height(corners) > width * 1.5 and len(text) > 3):
        return []
    shares = [_share(sign) for sign in text]
    total = sum(shares)
    glyphs: list[Glyph] = []
    passed = 0.0
    for sign, share in zip(text, shares, strict=True):
        start, end = passed / total, (passed + share) / total
        left = [
            (x0 + (x1 - x0) * at, y0 + (y1 - y0) * at, x3 + (x2 - x3) * at, y3 + (y2 - y3) * at)
            for at in (start, end)
        ]
        box = Box(
            min(left[0][0], left[0][2]) / scale,
            min(left[0][1], left[1][1]) / scale,
            max(left[1][0], left[1][2]) / scale,
            max(left[0][3], left[1][3]) / scale,
        )
        passed += share
        if sign.isspace():
            glyphs.append(Glyph(" ", Box(0, 0, 0, 0), 0, 0, 0))
        else:
            glyphs.append(Glyph(sign, box, box.x0, box.x1, (y2 + y3) / 2 / scale))
    return glyphs


def _share(sign: str) -> float:
    if sign in "il.,:;'!|I1 ":
        return 0.5 if sign != "1" else 0.9
    return 1.4 if sign in "mwMW@%" else 1.1 if sign.isupper() else 1.0
