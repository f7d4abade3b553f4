"""Journeys of a bookkeeper on the check page."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from common.domain.exact_json import dumps, loads
from tests import checked_records
from tests.browser.axe import violations
from tests.browser.conftest import PHONE, OpenPage
from tests.documents import Drawn
from tests.running import RunningCloud


@pytest.fixture
def record(cloud: RunningCloud) -> int:
    drawn = Drawn(number="INV-2026-0042")
    return checked_records.direct(cloud, checked_records.read_from(drawn), drawn.pdf(), "Northwind March.pdf")


def stands(http: httpx.Client, **query: int) -> dict[str, Any]:
    found = loads(http.get("/check/data/", params=query).text)
    assert isinstance(found, dict)
    return found


def field(page: Page, place: str) -> Any:
    return page.locator(f'[data-place="{place}"]:is(input, textarea, select)')


def drawn_page(page: Page) -> None:
    """Waits until the PDF's first page is on the screen."""
    expect(page.locator('.page[data-page-number="1"] .textLayer')).to_be_attached()


def test_the_pdf_and_the_data_stand_side_by_side(open_page: OpenPage, record: int) -> None:
    page = open_page(f"/check/?id={record}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Northwind March.pdf")
    drawn_page(page)
    expect(page.locator(".where").first).to_have_text("Page 1 of 1")
    expect(page.locator(".textLayer")).to_contain_text("INV-2026-0042")
    expect(field(page, "vendor_name")).to_have_value("Northwind Supplies Ltd")
    expect(field(page, "total_amt")).to_have_value("1416.00")
    expect(field(page, "items.1.description")).to_have_value("Delivery boxes")
    expect(field(page, "taxes.0.rate")).to_have_value("18")
    expect(page.get_by_text("05/03/2026 may be 5 March or 3 May.")).to_have_count(2)
    expect(page.get_by_text("BR-CO-10")).to_be_visible()
    paper, data = page.locator(".paper").bounding_box(), page.locator(".data").bounding_box()
    assert paper is not None
    assert data is not None
    assert paper["x"] + paper["width"] <= data["x"] + 1
    pixels = page.evaluate(
        """() => { const canvas = document.querySelector('.page canvas');
        const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
        let dark = 0; for (let i = 0; i < data.length; i += 4) if (data[i] < 100) dark++; return dark; }"""
    )
    assert pixels > 1000


def test_a_typed_amount_is_stored_to_the_last_digit(
    open_page: OpenPage, http: httpx.Client, record: int
) -> None:
    page = open_page(f"/check/?id={record}")
    field(page, "total_amt").fill("10,00,00,000.1234")
    field(page, "items.0.unit_price").fill("1.234,56")
    expect(page.get_by_role("status").filter(has_text="Changes not saved yet")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    found = stands(http, id=record)
    assert str(found["data"]["total_amt"]) == "100000000.1234"
    assert found["data"]["items"][0]["unit_price"] == Decimal("1234.56")
    assert found["manual_verified"] == "N"
    expect(field(page, "total_amt")).to_have_value("100000000.1234")


def test_verifying_by_keyboard_marks_the_record_and_clears_its_doubts(
    open_page: OpenPage, http: httpx.Client, record: int
) -> None:
    page = open_page(f"/check/?id={record}")
    field(page, "invoice_date").fill("5.3.2026")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("✓ Verified")).to_be_visible()
    expect(page.get_by_role("heading", name="To look at")).to_have_count(0)
    found = stands(http, id=record)
    assert found["manual_verified"] == "Y"
    assert found["data"]["invoice_date"] == "2026-03-05"
    assert found["review"]["reasons"] == []


def test_a_verification_is_taken_back_with_its_doubts(
    open_page: OpenPage, http: httpx.Client, record: int
) -> None:
    page = open_page(f"/check/?id={record}")
    page.get_by_role("button", name="Verify").click()
    expect(page.get_by_text("✓ Verified")).to_be_visible()
    page.get_by_role("button", name="Not verified").click()
    expect(page.get_by_role("heading", name="To look at")).to_be_visible()
    expect(page.get_by_role("button", name="Verify")).to_be_enabled()
    found = stands(http, id=record)
    assert found["manual_verified"] == "N"
    assert found["review"]["needed"] is True


def test_saving_by_keyboard_keeps_what_was_typed_in_the_focused_field(
    open_page: OpenPage, http: httpx.Client, record: int
) -> None:
    page = open_page(f"/check/?id={record}")
    field(page, "due_date").fill("31/12/2026")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    assert stands(http, id=record)["data"]["due_date"] == "2026-12-31"


def test_a_value_that_cannot_be_is_not_sent_and_is_named(
    open_page: OpenPage, http: httpx.Client, record: int
) -> None:
    page = open_page(f"/check/?id={record}")
    field(page, "total_amt").fill("twelve")
    field(page, "vendor_name").fill("Other")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("This is no number.")).to_be_visible()
    expect(field(page, "total_amt")).to_be_focused()
    expect(field(page, "vendor_name")).to_have_value("Other")
    assert stands(http, id=record)["version"] == 1


def test_the_ways_up_and_down_show_where_somebody_points(open_page: OpenPage, record: int) -> None:
    page = open_page(f"/check/?id={record}")
    up = page.get_by_role("button", name="Move line 2 up")
    page.get_by_role("button", name="Remove line 2").wait_for()
    expect(up).to_have_count(0)
    page.get_by_role("button", name="Remove line 2").hover()
    expect(up).to_be_visible()


HAS_THE_FOCUS_AS_IT_APPEARS = """([name, appears]) => new Promise((tell) => {
  const seen = new MutationObserver(() => {
    const place = document.querySelector(appears);
    if (!place) return;
    seen.disconnect();
    tell(place.contains(document.activeElement));
  });
  seen.observe(document.body, { childList: true, subtree: true });
  document.querySelector(`button[aria-label="${name}"]`).click();
})"""


@pytest.mark.parametrize(("name", "appears"), [("Search", ".tools.search"), ("Keys", "dialog.help")])
def test_what_a_button_opens_has_the_focus_before_the_next_key_can_come(
    open_page: OpenPage, record: int, name: str, appears: str
) -> None:
    page = open_page(f"/check/?id={record}")
    expect(page.get_by_role("button", name=name, exact=True)).to_be_enabled()
    assert page.evaluate(HAS_THE_FOCUS_AS_IT_APPEARS, [name, appears])


def test_lines_are_added_moved_and_removed(open_page: OpenPage, http: httpx.Client, record: int) -> None:
    page = open_page(f"/check/?id={record}")
    page.get_by_role("button", name="+ Add a line").click()
    field(page, "items.2.description").fill("Freight")
    field(page, "items.2.amount").fill("12.5")
    # By the keyboard: what the checks say of the new line may move it away under a pointer.
    page.get_by_role("button", name="Remove line 3").focus()
    page.get_by_role("button", name="Move line 3 up").click()
    page.get_by_role("button", name="Remove line 1").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    lines = stands(http, id=record)["data"]["items"]
    assert [(line["description"], line["amount"]) for line in lines] == [
        ("Freight", Decimal("12.5")),
        ("Delivery boxes", Decimal("200.00")),
    ]


def test_a_focused_fields_place_on_the_page_lights_up_and_a_place_leads_to_its_field(
    open_page: OpenPage, record: int
) -> None:
    page = open_page(f"/check/?id={record}")
    drawn_page(page)
    field(page, "total_amt").focus()
    lit = page.locator(".box.on")
    expect(lit).to_have_count(1)
    expect(lit).to_have_attribute("data-place", "total_amt")
    expect(lit).to_be_in_viewport()
    page.keyboard.press("Escape")
    page.locator('.box[data-place="items.1.amount"]').click()
    expect(field(page, "items.1.amount")).to_be_focused()
    page.get_by_role("button", name="Invoice date").click()
    expect(field(page, "invoice_date")).to_be_focused()


def test_who_saves_second_sees_the_first_ones_change_and_loses_nothing(
    open_page: OpenPage, http: httpx.Client, record: int
) -> None:
    page = open_page(f"/check/?id={record}", expected=(409,))
    field(page, "total_amt").fill("1500")
    field(page, "po_number").fill("PO-7")
    first = {"id": record, "data": {"total_amt": 1400, "buyer_name": "Contoso Ltd"}, "version": 1}
    assert http.post("/check/save/", content=dumps(first)).status_code == 200
    page.get_by_role("button", name="Save").click()
    conflict = page.get_by_role("alert").filter(has_text="Somebody else has changed this record")
    expect(conflict).to_contain_text("Yours: 1500")
    expect(conflict).to_contain_text("Theirs: 1400")
    assert stands(http, id=record)["data"]["total_amt"] == 1400
    conflict.get_by_role("button", name="Bring both together").click()
    expect(field(page, "buyer_name")).to_have_value("Contoso Ltd")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    data = stands(http, id=record)["data"]
    assert (data["total_amt"], data["po_number"], data["buyer_name"]) == (1500, "PO-7", "Contoso Ltd")


def test_a_record_that_is_being_read_appears_without_a_reload(
    open_page: OpenPage, cloud: RunningCloud
) -> None:
    drawn = Drawn()
    number = checked_records.invoice(
        cloud, None, drawn.pdf(), "new.pdf", state="reading", stage="asking the model"
    )
    page = open_page(f"/check/?invoice_id={number}")
    expect(page.get_by_role("heading", name="Being read")).to_be_visible()
    expect(page.get_by_text("asking the model")).to_be_visible()
    checked_records.finish(cloud, number, checked_records.read_from(drawn))
    expect(field(page, "vendor_name")).to_have_value("Northwind Supplies Ltd")
    expect(page.get_by_role("heading", name="Being read")).to_have_count(0)


def test_a_record_that_could_not_be_read_says_why(open_page: OpenPage, cloud: RunningCloud) -> None:
    failed = {"status": False, "message": "PDF cannot be read: it asks for a password", "model": "m"}
    number = checked_records.invoice(cloud, failed, Drawn().pdf(), "locked.pdf", state="failed")
    page = open_page(f"/check/?invoice_id={number}")
    expect(page.get_by_role("alert")).to_contain_text("it asks for a password")
    drawn_page(page)


def test_what_could_not_be_read_is_filled_in_by_hand_beside_the_page(
    open_page: OpenPage, http: httpx.Client, cloud: RunningCloud
) -> None:
    failed = {"status": False, "message": "The model did not answer", "model": "m"}
    number = checked_records.invoice(cloud, failed, Drawn().pdf(), "failed.pdf", state="failed")
    page = open_page(f"/check/?invoice_id={number}")
    alert = page.get_by_role("alert")
    expect(alert.get_by_role("button", name="Read again")).to_be_visible()
    expect(page.get_by_role("button", name="Verify")).to_be_disabled()
    drawn_page(page)
    alert.get_by_role("button", name="Fill in by hand").click()
    expect(field(page, "vendor_name")).to_be_focused()
    page.keyboard.type("Northwind")
    match = page.locator(".match.chosen")
    expect(match).to_be_visible()
    page.keyboard.press("Control+Space")
    expect(field(page, "vendor_name")).to_have_value("Northwind Supplies Ltd")
    field(page, "subtotal").fill("1.200,00")
    field(page, "tax_amt").fill("216")
    field(page, "total_amt").fill("1500")
    expect(page.locator(".checks li.failed", has_text="BR-CO-15")).to_contain_text("1500")
    field(page, "total_amt").fill("1416")
    page.get_by_role("button", name="+ Add a line").click()
    field(page, "items.0.description").fill("Brackets and boxes")
    field(page, "items.0.amount").fill("1200")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("✓ Verified")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    found = stands(http, invoice_id=number)
    assert (found["status"], found["manual_verified"]) == ("OK", "Y")
    assert found["data"]["subtotal"] == Decimal("1200.00")
    assert found["evidence"]["vendor_name"]["page"] == 1
    history = page.get_by_role("region", name="History")
    expect(history).to_contain_text("could not be read")
    expect(history).to_contain_text("verified by a person")


def test_what_was_typed_of_a_failed_record_is_there_again_after_a_reload(
    open_page: OpenPage, cloud: RunningCloud
) -> None:
    failed = {"status": False, "message": "The model did not answer", "model": "m"}
    number = checked_records.direct(cloud, failed, Drawn().pdf(), "failed.pdf")
    page = open_page(f"/check/?id={number}")
    expect(page.get_by_role("button", name="Read again")).to_have_count(0)
    page.get_by_role("button", name="Fill in by hand").click()
    field(page, "vendor_name").fill("Northwind")
    page.wait_for_timeout(500)  # what is typed is kept after a pause
    page.reload()
    expect(field(page, "vendor_name")).to_have_value("Northwind")
    assert violations(page) == []


def clicked(page: Page, selector: str) -> None:
    """Clicks what is on the screen there, which need not be the element itself."""
    expect(page.locator(selector)).to_be_in_viewport()
    box = page.locator(selector).bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_of_a_page_that_is_a_picture_the_values_that_were_recognised_can_be_picked(
    open_page: OpenPage, cloud: RunningCloud
) -> None:
    number = checked_records.direct(cloud, checked_records.read_from(Drawn()), Drawn().scan(), "scan.pdf")
    page = open_page(f"/check/?id={number}")
    expect(page.get_by_role("note")).to_contain_text("only the framed values can be picked")
    field(page, "buyer_name").focus()
    clicked(page, '.box[data-place="vendor_name"]')
    expect(field(page, "buyer_name")).to_have_value("Northwind Supplies Ltd")
    field(page, "amount_due").focus()
    clicked(page, '.box[data-place="total_amt"]')
    expect(field(page, "amount_due")).to_have_value("1416.00")
    page.get_by_role("button", name="Search").click()
    assert violations(page) == []


def test_a_picture_on_which_nothing_was_recognised_says_so(open_page: OpenPage, cloud: RunningCloud) -> None:
    failed = {"status": False, "message": "The model did not answer", "model": "m"}
    number = checked_records.direct(cloud, failed, Drawn().scan(), "scan.pdf")
    page = open_page(f"/check/?id={number}")
    expect(page.get_by_role("note")).to_contain_text("no words can be picked from it. Type what it shows.")
    page.get_by_role("button", name="Fill in by hand").click()
    page.locator(".page").click()
    expect(page.get_by_role("status").filter(has_text="This page has no text to take")).to_be_visible()
    assert violations(page) == []


def test_a_record_that_is_not_there_is_told_in_words(open_page: OpenPage) -> None:
    page = open_page("/check/?id=999999999", expected=(404,))
    expect(page.get_by_role("heading", level=1)).to_have_text("Record not found")
    expect(page.get_by_text("There is no record of this number.")).to_be_visible()


HOSTILE = """<img src=x onerror="alert('in')"><script>alert(1)</script>"""


def test_hostile_content_is_shown_as_text(open_page: OpenPage, cloud: RunningCloud) -> None:
    drawn = Drawn(vendor=HOSTILE)
    data = checked_records.read_from(drawn, invoice_number=HOSTILE, payment_terms=HOSTILE)
    data["data"]["items"][0]["description"] = HOSTILE
    data["review"]["reasons"][0]["message"] = HOSTILE
    data["checks"][1]["message"] = HOSTILE
    data["sources"][0]["name"] = HOSTILE
    data["evidence"]["vendor_name"]["text"] = HOSTILE
    number = checked_records.direct(cloud, data, drawn.pdf(), f"{HOSTILE.replace('/', '')}.pdf")
    page = open_page(f"/check/?id={number}")
    drawn_page(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{HOSTILE.replace('/', '')}.pdf")
    for place in ("vendor_name", "invoice_number", "payment_terms", "items.0.description"):
        expect(field(page, place)).to_have_value(HOSTILE)
    expect(page.locator(".reason", has_text="onerror")).to_be_visible()
    expect(page.locator(".checks", has_text="onerror")).to_be_visible()
    assert page.locator("img[src='x']").count() == 0


def test_on_a_phone_the_sides_are_stacked_and_nothing_runs_over(open_page: OpenPage, record: int) -> None:
    page = open_page(f"/check/?id={record}", size=PHONE)
    drawn_page(page)
    expect(field(page, "total_amt")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    paper, data = page.locator(".paper").bounding_box(), page.locator(".data").bounding_box()
    assert paper is not None
    assert data is not None
    assert paper["y"] + paper["height"] <= data["y"] + 1


@pytest.mark.parametrize("size", [None, PHONE])
def test_nothing_keeps_anybody_from_using_the_page(
    open_page: OpenPage, record: int, size: dict[str, int] | None
) -> None:
    page = open_page(f"/check/?id={record}", size=size)
    drawn_page(page)
    field(page, "invoice_date").focus()
    assert violations(page) == []


def test_the_page_tells_the_same_as_the_api(open_page: OpenPage, http: httpx.Client, record: int) -> None:
    page = open_page(f"/check/?id={record}")
    expect(field(page, "total_amt")).to_be_visible()
    told = json.loads(http.get("/check/data/", params={"id": record}).text)["data"]
    for name in ("vendor_name", "buyer_name", "invoice_number", "currency", "invoice_date"):
        expect(field(page, name)).to_have_value(told[name])


def test_the_sums_are_checked_while_typing_and_explained_with_their_figures(
    open_page: OpenPage, http: httpx.Client, record: int
) -> None:
    page = open_page(f"/check/?id={record}")
    field(page, "total_amt").fill("1500")
    why = page.locator(".checks li.failed", has_text="BR-CO-15")
    expect(why).to_contain_text("1500")
    expect(page.locator(".entry", has=field(page, "total_amt")).locator(".reason")).to_be_visible()
    field(page, "total_amt").fill("1416.00")
    expect(page.locator(".checks li.failed", has_text="BR-CO-15")).to_have_count(0)
    field(page, "total_amt").fill("1500")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    expect(page.locator(".checks li.failed", has_text="BR-CO-15")).to_be_visible()
    found = stands(http, id=record)
    assert "total_amt" in {reason["field"] for reason in found["review"]["reasons"]}
    assert found["data"]["confidence"]["total_amt"] < 0.5


def test_three_hundred_lines_hold_and_only_what_changed_is_drawn_anew(
    open_page: OpenPage, http: httpx.Client, cloud: RunningCloud
) -> None:
    drawn = Drawn()
    data = checked_records.read_from(drawn)
    line = data["data"]["items"][0]
    data["data"]["items"] = [{**line, "description": f"Line {index}"} for index in range(300)]
    number = checked_records.direct(cloud, data, drawn.pdf(), "long.pdf")
    page = open_page(f"/check/?id={number}")
    last = field(page, "items.299.description")
    expect(last).to_have_value("Line 299")
    page.evaluate("() => { window.kept = document.getElementById('field-items.298.description'); }")
    last.fill("The last line")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    assert page.evaluate("() => window.kept.isConnected")
    assert stands(http, id=number)["data"]["items"][299]["description"] == "The last line"


def test_two_sources_that_contradict_each_other_are_offered_side_by_side(
    open_page: OpenPage, cloud: RunningCloud
) -> None:
    drawn = Drawn()
    data = checked_records.read_from(drawn)
    data["review"]["reasons"] = [
        {
            "code": "contradicts_xml",
            "field": "total_amt",
            "item": None,
            "cell": None,
            "message": "The embedded e-invoice and the page differ.",
            "sides": [
                {"source": "xml", "value": Decimal("1416.00")},
                {"source": "page", "value": Decimal("12345678901234.12345678")},
            ],
        },
        {
            "code": "contradicts_xml",
            "field": "items",
            "item": 0,
            "cell": "amount",
            "message": "Line 1: the embedded e-invoice and the page differ.",
            "sides": [
                {"source": "xml", "value": Decimal("1000.00")},
                {"source": "page", "value": Decimal("1000.50")},
            ],
        },
    ]
    number = checked_records.direct(cloud, data, drawn.pdf(), "xml.pdf")
    page = open_page(f"/check/?id={number}")
    expect(page.get_by_role("button", name="Total: XML 1416.00 – in the form")).to_be_disabled()
    page.get_by_role("button", name="Total: page 12345678901234.12345678 – take this one").click()
    expect(field(page, "total_amt")).to_have_value("12345678901234.12345678")
    page.get_by_role("button", name="Line 1, amount: page 1000.50 – take this one").click()
    expect(field(page, "items.0.amount")).to_have_value("1000.50")
