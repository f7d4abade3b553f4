"""extract: PDFs read by Gemini, for the queue, for a caller who waits, and for holders of an API key."""

from __future__ import annotations

from decimal import Decimal

from flask import Request, Response

from common import apikeys, arrivals, direct, links, process_pdf, processing, reading, services, uploads
from common.config import Profile, settings
from common.direct import Direct
from common.http import caller, download, files, push
from common.http.answer import Answer
from common.http.app import App
from common.http.body import json_body, json_or_form, query
from common.process_pdf import Processed
from common.services import Endpoint

app = App()
queue_app = App()


@app.route("POST", "/process-invoices/")
def process_invoice(request: Request) -> Answer:
    """Process one invoice; only the user who uploaded it may."""
    body = json_or_form(request)
    user = caller.token_user(request, settings())
    body.demand("invoice_id", "user_id")
    user_id = body.user_id()
    invoice_id = body.integer("invoice_id")
    caller.check_owner(user, user_id)
    outcome = processing.process_now(invoice_id, user_id)
    if outcome.state == "already_read":
        return Answer({"message": outcome.message, "invoice_id": invoice_id, "status": "already_processed"})
    if outcome.state == "failed":
        result = {"invoice_id": invoice_id, "status": "error", "message": outcome.message}
        return Answer({"error": "Processing failed", "invoice_id": invoice_id, "result": result}, 500)
    result = {"invoice_id": invoice_id, "status": "success", "message": outcome.message}
    return Answer({"message": "Invoice processed successfully", "invoice_id": invoice_id, "result": result})


@app.route("POST", "/invoice/extract-data/")
def extract_data(request: Request) -> Answer:
    """Upload a PDF and extract its data at once."""
    user = caller.token_user(request, settings())
    file = uploads.check_pdf(files.sent(request, "file"))
    done = direct.read(file, caller.client_ip(request, settings().trusted_hops), user)
    return Answer(
        {
            "id": done.stored.id,
            "filename": done.stored.filename,
            "data": done.extracted.data,
            "status": done.extracted.status,
            "check_url": links.check_page("id", done.stored.id, request.host_url, settings()),
        },
        201,
    )


@app.route("GET", "/invoice/extract-data/get/")
def extracted_data(request: Request) -> Answer:
    """Extracted data of a direct record, with its PDF."""
    found = _direct(request)
    content, url = direct.pdf_data(found)
    body: dict[str, object] = {
        "id": found.stored.id,
        "data": found.extracted.data,
        "status": found.extracted.status,
        "manual_verified": "Y" if found.extracted.manual_verified else "N",
        "pdf_data": content,
    }
    if url is not None:
        body["pdf_url"] = url
    return Answer(body)


@app.route("GET", "/invoice/extract-data/file/")
@app.route("HEAD", "/invoice/extract-data/file/")
def extracted_file(request: Request) -> Response:
    """The PDF of a direct record."""
    return download.pdf(request, direct.file_of(_direct(request)))


@app.route("POST", "/process-pdf/gemini/")
def gemini(request: Request) -> Answer:
    """Read a PDF with the Gemini API."""
    done = _process(request, "gemini", "v1", "PDF processed successfully")
    return _answer(done, _long_tokens(done), done.cost.price_usd)


@app.route("POST", "/process-pdf/vertex/")
def vertex(request: Request) -> Answer:
    """Read a PDF with Vertex AI; its price is in INR, as its documented example is."""
    done = _process(request, "vertex", "v1", "PDF processed successfully via Vertex AI")
    return _answer(done, _long_tokens(done), done.cost.price_inr)


@app.route("POST", "/process-pdf/gemini/v2/")
def gemini_v2(request: Request) -> Answer:
    """Read a PDF with the Gemini API, with fewer tokens."""
    done = _process(request, "gemini_v2", "v2", "PDF processed (V2 optimized)")
    return _answer(done, _short_tokens(done), done.cost.price_usd)


@app.route("POST", "/process-pdf/vertex/v2/")
def vertex_v2(request: Request) -> Answer:
    """Read a PDF with Vertex AI, with fewer tokens."""
    done = _process(request, "vertex_v2", "v2", "PDF processed via Vertex AI (V2 optimized)")
    return _answer(done, _short_tokens(done), done.cost.price_usd)


@queue_app.route("POST", "/")
def arrived(request: Request) -> Answer:
    """A message of the queue; any answer but 2xx asks for its redelivery."""
    message = push.message_of(request)
    push.adopt_origin(message)
    arrivals.handle(message)
    return Answer({"status": "ok"})


@queue_app.route("POST", "/given-up/")
def given_up(request: Request) -> Answer:
    """A message that was given up, as the dead letters' own subscription tells it."""
    message = push.message_of(request)
    push.adopt_origin(message)
    arrivals.give_up(message)
    return Answer({"status": "ok"})


app.answer_for_framework()
reading.check_ocr()


def extract(request: Request) -> Response:
    """The function's entry point."""
    return app(request)


def extract_queue(request: Request) -> Response:
    """The entry point of the queue's push subscription."""
    return queue_app(request)


def _direct(request: Request) -> Direct:
    user = caller.token_user(request, settings())
    asked = query(request)
    asked.demand("id")
    found = direct.find(asked.integer("id"))
    caller.check_owner(user, found.stored.owner)
    return found


def _process(request: Request, endpoint: Endpoint, profile: Profile, message: str) -> Processed:
    """The one way of all four endpoints; errors in the documentation's order."""
    body = json_body(request)
    body.demand("api_key", "model", "pdf_base64")
    sent = process_pdf.Request(
        api_key=body.given("api_key"),
        model=body.given("model").strip(),
        pdf_base64=body.given("pdf_base64"),
        pdf_name=body.text("pdf_name"),
    )
    on_vertex = endpoint in ("vertex", "vertex_v2")
    project = body.text("project_id") if on_vertex else None
    location = body.text("location") if on_vertex else None
    process_pdf.check_model(sent.model, endpoint)
    key = apikeys.check(sent.api_key.strip())
    process_pdf.check_place(project, location)
    service = services.vertex(profile, project, location) if on_vertex else services.gemini(profile)
    return process_pdf.process(sent, key, service, message)


def _answer(done: Processed, token_usage: dict[str, int], price: Decimal | None) -> Answer:
    """The documented members first; `data` is the invoice itself here, its proofs stand beside it."""
    proofs = {
        name: value for name, value in done.data.items() if name not in ("status", "message", "model", "data")
    }
    return Answer(
        {
            "status": True,
            "message": done.message,
            "model": done.model,
            "token_usage": token_usage,
            "price": price,
            "price_usd": done.cost.price_usd,
            "price_inr": done.cost.price_inr,
            "time_taken": done.seconds,
            "log_id": done.log_id,
            "data": done.data["data"],
            **proofs,
        }
    )


def _long_tokens(done: Processed) -> dict[str, int]:
    cost = done.cost
    tokens = {
        "input_tokens": cost.input_tokens,
        "output_tokens": cost.output_tokens,
        "total_tokens": cost.input_tokens + cost.output_tokens,
    }
    return {**tokens, "cached_tokens": cost.cached_tokens} if cost.cached_tokens else tokens


def _short_tokens(done: Processed) -> dict[str, int]:
    cost = done.cost
    tokens = {
        "input": cost.input_tokens,
        "output": cost.output_tokens,
        "total": cost.input_tokens + cost.output_tokens,
    }
    return {**tokens, "cached": cost.cached_tokens} if cost.cached_tokens else tokens
