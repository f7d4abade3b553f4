"""Links to the check page, signed where a token would be asked for."""

from __future__ import annotations

from common.config import Settings
from common.tokens import sign_link


def check_subject(parameter: str, number: int) -> str:
    """What a link to a check page opens: `parameter` is id or invoice_id."""
    return f"check/{parameter}/{number}"


def check_page(parameter: str, number: int, host_url: str, settings: Settings) -> str:
    """The URL of the page that shows a record; in token mode it carries its own expiring permission."""
    root = settings.public_url or host_url.rstrip("/")
    url = f"{root}/check/?{parameter}={number}"
    if settings.auth_mode == "token" and settings.link_secret:
        return f"{url}&link={sign_link(check_subject(parameter, number), settings.link_secret)}"
    return url
