"""Journeys through the queue: from the list into a record, on to the next, and new files on their way in."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests import checked_records
from tests.browser.axe import violations
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.test_check_page import HOSTILE, field, stands
from tests.documents import Drawn
from tests.running import RunningCloud


@pytest.fixture
def user() -> str:
    return f"review-{secrets.token_hex(5)}"


def stored(cloud: RunningCloud, user: str, vendor: str, **other: Any) -> int:
    drawn = Drawn(vendor=vendor)
    data = checked_records.read_from(drawn, **other)
    return checked_records.invoice(
        cloud, data, drawn.pdf(), f"{vendor[:20].replace('/', '')}.pdf", owner=user
    )


def waiters(page: Page) -> Any:
    return page.locator(".waiters a")


def test_the_queue_is_gone_through_by_keyboard_from_record_to_record(
    open_page: OpenPage, http: httpx.Client, cloud: RunningCloud, user: str
) -> None:
    numbers = [stored(cloud, user, f"Vendor {index}") for index in range(3)]
    page = open_page(f"/review/?user_id={user}&order=age")
    expect(waiters(page)).to_have_count(3)
    expect(page.get_by_role("status").filter(has_text="3 left")).to_be_visible()
    page.keyboard.press("j")
    expect(waiters(page).nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(waiters(page).nth(1)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(field(page, "vendor_name")).to_have_value("Vendor 0")
    expect(page.get_by_role("navigation", name="The queue")).to_contain_text("1 of 3")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("✓ Verified")).to_be_visible()
    assert stands(http, invoice_id=numbers[0])["manual_verified"] == "Y"
    page.get_by_role("link", name="Next record (J)").click()
    expect(field(page, "vendor_name")).to_have_value("Vendor 1")
    expect(field(page, "invoice_date")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(field(page, "vendor_name")).to_have_value("Vendor 2")
    page.get_by_role("link", name="3 of 3").click()
    expect(waiters(page)).to_have_count(2)


PRESSED_AS_THE_LIST_COMES = """() => {
  const seen = new MutationObserver(() => {
    if (!document.querySelector(".waiters a")) return;
    seen.disconnect();
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "j", bubbles: true, cancelable: true }));
    document.activeElement.click();
  });
  seen.observe(document.body, { childList: true, subtree: true });
}"""


def test_keys_that_come_with_the_list_are_not_lost(
    open_page: OpenPage, cloud: RunningCloud, user: str
) -> None:
    for index in range(2):
        stored(cloud, user, f"Vendor {index}")
    page = open_page(f"/review/?user_id={user}&order=age&q=elsewhere")
    expect(page.get_by_text("Nothing fits these filters.")).to_be_visible()
    page.evaluate(PRESSED_AS_THE_LIST_COMES)
    page.get_by_role("searchbox", name="Search").fill("vendor")
    expect(field(page, "vendor_name")).to_have_value("Vendor 0")
    expect(page.get_by_role("navigation", name="The queue")).to_contain_text("1 of 2")


def test_the_queue_is_searched_and_filtered(open_page: OpenPage, cloud: RunningCloud, user: str) -> None:
    for vendor in ("Acme Tools", "Birch Paper", "Cedar Foods"):
        stored(cloud, user, vendor)
    page = open_page(f"/review/?user_id={user}")
    expect(waiters(page)).to_have_count(3)
    page.get_by_role("searchbox", name="Search").fill("birch")
    expect(waiters(page)).to_have_count(1)
    expect(waiters(page)).to_contain_text("Birch Paper")
    page.get_by_role("searchbox", name="Search").fill("")
    page.get_by_label("Reason").select_option("duplicate")
    expect(waiters(page)).to_have_count(3)
    page.get_by_label("Show").select_option("verified")
    expect(page.get_by_text("No record has been verified yet.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_label("Show").select_option("all")
        expect(waiters(page)).to_have_count(3)
        page.get_by_role("button", name="CSV").click()
    assert download.value.suggested_filename == "invoices.csv"


def test_files_are_dropped_sent_and_read_and_what_is_no_pdf_is_told(
    open_page: OpenPage, user: str, tmp_path: Path
) -> None:
    drawn = Drawn()
    (tmp_path / "good.pdf").write_bytes(drawn.pdf())
    (tmp_path / "note.txt").write_text("no invoice")
    (tmp_path / "false.pdf").write_text("no invoice either")
    page = open_page(f"/review/?user_id={user}", expected=(400,))
    names = ("good.pdf", "note.txt", "false.pdf")
    page.locator('input[type="file"]').set_input_files([tmp_path / name for name in names])
    expect(page.locator(".sendings li", has_text="note.txt")).to_contain_text("Not a PDF")
    expect(page.locator(".sendings li", has_text="false.pdf")).to_contain_text("Only PDF files are allowed")
    expect(page.locator(".sendings li", has_text="good.pdf").locator(".quiet")).to_have_text(
        "Read", timeout=90_000
    )


def test_hostile_content_is_text_in_the_queue(open_page: OpenPage, cloud: RunningCloud, user: str) -> None:
    stored(cloud, user, HOSTILE, invoice_number=HOSTILE)
    page = open_page(f"/review/?user_id={user}")
    expect(waiters(page)).to_contain_text("onerror")
    assert page.locator("img").count() == 0


@pytest.mark.parametrize("size", [None, PHONE])
def test_nothing_keeps_anybody_from_using_the_queue(
    open_page: OpenPage, cloud: RunningCloud, user: str, size: dict[str, int] | None
) -> None:
    stored(cloud, user, "Acme Tools")
    page = open_page(f"/review/?user_id={user}", size=size)
    expect(waiters(page)).to_have_count(1)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_former_version_is_brought_back(
    open_page: OpenPage, http: httpx.Client, cloud: RunningCloud, user: str
) -> None:
    number = stored(cloud, user, "Acme Tools")
    assert (
        http.post("/check/save/", json={"invoice_id": number, "data": {"vendor_name": "Wrong"}}).status_code
        == 200
    )
    page = open_page(f"/check/?invoice_id={number}")
    expect(field(page, "vendor_name")).to_have_value("Wrong")
    expect(page.get_by_text("Acme Tools → Wrong")).to_be_visible()
    page.get_by_role("button", name="Bring these values back").click()
    expect(field(page, "vendor_name")).to_have_value("Acme Tools")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    found = stands(http, invoice_id=number)
    assert (found["data"]["vendor_name"], found["version"]) == ("Acme Tools", 3)


def test_a_record_is_exported_from_its_page(open_page: OpenPage, cloud: RunningCloud, user: str) -> None:
    number = stored(cloud, user, "Acme Tools")
    page = open_page(f"/check/?invoice_id={number}")
    page.get_by_text("Export", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel").click()
    assert download.value.suggested_filename == f"invoice-{number}.xlsx"
