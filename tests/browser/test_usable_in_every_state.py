"""Each state of the check page under WCAG 2.2 AA, by axe-core: nothing keeps anybody from using it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests import checked_records
from tests.browser.axe import violations
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.test_check_page import field
from tests.documents import Drawn
from tests.running import RunningCloud

FAILED = {"status": False, "message": "The model did not answer", "model": "m"}


def keys(page: Page) -> None:
    page.get_by_role("button", name="Keys").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def menu(page: Page) -> None:
    page.get_by_text("Export", exact=True).click()
    expect(page.get_by_role("link", name="Excel")).to_be_visible()


def wrong(page: Page) -> None:
    field(page, "total_amt").fill("twelve")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("This is no number.")).to_be_visible()


def tools(page: Page) -> None:
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("searchbox").fill("Steel")
    expect(page.get_by_text("1 of 1", exact=True)).to_be_visible()


def columns(page: Page) -> None:
    page.get_by_role("button", name="All columns").first.click()
    expect(field(page, "items.0.hsn_code")).to_be_attached()


def matching(page: Page) -> None:
    field(page, "po_number").fill("Steel")
    expect(page.locator(".match.chosen")).to_be_attached()


@pytest.mark.parametrize("size", [None, PHONE])
@pytest.mark.parametrize("reach", [keys, menu, wrong, tools, columns, matching])
def test_a_state_of_a_record_that_was_read(
    open_page: OpenPage,
    cloud: RunningCloud,
    reach: Callable[[Page], None],
    size: dict[str, int] | None,
) -> None:
    drawn = Drawn()
    number = checked_records.direct(cloud, checked_records.read_from(drawn), drawn.pdf(), "a.pdf")
    page = open_page(f"/check/?id={number}", size=size)
    expect(page.locator(".textLayer span").first).to_be_attached()
    reach(page)
    if reach is wrong:
        page.evaluate("scrollTo(0, 0)")  # what is half below the head that stays counts as too small
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("state", "stored"), [("failed", FAILED), ("reading", None), ("queued", None)])
def test_a_state_of_one_that_was_not(
    open_page: OpenPage, cloud: RunningCloud, state: str, stored: dict[str, Any] | None
) -> None:
    number = checked_records.invoice(cloud, stored, Drawn().pdf(), "a.pdf", state=state, stage="waiting")
    page = open_page(f"/check/?invoice_id={number}")
    expect(page.locator(".card.failed, .card.waiting")).to_be_visible()
    assert violations(page) == []
    if state == "failed":
        page.get_by_role("button", name="Fill in by hand").click()
        expect(field(page, "vendor_name")).to_be_focused()
        assert violations(page) == []


def test_two_peoples_changes_beside_each_other_and_the_history(
    open_page: OpenPage, http: httpx.Client, cloud: RunningCloud
) -> None:
    drawn = Drawn()
    number = checked_records.direct(cloud, checked_records.read_from(drawn), drawn.pdf(), "a.pdf")
    page = open_page(f"/check/?id={number}", expected=(409,))
    field(page, "total_amt").fill("1500")
    body = {"id": number, "data": {"total_amt": 1400}, "version": 1}
    assert http.post("/check/save/", json=body).status_code == 200
    page.keyboard.press("Control+s")
    expect(page.get_by_role("alert").filter(has_text="Yours: 1500")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Drop mine, show theirs").click()
    expect(page.get_by_role("region", name="History")).to_be_visible()
    assert violations(page) == []


def test_amounts_of_ten_crore_with_all_their_digits_can_be_read_in_their_cells(
    open_page: OpenPage, cloud: RunningCloud
) -> None:
    drawn = Drawn()
    data = checked_records.read_from(drawn)
    data["data"]["items"][0]["unit_price"] = 249999999
    number = checked_records.direct(cloud, data, drawn.pdf(), "a.pdf")
    for size in (None, PHONE):
        page = open_page(f"/check/?id={number}", size=size)
        field(page, "items.0.unit_price").fill("249999999.9975")
        field(page, "total_amt").fill("1180000000.00")
        for place in ("items.0.unit_price", "total_amt"):
            assert field(page, place).evaluate("(input) => input.scrollWidth <= input.clientWidth"), place
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
