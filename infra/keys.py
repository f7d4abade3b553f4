"""`python -m infra.keys`: what the secrets hold. Values go to Secret Manager through no file."""

from __future__ import annotations

import argparse
import getpass
import sys
import time

from emulators.cloud.keys import fresh
from infra import keyring
from infra.programs import CannotDeploy, Deployment, add_secret, apply, deployment, destroy_older, secret

KNOWN_EVERYWHERE = 600
"""Seconds until everybody has a new public key: the gateway and callers keep the old set for 300."""


def main(arguments: list[str] | None = None) -> int:
    """Carries out one command; returns the exit code."""
    parser = argparse.ArgumentParser(prog="keys", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser(
        "create", help="make what is missing of the token key, its public half and the link secret"
    )
    rotate = commands.add_parser(
        "rotate", help="sign tokens with a new key; those of the former one stay good"
    )
    retire = commands.add_parser("retire", help="an hour after rotate: forget the former key")
    commands.add_parser("links", help="replace the link secret; links that are out open nothing any more")
    commands.add_parser("gemini", help="store the Gemini API's key, which is asked for")
    for each in (rotate, retire):
        each.add_argument("--yes", action="store_true", help="don't ask before Terraform changes anything")
    asked = parser.parse_args(arguments)
    try:
        place = deployment()
        if asked.command == "create":
            create(place)
        elif asked.command == "rotate":
            _rotate(place, asked.yes)
        elif asked.command == "retire":
            _retire(place, asked.yes)
        elif asked.command == "links":
            add_secret(place, "LINK_SECRET", fresh().link_secret)
            print("made; `nox -s deploy` hands it to the functions")
        else:
            _gemini(place)
    except CannotDeploy as error:
        print(f"keys: {error}", file=sys.stderr)
        return 1
    return 0


def create(place: Deployment) -> None:
    """Makes what is not there yet, and changes nothing that is."""
    made = fresh()
    key, key_set = secret(place, "TOKEN_KEY"), secret(place, "TOKEN_PUBLIC_KEYS")
    if key is None or key_set is None:
        # The public half first: a key that signs before anybody can verify is an outage.
        add_secret(place, "TOKEN_PUBLIC_KEYS", keyring.with_key(key_set, key or made.token_key))
    if key is None:
        add_secret(place, "TOKEN_KEY", made.token_key)
    if secret(place, "LINK_SECRET") is None:
        add_secret(place, "LINK_SECRET", made.link_secret)


def _rotate(place: Deployment, yes: bool) -> None:
    """New public key to everybody, time to arrive, then the private one to auth. Safe to begin again."""
    new = fresh().token_key
    key_set = secret(place, "TOKEN_PUBLIC_KEYS")
    add_secret(place, "TOKEN_PUBLIC_KEYS", keyring.with_key(key_set, new))
    apply(yes=yes)
    print(f"waiting {KNOWN_EVERYWHERE} s until the new public key is known everywhere", flush=True)
    time.sleep(KNOWN_EVERYWHERE)
    add_secret(place, "TOKEN_KEY", new)
    apply(yes=yes)
    print("Tokens are signed with the new key. In an hour the last of the former key's has expired:")
    print("then run `nox -s keys -- retire`.")


def _retire(place: Deployment, yes: bool) -> None:
    key, key_set = secret(place, "TOKEN_KEY"), secret(place, "TOKEN_PUBLIC_KEYS")
    if key is None or key_set is None:
        raise CannotDeploy("there are no keys yet")
    try:
        add_secret(place, "TOKEN_PUBLIC_KEYS", keyring.alone(key_set, key))
    except ValueError as error:
        raise CannotDeploy(str(error)) from error
    apply(yes=yes)
    print(f"{destroy_older(place, 'TOKEN_KEY')} former keys destroyed")


def _gemini(place: Deployment) -> None:
    if "GEMINI_API_KEY" not in place.secrets:
        raise CannotDeploy("set use_gemini_api = true in terraform.tfvars first")
    value = getpass.getpass("Gemini API key: ").strip()
    if not value:
        raise CannotDeploy("no key was given")
    add_secret(place, "GEMINI_API_KEY", value)
    print("stored; `nox -s deploy` hands it to the functions")


if __name__ == "__main__":
    sys.exit(main())
