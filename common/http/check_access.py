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
    """Whose token it was; None in open mode and for a link, which names nobody."""


def opened(request: Request, asked: Body, settings: Settings) -> Opened:
    """The record that `asked` names by id or invoice_id.

    Raises Unauthenticated without a token or a link that opens it, Forbidden for
    another's record, Rejected and Missing as documented.
    """
    link = request.args.get("link", "")
    by_link = settings.auth_mode == "token" and bool(link)
    user = None if by_link else caller.token_user(request, settings)
    parameter: Parameter = "id" if asked.is_missing("invoice_id") else "invoice_id"
    if not asked.is_missing("id"):
        parameter = "id"
    asked.demand(parameter)
    number = asked.integer(parameter)
    if by_link and not link_opens(link, check_subject(parameter, number), settings.link_secret):
        raise Unauthenticated("Authentication required")
    found = checked.find(parameter, number)
    if not by_link:
        caller.check_owner(user, found.owner)
    return Opened(found, user)
