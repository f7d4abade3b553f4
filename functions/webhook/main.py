"""webhook: receives any request and logs it, shows what was logged, and sends it again on demand."""

from __future__ import annotations

from pathlib import Path

from flask import Request, Response

from common import replays, webhooks
from common.config import settings
from common.http import caller, paging, same_origin, setup
from common.http.answer import Answer
from common.http.app import ANY_METHOD, App
from common.http.body import json_body, query
from common.http.hit import hit_of
from common.http.pages import Pages, prefers_page

LARGEST_BODY = 10 * 1024 * 1024

PAGE_FILES = "/check/static/current"
"""The scripts and styles of every page are served by check_ui, whatever their version."""

app = App(body_limit=LARGEST_BODY)
pages = Pages(Path(__file__).parent / "templates", lambda: PAGE_FILES)


@app.route("GET", "/webhook/show/")
@pages.readable_errors
def show(request: Request) -> Answer | Response:
    """Display logged webhooks, newest first: a live page for a browser, JSON for everybody else."""
    if prefers_page(request):
        return pages.page("webhooks.html", setup=setup.own_page(settings()))
    caller.token_user(request, settings())
    asked = query(request)
    limit = paging.limit(asked)
    found = webhooks.shown(asked.text("method"), asked.text("q"), limit, asked.text("page_token"))
    webhooks.rewrite_file()
    body: dict[str, object] = {"total_webhooks": found.total, "logs": found.logs}
    if found.next_page_token is not None:
        body["next_page_token"] = found.next_page_token
    return Answer(body, headers={"Vary": "Accept"})


@app.route("POST", "/replay/")
def replay(request: Request) -> Answer:
    """Send a logged webhook again, to a URL of the caller's; with dry_run only tell what would be sent."""
    caller.token_user(request, settings())
    same_origin.check(request, settings())
    body = json_body(request)
    body.demand("timestamp", "url")
    only_told = body.flag("dry_run")
    own = same_origin.own_urls(request, settings())
    planned = replays.replay(
        body.given("timestamp").strip(), body.given("url").strip(), own, settings().replay_networks
    )
    told = replays.documented(planned)
    if only_told:
        return Answer({"message": "Not sent", "request": told})
    received = replays.send(planned)
    return Answer({"message": "Sent", "request": told, "answer": replays.documented_answer(received)})


@app.route(ANY_METHOD, "/webhook/")
@app.route(ANY_METHOD, "/webhook/<anything:below>/")
def receive(request: Request, below: str = "") -> Answer:
    """Receive a request of any method and log it."""
    hit, whole = hit_of(request, caller.client_ip(request, settings().trusted_hops))
    timestamp = webhooks.log(hit, whole)
    return Answer(
        {
            "status": "success",
            "message": "Webhook received and logged",
            "timestamp": timestamp,
            "method": request.method,
        }
    )


app.answer_for_framework()


def webhook(request: Request) -> Response:
    """The function's entry point."""
    return app(request)
