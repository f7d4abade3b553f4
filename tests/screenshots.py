"""`python -m tests.screenshots`: pictures of the pages' main states, as they are now, into docs/images/."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

from bundles.browser_files import stage
from emulators.cloud import LocalOptions, local_cloud
from emulators.samples import samples
from tests.browser.conftest import ARGUMENTS, DESK, PHONE
from tests.documents import Drawn
from tests.environment import clean_environment
from tests.receiver import RECEIVER, receiver
from tests.running import eventually

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
USER = "bookkeeper"
FAILED = "harbour-invoice"
SECONDS = 120.0


def main() -> None:
    """Starts a local cloud, has the samples read, and takes the pictures."""
    stage()
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        environ = {**clean_environment(), "REPLAY_NETWORKS": f"{RECEIVER}/32"}
        options = LocalOptions(folder=Path(folder), port=0, environ=environ)
        with local_cloud(options) as running, sync_playwright() as playwright:
            with httpx.Client(base_url=running.gateway_url, timeout=60) as http:
                read = _read_samples(http, running.urls["gemini"])
                _call_webhooks(http)
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
            _take(browser, running.gateway_url, read)
            browser.close()


def _read_samples(http: httpx.Client, model: str) -> dict[str, int]:
    """Uploads every sample, and one that the model refuses, and waits for them; their ids by name."""
    numbers: dict[str, int] = {}
    refused = Drawn(vendor="Harbour & Sons Stevedores", number="2026-0815")
    httpx.post(
        f"{model}/control/faults", json={"fault": "safety", "times": None, "match": refused.number}
    ).raise_for_status()
    every = [(sample.name.removesuffix(".pdf"), sample.pdf) for sample in samples()]
    for name, pdf in [*every, (FAILED, refused.pdf())]:
        file = {"file": (f"{name}.pdf", pdf, "application/pdf")}
        answer = http.post("/upload/", data={"user_id": USER}, files=file)
        answer.raise_for_status()
        numbers[name] = answer.json()["invoice_id"]
    eventually(lambda: _all_read(http, numbers), within=SECONDS)
    return numbers


def _call_webhooks(http: httpx.Client) -> None:
    for number, event in enumerate(("order.created", "payment.success", "order.shipped", "payment.refunded")):
        data = {
            "event": event,
            "data": {"order": 1201 + number, "amount": 1499 + 100 * number, "currency": "INR"},
        }
        headers = {"X-Shop": "42", "X-Hub-Signature-256": "sha256=0"}
        http.request("PUT" if number == 2 else "POST", "/webhook/orders/", json=data, headers=headers)


def _all_read(http: httpx.Client, numbers: dict[str, int]) -> bool:
    states = [
        http.get(f"/invoice/{number}/data/").json()["processing"]["state"] for number in numbers.values()
    ]
    return all(state in ("done", "failed") for state in states)


def _take(browser: Browser, gateway: str, numbers: dict[str, int]) -> None:
    gst, german = (
        f"/check/?invoice_id={numbers['gst-invoice']}",
        f"/check/?invoice_id={numbers['german-invoice']}",
    )
    page = _opened(browser, gateway + gst, DESK, ".textLayer")
    page.locator('[data-place="total_amt"]:is(input)').focus()
    page.locator("#group-amounts").scroll_into_view_if_needed()
    _save(page, "check")
    page = _opened(browser, gateway + german, DESK, ".textLayer", dark=True)
    page.locator("#group-items").scroll_into_view_if_needed()
    _save(page, "check-dark")
    _save(_opened(browser, gateway + gst, PHONE, ".textLayer"), "check-phone")
    _save(_opened(browser, f"{gateway}/review/?user_id={USER}", DESK, ".waiters a"), "review")
    by_hand = f"{gateway}/check/?invoice_id={numbers[FAILED]}"
    page = _opened(browser, by_hand, DESK, ".textLayer")
    page.get_by_role("button", name="Fill in by hand").click()
    page.keyboard.type("Harbour")
    page.wait_for_selector(".match.chosen")
    _save(page, "check-by-hand")
    page = _opened(browser, f"{gateway}/webhook/show/", DESK, ".log details")
    hit = page.locator(".log details").first
    hit.locator("summary").click()
    hit.get_by_role("button", name="Send again").click()
    with receiver() as there:
        hit.get_by_label("To this URL of yours").fill(f"{there.url}/hooks")
        hit.get_by_role("button", name="Look at what is sent").click()
        page.wait_for_selector(".plan")
        hit.get_by_label("To this URL of yours").blur()
        _save(page, "webhooks", whole=True)
    for name, size, dark in (
        *(("home", DESK, False), ("home-dark", DESK, True)),
        *(("home-phone", PHONE, False), ("home-phone-dark", PHONE, True)),
    ):
        _save(_opened(browser, f"{gateway}/", size, ".plot", dark=dark), name)
    _save(_opened(browser, f"{gateway}/docs/", DESK, ".opblock"), "reference")


def _opened(browser: Browser, url: str, size: dict[str, int], shows: str, *, dark: bool = False) -> Page:
    context = browser.new_context(
        viewport={"width": size["width"], "height": size["height"]},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector(shows)
    page.wait_for_load_state("networkidle")
    return page


def _save(page: Page, name: str, *, whole: bool = False) -> None:
    page.wait_for_timeout(500)
    page.screenshot(path=IMAGES / f"{name}.png", full_page=whole)
    page.context.close()


if __name__ == "__main__":
    main()
