"""What crosses from the reading process arrives as it was, or not at all."""

from __future__ import annotations

import io

import pytest

from common.extraction import frames
from common.extraction.document import Attachment, Document, decode, encode
from tests.unit.extraction import base
from tests.unit.extraction.sheet import read_pdf


def test_a_document_arrives_as_it_was() -> None:
    pages = read_pdf(base.sheet().pdf()).pages
    sent = Document(pages, (Attachment("factur-x.xml", b"<a/>"), Attachment("b.xml", b"\x00\xff")))
    assert decode(*encode(sent)) == sent


@pytest.mark.parametrize("cut", [1, 7, 4096])
def test_a_body_that_lacks_bytes_is_refused(cut: int) -> None:
    head, body = encode(read_pdf(base.sheet().pdf()))
    with pytest.raises(ValueError, match=r"\w"):
        decode(head, body[:-cut])


@pytest.mark.parametrize("head", [b"", b"[]", b"{}", b'{"pages": [[1]], "attachments": []}', b"\xff"])
def test_a_head_that_is_something_else_is_refused(head: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        decode(head, b"")


def test_a_message_that_breaks_off_is_an_end() -> None:
    stream = io.BytesIO()
    frames.write(stream, b"d", b"{}", b"body")
    with pytest.raises(EOFError):
        frames.read(io.BytesIO(stream.getvalue()[:-1]))


def test_a_message_that_says_it_is_huge_is_not_waited_for() -> None:
    stream = io.BytesIO()
    frames.write(stream, b"d", b"", b"")
    huge = stream.getvalue()[:1] + b"\xff" * 16
    with pytest.raises(ValueError, match="too large"):
        frames.read(io.BytesIO(huge))
