"""Pages for a browser: templates in which every value is text, under a policy that runs nothing else."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TypeVar

from flask import Request, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from common.domain.exact_json import dumps
from common.http.answer import Answer
from common.http.error_table import answer_for

Handler = TypeVar("Handler", bound=Callable[..., Answer | Response])

SHARED = Path(__file__).with_name("templates")

POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; worker-src 'self'; style-src 'self'; "
    "img-src {pictures}; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Content-Security-Policy (W3C, CSP level 3). Modules that a script with the nonce imports inherit it."""


class Pages:
    """A function's templates, beside those that all pages share.

    `folder` is where its own are, `static` gives the URL below which their scripts and styles lie.
    """

    def __init__(self, folder: Path, static: Callable[[], str]) -> None:
        self._templates = Environment(
            loader=FileSystemLoader([folder, SHARED]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.policies["json.dumps_function"] = lambda value, **_: dumps(value)
        self._static = static

    def page(
        self, template: str, status: int = 200, *, pictures: str = "'self'", **values: object
    ) -> Response:
        """The template as a page; it may be shown in no frame and kept in no cache.

        `pictures` is where they may come from, in the words of the policy.
        """
        nonce = secrets.token_urlsafe(18)
        text = self._templates.get_template(template).render(nonce=nonce, static=self._static(), **values)
        headers = {
            "Content-Security-Policy": POLICY.format(nonce=nonce, pictures=pictures),
            "Cache-Control": "no-store",
            # The URL may carry a link's permission.
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Vary": "Accept",
        }
        return Response(text, status, headers, content_type="text/html; charset=utf-8")

    def readable_errors(self, handler: Handler) -> Handler:
        """`handler`, with its errors as pages for callers that prefer those; others get the JSON."""

        @wraps(handler)
        def answer(request: Request, **values: str) -> Answer | Response:
            try:
                return handler(request, **values)
            except Exception as error:  # the edge: the error table knows what each becomes
                told = answer_for(error)
                if not prefers_page(request):
                    return told
                return self.page("error.html", told.status, error=told.body)

        return answer  # type: ignore[return-value]  # it takes and gives what the handler does


def prefers_page(request: Request) -> bool:
    """Whether the caller would rather have HTML than JSON; "*/*" alone is no wish for a page."""
    best = request.accept_mimetypes.best_match(["application/json", "text/html"])
    return best == "text/html"
