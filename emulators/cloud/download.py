"""A file fetched once, checked, and put in place whole."""

from __future__ import annotations

import hashlib
import http.client
import os
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from time import monotonic

SILENCE = 30.0
"""Seconds without a byte after which the server is given up."""

WHOLE = 900.0
"""Seconds for the whole file: 136 MB at 1.2 Mbit/s."""

_PIECE = 256 * 1024


class NotFetched(RuntimeError):
    """The file could not be had; the message says why."""


def fetch(
    url: str,
    into: Path,
    *,
    size: int,
    sha256: str,
    report: Callable[[str], None],
    silence: float = SILENCE,
    whole: float = WHOLE,
) -> None:
    """Puts what is at `url` at `into`, if it has this size and SHA-256; raises NotFetched.

    Proxies of the environment are used. `report` is told how far it has come.
    """
    into.parent.mkdir(parents=True, exist_ok=True)
    until = monotonic() + whole
    temporary = Path()
    try:
        with NamedTemporaryFile(dir=into.parent, prefix=f".{into.name}.", delete=False) as file:
            temporary = Path(file.name)
            digest, had, told = hashlib.sha256(), 0, 0
            with urllib.request.urlopen(url, timeout=silence) as answer:
                while piece := answer.read1(_PIECE):
                    had += len(piece)
                    if had > size:
                        raise NotFetched(f"{url} is longer than the {size:,} bytes it should have")
                    if monotonic() > until:
                        raise NotFetched(f"{url} took longer than {whole:.0f} s")
                    digest.update(piece)
                    file.write(piece)
                    if had * 10 // size > told:
                        told = had * 10 // size
                        report(f"  {into.name}: {told}0 % of {size / 1_000_000:.0f} MB")
            file.flush()
            os.fsync(file.fileno())
        if had != size or digest.hexdigest() != sha256:
            raise NotFetched(f"{url} is not the file it should be ({had:,} bytes, another SHA-256)")
        temporary.replace(into)
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        raise NotFetched(f"{url}: {reason}") from error
    finally:
        if temporary.name:
            with suppress(FileNotFoundError):
                temporary.unlink()
