"""upload: an invoice's PDF with its supporting documents and what its uploader says of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Request, Response

from common import large_uploads, repeats, uploads
from common.config import settings
from common.domain.invoice import Details
from common.http import caller, upload_form
from common.http.answer import Answer
from common.http.app import App
from common.http.body import Body, json_body
from common.large_uploads import Announced, Awaited
from common.repeats import First
from common.uploads import SentFile, Upload, Uploaded

if TYPE_CHECKING:
    from google.cloud.firestore import WriteBatch

app = App()


@app.route("POST", "/upload/")
def upload_invoice(request: Request) -> Answer:
    """Upload a new invoice; with an Idempotency-Key a repetition stores nothing new."""
    user = caller.token_user(request, settings())
    form = Body(request.form.to_dict())
    upload = upload_form.upload_of(request, form)
    caller.check_owner(user, upload.user_id)
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return Answer(_stored(upload), 201)
    fingerprint = repeats.fingerprint(_said(upload))
    return Answer(
        repeats.once(upload.user_id, key.strip(), fingerprint, lambda first: _stored_once(upload, first)), 201
    )


@app.route("POST", "/upload/url/")
def announce_invoice(request: Request) -> Answer:
    """A signed URL for an invoice that is too large for a request; it is read once it has come.

    With an Idempotency-Key a repetition gets the same URL, for as long as that still lasts.
    """
    user = caller.token_user(request, settings())
    wish = upload_form.announced(json_body(request))
    caller.check_owner(user, wish.user_id)
    key = request.headers.get("Idempotency-Key")
    if key is None:
        said = _target(large_uploads.announce(wish))
    else:
        fingerprint = repeats.fingerprint(
            ["/upload/url/", wish.user_id, wish.file_name, wish.size, *_described(wish.details)]
        )
        said = repeats.once(
            wish.user_id, key.strip(), fingerprint, lambda first: _announced_once(wish, first)
        )
    ends = datetime.fromisoformat(str(said.pop("ends")))
    left = max(0, round((ends - datetime.now(UTC)).total_seconds()))
    return Answer({**said, "expires_in": left}, 201)


app.answer_for_framework()


def upload(request: Request) -> Response:
    """The function's entry point."""
    return app(request)


def _stored(upload: Upload) -> dict[str, object]:
    return _answer(uploads.store(upload))


def _stored_once(upload: Upload, first: First) -> dict[str, object]:
    def answer_in(writes: WriteBatch, done: Uploaded) -> None:
        first.answer_in(writes, _answer(done))

    return _answer(uploads.store(upload, also=answer_in, stands=first.stands))


def _answer(done: Uploaded) -> dict[str, object]:
    return {
        "message": "Invoice uploaded successfully",
        "invoice_id": done.invoice_id,
        "file_path": done.file_path,
        "supporting_doc_1": done.supporting[0],
        "supporting_doc_2": done.supporting[1],
        "duplicate_of": done.duplicate_of,
    }


def _announced_once(wish: Announced, first: First) -> dict[str, object]:
    def answer_in(writes: WriteBatch, awaited: Awaited) -> None:
        first.answer_in(writes, _target(awaited))

    return _target(large_uploads.announce(wish, also=answer_in, stands=first.stands))


def _target(awaited: Awaited) -> dict[str, object]:
    return {
        "upload_url": awaited.url,
        "method": "PUT",
        "headers": awaited.headers,
        "ends": awaited.ends.isoformat(),
        "invoice_id": awaited.invoice_id,
        "file_path": awaited.file_path,
    }


def _said(upload: Upload) -> list[object]:
    """Everything that an upload says, to tell it from another."""
    files: tuple[SentFile | None, ...] = (upload.file, *upload.supporting)
    return [
        upload.user_id,
        [None if file is None else [file.name, file.sha256] for file in files],
        *_described(upload.details),
    ]


def _described(details: Details) -> list[object]:
    return [
        [details.vendor_name, details.vendor_tax_id, details.invoice_no, details.invoice_date],
        [details.amt, details.remarks],
    ]
