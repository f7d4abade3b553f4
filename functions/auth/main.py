"""auth: accounts and the tokens that name their users."""

from __future__ import annotations

import json

from flask import Request, Response

from common import accounts, tokens
from common.config import settings
from common.errors import Rejected
from common.http.answer import Answer
from common.http.app import App
from common.http.body import Body, json_or_form

app = App()


@app.route("POST", "/signup/")
def sign_up(request: Request) -> Answer:
    """Create a new user account."""
    body = json_or_form(request)
    name, password = _credentials(body)
    user = accounts.sign_up(accounts.SignUp(name, password, body.text("mobile_no")))
    return Answer({"message": "User created successfully", "user_id": user.id}, 201)


@app.route("POST", "/login/")
def log_in(request: Request) -> Answer:
    """Authenticate a user; the token that comes with it is what token mode asks for."""
    name, password = _credentials(json_or_form(request))
    user = accounts.log_in(name, password)
    return Answer(
        {
            "message": "Login successful",
            "user_id": user.id,
            "user_name": user.user_name,
            "access_token": tokens.issue(str(user.id), settings().token_key),
            "token_type": "Bearer",
            "expires_in": int(tokens.LIFETIME.total_seconds()),
        }
    )


@app.route("GET", "/.well-known/jwks.json")
def key_set(request: Request) -> Answer:
    """The public keys that verify our tokens (RFC 7517)."""
    return Answer(json.loads(settings().token_public_keys), headers={"Cache-Control": "max-age=300"})


app.answer_for_framework()


def auth(request: Request) -> Response:
    """The function's entry point."""
    return app(request)


def _credentials(body: Body) -> tuple[str, str]:
    if body.is_missing("user_name") or body.is_missing("user_password"):
        raise Rejected("user_name and user_password are required")
    return body.given("user_name"), body.given("user_password")
