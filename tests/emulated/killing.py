"""Ending a server as a machine that fails does."""

from __future__ import annotations

import os
import signal
from pathlib import Path


def kill_whole(pid: int) -> None:
    """Ends a server and its workers at once, without a word to them."""
    workers = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    for one in (pid, *map(int, workers)):
        os.kill(one, signal.SIGKILL)
