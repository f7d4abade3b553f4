"""The words that were recognised on a record's pages, as an answer that a browser may keep."""

from __future__ import annotations

from flask import Request, Response

from common import checked
from common.checked import Checked


def answer(request: Request, record: Checked) -> Response:
    """`{"pages": [{"page", "lines": [[{"text", "box"}]]}]}`; raises Missing if they are gone."""
    # A reading's words never change under their name.
    name = checked.words_name(record)
    headers = {"Cache-Control": "private, no-cache"}
    if name is not None:
        headers["ETag"] = f'"{name}"'
        if request.if_none_match.contains(name):
            return Response(status=304, headers=headers)
    return Response(checked.words_of(record), headers=headers, content_type="application/json")
