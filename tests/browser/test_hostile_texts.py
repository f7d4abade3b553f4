"""Markup in every place that a stranger can write to: it is shown as text, and nothing of it runs."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests import checked_records
from tests.browser.conftest import OpenPage
from tests.browser.test_check_page import HOSTILE, drawn_page, field
from tests.documents import Drawn
from tests.running import RunningCloud

FAILED = {"status": False, "message": HOSTILE, "model": "m"}


def is_text(page: Page, times: int = 1) -> None:
    """Whether the page shows the markup, and has made nothing of it."""
    expect(page.get_by_text("onerror=").nth(times - 1)).to_be_attached()
    assert page.locator("img[src='x']").count() == 0
    assert page.locator("script:not([nonce])").count() == 0


def test_in_the_name_of_a_file_that_is_uploaded(open_page: OpenPage, cloud: RunningCloud) -> None:
    user = f"hostile-{secrets.token_hex(5)}"
    name = f"{HOSTILE.replace('/', '')}.pdf"
    with cloud.client() as http:
        file = {"file": (name, Drawn().pdf(), "application/pdf")}
        number = http.post("/upload/", data={"user_id": user}, files=file).json()["invoice_id"]
    page = open_page(f"/check/?invoice_id={number}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("onerror=")
    is_text(page)


def test_in_the_reason_why_nothing_was_read(open_page: OpenPage, cloud: RunningCloud) -> None:
    user = f"hostile-{secrets.token_hex(5)}"
    number = checked_records.invoice(
        cloud, FAILED, Drawn().pdf(), "a.pdf", owner=user, state="failed", stage=HOSTILE
    )
    is_text(open_page(f"/check/?invoice_id={number}"))
    is_text(open_page(f"/review/?user_id={user}"))


def test_in_the_stage_of_a_reading(open_page: OpenPage, cloud: RunningCloud) -> None:
    number = checked_records.invoice(cloud, None, Drawn().pdf(), "a.pdf", state="reading", stage=HOSTILE)
    is_text(open_page(f"/check/?invoice_id={number}"))


def test_in_what_another_has_saved_and_in_the_history(
    open_page: OpenPage, http: httpx.Client, cloud: RunningCloud
) -> None:
    drawn = Drawn()
    number = checked_records.direct(cloud, checked_records.read_from(drawn), drawn.pdf(), "a.pdf")
    page = open_page(f"/check/?id={number}", expected=(409,))
    field(page, "vendor_name").fill(f"mine {HOSTILE}")
    items = [{"description": HOSTILE, "amount": 1}]
    theirs = {"id": number, "data": {"vendor_name": HOSTILE, "items": items}, "version": 1}
    assert http.post("/check/save/", json=theirs).status_code == 200
    page.keyboard.press("Control+s")
    conflict = page.get_by_role("alert").filter(has_text="Somebody else")
    expect(conflict).to_contain_text("onerror=")
    conflict.get_by_role("button", name="Bring both together").click()
    page.keyboard.press("Control+s")
    history = page.get_by_role("region", name="History")
    expect(history.get_by_text("Version 3")).to_be_visible()
    expect(history).to_contain_text("onerror=")
    is_text(page)


def test_in_both_sides_of_a_contradiction(open_page: OpenPage, cloud: RunningCloud) -> None:
    drawn = Drawn()
    data = checked_records.read_from(drawn)
    sides = [{"source": "xml", "value": f"1 {HOSTILE}"}, {"source": HOSTILE, "value": f"2 {HOSTILE}"}]
    data["review"]["reasons"] = [
        {
            "code": "contradicts_xml",
            "field": "vendor_name",
            "item": None,
            "cell": None,
            "message": HOSTILE,
            "sides": sides,
        }
    ]
    number = checked_records.direct(cloud, data, drawn.pdf(), "a.pdf")
    page = open_page(f"/check/?id={number}")
    expect(page.locator(".contradiction")).to_contain_text("onerror=")
    page.locator(".contradiction button").last.click()
    expect(field(page, "vendor_name")).to_have_value(f"2 {HOSTILE}")
    is_text(page)


def test_in_the_text_of_a_pdf_that_is_taken_into_a_field(open_page: OpenPage, cloud: RunningCloud) -> None:
    drawn = Drawn(vendor="<b>x</b><img/src=x/onerror=alert(1)>")
    number = checked_records.direct(cloud, checked_records.read_from(drawn), drawn.pdf(), "a.pdf")
    page = open_page(f"/check/?id={number}")
    drawn_page(page)
    field(page, "po_number").focus()
    page.locator(".textLayer span", has_text="onerror").first.click()
    expect(field(page, "po_number")).to_have_value(drawn.vendor)
    is_text(page)


@pytest.mark.parametrize(
    ("path", "refused"),
    [
        (f"/check/?id={quote(HOSTILE)}", 400),
        (f"/check/?invoice_id=1&link={quote(HOSTILE)}&id=999999999", 404),
        (f"/review/?user_id={quote(HOSTILE)}&q={quote(HOSTILE)}&code={quote(HOSTILE)}", 400),
        (f"/webhook/show/?q={quote(HOSTILE)}&method={quote(HOSTILE)}", 0),
        (f"/{quote(HOSTILE)}", 404),
        (f"/check/static/{quote(HOSTILE)}", 404),
    ],
)
def test_in_an_address(open_page: OpenPage, path: str, refused: int) -> None:
    page = open_page(path, expected=(refused,) if refused else ())
    expect(page.locator("body")).not_to_be_empty()
    assert page.locator("img[src='x']").count() == 0
    assert page.locator("script:not([nonce])").count() == 0


def placed(place: str) -> dict[str, Any]:
    """How a webhook is called that has the markup in one place."""
    ways: dict[str, dict[str, Any]] = {
        "path": {"url": f"/webhook/{quote(HOSTILE)}/"},
        "query": {"params": {HOSTILE: HOSTILE}},
        "header": {"headers": {"X-Note": HOSTILE}},
        "type": {"content": b"x", "headers": {"Content-Type": HOSTILE}},
        "text": {"content": HOSTILE.encode()},
        "JSON": {"json": {HOSTILE: [HOSTILE]}},
        "form": {"data": {HOSTILE: HOSTILE}},
        "file name": {"files": {"file": (HOSTILE, b"x", HOSTILE)}},
    }
    return ways[place]


@pytest.mark.parametrize("place", ["path", "query", "header", "type", "text", "JSON", "form", "file name"])
def test_in_a_webhook(open_page: OpenPage, http: httpx.Client, place: str) -> None:
    mark = secrets.token_hex(6)
    how = {"url": "/webhook/", **placed(place)}
    how["headers"] = {"X-Mark": mark, **how.get("headers", {})}
    assert http.post(**how).status_code == 200
    page = open_page("/webhook/show/")
    page.get_by_role("searchbox", name="Search").fill(mark)
    hit = page.locator(".log details")
    expect(hit).to_have_count(1)
    hit.locator("summary").click()
    expect(hit).to_contain_text("onerror=")
    is_text(page)


def test_a_page_that_ran_the_markup_would_be_noticed(open_page: OpenPage) -> None:
    page = open_page("/webhook/show/")
    page.evaluate("() => document.body.insertAdjacentHTML('beforeend', '<img src=\"x\" alt=\"onerror=\">')")
    with pytest.raises(AssertionError):
        is_text(page)
