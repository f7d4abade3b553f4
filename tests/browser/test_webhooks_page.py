"""The live view of webhooks."""

from __future__ import annotations

import json
import secrets

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.test_check_page import HOSTILE
from tests.receiver import RECEIVER, receiver


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
def test_nothing_keeps_anybody_from_using_the_log(
    open_page: OpenPage, http: httpx.Client, size: dict[str, int] | None
) -> None:
    http.post("/webhook/", json={"a": 1})
    page = open_page("/webhook/show/", size=size)
    page.locator(".log summary").first.click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_programs_get_the_log_as_json_and_its_page_is_under_the_strict_policy(http: httpx.Client) -> None:
    assert http.get("/webhook/show/").headers["Content-Type"] == "application/json"
    page = http.get("/webhook/show/", headers={"Accept": "text/html,*/*;q=0.8"})
    assert page.headers["Content-Type"].startswith("text/html")
    assert "unsafe" not in page.headers["Content-Security-Policy"]


def opened_hit(page: Page, mark: str) -> Locator:
    page.get_by_role("searchbox", name="Search").fill(mark)
    hit = page.locator(".log details", has_text=mark)
    expect(hit).to_have_count(1)
    hit.locator("summary").click()
    hit.get_by_role("button", name="Send again").click()
    return hit


def test_a_hit_is_sent_to_a_url_of_ones_own_once_it_was_looked_at_and_confirmed(
    open_page: OpenPage, http: httpx.Client
) -> None:
    mark = secrets.token_hex(6)
    http.post("/webhook/", json={"mark": mark}, headers={"X-Shop": "42", "Authorization": "Bearer secret"})
    with receiver() as there:
        there.status, there.body = 201, b"taken by the shop"
        hit = opened_hit(open_page("/webhook/show/"), mark)
        hit.get_by_label("To this URL of yours").fill(f"{there.url}/hooks")
        hit.get_by_role("button", name="Look at what is sent").click()
        plan = hit.get_by_role("group", name="What will be sent")
        expect(plan).to_contain_text(f"POST {there.url}/hooks at {RECEIVER}")
        expect(plan).to_contain_text("X-Shop")
        expect(plan).to_contain_text("23 bytes of body")
        expect(plan).not_to_contain_text("secret")
        assert there.arrived == []
        plan.get_by_role("button", name="Send it").click()
        expect(hit.get_by_text("Delivered: 201")).to_be_visible()
        expect(hit).to_contain_text("taken by the shop")
    (arrived,) = there.arrived
    assert (arrived.method, arrived.path, arrived.headers["X-Shop"]) == ("POST", "/hooks", "42")
    assert json.loads(arrived.body) == {"mark": mark}


def test_a_change_of_the_url_or_of_ones_mind_sends_nothing(open_page: OpenPage, http: httpx.Client) -> None:
    mark = secrets.token_hex(6)
    http.post("/webhook/", json={"mark": mark})
    with receiver() as there:
        hit = opened_hit(open_page("/webhook/show/"), mark)
        field = hit.get_by_label("To this URL of yours")
        field.fill(there.url)
        field.press("Enter")
        expect(hit.get_by_role("button", name="Send it")).to_be_visible()
        field.fill(f"{there.url}/other")
        expect(hit.get_by_role("button", name="Send it")).to_have_count(0)
        field.press("Enter")
        hit.get_by_role("button", name="Do not send").click()
        expect(hit.get_by_role("button", name="Send it")).to_have_count(0)
    assert there.arrived == []


def test_a_replay_that_is_being_prepared_stays_while_new_hits_come_in(
    open_page: OpenPage, http: httpx.Client
) -> None:
    mark = secrets.token_hex(6)
    http.post("/webhook/", json={"mark": mark})
    page = open_page("/webhook/show/")
    hit = opened_hit(page, mark)
    expect(hit.get_by_label("To this URL of yours")).to_be_focused()
    search = page.get_by_role("searchbox", name="Search")
    search.focus()
    http.post("/webhook/", json={"mark": mark, "second": True})
    expect(page.locator(".log details", has_text=mark)).to_have_count(2)
    expect(search).to_be_focused()
    expect(page.get_by_label("To this URL of yours")).to_be_visible()


def test_an_address_inside_is_refused_in_words(open_page: OpenPage, http: httpx.Client) -> None:
    mark = secrets.token_hex(6)
    http.post("/webhook/", json={"mark": mark})
    hit = opened_hit(open_page("/webhook/show/", expected=(400,)), mark)
    hit.get_by_label("To this URL of yours").fill("http://169.254.169.254/computeMetadata/v1/")
    hit.get_by_role("button", name="Look at what is sent").click()
    expect(hit.get_by_role("alert")).to_have_text("url must lead to a public address")
    expect(hit.get_by_role("button", name="Send it")).to_have_count(0)


def test_a_hostile_hit_and_a_hostile_answer_are_text_in_the_replay_too(
    open_page: OpenPage, http: httpx.Client
) -> None:
    mark = secrets.token_hex(6)
    query = {"q": HOSTILE, "mark": mark}
    http.post("/webhook/", params=query, content=HOSTILE, headers={"X-Note": HOSTILE})
    with receiver() as there:
        there.body, there.headers = HOSTILE.encode(), {"Content-Type": "text/html", "X-Note": HOSTILE}
        page = open_page("/webhook/show/")
        hit = opened_hit(page, mark)
        hit.get_by_label("To this URL of yours").fill(f"{there.url}/{HOSTILE.replace(' ', '')}")
        hit.get_by_role("button", name="Look at what is sent").click()
        expect(hit.get_by_role("group", name="What will be sent")).to_contain_text("onerror")
        assert violations(page) == []
        hit.get_by_role("button", name="Send it").click()
        expect(hit.locator(".plan pre")).to_have_text(HOSTILE)
        assert violations(page) == []
    assert page.locator("img, .log script").count() == 0
    assert there.arrived[0].body == HOSTILE.encode()
