"""What a webhook logs of a request."""

from __future__ import annotations

import io
from contextlib import closing
from decimal import Decimal

import pytest
from flask import Request
from werkzeug.test import EnvironBuilder

from common.http.hit import hit_of
from common.webhooks import EXCERPT_BYTES, INLINE_BYTES, is_secret


def logged(**how: object) -> tuple[object, str | None, bytes | None]:
    request = Request(EnvironBuilder(method="POST", **how).get_environ())  # type: ignore[arg-type]
    with closing(request):
        hit, whole = hit_of(request, "127.0.0.1")
    return hit.data, hit.encoding, whole


@pytest.mark.parametrize(
    ("content", "data"),
    [
        (b"", None),
        (b'{"amount": 100.10}', {"amount": Decimal("100.10")}),
        (b"[1, 2]", [1, 2]),
        (b"null", None),
        (b"12345678901234567890123", 12345678901234567890123),
        (b'{"a": NaN}', '{"a": NaN}'),
        (b"1e999", "1e999"),
        (b"plain text", "plain text"),
        ("ünïcode".encode(), "ünïcode"),
    ],
)
def test_a_body_is_kept_in_its_own_kind(content: bytes, data: object) -> None:
    assert logged(data=content, content_type="application/json") == (data, None, None)


def test_bytes_that_are_no_text_are_kept_as_base64() -> None:
    assert logged(data=b"\xff\x00", content_type="application/octet-stream") == ("/wA=", "base64", None)


def test_a_form_is_an_object_and_its_file_is_described() -> None:
    data, _, _ = logged(data={"a": "1", "file": (io.BytesIO(b"abc"), "x.txt", "text/plain")})
    assert data == {"a": "1", "file": {"filename": "x.txt", "content_type": "text/plain", "size": 3}}


def test_a_repeated_form_field_is_a_list() -> None:
    data, _, _ = logged(data="a=1&a=2&b=3", content_type="application/x-www-form-urlencoded")
    assert data == {"a": ["1", "2"], "b": "3"}


def test_a_large_body_is_logged_in_part_and_handed_on_whole() -> None:
    content = b"x" * (INLINE_BYTES + 1)
    data, _, whole = logged(data=content, content_type="text/plain")
    assert data == "x" * EXCERPT_BYTES
    assert whole == content


def test_an_excerpt_does_not_end_within_a_character() -> None:
    content = ("x" + "é" * INLINE_BYTES).encode()
    data, encoding, _ = logged(data=content, content_type="text/plain")
    assert encoding is None
    assert isinstance(data, str)
    assert set(data) == {"x", "é"}


@pytest.mark.parametrize(
    "name",
    [
        "Authorization",
        "cookie",
        "X-Api-Key",
        "Proxy-Authorization",
        "X-Hub-Signature-256",
        "Stripe-Signature",
        "X-Gitlab-Token",
        "X-Client-Secret",
    ],
)
def test_headers_that_hold_secrets_are_known(name: str) -> None:
    assert is_secret(name)


def test_other_headers_are_no_secret() -> None:
    assert not is_secret("Content-Type")
    assert not is_secret("Tokenizer")
