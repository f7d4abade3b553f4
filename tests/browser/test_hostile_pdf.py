"""PDFs that try to do something: what they hold is drawn, and nothing of it runs."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import expect
from pypdf import PdfWriter
from pypdf.annotations import Link
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, TextStringObject
from reportlab.pdfgen.canvas import Canvas

from tests import checked_records
from tests.browser.conftest import OpenPage
from tests.browser.test_check_page import drawn_page
from tests.documents import Drawn
from tests.running import RunningCloud

SCRIPT = "app.alert('in'); this.submitForm('http://127.0.0.1:9/')"


def drawn(text: str) -> PdfWriter:
    content = io.BytesIO()
    canvas = Canvas(content, pagesize=(595, 842), invariant=True)
    canvas.drawString(60, 700, text)
    canvas.save()
    return PdfWriter(clone_from=io.BytesIO(content.getvalue()))


def written(writer: PdfWriter) -> bytes:
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def with_text() -> bytes:
    return written(drawn("<script>alert(1)</script><img src=x onerror=alert(2)>"))


def with_script() -> bytes:
    writer = drawn("a script when opened")
    action = DictionaryObject(
        {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject(SCRIPT),
        }
    )
    writer.root_object[NameObject("/OpenAction")] = action
    return written(writer)


def with_link() -> bytes:
    writer = drawn("a link over the whole page")
    writer.add_annotation(0, Link(rect=(0, 0, 595, 842), url="javascript:alert(3)"))
    return written(writer)


def with_launch() -> bytes:
    writer = drawn("a program to launch")
    launch = DictionaryObject(
        {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("calc.exe")}
    )
    annotation = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Link"),
            NameObject("/Rect"): ArrayObject([FloatObject(side) for side in (0, 0, 595, 842)]),
            NameObject("/A"): launch,
        }
    )
    writer.add_annotation(0, annotation)
    return written(writer)


@pytest.mark.parametrize("make", [with_text, with_script, with_link, with_launch])
def test_a_pdf_that_wants_to_act_is_only_drawn(
    open_page: OpenPage, cloud: RunningCloud, make: object
) -> None:
    assert callable(make)
    number = checked_records.direct(cloud, checked_records.read_from(Drawn()), make(), "acting.pdf")
    page = open_page(f"/check/?id={number}")
    foreign: list[str] = []
    page.on(
        "request", lambda request: foreign.append(request.url) if cloud.gateway not in request.url else None
    )
    drawn_page(page)
    expect(page.locator(".textLayer span").first).to_be_attached()
    page.keyboard.press("Escape")
    page.locator(".pages").click(position={"x": 200, "y": 300})
    page.wait_for_timeout(300)
    assert page.url.endswith(f"/check/?id={number}")
    assert foreign == []
    assert page.locator(".textLayer script, .textLayer img").count() == 0


def test_a_file_that_is_no_pdf_is_told_and_the_data_stands_all_the_same(
    open_page: OpenPage, cloud: RunningCloud
) -> None:
    number = checked_records.direct(
        cloud, checked_records.read_from(Drawn()), b"%PDF-1.7 broken", "broken.pdf"
    )
    page = open_page(f"/check/?id={number}")
    expect(page.get_by_role("alert").filter(has_text="damaged")).to_be_visible()
    expect(page.locator("#field-vendor_name")).to_have_value("Northwind Supplies Ltd")
