"""What a page is made of: pictures, texts and drawn shapes. Runs in the reading process only."""

from __future__ import annotations

import ctypes
from typing import NamedTuple

import pypdfium2.raw as pdfium

from common.extraction.page import Box
from common.extraction.pdfium import Frame, called_bare

_DEPTH = 8
_GET_OBJECT = called_bare(pdfium.FPDFPage_GetObject, pdfium.FPDF_PAGEOBJECT)
_GET_FORM_OBJECT = called_bare(pdfium.FPDFFormObj_GetObject, pdfium.FPDF_PAGEOBJECT)
_GET_TYPE = called_bare(pdfium.FPDFPageObj_GetType, ctypes.c_int)
_AS_IT_IS = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Image(NamedTuple):
    """A picture and where it is on the page as shown."""

    box: Box
    thing: pdfium.FPDF_PAGEOBJECT


class Objects(NamedTuple):
    """A page's pictures, texts and paths, those within forms included."""

    images: list[Image]
    texts: list[pdfium.FPDF_PAGEOBJECT]
    paths: list[pdfium.FPDF_PAGEOBJECT]


def objects(page: pdfium.FPDF_PAGE, frame: Frame) -> Objects:
    """The pictures, texts and paths of a page."""
    found = Objects([], [], [])
    for number in range(pdfium.FPDFPage_CountObjects(page)):
        _collect(_GET_OBJECT(page, number), _AS_IT_IS, frame, found)
    return found


def _collect(
    thing: pdfium.FPDF_PAGEOBJECT, matrix: tuple[float, ...], frame: Frame, found: Objects, depth: int = 0
) -> None:
    kind = _GET_TYPE(thing)
    if kind == pdfium.FPDF_PAGEOBJ_TEXT:
        found.texts.append(thing)
    elif kind == pdfium.FPDF_PAGEOBJ_PATH:
        found.paths.append(thing)
    elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        if pdfium.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
            corners = [_apply(matrix, x.value, y.value) for x in (left, right) for y in (bottom, top)]
            xs, ys = [x for x, _ in corners], [y for _, y in corners]
            found.images.append(Image(frame.box(min(xs), min(ys), max(xs), max(ys)), thing))
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
        own = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(thing, own)
        inner = _times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
        for number in range(pdfium.FPDFFormObj_CountObjects(thing)):
            _collect(_GET_FORM_OBJECT(thing, number), inner, frame, found, depth + 1)


def _apply(matrix: tuple[float, ...], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _times(one: tuple[float, ...], two: tuple[float, ...]) -> tuple[float, ...]:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m
