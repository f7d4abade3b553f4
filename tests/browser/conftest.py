"""A real browser on the local cloud. Whatever it complains of on its console fails the test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from bundles.browser_files import stage
from tests.running import RunningCloud

ARGUMENTS = [
    *("--no-sandbox", "--headless=new", "--disable-gpu", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
SECONDS = 30
expect.set_options(timeout=SECONDS * 1000)

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium")
    assert program is not None, "chromium is not installed: apt-get install -y chromium"
    stage()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser, cloud: RunningCloud) -> Iterator[OpenPage]:
    """Opens a path in a fresh browser profile.

    An answer that a test expects to be refused is named by its status in `expected`, a broken line by
    the browser's word for it: a browser writes those to its console too.
    """
    complaints: list[str] = []
    contexts = []

    def open_path(
        path: str,
        *,
        size: dict[str, int] | None = None,
        dark: bool = False,
        expected: tuple[int | str, ...] = (),
    ) -> Page:
        context = browser.new_context(
            viewport={"width": (size or DESK)["width"], "height": (size or DESK)["height"]},
            color_scheme="dark" if dark else "light",
            locale="en-GB",
        )
        context.set_default_timeout(SECONDS * 1000)
        contexts.append(context)
        page = context.new_page()

        def listen(message: ConsoleMessage) -> None:
            refused = any(
                (each if isinstance(each, str) else f"status of {each} ") in message.text for each in expected
            )
            if message.type in ("error", "warning") and not refused:
                complaints.append(f"{message.type}: {message.text}")

        page.on("console", listen)
        page.on("pageerror", lambda error: complaints.append(f"uncaught: {error}"))
        page.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
        page.goto(cloud.gateway + path)
        return page

    yield open_path
    for context in contexts:
        context.close()
    assert complaints == []
