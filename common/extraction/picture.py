"""The page drawn in grey, to see what its ink really shows. Runs in the reading process only."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

import pypdfium2.raw as pdfium

from common.extraction.page import Box
from common.extraction.pdfium import Frame

CONTRAST = 22
"""Levels of grey, of 255, from which a difference can be seen."""
_SCALE = 1.5
_MAX_PIXELS = 16_000_000


class Picture(NamedTuple):
    """The page drawn in grey."""

    data: bytes
    width: int
    height: int
    stride: int
    scale: float

    def rows(self, box: Box) -> Iterator[tuple[int, int]]:
        """The slices of `data` that a box covers, the middle ones first."""
        x0 = max(0, int(box.x0 * self.scale))
        x1 = min(self.width, int(box.x1 * self.scale) + 1)
        if x1 <= x0:
            return
        for y in self.heights(box):
            start = y * self.stride
            yield start + x0, start + x1

    def heights(self, box: Box) -> Iterable[int]:
        """The rows that a box covers, the middle ones first."""
        y0 = max(0, int(box.y0 * self.scale))
        y1 = min(self.height, int(box.y1 * self.scale) + 1)
        middle = (y0 + y1) // 2
        return chain(range(middle, y1), range(y0, middle))


def draw(page: pdfium.FPDF_PAGE, frame: Frame, scale: float = _SCALE, part: Box | None = None) -> Picture:
    """The page as shown, in grey, on white; or the part of it within a box."""
    scale = min(scale, (_MAX_PIXELS / max(1.0, frame.width * frame.height)) ** 0.5)
    whole_width, whole_height = max(1, int(frame.width * scale)), max(1, int(frame.height * scale))
    left, top, width, height = 0, 0, whole_width, whole_height
    if part is not None:
        left, top = int(part.x0 * scale), int(part.y0 * scale)
        width, height = max(1, int(part.x1 * scale) - left), max(1, int(part.y1 * scale) - top)
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_Gray, None, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, -left, -top, whole_width, whole_height, 0, 0)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        buffer = ctypes.cast(
            pdfium.FPDFBitmap_GetBuffer(bitmap), ctypes.POINTER(ctypes.c_ubyte * (stride * height))
        )
        return Picture(bytes(buffer.contents), width, height, stride, scale)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)


def differs(one: Picture, other: Picture, box: Box, contrast: int = CONTRAST) -> bool:
    """Whether a place looks different in two drawings of the page."""
    scale, stride, before, after = one.scale, one.stride, one.data, other.data
    x0, x1 = max(0, int(box.x0 * scale)), min(one.width, int(box.x1 * scale) + 1)
    if x1 <= x0:
        return False
    for row in one.heights(box):
        start, end = row * stride + x0, row * stride + x1
        mine, theirs = before[start:end], after[start:end]
        if mine == theirs:
            continue
        # Dark ink on a light ground shows in the darkest point alone; all else is compared point by point.
        if abs(min(mine) - min(theirs)) >= contrast:
            return True
        if max(abs(a - b) for a, b in zip(mine, theirs, strict=True)) >= contrast:
            return True
    return False


def varied(picture: Picture, box: Box, without: frozenset[int] = frozenset()) -> bool:
    """Whether a place of the picture has something on it, in rows other than `without`."""
    low, high = 255, 0
    for start, end in picture.rows(box):
        if start // picture.stride in without:
            continue
        row = picture.data[start:end]
        low, high = min(low, *row), max(high, *row)
        if high - low >= CONTRAST:
            return True
    return False
