"""Writes text into a PDF where nobody sees it: `python -m evaluation.planting.hiding WAY LINE…`.

A process of its own, because a broken file can end the library that writes: the PDF
comes on standard input, the changed one goes to standard output.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

WAYS = ("invisible", "white", "tiny", "off the page")
_ROOT = Path(__file__).parents[2]
_SECONDS = 30
_SIZE, _TINY = 9.0, 0.8
_ROOM = (150, 32)
"""Points, wide and high, for two short lines with a margin."""
_LEFT, _BOTTOM, _LINE, _OFF = 40.0, 24.0, 11.0, -400.0


class CannotHide(Exception):
    """The PDF can't be changed."""


def with_hidden(pdf: bytes, lines: Sequence[str], way: str) -> bytes:
    """`pdf` with `lines` on its first page, hidden in one of the WAYS; raises CannotHide."""
    command = [sys.executable, "-m", "evaluation.planting.hiding", way, *lines]
    try:
        done = subprocess.run(
            command, cwd=_ROOT, input=pdf, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as fault:
        raise CannotHide(f"writing took more than {_SECONDS} seconds") from fault
    if done.returncode != 0 or not done.stdout.startswith(b"%PDF-"):
        raise CannotHide("the PDF can't be changed")
    return done.stdout


def write(pdf: bytes, lines: Sequence[str], way: str) -> bytes:
    """The same in this process; on a rotated page, whose places on its picture are others, never in white."""
    import pypdfium2
    from pypdfium2 import raw

    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    if way == "white" and page.get_rotation():
        way = "invisible"
    left, bottom = _blank(page) if way == "white" else (_LEFT, _BOTTOM)
    for place, line in enumerate(lines):
        text = raw.FPDFPageObj_NewTextObj(document, b"Helvetica", _TINY if way == "tiny" else _SIZE)
        units = (line + "\0").encode("utf-16-le")
        buffer = (raw.FPDF_WCHAR * (len(units) // 2)).from_buffer_copy(units)
        raw.FPDFText_SetText(text, buffer)
        if way == "invisible":
            raw.FPDFTextObj_SetTextRenderMode(text, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
        if way == "white":
            raw.FPDFPageObj_SetFillColor(text, 255, 255, 255, 255)
        x = _OFF if way == "off the page" else left
        raw.FPDFPageObj_Transform(text, 1, 0, 0, 1, x, bottom + place * _LINE)
        raw.FPDFPage_InsertObject(page, text)
    page.gen_content()
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _blank(page: Any) -> tuple[float, float]:
    """Where on the page is nothing but white, with room for two lines; raises ValueError if nowhere."""
    picture = page.render(scale=1, grayscale=True).to_pil()
    wide, high = _ROOM
    for top in range(picture.height - high - 4, 0, -high // 2):
        for left in range(10, picture.width - wide, wide // 2):
            if picture.crop((left, top, left + wide, top + high)).getextrema() == (255, 255):
                return page.get_bbox()[0] + left + 4, page.get_bbox()[1] + picture.height - top - high + 6
    raise ValueError("the page has no white room")


if __name__ == "__main__":
    sys.stdout.buffer.write(write(sys.stdin.buffer.read(), sys.argv[2:], sys.argv[1]))
