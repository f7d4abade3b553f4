"""The check page in a real Chromium: the time to its first page, and what it holds of a long file."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks import papers
from benchmarks.measure import Comparison, compare, seconds
from benchmarks.system import System
from bundles.browser_files import stage

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAGES, MANY = 50, 200
LINES, FEW_LINES = 300, 200
"""Of an invoice, over all its pages."""

_SECONDS = 60
_ARGUMENTS = ("--no-sandbox", "--headless=new", "--disable-gpu", "--no-first-run")
_WINDOW = {"width": 1440, "height": 900}
_BARE = """<!doctype html><title>bare</title><canvas></canvas><script type="module">
import * as pdfjs from "/pdfjs/build/pdf.min.mjs";
pdfjs.GlobalWorkerOptions.workerSrc = "/pdfjs/build/pdf.worker.min.mjs";
const file = pdfjs.getDocument({url: "/paper.pdf", standardFontDataUrl: "/pdfjs/standard_fonts/"});
const page = await (await file.promise).getPage(1);
const canvas = document.querySelector("canvas"), viewport = page.getViewport({scale: 1.5});
[canvas.width, canvas.height] = [viewport.width, viewport.height];
await page.render({canvas, viewport}).promise;
document.body.dataset.painted = "yes";
</script>"""
"""PDF.js as its own first example has it: one page on one canvas, and nothing else."""


def first_page(system: System, rounds: int) -> Comparison:
    """From the address to the painted first page of a file of 50 pages, nothing cached ÷ bare PDF.js."""
    paper = papers.of_lines(LINES, PAGES)
    number = _stored(system, paper)
    with _chromium() as browser, _bare_server(paper) as bare:
        ours = f"{system.gateway}/check/?invoice_id={number}"
        return compare(
            f"first of {PAGES} pages ÷ bare PDF.js",
            "s",
            lambda: _painted(browser, ours, _drawn(1)),
            lambda: _painted(browser, bare, "[data-painted]"),
            rounds=rounds,
        )


def held(system: System, rounds: int) -> Comparison:
    """What the page's process holds at its peak when all of 200 pages were looked at ÷ the same of 50.

    Both have the same lines, so that the form beside them is the same.
    """
    numbers = {count: _stored(system, papers.of_lines(FEW_LINES, count)) for count in (MANY, PAGES)}

    def peak(browser: Browser, count: int) -> float:
        context = browser.new_context(viewport=_WINDOW)  # type: ignore[arg-type]
        try:
            page = context.new_page()
            page.set_default_timeout(_SECONDS * 1000)
            page.goto(f"{system.gateway}/check/?invoice_id={numbers[count]}")
            return max(_look(browser, page, count))
        finally:
            context.close()

    with _chromium() as browser:
        return compare(
            f"{MANY} pages ÷ {PAGES} pages",
            "MiB",
            lambda: peak(browser, MANY),
            lambda: peak(browser, PAGES),
            rounds=rounds,
        )


def _look(browser: Browser, page: Page, count: int) -> Iterator[float]:
    """Scrolls through all pages; MiB that the largest of the pages' processes holds at every tenth."""
    for number in range(1, count + 1):
        page.locator(f'.page[data-page-number="{number}"]').scroll_into_view_if_needed()
        page.wait_for_selector(_drawn(number), state="attached")
        if number % 10 == 0:
            yield _renderers(browser)


def _drawn(number: int) -> str:
    """A page that is on the screen: PDF.js puts its canvas there once something is painted on it."""
    return f'.page[data-page-number="{number}"] canvas'


def _renderers(browser: Browser) -> float:
    session = browser.new_browser_cdp_session()
    try:
        told = session.send("SystemInfo.getProcessInfo")["processInfo"]
    finally:
        session.detach()
    return max(_resident(each["id"]) for each in told if each["type"] == "renderer")


def _resident(pid: int) -> float:
    """MiB (proc(5), VmRSS); none of a process that has ended meanwhile."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


def _painted(browser: Browser, url: str, mark: str) -> float:
    """Seconds until `mark` is there, in a profile that has seen nothing before."""
    context = browser.new_context(viewport=_WINDOW)  # type: ignore[arg-type]
    try:
        page = context.new_page()
        page.set_default_timeout(_SECONDS * 1000)

        def opened() -> None:
            page.goto(url, wait_until="commit")
            # At each frame: a selector that is waited for is only looked at every half second.
            page.wait_for_function("mark => document.querySelector(mark) !== null", arg=mark, polling="raf")

        return seconds(opened)
    finally:
        context.close()


def _stored(system: System, paper: bytes) -> int:
    """The id of an invoice of this file, once it is read."""
    with system.wire("upload") as http:
        number = http.post_file("/upload/", "bench-browser", "long.pdf", paper)
    system.wait_until_read(number)
    return number


@contextmanager
def _chromium() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".mjs": "text/javascript"}  # noqa: RUF012

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def _bare_server(paper: bytes) -> Iterator[str]:
    """The bare page with the same PDF.js and the same file, served by the standard library."""
    with TemporaryDirectory(prefix="bare-") as folder:
        (Path(folder) / "pdfjs").symlink_to(stage() / "pdfjs")
        (Path(folder) / "index.html").write_text(_BARE, "utf-8")
        (Path(folder) / "paper.pdf").write_bytes(paper)
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder))
        serving = threading.Thread(target=server.serve_forever, daemon=True)
        serving.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            server.server_close()
            serving.join()
