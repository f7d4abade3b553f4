"""The local cloud that the demo shows: one that runs already, or else one of its own."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from emulators.cloud import LocalOptions, local_cloud
from emulators.cloud.environment import ROOT
from emulators.cloud.folder import STATE, is_claimed

SHARED = ROOT / ".local"
OWN = ROOT / ".local" / "demo"


def running(folder: Path = SHARED) -> str | None:
    """The gateway's URL of the system that runs in `folder`; None where none does.

    The file alone is no proof: it may be what a crash left behind.
    """
    state = folder / STATE
    if not state.is_file() or not is_claimed(folder):
        return None
    found = json.loads(state.read_text("utf-8")).get("gateway_url")
    return found if isinstance(found, str) else None


@contextmanager
def started(report: Callable[[str], None]) -> Iterator[str]:
    """Starts a system of the demo's own, on a free port unless LOCAL_PORT names one; gives its URL."""
    port = int(os.environ.get("LOCAL_PORT") or 0)
    with local_cloud(LocalOptions(folder=OWN, port=port, report=report)) as cloud:
        yield cloud.gateway_url
