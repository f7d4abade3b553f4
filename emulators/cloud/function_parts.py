"""The functions: each a functions-framework process of its own, as each is a service of its own."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from emulators.cloud.environment import ROOT, inherited
from emulators.cloud.faults import CannotStart
from emulators.cloud.part import ANSWERS, Part, Task

BROWSER_FILES = "browser_files"


@dataclass(frozen=True)
class Function:
    """`threads` are the requests that it works on at once; the rest wait."""

    target: str
    folder: str
    threads: int
    after: tuple[str, ...] = ()


FUNCTIONS = {
    function.target: function
    for function in (
        # Hashing a password takes 64 MB for its time.
        Function("auth", "auth", threads=8),
        Function("upload", "upload", threads=40),
        Function("invoices", "invoices", threads=80),
        # Reading a PDF is a process of its own.
        Function("extract", "extract", threads=16),
        Function("extract_queue", "extract", threads=16),
        Function("webhook", "webhook", threads=80),
        Function("check_ui", "check_ui", threads=40, after=(BROWSER_FILES,)),
    )
}


def function(
    named: Function, port: int, environment: Mapping[str, str], token_key: str, source: Path | None
) -> Part:
    """One function, of the file `source` or else its own main.py; only auth is given the token key."""
    main = source or ROOT / "functions" / named.folder / "main.py"
    if not main.is_file():
        raise CannotStart(f"{named.target} has no {main}: take a whole copy of the project")
    url = f"http://127.0.0.1:{port}"
    own = {"THREADS": str(named.threads), **({"TOKEN_KEY": token_key} if named.target == "auth" else {})}
    return Part(
        name=named.target,
        kind="function",
        command=(
            *(sys.executable, "-m", "functions_framework"),
            *("--target", named.target, "--source", str(main)),
            *("--host", "127.0.0.1", "--port", str(port)),
        ),
        environment={**environment, **own},
        port=port,
        url=url,
        check=url,
        healthy=ANSWERS,
        after=named.after,
    )


def browser_files(environ: Mapping[str, str]) -> Task:
    """Lays what the check page's scripts need beside them; where it is already, nothing is done."""
    return Task(
        name=BROWSER_FILES,
        command=(sys.executable, "-m", "bundles.browser_files"),
        environment=inherited(environ),
        cure="The check page's files come by npm, once: connect to the network for this one time.",
        seconds=300,
    )
