"""Files of a multipart form, spooled to disk by the form's parser, never whole in memory."""

from __future__ import annotations

from flask import Request

from common.uploads import SentFile, sent_file


def sent(request: Request, name: str) -> SentFile | None:
    """The file of that name; None where none, or one without a name and content, was sent."""
    part = request.files.get(name)
    if part is None:
        return None
    content_type = part.mimetype or "application/octet-stream"
    file = sent_file(part.filename or "", content_type, part.stream)
    return None if file.size == 0 and not file.name else file
