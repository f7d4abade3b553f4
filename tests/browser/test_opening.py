"""How the check page opens: the PDF first, the form behind it, and neither breaks with the other."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests import checked_records
from tests.browser.conftest import OpenPage
from tests.browser.test_check_page import drawn_page, field
from tests.browser.test_picking import many_pages
from tests.documents import Drawn
from tests.running import RunningCloud

MOST_REQUESTS = 20
"""For the first page: the page itself, its picture, three styles, ten scripts, PDF.js's worker, the file."""

LINES = 300
MOST_HEARD = 30
"""Words about selected text that PDF.js may hear while a form of 300 lines is drawn."""


@pytest.fixture
def blank(open_page: OpenPage) -> Page:
    """A page on which requests can be held before the check page is opened."""
    return open_page("/check/static/none/icon.svg", expected=("ERR_FAILED",))


@pytest.fixture
def url(cloud: RunningCloud) -> str:
    """Of a record of three pages; with a doubt the form would go to its place on them."""
    read = checked_records.read_from(Drawn()) | {"review": {"needed": False, "reasons": []}}
    return f"{cloud.gateway}/check/?id={checked_records.direct(cloud, read, many_pages(3), 'three.pdf')}"


def held(page: Page, path: str) -> list[Route]:
    """Holds the requests for `path`; those that came. Each waits for its continue_()."""
    routes: list[Route] = []

    def hold(route: Route) -> None:
        routes.append(route)

    page.route(path, hold)
    return routes


def released(page: Page, path: str, routes: list[Route]) -> None:
    """Lets what was held go on, and what comes behind it."""
    for each in routes:
        each.continue_()
    page.unroute(path)


@pytest.mark.parametrize("width", [1440, 390])
def test_the_pages_stay_where_they_are_when_the_form_comes(blank: Page, url: str, width: int) -> None:
    scripts = "**/check/main.js"
    blank.set_viewport_size({"width": width, "height": 844})
    routes = held(blank, scripts)
    blank.goto(url, wait_until="commit")
    expect(blank.locator(".page canvas").first).to_be_visible()
    sheet = blank.locator(".sheet")
    before = sheet.bounding_box()
    released(blank, scripts, routes)
    expect(field(blank, "invoice_number")).to_be_visible()
    assert before is not None
    assert sheet.bounding_box() == before


def test_the_pages_are_painted_while_the_forms_scripts_are_on_their_way_and_stay(
    blank: Page, url: str
) -> None:
    scripts = "**/check/main.js"
    routes = held(blank, scripts)
    blank.goto(url)
    drawn_page(blank)
    expect(blank.get_by_role("status")).to_have_text("Opening three.pdf …")
    expect(blank.get_by_role("heading", level=1)).to_have_text("three.pdf")
    pages = blank.get_by_role("region", name="Pages")
    pages.focus()
    pages.evaluate("element => { window.kept = element.querySelector('canvas'); element.scrollTop = 400; }")
    before = blank.locator(".desk").bounding_box()
    released(blank, scripts, routes)
    expect(field(blank, "vendor_name")).to_have_value("Northwind Supplies Ltd")
    assert blank.evaluate("window.kept.isConnected")
    assert pages.evaluate("element => element.scrollTop") == 400
    expect(pages).to_be_focused()
    assert blank.locator(".desk").bounding_box() == before
    expect(blank.locator("#app")).to_have_count(1)
    expect(blank.locator(".where").first).to_have_text("Page 1 of 3")
    expect(blank.locator(".percent")).to_have_text(re.compile(r"^\d+ %$"))
    expect(blank.locator(".box").first).to_be_attached()


def test_nothing_that_the_first_page_needs_is_found_one_import_after_another(blank: Page, url: str) -> None:
    asked: list[Request] = []

    def note(request: Request) -> None:
        asked.append(request)

    blank.on("request", note)
    routes = held(blank, "**/check/main.js")
    blank.goto(url)
    drawn_page(blank)
    named = blank.locator('link[rel="modulepreload"]').evaluate_all("links => links.map((each) => each.href)")
    scripts = {each.url for each in asked if each.url.endswith((".js", ".mjs"))}
    late = {each for each in scripts - set(named) if not each.endswith(("/pdf.worker.min.mjs", "/main.js"))}
    assert late == set()
    assert set(named) <= scripts
    assert len(asked) < MOST_REQUESTS
    assert len(routes) == 1
    for once in ("/check/file/", "/pdf.worker.min.mjs"):
        assert len([each for each in asked if once in each.url]) == 1
    released(blank, "**/check/main.js", routes)
    expect(field(blank, "vendor_name")).to_be_visible()


def test_the_file_is_asked_for_while_pdf_js_is_on_its_way(blank: Page, url: str) -> None:
    library = "**/pdf.min.mjs"
    routes = held(blank, library)
    with blank.expect_request("**/check/file/**"), blank.expect_request("**/pdf.worker.min.mjs"):
        blank.goto(url, wait_until="commit")
    expect(blank.locator(".page")).to_have_count(0)
    released(blank, library, routes)
    drawn_page(blank)


def test_the_form_does_not_wait_long_for_a_file_that_does_not_come(blank: Page, url: str) -> None:
    routes = held(blank, "**/check/file/**")
    blank.goto(url)
    expect(field(blank, "vendor_name")).to_have_value("Northwind Supplies Ltd")
    expect(blank.locator(".where").first).to_have_text("Loading …")
    released(blank, "**/check/file/**", routes)
    drawn_page(blank)
    expect(blank.locator(".where").first).to_have_text("Page 1 of 3")
    expect(blank.locator(".box").first).to_be_attached()


@pytest.mark.parametrize("part", ["pdf.min.mjs", "pdf_viewer.mjs", "pdf.worker.min.mjs"])
def test_without_a_part_of_pdf_js_the_data_can_still_be_worked_on(blank: Page, url: str, part: str) -> None:
    blank.route(f"**/{part}", lambda route: route.abort())
    blank.goto(url)
    expect(blank.get_by_role("alert")).to_have_text("The PDF can't be loaded now.")
    field(blank, "po_number").fill("PO-12")
    blank.keyboard.press("Control+s")
    expect(blank.get_by_role("status").filter(has_text="Saved.")).to_be_visible()


def test_a_long_form_that_comes_behind_the_page_is_drawn_without_a_stall(
    blank: Page, cloud: RunningCloud
) -> None:
    """Each input that gets a value is told of as if a person had selected in it, and PDF.js listens."""
    read = checked_records.read_from(Drawn())
    line = read["data"]["items"][0]
    read["data"]["items"] = [{**line, "description": f"Line {index}"} for index in range(LINES)]
    number = checked_records.direct(cloud, read, Drawn().pdf(), "long.pdf")
    routes = held(blank, "**/check/data/**")
    blank.goto(f"{cloud.gateway}/check/?id={number}")
    drawn_page(blank)
    blank.evaluate(
        "window.heard = 0; document.addEventListener('selectionchange', () => { window.heard += 1; });"
    )
    released(blank, "**/check/data/**", routes)
    expect(field(blank, f"items.{LINES - 1}.description")).to_have_value(f"Line {LINES - 1}")
    blank.wait_for_timeout(500)
    heard = blank.evaluate("window.heard")
    assert heard < MOST_HEARD
    # What a person selects on the page is still heard of.
    blank.evaluate("getSelection().selectAllChildren(document.querySelector('.textLayer'))")
    blank.wait_for_function("heard => window.heard > heard", arg=heard)
