"""Login tokens and signed links."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from common import tokens
from common.errors import Unauthenticated


def private_key() -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


KEY = private_key()
KEYS = json.dumps(tokens.public_keys(KEY))


def signed(**changes: object) -> str:
    now = datetime.now(UTC)
    claims = {
        "iss": tokens.ISSUER,
        "aud": tokens.AUDIENCE,
        "sub": "7",
        "exp": now + timedelta(minutes=1),
        **changes,
    }
    kept = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(kept, KEY, algorithm="ES256", headers={"kid": tokens.key_id(KEY)})


def test_a_token_names_the_user_it_was_issued_to() -> None:
    assert tokens.user_of(tokens.issue("7", KEY), KEYS) == "7"


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": datetime(2020, 1, 1, tzinfo=UTC)},
        {"exp": None},
        {"iss": "someone"},
        {"aud": "others"},
        {"sub": None},
    ],
)
def test_a_token_that_is_wrong_in_one_respect_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(Unauthenticated):
        tokens.user_of(signed(**changes), KEYS)


@pytest.mark.parametrize("ahead", [-25, 25])
def test_clocks_that_are_some_seconds_apart_refuse_no_token(ahead: int) -> None:
    there = datetime.now(UTC) + timedelta(seconds=ahead)
    token = signed(iat=there, nbf=there, exp=there + timedelta(seconds=1))
    assert tokens.user_of(token, KEYS) == "7"


@pytest.mark.parametrize("changes", [{"iat": timedelta(minutes=2)}, {"exp": -timedelta(minutes=2)}])
def test_clocks_that_are_minutes_apart_do(changes: dict[str, timedelta]) -> None:
    (name, away), *_ = changes.items()
    with pytest.raises(Unauthenticated):
        tokens.user_of(signed(**{name: datetime.now(UTC) + away}), KEYS)


def test_a_token_of_another_key_is_refused() -> None:
    with pytest.raises(Unauthenticated):
        tokens.user_of(tokens.issue("7", private_key()), KEYS)


def test_an_unsigned_token_is_refused() -> None:
    forged = jwt.encode({"sub": "7"}, "", algorithm="none", headers={"kid": tokens.key_id(KEY)})
    with pytest.raises(Unauthenticated):
        tokens.user_of(forged, KEYS)


@pytest.mark.parametrize("token", ["", "a.b.c", "x" * 10_000, "…"])
def test_what_is_no_token_is_refused(token: str) -> None:
    with pytest.raises(Unauthenticated):
        tokens.user_of(token, KEYS)


def test_a_link_opens_what_it_was_signed_for_and_nothing_else() -> None:
    secret = "s" * 40
    link = tokens.sign_link("check/id/7", secret)
    assert tokens.link_opens(link, "check/id/7", secret)
    assert not tokens.link_opens(link, "check/id/8", secret)
    assert not tokens.link_opens(link, "check/id/7", "t" * 40)


def test_a_link_expires() -> None:
    secret = "s" * 40
    link = tokens.sign_link("check/id/7", secret, timedelta(seconds=-1))
    assert not tokens.link_opens(link, "check/id/7", secret)


def test_without_a_secret_no_link_opens_anything() -> None:
    assert not tokens.link_opens(tokens.sign_link("check/id/7", "x" * 40), "check/id/7", "")
