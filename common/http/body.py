"""A request's body or query as named values, read with the contract's own words for what is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from flask import Request

from common.domain.exact_json import loads
from common.errors import Rejected

_INTEGER = re.compile(r"-?[0-9]+\Z")
_INTEGER_DIGITS = 40
_PARSED_AS_FORM = ("application/x-www-form-urlencoded", "multipart/form-data")


@dataclass(frozen=True)
class Body:
    """Named values of a body or a query.

    Absent, null, empty and blank all count as missing. The order in which a
    caller asks is the order in which errors are found.
    """

    values: Mapping[str, object]

    def is_missing(self, name: str) -> bool:
        """Whether `name` is absent, null, empty or blank."""
        value = self.values.get(name)
        return value is None or (isinstance(value, str) and not value.strip())

    def demand(self, *names: str) -> None:
        """Raises Rejected `<name> is required` for the first of `names` that is missing."""
        for name in names:
            if self.is_missing(name):
                raise Rejected(f"{name} is required")

    def text(self, name: str) -> str | None:
        """The text of `name` as it was sent, None if missing; Rejected for another type."""
        if self.is_missing(name):
            return None
        value = self.values[name]
        if not isinstance(value, str):
            raise Rejected(f"{name} must be a string")
        return value

    def given(self, name: str) -> str:
        """The text of a `name` that was demanded before."""
        value = self.text(name)
        if value is None:
            raise Rejected(f"{name} is required")
        return value

    def flag(self, name: str) -> bool:
        """Whether `name` is true; Rejected for what is neither true nor false. Missing is false."""
        value = self.values.get(name)
        if value is not None and not isinstance(value, bool):
            raise Rejected(f"{name} must be true or false")
        return value is True

    def user_id(self, name: str = "user_id") -> str:
        """A user's id, trimmed; one sent as a number is its text."""
        value = self.values.get(name)
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return str(value)
        return self.given(name).strip()

    def integer(self, name: str) -> int:
        """The id `name`; Rejected for what is no integer ("abc", "1e3", true)."""
        value = self.values.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        number = parse_integer(value) if isinstance(value, str) else None
        if number is None:
            raise Rejected(f"{name} must be a valid integer")
        return number


def json_or_form(request: Request) -> Body:
    """The fields of a JSON or form body; Rejected `Invalid JSON` for what is neither."""
    if request.mimetype in _PARSED_AS_FORM and not _json_behind_curl(request):
        return Body(request.form.to_dict())
    return json_body(request)


def json_body(request: Request) -> Body:
    """The fields of a JSON object; no body at all counts as an empty one."""
    content = request.get_data()
    if not content.strip():
        return Body({})
    try:
        value = loads(content)
    except ValueError:
        raise Rejected("Invalid JSON") from None
    if not isinstance(value, dict):
        raise Rejected("Invalid JSON")
    return Body(value)


def query(request: Request) -> Body:
    """The query's values, the first of a repeated key."""
    return Body(request.args.to_dict())


def parse_integer(text: str) -> int | None:
    """An id in decimal digits, spaces around it trimmed; None for anything else."""
    text = text.strip()
    if not _INTEGER.match(text):
        return None
    return int(text[:_INTEGER_DIGITS])


def _json_behind_curl(request: Request) -> bool:
    """Whether JSON comes under the type that curl's -d gives to whatever it sends."""
    return request.mimetype == _PARSED_AS_FORM[0] and request.get_data(cache=True).lstrip()[:1] == b"{"
