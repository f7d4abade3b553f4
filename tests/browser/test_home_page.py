"""The landing page: the system's state as it changes, what reading took, and the API to try."""

from __future__ import annotations

import base64
import re
import secrets
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests import checked_records
from tests.browser.axe import violations
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.test_check_page import HOSTILE
from tests.documents import Drawn
from tests.running import RunningCloud


@pytest.fixture
def user() -> str:
    """A user who has nothing yet."""
    return f"home-{secrets.token_hex(5)}"


def used(cloud: RunningCloud, user: str, back: int, model: str, *, tokens: int, rupees: str) -> None:
    """Adds two calls to the totals of a day that many days ago."""
    checked_records.use_records_of(cloud)
    from common.records import usage_days
    from common.records.database import batch, commit

    day = (datetime.now(UTC) - timedelta(days=back)).date()
    writes = batch()
    call = usage_days.Call(secrets.randbelow(9), day, user, model)
    usage_days.add_in(writes, call, usage_days.Used(2, tokens - 10, 10, Decimal(rupees)))
    commit(writes)


def landed(open_page: OpenPage, path: str, **how: Any) -> Page:
    """The landing page with its state. The first time, the records have to be connected to."""
    page = open_page(path, **how)
    page.locator(".tiles").wait_for()
    return page


def tile(page: Page, name: str) -> Any:
    return page.locator(".tile", has=page.get_by_text(name, exact=True)).locator(".count")


def plot(page: Page, name: str) -> Any:
    return page.locator("figure.plot", has=page.get_by_role("heading", name=name))


def test_the_first_invoice_is_dropped_here_and_appears_in_the_state_by_itself(
    open_page: OpenPage, user: str, tmp_path: Path
) -> None:
    (tmp_path / "first.pdf").write_bytes(Drawn().pdf())
    page = landed(open_page, f"/?user_id={user}")
    expect(page.get_by_text("Nothing has been uploaded yet.")).to_be_visible()
    expect(page.locator(".first code")).to_contain_text(f'/upload/ -F "user_id={user}"')
    expect(page.get_by_text("No model has been asked in the last 30 days.")).to_be_visible()
    expect(tile(page, "Read")).to_have_text("0")
    page.locator('input[type="file"]').set_input_files(tmp_path / "first.pdf")
    expect(tile(page, "Read")).to_have_text("1", timeout=90_000)
    expect(plot(page, "Tokens").locator("svg rect")).to_have_count(1)
    expect(plot(page, "Rupees").locator(".total")).to_contain_text("₹")
    expect(page.locator(".sendings li", has_text="first.pdf")).to_contain_text("Read")


def test_records_are_counted_and_lead_to_the_queue(
    open_page: OpenPage, cloud: RunningCloud, user: str
) -> None:
    drawn = Drawn()
    read = checked_records.read_from(drawn)
    failed = {"status": False, "message": "PDF cannot be read: it asks for a password", "model": "m"}
    for state, data in (("queued", None), ("done", read), ("done", read), ("failed", failed)):
        checked_records.invoice(cloud, data, drawn.pdf(), "a.pdf", owner=user, state=state)
    page = landed(open_page, f"/?user_id={user}")
    expect(tile(page, "Awaiting review")).to_have_text("3")
    expect(tile(page, "Queued")).to_have_text("1")
    expect(tile(page, "Being read")).to_have_text("0")
    expect(tile(page, "Read")).to_have_text("2")
    expect(tile(page, "Could not be read")).to_have_text("1")
    page.get_by_role("link", name="Awaiting review").click()
    expect(page.locator(".waiters a")).to_have_count(3)
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Webhooks").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Webhooks")
    page.get_by_role("link", name="Invoices", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Invoice Management System")


def test_the_state_is_of_whom_is_named(open_page: OpenPage, cloud: RunningCloud, user: str) -> None:
    checked_records.invoice(cloud, None, Drawn().pdf(), "a.pdf", owner=user, state="queued")
    page = landed(open_page, "/?user_id=nobody-at-all")
    expect(tile(page, "Queued")).to_have_text("0")
    expect(page.get_by_text("Nothing has been uploaded yet.")).to_be_visible()
    page.get_by_label("User").first.fill(user)
    expect(tile(page, "Queued")).to_have_text("1")
    expect(page.get_by_text("Nothing has been uploaded yet.")).to_have_count(0)
    expect(page.locator(".first")).to_have_count(0)
    assert page.url.endswith(f"/?user_id={user}")


def test_what_changes_is_seen_without_a_reload(open_page: OpenPage, cloud: RunningCloud, user: str) -> None:
    checked_records.invoice(cloud, None, Drawn().pdf(), "a.pdf", owner=user, state="queued")
    page = landed(open_page, f"/?user_id={user}")
    expect(tile(page, "Queued")).to_have_text("1")
    checked_records.invoice(cloud, None, Drawn().pdf(), "b.pdf", owner=user, state="queued")
    expect(tile(page, "Queued")).to_have_text("2", timeout=15_000)


def test_tokens_and_rupees_are_plotted_by_day_and_model_and_stand_in_a_table_too(
    open_page: OpenPage, cloud: RunningCloud, user: str
) -> None:
    for back, model, tokens, rupees in (
        (29, "model-a", 1000, "1.5"),
        (3, "model-a", 2000, "100000.25"),
        (3, "model-b", 500, "0.004321"),
        (30, "model-a", 70, "9"),
    ):
        used(cloud, user, back, model, tokens=tokens, rupees=rupees)
    page = landed(open_page, f"/?user_id={user}")
    tokens_plot, rupees_plot = plot(page, "Tokens"), plot(page, "Rupees")
    expect(tokens_plot.locator(".total")).to_have_text("3,500")
    expect(rupees_plot.locator(".total")).to_have_text("₹1,00,001.75")
    expect(tokens_plot.locator(".legend li")).to_have_text(["model-a 3,000", "model-b 500"])
    expect(tokens_plot.locator("svg rect")).to_have_count(3)
    expect(tokens_plot.locator("svg .at")).to_have_text(["0", "1K", "2K", "3K"])
    day = (datetime.now(UTC) - timedelta(days=3)).strftime("%-d %b")
    expect(tokens_plot.get_by_role("img")).to_have_accessible_name(
        f"Tokens by day: the most, 2,500, on {day}. The table below has each day."
    )
    rupees_plot.get_by_text("As a table").click()
    rows = rupees_plot.locator("tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_have_text(f"{day}₹1,00,000.25₹0.00432₹1,00,000.25")
    bars = tokens_plot.locator("svg rect")
    box = bars.nth(1).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(tokens_plot.locator(".chosen")).to_have_text(f"{day} 2,500")
    expect(page.get_by_role("region", name="The last 30 days by model").locator("tbody tr")).to_have_text(
        ["model-a42,98020₹1,00,001.75", "model-b249010₹0.00432"]
    )


def test_a_model_without_a_price_is_told_and_leaves_the_rupees_plot_empty(
    open_page: OpenPage, cloud: RunningCloud, user: str
) -> None:
    checked_records.use_records_of(cloud)
    from common.records import usage_days
    from common.records.database import batch, commit

    writes = batch()
    call = usage_days.Call(1, datetime.now(UTC).date(), user, "model-new")
    usage_days.add_in(writes, call, usage_days.Used(3, 100, 10, Decimal(0), unpriced=3))
    commit(writes)
    page = landed(open_page, f"/?user_id={user}")
    expect(plot(page, "Rupees").locator(".total")).to_have_text("₹0")
    expect(plot(page, "Rupees").locator("svg rect")).to_have_count(0)
    models = page.get_by_role("region", name="The last 30 days by model")
    expect(models.locator("tbody tr")).to_have_text("model-new310010not known")


def test_no_more_colours_are_drawn_than_can_be_told_apart(
    open_page: OpenPage, cloud: RunningCloud, user: str
) -> None:
    for number in range(9):
        used(cloud, user, number, f"model-{number}", tokens=100 * (number + 1), rupees="1")
    page = landed(open_page, f"/?user_id={user}")
    legend = plot(page, "Tokens").locator(".legend li")
    expect(legend).to_have_count(6)
    expect(legend.last).to_have_text("other models 1,000")


def test_hostile_names_are_text(open_page: OpenPage, cloud: RunningCloud, user: str) -> None:
    used(cloud, user, 1, HOSTILE, tokens=1000, rupees="1")
    page = landed(open_page, f"/?user_id={user}")
    expect(plot(page, "Tokens").locator(".legend")).to_contain_text("onerror")
    assert page.locator("img").count() == 0


@pytest.mark.parametrize("size", [None, PHONE])
def test_nothing_keeps_anybody_from_using_the_page(
    open_page: OpenPage, cloud: RunningCloud, user: str, size: dict[str, int] | None
) -> None:
    checked_records.invoice(cloud, None, Drawn().pdf(), "a.pdf", owner=user, state="queued")
    for number in range(7):
        used(
            cloud,
            user,
            number,
            f"a-model-with-a-rather-long-name-{number}",
            tokens=10**12,
            rupees="123456789.12",
        )
    for path, shows in ((f"/?user_id={user}", ".plot"), ("/?user_id=nobody-yet", ".first")):
        page = landed(open_page, path, size=size)
        page.locator(shows).first.wait_for()
        for table in page.get_by_text("As a table").all():
            table.click()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


# The reference.


def opened(page: Page, operation: str) -> Any:
    """An operation of the reference, ready to be tried."""
    block = page.locator(f'[id$="-{operation}"].opblock')
    block.locator(".opblock-summary-control").click()
    block.get_by_role("button", name="Try it out").click()
    return block


def test_an_invoice_is_uploaded_and_read_back_from_the_reference(
    open_page: OpenPage, cloud: RunningCloud, user: str, tmp_path: Path
) -> None:
    (tmp_path / "tried.pdf").write_bytes(Drawn(vendor="Tried Ltd").pdf())
    page = open_page("/")
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url))
    page.get_by_role("link", name="POST /upload/", exact=True).click()
    block = page.locator('[id$="-uploadInvoice"].opblock')
    block.wait_for()
    expect(block.locator(".opblock-body")).to_be_visible()
    block.get_by_role("button", name="Try it out").click()
    block.get_by_placeholder("user_id").fill(user)
    block.locator('input[type="file"]').first.set_input_files(tmp_path / "tried.pdf")
    block.get_by_role("button", name="Execute").click()
    answer = block.locator(".live-responses-table")
    expect(answer.locator(".response-col_status").nth(1)).to_contain_text("201", timeout=30_000)
    expect(answer).to_contain_text("Invoice uploaded successfully")
    expect(answer).to_contain_text(f"docs/{user}/tried.pdf")
    listing = opened(page, "listInvoices")
    listing.get_by_placeholder("user_id").fill(user)
    listing.get_by_role("button", name="Execute").click()
    expect(listing.locator(".live-responses-table")).to_contain_text(f"docs/{user}/tried.pdf")
    assert asked
    assert {url for url in asked if not url.startswith((f"{cloud.gateway}/", "blob:", "data:"))} == set()


def test_a_pdf_is_read_from_the_reference_with_an_api_key(open_page: OpenPage, api_key: str) -> None:
    page = open_page("/docs/")
    block = opened(page, "processPdfGemini")
    body = block.get_by_label("Body")
    expect(body).to_have_value(re.compile("your_api_key"))
    content = base64.b64encode(Drawn().pdf()).decode()
    body.fill(f'{{"api_key": "{api_key}", "model": "gemini-2.5-flash", "pdf_base64": "{content}"}}')
    block.get_by_role("button", name="Execute").click()
    answer = block.locator(".live-responses-table")
    expect(answer.locator(".response-col_status").nth(1)).to_contain_text("200", timeout=60_000)
    expect(answer).to_contain_text("PDF processed successfully")


@pytest.mark.parametrize("size", [None, PHONE])
def test_nothing_keeps_anybody_from_using_the_reference(
    open_page: OpenPage, size: dict[str, int] | None
) -> None:
    page = open_page("/docs/", size=size)
    for operation in ("uploadInvoice", "saveCorrections", "listInvoices"):
        block = opened(page, operation)
    block.get_by_placeholder("user_id").fill("nobody-at-all")
    block.get_by_role("button", name="Execute").click()
    expect(block.locator(".live-responses-table")).to_contain_text('"invoices": []')
    page.get_by_text("What any call may answer").click()
    expect(page.get_by_text("413: The body is over its limit.")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Authorize").click()
    expect(page.get_by_role("heading", name="Available authorizations")).to_be_visible()
    assert violations(page) == []


def test_the_reference_shows_what_could_not_be_loaded(open_page: OpenPage, http: httpx.Client) -> None:
    page = open_page("/docs/", expected=(503,))
    page.route("**/docs/openapi.json", lambda route: route.fulfill(status=503, body='{"error": "Try again"}'))
    page.reload()
    expect(page.get_by_role("alert")).to_have_text("Try again")
