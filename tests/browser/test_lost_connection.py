"""A connection that breaks while somebody types: nothing that was typed is lost."""

from __future__ import annotations

from decimal import Decimal

import httpx
import pytest
from playwright.sync_api import expect

from tests import checked_records
from tests.browser.conftest import OpenPage
from tests.browser.test_check_page import field, stands
from tests.documents import Drawn
from tests.running import RunningCloud

BROKEN = "ERR_INTERNET_DISCONNECTED"


@pytest.mark.parametrize("keys", ["Control+s", "Control+Enter"])
def test_a_save_that_finds_no_server_keeps_everything_and_works_once_it_is_back(
    open_page: OpenPage, http: httpx.Client, cloud: RunningCloud, keys: str
) -> None:
    drawn = Drawn()
    number = checked_records.direct(cloud, checked_records.read_from(drawn), drawn.pdf(), "a.pdf")
    page = open_page(f"/check/?id={number}", expected=(BROKEN,))
    expect(field(page, "total_amt")).to_have_value("1416.00")
    page.context.set_offline(True)
    field(page, "total_amt").fill("1500.25")
    field(page, "items.1.description").fill("Boxes")
    page.wait_for_timeout(700)  # the live checks find no server either
    page.keyboard.press(keys)
    told = page.get_by_role("status").filter(has_text="The server can't be reached")
    expect(told).to_contain_text("What you typed is kept here")
    expect(field(page, "total_amt")).to_have_value("1500.25")
    expect(field(page, "items.1.description")).to_have_value("Boxes")
    assert stands(http, id=number)["version"] == 1
    page.context.set_offline(False)
    page.keyboard.press(keys)
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    found = stands(http, id=number)
    assert found["data"]["total_amt"] == Decimal("1500.25")
    assert found["data"]["items"][1]["description"] == "Boxes"
    assert found["manual_verified"] == ("Y" if keys == "Control+Enter" else "N")


def test_a_tab_that_is_closed_without_a_connection_loses_nothing(
    open_page: OpenPage, cloud: RunningCloud
) -> None:
    drawn = Drawn()
    number = checked_records.direct(cloud, checked_records.read_from(drawn), drawn.pdf(), "a.pdf")
    page = open_page(f"/check/?id={number}", expected=(BROKEN,))
    expect(field(page, "total_amt")).to_have_value("1416.00")
    page.context.set_offline(True)
    field(page, "po_number").fill("PO-99")
    page.get_by_role("button", name="+ Add a line").click()
    field(page, "items.2.description").fill("Freight")
    page.wait_for_timeout(700)
    page.close()
    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto(f"{cloud.gateway}/check/?id={number}")
    expect(field(again, "po_number")).to_have_value("PO-99")
    expect(field(again, "items.2.description")).to_have_value("Freight")


def test_a_record_whose_data_did_not_come_is_asked_for_again(
    open_page: OpenPage, cloud: RunningCloud
) -> None:
    drawn = Drawn()
    number = checked_records.direct(cloud, checked_records.read_from(drawn), drawn.pdf(), "a.pdf")
    page = open_page("/review/", expected=("ERR_FAILED",))
    page.route("**/check/data/**", lambda route: route.abort())
    page.goto(f"{cloud.gateway}/check/?id={number}")
    told = page.get_by_role("alert").filter(has_text="The data could not be loaded")
    expect(told).to_contain_text("The server can't be reached")
    expect(page.get_by_text("The server can't be reached")).to_have_count(1)
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="Try again").click()
    expect(told).to_be_visible()  # it is no better yet
    page.unroute("**/check/data/**")
    page.get_by_role("button", name="Try again").click()
    expect(field(page, "total_amt")).to_have_value("1416.00")
    expect(told).to_have_count(0)


def test_an_answer_that_never_reached_the_page_is_met_by_the_next_save(
    open_page: OpenPage, http: httpx.Client, cloud: RunningCloud
) -> None:
    """The save took effect and its answer was lost: the next one finds that it is done."""
    drawn = Drawn()
    number = checked_records.direct(cloud, checked_records.read_from(drawn), drawn.pdf(), "a.pdf")
    page = open_page(f"/check/?id={number}", expected=("ERR_FAILED", 409))
    field(page, "po_number").fill("PO-7")
    page.wait_for_timeout(600)

    def lost(route: object) -> None:
        route.fetch()  # type: ignore[attr-defined]
        route.abort()  # type: ignore[attr-defined]

    page.route("**/check/save/**", lost)
    page.keyboard.press("Control+s")
    expect(page.get_by_role("status").filter(has_text="can't be reached")).to_be_visible()
    page.unroute("**/check/save/**")
    assert stands(http, id=number)["version"] == 2
    page.keyboard.press("Control+s")
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(field(page, "po_number")).to_have_value("PO-7")
    found = stands(http, id=number)
    assert (found["version"], found["data"]["po_number"]) == (2, "PO-7")
