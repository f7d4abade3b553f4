"""Text comes in the order in which a person reads it, and each box is where a reader shows it."""

from __future__ import annotations

import io

import pypdf
import pytest
from pypdf.generic import RectangleObject

from common.extraction.page import Box, Page
from tests.unit.extraction.sheet import Sheet, first_page


def _turned(pdf: bytes, degrees: int) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf))
    writer.pages[0].rotate(degrees)
    return _written(writer)


def _cropped(pdf: bytes, box: tuple[float, float, float, float]) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf))
    writer.pages[0].cropbox = RectangleObject(box)
    return _written(writer)


def _written(writer: pypdf.PdfWriter) -> bytes:
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def _box(page: Page, words: str) -> Box:
    start = page.text.index(words)
    box = page.box(start, start + len(words))
    assert box is not None
    return box


def test_lines_run_down_and_cells_run_across() -> None:
    sheet = Sheet().text(300, 60, "right").text(40, 80, "below").text(40, 60, "left")
    assert first_page(sheet.pdf()).text == "left\tright\nbelow"


def test_words_of_a_line_are_parted_by_spaces() -> None:
    assert first_page(Sheet().text(40, 60, "Net total  12.00").pdf()).text == "Net total 12.00"


def test_a_number_drawn_in_pieces_is_one_number() -> None:
    sheet = Sheet()
    width = sheet.canvas.stringWidth("1,234", "Helvetica", 9)
    page = first_page(sheet.text(40, 60, "1,234").text(40 + width, 60, ".56").pdf())
    assert page.text == "1,234.56"


def test_a_kerned_pair_that_a_browser_draws_apart_is_one_word() -> None:
    sheet = Sheet()
    for line, (first, rest) in enumerate((("T", "otal 12.00"), ("P", ". IVA"), ("V", "AT No"))):
        width = sheet.canvas.stringWidth(first, "Helvetica", 9)
        sheet.text(40, 60 + 20 * line, first).text(40 + width - 0.13 * 9, 60 + 20 * line, rest)
    assert first_page(sheet.pdf()).text.split("\n") == ["Total 12.00", "P. IVA", "VAT No"]


def test_a_number_over_the_end_of_a_code_stands_apart() -> None:
    sheet = Sheet().text(40, 60, "KEY-0064").text(40 + 34, 60, "7")
    assert first_page(sheet.pdf()).text.split() == ["KEY-0064", "7"]


def test_bold_print_by_drawing_twice_is_read_once() -> None:
    sheet = Sheet().text(40, 60, "Total 12.00").text(40.3, 60, "Total 12.00")
    assert first_page(sheet.pdf()).text == "Total 12.00"


def test_small_type_beside_large_keeps_its_own_line() -> None:
    page = first_page(Sheet().text(40, 60, "Title", 20).text(200, 62, "note", 6).pdf())
    assert page.text.replace("\n", "\t") == "Title\tnote"


def test_the_box_is_the_glyphs_and_nothing_more() -> None:
    page = first_page(Sheet().text(100, 200, "Total 560.00", 10).pdf())
    box = _box(page, "560.00")
    assert box.x0 == pytest.approx(100 + 25.6, abs=1)
    assert box.y1 == pytest.approx(200, abs=1)
    assert box.y0 == pytest.approx(200 - 7.2, abs=1)
    assert box.x1 - box.x0 < 31


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_page_has_its_boxes_where_a_reader_shows_them(degrees: int) -> None:
    upright = first_page(Sheet(400, 300).text(100, 200, "Total 560.00", 10).pdf())
    page = first_page(_turned(Sheet(400, 300).text(100, 200, "Total 560.00", 10).pdf(), degrees))
    assert (page.width, page.height) == ((300, 400) if degrees != 180 else (400, 300))
    x0, y0, x1, y1 = _box(upright, "560.00")
    expected = {
        90: Box(300 - y1, x0, 300 - y0, x1),
        180: Box(400 - x1, 300 - y1, 400 - x0, 300 - y0),
        270: Box(y0, 400 - x1, y1, 400 - x0),
    }
    assert _box(page, "560.00") == pytest.approx(expected[degrees], abs=0.1)


def test_a_turned_page_is_read_as_the_text_runs() -> None:
    sheet = Sheet(400, 300).text(100, 200, "Total").text(200, 200, "560.00").text(100, 220, "below")
    page = first_page(_turned(sheet.pdf(), 90))
    assert page.text == "Total\t560.00\nbelow"
    assert page.spot(0, 5) == pytest.approx(_box(first_page(sheet_again().pdf()), "Total"), abs=0.1)


def sheet_again() -> Sheet:
    return Sheet(400, 300).text(100, 200, "Total").text(200, 200, "560.00").text(100, 220, "below")


def test_a_page_drawn_sideways_and_turned_is_upright() -> None:
    sheet = Sheet(300, 400)
    sheet.canvas.translate(300, 0)
    sheet.canvas.rotate(90)
    sheet.canvas.drawString(50, 200, "Landscape 4711")
    page = first_page(_turned(sheet.pdf(), 90))
    assert (page.width, page.height, page.turn) == (400, 300, 0)
    box = _box(page, "4711")
    assert box.x1 - box.x0 > box.y1 - box.y0


def test_a_cropped_page_counts_from_its_crop_box() -> None:
    sheet = Sheet(400, 300).text(100, 200, "Total 560.00", 10)
    whole, part = first_page(sheet.pdf()), first_page(_cropped(_again(), (50, 20, 380, 280)))
    assert (part.width, part.height) == (330, 260)
    box = _box(whole, "560.00")
    moved = Box(box.x0 - 50, box.y0 - 20, box.x1 - 50, box.y1 - 20)
    assert _box(part, "560.00") == pytest.approx(moved, abs=0.1)


def _again() -> bytes:
    return Sheet(400, 300).text(100, 200, "Total 560.00", 10).pdf()


def test_text_outside_the_crop_box_is_not_read() -> None:
    page = first_page(
        _cropped(Sheet(400, 300).text(10, 200, "gone").text(200, 200, "here").pdf(), (150, 0, 400, 300))
    )
    assert page.text == "here"


def test_columns_are_read_down_where_a_text_runs_over_lines() -> None:
    sheet = (
        Sheet()
        .lines(40, 60, ["The quick brown", "fox jumps over"])
        .lines(300, 60, ["A second", "column here"])
    )
    from common.extraction.printed import Index

    flow = Index(first_page(sheet.pdf())).flow.text
    assert "thequickbrownfoxjumpsover" in flow
    assert "asecondcolumnhere" in flow


def test_what_is_filled_into_a_form_is_read() -> None:
    sheet = Sheet().text(40, 60, "Invoice No:")
    sheet.canvas.acroForm.textfield(
        name="no", value="INV-4711", x=120, y=842 - 64, width=120, height=16, fontSize=9
    )
    assert "INV-4711" in first_page(sheet.pdf()).text
