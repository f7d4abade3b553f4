"""Values that go from the page into the fields, and the way through what needs a look."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfWriter
from pypdf.generic import NameObject, StreamObject
from reportlab.pdfgen.canvas import Canvas

from common.domain.exact_json import loads
from tests import checked_records
from tests.browser.conftest import OpenPage
from tests.browser.test_check_page import drawn_page, field, stands
from tests.documents import Drawn
from tests.running import RunningCloud


@pytest.fixture
def record(cloud: RunningCloud) -> int:
    drawn = Drawn(number="INV-2026-0042")
    return checked_records.direct(cloud, checked_records.read_from(drawn), drawn.pdf(), "picked.pdf")


def word(page: Page, text: str) -> Any:
    """A run of text on the page."""
    return page.locator(".textLayer span", has_text=text).first


def click_on(page: Page, text: str, **how: Any) -> None:
    """Clicks in the middle of a run of text, whatever lies over it."""
    box = word(page, text).bounding_box()
    assert box is not None
    modifiers = how.get("modifiers", [])
    for key in modifiers:
        page.keyboard.down(key)
    page.mouse.click(box["x"] + box["width"] * how.get("at", 0.5), box["y"] + box["height"] / 2)
    for key in modifiers:
        page.keyboard.up(key)


def drag_around(page: Page, text: str) -> None:
    """Drags a frame around a run of text."""
    box = word(page, text).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] - 8, box["y"] - 4)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 10)
    page.mouse.move(box["x"] + box["width"] + 8, box["y"] + box["height"] + 3)
    page.mouse.up()


def test_a_clicked_word_goes_into_the_focused_field_in_its_kind(
    open_page: OpenPage, http: httpx.Client, record: int
) -> None:
    page = open_page(f"/check/?id={record}")
    drawn_page(page)
    field(page, "amount_due").focus()
    click_on(page, "1,416.00")
    expect(field(page, "amount_due")).to_have_value("1416.00")
    expect(field(page, "amount_due")).to_be_focused()
    field(page, "due_date").focus()
    click_on(page, "Invoice Date: 2026-03-05", at=0.85)
    expect(field(page, "due_date")).to_have_value("2026-03-05")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    found = stands(http, id=record)
    assert found["data"]["amount_due"] == Decimal("1416.00")
    place = found["evidence"]["amount_due"]
    assert (place["page"], place["text"], place["source"]) == (1, "1,416.00", "text")
    truth = found["evidence"]["total_amt"]["box"]
    assert all(abs(one - other) < 6 for one, other in zip(place["box"], truth, strict=True))


def test_a_word_that_is_no_amount_does_not_go_into_an_amount(open_page: OpenPage, record: int) -> None:
    page = open_page(f"/check/?id={record}")
    drawn_page(page)
    field(page, "total_amt").focus()
    click_on(page, "Delivery boxes")
    expect(page.get_by_role("status").filter(has_text="does not fit this field")).to_be_visible()
    expect(field(page, "total_amt")).to_have_value("1416.00")


def test_a_code_loses_the_word_before_it_and_no_letter_of_its_own(open_page: OpenPage, record: int) -> None:
    page = open_page(f"/check/?id={record}")
    drawn_page(page)
    field(page, "po_number").focus()
    click_on(page, "Northwind Supplies Ltd", at=0.1)
    expect(field(page, "po_number")).to_have_value("Northwind")
    click_on(page, "Invoice No: INV-2026-0042", at=0.35)
    click_on(page, "Invoice No: INV-2026-0042", at=0.9, modifiers=["Shift"])
    expect(field(page, "po_number")).to_have_value("INV-2026-0042")


def test_a_dragged_frame_takes_what_is_inside_it(open_page: OpenPage, record: int) -> None:
    page = open_page(f"/check/?id={record}")
    drawn_page(page)
    field(page, "buyer_name").focus()
    drag_around(page, "Northwind Supplies Ltd")
    expect(field(page, "buyer_name")).to_have_value("Northwind Supplies Ltd")
    page.keyboard.press("Control+z")
    expect(field(page, "buyer_name")).to_have_value("Contoso Retail Inc")


def test_shift_takes_everything_up_to_a_further_word(open_page: OpenPage, record: int) -> None:
    page = open_page(f"/check/?id={record}")
    drawn_page(page)
    field(page, "po_number").focus()
    click_on(page, "Contoso Retail Inc", at=0.1)
    expect(field(page, "po_number")).to_have_value("Contoso")
    click_on(page, "Contoso Retail Inc", at=0.95, modifiers=["Shift"])
    expect(field(page, "po_number")).to_have_value("Contoso Retail Inc")


def test_what_is_typed_lights_up_and_one_of_it_can_be_taken_by_keyboard(
    open_page: OpenPage, record: int
) -> None:
    page = open_page(f"/check/?id={record}")
    drawn_page(page)
    field(page, "amount_due").press_sequentially("200")
    expect(page.locator(".match")).to_have_count(1)
    field(page, "amount_due").fill("")
    field(page, "amount_due").press_sequentially("12")
    expect(page.locator(".match")).to_have_count(2)  # 12 Harbour Road, and 1,200.00
    field(page, "po_number").press_sequentially("inv")
    expect(page.locator(".match")).not_to_have_count(0)
    field(page, "amount_due").fill("")
    field(page, "amount_due").press_sequentially("10")
    expect(page.locator(".match")).to_have_count(2)
    expect(page.locator(".match").nth(0)).to_have_class("match chosen")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".match").nth(1)).to_have_class("match chosen")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Control+Space")
    expect(field(page, "amount_due")).to_have_value("1000.00")
    expect(page.locator(".match")).to_have_count(0)


def test_what_needs_a_look_comes_first_and_one_key_leads_on(open_page: OpenPage, record: int) -> None:
    page = open_page(f"/check/?id={record}")
    expect(field(page, "invoice_date")).to_be_focused()
    page.keyboard.press("F8")
    expect(field(page, "items.1.amount")).to_be_focused()
    page.keyboard.press("F8")
    expect(field(page, "invoice_date")).to_be_focused()
    page.keyboard.press("Shift+F8")
    expect(field(page, "items.1.amount")).to_be_focused()
    page.keyboard.press("Enter")
    expect(field(page, "invoice_date")).to_be_focused()


def test_a_spreadsheets_cells_are_pasted_over_the_lines(
    open_page: OpenPage, http: httpx.Client, record: int
) -> None:
    page = open_page(f"/check/?id={record}")
    page.get_by_role("button", name="All columns").click()
    field(page, "items.1.description").focus()
    page.evaluate(
        """() => { const data = new DataTransfer();
        data.setData('text/plain', 'Tape\\t8471\\t3\\tpcs\\t1,50\\nGlue\\t\\t1\\t\\t2.25\\n');
        document.activeElement.dispatchEvent(
            new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})); }"""
    )
    expect(field(page, "items.2.description")).to_have_value("Glue")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    lines = stands(http, id=record)["data"]["items"]
    assert [
        (line["description"], line["hsn_code"], line["quantity"], line["unit_price"]) for line in lines[1:]
    ] == [
        ("Tape", "8471", 3, Decimal("1.50")),
        ("Glue", None, 1, Decimal("2.25")),
    ]


def test_what_was_typed_survives_a_reload_and_a_server_that_is_away(
    open_page: OpenPage, http: httpx.Client, record: int
) -> None:
    page = open_page(f"/check/?id={record}")
    field(page, "po_number").fill("PO-99")
    page.wait_for_timeout(500)
    page.reload()
    expect(page.get_by_role("status").filter(has_text="What you typed here before is back")).to_be_visible()
    expect(field(page, "po_number")).to_have_value("PO-99")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    assert stands(http, id=record)["data"]["po_number"] == "PO-99"
    page.reload()
    expect(field(page, "po_number")).to_have_value("PO-99")
    expect(page.get_by_text("is back")).to_have_count(0)


def test_typing_meets_a_record_that_another_changed_meanwhile(
    open_page: OpenPage, http: httpx.Client, record: int
) -> None:
    page = open_page(f"/check/?id={record}")
    field(page, "po_number").fill("PO-99")
    page.wait_for_timeout(500)
    body = {"id": record, "data": {"po_number": "PO-1"}, "version": 1}
    assert http.post("/check/save/", json=body).status_code == 200
    page.reload()
    expect(page.get_by_role("alert").filter(has_text="Yours: PO-99")).to_be_visible()


def test_the_keys_are_told(open_page: OpenPage, record: int) -> None:
    page = open_page(f"/check/?id={record}")
    expect(field(page, "invoice_date")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Save and mark as verified")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def many_pages(count: int) -> bytes:
    content = io.BytesIO()
    canvas = Canvas(content, pagesize=(595, 842), invariant=True)
    for number in range(1, count + 1):
        canvas.setFont("Helvetica", 20)
        canvas.drawString(60, 760, f"This is sheet {number}")
        if number == count - 1:
            canvas.drawString(60, 700, "needle in the stack")
        canvas.showPage()
    canvas.save()
    return content.getvalue()


def test_a_document_of_many_pages_is_searched_turned_and_leafed_through(
    open_page: OpenPage, cloud: RunningCloud
) -> None:
    number = checked_records.direct(cloud, checked_records.read_from(Drawn()), many_pages(60), "many.pdf")
    page = open_page(f"/check/?id={number}")
    drawn_page(page)
    expect(page.locator(".where").first).to_have_text("Page 1 of 60")
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("searchbox").fill("needle")
    expect(page.get_by_text("1 of 1", exact=True)).to_be_visible()
    expect(page.locator(".where").first).to_have_text("Page 59 of 60")
    page.get_by_role("searchbox").fill("haystack")
    expect(page.get_by_text("Not found")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Small pictures of the pages").click()
    expect(page.locator(".sketches canvas")).to_have_count(60)
    page.get_by_role("button", name="Page 57", exact=True).click()
    expect(page.locator(".where").first).to_have_text("Page 57 of 60")
    page.get_by_role("button", name="Larger").click()
    page.get_by_role("button", name="Turn").click()
    page.get_by_role("button", name="Fit page").click()
    expect(page.locator('.page[data-page-number="57"] .textLayer')).to_be_attached()
    assert page.locator(".page canvas").count() < 20


def test_a_file_too_large_for_one_answer_is_shown_in_pieces(open_page: OpenPage, cloud: RunningCloud) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(many_pages(30)))
    bulk = StreamObject()
    bulk.set_data(b"x" * 33 * 1024 * 1024)
    writer.root_object[NameObject("/PieceInfo")] = writer._add_object(bulk)
    content = io.BytesIO()
    writer.write(content)
    large = content.getvalue()
    asked: list[str] = []
    number = checked_records.direct(cloud, checked_records.read_from(Drawn()), large, "large.pdf")
    page = open_page("/check/static/none/icon.svg")
    page.on("request", lambda request: asked.append(request.url) if "/check/file/" in request.url else None)
    page.goto(f"{cloud.gateway}/check/?id={number}")
    drawn_page(page)
    expect(page.locator(".where").first).to_have_text("Page 1 of 30")
    expect(page.locator(".textLayer").first).to_contain_text("This is sheet 1")
    assert len(asked) < 5


def test_a_saved_correction_is_told_with_its_pages_evidence(http: httpx.Client, record: int) -> None:
    body = {
        "id": record,
        "data": {"po_number": "PO-7"},
        "evidence": {"po_number": {"page": 1, "box": [1, 2, 3, 4], "text": "PO-7"}, "total_amt": None},
        "version": 1,
    }
    assert http.post("/check/save/", json=body).status_code == 200
    found = loads(http.get("/check/data/", params={"id": record}).text)
    assert isinstance(found, dict)
    assert found["evidence"]["po_number"] == {
        "page": 1,
        "box": [1, 2, 3, 4],
        "text": "PO-7",
        "source": "text",
    }
    assert found["evidence"]["total_amt"]["page"] == 1
