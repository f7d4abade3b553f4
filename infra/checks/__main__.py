"""`python -m infra.checks`: every check of infra/terraform, one line each; fails if any finds something."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from infra.checks import (
    checkov,
    deployed,
    documents,
    indexes,
    log_lines,
    openapi,
    references,
    routes,
    terraform,
)
from infra.checks.configuration import Configuration
from infra.checks.terraform import NotToBeHad

ROOT = Path(__file__).resolve().parents[2]
TERRAFORM = ROOT / "infra" / "terraform"


def main() -> int:
    """Runs them all, also after one that finds something; returns the exit code."""
    configuration = Configuration(TERRAFORM)
    functions = configuration.local("functions")
    names = [name for name, row in functions.items() if row["bundle"] == name]
    with terraform.copy_of(TERRAFORM) as program:
        checks: list[tuple[str, Callable[[], Iterable[str]]]] = [
            ("format (terraform fmt)", lambda: terraform.formatted(program)),
            ("HCL, and every reference resolves", lambda: references.findings(TERRAFORM)),
            (
                "settings and secrets are those that the code reads",
                lambda: deployed.environment(configuration, ROOT),
            ),
            ("roles are those that the code uses", lambda: deployed.access(configuration, ROOT)),
            (
                "indexes are those that the queries need",
                lambda: indexes.findings(configuration, ROOT / "common/records"),
            ),
            ("metrics count lines that the code logs", lambda: log_lines.findings(configuration, ROOT)),
            ("routes are those that the functions serve", lambda: routes.findings(ROOT, functions)),
            ("OpenAPI, local form", lambda: openapi.local(ROOT, names)),
            ("OpenAPI, cloud form", lambda: openapi.cloud(ROOT, names)),
            ("documentation names what is there", lambda: documents.findings(configuration, ROOT)),
            ("Checkov", lambda: checkov.findings(ROOT, TERRAFORM)),
            ("terraform validate", lambda: terraform.valid(program)),
            ("terraform test", lambda: terraform.tested(program)),
        ]
        ends = Counter(_end(name, check) for name, check in checks)
    print(f"{ends['passed']} passed, {ends['failed']} failed, {ends['not run']} not run")
    return 1 if ends["failed"] else 0


def _end(name: str, check: Callable[[], Iterable[str]]) -> str:
    """How one check ends, which it prints."""
    try:
        found = list(check())
    except NotToBeHad as lacking:
        print(f"not run  {name}: {lacking}", flush=True)
        return "not run"
    print(f"{'FAILED' if found else 'ok    '}   {name}", flush=True)
    for each in found:
        print(f"           {each}", flush=True)
    return "failed" if found else "passed"


if __name__ == "__main__":
    sys.exit(main())
