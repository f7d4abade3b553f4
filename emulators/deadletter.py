"""Dead letters on the command line: list; replay or discard one by its id, or all."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable

from common import dead_letters
from common.dead_letters import Letter, Letters
from common.errors import InvoiceSystemError
from emulators.operator import is_told_where

ALL = "all"


def main(arguments: list[str] | None = None) -> int:
    """Carries out one command; returns the exit code, 1 where something was left undone."""
    asked = _parser().parse_args(arguments)
    if not is_told_where():
        print("deadletter: no local cloud runs here and GOOGLE_CLOUD_PROJECT is not set", file=sys.stderr)
        return 1
    try:
        with dead_letters.in_hand() as letters:
            return _carry_out(asked, letters)
    except InvoiceSystemError as error:
        print(f"deadletter: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="deadletter",
        description="Messages that were given up: list them, send them again, discard them.",
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="what there is, when and why it was given up")
    for command, does in (("replay", "have it read again"), ("discard", "remove it for good")):
        commands.add_parser(command, help=does).add_argument("id", help="a letter's id, or all")
    return parser


def _carry_out(asked: argparse.Namespace, letters: Letters) -> int:
    if asked.command == "list":
        for letter in letters.each:
            print(_line(letter))
        print(f"{len(letters.each)} dead letters")
        return 0
    wanted = [letter for letter in letters.each if asked.id in (letter.id, ALL)]
    if not wanted and asked.id != ALL:
        print(f"deadletter: there is no dead letter {asked.id}", file=sys.stderr)
        return 1
    if asked.command == "discard":
        for letter in wanted:
            letters.settle(letter)
            print(f"{letter.id}\tdiscarded")
        return 0
    return _replay(wanted, letters)


def _replay(wanted: Iterable[Letter], letters: Letters) -> int:
    """Settles each letter after its message is out again, never before."""
    sent: set[tuple[str, str]] = set()
    failures = 0
    for letter in wanted:
        try:
            outcome = "sent again with another" if letter.about in sent else dead_letters.replay(letter)
            letters.settle(letter)
        except InvoiceSystemError as error:
            failures += 1
            print(f"{letter.id}\tkept: {error}", file=sys.stderr)
            continue
        sent.add(letter.about)
        print(f"{letter.id}\t{outcome}")
    return 1 if failures else 0


def _line(letter: Letter) -> str:
    """One letter for a person: id, when, which invoice, which object, why."""
    invoice = dead_letters.invoice_of(letter)
    return "\t".join(
        (
            letter.id,
            f"{letter.published:%Y-%m-%d %H:%M:%S} UTC",
            "no invoice yet" if invoice is None else f"invoice {invoice}",
            letter.attributes.get("objectId", "-"),
            letter.reason,
        )
    )


if __name__ == "__main__":
    sys.exit(main())
