"""A logged hit as a request that can be sent again."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from email.message import Message
from email.parser import BytesParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.domain.exact_json import dumps, loads
from common.domain.replayed import MARK, Replayed, replayed
from common.errors import Unprocessable

TIME = "2026-11-24T22:15:30.123456"


def again(whole: bytes | None = None, /, **entry: object) -> Replayed:
    known: dict[str, object] = {
        "method": "POST",
        "data": None,
        "query_params": None,
        "headers": {},
        "content_type": None,
    }
    return replayed(TIME, {**known, **entry}, whole)


def test_method_query_headers_and_body_are_the_hits_own() -> None:
    sent = again(
        method="PUT",
        data={"amount": Decimal("100.10"), "note": "größer"},
        query_params={"shop": "7", "tag": ["a b", "&"]},
        headers={"X-Shop": "42", "Content-Type": "application/json"},
        content_type="application/json",
    )
    assert sent.method == "PUT"
    assert sent.query == "shop=7&tag=a+b&tag=%26"
    assert sent.headers == {"X-Shop": "42", "Content-Type": "application/json", MARK: TIME}
    assert sent.body == '{"amount":100.10,"note":"größer"}'.encode()


@pytest.mark.parametrize(
    "name",
    [
        *("Authorization", "Proxy-Authorization", "Cookie", "X-Api-Key", "Connection", "Keep-Alive", "Host"),
        *("Transfer-Encoding", "Content-Length", "TE", "Trailer", "Upgrade", "Proxy-Connection", "Expect"),
        *("X-Forwarded-For", "X-Forwarded-Authorization", "Forwarded", "Via", "X-Envoy-Peer", "X-Goog-Iap"),
        *("Metadata-Flavor", "X-Google-Metadata-Request", "Accept-Encoding", "X-Only-Here", MARK, "Bad Name"),
    ],
)
def test_credentials_and_what_was_of_one_connection_are_not_sent(name: str) -> None:
    for written in (name, name.lower(), name.upper()):
        sent = again(headers={"Connection": "close, X-Only-Here", written: "value", "X-Kept": "1"})
        assert sent.headers == {"X-Kept": "1", MARK: TIME}


def test_a_hidden_value_is_not_sent_as_its_stars() -> None:
    assert again(headers={"X-Hub-Signature-256": "***"}).headers == {MARK: TIME}


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\nb", "a\0b", "日本"])
def test_a_header_that_can_not_stand_in_a_request_is_left_out(value: str) -> None:
    assert again(headers={"X-Note": value}).headers == {MARK: TIME}


def test_bytes_text_and_forms_are_sent_as_they_came() -> None:
    assert again(data="/wA=", data_encoding="base64").body == b"\xff\x00"
    assert again(data="plain text", content_type="text/plain").body == b"plain text"
    assert again(data=None).body == b""
    form = again(data={"a": ["1", "2"], "b": "x y"}, content_type="application/x-www-form-urlencoded")
    assert form.body == b"a=1&a=2&b=x+y"


def test_a_json_string_and_a_text_that_looks_like_one_are_told_apart_by_their_length() -> None:
    said: dict[str, object] = {"data": "abc", "content_type": "application/json"}
    assert again(**said, headers={"Content-Length": "5"}).body == b'"abc"'
    assert again(**said, headers={"content-length": "3"}).body == b"abc"


def test_a_form_in_parts_is_written_anew_and_one_with_files_is_refused() -> None:
    sent = again(
        data={'na"me': "one", "more": ["two", "three"]},
        headers={"Content-Type": "multipart/form-data; boundary=old"},
        content_type="multipart/form-data; boundary=old",
    )
    head = f"Content-Type: {sent.headers['Content-Type']}\r\n\r\n".encode()
    parts = BytesParser().parsebytes(head + sent.body).get_payload()
    assert isinstance(parts, list)
    assert [part.get_payload() for part in parts if isinstance(part, Message)] == ["one", "two", "three"]
    with pytest.raises(Unprocessable, match="files of a form are not kept"):
        again(data={"file": {"filename": "a.pdf", "size": 3}}, content_type="multipart/form-data; boundary=x")


def test_a_body_that_was_logged_in_part_is_sent_whole() -> None:
    assert again(b"y" * 9, data="yyy", data_truncated=True).body == b"y" * 9


@pytest.mark.parametrize("method", ["CONNECT", "TRACE", "X", "GET / HTTP/1.1\r\nEvil: 1"])
def test_other_methods_are_not_sent(method: str) -> None:
    with pytest.raises(Unprocessable):
        again(method=method)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
)


@given(JSON)
def test_json_arrives_with_the_same_value(value: object) -> None:
    body = dumps(value).encode()
    logged = loads(body)
    headers: Mapping[str, str] = {"Content-Length": str(len(body))}
    sent = again(data=logged, headers=headers, content_type="application/json")
    if value is None:
        assert sent.body == b""  # the log writes null and an empty body alike
    else:
        assert loads(sent.body) == value
