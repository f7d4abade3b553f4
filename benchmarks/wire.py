"""HTTP with as little of the measuring program in it as can be: one connection, kept open."""

from __future__ import annotations

import json
import threading
import time
import uuid
from collections.abc import Mapping
from http.client import HTTPConnection
from types import TracebackType
from urllib.parse import urlsplit

SECONDS = 120.0
IDLE_SECONDS = 1.0
"""A server may close a connection that nothing was asked on for longer; gunicorn's limit is 2 s."""


class Refused(RuntimeError):
    """An answer had another status than one of success."""


class Wire:
    """A connection to a server for each thread that uses it."""

    def __init__(self, url: str) -> None:
        self._at = urlsplit(url)
        self._local = threading.local()
        self._opened: list[HTTPConnection] = []

    def __enter__(self) -> Wire:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for connection in self._opened:
            connection.close()

    def get(self, path: str) -> bytes:
        """The body of the answer; raises Refused where it is none of success."""
        return self._send("GET", path, None, {})

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        """The body of the answer; raises Refused where it is none of success."""
        return self._send("POST", path, body, headers)

    def post_file(self, path: str, user_id: str, name: str, pdf: bytes) -> int:
        """Uploads a PDF as a form does; returns the invoice's id."""
        boundary = uuid.uuid4().hex
        part = f'--{boundary}\r\nContent-Disposition: form-data; name="'
        head = f'{part}user_id"\r\n\r\n{user_id}\r\n{part}file"; filename="{name}"\r\n'
        body = (
            f"{head}Content-Type: application/pdf\r\n\r\n".encode() + pdf + f"\r\n--{boundary}--\r\n".encode()
        )
        answer = self.post(path, body, {"Content-Type": f"multipart/form-data; boundary={boundary}"})
        return int(json.loads(answer)["invoice_id"])

    def _send(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> bytes:
        connection = self._connection()
        if time.monotonic() - getattr(self._local, "used", 0.0) > IDLE_SECONDS:
            connection.close()  # the next request opens it again
        connection.request(method, path, body, dict(headers))
        answer = connection.getresponse()
        content = answer.read()
        self._local.used = time.monotonic()
        if not answer.status < 300:
            raise Refused(f"{method} {path} answered {answer.status}: {content[:200]!r}")
        return content

    def _connection(self) -> HTTPConnection:
        found: HTTPConnection | None = getattr(self._local, "connection", None)
        if found is None:
            found = HTTPConnection(self._at.hostname or "", self._at.port, timeout=SECONDS)
            self._local.connection = found
            self._opened.append(found)
        return found
