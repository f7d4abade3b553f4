"""What a route gives back, before it becomes a response."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Response

from common.domain.exact_json import dumps


@dataclass(frozen=True)
class Answer:
    """A JSON answer: its status, its body and further headers."""

    body: Mapping[str, object]
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    def response(self) -> Response:
        """The answer as a response of the web framework."""
        return Response(dumps(self.body), self.status, dict(self.headers), content_type="application/json")


def error_answer(text: str, status: int, **headers: str) -> Answer:
    """The one shape of every error."""
    return Answer({"error": text}, status, {name.replace("_", "-"): value for name, value in headers.items()})
