"""A request of any method and any body, taken as it is: what a webhook logs."""

from __future__ import annotations

import base64

from flask import Request

from common.domain.exact_json import loads
from common.webhooks import EXCERPT_BYTES, INLINE_BYTES, Hit

_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def hit_of(request: Request, client_ip: str) -> tuple[Hit, bytes | None]:
    """The hit, and its whole body if that is too large to be logged in full."""
    content = request.get_data(cache=True)
    whole: bytes | None = None
    data: object
    encoding: str | None
    if len(content) > INLINE_BYTES:
        whole, excerpt = content, content[:EXCERPT_BYTES]
        data, encoding = _text_or_base64(excerpt)
    elif request.mimetype in _FORMS:
        data, encoding = _form(request), None
    else:
        data, encoding = _value(content)
    hit = Hit(
        method=request.method,
        data=data,
        encoding=encoding,
        query_params=_listed(request.args.to_dict(flat=False)) or None,
        headers={name: value for name, value in request.headers.items() if name.lower() not in _ADDED},
        content_type=request.headers.get("Content-Type"),
        client_ip=client_ip,
        path=request.path,
    )
    return hit, whole


_ADDED = frozenset(
    {
        "x-forwarded-authorization",
        "x-envoy-expected-rq-timeout-ms",
        "x-envoy-attempt-count",
        "function-execution-id",
    }
)
"""What a gateway adds on the way is no part of what the sender sent."""


def _value(content: bytes) -> tuple[object, str | None]:
    if not content:
        return None, None
    try:
        return loads(content), None
    except ValueError:
        return _text_or_base64(content)


def _text_or_base64(content: bytes) -> tuple[str, str | None]:
    try:
        return content.decode(), None
    except UnicodeDecodeError as error:
        if len(content) == EXCERPT_BYTES and error.start > len(content) - 4:
            return content[: error.start].decode(), None
        return base64.b64encode(content).decode(), "base64"


def _form(request: Request) -> object:
    fields = _listed(request.form.to_dict(flat=False))
    for name, part in request.files.items(multi=True):
        described = {
            "filename": part.filename,
            "content_type": part.content_type,
            "size": part.stream.seek(0, 2),
        }
        former = fields.get(name)
        if former is None:
            fields[name] = described
        else:
            fields[name] = [*former, described] if isinstance(former, list) else [former, described]
    return fields or None


def _listed(values: dict[str, list[str]]) -> dict[str, object]:
    """Single values by themselves, repeated ones as a list."""
    return {name: several[0] if len(several) == 1 else several for name, several in values.items()}
