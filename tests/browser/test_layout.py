"""Nothing is cut off, hidden or torn, at the widths of a desk, a tablet and a phone, and on paper."""

from __future__ import annotations

import io
import secrets
from decimal import Decimal
from typing import Any

import httpx
import pypdfium2
import pytest
from playwright.sync_api import FilePayload, Page, Route, expect
from pypdf import PdfWriter

from tests import checked_records
from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.browser.test_check_page import drawn_page, field
from tests.documents import Drawn
from tests.running import RunningCloud

TABLET = {"width": 1024, "height": 768}
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


def fits(page: Page) -> bool:
    """Whether nothing has to be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def box(page: Page, selector: str) -> dict[str, float]:
    found = page.locator(selector).first.bounding_box()
    assert found is not None
    return {"x": found["x"], "y": found["y"], "width": found["width"], "height": found["height"]}


def given(name: str) -> FilePayload:
    return {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-"}


def pages(count: int) -> bytes:
    writer = PdfWriter()
    for _ in range(count):
        writer.append(io.BytesIO(Drawn().pdf()))
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def full_lines(drawn: Drawn) -> dict[str, Any]:
    """A record in which every column of its lines has a value."""
    data = checked_records.read_from(drawn)
    for line in data["data"]["items"]:
        line.update(
            hsn_code="73181500", unit="pcs", discount=Decimal("10.00"), tax_rate=18, tax_amt=Decimal("45.00")
        )
    return data


# The check page.


def test_every_column_of_a_line_is_in_sight_at_a_desk(open_page: OpenPage, cloud: RunningCloud) -> None:
    drawn = Drawn()
    number = checked_records.direct(cloud, full_lines(drawn), drawn.pdf(), "full.pdf")
    page = open_page(f"/check/?id={number}")
    expect(field(page, "items.0.tax_amt")).to_have_value("45.00")
    table = page.locator(".items .scroller")
    assert table.evaluate("(each) => each.scrollWidth <= each.clientWidth")
    for cell in ("hsn_code", "unit_price", "discount", "tax_rate", "tax_amt", "amount"):
        assert field(page, f"items.0.{cell}").evaluate("(each) => each.scrollWidth <= each.clientWidth"), cell


@pytest.mark.parametrize("size", [DESK, TABLET, PHONE])
def test_the_tools_of_many_pages_stand_in_one_row(
    open_page: OpenPage, cloud: RunningCloud, size: dict[str, int]
) -> None:
    number = checked_records.direct(cloud, checked_records.read_from(Drawn()), pages(12), "pages.pdf")
    page = open_page(f"/check/?id={number}", size=size)
    expect(page.get_by_role("button", name="Small pictures of the pages")).to_be_visible()
    tops = page.locator(".tools .tool:visible").evaluate_all(
        "(tools) => tools.map((each) => each.getBoundingClientRect().top)"
    )
    assert len(set(tops)) == 1
    assert fits(page)


def test_on_a_phone_the_search_stays_in_sight_while_it_finds(
    open_page: OpenPage, cloud: RunningCloud
) -> None:
    number = checked_records.direct(cloud, checked_records.read_from(Drawn()), pages(3), "pages.pdf")
    page = open_page(f"/check/?id={number}", size=PHONE)
    drawn_page(page)
    page.get_by_role("button", name="Search", exact=True).click()
    page.keyboard.type("Delivery")
    expect(page.get_by_text("1 of 3", exact=True)).to_be_visible()
    page.wait_for_timeout(300)
    head, search = box(page, ".top"), box(page, ".search input")
    assert search["y"] >= head["y"] + head["height"]


def test_a_tool_is_the_same_button_before_and_after_the_file_has_come(
    open_page: OpenPage, cloud: RunningCloud
) -> None:
    number = checked_records.direct(cloud, checked_records.read_from(Drawn()), pages(3), "pages.pdf")
    page = open_page("/review/")
    held: list[Route] = []
    released: list[bool] = []

    def hold(route: Route) -> None:
        if released:
            route.continue_()
        else:
            held.append(route)

    page.route("**/check/file/**", hold)
    page.goto(f"{cloud.gateway}/check/?id={number}")
    search = page.get_by_role("button", name="Search", exact=True).element_handle()
    released.append(True)
    for each in held:
        each.continue_()
    expect(page.get_by_role("toolbar").get_by_text("Page 1 of 3")).to_be_visible()
    assert search.get_attribute("aria-label") == "Search"


def test_on_a_phone_the_head_hides_no_field_that_gets_the_focus(
    open_page: OpenPage, cloud: RunningCloud
) -> None:
    drawn = Drawn()
    number = checked_records.direct(cloud, checked_records.read_from(drawn), drawn.pdf(), "a.pdf")
    page = open_page(f"/check/?id={number}", size=PHONE)
    drawn_page(page)
    field(page, "total_amt").focus()
    for _ in range(25):
        page.keyboard.press("Shift+Tab")
        page.wait_for_timeout(30)
        below = page.evaluate(
            "document.activeElement.getBoundingClientRect().top"
            " - document.querySelector('.top').getBoundingClientRect().bottom"
        )
        assert below >= 0, page.evaluate("document.activeElement.outerHTML")


def test_names_that_contradict_each_other_can_be_taken_by_anybody(
    open_page: OpenPage, cloud: RunningCloud
) -> None:
    drawn = Drawn()
    data = checked_records.read_from(drawn)
    sides = [{"source": "xml", "value": "Northwind Supplies Limited"}, {"source": "page", "value": LONG}]
    data["review"]["reasons"] = [
        {
            "code": "contradicts_xml",
            "field": "vendor_name",
            "item": None,
            "cell": None,
            "message": "The embedded e-invoice and the page differ.",
            "sides": sides,
        }
    ]
    number = checked_records.direct(cloud, data, drawn.pdf(), "xml.pdf")
    page = open_page(f"/check/?id={number}", size=PHONE)
    expect(page.get_by_role("button", name=f"Seller: name: page {LONG} – take this one")).to_be_visible()
    assert violations(page) == []
    assert fits(page)


@pytest.mark.parametrize("size", [DESK, TABLET, PHONE])
def test_two_peoples_lines_are_told_apart_and_the_choice_is_in_sight(
    open_page: OpenPage, http: httpx.Client, cloud: RunningCloud, size: dict[str, int]
) -> None:
    drawn = Drawn()
    number = checked_records.direct(cloud, checked_records.read_from(drawn), drawn.pdf(), "a.pdf")
    page = open_page(f"/check/?id={number}", size=size, expected=(409,))
    field(page, "items.0.description").fill("Mine")
    lines = http.get("/check/data/", params={"id": number}).json()["data"]["items"]
    lines[0]["description"] = "Theirs"
    body = {"id": number, "data": {"items": lines}, "version": 1}
    assert http.post("/check/save/", json=body).status_code == 200
    page.keyboard.press("Control+s")
    conflict = page.get_by_role("group", name="Lines")
    expect(conflict.get_by_label("Yours")).to_be_visible()
    expect(conflict).to_contain_text("Yours: 2 lines; line 1: Mine")
    expect(conflict).to_contain_text("Theirs: 2 lines; line 1: Theirs")
    expect(page.get_by_role("heading", name="Somebody else has changed this record")).to_be_in_viewport()
    for choice in conflict.get_by_role("radio").all():
        label = choice.locator("xpath=..")
        assert label.evaluate("(each) => each.getClientRects()[0].height") >= 24
    for word in ("Export", "Save", "Verify"):
        assert box(page, f'.acts :text-is("{word}")')["x"] > size["width"] / 4
    assert violations(page) == []


@pytest.mark.parametrize("dark", [False, True])
def test_on_paper_a_record_is_black_on_white_with_all_its_lines_and_no_buttons(
    open_page: OpenPage, cloud: RunningCloud, dark: bool
) -> None:
    drawn = Drawn()
    data = full_lines(drawn)
    line = data["data"]["items"][0]
    data["data"]["items"] = [{**line, "description": f"Line {index}"} for index in range(60)]
    number = checked_records.direct(cloud, data, drawn.pdf(), "paper.pdf")
    page = open_page(f"/check/?id={number}", dark=dark)
    expect(field(page, "items.59.description")).to_have_value("Line 59")
    page.emulate_media(media="print")
    assert page.get_by_role("button").filter(visible=True).filter(has_text="Add").count() == 0
    assert page.locator("html").evaluate("(root) => getComputedStyle(root).colorScheme") == "light only"
    document = pypdfium2.PdfDocument(page.pdf(format="A4"))
    text = "\n".join(sheet.get_textpage().get_text_bounded() for sheet in document)
    assert "Export" not in text
    assert "All columns" not in text
    for index in (0, 30, 59):
        assert f"Line {index}" in text
    assert text.count("1000.00") >= 60


# The queue, the log, the landing page and the reference.


def test_a_file_that_waits_stands_in_a_row_like_the_others_and_all_are_counted(
    open_page: OpenPage,
) -> None:
    page = open_page("/review/", size=PHONE)
    page.locator('input[type="file"]').set_input_files([given(f"{LONG}.pdf"), given("note.txt")])
    expect(page.get_by_text("2 files: 1 waiting, 1 failed")).to_be_visible()
    rows = page.locator(".sendings li").evaluate_all("(rows) => rows.map((each) => each.offsetHeight)")
    assert max(rows) < 40
    assert fits(page)


def test_files_are_sent_in_the_order_in_which_they_were_given_and_a_long_list_is_for_everybody(
    open_page: OpenPage,
) -> None:
    page = open_page(f"/review/?user_id=order-{secrets.token_hex(5)}")
    page.route("**/upload/**", lambda route: None)  # never answered: the first two stay under way
    names = [f"{index}.pdf" for index in range(12)]
    page.locator('input[type="file"]').set_input_files([given(name) for name in names])
    expect(page.get_by_role("progressbar")).to_have_count(2)
    assert page.locator(".sendings li:has(progress) .name").all_inner_texts() == names[:2]
    assert violations(page) == []


def test_an_empty_list_says_what_is_missing(open_page: OpenPage) -> None:
    page = open_page(f"/review/?user_id=empty-{secrets.token_hex(5)}")
    expect(page.get_by_text("All invoices that were read are checked")).to_be_visible()
    page.get_by_label("Show").select_option("verified")
    expect(page.get_by_text("No record has been verified yet.")).to_be_visible()
    page.get_by_label("Show").select_option("all")
    expect(page.get_by_text("Nothing has been read yet.")).to_be_visible()


@pytest.mark.parametrize("size", [DESK, TABLET, PHONE])
def test_a_headers_name_is_whole_beside_a_value_that_is_long(
    open_page: OpenPage, http: httpx.Client, size: dict[str, int]
) -> None:
    mark = secrets.token_hex(6)
    http.post("/webhook/", json={"mark": mark}, headers={"X-Long": "y" * 400})
    page = open_page("/webhook/show/", size=size)
    hit = page.locator(".log details", has_text=mark)
    hit.locator("summary").click()
    name = hit.get_by_role("rowheader", name="X-Forwarded-For")
    assert name.evaluate("(each) => each.getClientRects()[0].height") < 24
    assert name.locator("bdi").evaluate("(each) => each.getClientRects().length") == 1
    assert fits(page)


def test_what_is_long_in_the_log_can_be_scrolled_by_keys(open_page: OpenPage, http: httpx.Client) -> None:
    mark = secrets.token_hex(6)
    http.post("/webhook/", json={"mark": mark, "lines": list(range(400))})
    page = open_page("/webhook/show/", size=PHONE)
    hit = page.locator(".log details", has_text=mark)
    hit.locator("summary").click()
    expect(hit.locator("pre").last).to_contain_text("399")
    assert violations(page) == []


def used_models(cloud: RunningCloud, user: str) -> None:
    checked_records.use_records_of(cloud)
    from datetime import UTC, datetime

    from common.records import usage_days
    from common.records.database import batch, commit

    writes = batch()
    for number, model in enumerate(("a-model", f"a-model-{LONG.lower()}")):
        call = usage_days.Call(number, datetime.now(UTC).date(), user, model)
        usage_days.add_in(writes, call, usage_days.Used(1234, 123456789, 987654, Decimal("123456.78")))
    commit(writes)


@pytest.mark.parametrize("size", [DESK, TABLET, PHONE])
def test_what_a_model_took_is_in_sight_beside_its_name_however_long(
    open_page: OpenPage, cloud: RunningCloud, size: dict[str, int]
) -> None:
    user = f"home-{secrets.token_hex(5)}"
    used_models(cloud, user)
    page = open_page(f"/?user_id={user}", size=size)
    models = page.get_by_role("region", name="The last 30 days by model")
    expect(models.get_by_role("cell", name="₹1,23,456.78").first).to_be_visible()
    assert models.evaluate("(each) => each.scrollWidth <= each.clientWidth")
    for amount in page.locator(".legend .quiet").all():
        assert amount.evaluate("(each) => each.getClientRects().length") == 1
    page.emulate_media(media="print")
    assert page.locator(".plot svg").first.evaluate(
        "(each) => each.getBoundingClientRect().right <= each.closest('.plot').getBoundingClientRect().right"
    )


def test_on_a_phone_a_parameter_has_the_width_of_the_page(open_page: OpenPage) -> None:
    page = open_page("/docs/", size=PHONE)
    block = page.locator('[id$="-saveCorrections"].opblock')
    block.locator(".opblock-summary-control").click()
    block.get_by_role("button", name="Try it out").click()
    widths = block.locator("input:visible, textarea:visible").evaluate_all(
        "(fields) => fields.map((each) => each.offsetWidth)"
    )
    assert min(widths) > PHONE["width"] * 0.7
    assert page.locator(".operation-filter-input").evaluate("(each) => each.offsetWidth") > 300


def test_an_answer_with_numbers_and_a_model_can_be_read_by_everybody(open_page: OpenPage) -> None:
    page = open_page("/docs/")
    block = page.locator('[id$="-readStatus"].opblock')
    block.locator(".opblock-summary-control").click()
    block.get_by_role("button", name="Try it out").click()
    block.get_by_role("button", name="Execute").click()
    expect(block.locator(".live-responses-table")).to_contain_text('"counted_to": ')
    for tab in block.get_by_role("tab", name="Model").all():
        tab.click()
    assert violations(page) == []


def test_a_filter_without_a_hit_is_told_as_such(open_page: OpenPage) -> None:
    page = open_page("/docs/")
    page.locator(".operation-filter-input").fill("zzzz")
    expect(page.get_by_text("No call fits this filter.")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_who_came_to_what_is_not_there_finds_the_way_back(open_page: OpenPage, size: dict[str, int]) -> None:
    page = open_page("/check/?id=999999999", size=size, expected=(404,))
    expect(page.get_by_role("heading", level=1)).to_have_text("Record not found")
    assert violations(page) == []
    told = box(page, "main")
    assert told["x"] >= 15
    assert told["x"] + told["width"] <= size["width"] - 15
    page.get_by_role("link", name="To review").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("To review")
