"""A page whose letters stand for nothing is told as one that can't be read, and never as an empty one."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import font_manrope  # type: ignore[import-untyped]
import pytest
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont

from common.extraction.limits import Limits
from common.extraction.reader import read
from common.reading import OCR_MEMORY_MB
from tests.unit.extraction.sheet import Sheet, concluded, first_page, reasons

_WORDS = ("Northwind Supplies Ltd", "Invoice No: INV-12345", "Date: 2026-03-05", "Total: 1,416.00 USD")
_TRUTH = {
    "document_type": "invoice",
    "vendor_name": "Northwind Supplies Ltd",
    "invoice_number": "INV-12345",
    "total_amt": Decimal("1416.00"),
}


@pytest.fixture(scope="module")
def undecipherable() -> bytes:
    """An invoice in a font that does not say which letters its signs are, as some printer drivers write."""
    # A face that no other test draws in: reportlab numbers the letters of a face as it was first registered.
    face = Path(font_manrope.font_directory) / "Manrope-Medium.ttf"
    registerFont(TTFont("Numbered", face, asciiReadable=False))
    sheet = Sheet()
    sheet.canvas.setFont("Numbered", 12)
    for number, words in enumerate(_WORDS):
        sheet.canvas.drawString(50, 780 - 20 * number, words)
    pdf, found = re.subn(rb"/ToUnicode \d+ 0 R", lambda match: b" " * len(match[0]), sheet.pdf())
    assert found == 1
    return pdf


def _outlined() -> bytes:
    """A page of curves as many as letters have, and no text."""
    sheet = Sheet()
    for letter in range(400):
        path = sheet.canvas.beginPath()
        x, y = 40 + letter % 50 * 10, 780 - letter // 50 * 14
        path.moveTo(x, y)
        for step in range(12):
            path.curveTo(x + step % 3, y + step % 5, x + step % 5, y + step % 3, x + step % 4, y + 1)
        sheet.canvas.drawPath(path, stroke=0, fill=1)
    return sheet.pdf()


def test_letters_that_stand_for_nothing_are_no_text_to_check_against(undecipherable: bytes) -> None:
    assert not first_page(undecipherable).legible
    told = reasons(concluded(undecipherable, _TRUTH))
    assert {("illegible", name) for name in ("vendor_name", "invoice_number", "total_amt")} <= told


def test_they_are_recognised_as_a_picture_is(undecipherable: bytes) -> None:
    page = read(undecipherable, Limits(seconds=240, memory_mb=OCR_MEMORY_MB, ocr=True)).pages[0]
    assert (page.source, page.text.split("\n")) == ("ocr", list(_WORDS))


def test_a_page_written_in_outlines_is_a_picture() -> None:
    result = concluded(_outlined(), _TRUTH)
    assert ("illegible", "total_amt") in reasons(result)
    assert result["pages"] == {"total": 1, "read": 1, "with_text": 0, "scanned": 1, "unread": []}


def test_a_page_with_some_lines_is_an_empty_one() -> None:
    sheet = Sheet().text(50, 60, "Total: 1,416.00 USD").next_page()
    for number in range(40):
        sheet.canvas.line(40, 100 + 15 * number, 550, 100 + 15 * number)
    assert concluded(sheet.pdf(), _TRUTH)["pages"]["scanned"] == 0


def test_a_control_character_without_ink_does_no_harm() -> None:
    sheet = Sheet().text(50, 60, "Invoice")
    sheet.canvas.addLiteral(r"BT /F1 9 Tf 50 700 Td (Total:\003 1,416.00 USD) Tj ET")
    assert first_page(sheet.pdf()).text == "Invoice\nTotal: 1,416.00 USD"
