"""The query of the review queue: whose records, which of them, in which order."""

from __future__ import annotations

import base64
import binascii
import re
from typing import cast

from flask import Request

from common.config import Settings
from common.domain.calendar import iso_date
from common.errors import Rejected
from common.http import caller, paging
from common.http.body import Body
from common.review_queue import Order, State, Wanted

PAGE = 50
MOST_EXPORTED = 1000
_TOKEN = re.compile(r"from:([0-9]{1,9})\Z")


def owner(request: Request, asked: Body, settings: Settings) -> str | None:
    """Whose records are asked for, None for everybody's; in token mode the token's own user's, no others."""
    user = caller.token_user(request, settings)
    named = None if asked.is_missing("user_id") else asked.user_id()
    if named is not None:
        caller.check_owner(user, named)
    return named if user is None else user


def wanted(request: Request, asked: Body, settings: Settings) -> Wanted:
    """What is asked for."""
    whose = owner(request, asked, settings)
    order = (asked.text("order") or "doubt").strip().lower()
    if order not in ("doubt", "age"):
        raise Rejected("order must be doubt or age")
    state = (asked.text("state") or "waiting").strip().lower()
    if state not in ("waiting", "verified", "all"):
        raise Rejected("state must be waiting, verified or all")
    code = asked.text("code")
    token = asked.text("page_token")
    return Wanted(
        owner=whose,
        text=asked.text("q"),
        code=None if code is None else code.strip(),
        state=cast("State", state),
        first_date=_date(asked, "from"),
        last_date=_date(asked, "to"),
        order=cast("Order", order),
        start=0 if token is None else _start(token.strip()),
        limit=paging.limit(asked) or (PAGE if asked.is_missing("format") else MOST_EXPORTED),
    )


def token_from(start: int) -> str:
    """The page token of a page that begins at `start`."""
    return base64.urlsafe_b64encode(f"from:{start}".encode()).decode().rstrip("=")


def _date(asked: Body, name: str) -> str | None:
    text = asked.text(name)
    date = None if text is None else iso_date(text)
    if text is not None and date is None:
        raise Rejected(f"{name} must be YYYY-MM-DD")
    return date


def _start(token: str) -> int:
    try:
        text = base64.b64decode(token + "=" * (-len(token) % 4), b"-_", validate=True).decode()
    except (ValueError, binascii.Error):
        text = ""
    found = _TOKEN.match(text)
    if found is None:
        raise Rejected("page_token is not valid")
    return int(found[1])
