"""Texts that lie over one another: one may hide behind what is seen of the other."""

from __future__ import annotations

import ctypes
from collections import defaultdict

import pypdfium2.raw as pdfium

from common.extraction.hidden import COVERED, Marks, Reasons
from common.extraction.pdfium import Frame
from common.extraction.picture import differs, draw

_MAX_SUSPECTS = 24
_NEAR = 8


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
    grid: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    suspects: dict[int, None] = {}
    for at, (glyph, ink) in enumerate(marks):
        if why[at] is not None or not glyph.sign.isalnum():
            continue
        x, y = (glyph.box.x0 + glyph.box.x1) / 2, (glyph.box.y0 + glyph.box.y1) / 2
        cell = grid[int(x // _NEAR), int(y // _NEAR)]
        for other in cell:
            other_glyph, other_ink = marks[other]
            if other_ink.handle == ink.handle or other_glyph.sign == glyph.sign:
                continue
            its = other_glyph.box
            if its.x0 < x < its.x1 and its.y0 < y < its.y1:
                suspects |= {other_ink.handle: None, ink.handle: None}
        cell.append(at)
    return list(suspects)


def _address(thing: pdfium.FPDF_PAGEOBJECT) -> int:
    return ctypes.cast(thing, ctypes.c_void_p).value or 0
