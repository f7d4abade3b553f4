"""invoices: a user's invoices, listed, shown, downloaded and marked to be read again."""

from __future__ import annotations

from flask import Request, Response

from common import links, results
from common.config import settings
from common.domain.invoice import Invoice
from common.errors import Missing
from common.http import caller, download, listing, paging
from common.http.answer import Answer
from common.http.app import App
from common.http.body import parse_integer, query
from common.invoices import (
    documented,
    documented_processing,
    extraction_of,
    file_of,
    find,
    listed,
    send_to_be_read_again,
)

app = App()


@app.route("GET", "/invoices/")
def list_invoices(request: Request) -> Answer:
    """All invoices of one user, newest last."""
    asked = query(request)
    user = caller.token_user(request, settings())
    asked.demand("user_id")
    user_id = asked.user_id()
    caller.check_owner(user, user_id)
    page = listed(user_id, listing.filters(asked), paging.limit(asked), asked.text("page_token"))
    body: dict[str, object] = {"invoices": [documented(invoice) for invoice in page.invoices]}
    if page.next_page_token is not None:
        body["next_page_token"] = page.next_page_token
    return Answer(body)


@app.route("GET", "/invoice/<invoice_id>/file/")
@app.route("HEAD", "/invoice/<invoice_id>/file/")
def invoice_file(request: Request, invoice_id: str) -> Response:
    """Download the invoice's PDF."""
    return download.pdf(request, file_of(_owned(request, invoice_id)))


@app.route("GET", "/invoice/<invoice_id>/data/")
def invoice_data(request: Request, invoice_id: str) -> Answer:
    """Invoice details with what was read from its PDF."""
    invoice = _owned(request, invoice_id)
    result = extraction_of(invoice)
    return Answer(
        {
            "invoice": documented(invoice),
            "invoice_data": None if result is None else results.documented(result, invoice.refetch),
            "processing": documented_processing(invoice.processing),
            "check_url": links.check_page("invoice_id", invoice.id, request.host_url, settings()),
        }
    )


@app.route("POST", "/invoice/<invoice_id>/refetch/")
def refetch(request: Request, invoice_id: str) -> Answer:
    """Mark an invoice for reprocessing."""
    invoice = _owned(request, invoice_id)
    send_to_be_read_again(invoice)
    return Answer({"message": "Invoice marked for refetching", "invoice_id": invoice.id})


app.answer_for_framework()


def invoices(request: Request) -> Response:
    """The function's entry point."""
    return app(request)


def _owned(request: Request, invoice_id: str) -> Invoice:
    user = caller.token_user(request, settings())
    number = parse_integer(invoice_id)
    if number is None:
        raise Missing("Not found")
    invoice = find(number)
    caller.check_owner(user, invoice.auth_id)
    return invoice
