"""Who may see and change a record on the check page: its owner's token, or a signed link to it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Request

from common import checked
from common.checked import Checked, Parameter
from common.config import Settings
from common.errors import Unauthenticated
from common.http import caller
from common.http.body import Body
from common.links import check_subject
from common.tokens import link_opens


@dataclass(frozen=True)
class Opened:
    """A record that the caller may see and change."""

    checked: Checked
    user: str | None
    """Whose token came with it; None in open mode and for a link alone, which names nobody."""


def opened(request: Request, asked: Body, settings: Settings) -> Opened:
    """The record that `asked` names by id or invoice_id.

    Raises Unauthenticated without a token or a link that opens it, Forbidden for
    another's record, Rejected and Missing as documented.
    """
    link = request.args.get("link", "") if settings.auth_mode == "token" else ""
    user = _user(request, settings, optional=bool(link))
    parameter: Parameter = "id" if asked.is_missing("invoice_id") else "invoice_id"
    if not asked.is_missing("id"):
        parameter = "id"
    asked.demand(parameter)
    number = asked.integer(parameter)
    by_link = bool(link) and link_opens(link, check_subject(parameter, number), settings.link_secret)
    if link and user is None and not by_link:
        raise Unauthenticated("Authentication required")
    found = checked.find(parameter, number)
    if not by_link:
        caller.check_owner(user, found.owner)
    return Opened(found, user)


def _user(request: Request, settings: Settings, *, optional: bool) -> str | None:
    """The token's user; with `optional` None where there is no token that holds, such as a gateway's own."""
    try:
        return caller.token_user(request, settings)
    except Unauthenticated:
        if optional:
            return None
        raise
