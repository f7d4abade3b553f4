"""Texts that lie over one another: one may hide behind what is seen of the other."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Callable

import pypdfium2.raw as pdfium

from common.extraction.characters import Characters
from common.extraction.hidden import COVERED, Reasons
from common.extraction.page import Box, union
from common.extraction.picture import Picture, differs

_MAX_SUSPECTS = 24
_NEAR = 8
_WORTHWHILE = 3
"""Characters in a text object from which it is looked at as a whole first."""


def hide_overlaid(
    drawn: Callable[[Box | None], Picture],
    texts: list[pdfium.FPDF_PAGEOBJECT],
    characters: Characters,
    bare: Picture,
    why: Reasons,
) -> None:
    """Draws each text that lies over another alone, and notes the characters that then show nothing.

    `drawn` gives a part of the page as it is at that time. All texts are switched off
    before and after, as they are in the picture `bare`.
    """
    for handle in _overlapping(characters, why)[:_MAX_SUSPECTS]:
        text = next((each for each in texts if _address(each) == handle), None)
        its = [
            at
            for first, behind, ink in characters.stretches
            if ink.handle == handle and not ink.without
            for at in range(first, behind)
            if why[at] is None and characters.signs[at].isalnum()
        ]
        if text is None or not its:
            continue
        pdfium.FPDFPageObj_SetIsActive(text, True)
        alone = drawn(union([characters.box(at) for at in its]))
        pdfium.FPDFPageObj_SetIsActive(text, False)
        without = bare.part(alone)
        for at in its:
            if not differs(alone, without, characters.box(at)):
                why[at] = COVERED


def _overlapping(characters: Characters, why: Reasons) -> list[int]:
    """The text objects that lie over another's characters, in the order of the page.

    By their addresses, which differ from one process to the next, other ones would be left out each time.
    """
    near = _near_another(characters)
    grid: defaultdict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    suspects: dict[int, None] = {}
    left, top, right, bottom = characters.sides
    for first, behind, ink in characters.stretches:
        handle = ink.handle
        if handle not in near:
            continue
        for at in range(first, behind):
            sign = characters.signs[at]
            if why[at] is not None or not sign.isalnum():
                continue
            x, y = (left[at] + right[at]) / 2, (top[at] + bottom[at]) / 2
            cell = grid[int(x // _NEAR), int(y // _NEAR)]
            for other, its_handle in cell:
                if its_handle == handle or characters.signs[other] == sign:
                    continue
                if left[other] < x < right[other] and top[other] < y < bottom[other]:
                    suspects |= {its_handle: None, handle: None}
            cell.append((at, handle))
    return list(suspects)


def _near_another(characters: Characters) -> set[int]:
    """The text objects whose characters together reach into the place of another's."""
    stretches = characters.stretches
    if len(stretches) * _WORTHWHILE > len(characters):
        return {ink.handle for _, _, ink in stretches}  # drawn one by one: looking at each is faster
    left, top, right, bottom = characters.sides
    around = sorted(
        (
            min(top[first:behind]),
            max(bottom[first:behind]),
            min(left[first:behind]),
            max(right[first:behind]),
            ink.handle,
        )
        for first, behind, ink in stretches
    )
    near: set[int] = set()
    for at, (_, lowest, leftmost, rightmost, handle) in enumerate(around):
        for its_top, _, its_left, its_right, other in around[at + 1 :]:
            if its_top >= lowest:
                break
            if other != handle and its_left < rightmost and leftmost < its_right:
                near |= {handle, other}
    return near


def _address(thing: pdfium.FPDF_PAGEOBJECT) -> int:
    return ctypes.cast(thing, ctypes.c_void_p).value or 0
