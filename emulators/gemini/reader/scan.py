"""Words of pictures, by the OCR engine. Loading it takes seconds, so it is loaded on first use."""

from __future__ import annotations

import io
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from emulators.gemini.reader.page import Page, Word

if TYPE_CHECKING:
    import pypdfium2 as pdfium
    from PIL.Image import Image

_DOTS = 200
_MOST_PIXELS = 2600
_LEAST_SCORE = 0.5


def page(source: pdfium.PdfPage, known: Page) -> Page:
    """The page with its words, read from its drawing."""
    scale = min(_DOTS / 72, _MOST_PIXELS / max(known.width, known.height, 1))
    image = source.render(scale=scale).to_pil()
    found = _read(image, scale, known.number)
    found.width, found.height = known.width, known.height
    return found


def picture(data: bytes) -> Page:
    """A picture as a page; one pixel is one point of a page 1,000 points high."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = 100_000_000
    image = Image.open(io.BytesIO(data))
    image.load()
    scale = max(image.height / 1000, 0.1)
    answer = _read(image.convert("RGB"), scale, 1)
    answer.width, answer.height = image.width / scale, image.height / scale
    return answer


def _read(image: Image, scale: float, number: int) -> Page:
    import numpy

    answer = Page(number, image.width / scale, image.height / scale, recognized=True)
    result = _engine()(numpy.asarray(image.convert("RGB"))[:, :, ::-1])
    boxes, texts, scores = result.boxes, result.txts, result.scores
    if boxes is None or texts is None or scores is None:
        return answer
    for box, text, score in zip(boxes, texts, scores, strict=False):
        if score < _LEAST_SCORE or not text.strip():
            continue
        xs, ys = [float(point[0]) / scale for point in box], [float(point[1]) / scale for point in box]
        answer.words += _words(text, min(xs), min(ys), max(xs), max(ys))
    return answer


def _words(text: str, x0: float, y0: float, x1: float, y1: float) -> list[Word]:
    """The words of a recognized line; each gets its share of the line's width."""
    each = (x1 - x0) / max(len(text), 1)
    height = y1 - y0
    base = y1 - 0.2 * height
    return [
        Word(match.group(), x0 + match.start() * each, y0, x0 + match.end() * each, y1, base, height * 0.85)
        for match in re.finditer(r"\S+", text)
    ]


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "error"})
