"""Who is calling: the address as the platform reports it, and the user a token names."""

from __future__ import annotations

import ipaddress

from flask import Request

from common.config import Settings
from common.errors import Forbidden, Unauthenticated
from common.tokens import user_of


def client_ip(request: Request, trusted_hops: int) -> str:
    """The caller's address as the platform's own proxies saw it.

    Each trusted proxy appends one address to X-Forwarded-For, so the entry that
    many places from the right is the platform's word; all before it is the
    client's claim. Google Cloud, "External Application Load Balancer overview",
    X-Forwarded-For header.
    """
    seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    claimed = seen[-trusted_hops] if len(seen) >= trusted_hops else request.remote_addr or ""
    try:
        address = ipaddress.ip_address(claimed)
    except ValueError:
        return request.remote_addr or "0.0.0.0"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(address)


def token_user(request: Request, settings: Settings) -> str | None:
    """The user whose token this call carries; None in open mode, where nobody is asked.

    Raises Unauthenticated where a token is needed and none that holds is given.
    The gateway moves the caller's Authorization to X-Forwarded-Authorization
    (Google Cloud, "Choosing an authentication method", API Gateway).
    """
    if settings.auth_mode == "open":
        return None
    header = request.headers.get("X-Forwarded-Authorization") or request.headers.get("Authorization") or ""
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer":
        raise Unauthenticated("Authentication required")
    return user_of(token.strip(), settings.token_public_keys)


def check_owner(user: str | None, owner: str | None) -> None:
    """Raises Forbidden where a token's user is not the record's owner."""
    if user is not None and user != owner:
        raise Forbidden("Permission denied")
