"""API keys on the command line: create NAME, list, revoke NAME; and the local cloud's development key."""

from __future__ import annotations

import argparse
import sys
from decimal import Decimal, InvalidOperation

from common import apikeys
from common.errors import InvoiceSystemError
from emulators.operator import is_told_where

DEVELOPMENT = "development"


def main(arguments: list[str] | None = None) -> int:
    """Carries out one command; returns the exit code."""
    asked = _parser().parse_args(arguments)
    if not is_told_where():
        print("apikey: no local cloud runs here and GOOGLE_CLOUD_PROJECT is not set", file=sys.stderr)
        return 1
    try:
        return _carry_out(asked)
    except InvoiceSystemError as error:
        print(f"apikey: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="apikey", description="Make, list and revoke keys of /process-pdf/."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    create = commands.add_parser("create", help="make a key and print it, once")
    create.add_argument("name", type=_name)
    create.add_argument("--daily-budget-inr", type=_budget, default=None, metavar="RUPEES")
    commands.add_parser("list", help="list all keys")
    commands.add_parser("revoke", help="revoke all keys of a name").add_argument("name", type=_name)
    commands.add_parser(DEVELOPMENT, help="replace the local cloud's own key and print the new one")
    return parser


def _carry_out(asked: argparse.Namespace) -> int:
    if asked.command == "create":
        print(apikeys.create(asked.name, asked.daily_budget_inr))
    elif asked.command == DEVELOPMENT:
        apikeys.revoke(DEVELOPMENT)
        print(apikeys.create(DEVELOPMENT))
    elif asked.command == "revoke":
        count = apikeys.revoke(asked.name)
        if not count:
            print(f"apikey: no key in force is called {asked.name}", file=sys.stderr)
            return 1
        print(f"{count} revoked")
    else:
        for key in apikeys.every():
            state = "revoked" if key.revoked else "in force"
            budget = "no limit" if key.daily_budget_inr is None else f"{key.daily_budget_inr} INR a day"
            print(f"{key.name}\t{key.hint}…\t{state}\t{budget}\t{key.created:%Y-%m-%d %H:%M} UTC")
    return 0


def _name(text: str) -> str:
    if not (text.strip() and text.isprintable() and len(text) <= 100):
        raise argparse.ArgumentTypeError("a name has 1 to 100 printable characters")
    return text.strip()


def _budget(text: str) -> Decimal:
    try:
        budget = Decimal(text)
    except InvalidOperation:
        budget = Decimal(-1)
    if not (budget.is_finite() and budget > 0):
        raise argparse.ArgumentTypeError("a budget is a number of rupees above 0")
    return budget


if __name__ == "__main__":
    sys.exit(main())
