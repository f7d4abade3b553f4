"""The page drawn in grey, to see what its ink really shows. Runs in the reading process only."""

from __future__ import annotations

import ctypes
import math
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
    """The page, or a part of it, drawn in grey."""

    data: bytes
    width: int
    height: int
    stride: int
    scale: float
    left: int = 0
    """Where on the whole page the part begins, in pixels."""
    top: int = 0

    def rows(self, box: Box) -> Iterator[tuple[int, int]]:
        """The slices of `data` that a box of the page covers, the middle ones first."""
        x0, x1 = self.columns(box)
        if x1 <= x0:
            return
        for y in self.heights(box):
            start = y * self.stride
            yield start + x0, start + x1

    def columns(self, box: Box) -> tuple[int, int]:
        """The first column that a box covers, and the one behind its last."""
        x0, x1 = int(box.x0 * self.scale) - self.left, int(box.x1 * self.scale) + 1 - self.left
        return max(0, x0), min(self.width, x1)

    def heights(self, box: Box) -> Iterable[int]:
        """The rows that a box covers, the middle ones first."""
        y0 = max(0, int(box.y0 * self.scale) - self.top)
        y1 = min(self.height, int(box.y1 * self.scale) + 1 - self.top)
        middle = (y0 + y1) // 2
        return chain(range(middle, y1), range(y0, middle))

    def part(self, like: Picture) -> Picture:
        """The part of a whole picture that another one of the same scale shows."""
        start = like.top * self.stride + like.left
        rows = (start + y * self.stride for y in range(like.height))
        return like._replace(
            data=b"".join(self.data[row : row + like.width] for row in rows), stride=like.width
        )


def draw(page: pdfium.FPDF_PAGE, frame: Frame, scale: float = _SCALE, part: Box | None = None) -> Picture:
    """The page as shown, in grey, on white; or the part of it within a box."""
    scale = min(scale, (_MAX_PIXELS / max(1.0, frame.width * frame.height)) ** 0.5)
    whole_width, whole_height = max(1, int(frame.width * scale)), max(1, int(frame.height * scale))
    left, top, right, bottom = 0, 0, whole_width, whole_height
    if part is not None:
        left, right = _covered(part.x0 * scale, part.x1 * scale, whole_width)
        top, bottom = _covered(part.y0 * scale, part.y1 * scale, whole_height)
    width, height = right - left, bottom - top
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_Gray, None, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, -left, -top, whole_width, whole_height, 0, 0)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        buffer = ctypes.cast(
            pdfium.FPDFBitmap_GetBuffer(bitmap), ctypes.POINTER(ctypes.c_ubyte * (stride * height))
        )
        return Picture(bytes(buffer.contents), width, height, stride, scale, left, top)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)


def _covered(start: float, end: float, size: int) -> tuple[int, int]:
    """The pixels that a part of a side covers, at least one; all of them where its ends are no numbers."""
    first = int(min(max(start, 0.0), size - 1.0)) if math.isfinite(start) else 0
    behind = int(min(max(end + 1, 0.0), float(size))) if math.isfinite(end) else size
    return first, max(behind, first + 1)


def differs(one: Picture, other: Picture, box: Box, contrast: int = CONTRAST) -> bool:
    """Whether a place looks different in two drawings of the page, or of one part of it."""
    before, after = one.data, other.data
    x0, x1 = one.columns(box)
    if x1 <= x0:
        return False
    for row in one.heights(box):
        mine = before[row * one.stride + x0 : row * one.stride + x1]
        theirs = after[row * other.stride + x0 : row * other.stride + x1]
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
