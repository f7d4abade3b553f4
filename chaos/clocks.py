"""Tokens of callers whose clock is not ours: a little apart is borne, and no more."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import jwt

from common.tokens import AUDIENCE, ISSUER, LIFETIME, SKEW, key_id

BORNE = SKEW / 2
"""How far apart a clock goes whose tokens must be taken: the rest is for what a request takes."""

NOT_BORNE = (timedelta(minutes=5), timedelta(hours=2))


@dataclass(frozen=True)
class Clock:
    """A signer's clock. Ahead it dates a token into the future; behind it uses one that has expired."""

    apart: timedelta

    @property
    def room(self) -> timedelta:
        """For how long after it was signed a token must be taken."""
        return SKEW - abs(self.apart)

    def token(self, user_id: str, private_key: str) -> str:
        """A token as such a clock dates it, signed now."""
        issued = datetime.now(UTC) + self.apart - (timedelta() if self.apart > timedelta() else LIFETIME)
        claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": user_id, "iat": issued, "exp": issued + LIFETIME}
        return jwt.encode(claims, private_key, algorithm="ES256", headers={"kid": key_id(private_key)})


def near(order: random.Random) -> Clock:
    """A clock that is a little ahead or behind."""
    return Clock(order.uniform(-1, 1) * BORNE)


def far(order: random.Random) -> Clock:
    """A clock that is wrong."""
    least, most = NOT_BORNE
    return Clock(order.choice((-1, 1)) * (least + order.random() * (most - least)))
