"""A stored PDF as a download: ranges, ETag, and a redirect where it is too large to pass through."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

from flask import Request, Response
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.http import parse_range_header

from common.files import bucket
from common.files.bucket import StoredObject

LARGEST = 32 * 1024 * 1024
"""Bytes of an answer: Google Cloud, "Cloud Run functions quotas", HTTP response size."""

LINK_LIFETIME = timedelta(minutes=15)


def pdf(request: Request, stored: StoredObject, *, pieces: bool = False) -> Response:
    """The object, or the part of it that was asked for.

    One that is too large for an answer is redirected to; with `pieces` a range of
    it that is not is answered here all the same, for a page that may ask nobody else.
    Raises RequestedRangeNotSatisfiable for a range that lies outside it.
    """
    file_name = stored.name.rpartition("/")[2]
    etag = f'"{stored.generation}"'
    asked = request.headers.get("Range") if pieces else None
    start, end = _wanted(request, stored.size, etag) if asked else (0, stored.size)
    if end - start > LARGEST:
        url = bucket.signed_url(stored.name, ascii_name(file_name), LINK_LIFETIME)
        headers = {"Location": url, "Cache-Control": "no-store"}
        return Response(status=307, headers=headers, content_type="application/pdf")
    headers = {
        "ETag": etag,
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-cache",
        "Content-Disposition": disposition(file_name),
    }
    if request.if_none_match.contains(str(stored.generation)):
        return Response(status=304, headers=headers, content_type="application/pdf")
    start, end = _wanted(request, stored.size, etag)
    headers["Content-Length"] = str(end - start)
    status = 200
    if (start, end) != (0, stored.size):
        status = 206
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{stored.size}"
    content = bucket.read_range(stored.name, start, end)
    return Response(content, status, headers, content_type="application/pdf")


def disposition(file_name: str) -> str:
    """Shown in the browser, saved under its own name (RFC 6266)."""
    return f"inline; filename=\"{ascii_name(file_name)}\"; filename*=UTF-8''{quote(file_name, safe='')}"


def ascii_name(file_name: str) -> str:
    """The name in the characters that an old client understands, nothing that ends a header's string."""
    return "".join(
        character if " " <= character <= "~" and character not in '"\\%' else "_" for character in file_name
    )


def _wanted(request: Request, size: int, etag: str) -> tuple[int, int]:
    """The first byte wanted, and the one behind the last; everything unless exactly one range holds."""
    whole = (0, size)
    condition = request.headers.get("If-Range")
    if condition is not None and condition != etag:
        return whole
    wanted = parse_range_header(request.headers.get("Range"))
    if wanted is None or wanted.units != "bytes" or len(wanted.ranges) != 1:
        return whole
    part = wanted.range_for_length(size)
    if part is None:
        raise RequestedRangeNotSatisfiable(length=size)
    return part
