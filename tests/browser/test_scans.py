"""Scans whose text was recognised: their words can be taken, searched and matched as those of any page."""

from __future__ import annotations

import io
from functools import cache

import httpx
import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfWriter, Transformation
from pypdf.generic import RectangleObject

from common.domain.recognised import PageWords
from common.extraction import reader
from common.extraction.limits import Limits
from common.extraction.recognised import recognised
from common.reading import OCR_MEMORY_MB
from tests import checked_records
from tests.browser.conftest import OpenPage
from tests.browser.test_check_page import drawn_page, field, stands
from tests.browser.test_picking import click_on, drag_around, word
from tests.documents import Drawn
from tests.running import RunningCloud, eventually

DRAWN = Drawn(number="INV-2026-0042")


@cache
def scan() -> tuple[bytes, list[PageWords]]:
    """A scan, and what the engine recognises on it."""
    pdf = DRAWN.scan()
    limits = Limits(seconds=240, memory_mb=OCR_MEMORY_MB, ocr=True)
    return pdf, recognised(reader.read(pdf, limits))


def lying(pdf: bytes) -> bytes:
    """The page scanned lying on its side, off its sheet's corner, with the turn that sets it upright."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    page = writer.pages[0]
    page.add_transformation(Transformation().rotate(90).translate(842 + 20, 30))
    page.mediabox = page.cropbox = RectangleObject((20, 30, 20 + 842, 30 + 595))
    page.rotate(90)
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


@pytest.fixture
def record(cloud: RunningCloud) -> int:
    pdf, words = scan()
    return checked_records.direct(cloud, checked_records.read_from(DRAWN), pdf, "scan.pdf", words=words)


def asked_for(page: Page) -> list[str]:
    """The paths that the page asks for from now on."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    return asked


def lies_in_its_frame(page: Page, text: str, place: str) -> bool:
    """Whether a text lies where the frame of the value that was read from it is."""
    seen, framed = word(page, text).bounding_box(), page.locator(f'.box[data-place="{place}"]').bounding_box()
    if seen is None or framed is None:
        return False
    sides = ((seen["x"], framed["x"]), (seen["y"], framed["y"]))
    sizes = ((seen["width"], framed["width"]), (seen["height"], framed["height"]))
    return all(abs(one - other) < 8 for one, other in (*sides, *sizes))


def test_a_clicked_word_of_a_scan_goes_into_the_field_in_its_kind(
    open_page: OpenPage, http: httpx.Client, record: int
) -> None:
    page = open_page(f"/check/?id={record}")
    drawn_page(page)
    field(page, "amount_due").focus()
    click_on(page, "1,416.00")
    expect(field(page, "amount_due")).to_have_value("1416.00")
    field(page, "due_date").focus()
    click_on(page, "Invoice Date", at=0.8)
    expect(field(page, "due_date")).to_have_value("2026-03-05")
    expect(page.get_by_role("note")).to_have_count(0)  # that would say that the page is a picture
    page.keyboard.press("Control+s")
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    place = stands(http, id=record)["evidence"]["amount_due"]
    assert (place["page"], place["text"], place["source"]) == (1, "1,416.00", "ocr")
    truth = stands(http, id=record)["evidence"]["total_amt"]["box"]
    assert all(abs(one - other) < 6 for one, other in zip(place["box"], truth, strict=True))


def test_what_is_typed_lights_up_on_a_scan_and_a_frame_takes_what_is_inside_it(
    open_page: OpenPage, record: int
) -> None:
    page = open_page(f"/check/?id={record}")
    drawn_page(page)
    field(page, "amount_due").press_sequentially("10")
    expect(page.locator(".match")).to_have_count(2)
    page.keyboard.press("Escape")
    field(page, "payment_terms").press_sequentially("contoso re")
    expect(page.locator(".match")).to_have_count(1)
    page.keyboard.press("Control+Space")
    expect(field(page, "payment_terms")).to_have_value("Contoso Retail Inc")
    field(page, "payment_terms").fill("")
    drag_around(page, "Northwind Supplies")
    expect(field(page, "payment_terms")).to_have_value("Northwind Supplies Ltd")


def test_a_scan_is_searched_and_its_words_are_marked_where_they_stand(
    open_page: OpenPage, record: int
) -> None:
    page = open_page(f"/check/?id={record}")
    drawn_page(page)
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("searchbox").fill("delivery boxes")
    expect(page.get_by_text("1 of 1", exact=True)).to_be_visible()
    hit = page.locator(".textLayer .highlight").bounding_box()
    paper = page.locator('.page[data-page-number="1"]').bounding_box()
    assert hit is not None
    assert paper is not None
    # Where the drawing has it: from 50 on, on a baseline 612 points above the foot of 842.
    scale = paper["width"] / 595
    assert abs((hit["x"] - paper["x"]) / scale - 50) < 5
    assert abs((hit["y"] + hit["height"] / 2 - paper["y"]) / scale - (842 - 615)) < 5


def test_the_words_lie_where_they_are_on_a_page_that_was_scanned_on_its_side(
    open_page: OpenPage, cloud: RunningCloud
) -> None:
    pdf, words = scan()
    data = checked_records.read_from(DRAWN)
    number = checked_records.direct(cloud, data, lying(pdf), "lying.pdf", words=words)
    page = open_page(f"/check/?id={number}")
    drawn_page(page)
    for _ in range(4):  # as it opens, and after each turn
        eventually(lambda: lies_in_its_frame(page, "1,416.00", "total_amt"), within=15)
        for name, text, value in (("amount_due", "1,416.00", "1416.00"), ("po_number", "Amount", "Amount")):
            field(page, name).fill("")
            click_on(page, text)
            expect(field(page, name)).to_have_value(value)
        page.get_by_role("button", name="Turn").click()
        drawn_page(page)


def test_what_is_recognised_while_the_page_is_open_can_be_taken(
    open_page: OpenPage, cloud: RunningCloud
) -> None:
    pdf, words = scan()
    number = checked_records.invoice(cloud, None, pdf, "scan.pdf", state="reading", stage="asking the model")
    page = open_page(f"/check/?invoice_id={number}")
    expect(page.get_by_role("note")).to_contain_text("This page is a picture")
    checked_records.finish(cloud, number, checked_records.read_from(DRAWN), words)
    expect(page.locator(".textLayer")).to_contain_text("1,416.00")
    expect(page.get_by_role("note")).to_have_count(0)
    field(page, "amount_due").focus()
    click_on(page, "1,416.00")
    expect(field(page, "amount_due")).to_have_value("1416.00")
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("searchbox").fill("Bill To")
    expect(page.get_by_text("1 of 1", exact=True)).to_be_visible()


@pytest.mark.parametrize("pdf", [Drawn().pdf(), Drawn().scan()], ids=["text", "nothing recognised"])
def test_nothing_is_asked_for_where_nothing_was_recognised(
    open_page: OpenPage, cloud: RunningCloud, pdf: bytes
) -> None:
    number = checked_records.direct(cloud, checked_records.read_from(Drawn()), pdf, "plain.pdf")
    page = open_page("/check/static/none/icon.svg")
    asked = asked_for(page)
    page.goto(f"{cloud.gateway}/check/?id={number}")
    drawn_page(page)
    assert any("/check/file/" in url for url in asked)
    assert not any("/check/words/" in url for url in asked)


def test_where_the_words_are_gone_the_page_says_what_is_left(
    open_page: OpenPage, cloud: RunningCloud, record: int
) -> None:
    for name in cloud.objects(f"results/direct/{record}/"):
        cloud.delete_object(name)
    page = open_page(f"/check/?id={record}", expected=(404,))
    expect(page.get_by_role("note")).to_contain_text("only the framed values can be picked")
