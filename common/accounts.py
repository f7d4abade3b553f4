"""Accounts: sign-up and login."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from common.errors import Rejected, Unauthenticated
from common.records import users
from common.records.database import Taken
from common.records.sequences import next_id
from common.records.users import User

if TYPE_CHECKING:
    from argon2 import PasswordHasher

LONGEST_NAME = 256
LONGEST_PASSWORD = 1024
LONGEST_MOBILE = 13

_MOBILE = re.compile(r"\+?[0-9]+\Z")
_TAKEN = "User already exists"


@dataclass(frozen=True)
class SignUp:
    """A wish for an account."""

    user_name: str
    user_password: str
    mobile_no: str | None


def sign_up(wish: SignUp) -> User:
    """Makes the account; raises Rejected for a name that is taken or a value that can't be."""
    name = wish.user_name.strip()
    if users.find(name) is not None:
        raise Rejected(_TAKEN)
    if len(name) > LONGEST_NAME:
        raise Rejected(f"user_name must be at most {LONGEST_NAME} characters")
    if len(wish.user_password) > LONGEST_PASSWORD:
        raise Rejected(f"user_password must be at most {LONGEST_PASSWORD} characters")
    mobile = _mobile(wish.mobile_no)
    password_hash = _hasher().hash(wish.user_password)
    user = User(next_id(users.NAME), name, password_hash, mobile)
    try:
        users.add(user)
    except Taken as error:
        kept = users.find(name)
        if kept is None or kept.id != user.id:
            raise Rejected(_TAKEN) from error
    return user


def log_in(user_name: str, user_password: str) -> User:
    """The user whose name and password these are; raises Unauthenticated for any others.

    An unknown name costs a verification as well, so that the answer's time tells
    nothing about which names exist (OWASP Authentication Cheat Sheet).
    """
    from argon2.exceptions import VerificationError

    user = users.find(user_name)
    password = user_password if len(user_password) <= LONGEST_PASSWORD else ""
    nobodys = _nobodys_hash()
    try:
        _hasher().verify(user.password_hash if user else nobodys, password)
    except VerificationError:
        user = None
    if user is None:
        raise Unauthenticated("Invalid credentials")
    return user


def _mobile(given: str | None) -> str | None:
    if given is None:
        return None
    mobile = given.strip()
    if len(mobile) > LONGEST_MOBILE:
        raise Rejected(f"mobile_no must be at most {LONGEST_MOBILE} characters")
    if not _MOBILE.match(mobile):
        raise Rejected("mobile_no must be digits")
    return mobile


@cache
def _hasher() -> PasswordHasher:
    """argon2id with 19 MiB, two passes, one lane (OWASP Password Storage Cheat Sheet)."""
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


@cache
def _nobodys_hash() -> str:
    return _hasher().hash("nobody's password")
