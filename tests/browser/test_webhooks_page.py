"""The live view of webhooks."""

from __future__ import annotations

import secrets

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, OpenPage
from tests.browser.test_check_page import HOSTILE, violations


def test_a_hit_appears_by_itself_and_can_be_found_and_looked_into(
    open_page: OpenPage, http: httpx.Client
) -> None:
    mark = secrets.token_hex(6)
    page = open_page("/webhook/show/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Webhooks")
    http.post("/webhook/orders/", params={"shop": "7"}, json={"event": "payment.success", "mark": mark})
    hit = page.locator(".log details", has_text=mark)
    expect(hit).to_have_count(1)
    hit.locator("summary").click()
    expect(hit).to_contain_text('"event": "payment.success"')
    expect(hit).to_contain_text('"shop": "7"')
    expect(hit).to_contain_text("application/json")
    page.get_by_role("searchbox", name="Search").fill(mark)
    expect(page.locator(".log details")).to_have_count(1)
    page.get_by_label("Method").select_option("DELETE")
    expect(page.get_by_text("No hit fits these filters.")).to_be_visible()


def test_hostile_bodies_and_headers_are_text(open_page: OpenPage, http: httpx.Client) -> None:
    mark = secrets.token_hex(6)
    http.post(
        "/webhook/", content=f"{HOSTILE} {mark}", headers={"X-Note": HOSTILE, "Content-Type": "text/html"}
    )
    http.post("/webhook/", json={HOSTILE: [HOSTILE], "mark": mark}, params={HOSTILE: HOSTILE})
    page = open_page("/webhook/show/")
    page.get_by_role("searchbox", name="Search").fill(mark)
    expect(page.locator(".log details")).to_have_count(2)
    for hit in page.locator(".log details").all():
        hit.locator("summary").click()
        expect(hit.locator("pre").last).to_contain_text("onerror")
    assert page.locator("img, .log script").count() == 0


@pytest.mark.parametrize("size", [None, PHONE])
@pytest.mark.parametrize("dark", [False, True])
def test_nothing_keeps_anybody_from_using_the_log(
    open_page: OpenPage, http: httpx.Client, dark: bool, size: dict[str, int] | None
) -> None:
    http.post("/webhook/", json={"a": 1})
    page = open_page("/webhook/show/", dark=dark, size=size)
    page.locator(".log summary").first.click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_programs_get_the_log_as_json_and_its_page_is_under_the_strict_policy(http: httpx.Client) -> None:
    assert http.get("/webhook/show/").headers["Content-Type"] == "application/json"
    page = http.get("/webhook/show/", headers={"Accept": "text/html,*/*;q=0.8"})
    assert page.headers["Content-Type"].startswith("text/html")
    assert "unsafe" not in page.headers["Content-Security-Policy"]
