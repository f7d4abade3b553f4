"""Login tokens and signed links: both are JSON Web Tokens of our own (RFC 7519)."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from common.errors import Unauthenticated

if TYPE_CHECKING:
    from jwt import PyJWKSet

ISSUER = "invoice-management-system"
AUDIENCE = "invoices"
LIFETIME = timedelta(hours=1)
LINK_LIFETIME = timedelta(minutes=15)
SKEW = timedelta(seconds=30)
"""How far the clocks of who signs and who verifies may be apart (RFC 7519, 4.1.4, "small leeway")."""


def issue(user_id: str, private_key: str) -> str:
    """A token that names `user_id` for one hour, signed with ES256."""
    import jwt

    now = datetime.now(UTC)
    claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": user_id, "iat": now, "exp": now + LIFETIME}
    return jwt.encode(claims, private_key, algorithm="ES256", headers={"kid": key_id(private_key)})


def public_keys(private_key: str) -> dict[str, object]:
    """The JSON Web Key Set (RFC 7517) that verifies what `private_key` signs."""
    from cryptography.hazmat.primitives.serialization import load_pem_private_key
    from jwt.algorithms import ECAlgorithm

    public = load_pem_private_key(private_key.encode(), None).public_key()
    jwk = json.loads(ECAlgorithm.to_jwk(public))  # type: ignore[arg-type]  # an EC key, as the setting demands
    return {"keys": [{**jwk, "use": "sig", "alg": "ES256", "kid": _thumbprint(jwk)}]}


def key_id(private_key: str) -> str:
    """The key's name in the key set: its thumbprint (RFC 7638)."""
    keys = public_keys(private_key)["keys"]
    assert isinstance(keys, list)
    return str(keys[0]["kid"])


def user_of(token: str, key_set: str) -> str:
    """The user that `token` names; raises Unauthenticated unless it holds in every respect."""
    import jwt

    try:
        keys = _keys(key_set)
        key = keys[jwt.get_unverified_header(token).get("kid", "")]
        claims = jwt.decode(
            token,
            key,
            algorithms=["ES256"],
            issuer=ISSUER,
            audience=AUDIENCE,
            leeway=SKEW,
            options={"require": ["exp", "sub", "iss", "aud"]},
        )
    except (jwt.PyJWTError, KeyError, ValueError) as error:
        raise Unauthenticated("Authentication required") from error
    return str(claims["sub"])


def sign_link(subject: str, secret: str, lifetime: timedelta = LINK_LIFETIME) -> str:
    """A link token that opens `subject` ("check/direct/7") and nothing else until it expires."""
    import jwt

    expires = datetime.now(UTC) + lifetime
    return jwt.encode({"aud": "link", "sub": subject, "exp": expires}, secret, algorithm="HS256")


def link_opens(link: str, subject: str, secret: str) -> bool:
    """Whether `link` was signed here for `subject` and has not expired."""
    import jwt

    if not secret:
        return False
    try:
        claims = jwt.decode(
            link, secret, algorithms=["HS256"], audience="link", options={"require": ["exp", "sub", "aud"]}
        )
    except jwt.PyJWTError:
        return False
    return bool(claims["sub"] == subject)


@cache
def _keys(key_set: str) -> PyJWKSet:
    import jwt

    return jwt.PyJWKSet.from_json(key_set)


def _thumbprint(jwk: dict[str, str]) -> str:
    import base64
    import hashlib

    members = json.dumps({name: jwk[name] for name in ("crv", "kty", "x", "y")}, separators=(",", ":"))
    return base64.urlsafe_b64encode(hashlib.sha256(members.encode()).digest()).rstrip(b"=").decode()
