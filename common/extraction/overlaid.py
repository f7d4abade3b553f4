"""Texts that lie over one another: one may hide behind what is seen of the other."""

from __future__ import annotations

import ctypes
from collections import defaultdict

import pypdfium2.raw as pdfium

from common.extraction.hidden import COVERED, Marks, Reasons
from common.extraction.layout import Glyph
from common.extraction.page import Box
from common.extraction.pdfium import Frame
from common.extraction.picture import differs, draw

_MAX_SUSPECTS = 24
_NEAR = 8
_WORTHWHILE = 3
"""Characters in a text object from which it is looked at as a whole first."""


def hide_overlaid(
    page: pdfium.FPDF_PAGE,
    frame: Frame,
    texts: list[pdfium.FPDF_PAGEOBJECT],
    marks: Marks,
    why: Reasons,
) -> None:
    """Draws each text that lies over another alone, and notes the characters that then show nothing.

    All texts are switched off before and after.
    """
    suspects = _overlapping(marks, why)
    if not suspects:
        return
    bare = draw(page, frame)
    for handle in suspects[:_MAX_SUSPECTS]:
        text = next((each for each in texts if _address(each) == handle), None)
        if text is None:
            continue
        pdfium.FPDFPageObj_SetIsActive(text, True)
        alone = draw(page, frame)
        pdfium.FPDFPageObj_SetIsActive(text, False)
        for at, (glyph, ink) in enumerate(marks):
            if ink.handle != handle or why[at] is not None or ink.without or not glyph.sign.isalnum():
                continue
            if not differs(alone, bare, glyph.box):
                why[at] = COVERED


def _overlapping(marks: Marks, why: Reasons) -> list[int]:
    """The text objects that lie over another's characters, in the order of the page.

    By their addresses, which differ from one process to the next, other ones would be left out each time.
    """
    near = _near_another(marks, why)
    grid: defaultdict[tuple[int, int], list[tuple[Glyph, int]]] = defaultdict(list)
    suspects: dict[int, None] = {}
    if not near:
        return []
    for (glyph, ink), reason in zip(marks, why, strict=True):
        handle = ink.handle
        if handle not in near or reason is not None or not glyph.sign.isalnum():
            continue
        x, y = (glyph.box.x0 + glyph.box.x1) / 2, (glyph.box.y0 + glyph.box.y1) / 2
        cell = grid[int(x // _NEAR), int(y // _NEAR)]
        for other, its_handle in cell:
            if its_handle == handle or other.sign == glyph.sign:
                continue
            its = other.box
            if its.x0 < x < its.x1 and its.y0 < y < its.y1:
                suspects |= {its_handle: None, handle: None}
        cell.append((glyph, handle))
    return list(suspects)


def _near_another(marks: Marks, why: Reasons) -> set[int]:
    """The text objects whose characters together reach into the place of another's."""
    boxes: defaultdict[int, list[Box]] = defaultdict(list)
    for (glyph, ink), reason in zip(marks, why, strict=True):
        if reason is None and glyph.sign.isalnum():
            boxes[ink.handle].append(glyph.box)
    if len(boxes) * _WORTHWHILE > len(marks):
        return set(boxes)  # drawn character by character: looking at each is faster
    around = []
    for handle, its in boxes.items():
        lefts, tops, rights, bottoms = zip(*its, strict=True)
        around.append((min(tops), max(bottoms), min(lefts), max(rights), handle))
    around.sort()
    near: set[int] = set()
    for at, (_, bottom, left, right, handle) in enumerate(around):
        for top, _, its_left, its_right, other in around[at + 1 :]:
            if top >= bottom:
                break
            if its_left < right and left < its_right:
                near |= {handle, other}
    return near


def _address(thing: pdfium.FPDF_PAGEOBJECT) -> int:
    return ctypes.cast(thing, ctypes.c_void_p).value or 0
