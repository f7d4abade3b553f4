"""Texts that nobody sees, told as texts with the reason."""

from __future__ import annotations

from collections.abc import Iterator

from common.extraction.characters import Marks
from common.extraction.page import Hidden

Reasons = list[str | None]
"""For each character why it can't be seen; None for one that can."""

INKLESS = "drawn without ink"
COVERED = "of the colour of its ground, or covered"

_DIGITS = 3
_LETTERS = 12
_WORD = 3


def reported(marks: Marks, why: Reasons) -> Iterator[Hidden]:
    """The hidden characters as texts, those that are worth telling."""
    shown = {
        ink.handle
        for (glyph, ink), reason in zip(marks, why, strict=True)
        if reason is None and glyph.sign.isalnum()
    }
    signs: list[str] = []
    reason: str | None = None
    whole, handle = True, 0
    for (glyph, ink), each in zip(marks, why, strict=True):
        if each is None and glyph.sign.isspace():
            signs.append(" ")
        elif each == reason and each is not None:
            signs.append(glyph.sign if ink.handle == handle else f" {glyph.sign}")
            handle = ink.handle
        else:
            if reason is not None:
                yield from _told("".join(signs), reason, whole)
            signs, reason, whole, handle = [glyph.sign], each, ink.handle not in shown, ink.handle
    if reason is not None:
        yield from _told("".join(signs), reason, whole)


def _told(signs: str, reason: str, whole: bool) -> Iterator[Hidden]:
    """A text that says something: not the clipped tail of a word, nor a scanner's noise."""
    text = " ".join(signs.split())
    digits, letters = sum(map(str.isdigit, text)), sum(map(str.isalnum, text))
    if digits >= _DIGITS or letters >= _LETTERS or (whole and letters >= _WORD and reason != INKLESS):
        yield Hidden(text, reason)
