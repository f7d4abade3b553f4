"""Folders that belong to one run at a time, and `state.json`, by which a running system is found."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from emulators.cloud.faults import CannotStart

STATE = "state.json"
LOCK = ".lock"


def claim(folder: Path) -> IO[bytes]:
    """Makes the folder and takes it for this process, until the answer is closed or the process ends.

    Raises CannotStart where another run has it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = (folder / LOCK).open("wb")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise CannotStart(
            f"{folder} is in use by another local cloud: stop that one, or name another folder"
        ) from None
    return lock


def is_claimed(folder: Path) -> bool:
    """Whether a run has the folder now."""
    try:
        claim(folder).close()
    except CannotStart:
        return True
    return False


def write_private(path: Path, content: str) -> None:
    """Puts the file in place in one step, readable by its owner alone."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600, exist_ok=False)
    fresh.write_text(content, "utf-8")
    fresh.replace(path)


def write_state(folder: Path, facts: Mapping[str, object]) -> None:
    """Writes `state.json`; it holds a key, so that nobody else may read it."""
    write_private(folder / STATE, json.dumps(facts, indent=2, ensure_ascii=False) + "\n")
