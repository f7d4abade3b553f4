"""Documents of many pages: whatever was looked at, the browser keeps only a few of them."""

from __future__ import annotations

import io

from playwright.sync_api import Page, expect
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests import checked_records
from tests.browser.conftest import OpenPage
from tests.browser.test_check_page import drawn_page
from tests.documents import Drawn
from tests.running import RunningCloud

PAGES = 200
LEAFED, SHOWN = 60, 20
"""Pages with text that are leafed through, and after how many of them no more are shown than ever."""

LINES = 80
"""Of text on each of those."""

DRAWN = """(canvas) => canvas.toDataURL() !== Object.assign(
    document.createElement("canvas"), { width: canvas.width, height: canvas.height }
).toDataURL()"""

MOST_HEAP = 150 * 1024 * 1024
MOST_PIXELS = 60_000_000
"""Of all canvases together; one page that fills the left side has some 1.5 million."""


def scans() -> bytes:
    """200 pages, each a picture of A4 at 100 dpi."""
    from PIL import Image

    content = io.BytesIO()
    canvas = Canvas(content, pagesize=(595, 842), invariant=True)
    for number in range(PAGES):
        canvas.drawImage(ImageReader(Image.new("L", (827, 1169), 200 + number % 50)), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return content.getvalue()


def dense(pages: int) -> bytes:
    """Pages of many lines."""
    content = io.BytesIO()
    canvas = Canvas(content, pagesize=(595, 842), invariant=True)
    for number in range(1, pages + 1):
        canvas.setFont("Helvetica", 8)
        for line in range(1, LINES + 1):
            canvas.drawString(60, 830 - 10 * line, f"Line {line} of sheet {number}")
        canvas.showPage()
    canvas.save()
    return content.getvalue()


def nodes(page: Page) -> int:
    """Of documents and of what has been taken out of them, after a collection."""
    client = page.context.new_cdp_session(page)
    client.send("HeapProfiler.collectGarbage")
    client.send("Performance.enable")
    metrics = {each["name"]: each["value"] for each in client.send("Performance.getMetrics")["metrics"]}
    return int(metrics["Nodes"])


def kept(page: Page) -> tuple[int, int]:
    """Bytes of the heap after a collection, and pixels of all canvases."""
    client = page.context.new_cdp_session(page)
    client.send("HeapProfiler.collectGarbage")
    client.send("Performance.enable")
    metrics = {each["name"]: each["value"] for each in client.send("Performance.getMetrics")["metrics"]}
    pixels = page.evaluate(
        "[...document.querySelectorAll('canvas')].reduce((sum, each) => sum + each.width * each.height, 0)"
    )
    return int(metrics["JSHeapUsedSize"]), int(pixels)


def test_two_hundred_scans_are_leafed_through_in_bounded_memory(
    open_page: OpenPage, cloud: RunningCloud
) -> None:
    number = checked_records.direct(cloud, checked_records.read_from(Drawn()), scans(), "scans.pdf")
    page = open_page(f"/check/?id={number}")
    drawn_page(page)
    expect(page.locator(".where").first).to_have_text(f"Page 1 of {PAGES}")
    page.get_by_role("button", name="Small pictures of the pages").click()
    sketch = page.locator('.sketches canvas[data-page="1"]')
    page.wait_for_function(DRAWN, arg=sketch.element_handle())
    room = sketch.bounding_box()
    heap, _ = kept(page)
    for target in range(5, PAGES + 1, 5):
        page.evaluate(
            "(n) => document.querySelector(`.page[data-page-number='${n}']`).scrollIntoView()", target
        )
        expect(page.locator(f'.page[data-page-number="{target}"] canvas')).to_be_attached()
    expect(page.locator(".where").first).to_have_text(f"Page {PAGES} of {PAGES}")
    after, pixels = kept(page)
    assert after < MOST_HEAP
    assert after - heap < MOST_HEAP / 3
    assert pixels < MOST_PIXELS
    assert page.locator(".page canvas").count() < 20
    expect(page.locator('.sketches [aria-current="page"] canvas:not([width="0"])')).to_have_count(1)
    # Of the small pictures too only those that can be seen are held; each keeps its room.
    expect(sketch).to_have_attribute("width", "0")
    page.evaluate("document.querySelector('.sketches').scrollTop = 0")
    assert sketch.bounding_box() == room
    page.wait_for_function(DRAWN, arg=sketch.element_handle())


def test_the_words_of_pages_that_are_out_of_sight_are_let_go(
    open_page: OpenPage, cloud: RunningCloud
) -> None:
    number = checked_records.direct(cloud, checked_records.read_from(Drawn()), dense(LEAFED), "dense.pdf")
    page = open_page(f"/check/?id={number}")
    drawn_page(page)
    counts = []
    for target in range(1, LEAFED + 1):
        page.evaluate(
            "(n) => document.querySelector(`.page[data-page-number='${n}']`).scrollIntoView()", target
        )
        last = page.locator(f'.page[data-page-number="{target}"] .textLayer')
        expect(last).to_contain_text(f"Line {LINES} of sheet {target}")
        if target in (SHOWN, LEAFED):
            counts.append(nodes(page))
    assert counts[1] - counts[0] < LINES * (LEAFED - SHOWN) / 4
