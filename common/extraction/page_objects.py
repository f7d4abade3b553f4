"""The pictures and texts that a page is made of. Runs in the reading process only."""

from __future__ import annotations

import ctypes
from typing import NamedTuple

import pypdfium2.raw as pdfium

from common.extraction.page import Box
from common.extraction.pdfium import Frame

_DEPTH = 8
_AS_IT_IS = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Objects(NamedTuple):
    """Where a page's pictures are, and its text objects, those within forms included."""

    images: list[Box]
    texts: list[pdfium.FPDF_PAGEOBJECT]


def objects(page: pdfium.FPDF_PAGE, frame: Frame) -> Objects:
    """The pictures and texts of a page."""
    found = Objects([], [])
    for number in range(pdfium.FPDFPage_CountObjects(page)):
        _collect(pdfium.FPDFPage_GetObject(page, number), _AS_IT_IS, frame, found)
    return found


def _collect(
    thing: pdfium.FPDF_PAGEOBJECT, matrix: tuple[float, ...], frame: Frame, found: Objects, depth: int = 0
) -> None:
    kind = pdfium.FPDFPageObj_GetType(thing)
    if kind == pdfium.FPDF_PAGEOBJ_TEXT:
        found.texts.append(thing)
    elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        if pdfium.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
            corners = [_apply(matrix, x.value, y.value) for x in (left, right) for y in (bottom, top)]
            xs, ys = [x for x, _ in corners], [y for _, y in corners]
            found.images.append(frame.box(min(xs), min(ys), max(xs), max(ys)))
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
        own = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(thing, own)
        inner = _times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
        for number in range(pdfium.FPDFFormObj_CountObjects(thing)):
            _collect(pdfium.FPDFFormObj_GetObject(thing, number), inner, frame, found, depth + 1)


def _apply(matrix: tuple[float, ...], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _times(one: tuple[float, ...], two: tuple[float, ...]) -> tuple[float, ...]:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m
