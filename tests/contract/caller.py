"""A caller of the system: what a program that reads the documentation would send."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from typing import Any

import httpx

from common.domain.exact_json import loads
from tests.documents import Drawn

READ_WITHIN = 60.0
"""Seconds for the queue to read an invoice on a busy machine."""


def body(response: httpx.Response) -> Any:
    """A JSON answer with exact numbers."""
    assert response.headers["content-type"] == "application/json", response.text[:200]
    return loads(response.content)


def error(response: httpx.Response) -> tuple[int, str]:
    """An error's status and text; asserts the one shape of all errors."""
    content = body(response)
    assert set(content) <= {"error", "request_id", "log_id", "invoice_id", "result", "current"}
    assert response.headers["x-request-id"]
    return response.status_code, content["error"]


@dataclass(frozen=True)
class Caller:
    """Somebody with a user id of their own."""

    http: httpx.Client
    user_id: str

    @staticmethod
    def new(http: httpx.Client) -> Caller:
        """A caller whom nobody has seen before."""
        return Caller(http, f"user-{secrets.token_hex(6)}")

    def upload(
        self, pdf: bytes, name: str = "invoice.pdf", *, key: str | None = None, **fields: str
    ) -> httpx.Response:
        """POST /upload/."""
        return self.http.post(
            "/upload/",
            data={"user_id": self.user_id, **fields},
            files={"file": (name, pdf, "application/pdf")},
            headers={} if key is None else {"Idempotency-Key": key},
        )

    def uploaded(self, pdf: bytes | None = None, **fields: str) -> int:
        """The id of an invoice that was uploaded."""
        response = self.upload(pdf or Drawn().pdf(), **fields)
        assert response.status_code == 201, response.text
        return int(body(response)["invoice_id"])

    def data(self, invoice_id: int) -> Any:
        """GET /invoice/{id}/data/."""
        response = self.http.get(f"/invoice/{invoice_id}/data/")
        assert response.status_code == 200, response.text
        return body(response)

    def listed(self, **query: str) -> Any:
        """GET /invoices/."""
        response = self.http.get("/invoices/", params={"user_id": self.user_id, **query})
        assert response.status_code == 200, response.text
        return body(response)

    def once(self, invoice_id: int, *states: str, within: float = READ_WITHIN) -> Any:
        """What is said of an invoice as soon as it is in one of `states`."""
        until = time.monotonic() + within
        while time.monotonic() < until:
            found = self.data(invoice_id)
            if found["processing"]["state"] in states and not (
                found["invoice_data"] and found["invoice_data"]["refetch"] == "Y"
            ):
                return found
            time.sleep(0.2)
        raise AssertionError(f"invoice {invoice_id} is still {found['processing']}")
