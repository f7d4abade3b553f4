"""/process-pdf/: a PDF read for the holder of an API key, with its tokens, its price and its log row."""

from __future__ import annotations

import base64
import binascii
import re
import time
from dataclasses import dataclass
from decimal import Decimal

from common import reading
from common.config import settings
from common.errors import ProcessingFailed, Rejected, Unprocessable, Unreadable
from common.model_calls import ReadingFailed
from common.orders import Cost, Order
from common.processing import TRIES
from common.records import usage_log
from common.records.api_keys import ApiKey
from common.records.sequences import next_id
from common.records.usage_log import Answered, Asked
from common.services import Endpoint, Service
from common.uploads import PDF_MARK, PDF_MARK_WITHIN

_SPACE = re.compile(r"\s+")
_PROJECT = re.compile(r"[a-z][a-z0-9-]{4,28}[a-z0-9]\Z")
"""Google Cloud, "Creating and managing projects", project ID."""

_LOCATION = re.compile(r"[a-z][a-z0-9-]{1,40}\Z")


@dataclass(frozen=True)
class Request:
    """What is sent to /process-pdf/."""

    api_key: str
    model: str
    pdf_base64: str
    pdf_name: str | None


@dataclass(frozen=True)
class Processed:
    """A PDF that was read, and what that cost."""

    model: str
    """The one asked for, whatever answered; embedded-xml where no model was."""
    message: str
    data: dict[str, object]
    cost: Cost
    seconds: Decimal
    log_id: int


def check_model(model: str, endpoint: Endpoint) -> None:
    """Raises Rejected, naming the endpoint's models, for any other."""
    from common.extraction.prices import supported_models

    supported = supported_models(endpoint)
    if model not in supported:
        raise Rejected(f"Invalid model. Supported models: {', '.join(supported)}")


def check_place(project: str | None, location: str | None) -> None:
    """Raises Rejected for what can be no project or location: both become part of an address."""
    if project is not None and not _PROJECT.match(project):
        raise Rejected("project_id is not valid")
    if location is not None and not _LOCATION.match(location):
        raise Rejected("location is not valid")


def process(sent: Request, key: ApiKey, service: Service, message: str) -> Processed:
    """Reads the PDF and logs it.

    Raises Rejected for what is no PDF, Exhausted if the key's day has no budget left,
    Unprocessable for a PDF that can't be read, ProcessingFailed if the model gave no usable answer.
    """
    began = time.monotonic()
    pdf = _decoded(sent.pdf_base64)
    order = Order(
        service=service,
        model=sent.model,
        file_name=sent.pdf_name,
        message=message,
        tries=TRIES,
        key=key,
    )
    try:
        done = reading.read(pdf, order)
    except Unreadable as error:
        raise Unprocessable(f"PDF cannot be read: {error}") from error
    except ReadingFailed as failed:
        raise ProcessingFailed(failed.log_id) from failed
    log_id = done.log_id if done.log_id is not None else _log_without_model(sent, key, service, done.data)
    seconds = Decimal(str(round(time.monotonic() - began, 3)))
    model = sent.model if done.cost.model_calls else str(done.data["model"])
    return Processed(model, message, done.data, done.cost, seconds, log_id)


def _decoded(pdf_base64: str) -> bytes:
    text = _SPACE.sub("", pdf_base64)
    if text.startswith("data:"):
        text = text.partition(",")[2]
    try:
        pdf = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        pdf = b""
    if PDF_MARK not in pdf[:PDF_MARK_WITHIN]:
        raise Rejected("pdf_base64 must be a Base64 encoded PDF")
    return pdf


def _log_without_model(sent: Request, key: ApiKey, service: Service, data: dict[str, object]) -> int:
    """The row of a call that needed no model: an embedded e-invoice was read."""
    log_id = next_id(usage_log.NAME)
    pages = data["pages"]
    total = pages["total"] if isinstance(pages, dict) else 0
    usage_log.start(log_id, Asked(service.endpoint, key.name, sent.model, sent.pdf_name, total))
    zero = Decimal(0)
    usage_log.finish(
        log_id,
        Answered("ok", model=str(data["model"]), price_usd=zero, usd_inr=settings().usd_inr, price_inr=zero),
    )
    return log_id
