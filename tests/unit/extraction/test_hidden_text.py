"""Text that nobody sees is no evidence, and is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader

from tests.unit.extraction import base
from tests.unit.extraction.sheet import Sheet, concluded, first_page, reasons

_LIE = "Total: 999.00"


def _picture(words: str = "PICTURE 12345") -> ImageReader:
    image = Image.new("RGB", (200, 60), "white")
    ImageDraw.Draw(image).text((20, 20), words, fill="black")
    return ImageReader(image.resize((800, 240)))


def _white(sheet: Sheet) -> None:
    sheet.canvas.setFillGray(1)
    sheet.text(40, 600, _LIE)


def _nearly_white(sheet: Sheet) -> None:
    sheet.canvas.setFillGray(0.97)
    sheet.text(40, 600, _LIE)


def _without_ink(sheet: Sheet) -> None:
    text = sheet.canvas.beginText(40, 242)
    text.setTextRenderMode(3)
    text.textLine(_LIE)
    sheet.canvas.drawText(text)


def _off_the_page(sheet: Sheet) -> None:
    sheet.text(40, -50, _LIE)


def _tiny(sheet: Sheet) -> None:
    sheet.text(40, 600, _LIE, 1)


def _scaled_down(sheet: Sheet) -> None:
    sheet.canvas.saveState()
    sheet.canvas.scale(0.1, 0.1)
    sheet.canvas.drawString(400, 2420, _LIE)
    sheet.canvas.restoreState()


def _under_a_box(sheet: Sheet) -> None:
    sheet.text(40, 600, _LIE)
    sheet.canvas.setFillGray(1)
    sheet.canvas.rect(30, 230, 200, 30, stroke=0, fill=1)


def _under_a_picture(sheet: Sheet) -> None:
    sheet.text(40, 600, _LIE)
    sheet.canvas.drawImage(_picture(), 30, 230, 150, 40)


def _on_its_own_colour(sheet: Sheet) -> None:
    sheet.canvas.setFillColorRGB(0.2, 0.2, 0.6)
    sheet.canvas.rect(30, 230, 200, 30, stroke=0, fill=1)
    sheet.canvas.setFillColorRGB(0.2, 0.2, 0.62)
    sheet.text(40, 600, _LIE)


def _transparent(sheet: Sheet) -> None:
    sheet.canvas.setFillAlpha(0)
    sheet.text(40, 600, _LIE)


def _clipped_away(sheet: Sheet) -> None:
    path = sheet.canvas.beginPath()
    path.rect(0, 0, 10, 10)
    sheet.canvas.saveState()
    sheet.canvas.clipPath(path, stroke=0)
    sheet.text(40, 600, _LIE)
    sheet.canvas.restoreState()


def _behind_other_text(sheet: Sheet) -> None:
    sheet.canvas.setFillGray(1)
    sheet.text(40, 500, _LIE)


_WAYS = [
    _white,
    _nearly_white,
    _without_ink,
    _off_the_page,
    _tiny,
    _scaled_down,
    _under_a_box,
    _under_a_picture,
    _on_its_own_colour,
    _transparent,
    _clipped_away,
    _behind_other_text,
]


@pytest.mark.parametrize("way", _WAYS)
def test_hidden_text_is_told_and_not_read(way: Callable[[Sheet], None]) -> None:
    sheet = Sheet().text(40, 500, "Shown: 123.00")
    way(sheet)
    page = first_page(sheet.pdf())
    assert page.text.startswith("Shown: 123.00")
    assert "999" not in page.text
    assert [hidden.text for hidden in page.hidden] == [_LIE]


@pytest.mark.parametrize("way", _WAYS)
def test_a_value_that_only_hidden_text_shows_is_not_found(way: Callable[[Sheet], None]) -> None:
    sheet = base.sheet().text(40, 500, "Note: 123.00")
    way(sheet)
    found = reasons(concluded(sheet.pdf(), base.truth(total_amt=999)))
    assert ("not_found", "total_amt") in found
    assert ("hidden_text", None) in found


def test_light_grey_text_is_seen() -> None:
    sheet = Sheet()
    sheet.canvas.setFillGray(0.8)
    page = first_page(sheet.text(40, 600, "Terms: 30 days").pdf())
    assert (page.text, page.hidden) == ("Terms: 30 days", ())


def test_white_text_on_a_dark_ground_is_seen() -> None:
    sheet = Sheet()
    sheet.canvas.rect(30, 230, 200, 30, stroke=0, fill=1)
    sheet.canvas.setFillGray(1)
    page = first_page(sheet.text(40, 600, "Invoice 4711").pdf())
    assert (page.text, page.hidden) == ("Invoice 4711", ())


def test_a_covered_digit_is_not_read() -> None:
    sheet = Sheet().text(40, 600, "Sum: 1234.00", 10)
    sheet.canvas.setFillGray(1)
    start = 40 + sheet.canvas.stringWidth("Sum: ", "Helvetica", 10)
    sheet.canvas.rect(start, 842 - 605, 5.3, 14, stroke=0, fill=1)
    assert "1234" not in first_page(sheet.pdf()).text


def test_the_recognised_text_of_a_scan_is_no_hidden_text() -> None:
    sheet = Sheet(400, 300)
    sheet.canvas.drawImage(_picture(), 0, 0, 400, 300)
    text = sheet.canvas.beginText(48, 150)
    text.setFont("Helvetica", 22)
    text.setTextRenderMode(3)
    text.textLine("PICTURE 12345")
    sheet.canvas.drawText(text)
    page = first_page(sheet.pdf())
    assert (page.text, page.hidden, page.picture) == ("PICTURE 12345", (), True)


_RECEIPT = [f"Article {number} costs {number * 7}.50" for number in range(1, 19)]


def _scan(words: list[str], laid: list[tuple[float, float, str]], rule: float | None = None) -> bytes:
    """A picture of words and maybe a rule, with text without ink laid over it, by places from the top."""
    image = Image.new("L", (300, 400), "white")
    drawing = ImageDraw.Draw(image)
    if rule is not None:
        drawing.line((10, rule, 290, rule), fill="black")
    for row, line in enumerate(words):
        drawing.text((20, 20 + 20 * row), line, fill="black")
    sheet = Sheet(300, 400)
    sheet.canvas.drawImage(ImageReader(image.resize((1200, 1600))), 0, 0, 300, 400)
    text = sheet.canvas.beginText()
    text.setFont("Helvetica", 11)
    text.setTextRenderMode(3)
    for x, y, line in laid:
        text.setTextOrigin(x, 400 - y)
        text.textLine(line)
    sheet.canvas.drawText(text)
    return sheet.pdf()


def _recognised(words: list[str]) -> list[tuple[float, float, str]]:
    return [(20, 30 + 20 * row, line) for row, line in enumerate(words)]


def test_the_recognised_text_of_a_whole_receipt_is_seen() -> None:
    page = first_page(_scan(_RECEIPT, _recognised(_RECEIPT)))
    assert (page.text.splitlines(), page.hidden) == (_RECEIPT, ())


def test_a_line_laid_over_a_scan_that_says_much_more_is_hidden() -> None:
    page = first_page(_scan(_RECEIPT, [(20, 30, _LIE)]))
    assert (page.text, [hidden.text for hidden in page.hidden]) == ("", [_LIE])


@pytest.mark.parametrize("y", [230, 240], ids=["over recognised text", "between lines"])
def test_figures_laid_over_a_recognised_scan_are_hidden(y: float) -> None:
    page = first_page(_scan(_RECEIPT, [*_recognised(_RECEIPT), (20, y, "98765.43")]))
    assert "98765" not in page.text
    assert any("98765" in hidden.text for hidden in page.hidden)
    assert "Article 9 costs 63.50" in page.text


def test_figures_laid_over_a_ruled_line_are_hidden() -> None:
    words = _RECEIPT[:15]
    page = first_page(_scan(words, [*_recognised(words), (150, 364, "98765.43")], rule=360))
    assert "98765" not in page.text
    assert page.text.splitlines() == words


def test_recognised_figures_that_a_rule_strikes_are_seen() -> None:
    words = _RECEIPT[:15]
    page = first_page(_scan(words, _recognised(words), rule=205))
    assert page.text.splitlines() == words


def test_figures_laid_over_a_logo_are_hidden() -> None:
    sheet = base.sheet()
    sheet.canvas.drawImage(_picture("NORTHWIND"), 200, 760, 150, 50)
    text = sheet.canvas.beginText(215, 780)
    text.setFont("Helvetica", 12)
    text.setTextRenderMode(3)
    text.textLine("Total 999.00")
    sheet.canvas.drawText(text)
    page = first_page(sheet.pdf())
    assert "999" not in page.text
    assert [hidden.text for hidden in page.hidden] == ["999.00"]


def test_text_without_ink_beside_what_a_scan_shows_is_hidden() -> None:
    sheet = Sheet(400, 300)
    sheet.canvas.drawImage(_picture(), 0, 0, 400, 300)
    text = sheet.canvas.beginText(200, 20)
    text.setTextRenderMode(3)
    text.textLine(_LIE)
    sheet.canvas.drawText(text)
    page = first_page(sheet.pdf())
    assert (page.text, [hidden.text for hidden in page.hidden]) == ("", [_LIE])
