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
from tests.environment import clean_environment
from tests.running import eventually

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
USER = "bookkeeper"
SECONDS = 120.0


def main() -> None:
    """Starts a local cloud, has the samples read, and takes the pictures."""
    stage()
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        options = LocalOptions(folder=Path(folder), port=0, environ=clean_environment())
        with local_cloud(options) as running, sync_playwright() as playwright:
            read = _read_samples(running.gateway_url)
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
            _take(browser, running.gateway_url, read)
            browser.close()


def _read_samples(gateway: str) -> dict[str, int]:
    """Uploads every sample and waits until each has been read; their ids by name."""
    numbers: dict[str, int] = {}
    with httpx.Client(base_url=gateway, timeout=60) as http:
        for sample in samples():
            name = sample.name.removesuffix(".pdf")
            answer = http.post(
                "/upload/",
                data={"user_id": USER},
                files={"file": (f"{name}.pdf", sample.pdf, "application/pdf")},
            )
            answer.raise_for_status()
            numbers[name] = answer.json()["invoice_id"]
        eventually(lambda: _all_read(http, numbers), within=SECONDS)
    return numbers


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


def _save(page: Page, name: str) -> None:
    page.wait_for_timeout(500)
    page.screenshot(path=IMAGES / f"{name}.png")
    page.context.close()


if __name__ == "__main__":
    main()
