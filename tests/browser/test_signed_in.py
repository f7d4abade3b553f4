"""Token mode: who signs in sees the own queue, and what that person does is kept under the name."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from emulators.cloud import LocalOptions, local_cloud
from tests.browser.test_check_page import field
from tests.documents import Drawn
from tests.environment import clean_environment


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The gateway of a cloud in token mode."""
    options = LocalOptions(
        folder=tmp_path_factory.mktemp("token"),
        port=0,
        environ=clean_environment(),
        settings={"AUTH_MODE": "token"},
    )
    with local_cloud(options) as running:
        yield running.gateway_url


def test_a_bookkeeper_signs_in_adds_an_invoice_and_verifies_it(
    browser: Browser, guarded: str, tmp_path: Path
) -> None:
    account = {"user_name": f"user-{secrets.token_hex(6)}", "user_password": "securepass123"}
    made = httpx.post(f"{guarded}/signup/", json=account, timeout=60).json()
    (tmp_path / "mine.pdf").write_bytes(Drawn(vendor="Mine Ltd").pdf())
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    try:
        page = context.new_page()
        page.goto(f"{guarded}/review/")
        page.get_by_label("Name").fill(account["user_name"])
        page.get_by_label("Password").fill("wrong")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("alert")).to_have_text("Invalid credentials")
        page.get_by_label("Password").fill(account["user_password"])
        page.get_by_role("button", name="Sign in").click()
        page.locator('input[type="file"]').set_input_files(tmp_path / "mine.pdf")
        read = page.locator(".sendings li", has_text="mine.pdf").locator(".quiet")
        expect(read).to_have_text("Read", timeout=90_000)
        page.get_by_label("Show").select_option("all")
        page.locator(".waiters a", has_text="Mine Ltd").click()
        expect(field(page, "vendor_name")).to_have_value("Mine Ltd")
        expect(page.locator('.page[data-page-number="1"] .textLayer')).to_be_attached()
        assert "link=" in page.url
        page.get_by_role("button", name="Verify").click()
        expect(page.get_by_text("✓ Verified")).to_be_visible()
        expect(page.get_by_text(f"verified by user {made['user_id']}")).to_be_visible()
        # Without the link, and in another browser, the record is closed.
        answer = httpx.get(page.url.split("&link=")[0], timeout=60)
        assert (answer.status_code, answer.json()) == (401, {"error": "Authentication required"})
    finally:
        context.close()


def test_who_signs_in_on_the_landing_page_sees_their_own_state_and_tries_the_api_as_themselves(
    browser: Browser, guarded: str
) -> None:
    account = {"user_name": f"user-{secrets.token_hex(6)}", "user_password": "securepass123"}
    made = httpx.post(f"{guarded}/signup/", json=account, timeout=60).json()
    token = httpx.post(f"{guarded}/login/", json=account, timeout=60).json()["access_token"]
    httpx.post(
        f"{guarded}/upload/",
        data={"user_id": str(made["user_id"])},
        files={"file": ("own.pdf", Drawn().pdf(), "application/pdf")},
        headers={"Authorization": f"Bearer {token}"},
        timeout=60,
    ).raise_for_status()
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    try:
        page = context.new_page()
        page.goto(f"{guarded}/")
        expect(page.get_by_role("heading", name="The API")).to_be_visible()
        expect(page.locator(".tile")).to_have_count(0)
        page.get_by_label("Name").fill(account["user_name"])
        page.get_by_label("Password").fill(account["user_password"])
        page.get_by_role("button", name="Sign in").click()
        read = page.locator(".tile", has=page.get_by_text("Read", exact=True)).locator(".count")
        expect(read).to_have_text("1", timeout=60_000)
        page.get_by_role("link", name="GET /invoices/", exact=True).click()
        block = page.locator('[id$="-listInvoices"].opblock')
        block.get_by_role("button", name="Try it out").click()
        block.get_by_placeholder("user_id").fill(str(made["user_id"]))
        block.get_by_role("button", name="Execute").click()
        expect(block.locator(".live-responses-table")).to_contain_text(f"docs/{made['user_id']}/own.pdf")
        page.goto(f"{guarded}/")
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
        expect(page.locator(".tile")).to_have_count(0)
    finally:
        context.close()
