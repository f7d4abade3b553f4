"""A user's data, removed on request, on the command line; says what was removed."""

from __future__ import annotations

import argparse
import sys

from common import forgetting
from common.errors import InvoiceSystemError
from emulators.operator import is_told_where


def main(arguments: list[str] | None = None) -> int:
    """Forgets one user; returns the exit code. A person at a terminal is asked, unless --yes is given."""
    parser = argparse.ArgumentParser(prog="forget", description="Remove all that is kept of a user.")
    parser.add_argument("user", help="the user's id, as in user_id and auth_id")
    parser.add_argument("--yes", action="store_true", help="do not ask at a terminal")
    asked = parser.parse_args(arguments)
    if not is_told_where():
        print("forget: no local cloud runs here and GOOGLE_CLOUD_PROJECT is not set", file=sys.stderr)
        return 1
    if sys.stdin.isatty() and not asked.yes and not _confirmed(asked.user):
        print("nothing removed")
        return 1
    try:
        removed = forgetting.forget(asked.user)
    except InvoiceSystemError as error:
        print(f"forget: {error}; what was removed stays removed, run it again for the rest", file=sys.stderr)
        return 1
    for kind, count in removed.items():
        print(f"{count}\t{kind}")
    return 0


def _confirmed(user: str) -> bool:
    return input(f"Remove all invoices, results, files and the account of user {user}? [y/N] ") == "y"


if __name__ == "__main__":
    sys.exit(main())
