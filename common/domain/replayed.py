"""A logged hit as a request that can be sent again, without what is secret or was of one connection alone."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from common.domain.exact_json import dumps
from common.errors import Unprocessable

METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})

HIDDEN = "***"
"""Stands in the log for a header's value that must not be kept."""

MARK = "X-Webhook-Replay"
"""The header that tells a receiver that this is a replay, and of which hit."""

_OF_A_CONNECTION = frozenset(
    {
        *("connection", "keep-alive", "proxy-authenticate", "proxy-connection", "te", "trailer", "upgrade"),
        *("transfer-encoding", "content-length", "host", "expect", "max-forwards", "via", "accept-encoding"),
    }
)
"""RFC 9110, 7.6.1, and what the new connection says itself."""

_OF_THE_WAY = ("x-forwarded-", "x-envoy-", "x-cloud-", "x-goog-", "x-google-", "x-appengine-", "metadata-")
"""Headers of proxies and platforms begin so; a metadata server listens to the last."""

_CREDENTIALS = frozenset(
    {"authorization", "proxy-authorization", "cookie", "cookie2", "set-cookie", "x-api-key", "forwarded"}
)


@dataclass(frozen=True)
class Replayed:
    """What is sent."""

    method: str
    query: str
    """Encoded, without its question mark; empty where there is none."""
    headers: dict[str, str]
    body: bytes


def replayed(timestamp: str, entry: Mapping[str, object], whole: bytes | None) -> Replayed:
    """The request that a log's `entry` is of.

    `whole` is the body of one that was logged in part. Raises Unprocessable for
    what the log has not kept.
    """
    method = str(entry.get("method"))
    if method not in METHODS:
        raise Unprocessable(f"A hit of this method is not sent again: {method[:20]}")
    headers = _headers(entry)
    body, content_type = (whole, None) if whole is not None else _body(entry)
    if content_type is not None:
        headers = {
            name: content_type if name.lower() == "content-type" else value for name, value in headers.items()
        }
    query = entry.get("query_params")
    return Replayed(
        method,
        urlencode(query, doseq=True) if isinstance(query, Mapping) else "",
        {**headers, MARK: timestamp},
        body,
    )


def _headers(entry: Mapping[str, object]) -> dict[str, str]:
    given = entry.get("headers")
    logged = {str(name): str(value) for name, value in given.items()} if isinstance(given, Mapping) else {}
    named = {
        word.strip().lower()
        for name, value in logged.items()
        if name.lower() == "connection"
        for word in value.split(",")
    }
    return {
        name: value
        for name, value in logged.items()
        if value != HIDDEN and _is_kept(name.lower(), named) and _is_sent(name, value)
    }


def _is_kept(name: str, named: set[str]) -> bool:
    return (
        name not in _OF_A_CONNECTION
        and name not in _CREDENTIALS
        and name not in named
        and name != MARK.lower()
        and not name.startswith(_OF_THE_WAY)
    )


def _is_sent(name: str, value: str) -> bool:
    """Whether it can stand in a request: RFC 9110, 5.1 and 5.5."""
    token = name.isascii() and all(sign.isalnum() or sign in "!#$%&'*+-.^_`|~" for sign in name)
    try:
        value.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return bool(name) and token and not any(sign in value for sign in "\r\n\0")


def _body(entry: Mapping[str, object]) -> tuple[bytes, str | None]:
    """The body as it was logged, and its type where that must be another than the sender's."""
    data = entry.get("data")
    content_type = str(entry.get("content_type") or "")
    kind = content_type.partition(";")[0].strip().lower()
    if data is None:
        return b"", None
    if isinstance(data, str):
        return _text(data, entry), None
    if isinstance(data, Mapping) and kind == "application/x-www-form-urlencoded":
        return urlencode(data, doseq=True).encode(), None
    if isinstance(data, Mapping) and kind == "multipart/form-data":
        return _form(data)
    return dumps(data).encode(), None


def _text(data: str, entry: Mapping[str, object]) -> bytes:
    """A text is logged as it came, and so is the value of a JSON string: the length tells which it was."""
    if entry.get("data_encoding") == "base64":
        return base64.b64decode(data)
    text, string = data.encode(), dumps(data).encode()
    given = entry.get("headers")
    lengths = [
        value for name, value in given.items() if str(name).lower() == "content-length"
    ] if isinstance(given, Mapping) else []  # fmt: skip
    return string if lengths == [str(len(string))] else text


def _form(data: Mapping[str, object]) -> tuple[bytes, str]:
    """RFC 7578, for a form without files."""
    boundary = secrets.token_hex(16)
    parts: list[bytes] = []
    for name, value in data.items():
        quoted = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
        for each in value if isinstance(value, list) else [value]:
            if not isinstance(each, str):
                raise Unprocessable(
                    "The files of a form are not kept in the log: this hit can't be sent again"
                )
            head = f'--{boundary}\r\nContent-Disposition: form-data; name="{quoted}"\r\n\r\n'
            parts.append(f"{head}{each}\r\n".encode())
    return b"".join(parts) + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"
