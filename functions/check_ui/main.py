"""check_ui: the landing page, the queue of what waits for a person, and the page on which it is checked."""

from __future__ import annotations

from pathlib import Path

from flask import Request, Response

from common import checked, corrections, links, review_queue, status
from common.config import settings
from common.http import (
    check_access,
    check_setup,
    correction_body,
    download,
    export_download,
    queue_listing,
    recognised_words,
    setup,
)
from common.http.answer import Answer
from common.http.api_document import ApiDocument
from common.http.app import App
from common.http.body import json_body, query
from common.http.check_access import Opened
from common.http.pages import Pages, prefers_page
from common.http.static_files import StaticFiles

HERE = Path(__file__).parent

app = App()
files = StaticFiles(HERE / "static", "/check/static", vendor_lock="vendor/lock.json")
pages = Pages(HERE / "templates", files.base)
api = ApiDocument(HERE / "openapi.json")


@app.route("GET", "/")
@pages.readable_errors
def home(request: Request) -> Response:
    """The landing page: an overview of the API, and scripts that ask for the system's state."""
    return pages.page("home.html", setup=setup.own_page(settings()), groups=api.groups())


@app.route("GET", "/docs/")
@pages.readable_errors
def api_reference(request: Request) -> Response:
    """The API's reference, from which each call can be tried."""
    # The renderer's stylesheet holds its arrows as data: pictures. They load nothing and tell nobody.
    return pages.page("docs.html", pictures="'self' data:", setup=setup.own_page(settings()))


@app.route("GET", "/docs/openapi.json")
def api_document(request: Request) -> Answer:
    """The API as an OpenAPI document, with the address that it was asked for at."""
    return Answer(api.served_from(settings().public_url or request.host_url))


@app.route("GET", "/check/")
@pages.readable_errors
def check_page(request: Request) -> Response:
    """The page itself; its parts ask for the rest."""
    record = _opened(request).checked
    return pages.page("check.html", setup=check_setup.check_page(record, request.args.get("link")))


@app.route("GET", "/check/data/")
def check_data(request: Request) -> Answer | Response:
    """What the page shows of a record, at a former version if one is named, or in another format."""
    asked = query(request)
    record = _opened(request).checked
    if not asked.is_missing("version"):
        record = checked.at_version(record, asked.integer("version"))
    kind = export_download.wanted(asked)
    if kind is not None:
        return export_download.of_one(record, kind)
    body = {**checked.document(record), "history": checked.history(record)}
    return Answer(body, headers={"Cache-Control": "no-store"})


@app.route("POST", "/check/save/")
def save(request: Request) -> Answer:
    """Store a person's corrections; with dry_run only tell what checks and reasons they would lead to."""
    body = json_body(request)
    opened = check_access.opened(request, body, settings())
    correction = correction_body.correction(body, opened.user)
    if body.flag("dry_run"):
        return Answer({"message": "Not saved", **corrections.tried(opened.checked, correction.values)})
    saved = corrections.save(opened.checked, correction)
    return Answer(
        {
            "message": "Saved",
            "version": saved.version,
            "manual_verified": "Y" if saved.manual_verified else "N",
        }
    )


@app.route("GET", "/check/file/")
def check_file(request: Request) -> Response:
    """The record's PDF, under the permission that the page has."""
    return download.pdf(request, checked.file_of(_opened(request).checked), pieces=True)


@app.route("GET", "/check/words/")
def check_words(request: Request) -> Response:
    """The words that were recognised on the record's pages, under the permission that the page has."""
    return recognised_words.answer(request, _opened(request).checked)


@app.route("GET", "/review/")
@pages.readable_errors
def review(request: Request) -> Answer | Response:
    """What waits for a person's look: a page for a browser, JSON for everybody else."""
    if prefers_page(request) and "format" not in request.args:
        return pages.page("review.html", setup=setup.own_page(settings()))
    asked = query(request)
    wanted = queue_listing.wanted(request, asked, settings())
    kind = export_download.wanted(asked)
    if kind is not None:
        return export_download.of_many(review_queue.numbers(wanted), kind)
    found = review_queue.waiting(wanted)
    body: dict[str, object] = {
        "total": found.total,
        "found": found.found,
        "codes": found.codes,
        "records": [
            {
                **review_queue.documented(shown),
                "check_url": links.check_page(
                    shown.waiting.parameter, shown.waiting.number, request.host_url, settings()
                ),
            }
            for shown in found.records
        ],
    }
    following = wanted.start + wanted.limit
    if following < found.found:
        body["next_page_token"] = queue_listing.token_from(following)
    return Answer(body, headers={"Cache-Control": "no-store", "Vary": "Accept"})


@app.route("GET", "/status/")
def system_status(request: Request) -> Answer:
    """How many records are where, and what reading took in the last days."""
    whose = queue_listing.owner(request, query(request), settings())
    return Answer(status.documented(status.of(whose)), headers={"Cache-Control": "no-store"})


@app.route("GET", "/check/static/<path:file>")
def static_file(request: Request, file: str) -> Response:
    """A script, style, font or picture of the page."""
    return files.answer(request, file)


@app.route("HEAD", "/check/static/<path:file>")
def describe_static_file(request: Request, file: str) -> Response:
    """The same without its content."""
    return files.answer(request, file)


def check_ui(request: Request) -> Response:
    """The function's entry point."""
    return app(request)


def _opened(request: Request) -> Opened:
    return check_access.opened(request, query(request), settings())
