"""`python -m infra.deploy [NAME …]`: bundles, and then Terraform; of the named functions alone, if any."""

from __future__ import annotations

import argparse
import sys

from bundles.bundle import FUNCTIONS, ROOT, WITH_OCR, build
from infra import keys
from infra.programs import CannotDeploy, apply, deployment, secret, terraform

SECRETS = "google_secret_manager_secret.this"
ENTRY_POINTS = {"extract": ("extract", "extract_queue")}
"""The functions that one bundle makes, where they are more than itself."""

OTHER_BUNDLES = {"extract": (WITH_OCR,)}
"""What a function can be made of beside its own bundle; Terraform's variables choose."""


def bundles(names: list[str]) -> list[str]:
    """The bundles that Terraform may ask for when the named functions, or all of them, are deployed."""
    return [bundle for name in names or FUNCTIONS for bundle in (name, *OTHER_BUNDLES.get(name, ()))]


def targets(names: list[str]) -> list[str]:
    """Terraform's addresses of what the named bundles become."""
    entries = [entry for name in names for entry in ENTRY_POINTS.get(name, (name,))]
    return [f'module.function["{entry}"]' for entry in entries]


def main(arguments: list[str] | None = None) -> int:
    """Deploys; returns the exit code."""
    parser = argparse.ArgumentParser(prog="deploy", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(FUNCTIONS)}")
    parser.add_argument("--yes", action="store_true", help="don't ask before Terraform changes anything")
    asked = parser.parse_args(arguments)
    for unknown in sorted(set(asked.names) - set(FUNCTIONS)):
        parser.error(f"no function is called {unknown}")
    try:
        _deploy(asked.names, yes=asked.yes)
    except CannotDeploy as error:
        print(f"deploy: {error}", file=sys.stderr)
        return 1
    return 0


def _deploy(names: list[str], *, yes: bool) -> None:
    for bundle in bundles(names):
        print(f"bundle of {bundle}", flush=True)
        build(bundle, ROOT / "build")
    terraform("init", "-input=false")
    if not names:
        _provide_keys(yes=yes)
    apply(targets(names), yes=yes)


def _provide_keys(*, yes: bool) -> None:
    """The first time: a function does not start without its secrets, so they come before it."""
    place = deployment()
    try:
        missing = any(secret(place, variable) is None for variable in place.secrets)
    except CannotDeploy:
        # There is not even a place for them.
        missing = True
    if missing:
        apply([SECRETS], yes=yes)
        keys.create(place)
        if "GEMINI_API_KEY" in place.secrets and secret(place, "GEMINI_API_KEY") is None:
            raise CannotDeploy("store the Gemini API's key with `nox -s keys -- gemini`, then deploy again")


if __name__ == "__main__":
    sys.exit(main())
