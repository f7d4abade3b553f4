"""Calls that only our own pages and programs may make: no page of another origin in somebody's browser."""

from __future__ import annotations

from flask import Request

from common.config import Settings
from common.errors import Forbidden, Rejected


def own_urls(request: Request, settings: Settings) -> tuple[str, ...]:
    """Where this system is reached: as this caller reached it, and as it is told."""
    return tuple(each for each in (request.host_url.rstrip("/"), settings.public_url) if each)


def check(request: Request, settings: Settings) -> None:
    """Raises Forbidden for a call by a page of another origin, Rejected for one that is not JSON.

    Browsers say where a call comes from (Fetch Metadata; Fetch, Origin header) and
    no page can change that. A program's call says nothing of it.
    """
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    ours = {url.partition("://")[2] for url in own_urls(request, settings)}
    foreign = origin is not None and origin.partition("://")[2] not in ours
    if site not in (None, "same-origin", "none") or (foreign and site != "same-origin"):
        raise Forbidden("Only this system's own pages may call this")
    if request.mimetype != "application/json":
        raise Rejected("Content-Type must be application/json")
